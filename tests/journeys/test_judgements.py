"""What stewards say: followed at every run, stronger than evidence, taken back without a trace in what is published."""

from __future__ import annotations

import base64
import time
import uuid
from itertools import pairwise
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from defusedxml.ElementTree import fromstring

from assets.explaining import drawn, explanation
from assets.judging import Statement, judge
from pipelines.resolve.identity import mint
from resources.errors import DatabaseFault
from resources.settings import BadSettings
from tests.journeys.command import Ended, Installation
from tests.world.golden_world import claim, mail, name, person_name
from tests.world.town import NOW, Town, uid

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.xdist_group("judgements")]

NEEDED = "INSERT INTO match.judgements (left_id, right_id, judgement, reason) VALUES (:left, :right, :said, 'by hand')"
AGREE = "resolve/companies: judgements_agree"


@pytest.fixture
def contacts(town: Town, open_folder: Path) -> Installation:
    """The command on the town's database."""
    return Installation(open_folder / "home", database_url=town.database.url())


def say(town: Town, left: str, right: str, said: str) -> None:
    """A judgement in plain SQL, with the columns that are needed and no others."""
    with town.database.transaction() as connection:
        connection.execute(sa.text(NEEDED), {"left": uid(left), "right": uid(right), "said": said})


def take_back(town: Town, said: str) -> None:
    with town.database.transaction() as connection:
        connection.execute(
            sa.text("UPDATE match.judgements SET withdrawn_at = now() WHERE judgement = :said"), {"said": said}
        )


def site(domain: str) -> dict[str, str]:
    return claim("website", f"https://{domain}", domain=domain)


def place(street: str, town: str, code: str) -> dict[str, str]:
    return claim("address", f"{street}, {town}, {code}, GB", "registered", street_address=street, locality=town,
                 postal_code=code, country_code="GB")  # fmt: skip


def settle(town: Town) -> None:
    """Two companies with staff that nothing joins, and one that two sources describe alike."""
    for key, label in (("alder", "Alder Mill Ltd"), ("birch", "Birchfield Optics Ltd")):
        domain = f"{key}-invented.com"
        town.company(key, name(label, core=key), site(domain), place(f"1 {key} Road", "Leeds", "LS1 1AA"))
        town.person(f"{key}-1", key, person_name("Jane", f"Roe{key}"), claim("job_title", "Buyer", seniority="staff"),
                    mail(f"jane@{domain}"), claim("phone", f"+4411349600{len(key)}0"))  # fmt: skip
    loom = place("9 Loom Street", "York", "YO1 7AA")
    for source, label in (("gleif", "Cedar Quill Textiles Ltd"), ("web", "Cedar Quill Textiles"),
                          ("fdic", "Cedar Quill Textile Ltd")):  # fmt: skip
        town.company(f"cedar-{source}", name(label, core="cedar"), site("cedar-invented.com"), loom, source=source)
    town.person("cedar-p", "cedar-web", person_name("Ines", "Quarrel"), mail("ines@cedar-invented.com"), source="web")


def test_a_judgement_needs_four_columns_and_keeps_who_and_when(town: Town) -> None:
    say(town, "alder", "birch", "same")
    [row] = town.database.rows("SELECT *, current_user AS asked FROM match.judgements")
    assert row["judgement_id"] == 1
    assert row["who"] == row["asked"]
    assert row["made_at"] is not None
    assert row["withdrawn_at"] is None


@pytest.mark.parametrize(
    ("left", "right", "said", "rule"),
    [("a", "a", "same", "two_cards"), ("a", "b", "maybe", "judgement"), ("a", "b", "", "judgement")],
)
def test_what_is_no_judgement_is_refused_by_the_table(town: Town, left: str, right: str, said: str, rule: str) -> None:
    with pytest.raises(DatabaseFault) as fault:
        say(town, left, right, said)
    assert fault.value.sqlstate == "23514"
    assert uid(left) not in str(fault.value)
    with psycopg.connect(town.database.url()) as connection, pytest.raises(psycopg.errors.CheckViolation, match=rule):
        connection.execute(
            "INSERT INTO match.judgements (left_id, right_id, judgement, reason) VALUES (%s, %s, %s, 'x')",
            (uid(left), uid(right), said),
        )


