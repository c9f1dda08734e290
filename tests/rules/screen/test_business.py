"""One value at a time: what is business, what is private, what is nothing."""

from __future__ import annotations

import phonenumbers
import pytest
from phonenumbers import PhoneNumberType

from pipelines.reasons import Refusal
from pipelines.screen import business
from pipelines.screen.business import (
    aside_refusal,
    dwelling,
    evidence,
    mail_in_text_refusal,
    mail_refusal,
    nobodys_name,
    personal_domain,
    phone_kind,
    phone_refusal,
    social_refusal,
)
from pipelines.screen.rules import rules


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("jane@gmail.com", Refusal.FREE_MAIL),
        ("JANE@GMAIL.COM", Refusal.FREE_MAIL),
        ("mailto:jane@hey.com", Refusal.FREE_MAIL),
        ("jane@mailbox.org", Refusal.FREE_MAIL),
        ("jane @ gmail . com", Refusal.FREE_MAIL),
        ("jane (at) gmail (dot) com", Refusal.FREE_MAIL),
        ("jane at gmail dot com", Refusal.FREE_MAIL),
        ("jane\uff20gmail.com", Refusal.FREE_MAIL),
        ("jane@acme-sample.com; jane@gmail.com", Refusal.FREE_MAIL),
        ("jane@gmail.com>", Refusal.FREE_MAIL),
        ("jane@.gmail..com", Refusal.FREE_MAIL),
        ("x@sfr.fr", Refusal.ISP_MAIL),
        ("x@docomo.ne.jp", Refusal.ISP_MAIL),
        ("x@tampabay.rr.com", Refusal.ISP_MAIL),
        ("x@privaterelay.appleid.com", Refusal.DISPOSABLE_MAIL),
        ("x@jane.anonaddy.com", Refusal.DISPOSABLE_MAIL),
        ("x@10minutemail.com", Refusal.DISPOSABLE_MAIL),
        ("x@host.local", Refusal.SPECIAL_MAIL),
        ("x@acme.test", Refusal.SPECIAL_MAIL),
        ("x@[192.0.2.1]", Refusal.SPECIAL_MAIL),
        ("x@192.0.2.1", Refusal.SPECIAL_MAIL),
        ("no address", Refusal.UNUSABLE),
        ("", Refusal.UNUSABLE),
        ("@", Refusal.UNUSABLE),
        ("jane@acme-sample.com", ""),
        ("jane@rogers.com", ""),
        ("jane@shaw.ca", ""),
        ("jane@berlin.de", ""),
        ("jane@mygmail.com.acme-sample.com", ""),
    ],
)
def test_mail(address: str, code: str) -> None:
    assert mail_refusal(address) == code


def test_a_label_of_home_outweighs_a_business_domain() -> None:
    assert mail_refusal("jane@acme-sample.com", "home") == Refusal.HOME
    assert mail_refusal("jane@acme-sample.com", "work") == ""


