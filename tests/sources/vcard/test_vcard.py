"""vCard: three versions, private values by their labels, pictures, broken cards."""

from __future__ import annotations

import dataclasses
import random
from io import BytesIO
from pathlib import Path

import pytest

from pipelines.card import Card, Kind, Role
from pipelines.faults import BadFile
from pipelines.reasons import FileFault, RecordFault, Refusal
from pipelines.screen.formats import vcard
from tests.sources.american import INBOX, Found, firm, found_below, found_in, shown
from tests.world.model import Firm, Mention, Planted
from tests.world.writers.vcard import Writer

OFFICE = """\
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=quoted-printable:Br=C3=B8ndal;Orla;;Dr.
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Orla =
Br=C3=B8ndal
ORG:Quillon, Brask & Co;Wire Ropes
TITLE:Head of Sales, Nordics
PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQ
  AAAQABAAD/2wBDAAIBAQEBAQIBAQE
/9j/4AAQSkZJRgABAQAAAQABAAD

TEL;WORK;VOICE:+45 55 01 02 03
TEL;WORK;FAX:+45 55 01 02 04
TEL;HOME;FAX:+45 55 01 02 05
TEL;CELL:+45 55 01 02 06
TEL;CELL;WORK:+45 55 01 02 07
TEL;PAGER:+45 55 01 02 08
EMAIL;INTERNET:orla@quillon.example
ADR;WORK:;Unit 4;Quarry Road 1;Maplewick;;8000;Denmark
ADR;HOME:;;Private Lane 2;Elmhollow;;8001;Denmark
URL;WORK:https://www.quillon.example
URL;HOME:https://orla.example
BDAY:19710102
AGENT:
BEGIN:VCARD
VERSION:2.1
FN:Ines Secretary
END:VCARD
REV:20260304T101500Z
END:VCARD
""".replace("\n", "\r\n")

BOOK = r"""BEGIN:VCARD
VERSION:3.0
UID:book-1
N:Wexcombe;Tavish;Jo\, Ray;;
FN:Tavish Jo\, Ray Wexcombe
ORG:Quillon\; Brask;Finance
ORG:Maplewick Rowing Ltd
TITLE:Treasurer
TITLE:Cox
item1.TEL:+1 614 555 0100
item1.X-ABLabel:_$!<Work>!$_
item2.TEL:+1 614 555 0101
item2.X-ABLabel:AssistantPhone
item3.EMAIL;type=INTERNET:t@quillon.example
item3.X-ABLabel:Private address
item4.X-ABRELATEDNAMES:Moira
item4.X-ABLabel:_$!<Spouse>!$_
X-SOCIALPROFILE;type=linkedin:https://www.linkedin.com/in/tavish-wexcombe
X-SPOUSE:Moira
NOTE:Likes rowing
NICKNAME:Tav
CLASS:CONFIDENTIAL
END:VCARD
"""

TELEPHONE = """begin:vcard
version:4.0
uid:urn:uuid:0b6f3b50-0000-4000-8000-000000000001
kind:org
fn:Brask Works
org:Brask Works
tel;value=uri;type="work,voice":tel:+1-614-555-0102;ext=102
email;type=home:brask@mailbox.example
adr;type=work:;;1 Quarry Road\\nYard B;Maplewick;OH;43001;US
url:www.brask.example
gender:F
end:vcard
"""


def found(content: str | bytes, name: str = "staff.vcf") -> Found:
    return found_in("vcard", name, content.encode() if isinstance(content, str) else content)