def test_a_reason_and_an_order_of_times_are_asked_for(town: Town) -> None:
    for columns, values in (
        ("", ""),
        (", reason", ", ' '"),
        (", reason, withdrawn_at", ", 'x', now() - interval '1 day'"),
    ):
        statement = (
            f"INSERT INTO match.judgements (left_id, right_id, judgement{columns}) "
            f"VALUES (gen_random_uuid(), gen_random_uuid(), 'same'{values})"
        )
        with pytest.raises(DatabaseFault), town.database.transaction() as connection:
            connection.execute(sa.text(statement))
    assert town.database.scalar("SELECT count(*) FROM match.judgements") == 0


def test_same_joins_taking_it_back_gives_everything_to_where_it_came_from(town: Town) -> None:
    settle(town)
    checks = town.run()
    before = town.state()
    assert town.entity("alder") != town.entity("birch")
    assert checks[AGREE].passed
    former = {key: town.entity(key) for key in ("alder", "birch")}

    say(town, "birch", "alder", "same")
    assert town.run()[AGREE].passed
    assert town.entity("alder") == town.entity("birch")
    merged = town.state()
    assert len(merged["curated.companies"]) == len(before["curated.companies"]) - 1
    jobs = town.database.rows("SELECT company_id::text FROM curated.employments")
    assert sorted(row["company_id"] for row in jobs).count(town.entity("alder")) == 2
    gone = next(iter(set(former.values()) - {town.entity("alder")}))
    current = town.database.rows("SELECT former_id::text, present_id::text, kind FROM match.current_ids")
    assert current == [{"former_id": gone, "present_id": town.entity("alder"), "kind": "merge"}]
    town.run()
    assert town.state() == merged
    assert town.database.scalar("SELECT count(*) FROM match.judgements") == 1

    take_back(town, "same")
    town.run()
    assert town.state() == before
    assert {key: town.entity(key) for key in ("alder", "birch")} == former
    assert town.database.rows("SELECT * FROM match.current_ids") == []
    [row] = town.database.rows("SELECT judgement, withdrawn_at FROM match.judgements")
    assert row["withdrawn_at"] is not None


def test_different_parts_what_evidence_joined_and_the_larger_part_keeps_the_id(town: Town) -> None:
    settle(town)
    town.run()
    before, whole = town.state(), town.entity("cedar-gleif")
    assert town.entity("cedar-web") == town.entity("cedar-fdic") == whole

    for other in ("cedar-gleif", "cedar-fdic"):
        say(town, "cedar-web", other, "different")
    assert town.run()[AGREE].passed
    apart = town.entity("cedar-web")
    assert town.entity("cedar-gleif") == town.entity("cedar-fdic") == whole != apart
    moves = town.database.rows("SELECT old_id::text, new_id::text, kind FROM match.id_map")
    assert {"old_id": whole, "new_id": apart, "kind": "split"} in moves
    # every value with its origin: the person, her mailbox and the evidence went with the card of the web
    database = town.database
    assert str(database.scalar("SELECT company_id FROM curated.emails WHERE contact_id IS NOT NULL AND "
                               "email_address LIKE 'ines@%'")) == apart  # fmt: skip
    assert str(database.scalar("SELECT company_id FROM curated.employments WHERE contact_id = :id",
                               id=town.entity("cedar-p"))) == apart  # fmt: skip
    stated = database.rows("SELECT DISTINCT company_id::text, source FROM evidence.claims WHERE value LIKE 'Cedar%'")
    assert {(row["company_id"], row["source"]) for row in stated} == {
        (apart, "web"), (whole, "gleif"), (whole, "fdic"),
    }  # fmt: skip
    sources = database.scalar("SELECT sources FROM curated.companies WHERE company_id = :id", id=whole)
    assert sources == ["fdic", "gleif"]
    past = database.rows("SELECT sources, change FROM history.companies WHERE company_id = :id", id=whole)
    assert past == [{"sources": ["fdic", "gleif", "web"], "change": "updated"}]
    again = town.state()
    town.run()
    assert town.state() == again

    take_back(town, "different")
    town.run()
    assert town.state() == before
    assert town.entity("cedar-web") == whole
    assert database.rows("SELECT former_id::text, present_id::text FROM match.current_ids") == [
        {"former_id": apart, "present_id": whole}
    ]


