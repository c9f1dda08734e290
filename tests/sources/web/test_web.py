"""Web pages: three markups, the repairs of careless scripts, private values by declaration."""

from __future__ import annotations

import dataclasses
import json
import random
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from pipelines.card import Card, Kind, Party, Role
from pipelines.collect import limits
from pipelines.faults import BadFile
from pipelines.reasons import FileFault, RecordFault, Refusal
from pipelines.screen.formats import html
from tests.sources.american import INBOX, Found, firm, found_below, found_in, shown, values
from tests.world.model import Firm, Mention, Planted
from tests.world.writers.web import Writer

SAMPLES = INBOX.parent / "samples" / "web" / "extruct"
URL = "https://www.quillon.example/contact"

GRAPH = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Quillon", "publisher": {"@id": "#us"}},
        {
            "@type": ["Corporation", "https://schema.org/Brand"],
            "@id": "#us",
            "name": "Quillon &amp; Brask",
            "legalName": "Quillon & Brask LLC",
            "alternateName": ["Q&B"],
            "url": "https://www.quillon.example",
            "email": "mailto:info@quillon.example",
            "telephone": "+1 614 555 0100",
            "contactPoint": [
                {"@type": "ContactPoint", "telephone": "+1 614 555 0101", "faxNumber": "+1 614 555 0102"},
                {"@type": "ContactPoint", "email": "sales@quillon.example"},
            ],
            "address": [
                "1 Quarry Road, Maplewick",
                {
                    "@type": "PostalAddress",
                    "streetAddress": "2 Quarry Road",
                    "addressLocality": "Maplewick",
                    "addressRegion": "OH",
                    "postalCode": 43001,
                    "addressCountry": {"@type": "Country", "name": "US"},
                },
            ],
            "sameAs": ["https://www.linkedin.com/company/quillon"],
            "leiCode": "00INVENTED0000000101",
            "vatID": "XX1",
            "duns": "000000001",
            "iso6523Code": ["0199:00INVENTED0000000101", "0088:4000000000001"],
            "aggregateRating": {"@type": "AggregateRating", "ratingValue": 5},
            "employee": {
                "@type": "Person",
                "name": "Orla Wexcombe",
                "givenName": "Orla",
                "familyName": "Wexcombe",
                "jobTitle": "Chief Executive",
                "email": "orla@quillon.example",
                "birthDate": "1971-01-02",
                "gender": "https://schema.org/Female",
                "nationality": {"@type": "Country", "name": "Elsewhere"},
                "homeLocation": {"@type": "Place", "address": {"streetAddress": "1 Private Lane"}},
                "spouse": {"@type": "Person", "name": "Moira"},
            },
            "founder": [{"@id": "#tavish"}],
            "member": {"@type": "Person", "name": "Ines Member"},
        },
        {"@type": "Person", "@id": "#tavish", "name": "Tavish Founder", "worksFor": {"@id": "#us"}},
        {"@type": "Person", "name": "Piers Elsewhere", "worksFor": {"name": "Hestrel Ltd"}},
        {"@type": "Person", "name": "Nan Titled", "jobTitle": "Engineer"},
        {"@type": "Person", "name": "Guest Writer"},
    ],
}

MICRODATA = """<div itemscope itemtype="http://schema.org/Plumber"><h1 itemprop="name">Brask Pipes</h1>
<a itemprop="url" href="/">home</a> <a itemprop="telephone" href="tel:+16145550100">call</a>
<p itemprop="address" itemscope itemtype="http://schema.org/PostalAddress">
<b itemprop="streetAddress">1 Quarry Road</b> <b itemprop="addressLocality">Maplewick</b></p>
<div itemprop="employee" itemscope itemtype="http://schema.org/Person"><b itemprop="name">Orla Wexcombe</b>
<meta itemprop="nationality" content="Elsewhere"></div></div>"""

