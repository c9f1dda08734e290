"""Whole records: who stands behind a card, and what follows from it."""

from __future__ import annotations

import functools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.card import CARD, Card, Kind, Party, Role
from pipelines.reasons import SENTENCES, Refusal
from pipelines.screen.party import classify
from pipelines.screen.screening import CARD_LEVEL, Screened, screen
from pipelines.sources.declaration import Source


def source(group: str = "notices", *, organisations_only: bool = False, country: str = "") -> Source:
    return Source.model_validate(
        {
            "id": "sample", "title": "Sample", "publisher": "Sample", "url": "https://sample.example",
            "licence": "none",
            "family": "sample", "group": group, "country": country, "cadence": "daily", "trust": 0.9,
            "organisations_only": organisations_only, "lawful_basis": "An invented source.",
            "access": "An invented source.",
            "feeds": {"all": {"files": ["*"], "format": {"kind": "csv"}, "taken": ["a"]}},
        }
    )  # fmt: skip


SOURCE = source()


def company(name: str = "Sample Widgets Ltd", *claims: tuple[str, str, str]) -> Card:
    card = Card(Kind.COMPANY, "1")
    card.add("company_name", name)
    for field, value, label in claims:
        card.add(field, value, label)
    return card


def person(*claims: tuple[str, str, str], title: str = "Buyer", name: str = "Jane Roe") -> Card:
    card = Card(Kind.PERSON, "1/jane", employer="1", role=Role.EMPLOYEE)
    card.add("full_name", name)
    card.add("job_title", title)
    for field, value, label in claims:
        card.add(field, value, label)
    return card


def placed(card: Card, label: str = "", street: str = "1 High St") -> Card:
    card.add("address", None, label, street_address=street, locality="Leeds", postal_code="LS1 1AA", country_code="GB")
    return card


def values(screened: Screened, field: str) -> list[str]:
    return [claim.value for card in screened.kept for claim in card.claims if claim.field == field]


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("Sample Widgets Ltd", "company"), ("SAMPLE WIDGETS L.L.C.", "company"), ("Muster GmbH & Co. KG", "company"),
        ("Exemple S.A.R.L.", "company"), ("Ejemplo, S.A. de C.V.", "company"), ("Esempio S.p.A.", "company"),
        ("Muster AG", "company"), ("O\u00dc N\u00e4idis", "company"), ("AS N\u00e4idis", "company"),
        ("Przyk\u0142ad Sp. z o.o.", "company"), ("Voorbeeld B.V.", "company"), ("Sample Bank", "company"),
        ("Musterverein e.V.", "company"), ("Sample Ltd t/a Widgets", "company"), ("Sample University", "company"),
        ("Hans Muster e.K.", "sole_trader"), ("Einzelunternehmen Muster", "sole_trader"),
        ("Jane Roe t/a Roe's Flowers", "sole_trader"), ("FIE Mari Maasikas", "sole_trader"),
        ("City of Sample", "public_body"), ("Sample County Council", "public_body"), ("Mairie d'Exemple",
        "public_body"),
        ("Joe's Plumbing", "unknown"), ("Jane Roe", "unknown"), ("Serenity Spa", "unknown"), ("", "unknown"),
    ],
)  # fmt: skip
def test_the_party_by_the_words_of_a_name(name: str, party: str) -> None:
    assert classify(company(name)) == party


def test_the_party_by_proof_form_register_and_source() -> None:
    assert classify(Card(Kind.COMPANY, "1", party=Party.SOLE_TRADER)) is Party.SOLE_TRADER
    assert classify(company("Sample", ("legal_form", "1000", ""))) is Party.SOLE_TRADER
    assert classify(company("Sample", ("legal_form", "ENK", ""))) is Party.SOLE_TRADER
    assert classify(company("Sample", ("legal_form", "Private limited company", ""))) is Party.COMPANY
    assert classify(company("Sample", ("identifier", "GB-COH:01234567", ""))) is Party.COMPANY
    assert classify(company("Sample", ("identifier", "GB-GOR:D1", ""))) is Party.PUBLIC_BODY
    assert classify(company("Sample", ("identifier", "US-EIN:00-0000000", ""))) is Party.UNKNOWN
    assert classify(company("Sample"), organisations_only=True) is Party.COMPANY
    assert classify(company("Hans Muster e.K."), organisations_only=True) is Party.SOLE_TRADER
    assert classify(person()) is Party.PERSON


