"""Verify: every different claim checked once, and the domains that claims name. What belongs here: the two assets."""

from __future__ import annotations

import dagster as dg
import pyarrow.parquet as pq

from assets.house import Result, house
from assets.metadata import CARD_MEANINGS, columns, counts, picture, rows
from assets.telling import told
from pipelines.card import ADDRESS_PARTS, NAME_PARTS
from pipelines.sources.registry import sources
from pipelines.verify import plan
from resources.engine.duckdb import DuckDB
from resources.engine.plan import run
from resources.engine.tally import tally
from resources.lake import Lake
from resources.references import feed_table, source_table

CARDS, DOMAINS = "verify/cards", "verify/domains"
VERIFIED = columns(
    "card_id", "source", "field", "label", "value_no", "normal", "status", "reasons", *NAME_PARTS, *ADDRESS_PARTS,
    "domain", "mailbox_kind", "extension", "line_type", "platform", "handle", "page_kind", "scheme", "core",
    "legal_form", "seniority", "department",
    **CARD_MEANINGS | {
        "value_no": ("integer", "Which of the values that one raw value hid, from 0."),
        "normal": ("text", "The value in its normal form."),
        "status": ("text", "valid, risky, invalid or unknown.", "verification_status"),
        "reasons": ("text", "Codes of what the checks found, `;` between."),
        "mailbox_kind": ("text", "named or role."),
        "page_kind": ("text", "company_page or person_page."),
        "core": ("text", "The name without legal form and common words, for comparing."),
    },
)  # fmt: skip
PLACES = columns(
    domain=("text", "Registrable domain."),
    company_mail=("integer", "Company cards with an e-mail address there."),
    person_mail=("integer", "Person cards with an e-mail address there."),
    sites=("integer", "Cards with a web site there."),
)


def _checked(key: list[str], name: str, description: str) -> list[dg.AssetCheckSpec]:
    return [dg.AssetCheckSpec(name, asset=key, blocking=True, description=description)]


@dg.asset(
    key=["verify", "cards"],
    deps=[["screen", f"{source}_cards"] for source in sources()],
    metadata={"dagster/column_schema": VERIFIED},
    check_specs=_checked(
        ["verify", "cards"], "every_claim_is_checked", "Each screened claim has a status; none got lost on the way."
    ),
    **house("verify"),
)
@told
def cards(engine: dg.ResourceParam[DuckDB], lake: dg.ResourceParam[Lake]) -> Result:
    """Every value of every card in its normal form, with what each check found."""
    given = {table: lake.tables("screen/*", table) for table in ("cards", "claims")}
    with lake.write(CARDS) as draft:
        draft.frame("sources", source_table())
        draft.frame("feeds", feed_table())
        declared = {"sources": [draft.file("sources")], "feeds": [draft.file("feeds")]}
        snapshots = {"snapshots": lake.tables("screen/*", "snapshot")}
        made = run(engine, plan.cards(), given | declared | snapshots, draft.folder)
        by_status = tally(engine, "SELECT status, count(*) FROM verified GROUP BY 1", {"verified": [made["verified"]]})
        findings = tally(
            engine,
            "SELECT code, count(*) FROM (SELECT unnest(string_split(reasons, ';')) AS code FROM verified) AS found "
            "WHERE code <> '' GROUP BY 1",
            {"verified": [made["verified"]]},
        )
        lost = tally(
            engine,
            "SELECT 'lost', count(*) FROM hinted ANTI JOIN verified USING (card_id, field)",
            {"hinted": [made["hinted"]], "verified": [made["verified"]]},
        )["lost"]
        draft.counts.update(by_status)
    return dg.MaterializeResult(
        metadata={
            **rows(sum(by_status.values())),
            **counts(by_status),
            "findings": picture(findings, "Findings of the checks"),
        },
        check_results=[dg.AssetCheckResult(passed=not lost, check_name="every_claim_is_checked")],
    )


@dg.asset(
    key=["verify", "domains"],
    deps=[["verify", "cards"]],
    metadata={"dagster/column_schema": PLACES},
    check_specs=_checked(["verify", "domains"], "domains_are_unique", "Each registrable domain stands once."),
    **house("verify"),
)
@told
def domains(engine: dg.ResourceParam[DuckDB], lake: dg.ResourceParam[Lake]) -> Result:
    """The registrable domains of e-mail addresses and web sites, and how many cards use each."""
    given = {"headers": lake.tables(CARDS, "headers"), "claims": lake.tables(CARDS, "verified")}
    with lake.write(DOMAINS) as draft:
        file = run(engine, plan.domains(), given, draft.folder)["domains"]
        number = pq.read_metadata(file).num_rows
        unique = tally(engine, "SELECT 'n', count(DISTINCT domain) FROM domains", {"domains": [file]})["n"]
    return dg.MaterializeResult(
        metadata=rows(number),
        check_results=[dg.AssetCheckResult(passed=unique == number, check_name="domains_are_unique")],
    )