@pytest.mark.parametrize(
    ("domain", "person", "companies", "personal"),
    [
        ("janeroe.com", "Jane Roe", ["Sample Widgets Ltd"], True),
        ("jane-roe.co.uk", "Jane Roe", [], True),
        ("roe.com", "Jane Roe", ["Sample Widgets Ltd"], True),
        ("mail.jroe.de", "Jane Roe", ["Sample Widgets Ltd"], True),
        ("roe.com", "Jane Roe", [], False),
        ("roe.com", "Jane Roe", ["Roe & Partners LLP"], False),
        ("janeroe.com", "Jane Roe", ["Jane Roe Consulting Ltd"], False),
        ("samplewidgets.com", "Jane Roe", ["Sample Widgets Ltd"], False),
        ("roe.com", "Roe", ["Sample Widgets Ltd"], False),
        ("", "Jane Roe", [], False),
        ("janeroe.com", "", [], False),
    ],
)
def test_a_domain_that_is_the_persons_own_name(
    domain: str, person: str, companies: list[str], *, personal: bool
) -> None:
    assert personal_domain(domain, person, companies) is personal


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (("acme.com", "person", {"acme.com"}, "Other", 1, 1), "employer_domain"),
        (("shared.com", "person", {"shared.com"}, "Other", 1, 300), "employer_domain"),
        (("shared.com", "person", set(), "Other", 5, 4), ""),
        (("shared.com", "person", set(), "Other", 2, 3), "shared_by_staff"),
        (("other.com", "person", set(), "Acme Widgets", 1, 1), ""),
        (("acmewidgets.co.uk", "person", set(), "Acme Widgets", 1, 1), "named_like_company"),
        (("acme.com", "person", set(), "Acme Widgets", 1, 1), "named_like_company"),
        (("awc.com", "role", set(), "Acme Widget Company", 1, 1), "named_like_company"),
        (("awc.com", "person", set(), "Acme Widget Company", 1, 1), ""),
        (("ac.com", "person", set(), "Acme", 1, 1), ""),
        (("leeds.gov.uk", "person", set(), "Leeds City Council", 1, 90), "public_domain"),
        (("finances.gouv.fr", "person", set(), "Ministère des Finances", 1, 90), "public_domain"),
        (("sample.edu", "person", set(), "University of Somewhere", 1, 9), "public_domain"),
        (("sample.edu", "person", set(), "Sample", 1, 9), "public_domain"),
        (("sample.edu", "person", set(), "Norvik Consulting", 1, 9), ""),  # who studied there may work anywhere
        (("sample.edu", "person", set(), "", 1, 9), ""),
        (("alumni.sample.edu", "person", set(), "Sample University", 1, 9), ""),
        (("student.sample.edu", "person", set(), "Sample University", 1, 9), ""),
        (("acme.com", "person", set(), "Acme Industrial", 1, 1), "named_like_company"),
        (("mark.de", "person", set(), "Market Research", 1, 1), ""),  # a piece of a word
        (("berlin.de", "person", set(), "Berlin Brewery", 1, 1), ""),  # a portal that also gives mailboxes
        (("gmail.com", "person", {"gmail.com"}, "Gmail", 9, 1), ""),
        (("", "person", set(), "", 9, 1), ""),
    ],
)
def test_evidence_that_a_domain_is_the_employers(facts: tuple[str, str, set[str], str, int, int], code: str) -> None:
    assert evidence(*facts) == code


@pytest.mark.parametrize("label", ["work", "switchboard", "organisation", "fax", "work_mobile"])
def test_a_phone_labelled_work_passes(label: str) -> None:
    assert phone_refusal("+44 7700 900123", label) == ""


@pytest.mark.parametrize(
    ("label", "code"),
    [("home", Refusal.HOME_PHONE), ("pager", Refusal.PAGER), ("mobile", Refusal.MOBILE_PHONE)],
)
def test_a_phone_labelled_private_does_not(label: str, code: str) -> None:
    assert phone_refusal("+44 20 7946 0958", label, vouched=True, of_organisation=True) == code


def test_an_unlabelled_phone_of_a_person_needs_a_source_that_vouches() -> None:
    assert phone_refusal("+44 20 7946 0958", "", vouched=True) == ""
    assert phone_refusal("+44 20 7946 0958", "", vouched=False) == Refusal.MOBILE_PHONE
    assert phone_refusal("+44 7700 900123", "", vouched=True) == Refusal.MOBILE_PHONE
    assert phone_refusal("07700 900123", "", country="GB", vouched=True) == Refusal.MOBILE_PHONE
    assert phone_refusal("07700 900123", "", of_organisation=True) == ""


def test_a_form_does_not_say_that_a_mobile_is_for_work() -> None:
    assert phone_refusal("+44 7700 900123", "work", vouched=True, own_word=False) == Refusal.MOBILE_PHONE
    assert phone_refusal("+44 7700 900123", "work", of_organisation=True, own_word=False) == ""
    assert phone_refusal("+44 20 7946 0958", "work", vouched=True, own_word=False) == ""


@pytest.mark.parametrize(
    ("number", "country"),
    [("+44 70 1234 5678", ""), ("0044 70 1234 5678", ""), ("070 1234 5678", "GB"), ("0900 123456", ""),
    ("1-900-555-0100", ""),
     ("+1 900 555 0100", ""), ("+49 900 1 234567", ""), ("+33 899 12 34 56", ""), ("+979 123456789", ""),
     ("+44 (0)70 1234 5678", ""), ("0900 1 234567", "DE"), ("Tel: +1 (900) 555-0100", "")],
)  # fmt: skip
def test_premium_and_personal_numbers(number: str, country: str) -> None:
    assert phone_refusal(number, "work", country=country, of_organisation=True) == Refusal.PREMIUM_PHONE


@pytest.mark.parametrize("number", ["07031 123456", "0711 123456"])
def test_a_german_area_code_is_no_british_personal_number(number: str) -> None:
    assert phone_kind(number, "DE") == ""