def test_a_card_of_an_old_office_program() -> None:
    result = found(OFFICE)
    company, person = result.cards
    assert (result.drift, result.aside) == ({}, {})
    assert (company.kind, person.kind, person.role) == (Kind.COMPANY, Kind.PERSON, Role.EMPLOYEE)
    assert person.employer == company.key == f"{person.key}/org/1"
    assert (company.updated_on, person.updated_on) == ("2026-03-04", "2026-03-04")
    assert shown(company) == [
        ("company_name", "Quillon, Brask & Co", ""),
        ("address", "Unit 4, Quarry Road 1, Maplewick, 8000, Denmark", "work"),
        ("website", "https://www.quillon.example", ""),
    ]
    assert shown(person) == [
        ("full_name", "Orla Brøndal", ""),
        ("department", "Wire Ropes", ""),
        ("job_title", "Head of Sales, Nordics", ""),
        ("phone", "+45 55 01 02 03", "work"),
        ("phone", "+45 55 01 02 04", "fax"),
        ("phone", "+45 55 01 02 05", "home"),
        ("phone", "+45 55 01 02 06", "mobile"),
        ("phone", "+45 55 01 02 07", "work_mobile"),
        ("phone", "+45 55 01 02 08", "pager"),
        ("email_address", "orla@quillon.example", ""),
        ("address", "Private Lane 2, Elmhollow, 8001, Denmark", "home"),
    ]
    assert person.claims[0].parts == {"name_prefix": "Dr.", "first_name": "Orla", "last_name": "Brøndal"}
    assert dict(result.refused) == {("PHOTO", Refusal.PHOTO): 1, ("BDAY", Refusal.BIRTH): 1}


def test_a_card_with_two_employers_labels_and_an_objection() -> None:
    result = found(BOOK)
    assert [(card.key, card.employer) for card in result.cards] == [
        ("book-1/org/1", ""),
        ("book-1", "book-1/org/1"),
        ("book-1/org/2", ""),
        ("book-1/2", "book-1/org/2"),
    ]
    assert {card.restriction for card in result.cards} == {Refusal.SOURCE_RESTRICTION}
    assert shown(result.cards[0]) == [("company_name", "Quillon; Brask", "")]
    assert shown(result.cards[1]) == [
        ("full_name", "Tavish Jo, Ray Wexcombe", ""),
        ("department", "Finance", ""),
        ("job_title", "Treasurer", ""),
        ("phone", "+1 614 555 0100", "work"),
        ("email_address", "t@quillon.example", "home"),
        ("social_profile", "https://www.linkedin.com/in/tavish-wexcombe", ""),
    ]
    assert shown(result.cards[3]) == [("full_name", "Tavish Jo, Ray Wexcombe", ""), ("job_title", "Cox", "")]
    assert (result.drift, result.aside) == ({}, {})
    assert dict(result.refused) == {
        ("X-ABRELATEDNAMES", Refusal.FAMILY): 1,
        ("X-SPOUSE", Refusal.FAMILY): 1,
        ("NOTE", Refusal.FREE_TEXT): 1,
        ("NICKNAME", Refusal.NOT_ON_CARD): 1,
    }


def test_a_card_of_an_organisation_in_small_letters() -> None:
    result = found(TELEPHONE)
    (card,) = result.cards
    assert (card.kind, card.key) == (Kind.COMPANY, "0b6f3b50-0000-4000-8000-000000000001")
    assert shown(card) == [
        ("company_name", "Brask Works", ""),
        ("phone", "+1-614-555-0102 ext. 102", "work"),
        ("email_address", "brask@mailbox.example", "home"),
        ("address", "1 Quarry Road, Yard B, Maplewick, OH, 43001, US", "work"),
        ("website", "www.brask.example", ""),
    ]
    assert dict(result.refused) == {("GENDER", Refusal.GENDER): 1}


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ("FN:Brask Works\nORG:Brask Works\nN:;;;;", [Kind.COMPANY]),
        ("ORG:Brask Works\nEMAIL:info@brask.example", [Kind.COMPANY]),
        ("N:Wexcombe;Orla", [Kind.PERSON]),
        ("FN:Orla Wexcombe\nORG:;Sales", [Kind.PERSON]),
        ("FN:Brask Works\nX-ABShowAs:COMPANY", [Kind.COMPANY]),
    ],
)
def test_who_a_card_is_about(body: str, kinds: list[Kind]) -> None:
    result = found(f"BEGIN:VCARD\nVERSION:3.0\n{body}\nEND:VCARD\n")
    assert [card.kind for card in result.cards] == kinds
    assert result.drift == {}


