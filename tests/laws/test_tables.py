"""The database is the one that the code describes, and users find the names that they rely on."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from assets.deliver import VIEWS, views
from resources.database import Database
from resources.tables import CURATED, METADATA, SCHEMAS

pytestmark = [pytest.mark.postgres, pytest.mark.xdist_group("laws_database")]

COMMON = {"confidence", "source_count", "family_count", "first_seen", "last_seen", "last_verified_at", "retain_until"}
KEYS = ("company_id", "contact_id", "employment_id")
PROMISED = {
    "companies": {"company_id", "legal_name", "display_name", "primary_domain", "country_code"},
    "contacts": {"contact_id", "full_name", "first_name", "last_name"},
    "employments": {"employment_id", "contact_id", "company_id", "job_title", "seniority", "department"},
    "emails": {*KEYS, "email_address"},
    "phones": {*KEYS, "e164", "line_type"},
    "addresses": {"company_id", "street_address", "locality", "region", "postal_code", "country_code"},
    "websites": {"company_id", "url"},
    "social_profiles": {*KEYS, "platform", "handle", "url"},
    "identifiers": {"company_id", "scheme", "value"},
}
"""The names that users rely on, by table."""

VIEW_NAMES = {"contact_current", "company_current", "contact_360", "contactable", "conflicts", "stale_soon",
              "job_changes", "source_contribution"}  # fmt: skip
TABLES = sorted(METADATA.tables.values(), key=lambda table: table.fullname)
every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.fullname)


@every_table
def test_every_table_and_column_says_what_it_holds(table: sa.Table) -> None:
    assert (table.comment or "").endswith(".")
    for column in table.columns:
        assert (column.comment or "").endswith((".", "…")), column.name
    assert table.primary_key.columns or table.schema == "history"
    assert table.schema in SCHEMAS


def test_migrating_gives_exactly_what_the_code_describes(database: Database) -> None:
    with database.transaction() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_schemas": True,
                "include_name": lambda name, kind, _: name in SCHEMAS if kind == "schema" else True,
                "version_table": "schema_version",
                "version_table_schema": "ops",
                "compare_type": True,
                "compare_server_default": True,
            },
        )
        assert compare_metadata(context, METADATA) == []


def test_migrating_again_changes_nothing(database: Database) -> None:
    counted = "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_all_tables WHERE schemaname <> 'pg_toast'"
    shape = (
        "SELECT string_agg(oid::text, ',' ORDER BY oid) FROM pg_class WHERE relnamespace::regnamespace::text = ANY(:s)"
    )
    before = database.scalar(shape, s=list(SCHEMAS))
    database.migrate()
    assert database.scalar(shape, s=list(SCHEMAS)) == before
    assert database.scalar(counted) is not None


def test_comments_stand_in_the_database_too(database: Database) -> None:
    missing = database.rows(
        "SELECT c.oid::regclass::text AS name FROM pg_class AS c WHERE c.relnamespace::regnamespace::text = ANY(:s) "
        "AND c.relkind IN ('r', 'v') AND obj_description(c.oid, 'pg_class') IS NULL",
        s=list(SCHEMAS),
    )
    assert [row["name"] for row in missing] == ["ops.schema_version"]
    for schema in SCHEMAS:
        assert database.scalar("SELECT obj_description(to_regnamespace(:s), 'pg_namespace')", s=schema)


@pytest.mark.parametrize("name", PROMISED)
def test_the_curated_tables_have_the_columns_that_users_rely_on(name: str) -> None:
    table = METADATA.tables[f"curated.{name}"]
    assert set(table.columns.keys()) >= PROMISED[name] | COMMON


def test_every_curated_row_has_one_uuid_key_and_the_common_columns() -> None:
    for table in CURATED:
        [key] = table.primary_key.columns
        assert isinstance(key.type, sa.Uuid)
        assert set(table.columns.keys()) >= COMMON
        for name in ("confidence", "source_count", "family_count", "first_seen", "last_seen", "last_verified_at"):
            assert not table.columns[name].nullable
    assert {table.name for table in CURATED} - {"company_relations"} == set(PROMISED)


def test_keys_of_owners_are_what_they_are_called(database: Database) -> None:
    for table in CURATED:
        for column in table.columns:
            if column.name in KEYS and not column.primary_key:
                [target] = column.foreign_keys
                assert target.target_fullname.endswith(f".{column.name}")
    assert database.scalar("SELECT count(*) FROM curated.companies") == 0


def test_the_views_and_the_function_answer(database: Database) -> None:
    assert set(VIEWS) == VIEW_NAMES
    for view in VIEW_NAMES:
        assert database.scalar(f"SELECT count(*) FROM mart.{view}") == 0
    assert database.rows("SELECT * FROM mart.as_of(now())") == []


@pytest.mark.parametrize("view", sorted(VIEWS))
def test_the_graph_shows_the_columns_that_a_view_has(database: Database, view: str) -> None:
    found = database.rows(
        "SELECT attname AS name, format_type(atttypid, NULL) AS type FROM pg_attribute "
        "WHERE attrelid = to_regclass(:view) AND attnum > 0 ORDER BY attnum",
        view=f"mart.{view}",
    )
    [spec] = [spec for spec in views.specs if spec.key.path[-1] == view]
    shown = [(column.name, column.type.split("(")[0]) for column in spec.metadata["dagster/column_schema"].columns]
    assert shown == [(row["name"], row["type"]) for row in found]


@pytest.mark.parametrize("view", sorted(VIEWS))
def test_the_graph_knows_what_a_view_reads(database: Database, view: str) -> None:
    """Directly or through another view; reference tables that are no assets excepted."""
    read = database.rows(
        "WITH RECURSIVE reads AS (SELECT to_regclass(:view)::oid AS oid UNION SELECT d.refobjid FROM reads "
        "JOIN pg_rewrite AS r ON r.ev_class = reads.oid JOIN pg_depend AS d ON d.objid = r.oid "
        "AND d.refclassid = 'pg_class'::regclass) "
        "SELECT DISTINCT c.relnamespace::regnamespace || '/' || c.relname AS name FROM reads "
        "JOIN pg_class AS c USING (oid) WHERE c.relkind = 'r'",
        view=f"mart.{view}",
    )
    [spec] = [spec for spec in views.specs if spec.key.path[-1] == view]
    reference = {"evidence/sources", "evidence/snapshots"}
    assert {row["name"] for row in read} - reference == {dep.asset_key.to_user_string() for dep in spec.deps}