def test_a_no_beats_every_yes_and_contradictions_are_counted(town: Town) -> None:
    settle(town)
    keys = [f"link-{n}" for n in range(6)]
    for n, key in enumerate(keys):
        town.company(key, name(f"Unlike{n * 7919} Works", core=key), place(f"{n} Far Lane", f"Town{n}", f"LS{n} 9ZZ"))
    say(town, "alder", "birch", "same")
    say(town, "birch", "alder", "same")
    say(town, "alder", "birch", "different")
    for one, other in pairwise(keys):
        say(town, one, other, "same")
    say(town, keys[0], keys[-1], "different")
    check = town.run()[AGREE]
    assert town.entity("alder") != town.entity("birch")
    assert town.entity(keys[0]) != town.entity(keys[-1])
    # both who say yes to alder and birch, and the one link of the chain that had to give
    assert not check.passed
    assert check.metadata["contradicted"].value == 3
    assert check.metadata["judgements"].value == 9
    assert len({town.entity(key) for key in keys}) == 2
    queue = town.database.rows("SELECT why, held_apart_by FROM match.review WHERE why = 'contradicted'")
    assert queue == [{"why": "contradicted", "held_apart_by": "judgement"}]
    settled = town.state()
    town.run()
    assert town.state() == settled


def test_a_judgement_waits_for_its_card(town: Town) -> None:
    settle(town)
    say(town, "alder", "newcomer", "same")
    say(town, "never", "nowhere", "different")
    check = town.run()[AGREE]
    assert check.passed
    assert check.metadata["judgements"].value == 0
    town.company("newcomer", name("Quite Another Name Plc", core="quite"), place("3 Elsewhere", "Bath", "BA1 1AA"))
    assert town.run()[AGREE].metadata["judgements"].value == 1
    assert town.entity("newcomer") == town.entity("alder")


def test_ten_thousand_judgements_are_followed_in_time(town: Town) -> None:
    settle(town)
    for n in range(40):
        town.company(
            f"many-{n}", name(f"Many{n * 7919} House", core=f"many{n}"), place(f"{n} Row", f"T{n}", f"M{n} 1AA")
        )
    with town.database.transaction() as connection:
        connection.execute(
            sa.text(NEEDED),
            [
                {"left": uid(f"many-{n % 20}"), "right": uid(f"many-{n % 20 + 20}"), "said": "same"}
                if n < 5000
                else {"left": uid(f"x{n}"), "right": uid(f"y{n}"), "said": "different"}
                for n in range(10_000)
            ],
        )
    began = time.monotonic()
    check = town.run()[AGREE]
    assert time.monotonic() - began < 120
    assert check.passed
    assert check.metadata["judgements"].value == 5000
    assert all(town.entity(f"many-{n}") == town.entity(f"many-{n + 20}") for n in range(20))