def test_a_person_without_organisation_has_no_employer() -> None:
    (card,) = found(
        "BEGIN:VCARD\nN:Wexcombe;Orla\nADR;TYPE=WORK:;;1 Road;;;;\nURL;TYPE=WORK:x.example\nEND:VCARD\n"
    ).cards
    assert (card.employer, card.role) == ("", None)
    assert [claim.field for claim in card.claims] == ["full_name", "address", "website"]


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("TEL;VALUE=uri:tel:+1-614-555-0102;ext=7;phone-context=quillon.example", "+1-614-555-0102 ext. 7"),
        ("TEL:+1 614 555 0102; +1 614 555 0103", "+1 614 555 0102; +1 614 555 0103"),
    ],
)
def test_a_telephone_address_is_written_as_a_number(raw: str, number: str) -> None:
    (card,) = found(f"BEGIN:VCARD\nFN:Orla\n{raw}\nEND:VCARD\n").cards
    assert shown(card)[1:] == [("phone", number, "")]


def card_of(*lines: str) -> str:
    return "\n".join(("BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""))


@pytest.mark.parametrize(
    ("label", "said"),
    [
        *(
            (word, "home")
            for word in ("Privé", "PRIVÉ", "Prive\u0301", "Privat", "privé mobile", "_$!<HomeFAX>!$_", "Casa")
        ),
        *(
            (word, "home")
            for word in ("Domicile", "Personnel", "prywatny", "dom", "Hjem", "hemma", "Zuhause", "Privato")
        ),
        *((word, "home") for word in ("Privatnummer", "Particular", "Σπίτι", "домашний", "プライベート", "Koti")),
        *(
            (word, "mobile")
            for word in ("Handy", "móvil", "cellulare", "komórka", "Portable", "Mobiltelefon", "iPhone")
        ),
        *((word, "work_mobile") for word in ("Diensthandy", "mobile bureau", "work cell")),
        *((word, "work") for word in ("Büro", "travail", "Praca", "_$!<Work>!$_", "Kontor", "oficina")),
        *((word, "") for word in ("Rowing", "_$!<Other>!$_", "Summer", "_$!<HomePage>!$_", "Privatkunden")),
    ],
)
def test_the_label_of_a_telephone_is_understood_in_every_language(label: str, said: str) -> None:
    (card,) = found(card_of("FN:Orla", "ITEM1.TEL:+44 20 7946 0101", f"item1.X-ABLabel:{label}")).cards
    assert shown(card)[1:] == [("phone", "+44 20 7946 0101", said)]


def test_a_private_label_of_an_address_or_a_site_is_understood_too() -> None:
    (card,) = found(
        card_of(
            "FN:Ingvar",
            "item2.EMAIL:ingvar@netcologne.example", "item2.X-ABLabel:Privé",
            "item3.URL:https://ingvar.example", "item3.X-ABLabel:Privat",
            "item4.ADR:;;1 Lane;Maplewick;;;", "item4.X-ABLabel:Domicilio",
        )
    ).cards  # fmt: skip
    assert shown(card)[1:] == [
        ("email_address", "ingvar@netcologne.example", "home"),
        ("address", "1 Lane, Maplewick", "home"),
    ]


@pytest.mark.parametrize(
    ("labels", "said"),
    [(["Rowing"], ""), (["Direct line"], "work"), (["Work", "Home"], "home"), (["Home", "Work"], "home"), ([], "work")],
)
def test_a_label_that_is_not_understood_takes_back_that_it_is_work(labels: list[str], said: str) -> None:
    named = [f"item1.X-ABLabel:{label}" for label in labels]
    (card,) = found(card_of("FN:Orla", "item1.TEL;TYPE=WORK:+44 20 7946 0101", *named)).cards
    assert shown(card)[1:] == [("phone", "+44 20 7946 0101", said)]


def test_the_type_of_domestic_mail_is_no_home() -> None:
    company, _ = found(card_of("FN:Orla", "ORG:Quillon", "ADR;TYPE=dom,work:;;1 Road;;;;")).cards
    assert shown(company)[1:] == [("address", "1 Road", "work")]


@pytest.mark.parametrize(
    ("classes", "bound"),
    [
        (["PUBLIC", "PRIVATE"], True),
        (["PRIVATE", "PUBLIC"], True),
        (["PUBLIC", "confidential"], True),
        (["PUBLIC,PRIVATE"], True),
        (["PUBLIC", "PUBLIC"], False),
    ],
)
def test_any_class_of_a_card_restricts_it(classes: list[str], bound: bool) -> None:  # noqa: FBT001 - a parameter
    (card,) = found(card_of("FN:Orla", *(f"CLASS:{each}" for each in classes))).cards
    assert card.restriction == (Refusal.SOURCE_RESTRICTION if bound else "")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["FN:Orla", "TEL;TYPE=FAX:1"], ""),
        (["FN:Orla", "TEL;TYPE=FAX,WORK:1"], "fax"),
        (["FN:Orla", "TEL;TYPE=FAX,HOME:1"], "home"),
        (["KIND:org", "FN:Brask Works", "TEL;TYPE=FAX:1"], "fax"),
        (["ORG:Brask Works", "TEL;TYPE=FAX:1"], "fax"),
    ],
)
def test_the_fax_of_a_person_is_not_work_unless_it_is_said(lines: list[str], said: str) -> None:
    (card,) = found(card_of(*lines)).cards
    assert shown(card)[1:] == [("phone", "1", said)]


