"""What each field's rule makes of a raw value; the values are invented."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.card import ADDRESS_PARTS, CARD
from pipelines.reasons import Finding
from pipelines.verify import Check, Status, check
from pipelines.verify.fields import RULES
from pipelines.verify.text import is_placeholder

CODES = {str(code) for code in Finding}


@pytest.mark.parametrize(
    ("field", "raw", "country", "values"),
    [
        ("country_code", "Deutschland", None, ["DE"]),
        ("country_code", "Vereinigtes Königreich", None, ["GB"]),
        ("country_code", "US-MA", None, ["US"]),
        ("country_code", "SUI", None, ["CH"]),
        ("country_code", "ESP", None, ["ES"]),
        ("country_code", "Company Director", None, []),
        ("postal_code", "n1  1aa", "GB", ["N1 1AA"]),
        ("postal_code", "n11aa", "United Kingdom", ["N1 1AA"]),
        ("postal_code", "021391234", "US", ["02139-1234"]),
        ("postal_code", "2139", "US", ["02139"]),
        ("postal_code", "21391234", "US", ["02139-1234"]),
        ("country_code", "NO", None, ["NO"]),
        ("postal_code", "1234ab", "NL", ["1234 AB"]),
        ("postal_code", "D-10115", "DE", ["10115"]),
        ("postal_code", "12345", "SE", ["123 45"]),
        ("postal_code", "ABCDE", "GB", []),
        ("postal_code", "00000", "US", []),
        ("region", "MA", "US", ["Massachusetts"]),
        ("region", "US-MA", None, ["Massachusetts"]),
        ("locality", "NEWCASTLE UPON TYNE", None, ["Newcastle upon Tyne"]),
        ("street_address", "12 NORTH 5TH STREET NW", None, ["12 North 5th Street NW"]),
        ("first_name", "JEAN-PIERRE", None, ["Jean-Pierre"]),
        ("last_name", "O'BRIEN", None, ["O'Brien"]),
        ("status", "Active - Proposal to Strike off", None, ["inactive"]),
        ("status", "ACTIVE", None, ["active"]),
        ("status", "Dissolved", None, ["inactive"]),
        ("incorporated_on", "31/12/2019", None, ["2019-12-31"]),
        ("incorporated_on", "04/05/2019", "US", ["2019-04-05"]),
        ("incorporated_on", "04/05/2019", "GB", ["2019-05-04"]),
        ("incorporated_on", "20190401", None, ["2019-04-01"]),
        ("incorporated_on", "2019-04-01T00:00:00Z", None, ["2019-04-01"]),
        ("incorporated_on", "2019-04", None, ["2019-04"]),
        ("dissolved_on", "9940-12-31", None, []),
        ("dissolved_on", "00000000", None, []),
        ("dissolved_on", "2019-02-30", None, []),
        ("jurisdiction", "us-de", None, ["US-DE"]),
        ("jurisdiction", "England and Wales", None, ["GB"]),
        ("industry", "UKSIC:62020 - Information technology", None, ["UKSIC:62020"]),
        ("industry", "consulting", None, []),
        ("legal_form", "Private Limited Company", None, ["Ltd"]),
        ("legal_form", "Gesellschaft mit beschränkter Haftung", None, ["GmbH"]),
    ],
)
def test_normal_forms(field: str, raw: str, country: str | None, values: list[str]) -> None:
    assert list(check(field, raw, country).values) == values


@pytest.mark.parametrize(
    ("raw", "values"),
    [
        ("mailto:A.B@Exämple.de; info@x.com", ["a.b@exämple.de", "info@x.com"]),
        ("anna.roe (at) roe-tools (dot) com", ["anna.roe@roe-tools.com"]),
        ("anna at roe-tools dot com", ["anna@roe-tools.com"]),
        ("Anna.Roe@roe-tools.com.", ["anna.roe@roe-tools.com"]),
        ("Anna Roe <anna.roe@roe-tools.com>", ["anna.roe@roe-tools.com"]),
        ("anna@ roe-tools.com", ["anna@roe-tools.com"]),
        ("anna@roe-tools .com", ["anna@roe-tools.com"]),
        ("anna@roe tools.com", ["anna@roetools.com"]),
        ("anna@roe_tools.com", ["anna@roe-tools.com"]),
        ("anna@roe-tools..com", ["anna@roe-tools.com"]),
        ("anna@roe-tools.go,ug", ["anna@roe-tools.go.ug"]),
        ("a@roe.com and b@roe.com", ["a@roe.com", "b@roe.com"]),
        ("a@roe.com/b@roe.com", ["a@roe.com", "b@roe.com"]),
        ("a@roe.com\nb@roe.com", ["a@roe.com", "b@roe.com"]),
        ("a@roe.com (office), b@roe.com (shop)", ["a@roe.com", "b@roe.com"]),
        ("E-mail: anna@roe.com", ["anna@roe.com"]),
        ("anna roe@roe.com", []),
        ("a@b@roe.com", []),
        ("anna@roe", []),
        ("anna@.gov.my", []),
        ("@roe.com", []),
        ("+49 30 1234567", []),
        ("www.roe.com", []),
        ("anna@roe.example", []),
        ("anna@mailinator.com", []),
        ("N/A", []),
    ],
)
def test_email(raw: str, values: list[str]) -> None:
    assert list(check("email_address", raw).values) == values


@pytest.mark.parametrize(
    ("raw", "label", "status", "reason", "kind"),
    [
        ("anna.roe@roe-tools.com", "", Status.VALID, None, "named"),
        ("info@roe-tools.com", "", Status.RISKY, Finding.ROLE_MAILBOX, "role"),
        ("info@roe-tools.com", "organisation", Status.VALID, Finding.ROLE_MAILBOX, "role"),
        ("vergabestelle2@roe-tools.de", "", Status.RISKY, Finding.ROLE_MAILBOX, "role"),
        ("corporate.procurement@roe-tools.com", "", Status.RISKY, Finding.ROLE_MAILBOX, "role"),
        ("sales-uk@roe-tools.com", "", Status.RISKY, Finding.ROLE_MAILBOX, "role"),
        ("anna.roe@gmail.com", "", Status.RISKY, Finding.FREE_PROVIDER, "named"),
    ],
)
def test_what_kind_of_mailbox(raw: str, label: str, status: Status, reason: Finding | None, kind: str) -> None:
    found = check("email_address", raw, label=label)
    assert (found.status, found.details[0]["mailbox_kind"]) == (status, kind)
    assert reason is None or reason in found.reasons


def test_an_address_at_a_special_or_disposable_domain_is_invalid() -> None:
    assert check("email_address", "a@roe.test").reasons == (Finding.SPECIAL_DOMAIN,)
    assert check("email_address", "a@mailinator.com").reasons == (Finding.DISPOSABLE,)


@pytest.mark.parametrize(
    ("raw", "country", "values", "extension"),
    [
        ("020 7946 0123", "GB", ["+442079460123"], ""),
        ("+44 (0)20 7946 0123", None, ["+442079460123"], ""),
        ("020 7946 0123 ext. 45", "GB", ["+442079460123"], "45"),
        ("(202) 555-0123 x7", "US", ["+12025550123"], "7"),
        ("tel:+1-202-555-0123;ext=12", None, ["+12025550123"], "12"),
        ("+49 30 1234567 / +49 30 1234568", None, ["+49301234567", "+49301234568"], ""),
        ("030/1234567", "DE", ["+49301234567"], ""),
        ("00423 236 00 00", None, ["+4232360000"], ""),
        ("Tel.: 020 7946 0123; 020 7946 0124", "GB", ["+442079460123", "+442079460124"], ""),
        ("000000000", "GB", [], ""),
        ("111111111", "GB", [], ""),
        ("123456789", "DE", [], ""),
        ("+44 123546", None, [], ""),
        ("none", "GB", [], ""),
    ],
)
def test_phone(raw: str, country: str | None, values: list[str], extension: str) -> None:
    found = check("phone", raw, country)
    assert list(found.values) == values
    assert not extension or found.details[0]["extension"] == extension


def test_a_national_number_without_a_country_is_unknown_and_not_invalid() -> None:
    found = check("phone", "020 7946 0123")
    assert (found.values, found.status, found.reasons) == ((), Status.UNKNOWN, (Finding.UNKNOWN_COUNTRY,))


@pytest.mark.parametrize(
    ("raw", "country", "label", "value", "parts"),
    [
        ("JEAN-PIERRE LE GALL", None, "", "Jean-Pierre Le Gall", ("Jean-Pierre", "", "Le Gall")),
        ("LE GALL Jean-Pierre", None, "", "Jean-Pierre Le Gall", ("Jean-Pierre", "", "Le Gall")),
        ("MÜLLER Hans", None, "", "Hans Müller", ("Hans", "", "Müller")),
        ("Hans MÜLLER", None, "", "Hans Müller", ("Hans", "", "Müller")),
        ("MCDONALD, RUTH K", None, "", "Ruth K McDonald", ("Ruth", "K", "McDonald")),
        ("O'BRIEN, MARY", None, "", "Mary O'Brien", ("Mary", "", "O'Brien")),
        ("GARRETT MARK", None, "surname_first", "Mark Garrett", ("Mark", "", "Garrett")),
        ("VAN DER BERG PIETER J", None, "surname_first", "Pieter J van der Berg", ("Pieter", "J", "van der Berg")),
        ("Anna von der Heide", None, "", "Anna von der Heide", ("Anna", "", "von der Heide")),
        ("María García López", "ES", "", "María García López", ("María", "", "García López")),
        ("John A. Roe", None, "", "John A. Roe", ("John", "A.", "Roe")),
        ("AJ Roe", None, "", "AJ Roe", ("AJ", "", "Roe")),
        ("Ruth (Ruthie) Roe", None, "", "Ruth Roe", ("Ruth", "", "Roe")),
    ],
)
def test_person_names(raw: str, country: str | None, label: str, value: str, parts: tuple[str, str, str]) -> None:
    found = check("full_name", raw, country, label)
    assert found.value == value
    assert tuple(found.details[0][name] for name in ("first_name", "middle_name", "last_name")) == parts


@pytest.mark.parametrize(
    ("raw", "prefix", "suffix"),
    [
        ("Prof. Dr. med. Anna Roe", "Prof. Dr. med.", ""),
        ("JOHN ROE MD", "", "MD"),
        ("Roe, John, Jr., Ph.D.", "", "Jr. PhD"),
        ("Mrs. Anna Roe", "", ""),
        ("Rev. Anna Roe", "", ""),
        ("Rabbi Dr. Anna Roe", "Dr.", ""),
        ("Fr. John Roe SJ", "", ""),
    ],
)
def test_titles_are_parted_from_names_and_what_tells_faith_or_sex_leaves_no_trace(
    raw: str, prefix: str, suffix: str
) -> None:
    found = check("full_name", raw)
    assert found.value in ("Anna Roe", "John Roe")
    assert (found.details[0]["name_prefix"], found.details[0]["name_suffix"]) == (prefix, suffix)
    assert found.reasons == ()


def test_parts_win_over_the_line() -> None:
    parts = {"first_name": "RUTH", "middle_name": "K.", "last_name": "DE LA CRUZ", "name_suffix": "SR., M.D."}
    found = check("full_name", "whatever", parts=parts)
    assert found.value == "Ruth K. de la Cruz"
    assert found.details[0]["name_suffix"] == "Sr. MD"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("Roe Fund Group, Ltd.", Finding.COMPANY_AS_PERSON),
        ("Roe Tools GmbH", Finding.COMPANY_AS_PERSON),
        ("Service Presse and Communication", Finding.NOT_A_NAME),
        ("Procurement Team", Finding.NOT_A_NAME),
        ("Archives Dpt", Finding.NOT_A_NAME),
        ("Mr. John Roe, Jane Doe", Finding.NOT_A_NAME),
        ("Roe S.p.A.", Finding.COMPANY_AS_PERSON),
        ("Please contact our office in writing", Finding.NOT_A_NAME),
        ("0170 1234567", Finding.NOT_A_NAME),
        ("anna@roe.com", Finding.NOT_A_NAME),
        ("-", Finding.PLACEHOLDER),
    ],
)
def test_what_is_no_person_s_name(raw: str, reason: Finding) -> None:
    found = check("full_name", raw)
    assert (found.value, found.status, found.reasons) == (None, Status.INVALID, (reason,))


def test_a_company_split_into_the_parts_of_a_person_is_seen() -> None:
    found = check("full_name", "Ltd. Roe Fund Group", parts={"first_name": "Ltd.", "last_name": "Roe Fund Group"})
    assert found.reasons == (Finding.COMPANY_AS_PERSON,)


@pytest.mark.parametrize(
    ("raw", "core", "form"),
    [
        ("ROE HOLDINGS LTD.", "roe holdings", "Ltd"),
        ("The Roe Company Limited", "roe", "Ltd"),
        ("Röhe & Söhne GmbH & Co. KG", "rohe and sohne", "GmbH & Co. KG"),
        ("Roe Aktiengesellschaft", "roe", "AG"),
        ("Grupo Roe S.A.B. de C.V.", "grupo roe", "SAB de CV"),
        ("Roe S.à r.l.", "roe", "SARL"),
        ("\u041e\u041e\u041e Ромашка", "romashka", "OOO"),
        ("PT Roe Tbk", "roe", "Tbk"),
        ("Roe A/S", "roe", "AS"),
        ("Osaühing Roe", "osauhing roe", ""),
        ("Roe Sp. z o.o.", "roe", "Sp. z o.o."),
        ("株式会社サンプル", "sanpuru", "株式会社"),
        ("Roe Foundation", "roe foundation", ""),
        ("Roe Value Fund, LP", "roe value fund", "LP"),
        ("S.A Roe", "roe", "SA"),
        ("Limited", "limited", ""),
    ],
)
def test_company_core_and_legal_form(raw: str, core: str, form: str) -> None:
    found = check("company_name", raw)
    assert (found.value, found.details[0]["core"], found.details[0]["legal_form"]) == (raw, core, form)


def test_company_names_are_tidied_but_stay_as_registered() -> None:
    assert check("company_name", '  "ROE   TOOLS LTD" - N/A').value == '"ROE TOOLS LTD"'.strip('"')
    assert check("company_name", "Roe Ltd t/a Corner Shop").values == ("Roe Ltd", "Corner Shop")
    assert check("company_name", "Smith &amp; Roe").value == "Smith & Roe"
    assert check("company_name", "<UNAVAIL>").reasons == (Finding.PLACEHOLDER,)


@pytest.mark.parametrize(
    ("raw", "values"),
    [
        ("http://https://www.roe-bank.com", ["https://roe-bank.com"]),
        ("www,roe-bank.com", ["https://roe-bank.com"]),
        ("www:roe-bank.com", ["https://roe-bank.com"]),
        ("http://www.roe.com; www.roe.bank", ["http://roe.com", "https://roe.bank"]),
        ("www.roe.com/www.doe.com", ["https://roe.com", "https://doe.com"]),
        ("https://www.roe.com.", ["https://roe.com"]),
        ("HTTPS://Roe.COM/Shop/?utm_source=x&id=3#top", ["https://roe.com/Shop"]),
        ("http:/roe.com", ["http://roe.com"]),
        ("hhttps://roe.com", ["https://roe.com"]),
        ("Website: http://roe.com (no longer accessible)", ["http://roe.com"]),
        ("Roe Tools Ltd (roe.com)", ["https://roe.com"]),
        ("roe.com:443", ["https://roe.com"]),
        ("exämple.de", ["https://xn--exmple-cua.de"]),
        ("N/A", []),
        ("gunhild.wallin", []),
        ("anna@roe.com", []),
        ("ftp://roe.com", []),
        ("-.fr", []),
        ("https://roe-.com/x", []),
        ("www.roe.com roe.com", ["https://roe.com"]),
        ("www.zorbury.gov.uk", ["https://zorbury.gov.uk"]),
        ("https://www.gov.uk/zorbury", ["https://www.gov.uk/zorbury"]),
        ("http://192.168.0.1", []),
        ("In process of liquidation", []),
    ],
)
def test_website(raw: str, values: list[str]) -> None:
    assert list(check("website", raw).values) == values


def test_a_page_on_a_site_of_many_has_no_domain_of_its_own() -> None:
    found = check("website", "https://www.facebook.com/roetools")
    assert (found.status, found.reasons, found.details[0]["domain"]) == (Status.RISKY, (Finding.SHARED,), "")
    assert check("website", "https://shop.roe.co.uk").details[0]["domain"] == "roe.co.uk"


@pytest.mark.parametrize(
    ("raw", "domain"),
    [
        ("https://www.gov.uk/government/organisations/zorbury", ""),
        ("https://european-union.europa.eu/zorbury", "european-union.europa.eu"),
        ("https://europa.eu/zorbury", ""),
        ("https://www.gov.pl/web/zorbury", ""),
        ("https://www.zorbury.gov.uk/council", "zorbury.gov.uk"),
        ("https://zorbury.europa.eu", "zorbury.europa.eu"),
        ("https://intra.bmzorb.bund.de", "bmzorb.bund.de"),
    ],
)
def test_a_page_of_a_governments_portal_is_no_domain_of_one_body(raw: str, domain: str) -> None:
    found = check("website", raw)
    assert found.values == (raw.replace("//www.zorbury", "//zorbury"),)
    assert found.details[0]["domain"] == domain
    assert (Finding.SHARED in found.reasons) is (domain == "")


@pytest.mark.parametrize(
    ("raw", "url", "kind"),
    [
        ("linkedin.com/company/Roe-Tools/?trk=x", "https://www.linkedin.com/company/roe-tools", "company_page"),
        ("https://de.linkedin.com/in/anna-roe/de", "https://www.linkedin.com/in/anna-roe", "person_page"),
        ("https://www.xing.com/companies/roetools", "https://www.xing.com/pages/roetools", "company_page"),
        ("https://twitter.com/roetools", "https://x.com/roetools", "page"),
        ("youtube.com/@RoeTools", "https://www.youtube.com/@roetools", "company_page"),
        ("youtube.com/channel/UCabcDEF", "https://www.youtube.com/channel/UCabcDEF", "company_page"),
        ("https://github.com/roetools", "https://github.com/roetools", "page"),
    ],
)
def test_social_pages(raw: str, url: str, kind: str) -> None:
    found = check("social_profile", raw)
    assert (found.value, found.details[0]["page_kind"]) == (url, kind)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("https://x.com/roe/status/1", Finding.NOT_A_PAGE),
        ("https://www.linkedin.com/feed/update/urn:li:activity:1", Finding.NOT_A_PAGE),
        ("https://www.linkedin.com", Finding.NOT_A_PAGE),
        ("https://www.instagram.com/p/abc", Finding.NOT_A_PAGE),
        ("https://roe.com/company/x", Finding.NOT_A_PAGE),
        ("https://vk.com/roe", Finding.PRIVATE_NETWORK),
        ("https://t.me/roe", Finding.PRIVATE_NETWORK),
        ("https://www.facebook.com/profile.php?id=1", Finding.PRIVATE_NETWORK),
    ],
)
def test_what_is_no_business_page(raw: str, reason: Finding) -> None:
    found = check("social_profile", raw)
    assert (found.values, found.reasons) == ((), (reason,))


@pytest.mark.parametrize(
    ("raw", "values", "status"),
    [
        ("GB-COH:1234567", ("GB-COH:01234567",), Status.VALID),
        ("gb-coh: sc12345", ("GB-COH:SC012345",), Status.VALID),
        ("RA000585:01234567", ("GB-COH:01234567",), Status.VALID),
        ("US-CIK:1234", ("US-CIK:0000001234",), Status.VALID),
        ("US-NPI:1234567893", ("US-NPI:1234567893",), Status.VALID),
        ("US-NPI:1234567890", (), Status.INVALID),
        ("US-NPI:1234567893.0", ("US-NPI:1234567893",), Status.VALID),
        ("LEI:529900T8BM49AURSDO56", (), Status.INVALID),
        ("FR-SIREN:732 829 320", ("FR-SIREN:732829320",), Status.VALID),
        ("ROR:https://ror.org/05dxps055", ("ROR:05dxps055",), Status.VALID),
        ("ZZ-REG:77", ("ZZ-REG:77",), Status.UNKNOWN),
        ("just text", (), Status.INVALID),
        ("US-EIN:<UNAVAIL>", (), Status.INVALID),
        ("GB-COH:00000000", (), Status.INVALID),
    ],
)
def test_identifiers(raw: str, values: tuple[str, ...], status: Status) -> None:
    found = check("identifier", raw)
    assert (found.values, found.status) == (values, status)


@pytest.mark.parametrize(
    ("raw", "seniority", "department"),
    [
        ("CHIEF EXECUTIVE OFFICER", "c_level", ""),
        ("Chief Financial Officer", "c_level", "finance"),
        ("Co-Founder & CEO", "owner", ""),
        ("Inhaber", "owner", ""),
        ("Geschäftsführerin", "c_level", ""),
        ("Leiter Einkauf", "director", "procurement"),
        ("Directrice des ressources humaines", "director", "human_resources"),
        ("Gerente de Ventas", "manager", "sales"),
        ("Senior Vice President of Sales", "vp", "sales"),
        ("Assistant to the Managing Director", "staff", "administration"),
        ("Software Engineer", "staff", "engineering"),
        ("IT-Leiter", "director", "it"),
        ("Senior VP, CFO", "c_level", "finance"),
    ],
)
def test_titles(raw: str, seniority: str, department: str) -> None:
    details = check("job_title", raw).details[0]
    assert (details["seniority"], details["department"]) == (seniority, department)


def test_titles_in_capitals_are_put_right() -> None:
    assert check("job_title", "VP OF SALES, EMEA").value == "VP of Sales, EMEA"
    assert check("department", "HUMAN RESOURCES").value == "Human Resources"


ADDRESS = {"street_address": "12 MAIN ST", "locality": "BOSTON", "region": "MA", "postal_code": "021391234"}


def test_an_address_from_its_parts() -> None:
    found = check("address", "", parts={**ADDRESS, "country_code": "USA"})
    assert found.value == "12 Main St, Boston, Massachusetts, 02139-1234, US"
    assert (found.status, found.reasons) == (Status.VALID, ())


@pytest.mark.parametrize(
    ("changed", "status", "reason"),
    [
        ({"region": "California"}, Status.RISKY, Finding.POSTAL_CODE),
        ({"postal_code": "ABC"}, Status.RISKY, Finding.POSTAL_CODE),
        ({"street_address": "c/o Roe LLC, 12 Main St"}, Status.RISKY, Finding.CARE_OF),
        ({"country_code": "Nowhere", "postal_code": "1"}, Status.UNKNOWN, Finding.UNKNOWN_COUNTRY),
        ({"locality": "N/A"}, Status.UNKNOWN, Finding.INCOMPLETE),
        ({"country_code": "Nowhere"}, Status.UNKNOWN, Finding.UNKNOWN_COUNTRY),
    ],
)
def test_what_is_wrong_with_an_address(changed: dict[str, str], status: Status, reason: Finding) -> None:
    found = check("address", "", parts={**ADDRESS, "country_code": "US", **changed})
    assert (found.status, found.reasons) == (status, (reason,))


def test_an_address_in_one_line() -> None:
    found = check("address", "1 High Street, London N1 1AA, United Kingdom")
    assert found.value == "1 High Street, London, N1 1AA, GB"
    assert found.details[0]["locality"] == "London"
    german = check("address", "Musterweg 1, 10115 Berlin", "DE")
    assert (german.details[0]["postal_code"], german.details[0]["locality"]) == ("10115", "Berlin")


@pytest.mark.parametrize(
    ("raw", "country", "value", "status"),
    [
        ("N/A", "GB", None, Status.INVALID),
        ("1 Main Street, Boston, MA 02139, USA", None, "1 Main Street, Boston, Massachusetts, 02139, US", Status.VALID),
        ("1 Main Street", None, "1 Main Street", Status.UNKNOWN),
        ("1 Gata, Nuuk, 3900, Greenland", None, "1 Gata, Nuuk, 3900, GL", Status.VALID),
        ("1 Harbour Road, Roseau, Dominica", None, "1 Harbour Road, Roseau, DM", Status.VALID),
    ],
)
def test_more_addresses_in_one_line(raw: str, country: str | None, value: str | None, status: Status) -> None:
    found = check("address", raw, country)
    assert (found.value, found.status) == (value, status)


@pytest.mark.parametrize(
    ("region", "country", "shown"),
    [("DE", "US", "Delaware"), ("US", "US", ""), ("", "US-MA", "Massachusetts"), ("KENT", "GB", "Kent"),
     ("", "Northern Ireland", "Northern Ireland"), ("England", "GB", "England"), ("OLD SHIRE", "GB", "Old Shire")],
)  # fmt: skip
def test_regions_of_addresses(region: str, country: str, shown: str) -> None:
    parts = {"street_address": "1 Road", "locality": "Town", "region": region, "country_code": country}
    assert check("address", "", parts=parts).details[0]["region"] == shown


@pytest.mark.parametrize(
    ("field", "raw", "country", "value", "status"),
    [
        ("region", "Old Shire", "GB", "Old Shire", Status.UNKNOWN),
        ("region", "77", "GB", None, Status.INVALID),
        ("region", "none", "GB", None, Status.INVALID),
        ("postal_code", "4711", None, "4711", Status.UNKNOWN),
        ("street_address", "c/o Roe LLC", None, None, Status.INVALID),
        ("street_address", "c/o Roe LLC, 1 Road", None, "1 Road", Status.RISKY),
        ("country_code", "n/a", None, None, Status.INVALID),
        ("identifier", "LEI:short", None, None, Status.INVALID),
        ("identifier", "US-CAGE:12", None, None, Status.INVALID),
        ("identifier", "GB-COH:12", None, "GB-COH:00000012", Status.VALID),
        ("identifier", "GB-COH:ABCDEFGH", None, None, Status.INVALID),
        ("identifier", "US-NPI:12", None, None, Status.INVALID),
        ("identifier", "DK-CVR:DK13585628", None, "DK-CVR:13585628", Status.VALID),
        ("relation", "none", None, None, Status.INVALID),
        ("first_name", "n/a", None, None, Status.INVALID),
        ("first_name", "R2D2", None, None, Status.INVALID),
        ("phone", "ext", "GB", None, Status.INVALID),
        ("phone", "+49 30 123456-0/-12", None, "+49301234560", Status.VALID),
        ("status", "who knows", None, None, Status.INVALID),
        ("status", "Aktiv seit 2001", None, "active", Status.VALID),
        ("jurisdiction", "none", None, None, Status.INVALID),
        ("jurisdiction", "Atlantis", None, None, Status.INVALID),
        ("industry", "none", None, None, Status.INVALID),
        ("incorporated_on", "last spring", None, None, Status.INVALID),
        ("legal_form", "n/a", None, None, Status.INVALID),
        ("job_title", "anna@roe.com", None, None, Status.INVALID),
        ("website", "http://a.example", None, None, Status.INVALID),
        ("website", "roe.com?token=x (old)", None, "https://roe.com", Status.VALID),
    ],
)
def test_edges(field: str, raw: str, country: str | None, value: str | None, status: Status) -> None:
    found = check(field, raw, country)
    assert (found.value, found.status) == (value, status)


def test_a_whole_address_in_the_field_of_the_street_is_cut() -> None:
    parts = {"street_address": "UNIT 2,HIGH STREET, , LEITH, United Kingdom, EH66AA", "country_code": "GB"}
    assert check("address", "", parts=parts).value == "Unit 2, High Street, Leith, EH6 6AA, GB"


def test_norway_is_not_a_placeholder() -> None:
    parts = {"street_address": "Gata 1", "locality": "OSLO", "postal_code": "0150", "country_code": "NO"}
    assert check("address", "", parts=parts).value == "Gata 1, Oslo, 0150, NO"


def test_a_nation_of_the_united_kingdom_is_a_region() -> None:
    parts = {
        "street_address": "1 High Street",
        "locality": "Leith",
        "postal_code": "eh66aa",
        "country_code": "Scotland",
    }
    found = check("address", "", parts=parts)
    assert found.details[0]["region"] == "Scotland"
    assert found.value == "1 High Street, Leith, EH6 6AA, GB"


def test_an_unknown_field_is_named_and_its_value_is_not() -> None:
    with pytest.raises(ValueError, match="shoe_size") as caught:
        check("shoe_size", "secret")
    assert "secret" not in str(caught.value)


def test_every_field_of_the_card_has_a_rule() -> None:
    assert CARD.keys() <= RULES.keys()


MARKS = st.sampled_from(
    [*"@.,;:/\\-_ ()[]<>&+#?=%\n\t'\"", "http", "www.", "com", "de", "Ltd", "ext", "c/o", "00", "xn--", "\u202e", "İ"]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.one_of(MARKS, st.text(max_size=4)), max_size=12).map("".join))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    field=st.sampled_from(sorted(RULES)),
    raw=TEXTS,
    country=st.sampled_from([None, "US", "GB", "DE", "JP"]),
    label=st.sampled_from(["", "surname_first"]),
)
def test_no_text_makes_a_rule_raise(field: str, raw: str, country: str | None, label: str) -> None:
    found = check(field, raw, country, label)
    assert isinstance(found, Check)
    assert len(found.values) == len(found.details) == len(set(found.values))
    assert all(value.strip() for value in found.values)
    assert set(found.reasons) <= CODES
    assert bool(found.values) != (found.status is Status.INVALID) or found.status is Status.UNKNOWN


STABLE = (
    "email_address",
    "phone",
    "website",
    "social_profile",
    "identifier",
    "company_name",
    "country_code",
    "industry",
)


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(field=st.sampled_from(STABLE), raw=TEXTS)
def test_a_normal_form_is_its_own_normal_form(field: str, raw: str) -> None:
    for value in check(field, raw, "GB").values:
        assert check(field, value, "GB").values == (value,)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("1 High Street|Leeds|England|LS1 4DY|GB", "1 HIGH STREET|leeds||ls14dy|England"),
        ("HAUPTSTRASSE 5|M\u00dcNCHEN||80331|DE", "Hauptstra\u00dfe 5|M\u00fcnchen||80331|DE"),
        ("Hauptstr. 5|M\u00fcnchen||80331|DE", "hauptstrasse 5|m\u00fcnchen||80331|DE"),
        ("Kurze Str. 5|Wien||1010|AT", "KURZE STRASSE 5|WIEN||1010|AT"),
        ("Seestra\u00dfe 5|Basel||4001|CH", "SEESTRASSE 5|BASEL||4001|CH"),
    ],
)
def test_one_address_has_one_normal_form(left: str, right: str) -> None:
    one, other = (check("address", "", parts=dict(zip(ADDRESS_PARTS, text.split("|"), strict=True)))
                  for text in (left, right))  # fmt: skip
    assert one.value
    assert one.value == other.value


def test_a_person_to_the_attention_of_whom_stands_in_no_address() -> None:
    parts = {"street_address": "ATTN: ORLA WEXCOMBE, 1 QUARRY RD", "locality": "MAPLEWICK", "postal_code": "43001",
             "country_code": "US"}  # fmt: skip
    found = check("address", "", parts=parts)
    assert found.details[0]["street_address"] == "1 Quarry Rd"
    assert Finding.CARE_OF in found.reasons


@pytest.mark.parametrize(
    "value", ["FirstName MiddleName LastName", "Last Name, First Name", "Organization1", "ÑÑÑÑÑÑÑÑ"]
)
def test_what_a_template_or_a_wrong_encoding_leaves_is_a_placeholder(value: str) -> None:
    assert is_placeholder(value)
    assert not is_placeholder("Firstname Bank")
    assert not is_placeholder("AAA")
