"""Deliver: the views for everyday questions, counted and checked. What belongs here: the asset, not the views."""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg
import sqlalchemy as sa

from assets.checks import asked
from assets.curate import key
from assets.house import Result, house
from assets.metadata import columns, counts, rows
from assets.telling import told
from pipelines.curate.second_look import refusal
from pipelines.screen import business
from resources.clock import Clock
from resources.database import Database
from resources.tables import (
    ADDRESSES,
    CLAIMS,
    COMPANIES,
    CONFIDENCES,
    CONTACTS,
    EMAILS,
    EMPLOYMENTS,
    IDENTIFIERS,
    PHONES,
)

VIEWS: dict[str, tuple[str, tuple[sa.Table, ...]]] = {
    "contact_current": (
        "People with the job to show and its best e-mail and phone.",
        (CONTACTS, EMPLOYMENTS, COMPANIES, EMAILS, PHONES),
    ),
    "company_current": (
        "Companies with their best phone, e-mail, address and their numbers.",
        (COMPANIES, EMPLOYMENTS, PHONES, EMAILS, ADDRESSES, IDENTIFIERS),
    ),
    "contactable": (
        "People with a fresh, confident job and a way to reach them there.",
        (CONTACTS, EMPLOYMENTS, COMPANIES, EMAILS, PHONES),
    ),
    "contact_360": (
        "Every published value of a person with its source, record, snapshot and score.",
        (CONTACTS, CLAIMS, CONFIDENCES),
    ),
    "conflicts": ("Fields for which sources state several values.", (CONFIDENCES,)),
    "stale_soon": ("People whom the retention policy ends within 90 days.", (CONTACTS, EMPLOYMENTS, COMPANIES)),
    "job_changes": ("People with a former and a present employer.", (EMPLOYMENTS, CONTACTS, COMPANIES)),
    "source_contribution": ("What each source adds to what is published.", (CLAIMS,)),
}  # fmt: skip
"""What each view shows, and the tables that it reads."""

_CONTACT = """contact_id full_name first_name last_name employment_id job_title seniority department role_type
    company_id company_name primary_domain work_email work_phone extension country_code confidence job_confidence
    email_confidence phone_confidence sources last_verified_at retain_until"""
COLUMNS = {
    "contact_current": _CONTACT,
    "company_current": """company_id display_name legal_name former_names party status country_code primary_domain
        industry phone email_address address identifiers people confidence sources last_verified_at""",
    "contactable": _CONTACT,
    "contact_360": """contact_id full_name company_id field value label confidence is_winner factors source publisher
        licence record_id snapshot_id collected_at stated_on first_seen last_seen verification_status findings""",
    "conflicts": "subject field rivals winner_confidence winner others",
    "stale_soon": "contact_id full_name company_name last_verified_at retain_until days_left",
    "job_changes": """contact_id full_name former_company_id former_company former_title left_on company_id company_name
        job_title joined_on""",
    "source_contribution": """source title publisher licence family cards companies contacts published_values
        collected_at""",
}
"""The columns of each view, in their order."""