def test_what_cannot_be_told_waits_for_a_person_with_names_and_cause(town: Town) -> None:
    settle(town)
    for key, number in (("dale-a", "00000011"), ("dale-b", "00000029")):
        town.company(key, name("Dalekin Forge Ltd", core="dalekin forge"), site("dalekin-invented.com"),
                     place("5 Anvil Way", "Ripon", "HG4 1AA"),
                     claim("identifier", f"GB-COH:{number}", scheme="GB-COH"))  # fmt: skip
    town.run()
    assert town.entity("dale-a") != town.entity("dale-b")
    pair = "SELECT * FROM match.review WHERE left_name = 'Dalekin Forge Ltd' AND right_name = 'Dalekin Forge Ltd'"
    [row] = town.database.rows(pair)
    assert (row["why"], row["held_apart_by"], row["is_one"]) == ("vetoed", "number", False)
    assert row["left_at"].startswith("5 Anvil Way")
    assert {str(row["left_id"]), str(row["right_id"])} == {uid("dale-a"), uid("dale-b")}

    # who has judged a pair does not see it again, before and after the run that follows it
    say(town, "dale-b", "dale-a", "same")
    assert town.database.rows(pair) == []
    town.run()
    assert town.entity("dale-a") == town.entity("dale-b")
    assert town.database.rows(pair) == []


def test_the_reasons_of_a_decision_are_rows_that_add_up(town: Town) -> None:
    settle(town)
    say(town, "alder", "birch", "different")
    town.run()
    database = town.database
    assert database.scalar("SELECT count(*) FROM match.reasons WHERE sentence IS NULL") == 0
    sums = database.rows(
        "SELECT d.weight, d.reasons, sum(r.weight) AS total, bool_or(r.term = 'rule') AS ruled "
        "FROM match.decisions AS d JOIN match.reasons AS r USING (left_id, right_id) "
        "WHERE r.term <> 'judgement' GROUP BY d.left_id, d.right_id"
    )
    assert sums
    assert all(abs(row["weight"] - row["total"]) < 0.6 for row in sums if not row["ruled"])
    [judged] = database.rows("SELECT level, weight FROM match.reasons WHERE term = 'judgement'")
    assert judged == {"level": "different", "weight": None}
    names = {row["term"] for row in database.rows("SELECT DISTINCT term FROM match.reasons")}
    assert {"name", "prior", "judgement"} <= names


def test_a_merged_company_is_explained_card_by_card_in_words_and_in_a_picture(town: Town) -> None:
    settle(town)
    say(town, "alder", "birch", "same")
    town.run()
    found = explanation(town.database, town.entity("cedar-web"))
    cards = {str(row["card_id"]) for row in found["cards"]}
    assert {str(row[side]) for row in found["links"] for side in ("left_id", "right_id")} == cards
    assert len(found["links"]) == len(cards) - 1

    judged = explanation(town.database, town.entity("alder"))
    assert [row["decided_by"] for row in judged["links"]] == ["a steward's judgement"]
    assert judged["judgements"][0]["reason"] == "by hand"
    assert {row["field"] for row in judged["fields"]} == {"judgement"}
    assert judged["fields"][0]["words"].endswith("times likelier that they are one")
    svg = drawn(judged)
    fromstring(svg)
    assert not any(word in svg for word in ("Alder", "Birch", "Leeds", uid("alder")))
    with pytest.raises(BadSettings, match="nothing to draw"):
        drawn({"fields": []})


def test_the_graph_shows_the_weakest_link_by_field_and_level_only(town: Town) -> None:
    settle(town)
    town.run()
    [made] = town.result.asset_materializations_for_node("resolve__companies")
    shown = str(made.metadata["weakest_link"].value)
    svg = base64.b64decode(shown.partition("base64,")[2].rstrip(")")).decode()
    texts = [element.text or "" for element in fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]
    assert texts[1] == "prior"
    assert texts[-2] == "sum"
    assert {"name near", "name equal"} & set(texts)
    assert not any(word in svg.casefold() for word in ("cedar", "quill", "york", uid("cedar-web")[:8]))


def test_a_parent_and_its_subsidiary_under_one_roof_are_related_and_never_one(town: Town) -> None:
    for key, label, number in (("upper", "Elmgrove Holdings Ltd", "1"), ("lower", "Elmgrove Trading Ltd", "2")):
        lei = f"LEI:529900T8BM49AURSDO5{number}"
        relation = [claim("relation", "LEI:529900T8BM49AURSDO51", "direct_parent")] if key == "lower" else []
        town.company(key, name(label, core="elmgrove"), place("2 Elm Row", "Hull", "HU1 1AA"),
                     claim("identifier", lei, scheme="LEI"), site("elmgrove-invented.com"), *relation)  # fmt: skip
    town.run()
    assert town.entity("upper") != town.entity("lower")
    [row] = town.database.rows("SELECT company_id::text, related_company_id::text, kind FROM curated.company_relations")
    assert tuple(row.values()) == (town.entity("lower"), town.entity("upper"), "direct_parent")