def test_a_company_keeps_its_card() -> None:
    card = placed(
        company(
            "Sample Widgets Ltd", ("email_address", "info@samplewidgets.com", ""), ("phone", "+44 113 496 0000", "")
        )
    )
    screened = screen([card], SOURCE)
    assert screened.refused == []
    assert screened.kept[0].claims == card.claims
    assert screened.kept[0].party is Party.COMPANY
    assert screened.kept[0] is not card


@pytest.mark.parametrize("name", ["Hans Muster e.K.", "Joe's Plumbing"])
def test_who_may_be_a_natural_person_keeps_name_city_and_numbers(name: str) -> None:
    card = placed(
        company(
            name,
            ("email_address", "info@joesplumbing.com", ""),
            ("phone", "+44 113 496 0000", "work"),
            ("social_profile", "https://facebook.com/joesplumbing", ""),
            ("identifier", "LEI:529900T8BM49AURSDO55", ""),
        )
    )
    screened = screen([card], SOURCE)
    assert {claim.field: claim.value for claim in screened.kept[0].claims} == {
        "company_name": name,
        "identifier": "LEI:529900T8BM49AURSDO55",
        "address": "Leeds, GB",
    }
    assert set(screened.refused) == {
        (field, Refusal.SOLE_TRADER) for field in ("email_address", "phone", "social_profile", "address")
    }


def test_an_address_without_parts_cannot_be_reduced() -> None:
    screened = screen([company("Joe's Plumbing", ("address", "1 High St, Leeds", ""))], SOURCE)
    assert values(screened, "address") == []


def test_a_person_needs_an_employer_and_a_role_or_title() -> None:
    lone, idle = person(), person(title="N/A")
    lone.employer, idle.role = "", None
    for card in (lone, idle):
        assert screen([company(), card], SOURCE).refused[-1] == (CARD_LEVEL, Refusal.NO_BUSINESS_ROLE)
    idle.role = Role.CONTACT_POINT
    assert len(screen([company(), idle], SOURCE).kept) == 2


def test_a_natural_person_on_a_company_card_goes_with_everyone_there() -> None:
    natural = company("Jane Roe MD")
    natural.party = Party.PERSON
    screened = screen([natural, person()], SOURCE)
    assert screened.kept == []
    assert screened.refused == [(CARD_LEVEL, Refusal.NO_BUSINESS_ROLE)] * 2


def test_an_ended_role_is_history_without_contact_values() -> None:
    left = placed(
        person(("email_address", "jane@samplewidgets.com", "work"), ("phone", "+44 113 496 0000", "work")), "work"
    )
    left.ended_on = "2020-01-01"
    screened = screen([company(), left], SOURCE)
    assert {claim.field for claim in screened.kept[1].claims} == {"full_name", "job_title"}
    assert screened.kept[1].ended_on == "2020-01-01"
    assert set(screened.refused) == {(field, Refusal.ENDED) for field in ("email_address", "phone", "address")}


def test_a_person_keeps_work_values() -> None:
    card = placed(
        person(
            ("email_address", "jane.roe@samplewidgets.com", "work"),
            ("phone", "+44 113 496 0000", ""),
            ("social_profile", "https://www.linkedin.com/in/janeroe", ""),
        ),
        "work",
    )
    screened = screen([company(), card], SOURCE)
    assert screened.refused == []
    assert screened.kept[1].claims == card.claims