_KINDS = {
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.FIXED_LINE: "",
    PhoneNumberType.PREMIUM_RATE: "special",
    PhoneNumberType.PERSONAL_NUMBER: "special",
}


@pytest.mark.parametrize("country", sorted(rules("phones")["countries"]))
def test_prefixes_agree_with_the_numbering_plans(country: str) -> None:
    for kind, expected in _KINDS.items():
        example = phonenumbers.example_number_for_type(country, kind)
        if example is None or (country == "US" and kind == PhoneNumberType.MOBILE):
            continue
        for form in (phonenumbers.PhoneNumberFormat.INTERNATIONAL, phonenumbers.PhoneNumberFormat.NATIONAL):
            written = phonenumbers.format_number(example, form)
            assert phone_kind(written, country) == expected, (country, kind, form)


@pytest.mark.parametrize(
    "address",
    ["Flat 3, 1 High St", "1 High St, Apt 4B", "Musterweg 1, Wohnung 7", "Beispielgasse 1/Top 4",
     "c/o Mrs Roe, 1 High St",
     "Storgatan 1 lgh 1102", "FLAT 12A", "Appt. 5, rue Exemple", "Ground Floor Flat, 1 High St"],
)  # fmt: skip
def test_signs_of_a_dwelling(address: str) -> None:
    assert business.dwelling(address)


@pytest.mark.parametrize(
    "address",
    ["Suite 300, 1 Main St", "Flatiron Building", "Unit 4, Top Road", "c/o Sample Corporate Services Ltd", ""],
)
def test_no_signs_of_a_dwelling(address: str) -> None:
    assert not business.dwelling(address)


@pytest.mark.parametrize(
    ("url", "of_person", "code"),
    [
        ("https://www.linkedin.com/in/janeroe", True, ""),
        ("de.linkedin.com/in/janeroe/", True, ""),
        ("https://www.xing.com/profile/Jane_Roe", True, ""),
        ("https://facebook.com/jane.roe", True, Refusal.PRIVATE_NETWORK),
        ("https://www.instagram.com/janeroe", True, Refusal.PRIVATE_NETWORK),
        ("tiktok.com/@janeroe", True, Refusal.PRIVATE_NETWORK),
        ("https://tinder.com/@x", True, Refusal.PRIVATE_NETWORK),
        ("https://unheard-of.example/jane", True, Refusal.PRIVATE_NETWORK),
        ("https://linkedin.com.evil.example/in/x", True, Refusal.PRIVATE_NETWORK),
        ("https://facebook.com/samplewidgets", False, ""),
        ("https://instagram.com/samplewidgets", False, ""),
        ("https://www.linkedin.com/company/sample", False, ""),
        ("https://www.linkedin.com/in/janeroe", False, Refusal.PRIVATE_NETWORK),
        ("https://www.bumble.com/x", False, Refusal.PRIVATE_NETWORK),
    ],
)
def test_social_pages(url: str, code: str, *, of_person: bool) -> None:
    assert business.social_refusal(url, of_person=of_person) == code


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://janeroe.com/cv", Refusal.PERSONAL_DOMAIN),
        ("http://janeroe.blogspot.com", Refusal.PRIVATE_NETWORK),
        ("https://www.facebook.com/jane", Refusal.PRIVATE_NETWORK),
        ("https://samplewidgets.com/team/jane", ""),
        ("samplewidgets.com", ""),
        ("://", ""),
    ],
)
def test_sites_on_a_persons_card(url: str, code: str) -> None:
    assert business.site_refusal(url, "Jane Roe", ["Sample Widgets Ltd"]) == code


@pytest.mark.parametrize(
    "text",
    ["4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111", "pay 5555 5555 5555 4444 12/30",
    "378282246310005",
     "x 4111 1111 1111 1111 123", "card:6011111111111117.", "4222222222222", "12 4111 1111 1111 1111"],
)  # fmt: skip
def test_card_numbers(text: str) -> None:
    assert business.card_number(text)


@pytest.mark.parametrize(
    "text", ["4111111111111112", "0000000000000000", "36252187900034 x"[:5], "+44 20 7946 0958", ""]
)
def test_no_card_numbers(text: str) -> None:
    assert not business.card_number(text)


@pytest.mark.parametrize(
    "text", ["N/A", "n/a", "-----", "NONE", "<UNAVAIL>", "unknown", " ", "", ".", "???", "[ND]", "k.A."]
)
def test_placeholders(text: str) -> None:
    assert business.placeholder(text)


