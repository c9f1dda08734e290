"""Checks on what is published: each one query that counts rows that must not be; blocking, and never showing a row.

What belongs here: the queries and their sentences. What does not: mending what they find.
"""

from __future__ import annotations

from dataclasses import dataclass

import dagster as dg
import sqlalchemy as sa

from assets.metadata import counts
from resources.database import Database
from resources.tables import ADDRESSES, CLAIMS, CONFIDENCES, CONTACTS, CURATED, EMAILS, EMPLOYMENTS, PHONES


@dataclass(frozen=True, slots=True)
class Check:
    """A rule on one table: `query` counts the rows that break it."""

    table: sa.Table
    name: str
    description: str
    query: str


def _common(table: sa.Table) -> Check:
    return Check(
        table,
        "confidence_and_sources_are_sound",
        "Every row has a confidence between 0 and 1, at least one source, and no more families than sources.",
        f"SELECT count(*) FROM {table.fullname} WHERE confidence NOT BETWEEN 0 AND 1 OR source_count < 1 "
        "OR family_count NOT BETWEEN 1 AND source_count OR cardinality(sources) <> source_count",
    )


CHECKS = (
    *map(_common, CURATED),
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
        "No pager, premium or personal number is published.",
        "SELECT count(*) FROM curated.phones WHERE line_type IN ('PAGER', 'PREMIUM_RATE', 'PERSONAL_NUMBER', "
        "'pager', 'premium_rate', 'personal_number') OR label IN ('home', 'pager', 'mobile')",
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
    """The blocking checks of one table."""
    return [
        dg.AssetCheckSpec(
            check.name, asset=[str(table.schema), table.name], blocking=True, description=check.description
        )
        for check in CHECKS
        if check.table is table
    ]


def results(database: Database) -> list[dg.AssetCheckResult]:
    """Runs every check; each tells how many rows break it and nothing else."""
    found = []
    for check in CHECKS:
        broken = int(database.scalar(check.query))
        found.append(
            dg.AssetCheckResult(
                passed=not broken,
                check_name=check.name,
                asset_key=[str(check.table.schema), check.table.name],
                metadata=counts({"rows": broken}),
            )
        )
    return found