def test_a_hand_made_card_does_not_vouch_for_a_bare_phone() -> None:
    card = person(("phone", "+44 113 496 0000", ""))
    assert screen([company(), card], source("cards")).refused == [("phone", Refusal.MOBILE_PHONE)]
    assert screen([company(), card], source("pages")).refused == []


@pytest.mark.parametrize(
    ("label", "street", "code", "left"),
    [
        ("", "1 High St", Refusal.PERSON_ADDRESS, []),
        ("correspondence", "1 High St", Refusal.PERSON_ADDRESS, []),
        ("home", "1 High St", Refusal.HOME_ADDRESS, []),
        ("work", "Flat 3, 1 High St", Refusal.HOME_ADDRESS, ["Leeds, GB"]),
    ],
)
def test_addresses_of_people(label: str, street: str, code: str, left: list[str]) -> None:
    screened = screen([company(), placed(person(), label, street)], SOURCE)
    assert screened.refused == [("address", code)]
    assert values(screened, "address") == left


@pytest.mark.parametrize("label", ["", "work", "registered"])
def test_a_companys_flat_is_somebodys_home_whoever_says_where_it_is(label: str) -> None:
    screened = screen([placed(company(), label, "Flat 3, 1 High St")], SOURCE)
    assert screened.refused == [("address", Refusal.HOME_ADDRESS)]
    assert values(screened, "address") == ["Leeds, GB"]


def test_a_mobile_at_an_employer_of_no_known_form_may_be_a_sole_traders() -> None:
    mobile = ("phone", "+44 7700 900123", "work_mobile")
    own = source("cards")
    assert screen([company("Blue Flowers"), person(mobile)], own).refused == [("phone", Refusal.SOLE_TRADER)]
    assert screen([company("Blue Flowers Ltd"), person(mobile)], own).refused == []


def test_a_namesake_of_a_firm_of_no_known_form_may_be_a_sole_trader() -> None:
    mail = ("email_address", "jane@flowers-sample.com", "work")
    assert screen([company("Roe Flowers"), person(mail)], SOURCE).refused == [("email_address", Refusal.SOLE_TRADER)]
    assert screen([company("Blue Flowers"), person(mail)], SOURCE).refused == []
    assert screen([company("Roe Flowers Ltd"), person(mail)], SOURCE).refused == []


def test_a_value_that_one_card_shows_to_be_private_goes_from_the_others() -> None:
    number = "+44 113 496 0000"
    screened = screen([company("Sample Ltd", ("phone", number, "")), person(("phone", number, "home"))], SOURCE)
    assert values(screened, "phone") == []
    assert screened.refused == [("phone", Refusal.HOME_PHONE)] * 2


def test_nobody_is_named_where_everyone_would_be_known_by_belief() -> None:
    church = company(
        "Sample Parish Church",
        ("email_address", "office@sample-church.org", ""),
        ("email_address", "jane.roe@sample-church.org", ""),
        ("phone", "+44 113 496 0000", "switchboard"),
        ("phone", "+44 7700 900123", "work_mobile"),
    )
    screened = screen([church, person()], SOURCE)
    assert [card.kind for card in screened.kept] == [Kind.COMPANY]
    assert values(screened, "email_address") == ["office@sample-church.org"]
    assert values(screened, "phone") == ["+44 113 496 0000"]
    assert screened.refused == [
        ("email_address", Refusal.SENSITIVE_SECTOR),
        ("phone", Refusal.SENSITIVE_SECTOR),
        (CARD_LEVEL, Refusal.SENSITIVE_SECTOR),
    ]


def test_a_code_of_religion_counts_as_the_name_does() -> None:
    screened = screen([company("Sample Hall Ltd", ("industry", "UK-SIC:94910", "")), person()], SOURCE)
    assert screened.refused == [(CARD_LEVEL, Refusal.SENSITIVE_SECTOR)]


