"""The invented world's eForms notices against the parser."""

from __future__ import annotations

import random
from pathlib import Path

from pipelines.card import Card
from pipelines.faults import BadRecord
from pipelines.screen.formats import read
from pipelines.screen.reading import Reader
from pipelines.sources.registry import sources
from pipelines.sources.ted_eforms.parse import notices
from tests.world.model import Firm, Human, Mention, Place, Planted
from tests.world.writers.ted_eforms import Writer

PLACE = Place("1 High Street", "Zorbury", "", "ZZ1 1ZZ", "GB")


def firm(number: int) -> Firm:
    human = Human(
        f"h{number}", "Mira", "Quillfeather", "", "Buyer", "contact_point", f"mira{number}@zorbury.example", "", "", "",
        sensitive=False, birth_date="", home=PLACE, mobile="", free_mail="",
    )  # fmt: skip
    return Firm(
        f"f{number}", "company", f"Quorvex {number} Ltd", "Quorvex", "", "", "Ltd", "GB" if number % 3 else "FR",
        f"{number:08}", "", "", active=True, industry="", domain="zorbury.example", phone="01632 960001", fax="",
        place=PLACE, branch=None, parent="", parent_lei="", updated_on="", people=(human,) if number % 2 else (),
    )  # fmt: skip


def test_the_cards_are_the_mentions(tmp_path: Path) -> None:
    writer = Writer(tmp_path, random.Random(7), "2026-01-02")
    told = [truth for number in range(30) for truth in writer.add(firm(number))]
    writer.close()
    feed = sources()["ted_eforms"].feeds["notices"]
    reader, cards, faults = Reader(feed), list[Card](), list[str]()
    for file in sorted(tmp_path.iterdir()):
        with file.open("rb") as stream:
            for item in read(stream, feed):
                assert isinstance(item, dict)
                try:
                    cards += notices(reader.project(item))
                except BadRecord as error:
                    faults.append(str(error))
    assert {card.key for card in cards} == {one.key for one in told if isinstance(one, Mention)}
    planted = [one.value for one in told if isinstance(one, Planted)]
    assert len(planted) == 10
    assert not [value for value in planted for card in cards for claim in card.claims if value in claim.value]
    assert faults == ["record_no_key"]
    assert not reader.drift