def test_a_key_without_uid_stays_and_tells_cards_apart() -> None:
    one, other = (found(f"BEGIN:VCARD\nFN:Orla\nEMAIL:{box}@quillon.example\nEND:VCARD\n").cards[0].key for box in "ab")
    assert one == found("BEGIN:VCARD\nEMAIL:a@quillon.example\nNOTE:x\nFN:Orla\nEND:VCARD\n").cards[0].key
    assert one != other
    assert len(one) == 20


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("EMAIL:x@quillon.example", RecordFault.NO_NAME),
        ("KIND:group\nFN:Friends", RecordFault.NOT_A_PARTY),
        ("not a property", RecordFault.UNREADABLE),
        ("FN;CHARSET=klingon:\udcff", RecordFault.UNREADABLE),
    ],
)
def test_one_broken_card_is_set_aside_and_the_next_lives(body: str, fault: RecordFault) -> None:
    content = f"BEGIN:VCARD\n{body}\nEND:VCARD\nBEGIN:VCARD\nFN:Orla\nEND:VCARD\n"
    result = found(content.encode("utf-8", "surrogateescape"))
    assert (result.aside, len(result.cards)) == ({fault: 1}, 1)


def test_a_card_that_is_not_closed_is_set_aside() -> None:
    result = found("BEGIN:VCARD\nFN:Cut\nBEGIN:VCARD\nFN:Orla\nEND:VCARD\n")
    assert (result.aside, [shown(card) for card in result.cards]) == (
        {RecordFault.UNREADABLE: 1},
        [[("full_name", "Orla", "")]],
    )


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"FN;CHARSET=ISO-8859-2:Andr\xe1s \xd5ry", "András Őry"),
        (b"FN:Bj\xf6rk", "Björk"),
        ("FN:Björk".encode(), "Björk"),
        (b"FN:Orla\nTITLE;ENCODING=QUOTED-PRINTABLE:=FF=FE", "Orla"),
    ],
)
def test_character_sets(raw: bytes, name: str) -> None:
    (card,) = found(b"\xef\xbb\xbfBEGIN:VCARD\n" + raw + b"\nEND:VCARD\n").cards
    assert shown(card) == [("full_name", name, "")]