def test_a_sensitive_title_refuses_the_person_and_leaves_the_company() -> None:
    screened = screen([company("Sample Hospital"), person(title="Hospital Chaplain")], SOURCE)
    assert [card.kind for card in screened.kept] == [Kind.COMPANY]
    assert screened.refused == [(CARD_LEVEL, Refusal.SENSITIVE_TITLE)]


def test_doctors_and_nurses_stay() -> None:
    for title in ("Registered Nurse", "Psychiatrist", "Chief Physician"):
        assert screen([company("Sample Hospital"), person(title=title, name="Dr. Jane Roe")], SOURCE).refused == []


def test_a_clerical_form_of_address_goes_from_name_and_parts() -> None:
    card = Card(Kind.PERSON, "1/j", employer="1", role=Role.DIRECTOR)
    card.add(
        "full_name", "Rev. Jane Roe, S.J.", name_prefix="Rev.", first_name="Jane", last_name="Roe", name_suffix="S.J."
    )
    screened = screen([company(), card], SOURCE)
    assert screened.refused == [("full_name", Refusal.CLERICAL_TITLE)]
    (claim,) = screened.kept[1].claims
    assert (claim.value, dict(claim.parts)) == ("Jane Roe", {"first_name": "Jane", "last_name": "Roe"})


def test_family_names_that_are_clerical_words_stay() -> None:
    card = Card(Kind.PERSON, "1/j", employer="1", role=Role.DIRECTOR)
    card.add("full_name", "BISHOP JANE ANN", "surname_first", first_name="JANE", middle_name="ANN", last_name="BISHOP")
    assert screen([company(), card], SOURCE).refused == []


def test_a_restricted_card_is_refused_whole_and_its_people_with_it() -> None:
    bound = company()
    bound.restriction = Refusal.SOURCE_RESTRICTION
    screened = screen([bound, person()], SOURCE)
    assert screened.kept == []
    assert screened.refused == [(CARD_LEVEL, Refusal.SOURCE_RESTRICTION)] * 2


@pytest.mark.parametrize("field", ["company_name", "phone", "website", "legal_form", "identifier"])
def test_a_payment_card_is_refused_wherever_it_stands(field: str) -> None:
    screened = screen([company("Sample Ltd", (field, "4111 1111 1111 1111", ""))], SOURCE)
    assert (field, Refusal.CARD_NUMBER) in screened.refused


@pytest.mark.parametrize("identifier", ["FR-SIRET:36252187900034", "LEI:00000000000000000098"])
def test_long_register_numbers_are_no_payment_cards(identifier: str) -> None:
    assert screen([company("Sample Ltd", ("identifier", identifier, ""))], SOURCE).refused == []


def test_numbers_of_natural_persons_are_refused() -> None:
    for identifier in ("US-SSN:000-00-0000", "PESEL:1", "passport:X1"):
        assert screen([company("Sample Ltd", ("identifier", identifier, ""))], SOURCE).refused == [
            ("identifier", Refusal.PERSONAL_ID)
        ]


def test_a_private_address_inside_another_field_is_found() -> None:
    card = person(title="Buyer, jane.roe@gmail.com")
    assert screen([company(), card], SOURCE).refused == [("job_title", Refusal.FREE_MAIL)]


def test_placeholders_go_and_blank_parts_of_an_address() -> None:
    card = company("Sample Ltd", ("website", "N/A", ""))
    card.add("address", None, "registered", street_address="-----", locality="Leeds", country_code="NA")
    screened = screen([card], SOURCE)
    assert screened.refused == [("website", Refusal.UNUSABLE)]
    assert values(screened, "address") == ["Leeds, NA"]


def test_a_person_without_a_name_is_no_card() -> None:
    screened = screen([company(), person(name="unknown")], SOURCE)
    assert screened.refused == [("full_name", Refusal.UNUSABLE), (CARD_LEVEL, Refusal.UNUSABLE)]


def test_a_person_whose_employer_stands_in_another_record_is_judged_alone() -> None:
    card = person(("email_address", "jane@samplewidgets.com", "work"))
    assert screen([card], SOURCE).kept[0].claims == card.claims