OLD_HCARD = """<div class="vcard"><span class="fn">Orla Wexcombe</span>
<b class="org">Quillon</b> <i class="title">Clerk</i>
<p class="tel"><span class="type">Work</span> <span class="value">+1 614 555 0100</span></p>
<p class="tel"><span class="type">Home</span> <span class="value">+1 614 555 0199</span></p>
<p class="tel"><span class="type">Cell</span> <span class="value">+1 614 555 0198</span></p>
<abbr class="bday" title="1971-01-02">2 January</abbr><p class="note">Likes rowing</p></div>"""

HCARD = """<div class="h-card"><a class="p-name p-org u-url" href="https://www.quillon.example">Quillon</a>
<span class="p-tel">+1 614 555 0100</span><p class="p-adr h-adr"><span class="p-street-address">1 Quarry Road</span>
<span class="p-locality">Maplewick</span></p></div>
<div class="h-entry"><a class="p-author h-card" href="/orla">Orla</a></div>"""


def page(body: str, head: str = f'<link rel="canonical" href="{URL}">') -> bytes:
    return f"<!doctype html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()


def script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def found(content: bytes) -> Found:
    return found_in("web", "page.html", content)


def test_an_organisation_in_a_graph() -> None:
    result = found(page(script(json.dumps(GRAPH))))
    (company,) = (card for card in result.cards if card.key == f"{URL}#2")
    assert (company.kind, company.party, result.drift, result.aside) == (Kind.COMPANY, Party.COMPANY, {}, {})
    assert shown(company) == [
        ("company_name", "Quillon & Brask LLC", "legal"),
        ("company_name", "Quillon & Brask", ""),
        ("company_name", "Q&B", "other"),
        ("phone", "+1 614 555 0100", "organisation"),
        ("email_address", "mailto:info@quillon.example", "organisation"),
        ("phone", "+1 614 555 0101", "organisation"),
        ("phone", "+1 614 555 0102", "fax"),
        ("email_address", "sales@quillon.example", "organisation"),
        ("address", "1 Quarry Road, Maplewick", ""),
        ("address", "2 Quarry Road, Maplewick, OH, 43001, US", ""),
        ("website", "https://www.quillon.example", ""),
        ("social_profile", "https://www.linkedin.com/company/quillon", ""),
        ("identifier", "LEI:00INVENTED0000000101", ""),
        ("identifier", "VAT:XX1", ""),
        ("identifier", "DUNS:000000001", ""),
        ("identifier", "LEI:00INVENTED0000000101", ""),
        ("identifier", "ISO6523-0088:4000000000001", ""),
    ]


def test_the_people_of_a_graph_and_what_binds_them() -> None:
    result = found(page(script(json.dumps(GRAPH))))
    people = {card.claims[0].value: card for card in result.cards if card.kind is Kind.PERSON}
    assert {name: (card.employer.removeprefix(URL), card.role) for name, card in people.items()} == {
        "Orla Wexcombe": ("#2", Role.EMPLOYEE),
        "Ines Member": ("#2", None),
        "Tavish Founder": ("#2", Role.EMPLOYEE),
        "Piers Elsewhere": ("#6/org", Role.EMPLOYEE),
        "Nan Titled": ("#2", Role.EMPLOYEE),
        "Guest Writer": ("", None),
    }
    assert shown(people["Orla Wexcombe"]) == [
        ("full_name", "Orla Wexcombe", ""),
        ("job_title", "Chief Executive", ""),
        ("email_address", "orla@quillon.example", ""),
    ]
    assert people["Orla Wexcombe"].claims[0].parts == {"first_name": "Orla", "last_name": "Wexcombe"}
    keys = {card.key for card in result.cards}
    assert len(keys) == len(result.cards)
    assert {card.employer for card in people.values()} - {""} <= keys
    assert {category for _, category in result.refused} == {
        Refusal.BIRTH, Refusal.GENDER, Refusal.NATIONALITY, Refusal.HOME, Refusal.FAMILY,
    }  # fmt: skip


def test_a_founder_named_by_the_organisation_is_an_officer() -> None:
    text = '{"@type":"Organization","name":"Quillon","founders":[{"@type":"Person","name":"Tavish"}]}'
    company, person = found(page(script(text))).cards
    assert (person.employer, person.role) == (company.key, Role.OFFICER)