@pytest.mark.parametrize("text", ["None Ltd", "Unknown Pleasures GmbH", "NAS", "1", "\u5317\u4eac"])
def test_no_placeholders(text: str) -> None:
    assert not business.placeholder(text)


def test_a_region_called_na_is_naples() -> None:
    assert not business.placeholder("NA", part=True)
    assert business.placeholder("N/A", part=True)


def test_role_mailboxes() -> None:
    assert business.role_mailbox("info@sample.org")
    assert business.role_mailbox("mailto:parish.office@sample.org")
    assert not business.role_mailbox("jane.roe@sample.org")


@pytest.mark.parametrize(
    "value",
    [
        "020 7946 0102, 07911 200 003",
        "+44 20 7946 0102 / +44 7911 200004",
        "+86 139 1234 5679",  # a country without a plan of ours: libphonenumber's
        "+90 532 123 4567",
        "+91 98765 43210",
    ],
)
def test_a_mobile_is_told_wherever_it_hides(value: str) -> None:
    assert phone_refusal(value, "", country="GB", vouched=True) == Refusal.MOBILE_PHONE
    assert phone_refusal(value, "work", country="GB", own_word=False) == Refusal.MOBILE_PHONE


@pytest.mark.parametrize(
    "value",
    ["+44 20 7946 0019 (home)", "h: 020 7946 0102", "privat 030 123456", "+44 20 7946 0117; priv. +44 7911 123400",
     "Domicile : 01 23 45 67 89", "casa 06 1234567"],
)  # fmt: skip
def test_a_word_beside_a_number_may_say_that_it_is_one_at_home(value: str) -> None:
    assert phone_refusal(value, "work") == Refusal.HOME_PHONE


@pytest.mark.parametrize("value", ["1-800-HOME-NOW", "+44 20 7946 0102", "Tel. 020 7946 0102 ext. 12"])
def test_numbers_of_firms_are_left_alone(value: str) -> None:
    assert phone_refusal(value, "work", country="GB") == ""


@pytest.mark.parametrize("dot", ["g\u200bmail.com", "gma\u00adil.com", "gmail\u3002com", "gmail\uff0ecom"])
def test_free_mail_does_not_hide_behind_what_nobody_sees(dot: str) -> None:
    assert mail_refusal(f"anna@{dot}") == Refusal.FREE_MAIL
    assert mail_in_text_refusal("https://roe.com/login?email=anna%40gmail.com") == Refusal.FREE_MAIL


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CFO, private mobile 07911 123456", Refusal.HOME_PHONE),
        ("Engineer born 12.03.1975", Refusal.BIRTH),
        ("CEO (mother of two, b. 1975)", Refusal.BIRTH),
        ("Ingenieurin, geb. 1980", Refusal.BIRTH),
        ("Director 01/02/1961", Refusal.BIRTH),
        ("Buyer SSN 078-05-1120", Refusal.PERSONAL_ID),
        ("wife of Tim", Refusal.FAMILY),
        ("mother of two", Refusal.FAMILY),
        ("Director (since 01.02.2020)", ""),
        ("Director since 01.02.1999", ""),
        ("Head of Unit 4711", ""),
        ("Technician ISO 9001:2015", ""),
        ("Mother of Pearl Buyer", ""),
        ("Born Group Manager", ""),
        ("Head of Sales 2024", ""),
    ],
)
def test_what_a_title_says_beside(text: str, code: str) -> None:
    assert aside_refusal(text) == code


@pytest.mark.parametrize(
    "address", ["Elmgatan 1 Lgh 1401", "ul. Wiązowa 5 m. 12", "Calle Mayor 5, 3º B", "Via Roma 1, int. 3", "12 High St"]
)
def test_signs_of_a_dwelling_in_other_languages(address: str) -> None:
    assert dwelling(address) == (address != "12 High St")


@pytest.mark.parametrize(
    "url", ["https://linkedin.com//in/anna", "https://wa.me/447911123456", "https://www.strava.com/athletes/1"]
)
def test_pages_of_nobodys_business(url: str) -> None:
    assert social_refusal(url, of_person=False) == Refusal.PRIVATE_NETWORK


@pytest.mark.parametrize("name", ["Dr. John Peter Doe Jr.", "FirstName MiddleName LastName", "Mr Max Mustermann"])
def test_names_of_nobody_behind_titles(name: str) -> None:
    assert nobodys_name(name)
    assert not nobodys_name("Dr. Anna Roe")