TEXT = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["Rev. Imam", "@", "a@b", "[", "+", "00", "https://", "x:", ":", "Flat 3", "Sample Ltd", "Jane Roe",
                     "Priest", "4111 1111 1111 1111", "info@samplewidgets.com", "jane@gmail.com", "N/A"]),
)  # fmt: skip


@st.composite
def cards(draw: st.DrawFn) -> Card:
    kind = draw(st.sampled_from(Kind))
    card = Card(
        kind, draw(st.sampled_from(["1", "2"])), draw(st.sampled_from(Party)), role=draw(st.sampled_from([None, *Role]))
    )
    card.employer = draw(st.sampled_from(["", "1", "3"])) if kind is Kind.PERSON else ""
    card.ended_on = draw(st.sampled_from(["", "2020"]))
    for spec in draw(st.lists(st.sampled_from([spec for spec in CARD.values() if kind in spec.of]), max_size=6)):
        parts = {part: draw(TEXT) for part in spec.parts if draw(st.booleans())}
        functools.partial(card.add, spec.name, draw(TEXT), draw(st.sampled_from(["", *sorted(spec.labels)])))(**parts)
    return card


@given(st.lists(cards(), max_size=4), st.sampled_from([None, SOURCE, source("cards"), source(organisations_only=True)]))
@settings(max_examples=400, deadline=None)
def test_no_text_breaks_it_and_every_refusal_has_its_sentence(record: list[Card], origin: Source | None) -> None:
    before = [list(card.claims) for card in record]
    screened = screen(record, origin)
    assert [list(card.claims) for card in record] == before
    assert len(screened.kept) <= len(record)
    for field, code in screened.refused:
        assert field in CARD or field == CARD_LEVEL
        assert code in SENTENCES
    for card in screened.kept:
        assert card.party in set(Party)
        assert card.claims


CANARIES = {
    "free_mail": ("email_address", "canary.7f3a@gmail.com", "work"),
    "relay": ("email_address", "canary7f3a@mozmail.com", ""),
    "home_mail": ("email_address", "canary7f3a@samplewidgets.com", "home"),
    "home_phone": ("phone", "+44 113 496 7731", "home"),
    "mobile": ("phone", "+44 7700 907731", "mobile"),
    "pager": ("phone", "+44 113 497 7731", "pager"),
    "home_address": ("address", "7731 Canary Row, Leeds", "home"),
    "person_address": ("address", "7731 Canary Row, Leeds", "correspondence"),
    "network": ("social_profile", "https://instagram.com/canary7f3a", ""),
    "own_site": ("website", "https://canary7f3a.blogspot.com", ""),
    "card": ("department", "4111 1111 1111 1111", ""),
    "hidden": ("job_title", "Buyer canary.7f3a@gmail.com", ""),
}


@given(
    st.lists(st.sampled_from(sorted(CANARIES)), min_size=1, max_size=6),
    st.sampled_from(["Sample Ltd", "Blue Flowers", "Sample Church"]),
)
@settings(max_examples=150, deadline=None)
def test_no_private_value_is_in_any_kept_claim(planted: list[str], name: str) -> None:
    record = [company(name), person(*(CANARIES[one] for one in planted))]
    screened = screen(record, SOURCE)
    kept = " ".join(
        text for card in screened.kept for claim in card.claims for text in (claim.value, *claim.parts.values())
    )
    assert not any(CANARIES[one][1] in kept for one in planted)
    assert screened.refused


def test_the_tax_number_of_a_sole_trader_is_a_persons() -> None:
    trader = company("Hans Muster e.K.", ("identifier", "RA000754:01ABCPX1234K1Z1", ""), ("identifier", "DK-CVR:1", ""))
    screened = screen([trader], SOURCE)
    assert values(screened, "identifier") == ["DK-CVR:1"]
    assert screened.refused == [("identifier", Refusal.PERSONAL_ID)]
    firm = company("Muster GmbH", ("identifier", "RA000754:01ABCPX1234K1Z1", ""))
    assert screen([firm], SOURCE).refused == []