def test_a_title_alone_does_not_choose_between_two_organisations() -> None:
    text = (
        '[{"@type":"Organization","name":"A"},{"@type":"NGO","name":"B"},{"@type":"Person","name":"C","jobTitle":"D"}]'
    )
    assert [card.employer for card in found(page(script(text))).cards] == ["", "", ""]


def test_microdata_is_read_alike() -> None:
    result = found(page(MICRODATA))
    company, person = result.cards
    assert shown(company) == [
        ("company_name", "Brask Pipes", ""),
        ("phone", "tel:+16145550100", "organisation"),
        ("address", "1 Quarry Road, Maplewick", ""),
        ("website", "https://www.quillon.example/", ""),
    ]
    assert (shown(person), person.employer) == ([("full_name", "Orla Wexcombe", "")], company.key)
    assert dict(result.refused) == {("item/nationality", Refusal.NATIONALITY): 1}


def test_an_old_hcard_whose_labels_are_kept() -> None:
    result = found(page(OLD_HCARD))
    company, person = result.cards
    assert (shown(company), company.key) == ([("company_name", "Quillon", "")], f"{URL}#h1/org/1")
    assert (person.key, person.employer, person.role) == (f"{URL}#h1", company.key, Role.EMPLOYEE)
    assert shown(person) == [
        ("full_name", "Orla Wexcombe", ""),
        ("phone", "+1 614 555 0100", ""),
        ("job_title", "Clerk", ""),
    ]
    assert dict(result.refused) == {
        ("labelled/home/tel", Refusal.HOME): 1,
        ("labelled/mobile/tel", Refusal.MOBILE_PHONE): 1,
        ("hcard/bday", Refusal.BIRTH): 1,
        ("hcard/note", Refusal.FREE_TEXT): 1,
    }


NUMBER = "+44 20 7946 0107"


@pytest.mark.parametrize(
    ("card", "said"),
    [
        ('vcard"><i class="tel"><abbr class="type" title="home">H</abbr><b class="value">{}</b></i>', "home"),
        ('vcard"><i class="tel"><b class="type">Cell phone</b> <b class="value">{}</b></i>', "mobile"),
        ('vcard"><i class="tel"><b class="type">Privat</b> <b class="value">{}</b></i>', "home"),
        ('vcard"><i class="tel"><b class="type">mobil</b> <b class="value">{}</b></i>', "mobile"),
        ('vcard"><i class="tel"><b class="type"><b class="value-title" title="home"></b></b>{}</i>', "home"),
        ('h-card"><div class="p-tel"><b class="type">home</b><b class="value">{}</b></div>', "home"),
        ('h-card"><b class="p-tel">Home: {}</b>', "home"),
        ('h-card"><b class="p-tel">Tél. domicile {}</b>', "home"),
        ('h-card"><b class="p-tel">{} (prywatny)</b>', "home"),
        ('h-card"><b class="p-tel">Komórka: {}</b>', "mobile"),
        ('h-card"><b class="p-tel"><b>Pager</b>{}</b>', "pager"),
        ('h-card"><a class="p-tel" title="Private" href="#">{}</a>', "home"),
        ('h-card"><dl><dt>Hjem</dt><dd><b class="p-tel">{}</b></dd></dl>', "home"),
        ('h-card"><p>Casa: <b class="p-tel">{}</b></p>', "home"),
    ],
)
def test_a_private_label_of_an_h_card_is_kept_however_it_is_written(card: str, said: str) -> None:
    result = found(page(f'<div class="{card.format(NUMBER)}<b class="fn p-name">Orla</b></div>'))
    assert NUMBER not in values(result.cards)
    assert [path for path, _ in result.refused] == [f"labelled/{said}/tel"]


@pytest.mark.parametrize(
    "written",
    [
        '<b class="p-tel">{}</b>',
        '<b class="p-tel">Tel. {}</b>',
        '<b>Office</b> <b class="p-tel">{}</b>',
        'Home: <b class="p-tel">+44 20 7946 0199</b> <b class="p-tel">{}</b>',
        '<b>Casa Verde</b> <b class="p-tel">{}</b>',
    ],
)
def test_a_number_without_a_private_label_is_left(written: str) -> None:
    result = found(page(f'<div class="h-card"><b class="p-name">Orla</b>{written.format(NUMBER)}</div>'))
    told = values(result.cards)
    assert NUMBER in told
    assert "0199" not in told


