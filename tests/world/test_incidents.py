"""Incidents: what should never be there is planted in the tables, and the check of that promise counts it."""

from __future__ import annotations

from datetime import date

import dagster as dg
import pytest
import sqlalchemy as sa

from assets import checks, deliver
from resources import tables as t
from resources.database import Database
from tests.world.test_retention import MOMENT, place, uid

pytestmark = [pytest.mark.postgres, pytest.mark.xdist_group("postgres")]

CLAIM = (
    "INSERT INTO evidence.claims (claim_id, source, snapshot_id, record_id, card_id, field, value, company_id, "
    "verification_status, first_seen, last_seen) SELECT '{id}', 'x', 's', 'r', '{id}', '{field}', '{value}', "
    "company_id, 'valid', now(), now() FROM curated.companies"
)
INCIDENTS = {
    "nobody_is_known_by_belief": {
        "a title": "UPDATE curated.employments SET job_title = 'Hospital Chaplain'",
        "a name": CLAIM.format(id=uid("n"), field="company_name", value="Sample Parish Church"),
        "a code": CLAIM.format(id=uid("c"), field="industry", value="UKSIC:94910"),
    },
    "no_private_page": {
        "a private network": "UPDATE curated.social_profiles SET url = 'https://www.facebook.com/ada'",
        "a person's page as the firm's": "UPDATE curated.social_profiles SET contact_id = NULL, employment_id = NULL, "
        "url = 'https://www.linkedin.com/in/ada'",
    },
    "no_card_number": {
        "in an address": CLAIM.format(id=uid("a"), field="address", value="Box 4111 1111 1111 1111, Leeds"),
    },
    "nobody_reaches_a_sole_trader_at_home": {"any way": "UPDATE curated.companies SET party = 'sole_trader'"},
    "every_address_has_business_evidence": {"none": "UPDATE curated.emails SET business_evidence = ''"},
    "no_private_line": {"a pager": "UPDATE curated.phones SET line_type = 'pager'"},
}
SOUND = "https://www.linkedin.com/in/ada"


@pytest.fixture
def sound(database: Database) -> Database:
    """A person with one value of each kind, and nothing against it."""
    place(database, "ada", date(2027, 1, 1), past=False)
    with database.transaction() as connection:
        connection.execute(sa.update(t.SOCIAL_PROFILES).values(url=SOUND, platform="linkedin"))
        connection.execute(sa.update(t.EMAILS).values(email_address="ada@firm-invented.com"))
        connection.execute(sa.update(t.CONTACTS).values(primary_employment_id=uid("job ada")))
    return database


def failed(database: Database) -> dict[str, dg.AssetCheckResult]:
    return {str(found.check_name): found for found in checks.results(database) if not found.passed}


@pytest.mark.parametrize(
    ("check", "planted"),
    [(check, planted) for check, ways in INCIDENTS.items() for planted in ways],
)
def test_an_incident_fails_its_check_and_stops_what_follows(sound: Database, check: str, planted: str) -> None:
    assert check not in failed(sound)
    with sound.transaction() as connection:
        connection.execute(sa.text(INCIDENTS[check][planted].replace(":", r"\:")))
    found = failed(sound)[check]
    assert int(str(found.metadata["rows"].value)) >= 1
    assert found.severity is dg.AssetCheckSeverity.ERROR
    (spec,) = (each for table in (*t.CURATED, t.CLAIMS) for each in checks.specs(table) if each.name == check)
    assert spec.blocking


def test_what_the_second_line_held_back_is_shown_as_a_warning(sound: Database) -> None:
    with sound.transaction() as connection:
        connection.execute(sa.insert(t.SOURCES).values(
            source="x", title="X", publisher="X", url="x", licence="x", share_alike=False, family="x", trust=0.5,
            cadence="daily", lawful_basis="x", access="x"))  # fmt: skip
        connection.execute(sa.insert(t.SNAPSHOTS).values(
            snapshot_id="s", source="x", collected_at=MOMENT, files=[], records=1, cards=1))  # fmt: skip
        for code, n in (("sensitive_sector", 2), ("no_business_evidence", 5)):
            connection.execute(sa.insert(t.REFUSALS).values(
                source="x", snapshot_id="s", feed="", entry="unpublished", field="card", code=code, n=n))  # fmt: skip
    found = failed(sound)["the_gate_held_everything_private_back"]
    assert found.metadata["rows"].value == 2
    assert found.severity is dg.AssetCheckSeverity.WARN


@pytest.mark.parametrize(
    ("spoil", "shown"),
    [
        ("UPDATE curated.employments SET job_title = 'Parish Priest'", 1),
        ("UPDATE curated.emails SET email_address = 'ada@gmail.com'", 1),
        ("UPDATE curated.phones SET e164 = '+447012345678'", 1),
        # what the views leave out by themselves is no incident of theirs
        ("UPDATE curated.phones SET line_type = 'pager'", 0),
        ("UPDATE curated.companies SET party = 'sole_trader'", 0),
        ("UPDATE curated.emails SET business_evidence = ''", 0),
    ],
)
def test_the_views_are_looked_at_once_more(sound: Database, spoil: str, shown: int) -> None:
    def delivered() -> int:
        found = [each for view in deliver.ASKED for each in deliver.looked_at(sound, view)]
        assert all(each.severity is dg.AssetCheckSeverity.ERROR for each in found)
        numbers = [int(str(each.metadata["rows"].value)) for each in found]
        assert [each.passed for each in found] == [not number for number in numbers]
        return sum(numbers)

    assert delivered() == 0
    with sound.transaction() as connection:
        connection.execute(sa.text(spoil))
    assert delivered() == shown
    if not shown:
        row = sound.rows("SELECT work_email, work_phone FROM mart.contact_current")[0]
        assert None in row.values()