def test_a_persons_mailbox_is_not_kept_as_the_organisations() -> None:
    firm = company(
        "Sample Ltd", ("email_address", "jane.roe@sample.com", "work"), ("email_address", "info.desk@sample.com", "")
    )
    screened = screen([firm], SOURCE)
    assert values(screened, "email_address") == ["info.desk@sample.com"]
    assert screened.refused == [("email_address", Refusal.NO_BUSINESS_ROLE)]


@pytest.mark.parametrize(
    "mail", ["jhaynes@sample.com", "Haynes_J (at) sample.com", "info@sample.com; jhaynes@sample.com"]
)
def test_a_mailbox_that_neither_a_function_nor_the_organisation_explains_is_a_persons(mail: str) -> None:
    firm = company("Sample Bakery Ltd", ("email_address", mail, "organisation"))
    assert screen([firm], SOURCE).refused == [("email_address", Refusal.NO_BUSINESS_ROLE)]


@pytest.mark.parametrize("local", ["sales-uk", "samplebakery", "leeds", "sample2"])
def test_a_mailbox_of_a_function_a_brand_or_a_branch_stays(local: str) -> None:
    firm = company("Sample Bakery Ltd", ("email_address", f"{local}@elsewhere.com", "organisation"))
    firm.add("address", None, "", locality="Leeds")
    assert values(screen([firm], SOURCE), "email_address") == [f"{local}@elsewhere.com"]


@pytest.mark.parametrize("field", ["social_profile", "website"])
@pytest.mark.parametrize(
    "page",
    ["https://www.facebook.com/lena.quell.7", "m.facebook.com/Lena.Quell", "https://instagram.com/lena.quell/",
     "https://uk.linkedin.com/in/lena-quell", "https://www.crunchbase.com/person/lena-quell",
     "https://www.facebook.com/profile.php?id=1001", "https://www.researchgate.net/profile/Lena-Quell"],
)  # fmt: skip
def test_a_page_of_somebody_stands_on_no_organisations_card(field: str, page: str) -> None:
    assert screen([company("Quell Bakery Ltd", (field, page, ""))], SOURCE).refused == [
        (field, Refusal.PRIVATE_NETWORK)
    ]


@pytest.mark.parametrize("field", ["social_profile", "website"])
@pytest.mark.parametrize(
    "page",
    ["https://www.facebook.com/quell.leeds", "https://facebook.com/QuellBakery", "instagram.com/quell.bakery",
     "https://www.facebook.com/hotel.sonne", "https://www.linkedin.com/company/quell.bakery", "https://x.com/quell"],
)  # fmt: skip
def test_a_business_page_stays(field: str, page: str) -> None:
    firm = company("Quell Bakery Ltd", (field, page, ""))
    firm.add("address", None, "", locality="Leeds")
    assert values(screen([firm], SOURCE), field) == [page]


@pytest.mark.parametrize("country", ["ENGLAND", "United Kingdom", "GB"])
def test_a_national_mobile_is_known_however_the_country_is_written(country: str) -> None:
    firm = company("Sample Ltd")
    firm.add("address", None, "", locality="Leeds", country_code=country)
    screened = screen([firm, person(("phone", "07700 900123", "work"))], SOURCE)
    assert screened.refused == [("phone", Refusal.MOBILE_PHONE)]


@pytest.mark.parametrize("name", ["John Doe", "JOHN PETER DOE", "Firstname Middlename Lastname", "N N N"])
def test_nobodys_name_is_nobody(name: str) -> None:
    nobody = Card(Kind.PERSON, "1/n", employer="1", role=Role.EMPLOYEE)
    nobody.add("full_name", name)
    assert screen([company("Sample Ltd"), nobody], SOURCE).refused == [
        ("full_name", Refusal.UNUSABLE),
        (CARD_LEVEL, Refusal.UNUSABLE),
    ]