def test_private_addresses_of_an_h_card_are_kept_back_and_names_that_begin_alike_are_not() -> None:
    private = (
        '<p class="p-adr"><b class="type">home</b> <b class="p-street-address">1 Private Lane</b></p>'
        '<p class="p-adr">Privat: 2 Private Lane</p><p class="p-adr">3 Private Lane (Domicilio)</p>'
        '<a class="u-email" href="mailto:orla@private.example">Private e-mail</a>'
    )
    ours = (
        '<p class="p-adr">Casa Verde, 4 Quarry Road</p><a class="u-email" href="mailto:home@quillon.example">home@</a>'
    )
    result = found(page(f'<div class="h-card"><b class="p-name">Orla</b>{private}{ours}</div>'))
    assert shown(result.cards[0]) == [
        ("full_name", "Orla", ""),
        ("email_address", "mailto:home@quillon.example", ""),
        ("address", "Casa Verde, 4 Quarry Road", ""),
    ]
    assert dict(result.refused) == {
        ("labelled/home/adr", Refusal.HOME): 3,
        ("labelled/home/email", Refusal.HOME): 1,
    }


@pytest.mark.parametrize(
    ("kind", "number", "said"),
    [
        ("Person", "Home: +44 20 7946 0107", "home"),
        ("Person", "Handy +49 151 00000000", "mobile"),
        ("Person", "Mobile (work): +44 7700 900000", "work_mobile"),
        ("Person", "Büro: +49 30 00000000", "work"),
        ("Person", "+49 30 00000000", ""),
        ("Organization", "Privat: +49 30 00000000", "home"),
        ("Organization", "Mobil: +49 151 00000000", "organisation"),
        ("Organization", "1-800-HOME-NOW", "organisation"),
    ],
)
def test_the_words_beside_a_number_are_its_label(kind: str, number: str, said: str) -> None:
    (card,) = found(page(script(json.dumps({"@type": kind, "name": "Orla", "telephone": number})))).cards
    assert shown(card)[1:] == [("phone", number, said)]


@pytest.mark.parametrize(
    "number",
    [
        "078-05-1120", "078 05 1120", "US 078-05-1120", "AB123456C", "AB 12 34 56 C", "QQ123456C",
        "GB82 WEST 1234 5698 7654 32", "DE89370400440532013000", "RSSMRA80A01H501U", "X1234567L", "Passport 533380006",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["taxID", "vatID", "duns", "leiCode", "iso6523Code"])
def test_the_number_of_a_person_or_an_account_is_none_of_an_organisation(name: str, number: str) -> None:
    written = f"0060:{number}" if name == "iso6523Code" else number
    (card,) = found(page(script(json.dumps({"@type": "Organization", "name": "Quillon", name: written})))).cards
    assert shown(card) == [("company_name", "Quillon", "")]


@pytest.mark.parametrize(
    ("name", "number", "said"),
    [
        ("taxID", "12-3456789", "TAX:12-3456789"),
        ("vatID", "NL123456789B01", "VAT:NL123456789B01"),
        ("vatID", "SE556677889901", "VAT:SE556677889901"),
        ("leiCode", "HWUPKR0MPOU8FGXBT394", "LEI:HWUPKR0MPOU8FGXBT394"),
    ],
)
def test_the_number_of_an_organisation_is_kept(name: str, number: str, said: str) -> None:
    (card,) = found(page(script(json.dumps({"@type": "Organization", "name": "Quillon", name: number})))).cards
    assert shown(card)[1:] == [("identifier", said, "")]


@pytest.mark.parametrize("kinds", ["Person", ["Person", "Organization"]])
def test_no_number_of_a_person_is_taken(kinds: str | list[str]) -> None:
    node = {"@type": kinds, "name": "Orla", "taxID": "12-3456789", "iso6523Code": "0060:1", "vatID": "XX1"}
    assert not any(
        claim.field == "identifier" for card in found(page(script(json.dumps(node)))).cards for claim in card.claims
    )


def test_a_register_without_its_designator_is_none() -> None:
    node = {"@type": "Organization", "name": "Quillon", "iso6523Code": "SSN:000000001"}
    assert shown(found(page(script(json.dumps(node)))).cards[0]) == [("company_name", "Quillon", "")]


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("religion", Refusal.SENSITIVE_FIELD),
        ("ethnicity", Refusal.SENSITIVE_FIELD),
        ("healthCondition", Refusal.SENSITIVE_FIELD),
        ("sexual-orientation", Refusal.SENSITIVE_FIELD),
        ("birthDate", Refusal.BIRTH),
    ],
)
def test_what_is_sensitive_about_a_person_is_refused_by_name(name: str, category: Refusal) -> None:
    json_ld = found(page(script(json.dumps({"@type": "Person", "name": "Orla", name: "secret"}))))
    items = f'<b itemprop="name">Orla</b><b itemprop="{name}">secret</b>'
    microdata = found(page(f'<div itemscope itemtype="https://schema.org/Person">{items}</div>'))
    for result in (json_ld, microdata):
        assert dict(result.refused) == {(f"item/{name}", category): 1}
        assert "secret" not in values(result.cards)


