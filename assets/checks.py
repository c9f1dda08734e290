"""Checks on what is published: each counts rows that must not be, by a query or by a rule; never showing a row.

What belongs here: the queries and their sentences. What does not: mending what they find.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import dagster as dg
import sqlalchemy as sa

from assets.metadata import counts
from pipelines.curate.second_look import refusal
from pipelines.reasons import Refusal
from resources.database import Database
from resources.tables import (
    ADDRESSES,
    CLAIMS,
    COMPANIES,
    CONFIDENCES,
    CONTACTS,
    CURATED,
    EMAILS,
    EMPLOYMENTS,
    PHONES,
    SOCIAL_PROFILES,
)


@dataclass(frozen=True, slots=True)
class Check:
    """A rule on one table.

    Attributes:
        table: The table.
        name: Of the check.
        description: What holds, in one sentence.
        query: Counts the rows that break the rule; where the rule is one of the gate's, gives what to ask it of, with
            how many rows that stands for.
        rule: The gate's rule, a function of all columns but the last, true of what breaks it.
        blocking: Whether nothing may go on when it fails.
    """

    table: sa.Table
    name: str
    description: str
    query: str
    rule: Callable[..., bool] | None = None
    blocking: bool = True


def _common(table: sa.Table) -> Check:
    return Check(
        table,
        "confidence_and_sources_are_sound",
        "Every row has a confidence between 0 and 1, at least one source, and no more families than sources.",
        f"SELECT count(*) FROM {table.fullname} WHERE confidence NOT BETWEEN 0 AND 1 OR source_count < 1 "
        "OR family_count NOT BETWEEN 1 AND source_count OR cardinality(sources) <> source_count",
    )


BATCH = 5_000
"""Rows that a rule is asked of at a time."""

_PRIVATE = ", ".join(f"'{code}'" for code in Refusal if code not in {Refusal.NO_EVIDENCE, Refusal.ENDED, Refusal.STALE})
"""Codes of what the gate should have held back."""


def _by_belief(field: str, value: str) -> bool:
    return refusal(field, value, True) in {Refusal.SENSITIVE_TITLE, Refusal.SENSITIVE_SECTOR}


def _private_page(url: str, of_person: bool) -> bool:  # noqa: FBT001 - a column of the query
    return bool(refusal("social_profile", url, of_person))


def _card_number(field: str, value: str) -> bool:
    return refusal(field, value, False) == Refusal.CARD_NUMBER


CHECKS = (
    *map(_common, CURATED),
    Check(
        COMPANIES, "nobody_reaches_a_sole_trader_at_home",
        "Of who trades as a person no e-mail address, telephone, page, site or street is published.",
        "SELECT count(*) FROM curated.companies JOIN ("
        "SELECT company_id FROM curated.emails UNION ALL SELECT company_id FROM curated.phones "
        "UNION ALL SELECT company_id FROM curated.social_profiles UNION ALL SELECT company_id FROM curated.websites "
        "UNION ALL SELECT company_id FROM curated.addresses "
        "WHERE street_address IS NOT NULL OR postal_code IS NOT NULL) AS ways USING (company_id) "
        "WHERE party = 'sole_trader'",
    ),
    Check(
        CONTACTS, "the_gate_held_everything_private_back",
        "The second look found nothing private that the gate had let through; what it finds is withheld and counted.",
        "SELECT coalesce(sum(n), 0) FROM privacy.refusals "
        f"WHERE entry = 'unpublished' AND code IN ({_PRIVATE})",
        blocking=False,
    ),
    Check(
        CONTACTS, "nobody_is_known_by_belief",
        "No title, and nothing that any source says of an employer, reveals religion, politics or union membership.",
        "SELECT field, value, sum(n) FROM ("
        "SELECT 'job_title' AS field, job_title AS value, count(*) AS n FROM curated.employments "
        "WHERE job_title IS NOT NULL GROUP BY job_title "
        "UNION ALL SELECT c.field, c.value, count(DISTINCT e.employment_id) FROM evidence.claims AS c "
        "JOIN curated.employments AS e USING (company_id) "
        "WHERE c.contact_id IS NULL AND c.field IN ('company_name', 'industry') GROUP BY c.field, c.value"
        ") AS asked GROUP BY field, value",
        rule=_by_belief,
    ),
    Check(
        SOCIAL_PROFILES, "no_private_page",
        "No page is published on a private network, and none of a person but on a professional one.",
        "SELECT url, contact_id IS NOT NULL, count(*) FROM curated.social_profiles GROUP BY 1, 2",
        rule=_private_page,
    ),
    Check(
        CLAIMS, "no_card_number",
        "No published value holds the number of a payment card.",
        "SELECT field, value, count(*) FROM evidence.claims WHERE value ~ '[0-9](.?[0-9]){12}' GROUP BY 1, 2",
        rule=_card_number,
    ),
    Check(
        CONTACTS, "every_person_has_a_current_job",
        "Nobody is shown without a current role at an organisation.",
        "SELECT count(*) FROM curated.contacts AS c WHERE NOT EXISTS (SELECT 1 FROM curated.employments AS e "
        "WHERE e.contact_id = c.contact_id AND e.is_current AND e.employment_id = c.primary_employment_id)",
    ),
    Check(
        CONTACTS, "every_person_names_a_source",
        "Every name shown is stated by a claim that leads to source, record and snapshot.",
        "SELECT count(*) FROM curated.contacts AS c WHERE NOT EXISTS (SELECT 1 FROM evidence.claims AS e JOIN "
        "evidence.snapshots USING (snapshot_id) WHERE e.contact_id = c.contact_id AND e.value = c.full_name)",
    ),
    Check(
        EMPLOYMENTS, "one_primary_job_each",
        "Each person has exactly one job to show.",
        "SELECT count(*) FROM (SELECT contact_id FROM curated.employments GROUP BY contact_id "
        "HAVING count(*) FILTER (WHERE is_primary) <> 1) AS odd",
    ),
    Check(
        EMAILS, "every_address_has_business_evidence",
        "No e-mail address is published without evidence that its domain is the employer's.",
        "SELECT count(*) FROM curated.emails WHERE business_evidence = ''",
    ),
    Check(
        PHONES, "no_private_line",
        "No pager, premium or personal number is published, and no person's mobile that nobody calls one for work.",
        "SELECT count(*) FROM curated.phones WHERE line_type IN ('PAGER', 'PREMIUM_RATE', 'PERSONAL_NUMBER', "
        "'pager', 'premium_rate', 'personal_number') OR label IN ('home', 'pager', 'mobile') "
        "OR (contact_id IS NOT NULL AND line_type = 'mobile' AND coalesce(label, '') = '')",
    ),
    Check(
        ADDRESSES, "no_private_address",
        "No home or correspondence address is published, and no street of a sole trader.",
        "SELECT count(*) FROM curated.addresses AS a JOIN curated.companies AS c USING (company_id) "
        "WHERE a.kind IN ('home', 'correspondence') OR (c.party = 'sole_trader' AND a.street_address IS NOT NULL)",
    ),
    Check(
        CLAIMS, "every_claim_leads_to_its_record",
        "Each published value names its source, its record and a snapshot that was read.",
        "SELECT count(*) FROM evidence.claims AS c LEFT JOIN evidence.snapshots AS s USING (snapshot_id) "
        "WHERE s.snapshot_id IS NULL OR c.record_id = ''",
    ),
    Check(
        CONFIDENCES, "one_value_is_shown",
        "Of the values that sources state for a field of one subject, at most one is shown.",
        "SELECT count(*) FROM (SELECT FROM evidence.field_confidence GROUP BY subject, field "
        "HAVING count(*) FILTER (WHERE is_winner) > 1) AS odd",
    ),
)  # fmt: skip


def specs(table: sa.Table) -> list[dg.AssetCheckSpec]:
    """The checks of one table."""
    return [
        dg.AssetCheckSpec(
            check.name, asset=[str(table.schema), table.name], blocking=check.blocking, description=check.description
        )
        for check in CHECKS
        if check.table is table
    ]


def results(database: Database) -> list[dg.AssetCheckResult]:
    """Runs every check; each tells how many rows break it and nothing else."""
    found = []
    for check in CHECKS:
        broken = asked(database, check.query, check.rule) if check.rule else int(database.scalar(check.query))
        found.append(
            dg.AssetCheckResult(
                passed=not broken,
                check_name=check.name,
                asset_key=[str(check.table.schema), check.table.name],
                severity=dg.AssetCheckSeverity.ERROR if check.blocking else dg.AssetCheckSeverity.WARN,
                metadata=counts({"rows": broken}),
            )
        )
    return found


def asked(database: Database, query: str, rule: Callable[..., bool]) -> int:
    """How many rows break a rule of the gate, asked in batches.

    Args:
        database: Where they are.
        query: What the rule is asked of, and in the last column how many rows that stands for.
        rule: True of what breaks it.
    """
    with database.transaction() as connection:
        found = connection.execution_options(yield_per=BATCH).execute(sa.text(query))
        return sum(int(rows) for *values, rows in found if rule(*values))
