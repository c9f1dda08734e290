"""Public sample files of the sources' publishers, where they lie beside the checkout: nothing crashes, none is lost."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.sources.registry import sources
from resources.database import Database
from tests.journeys.command import Installation
from tests.journeys.conftest import CHECKOUT

INBOX = (CHECKOUT / ".." / "shared" / "inbox").resolve()

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.slow,
    pytest.mark.xdist_group("real"),
    pytest.mark.skipif(not INBOX.is_dir(), reason="there is no ../shared/inbox beside the checkout"),
]


@pytest.fixture(scope="module")
def real(lasting_folder: Path) -> Iterator[Database]:
    """The database after a run on the public sample files."""
    made = Installation(lasting_folder / "real", inbox=INBOX)
    said = made.refresh()
    assert said["failed"] == {}
    assert said["checks"] == []
    yield made.database
    made.stop()


def held(database: Database, scheme: str) -> set[str]:
    """Numbers of a register in the curated tables."""
    rows = database.rows("SELECT value FROM curated.identifiers WHERE scheme = :scheme", scheme=scheme)
    return {str(row["value"]) for row in rows}


def text(source: str, name: str) -> str:
    return (INBOX / source / name).read_text("utf-8-sig")


def table(source: str, name: str) -> list[dict[str, str]]:
    rows = csv.DictReader(text(source, name).splitlines(keepends=True))
    return [{key.strip(): value for key, value in row.items() if key and value} for row in rows]


def test_every_source_gives_cards(real: Database) -> None:
    given = {str(row["source"]) for row in real.rows("SELECT DISTINCT source FROM match.members")}
    assert given == {source for source in sources() if (INBOX / source).is_dir()}
    assert given == set(sources())


def test_every_lei_of_the_golden_copy_is_held(real: Database) -> None:
    records = json.loads(text("gleif", "20240505-0000-gleif-goldencopy-lei2-intra-day.json"))["records"]
    of_json = {record["LEI"]["$"] for record in records}
    of_xml = set(re.findall(r"<lei:LEI>\s*([A-Z0-9]{20})\s*<", text("gleif", "lei-data.xml")))
    assert len(of_json) > 100
    assert len(of_xml) > 3
    assert of_json | of_xml <= held(real, "LEI")


def test_every_company_number_is_held(real: Database) -> None:
    basic = {row["CompanyNumber"] for row in table("companies_house", "BasicCompanyDataAsOneFile-sample.csv")}
    lines = map(json.loads, text("companies_house", "psc-snapshot.jsonl").splitlines())
    controlled = {line["company_number"].zfill(8) for line in lines if line.get("company_number")}
    assert basic
    assert controlled
    assert basic | controlled <= held(real, "GB-COH")


def test_every_cik_is_held(real: Database) -> None:
    tickers = {str(row["cik_str"]) for row in json.loads(text("edgar", "company_tickers.json")).values()}
    forms = {number for file in (INBOX / "edgar").glob("*.xml") for number in _issuers(file.read_text("utf-8-sig"))}
    filer = json.loads(text("edgar", "company_submission.json"))["cik"]
    assert len(tickers) > 1000
    assert forms
    wanted = {number.lstrip("0") for number in (*tickers, *forms, filer)}
    assert wanted <= {number.lstrip("0") for number in held(real, "US-CIK")}


def _issuers(form: str) -> set[str]:
    if "submissionType>144<" in form:  # filed by the person who sells: that number is no company's
        form = re.sub(r"filerCredentials>.*?filerCredentials>", "", form, flags=re.DOTALL)
    return set(re.findall(r"<(?:\w+:)?(?:issuerCik|cik)>\s*(\d+)\s*<", form))


def test_every_npi_of_an_organisation_is_held(real: Database) -> None:
    rows = table("nppes", "npidata_pfile_trueform_200rows.csv")
    organisations = {row["NPI"] for row in rows if row.get("Entity Type Code") == "2"}
    active = {row["NPI"] for row in rows if row["NPI"] in organisations and "NPI Deactivation Date" not in row}
    assert len(active) > 20
    assert active <= held(real, "US-NPI")


def test_every_certificate_is_held(real: Database) -> None:
    certificates = {row["CERT"] for row in table("fdic", "fdic_institutions.csv")}
    assert len(certificates) > 1000
    assert certificates <= held(real, "FDIC")


def test_nothing_published_is_blank(real: Database) -> None:
    for table_name, column in (("companies", "display_name"), ("contacts", "full_name"), ("phones", "e164")):
        assert real.scalar(f"SELECT count(*) FROM curated.{table_name} WHERE trim({column}) = ''") == 0
