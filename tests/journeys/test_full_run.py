"""The main job on the samples: everything is filled, explained, the same again and the same elsewhere."""

from __future__ import annotations

import pytest

from pipelines.sources.registry import sources
from resources.database import Database
from resources.tables import CURATED
from tests.journeys.command import Installation
from tests.journeys.conftest import SAMPLES, NewInstallation

pytestmark = [pytest.mark.postgres, pytest.mark.slow]

VALUES = {
    "contacts": ("contact_id", "own.full_name", "full_name"),
    "companies": ("company_id", "own.legal_name", "company_name"),
    "employments": ("employment_id", "own.job_title", "job_title"),
    "emails": ("company_id", "own.email_address", "email_address"),
    "phones": ("company_id", "own.e164", "phone"),
    "addresses": ("company_id", "own.formatted", "address"),
    "websites": ("company_id", "own.url", "website"),
    "social_profiles": ("company_id", "own.url", "social_profile"),
    "identifiers": ("company_id", "own.scheme || ':' || own.value", "identifier"),
}
"""Per table: whose the value is, the value, and the field of the claim that states it."""


def test_every_source_gives_cards(filled: Database) -> None:
    given = {str(row["source"]) for row in filled.rows("SELECT DISTINCT source FROM match.members")}
    assert given == set(sources())


@pytest.mark.parametrize("table", [table.name for table in CURATED])
def test_every_curated_table_is_filled_with_confidence_and_sources(filled: Database, table: str) -> None:
    sound = filled.scalar(
        f"SELECT count(*) FROM curated.{table} WHERE confidence BETWEEN 0 AND 1 AND source_count >= 1 "
        "AND cardinality(sources) = source_count AND first_seen <= last_seen"
    )
    assert sound == filled.scalar(f"SELECT count(*) FROM curated.{table}") > 0


@pytest.mark.parametrize("table", VALUES)
def test_every_value_leads_to_source_record_and_snapshot(filled: Database, table: str) -> None:
    owner, value, field = VALUES[table]
    astray = filled.scalar(
        f"SELECT count(*) FROM curated.{table} AS own WHERE {value} IS NOT NULL AND NOT EXISTS ("
        "SELECT 1 FROM evidence.claims AS claim JOIN evidence.sources AS source ON source.source = claim.source "
        "JOIN evidence.snapshots AS snapshot ON snapshot.snapshot_id = claim.snapshot_id "
        f"WHERE claim.{owner} = own.{owner} AND claim.field = :field AND claim.value = {value} "
        "AND claim.source = ANY (own.sources) AND claim.record_id <> '' AND snapshot.source = claim.source)",
        field=field,
    )
    assert astray == 0


def test_the_sources_of_a_row_are_those_of_its_claims(filled: Database) -> None:
    odd = filled.scalar(
        "SELECT count(*) FROM curated.contacts AS c WHERE c.sources <> (SELECT "
        "array_agg(DISTINCT source ORDER BY source) FROM evidence.claims AS e WHERE e.contact_id = c.contact_id)"
    )
    assert odd == 0


def test_again_changes_nothing(installation: Installation) -> None:
    before, publications = installation.digests(), installation.database.scalar("SELECT count(*) FROM ops.publications")
    said = installation.refresh()
    assert said["failed"] == {}
    assert said["changed"]
    assert all(set(change.values()) == {0} for change in said["changed"].values())
    assert installation.digests() == before
    held = installation.database.rows(
        " UNION ALL ".join(f"SELECT count(*) AS n FROM history.{table.name}" for table in CURATED)
    )
    assert {row["n"] for row in held} == {0}
    assert installation.database.scalar("SELECT count(*) FROM ops.publications") == publications


def test_elsewhere_the_tables_are_byte_for_byte_the_same(installation: Installation, fresh: NewInstallation) -> None:
    other = fresh(SAMPLES)
    other.refresh()
    assert other.digests() == installation.digests()


def test_nothing_is_left_lying_about(installation: Installation) -> None:
    assert installation.leftovers() == []