# --- the command ------------------------------------------------------------------------------------------------------


def ended(found: Ended, sentence: str) -> None:
    assert found.code == 2
    assert sentence in found.sentence


def test_the_command_judges_cards_companies_and_ids_of_old_and_takes_back(town: Town, contacts: Installation) -> None:
    settle(town)
    town.run()
    alder, birch = town.entity("alder"), town.entity("birch")
    assert (alder, birch) == (mint(uid("alder")), mint(uid("birch")))

    [made] = contacts("judge", alder, birch, "same", "--reason", "one owner", "--json").said
    assert {made["left_id"], made["right_id"]} == {uid("alder"), uid("birch")}
    assert "the card that founded it" in made["note"]
    town.run()
    assert town.entity("alder") == town.entity("birch")
    [again] = contacts("judge", uid("birch"), uid("alder"), "same", "--reason", "as before", "--json").said
    assert again["judgement_id"] == made["judgement_id"]
    assert "said before" in again["note"]

    # both ids are known after the merge, and name the cards that founded them
    [parted] = contacts("judge", birch, alder, "different", "--reason", "two owners", "--json").said
    assert f"it outweighs {made['judgement_id']}" in parted["note"]
    town.run()
    assert (town.entity("alder"), town.entity("birch")) == (alder, birch)

    plain = contacts("judge", alder, birch, "different", "--withdraw", "--reason", "was wrong")
    assert plain.code == 0
    assert "was wrong" in plain.out
    town.run()
    assert town.entity("alder") == town.entity("birch")
    ended(contacts("judge", alder, birch, "different", "--withdraw"), "there is nothing to withdraw")
    held = town.database.rows("SELECT judgement, who, withdrawn_by FROM match.judgements ORDER BY judgement_id")
    assert [(row["judgement"], row["withdrawn_by"] is not None) for row in held] == [
        ("same", False),
        ("different", True),
    ]


def test_what_is_wrong_is_a_sentence_that_repeats_no_name(town: Town, contacts: Installation) -> None:
    settle(town)
    town.run()
    alder, birch, person = (town.entity(key) for key in ("alder", "birch", "alder-1"))
    for left, right, said, reason, sentence in (
        (alder, str(uuid.UUID(int=7)), "same", "x", "nobody bears the second id"),
        (alder, uid("alder"), "same", "x", "the same card"),
        (alder, person, "same", "x", "they are never one"),
        (alder, birch, "same", " ", "say why"),
        (alder, birch, "maybe", "x", "same or different"),
    ):
        with pytest.raises(BadSettings, match=sentence):
            judge(town.database, Statement(left, right, said), reason, "tester", NOW)
    found = contacts("judge", "Jane Roe", alder, "same", "--reason", "x")
    ended(found, "the first id is none")
    assert "Jane" not in found.err
    assert town.database.scalar("SELECT count(*) FROM match.judgements") == 0


def test_the_command_explains_and_draws(town: Town, contacts: Installation, open_folder: Path) -> None:
    settle(town)
    say(town, "alder", "birch", "same")
    town.run()
    file = open_folder / "why.svg"
    told = contacts("explain", town.entity("alder"), "--svg", str(file), "--json")
    assert told.code == 0
    assert {"links", "fields", "judgements"} <= told.said.keys()
    fromstring(file.read_text("utf-8"))
    ended(contacts("explain", town.entity("alder-1"), "--svg", str(file)), "nothing to draw")
    ended(contacts("explain", town.entity("alder"), "--svg", str(open_folder / "no" / "why.svg")), "why.svg")
