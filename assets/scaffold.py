"""Scaffolding: the folder of a new source and of its test, working as they are, to be changed to what the source is.

What belongs here: the templates of a CSV source. What does not: declared sources (`pipelines/sources/`).
"""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

from pipelines.sources.registry import BadDeclaration

ROOT = Path(__file__).resolve().parents[1]

_INIT = '"""$title."""\n'

_DECLARATION = """\
# What $name is and what of it may be read: change every line to what its publisher says.
id: "$name"
title: "$title"
publisher: The publisher of $name
url: https://$host.example
licence: The licence of $name
# sources that copy from each other are one family; within a family nothing corroborates
family: "$name"
group: registers
# alpha-2 code of the country of its subjects; leave it out where they are of many countries
country: GB
cadence: monthly
# chance (0 to 1) that a value is right on the day of publication
trust: 0.9
lawful_basis: Why its rows may be held, in one sentence.
access: What its terms say about automatic access, and what follows from that here.
feeds:
  companies:
    files: ["*.csv"]
    format: {kind: csv}
    # every column of the file stands in one of these lists; one that does not is reported as drift
    taken: [number, name, street, town, postcode, country, website, phone, updated]
    refused: {secretary_born: birth}
    ignored: [share_capital]
    # snapshot: the file is the whole present register; record: each record is a document of its own date
    confirms: snapshot
    volume: {min: 1}
"""

_PARSER = '''\
"""$title: what one record says, as cards."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.card import Card, Kind, Party
from pipelines.faults import BadRecord
from pipelines.reasons import RecordFault
from pipelines.screen.reading import Record, text


def companies(record: Record) -> Iterator[Card]:
    """One organisation a row."""
    number = text(record, "number")
    if not number:
        raise BadRecord(RecordFault.NO_KEY)
    card = Card(Kind.COMPANY, number, party=Party.COMPANY, updated_on=text(record, "updated"))
    card.add("company_name", text(record, "name"), "legal")
    card.add("website", text(record, "website"))
    card.add("phone", text(record, "phone"), "switchboard")
    card.add(
        "address",
        None,
        "registered",
        street_address=text(record, "street"),
        locality=text(record, "town"),
        postal_code=text(record, "postcode"),
        country_code=text(record, "country"),
    )
    yield card
'''

_SAMPLE = """\
number,name,street,town,postcode,country,website,phone,updated,secretary_born,share_capital
A1,Quillon Brask Limited,1 Quarry Road,Maplewick,ZZ1 1AA,GB,https://quillonbrask.example,+441632960001,2026-03-01,1970-01-01,100
A2,Wren Weaving Limited,2 Quarry Road,Maplewick,ZZ1 1AB,GB,,,2026-03-02,,100
,Numberless Limited,3 Quarry Road,Maplewick,ZZ1 1AC,GB,,,2026-03-03,,100
"""

_TEST = '''\
"""$title: the sample gives its cards; what may not be read is refused, what nobody declared is drift."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from pipelines.card import Card
from pipelines.reasons import RecordFault, Refusal
from pipelines.screen.intake import Ledger, cards
from pipelines.sources.registry import sources

SAMPLE = Path(__file__).with_name("sample.csv").read_bytes()


def screened(content: bytes) -> tuple[list[Card], Ledger]:
    source, ledger = sources()["$name"], Ledger("$name")
    return list(cards(BytesIO(content), source, "companies", ledger, frozenset())), ledger


def test_a_row_is_a_company_card() -> None:
    found, _ = screened(SAMPLE)
    assert [card.key for card in found] == ["A1", "A2"]
    assert [(claim.field, claim.value) for claim in found[0].claims] == [
        ("company_name", "Quillon Brask Limited"),
        ("website", "https://quillonbrask.example"),
        ("phone", "+441632960001"),
        ("address", "1 Quarry Road, Maplewick, ZZ1 1AA, GB"),
    ]


def test_what_may_not_be_read_is_refused_and_counted() -> None:
    _, ledger = screened(SAMPLE)
    assert ledger.by_code("refused") == {Refusal.BIRTH: 1}
    assert ledger.by_code("set_aside") == {RecordFault.NO_KEY: 1}
    assert ledger.total("drift") == 0


def test_a_new_column_is_drift_and_never_read() -> None:
    _, ledger = screened(SAMPLE.replace(b"share_capital", b"chairman"))
    assert ledger.total("drift") == 3
'''


def scaffold(name: str, root: Path = ROOT) -> list[Path]:
    """Makes the folders of a new CSV source and of its test; the made test passes as it is.

    Args:
        name: Id of the source: a small letter, then small letters, digits and underscores.
        root: The checkout.

    Returns:
        The files made.

    Raises:
        BadDeclaration: The id cannot be one, or there is a source or a test of that id; nothing was made.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise BadDeclaration("an id is a small letter, then small letters, digits and underscores, such as us_banks")
    source, test = root / "pipelines" / "sources" / name, root / "tests" / "sources" / name
    for folder in (source, test):
        if folder.exists() or folder.with_suffix(".py").exists():
            raise BadDeclaration(f"{folder.relative_to(root)} exists already: choose another id")
    files = {
        source / "__init__.py": _INIT,
        source / "source.yml": _DECLARATION,
        source / "parse.py": _PARSER,
        test / "__init__.py": _INIT,
        test / "sample.csv": _SAMPLE,
        test / f"test_{name}.py": _TEST,
    }
    words = name.strip("_").replace("_", " ")
    given = {"name": name, "title": words.capitalize(), "host": words.replace(" ", "-")}
    for file, template in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(Template(template).substitute(given), "utf-8")
    return list(files)
