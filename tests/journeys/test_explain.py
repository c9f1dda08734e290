"""What `contacts explain` tells of a company, a person and a job, and of ids that moved or never were."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from assets.explaining import explanation
from resources.database import Database
from resources.settings import BadSettings

FORMER, OLDER = str(uuid.UUID(int=1)), str(uuid.UUID(int=2))


def one(database: Database, statement: str) -> str:
    found = database.scalar(statement)
    assert found is not None, "the samples hold nothing of the kind"
    return str(found)


def shown(database: Database, entity: str) -> dict[str, object]:
    return {str(row["column"]): row["value"] for row in explanation(database, entity)["golden"]}


@contextmanager
def moved(database: Database, *steps: tuple[str, str, str]) -> Iterator[None]:
    """Ids that went elsewhere, for the time of the block."""
    insert = "INSERT INTO match.id_map (old_id, new_id, kind, recorded_at) VALUES (:old, :new, :kind, now())"
    with database.transaction() as connection:
        for old, new, kind in steps:
            connection.execute(sa.text(insert), {"old": old, "new": new, "kind": kind})
    try:
        yield
    finally:
        with database.transaction() as connection:
            for old, _, _ in steps:
                connection.execute(sa.text("DELETE FROM match.id_map WHERE old_id = :old"), {"old": old})


def test_a_company_is_explained_by_its_values_claims_cards_and_decisions(filled: Database) -> None:
    company = one(filled, "SELECT company_id FROM curated.companies ORDER BY source_count DESC, company_id LIMIT 1")
    found = explanation(filled, company)
    assert str(shown(filled, company)["company_id"]) == company
    stated = {(claim["field"], claim["value"]) for claim in found["claims"]}
    assert ("company_name", shown(filled, company)["display_name"]) in stated
    sources = filled.scalar("SELECT sources FROM curated.companies WHERE company_id = :id", id=company)
    assert {claim["source"] for claim in found["claims"]} == set(sources)
    assert all(claim["record_id"] and claim["snapshot_id"] and claim["stated_on"] for claim in found["claims"])
    assert all(0 <= value["confidence"] <= 1 and value["source_count"] >= 1 for value in found["values"])
    cards = {card["card_id"] for card in found["cards"]}
    expected = filled.scalar("SELECT count(*) FROM match.members WHERE entity_id = :id", id=company)
    assert len(cards) == len(found["cards"]) == expected
    assert all({decision["left_id"], decision["right_id"]} <= cards for decision in found.get("decisions", []))


def test_why_cards_are_one_stands_beside_them(filled: Database) -> None:
    joined = one(
        filled,
        "SELECT a.entity_id FROM match.decisions AS d JOIN match.members AS a ON a.card_id = d.left_id "
        "JOIN match.members AS b ON b.card_id = d.right_id AND b.entity_id = a.entity_id "
        "JOIN curated.companies AS c ON c.company_id = a.entity_id WHERE d.outcome = 'same' ORDER BY 1 LIMIT 1",
    )
    decisions = explanation(filled, joined)["decisions"]
    assert "same" in {decision["outcome"] for decision in decisions}
    assert all(decision["reasons"] for decision in decisions)


def test_a_person_is_explained_with_the_rivals_of_every_job(filled: Database) -> None:
    contact = one(
        filled, "SELECT contact_id FROM curated.employments WHERE job_title IS NOT NULL ORDER BY contact_id LIMIT 1"
    )
    found = explanation(filled, contact)
    winners = {row["field"]: row["value"] for row in found["rivals"] if row["is_winner"]}
    assert winners["full_name"] == shown(filled, contact)["full_name"]
    assert "job_title" in winners
    published = {str(row["value"]) for row in found.get("values", [])}
    held = "SELECT email_address FROM curated.emails WHERE contact_id = :id UNION SELECT e164 FROM curated.phones "
    rows = filled.rows(held + "WHERE contact_id = :id", id=contact)
    assert {row["email_address"] for row in rows} <= published
    assert {claim["field"] for claim in found["claims"]} >= {"full_name", "job_title"}


def test_a_job_is_explained_by_the_cards_that_name_it(filled: Database) -> None:
    job = one(filled, "SELECT employment_id FROM curated.emails WHERE employment_id IS NOT NULL ORDER BY 1 LIMIT 1")
    found = explanation(filled, job)
    assert {"full_name", "company_name", "contact_id", "company_id"} <= shown(filled, job).keys()
    assert "emails" in {value["held_in"] for value in found["values"]}
    assert found["cards"]


def test_a_person_is_not_explained_by_what_belongs_to_the_employer(filled: Database) -> None:
    company = one(filled, "SELECT company_id FROM curated.emails WHERE contact_id IS NOT NULL ORDER BY 1 LIMIT 1")
    published = {str(value["value"]) for value in explanation(filled, company).get("values", [])}
    private = filled.rows("SELECT email_address FROM curated.emails WHERE company_id = :id AND contact_id IS NOT NULL "
                          "AND email_address NOT IN (SELECT email_address FROM curated.emails WHERE company_id = :id "
                          "AND contact_id IS NULL)", id=company)  # fmt: skip
    assert not published & {row["email_address"] for row in private}


def test_an_id_that_went_elsewhere_is_followed_and_says_so(filled: Database) -> None:
    company = one(filled, "SELECT company_id FROM curated.companies ORDER BY company_id LIMIT 1")
    with moved(filled, (OLDER, FORMER, "merge"), (FORMER, company, "merge")):
        found = explanation(filled, OLDER)
    assert next(iter(found)) == "moved"
    assert [row["note"] for row in found["moved"]] == [
        f"{OLDER} was merged into {FORMER}",
        f"{FORMER} was merged into {company}",
    ]
    assert found["golden"] == explanation(filled, company)["golden"]


def test_an_id_that_was_split_names_its_parts(filled: Database) -> None:
    first, second = (str(row["company_id"]) for row in filled.rows("SELECT company_id FROM curated.companies LIMIT 2"))
    with moved(filled, (FORMER, first, "split"), (FORMER, second, "split")), pytest.raises(BadSettings) as raised:
        explanation(filled, FORMER)
    assert first in str(raised.value)
    assert second in str(raised.value)


def test_what_was_split_off_a_present_id_is_told(filled: Database) -> None:
    first, second = (str(row["company_id"]) for row in filled.rows("SELECT company_id FROM curated.companies LIMIT 2"))
    with moved(filled, (first, second, "split")):
        found = explanation(filled, first)
    assert found["moved"][0]["note"].endswith(second)
    assert str(found["golden"][0]["value"]) == first


def test_moves_that_lead_in_a_circle_end(filled: Database) -> None:
    steps = ((OLDER, FORMER, "merge"), (FORMER, OLDER, "merge"))
    with moved(filled, *steps), pytest.raises(BadSettings, match="lead back"):
        explanation(filled, OLDER)


def test_an_unknown_id_is_a_sentence(filled: Database) -> None:
    with pytest.raises(BadSettings, match="nobody bears the id"):
        explanation(filled, FORMER)


@pytest.mark.parametrize("typed", ["", "orla.quillon@example.com", "00000000-0000", "'; DROP SCHEMA curated; --"])
def test_what_cannot_be_an_id_is_refused_without_repeating_it(filled: Database, typed: str) -> None:
    with pytest.raises(BadSettings, match="that is no id") as raised:
        explanation(filled, typed)
    assert not typed or typed not in str(raised.value)
