"""A person who moves: one job ends, another begins, the old mailbox retires, and namesakes stay who they are."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from resources.retention import expire
from resources.suppression import erase
from tests.journeys.conftest import NewInstallation
from tests.world.golden_world import Claim, claim, mail, name, person_name
from tests.world.town import Town, uid

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.xdist_group("judgements")]

LABELS = {"alder": "Alder Mill Ltd", "birch": "Birchfield Optics Ltd", "cedar": "Cedarwick Looms Ltd"}
JOBS = """
    SELECT company.display_name AS company, job.is_current, job.is_primary, job.job_title, job.start_date::text,
        job.start_date_precision, job.end_date::text, job.end_date_precision
    FROM curated.employments AS job JOIN curated.companies AS company USING (company_id)
    WHERE job.contact_id = :id ORDER BY 1"""


PLACES = {"alder": ("Leeds", "LS1 1AA"), "birch": ("Hull", "HU1 2BB"), "cedar": ("York", "YO1 7CC")}


def organisation(key: str) -> tuple[Claim, ...]:
    """What a card says of the organisation it names."""
    street, (locality, code) = f"1 {key} Road", PLACES[key]
    address = claim("address", f"{street}, {locality}, {code}, GB", "registered", street_address=street,
                    locality=locality, postal_code=code, country_code="GB")  # fmt: skip
    return (
        name(LABELS[key], core=key),
        claim("website", f"https://{key}-invented.com", domain=f"{key}-invented.com"),
        address,
    )


def works_at(town: Town, key: str, title: str, stated: str, **more: str) -> None:
    """The record of one person, as it stands at one time: who employs her, and how to reach her there."""
    town.company("record/org", *organisation(key), source="vcard", stated=stated)
    town.person("record", "record/org", person_name("Jane", "Roe"), claim("job_title", title),
                mail(f"jane.roe@{key}-invented.com"), claim("phone", f"+4411349600{len(key)}1"),
                source="vcard", stated=stated, **more)  # fmt: skip


def begin(town: Town) -> str:
    """Three firms, a namesake at one, and the person who will move between the others; returns her id."""
    for key in LABELS:
        town.company(key, *organisation(key))
    town.person("namesake", "cedar", person_name("Jane", "Roe"), mail("j.roe@cedar-invented.com"), source="web")
    works_at(town, "alder", "Buyer", "2026-03-10", started_on="2019")
    town.run()
    return town.entity("record")


def test_a_record_that_names_another_employer_ends_one_job_and_begins_another(town: Town) -> None:
    person, database = begin(town), town.database
    works_at(town, "birch", "Head of Purchasing", "2026-09-20", started_on="2026-09")
    town.run()
    assert town.entity("record") == person != town.entity("namesake")
    assert database.rows(JOBS, id=person) == [
        {"company": "Alder Mill Ltd", "is_current": False, "is_primary": False, "job_title": "Buyer",
         "start_date": "2019-01-01", "start_date_precision": "year",
         "end_date": "2026-09-01", "end_date_precision": "month"},
        {"company": "Birchfield Optics Ltd", "is_current": True, "is_primary": True, "job_title": "Head of Purchasing",
         "start_date": "2026-09-01", "start_date_precision": "month", "end_date": None, "end_date_precision": None},
    ]  # fmt: skip
    [change] = database.rows("SELECT * FROM mart.job_changes")
    assert str(change["contact_id"]) == person
    assert (change["former_company"], change["former_title"]) == ("Alder Mill Ltd", "Buyer")
    assert (change["company_name"], change["job_title"]) == ("Birchfield Optics Ltd", "Head of Purchasing")
    assert (str(change["left_on"]), str(change["joined_on"])) == ("2026-09-01", "2026-09-01")

    published = database.rows("SELECT email_address FROM curated.emails WHERE contact_id = :id", id=person)
    assert published == [{"email_address": "jane.roe@birch-invented.com"}]
    past = database.rows("SELECT email_address, change FROM history.emails WHERE contact_id = :id", id=person)
    assert past == [{"email_address": "jane.roe@alder-invented.com", "change": "removed"}]
    assert database.scalar("SELECT work_email FROM mart.contact_current WHERE contact_id = :id", id=person) == (
        "jane.roe@birch-invented.com"
    )
    [namesake] = database.rows(JOBS, id=town.entity("namesake"))
    assert (namesake["company"], namesake["is_current"]) == ("Cedarwick Looms Ltd", True)

    # remembered from run to run, and the same every time
    after = town.state()
    town.run()
    assert town.state() == after


def test_who_does_not_say_when_ended_by_the_month_in_which_the_record_said_so(town: Town) -> None:
    person = begin(town)
    works_at(town, "birch", "Head of Purchasing", "2026-10-20")
    town.run()
    former = town.database.rows(JOBS, id=person)[0]
    assert (former["end_date"], former["end_date_precision"]) == ("2026-10-01", "month")


def test_who_comes_back_has_no_former_job_there(town: Town) -> None:
    person = begin(town)
    works_at(town, "birch", "Head of Purchasing", "2026-05-20", started_on="2026-05")
    town.run()
    works_at(town, "alder", "Head Buyer", "2026-10-01", started_on="2026-10-01")
    town.run()
    jobs = town.database.rows(JOBS, id=person)
    assert [(job["company"], job["is_current"], job["end_date"]) for job in jobs] == [
        ("Alder Mill Ltd", True, None), ("Birchfield Optics Ltd", False, "2026-10-01"),
    ]  # fmt: skip


def test_companies_that_are_joined_parted_or_renamed_are_no_job_change(town: Town) -> None:
    begin(town)
    say = "INSERT INTO match.judgements (left_id, right_id, judgement, reason) VALUES (:a, :b, :said, 'x')"
    for said in ("different", "same"):
        with town.database.transaction() as connection:
            connection.execute(sa.text("UPDATE match.judgements SET withdrawn_at = now()"))
            other = "alder" if said == "different" else "birch"
            connection.execute(sa.text(say), {"a": uid("record/org"), "b": uid(other), "said": said})
        town.run()
        assert town.database.scalar("SELECT count(*) FROM match.former_jobs") == 0
    assert town.database.rows("SELECT * FROM mart.job_changes") == []


def test_a_former_job_ends_with_its_time_and_with_the_person(town: Town) -> None:
    person, database = begin(town), town.database
    works_at(town, "birch", "Head of Purchasing", "2026-09-20", started_on="2026-09")
    town.run()
    held = "SELECT count(*) FROM match.former_jobs"
    assert database.scalar(held) == 1
    works_at(town, "birch", "Head of Purchasing", "2028-10-20", started_on="2026-09")
    town.now = datetime(2028, 11, 1, tzinfo=UTC)
    town.run()
    assert database.scalar(held) == 0
    assert [job["is_current"] for job in database.rows(JOBS, id=person)] == [True]


@pytest.mark.parametrize("how", ["objection", "retention"])
def test_who_goes_takes_the_former_jobs_along(town: Town, how: str) -> None:
    person, database = begin(town), town.database
    works_at(town, "birch", "Head of Purchasing", "2026-09-20", started_on="2026-09")
    town.run()
    if how == "objection":
        with database.transaction() as connection:
            connection.execute(
                sa.text("INSERT INTO privacy.suppressions SELECT card_id, 'objection', now() FROM match.members "
                        "WHERE entity_id = :id"), {"id": person},
            )  # fmt: skip
        erase(database)
    else:
        expire(database, datetime(2030, 1, 1, tzinfo=UTC).date())
    assert database.scalar("SELECT count(*) FROM match.former_jobs") == 0
    assert database.rows(JOBS, id=person) == []


def test_one_register_number_at_two_firms_is_one_person_who_left_the_first(town: Town) -> None:
    begin(town)
    number = claim("identifier", "US-NPI:1234567893", scheme="US-NPI")
    town.person("first", "alder", person_name("Orla", "Quillon"), number, mail("orla@alder-invented.com"),
                source="nppes", stated="2025-11-05")  # fmt: skip
    town.person("second", "birch", person_name("Orla", "Quillon"), number, mail("orla@birch-invented.com"),
                source="web", started_on="2026-02-15")  # fmt: skip
    town.person("other", "cedar", person_name("Orla", "Quillon"), mail("o.quillon@cedar-invented.com"), source="web",
                stated="2026-06-01")  # fmt: skip
    town.run()
    assert town.entity("first") == town.entity("second") != town.entity("other")
    jobs = town.database.rows(JOBS, id=town.entity("first"))
    assert [(job["company"], job["is_current"], job["end_date"], job["end_date_precision"]) for job in jobs] == [
        ("Alder Mill Ltd", False, "2026-02-15", "day"), ("Birchfield Optics Ltd", True, None, None),
    ]  # fmt: skip
    mails = "SELECT email_address FROM curated.emails WHERE contact_id = :id"
    assert town.database.rows(mails, id=town.entity("first")) == [{"email_address": "orla@birch-invented.com"}]


def test_directors_may_sit_on_several_boards(town: Town) -> None:
    begin(town)
    number = claim("identifier", "US-NPI:1234567893", scheme="US-NPI")
    for key, firm, more in (("one", "alder", {"stated": "2025-11-05"}), ("two", "birch", {"started_on": "2026-02-15"})):
        town.person(key, firm, person_name("Orla", "Quillon"), number, role="director", **more)
    town.run()
    assert [job["is_current"] for job in town.database.rows(JOBS, id=town.entity("one"))] == [True, True]


CARD = """BEGIN:VCARD
VERSION:3.0
UID:urn:uuid:5f1f8a3c-0000-4000-8000-00000000000{uid}
KIND:individual
FN:{person}
N:{family};{given};;;
ORG:{label}
TITLE:{title}
EMAIL;TYPE=work:{box}@{domain}
URL;TYPE=work:https://{domain}
REV:{stated}T000000Z
END:VCARD
"""


def vcard(folder: Path, *cards: tuple[str, str, str, str, str]) -> None:
    """Cards of (person, firm, title, mailbox, date), each with a UID by its place."""
    firms = {"Alder Mill Ltd": "aldermill.com", "Birchfield Optics Ltd": "birchfieldoptics.com"}
    texts = [
        CARD.format(uid=n, person=person, family=person.split()[1], given=person.split()[0], label=firm, title=title,
                    box=box, domain=firms[firm], stated=stated)
        for n, (person, firm, title, box, stated) in enumerate(cards)
    ]  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cards.vcf").write_text("".join(texts).replace("\n", "\r\n"), "utf-8")


def test_two_snapshots_of_one_address_book_show_the_move(fresh: NewInstallation, open_folder: Path) -> None:
    inbox = open_folder / "book"
    staff = [("Colm Hart", "Alder Mill Ltd", "Accountant", "colm", "20260301"),
             ("Dora Pell", "Birchfield Optics Ltd", "Engineer", "dora", "20260301")]  # fmt: skip
    vcard(inbox / "vcard", ("Jane Roe", "Alder Mill Ltd", "Buyer", "jane", "20260301"), *staff)
    made = fresh(inbox)
    made.refresh("--sources", "vcard")
    person = made.database.scalar("SELECT contact_id FROM curated.contacts WHERE full_name = 'Jane Roe'")
    assert person is not None
    vcard(inbox / "vcard", ("Jane Roe", "Birchfield Optics Ltd", "Head of Purchasing", "jane", "20261001"), *staff)
    made.refresh("--sources", "vcard")
    [change] = made.database.rows("SELECT * FROM mart.job_changes")
    assert change["contact_id"] == person
    assert (change["former_company"], change["company_name"]) == ("Alder Mill Ltd", "Birchfield Optics Ltd")
    assert str(change["left_on"]) == "2026-10-01"
    mails = made.database.rows("SELECT email_address FROM curated.emails WHERE contact_id = :id", id=person)
    assert mails == [{"email_address": "jane@birchfieldoptics.com"}]
