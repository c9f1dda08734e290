"""The proof: no canary is anywhere, after a normal run and after a failure forced in every stage."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path

import duckdb
import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.reasons import Refusal
from pipelines.sources.registry import sources
from resources.server import EmbeddedServer
from tests.canary.conftest import Aviary
from tests.canary.corpus import LANGUAGES, SECTORS, TITLES
from tests.canary.scanner import Scanner, Secret
from tests.journeys.command import AS_OF, kill

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.xdist_group("canary")]


def test_the_canaries_are_of_every_class_source_and_language(aviary: Aviary) -> None:
    planted = aviary.corpus.canaries
    assert {canary.source for canary in planted} == set(sources())
    assert len({canary.token for canary in planted}) == len(planted)
    assert set(TITLES) == set(SECTORS) == set(LANGUAGES)
    kinds = {canary.kind for canary in planted if not canary.kept}
    assert kinds >= {
        "birth", "nationality", "residence", "gender", "family", "personal_id", "photo", "home_address", "home_phone",
        "home_mail", "mobile", "pager", "premium", "money", "ownership", "free_text", "free_mail", "disposable_mail",
        "isp_mail", "special_mail", "personal_domain", "private_network", "sensitive_title", "sensitive_sector",
        "sensitive_field", "suppressed", "source_restriction", "card_number", "sole_trader", "no_role",
        "person_record", "not_on_card", "somebodys_mail", "file_name", "drift", "malformed",
    }  # fmt: skip


def test_a_normal_run_lets_no_canary_in(aviary: Aviary) -> None:
    assert aviary.said[-1] == "0", aviary.said
    assert aviary.hits() == set()


def test_what_the_sessions_of_the_database_asked_was_seen(aviary: Aviary) -> None:
    """Statements were watched while they ran, those of the bulk load with them."""
    assert any("curated" in statement for statement in aviary.asked)


def test_the_records_of_the_canaries_were_read(aviary: Aviary) -> None:
    """What may come through did, so that the silence of the scanner says something."""
    looked_for = Scanner(canary.secret for canary in aviary.corpus.controls)
    found = {hit.token for hit in looked_for.server(aviary.made.database.url())}
    assert {canary for canary in aviary.corpus.controls if canary.token not in found} == set()


def test_what_was_refused_is_counted_by_reason(aviary: Aviary) -> None:
    counted = {str(row["code"]) for row in aviary.made.database.rows("SELECT DISTINCT code FROM privacy.refusals")}
    expected = set(map(str, Refusal)) - {"ended", "stale", "no_business_evidence", "clerical_title"}
    assert counted >= expected - {"unusable"}


def test_undeclared_fields_are_told_by_name(aviary: Aviary) -> None:
    paths = {str(row["path"]) for row in aviary.made.database.rows("SELECT path FROM ops.drift")}
    assert {"ZQPROPERTY", "data/zq_field", "ZQFIELD", "ZQ FIELD", "Entity/ZqField"} <= paths


# --- failures forced in every stage -----------------------------------------------------------------------------------


def broken(aviary: Aviary) -> Path:
    """The same inbox, every file of which breaks behind its last record."""
    inbox = aviary.root / "broken"
    shutil.rmtree(inbox, ignore_errors=True)
    shutil.copytree(aviary.root / "inbox", inbox)
    breaks = {
        ".csv": b'\r\n"cut',
        ".txt": b'{"cut',
        ".jsonl": b'{"cut',
        ".vcf": b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:cut",
    }
    for file in (path for path in inbox.rglob("*") if path.is_file()):
        content = file.read_bytes()
        whole = content.rstrip(b"\r\n >}]") if file.suffix not in breaks else content
        file.write_bytes(whole + breaks.get(file.suffix, b""))
    # a page cannot break: its source loses its only readable file
    shutil.rmtree(inbox / "web")
    (inbox / "web").mkdir()
    (inbox / "web" / "page.html").write_bytes(b"")
    return inbox


def test_files_that_break_after_their_records_were_read_leave_nothing(aviary: Aviary) -> None:
    ended = aviary.run(inbox=broken(aviary))
    assert ended.code == 1
    told = ended.out[ended.out.index("In the database now") :]
    assert all(f"screen/{source}_cards:" in told for source in set(sources()) - {"web"}), told
    assert "✗ collect/web_snapshot: web/#1:" in told, told
    assert aviary.hits() == set()


POISON, POISON_DATE = "zqpoisonedxx", "5550147863"
"""Values that the database and the engine quote when they stumble over them."""


def where_poison_is(aviary: Aviary) -> set[str]:
    """Where the poison is, other than in the lake and the database where it was put: logs, Dagster, what was said."""
    look, home = Scanner([Secret(POISON, ()), Secret(POISON_DATE, ())]), aviary.made.home
    put = {home / "lake", EmbeddedServer(home).data}
    found = look.tree(home, lambda path: any(path.is_relative_to(folder) for folder in put))
    found |= look.tree(aviary.root / "tmp")
    return {hit.where for hit in found | set(look.text("what was said", "\n".join(aviary.said)))}


def failed(aviary: Aviary, step: str) -> str:
    """Runs, and returns what was told of the step, which must fail."""
    ended = aviary.run("--sources", "fdic")
    told = [line for line in ended.out.splitlines() if line.startswith(f"✗ {step}:")]
    assert ended.code == 1, ended.out
    assert told, ended.out
    return told[-1]


@contextmanager
def spoilt(aviary: Aviary, *statements: str) -> Iterator[None]:
    """The database with something wrong in it, that an owner may do to it; put right in the end."""
    spoil, mend = statements
    with psycopg.connect(aviary.made.database.url(), autocommit=True) as connection:
        connection.execute(spoil.encode())
        try:
            yield
        finally:
            connection.execute(mend.encode())


def poisonous(table: str, asked: str) -> tuple[str, str]:
    """In place of a table, a view that fails with a value in the words of the failure when a statement reads it.

    Args:
        table: `schema.table`.
        asked: Words of the statements that fail; others read on.
    """
    schema, name = table.split(".")
    fails = f"CASE WHEN current_query() LIKE '%{asked}%' THEN ('{POISON}' || kept)::int ELSE 1 END > 0"
    return (
        f"ALTER TABLE {table} RENAME TO kept; CREATE VIEW {table} AS SELECT * FROM {schema}.kept WHERE {fails}",
        f"DROP VIEW {table}; ALTER TABLE {schema}.kept RENAME TO {name}",
    )


def test_a_value_that_suppression_stumbles_over_is_not_told(aviary: Aviary) -> None:
    with spoilt(aviary, *poisonous("privacy.suppressions", "ORDER BY card_id")):
        assert "a text could not be read" in failed(aviary, "rights/suppressions")
    assert where_poison_is(aviary) == set()


def test_a_value_that_verify_stumbles_over_is_not_told(aviary: Aviary) -> None:
    with pytest.raises(duckdb.ConversionException, match=POISON_DATE):
        duckdb.execute(f"SELECT CAST(left('{POISON_DATE}', 10) AS DATE)").fetchall()
    file = next((aviary.made.home / "lake" / "screen" / "fdic_cards").glob("*/snapshot.parquet"))
    sound = file.read_bytes()
    table = pq.read_table(file)
    place = table.schema.get_field_index("collected_at")
    pq.write_table(table.set_column(place, "collected_at", pa.array([POISON_DATE] * len(table))), file)
    try:
        assert "ConversionException in resources/engine/duckdb.py, line" in failed(aviary, "verify/cards")
    finally:
        file.write_bytes(sound)
    assert where_poison_is(aviary) == set()


def test_a_value_that_resolve_stumbles_over_is_not_told(aviary: Aviary) -> None:
    with spoilt(aviary, *poisonous("match.members", "entity_id::text")):
        assert "a text could not be read" in failed(aviary, "resolve/companies")
    assert where_poison_is(aviary) == set()


def test_a_row_that_the_database_refuses_is_not_told(aviary: Aviary) -> None:
    spoil = f"""
        CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            RAISE EXCEPTION 'refused {POISON} %', NEW USING ERRCODE = '23514', DETAIL = 'Failing row contains {POISON}';
        END $$;
        UPDATE curated.companies SET confidence = 0.001;
        CREATE TRIGGER refuse BEFORE UPDATE ON curated.companies FOR EACH ROW EXECUTE FUNCTION public.refuse()"""
    with spoilt(aviary, spoil, "DROP FUNCTION public.refuse() CASCADE"):
        assert "a row breaks a check of the table" in failed(aviary, "curated_tables")
    assert where_poison_is(aviary) == set()


def test_a_value_that_a_view_stumbles_over_is_not_told(aviary: Aviary) -> None:
    spoil = f"""
        ALTER VIEW mart.stale_soon RENAME TO kept;
        CREATE VIEW mart.stale_soon AS SELECT 1 FROM evidence.sources AS s WHERE ('{POISON}' || s.source)::int > 0"""
    with spoilt(aviary, spoil, "DROP VIEW mart.stale_soon; ALTER VIEW mart.kept RENAME TO stale_soon"):
        assert "a text could not be read" in failed(aviary, "mart_views")
    assert where_poison_is(aviary) == set()


def test_after_failures_in_every_stage_no_canary_is_anywhere(aviary: Aviary) -> None:
    assert aviary.hits() == set()


def test_a_killed_run_leaves_raw_files_in_the_spool_only_and_the_next_run_sweeps_them(aviary: Aviary) -> None:
    inbox, spool = aviary.root / "changed", aviary.made.home / "spool"
    shutil.copytree(aviary.root / "inbox", inbox)
    for file in (path for path in inbox.rglob("*") if path.is_file()):
        file.write_bytes(file.read_bytes() + b"\n")
    aviary.made.inbox = inbox
    with aviary.made.begin("run", "--as-of", AS_OF) as process:
        assert process.stdout is not None
        aviary.said += takewhile(lambda line: "collect/web_snapshot" not in line, process.stdout)
        kill(process)
    raw = aviary.scanner.tree(spool)
    assert raw, "the run was killed too late to prove anything"
    assert aviary.hits(leave=lambda path: path.is_relative_to(spool)) == set()
    # the next run need not even read the sources whose files were left
    assert aviary.run("--sources", "fdic").code == 0
    assert list(spool.glob("*/files/*")) == []
    assert aviary.hits() == set()
    assert sorted(path.name for path in inbox.rglob("*")) == sorted(
        path.name for path in (aviary.root / "inbox").rglob("*")
    )