def test_what_is_sensitive_in_an_h_card_is_refused_by_name() -> None:
    private = '<b class="p-religion">x</b><b class="p-sexual-orientation">y</b>'
    result = found(page(f'<p class="h-card"><b class="p-name">Orla</b>{private}</p>'))
    assert dict(result.refused) == {
        ("hcard/religion", Refusal.SENSITIVE_FIELD): 1,
        ("hcard/sexual-orientation", Refusal.SENSITIVE_FIELD): 1,
    }


def test_the_h_card_of_an_organisation_and_of_an_author() -> None:
    result = found(page(HCARD))
    company, author = result.cards
    assert (company.kind, company.key) == (Kind.COMPANY, f"{URL}#h1")
    assert shown(company) == [
        ("company_name", "Quillon", ""),
        ("phone", "+1 614 555 0100", "organisation"),
        ("website", "https://www.quillon.example", ""),
        ("address", "1 Quarry Road, Maplewick", ""),
    ]
    assert (author.kind, author.employer) == (Kind.PERSON, "")
    assert shown(author) == [("full_name", "Orla", ""), ("website", "https://www.quillon.example/orla", "")]


@pytest.mark.parametrize(
    "text",
    [
        '{"@type":"Organization","name":"Quillon"}',
        '<!-- ours -->\n{"@type":"Organization","name":"Quillon"}',
        '<!--\n{"@type":"Organization","name":"Quillon"}\n-->',
        '//<![CDATA[\n{"@type":"Organization","name":"Quillon"}\n//]]>',
        '/*<![CDATA[*/{"@type":"Organization","name":"Quillon"}/*]]>*/',
        '{"@type":"Organization", // comment\n"name":"Quillon",}',
        '{"@type":"Organization","name":"Quillon\n\t"}',
        '{"@type":"http://schema.org/Organization","http://schema.org/name":{"@value":"Quillon"}}',
        '[[{"@type":"Organization","name":["Quillon",null]}]];',
    ],
)
def test_careless_scripts_are_repaired(text: str) -> None:
    result = found(page(script(text)))
    assert [shown(card) for card in result.cards] == [[("company_name", "Quillon", "")]]
    assert result.aside == {}


@pytest.mark.parametrize(
    "text", ['{"@type": "Organization", "name": "a "quote""}', "[" * 50_000, '{"a":' * 40 + "1" + "}" * 40]
)
def test_a_broken_script_is_set_aside_and_the_others_live(text: str) -> None:
    result = found(page(script(text) + script('{"@type":"Organization","name":"Quillon"}') + MICRODATA + HCARD))
    assert result.aside == {RecordFault.UNREADABLE: 1}
    assert [card.claims[0].value for card in result.cards] == [
        "Quillon",
        "Brask Pipes",
        "Orla Wexcombe",
        "Quillon",
        "Orla",
    ]