_SCORE = "numeric(4, 3)"
MEANINGS = {
    "company_name": ("text", "Name of the employer to show."),
    "work_email": ("text", "The best e-mail address at that job."),
    "work_phone": ("text", "The best telephone at that job, in E.164."),
    "job_confidence": (_SCORE, "Chance (0 to 1) that the job is right today."),
    "email_confidence": (_SCORE, "The same of the e-mail address."),
    "phone_confidence": (_SCORE, "The same of the telephone."),
    "phone": ("text", "The company's best telephone, in E.164."),
    "address": ("text", "The company's main address on one line."),
    "identifiers": ("text", "Numbers in public registers, as scheme:value."),
    "people": ("bigint", "People with a present job there."),
    "value": ("text", "The value in its normal form."),
    "label": ("text", "What the source says of it."),
    "confidence": (_SCORE, "Chance (0 to 1) that it is right today."),
    "first_seen": ("timestamp with time zone", "When a snapshot first held it."),
    "source": ("text", "Id of the source."),
    "rivals": ("bigint", "How many values are stated."),
    "winner_confidence": (_SCORE, "Chance (0 to 1) that the value shown is right."),
    "winner": ("text", "The value shown."),
    "others": ("text[]", "The values not shown, the likeliest first."),
    "days_left": ("integer", "Days until then."),
    "former_company_id": ("uuid", "The former employer."),
    "former_company": ("text", "Its name."),
    "former_title": ("text", "Title there."),
    "left_on": ("date", "End of that job."),
    "joined_on": ("date", "Begin of the present one."),
    "cards": ("bigint", "Its cards behind what is published."),
    "companies": ("bigint", "Companies that it states something of."),
    "contacts": ("bigint", "People that it states something of."),
    "published_values": ("bigint", "Its values that are published."),
    "collected_at": ("timestamp with time zone", "When the snapshot was collected."),
}
"""Type and meaning of columns that no table has under that name and in that sense."""


ASKED = {
    "contact_current": (("job_title", "job_title"), ("company_name", "company_name"), ("email_address", "work_email"),
                        ("phone", "work_phone")),
    "company_current": (("email_address", "email_address"), ("phone", "phone"), ("address", "address")),
}  # fmt: skip
"""The third line: of which columns of a view the gate's rules are asked, each with the field that it shows."""


def private(field: str, value: str) -> bool:
    """Whether a value that is delivered is one that the gate refuses."""
    if field == "email_address":
        return bool(business.mail_refusal(value))
    special = field == "phone" and business.phone_kind(value) == "special"
    return special or bool(refusal(field, value, of_person=True))


def _incidents(database: Database, view: str) -> int:
    parts = (f"SELECT '{field}', {column}, count(*) FROM mart.{view} WHERE {column} IS NOT NULL GROUP BY {column}"
             for field, column in ASKED[view])  # fmt: skip
    return asked(database, " UNION ALL ".join(parts), private)


@dg.multi_asset(
    name="mart_views",
    specs=[
        dg.AssetSpec(
            ["mart", view],
            deps=[key(table) for table in tables],
            description=text,
            metadata={
                "dagster/column_schema": columns(*COLUMNS[view].split(), **MEANINGS),
                "dagster/table_name": f"mart.{view}",
            },
            **house("mart"),
        )
        for view, (text, tables) in VIEWS.items()
    ],
    check_specs=[
        dg.AssetCheckSpec(
            "nobody_beyond_retention", asset=["mart", view], blocking=True,
            description="The view shows nobody whom the retention policy has ended.",
        )
        for view in VIEWS
    ] + [
        dg.AssetCheckSpec(
            "nothing_private_is_delivered", asset=["mart", view], blocking=True,
            description="Nothing that the view shows is what the gate refuses: a third look at what two let through.",
        )
        for view in ASKED
    ],
)  # fmt: skip
@told
def views(database: dg.ResourceParam[Database], clock: dg.ResourceParam[Clock]) -> Iterator[Result]:
    """Views for everyday questions: people to reach, companies, evidence, conflicts, changes."""
    over = int(
        database.scalar("SELECT count(*) FROM mart.contact_current WHERE retain_until < :today", today=clock.today())
    )
    for view in VIEWS:
        yield dg.MaterializeResult(
            asset_key=["mart", view],
            metadata=rows(int(database.scalar(f"SELECT count(*) FROM mart.{view}"))),
            check_results=[
                dg.AssetCheckResult(passed=not over, check_name="nobody_beyond_retention", asset_key=["mart", view]),
                *looked_at(database, view),
            ],
        )


def looked_at(database: Database, view: str) -> Iterator[dg.AssetCheckResult]:
    """The third look at a view, where it shows values of people or companies."""
    if view in ASKED:
        found = _incidents(database, view)
        yield dg.AssetCheckResult(
            passed=not found,
            check_name="nothing_private_is_delivered",
            asset_key=["mart", view],
            metadata=counts({"rows": found}),
        )