def test_what_is_unreadable_is_neither_logged_nor_quoted(caplog: pytest.LogCaptureFixture) -> None:
    found("BEGIN:VCARD\nsecret-token\nFN;ENCODING=QUOTED-PRINTABLE:secret-token=FF\nFN:Orla\nEND:VCARD\n")
    assert "secret-token" not in caplog.text


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", FileFault.EMPTY),
        (b"\r\n\r\n", FileFault.EMPTY),
        (b"name,phone\nOrla,1\n", FileFault.MALFORMED),
        (b"BEGIN:VCARD\nFN:Orla\n", FileFault.TRUNCATED),
        (b"BEGIN:VCARD\nFN:Orla\nEND:VCARD\nBEGIN:VCARD\nFN:In", FileFault.TRUNCATED),
        ("BEGIN:VCARD\nFN:Orla\nEND:VCARD\n".encode("utf-16"), FileFault.ENCODING),
        (b"<!doctype html><html><body>Log in</body></html>", FileFault.HTML),
        (b"BEGIN:VCARD\n" + b"NOTE:x\n" * 200_000 + b"END:VCARD\n", FileFault.TOO_LARGE),
    ],
)
def test_a_bad_file_is_refused_whole(content: bytes, fault: FileFault) -> None:
    with pytest.raises(BadFile) as caught:
        found(content)
    assert caught.value.fault == fault


def test_a_picture_is_cut_before_it_counts() -> None:
    content = b"BEGIN:VCARD\nFN:Orla\nLOGO;TYPE=JPEG;ENCODING=b:\n" + b" /9j/4AAQSkZJRg\n" * 200_000 + b"END:VCARD\n"
    (record,) = vcard.read(BytesIO(content))
    assert record == {"FN": [{"$": "Orla"}], "LOGO": [{"$": "cut", "@TYPE": ["jpeg"]}]}


def test_a_new_property_is_drift_and_a_program_of_its_own_is_not() -> None:
    result = found("BEGIN:VCARD\nFN:Orla\nBLOODTYPE:secret\nX-EXAMPLE-COLOUR:blue\nEND:VCARD\n")
    assert result.drift == {"BLOODTYPE": 1}


def invented(number: int) -> Firm:
    return dataclasses.replace(
        firm(number), name=f"Brøndal, Søn; & Co {number}", party="sole_trader" if number % 7 == 3 else "company"
    )


def test_the_writer_and_the_parser_agree(tmp_path: Path) -> None:
    writer = Writer(tmp_path, random.Random(7), "2026-03-05")
    told = [truth for number in range(40) for truth in writer.add(invented(number))]
    writer.close()
    results = [result for _, result in found_below("vcard", tmp_path)]
    cards = [card for result in results for card in result.cards]
    mentions = [one for one in told if isinstance(one, Mention)]
    assert sorted((card.key, str(card.kind)) for card in cards) == sorted((one.key, one.kind) for one in mentions)
    assert len({card.key for card in cards}) == len(cards) > 30
    assert all(result.cards and not result.drift for result in results)
    assert sum(result.aside.total() for result in results) == 3
    employers = {card.employer for card in cards} - {""}
    assert employers <= {card.key for card in cards}
    assert {name for card in cards for name, *_ in [shown(card)[0]]} == {"company_name", "full_name"}
    assert any("Brøndal, Søn; & Co" in value for card in cards for _, value, _ in shown(card))
    _nothing_planted_comes_through(cards, [one for one in told if isinstance(one, Planted)])


def _nothing_planted_comes_through(cards: list[Card], planted: list[Planted]) -> None:
    assert {one.reason for one in planted} == {"family", "free_text", "home"}
    open_values = "\n".join(claim.value for card in cards for claim in card.claims if claim.label != "home")
    assert not any(one.value in open_values for one in planted)


@pytest.mark.skipif(not (INBOX / "vcard").is_dir(), reason="the shared inbox is not beside the checkout")
def test_every_file_of_the_inbox_is_understood() -> None:
    results = list(found_below("vcard", INBOX / "vcard"))
    assert results
    for file, result in results:
        assert result.drift == {}, file.name
        assert result.cards or set(result.aside) == {RecordFault.NO_NAME}, file.name