@pytest.mark.parametrize(
    "body", ["", "<p>Nothing</p>", script("null"), script("  "), script('{"@type":"Recipe","name":"Pie"}')]
)
def test_a_page_without_parties_gives_no_card_and_no_error(body: str) -> None:
    result = found(page(body))
    assert (result.cards, result.aside, result.drift) == ([], {}, {})


def test_without_canonical_address_the_key_is_of_the_content() -> None:
    content = page(script('{"@type":"Organization","name":"Quillon"}'), head="")
    key = found(content).cards[0].key
    assert (key, len(key)) == (found(content).cards[0].key, 22)
    assert found(content + b" ").cards[0].key != key


def test_a_page_in_another_encoding() -> None:
    text = script('{"@type":"Organization","name":"Björkvik"}')
    content = f'<html><head><meta charset="iso-8859-1"></head><body>{text}</body></html>'.encode("latin-1")
    assert shown(found(content).cards[0]) == [("company_name", "Björkvik", "")]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b" \n", FileFault.EMPTY),
        (b"name,phone", FileFault.MALFORMED),
        (b"<!-- -->", FileFault.MALFORMED),
        (b"<p>" + b"x" * limits.PAGE, FileFault.TOO_LARGE),
        (b"<p itemscope></p>" * (limits.LINKED + 1), FileFault.TOO_LARGE),
    ],
)
def test_a_bad_page_is_refused(content: bytes, fault: FileFault) -> None:
    with pytest.raises(BadFile) as caught:
        list(html.read(BytesIO(content)))
    assert caught.value.fault == fault


def invented(number: int) -> Firm:
    return dataclasses.replace(firm(number), name=f"Brøndal & <Søn> {number}", trading="")


def test_the_writer_and_the_parser_agree(tmp_path: Path) -> None:
    writer = Writer(tmp_path, random.Random(7), "2026-03-05")
    told = [truth for number in range(60) for truth in writer.add(invented(number))]
    writer.close()
    results = [result for _, result in found_below("web", tmp_path)]
    cards = [card for result in results for card in result.cards]
    mentions = [one for one in told if isinstance(one, Mention)]
    assert sorted((card.key, str(card.kind)) for card in cards) == sorted((one.key, one.kind) for one in mentions)
    assert len({card.key for card in cards}) == len(cards) > 60
    assert not any(result.drift for result in results)
    assert sum(result.aside.total() for result in results) == 1
    assert all(card.employer for card in cards if card.kind is Kind.PERSON)
    _nothing_planted_comes_through(cards, [one for one in told if isinstance(one, Planted)])


def _nothing_planted_comes_through(cards: list[Card], planted: list[Planted]) -> None:
    assert {one.reason for one in planted} == {"nationality", "home"}
    everything = values(cards)
    assert not any(one.value in everything for one in planted)


@pytest.mark.skipif(not (INBOX / "web").is_dir(), reason="the shared inbox is not beside the checkout")
def test_every_page_of_the_inbox_is_understood() -> None:
    results = list(found_below("web", INBOX / "web"))
    assert sum(len(result.cards) for _, result in results) > 20
    for file, result in results:
        assert (result.drift, result.aside) == ({}, {}), file.name


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not beside the checkout")
def test_the_scripts_of_the_samples_are_read_as_expected() -> None:
    pairs = [(INBOX / "web" / f"{file.stem}.html", file) for file in sorted(SAMPLES.glob("*.jsonld"))]
    pairs = [(read, expected) for read, expected in pairs if read.exists()]
    assert len(pairs) >= 5
    for read, expected in pairs:
        (record,) = html.read(read.open("rb"))
        assert isinstance(record, dict)
        assert [_bare(item) for item in record["item"]] == [_bare(item) for item in json.loads(expected.read_text())]


def _bare(node: Any) -> Any:
    """The node without what differs by intent: numbers, contexts, lists of one, space around texts, empty texts."""
    if isinstance(node, list):
        return _bare(node[0]) if len(node) == 1 else [_bare(each) for each in node]
    if isinstance(node, dict):
        kept = {name: _bare(value) for name, value in node.items() if name not in {"@node", "@context"}}
        return {name: value for name, value in kept.items() if value != ""}
    return node.strip()
