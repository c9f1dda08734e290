"""Resolve: which company cards are one company, which person cards one person. What belongs here: the two assets."""

from __future__ import annotations

import dagster as dg

from assets.house import Result, house
from assets.metadata import columns, counts, picture, rows, steps
from assets.telling import told
from assets.verify import CARDS
from pipelines.resolve import Resolution, plan, why
from resources.database import Database
from resources.engine.duckdb import DuckDB
from resources.engine.plan import run
from resources.lake import Lake
from resources.linking import Linked, link_into

COMPANIES, PEOPLE = "resolve/companies", "resolve/people"
MEMBERS = columns(
    card_id=("text", "The card."),
    entity_id=("text", "The company or person it is about."),
    probability=("double precision", "How sure the card belongs there, 0 to 1."),
)


def _check(noun: str) -> list[dg.AssetCheckSpec]:
    return [
        dg.AssetCheckSpec(
            "every_card_has_one_entity", asset=["resolve", noun], blocking=True,
            description="Each card belongs to exactly one entity.",
        ),
        dg.AssetCheckSpec(
            "judgements_agree", asset=["resolve", noun],
            description="No judgement of a steward had to be left aside because others contradict it.",
        ),
    ]  # fmt: skip


@dg.asset(
    key=["resolve", "companies"],
    deps=[["verify", "cards"], ["verify", "domains"]],
    metadata={"dagster/column_schema": MEMBERS},
    check_specs=_check("companies"),
    **house("resolve"),
)
@told
def companies(
    engine: dg.ResourceParam[DuckDB], lake: dg.ResourceParam[Lake], database: dg.ResourceParam[Database]
) -> Result:
    """Which company cards are about one company, by names, numbers, addresses, domains and telephones."""
    database.migrate()
    given = {"headers": lake.tables(CARDS, "headers"), "claims": lake.tables(CARDS, "verified")}
    with lake.write(COMPANIES) as draft:
        flat = run(engine, plan.companies(), given, draft.folder)["flat"]
        found = link_into(draft, flat, "company", database, lake)
    return _report(found)


@dg.asset(
    key=["resolve", "people"],
    deps=[["verify", "cards"], ["resolve", "companies"]],
    metadata={"dagster/column_schema": MEMBERS},
    check_specs=_check("people"),
    **house("resolve"),
)
@told
def people(
    engine: dg.ResourceParam[DuckDB], lake: dg.ResourceParam[Lake], database: dg.ResourceParam[Database]
) -> Result:
    """Which person cards are about one person, by name and employer; an employment is an edge, not a person."""
    database.migrate()
    given = {
        "headers": lake.tables(CARDS, "headers"),
        "claims": lake.tables(CARDS, "verified"),
        "employers": lake.tables(COMPANIES, "flat"),
        "members": lake.tables(COMPANIES, "members"),
    }
    with lake.write(PEOPLE) as draft:
        flat = run(engine, plan.people(), given, draft.folder)["flat"]
        found = link_into(draft, flat, "person", database, lake)
    return _report(found)


def _report(linked: Linked) -> Result:
    members = linked.found.members
    sizes = members.groupby("entity_id").size().value_counts()
    return dg.MaterializeResult(
        metadata={
            **rows(len(members)),
            **counts(_numbers(linked)),
            "cards_per_entity": picture({f"{size:>4} cards": int(n) for size, n in sizes.items()}, "Cards per entity"),
            "weakest_link": steps(_weakest(linked.found), "The weakest link that joined two cards (log-odds)"),
        },
        check_results=[
            dg.AssetCheckResult(
                passed=bool(members["card_id"].is_unique and members["entity_id"].notna().all()),
                check_name="every_card_has_one_entity",
            ),
            dg.AssetCheckResult(
                passed=not linked.unfollowed,
                check_name="judgements_agree",
                severity=dg.AssetCheckSeverity.WARN,
                metadata=counts({"judgements": linked.judgements, "contradicted": linked.unfollowed}),
            ),
        ],
    )


def _numbers(linked: Linked) -> dict[str, int]:
    found = linked.found
    outcomes = {str(code): int(n) for code, n in found.decisions["outcome"].value_counts().items()}
    work = {"cards_touched": linked.touched, "full_run": int(linked.full)}
    return {"entities": int(found.members["entity_id"].nunique()), "ids_moved": len(found.moves), **work, **outcomes}


def _weakest(found: Resolution) -> list[tuple[str, float]]:
    """How the weights of the weakest link that holds add up; fields and levels only."""
    held = found.decisions[found.decisions["outcome"] == "same"]
    if held.empty:
        return []
    weakest = held.sort_values(["weight", "left_id", "right_id"]).iloc[0]
    return [
        (why.label(part), part.weight or 0.0) for part in why.steps(str(weakest["reasons"]), float(weakest["weight"]))
    ]
