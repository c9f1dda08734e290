"""Bad files and bad records in the inbox: one source fails with a sentence, the others are published."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys.command import Installation
from tests.journeys.conftest import NewInstallation

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.xdist_group("bad input")]

ROOT = os.geteuid() == 0
FILES = {
    "fdic": "fdic/fdic_institutions.csv",
    "gleif": "gleif/lei2-intra-day.json",
    "ocds": "ocds/releases.jsonl",
    "ted_eforms": "ted_eforms/{notice}",
}
"""One file of each format: csv, json array, json lines, xml."""
ERROR_PAGE = b"<!DOCTYPE html>\n<html><head><title>503</title></head><body>Service unavailable</body></html>\n"


def file_of(inbox: Path, source: str) -> Path:
    """The file of a source that is spoilt; of several the first."""
    notice = min(file.name for file in (inbox / "ted_eforms").glob("firm-*.xml"))
    return inbox / FILES[source].format(notice=notice)


def truncated(file: Path) -> None:
    content = file.read_bytes().rstrip()
    file.write_bytes(content[: len(content) * 2 // 3])


def in_utf16(file: Path) -> None:
    file.write_bytes(file.read_text("utf-8").encode("utf-16"))


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def an_error_page(file: Path) -> None:
    file.write_bytes(ERROR_PAGE)


def of_zeros(file: Path) -> None:
    file.write_bytes(bytes(file.stat().st_size))


def a_damaged_zip(file: Path) -> None:
    packed = file.with_name(file.name + ".zip")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(file, file.name)
    content = bytearray(packed.read_bytes())
    content[len(content) // 3 : len(content) // 3 + 40] = bytes(40)
    packed.write_bytes(content)
    file.unlink()


def unreadable(file: Path) -> None:
    file.chmod(0)


@pytest.fixture(scope="module")
def _published(lasting_folder: Path, world: Path) -> Iterator[Installation]:
    made = Installation(lasting_folder / "bad input", inbox=world)
    made.refresh()
    yield made
    made.stop()


@pytest.fixture
def published(_published: Installation, inbox: Path) -> Installation:
    """An installation after a run on a good inbox, now on a copy of it that may be spoilt."""
    _published.inbox = inbox
    return _published


def claims(made: Installation) -> dict[str, int]:
    """Published values by source."""
    rows = made.database.rows("SELECT source, count(*) AS n FROM evidence.claims GROUP BY source")
    return {str(row["source"]): int(row["n"]) for row in rows}


def add_a_card(inbox: Path, last_name: str) -> None:
    """A change of a source that is in order."""
    lines = (
        *("BEGIN:VCARD", "VERSION:3.0", f"FN:Ottoline {last_name}", f"N:{last_name};Ottoline;;;"),
        *("ORG:Brackwater Looms Ltd", "TITLE:Head of Weaving", "TEL;TYPE=WORK,VOICE:+44 113 496 0199"),
        *("REV:2026-10-20T00:00:00Z", "END:VCARD", ""),
    )
    (inbox / "vcard" / "new.vcf").write_text("\r\n".join(lines), "utf-8")


@pytest.mark.parametrize("spoil", [truncated, in_utf16, emptied, an_error_page, of_zeros, a_damaged_zip, unreadable])
def test_a_spoilt_file_stops_its_source_and_no_other(
    published: Installation, inbox: Path, spoil: Callable[[Path], None]
) -> None:
    if spoil is unreadable and ROOT:
        pytest.skip("root may read everything")
    before = {source: n for source, n in claims(published).items() if source in FILES}
    for source in FILES:
        spoil(file_of(inbox, source))
    name = "Brackwater" + re.sub(r"[^a-z]", "", spoil.__name__)
    add_a_card(inbox, name)
    said = published.refresh(code=1)
    failed = {step.rpartition("/")[2].rpartition("_")[0]: sentence for step, sentence in said["failed"].items()}
    assert set(failed) == set(FILES)
    for source, sentence in failed.items():
        assert re.match(rf"{source}/#\d+: ", sentence)
        assert Path(FILES[source].format(notice="firm-")).stem not in sentence
        assert "\n" not in sentence
        assert "see the run" not in sentence
    assert {source: n for source, n in claims(published).items() if source in FILES} == before
    new = "SELECT count(*) FROM curated.contacts WHERE full_name ILIKE :name AND sources = '{vcard}'"
    assert published.database.scalar(new, name=f"Ottoline {name}") == 1
    assert published.leftovers() == []


def test_a_missing_column_is_named(published: Installation, inbox: Path) -> None:
    file = file_of(inbox, "fdic")
    file.write_text(file.read_text("utf-8").replace("NAME", "BANK_TITLE", 1), "utf-8")
    said = published.refresh(code=1)
    assert list(said["failed"]) == ["screen/fdic_cards"]
    assert "column is missing" in said["failed"]["screen/fdic_cards"]
    assert "NAME" in said["failed"]["screen/fdic_cards"]
    assert claims(published)["fdic"] > 0


def test_a_bad_record_is_set_aside_and_counted(fresh: NewInstallation, inbox: Path) -> None:
    made = fresh(inbox)
    made.refresh("--sources", "fdic,ocds")
    aside = "SELECT coalesce(sum(n), 0) FROM privacy.refusals WHERE entry = 'set_aside' AND source = :source"
    before = {source: int(made.database.scalar(aside, source=source)) for source in ("fdic", "ocds")}
    fdic, ocds = file_of(inbox, "fdic"), file_of(inbox, "ocds")
    header, *lines = fdic.read_text("utf-8").splitlines()
    fdic.write_text("\n".join([header, "1,2,3", *lines]) + "\n", "utf-8")
    good = ocds.read_text("utf-8").splitlines()
    ocds.write_text("\n".join(['{"ocid": "ocds-cut", "par', "[]", *good]) + "\n", "utf-8")
    assert made.refresh("--sources", "fdic,ocds")["failed"] == {}
    after = {source: int(made.database.scalar(aside, source=source)) for source in ("fdic", "ocds")}
    assert after == {"fdic": before["fdic"] + 1, "ocds": before["ocds"] + 2}


def test_what_does_not_belong_into_the_inbox_does_no_harm(fresh: NewInstallation, inbox: Path) -> None:
    made = fresh(inbox)
    made.refresh()
    before = made.digests(("curated", "match"))
    (inbox / "no_such_source").mkdir()
    (inbox / "no_such_source" / "data.csv").write_text("a,b\n1,2\n", "utf-8")
    (inbox / ".hidden").mkdir()
    for source in ("fdic", "vcard", "web", "ted_eforms"):
        (inbox / source / ".DS_Store").write_bytes(bytes(range(256)))
        (inbox / source / "half.csv.part").write_text("CERT", "utf-8")
        (inbox / source / "README.md").write_text("# What is in here\n", "utf-8")
        (inbox / source / "older").mkdir()
        (inbox / source / "older" / "file.csv").write_text("CERT,NAME\n", "utf-8")
    assert made.refresh()["failed"] == {}
    assert made.digests(("curated", "match")) == before


def test_an_empty_folder_of_a_source_fails_with_a_sentence(fresh: NewInstallation, inbox: Path) -> None:
    for file in (inbox / "fdic").iterdir():
        file.unlink()
    made = fresh(inbox)
    said = made.refresh("--sources", "fdic,vcard", code=1)
    assert list(said["failed"]) == ["collect/fdic_snapshot"]
    assert "holds no file" in said["failed"]["collect/fdic_snapshot"]
    assert claims(made).keys() == {"vcard"}
