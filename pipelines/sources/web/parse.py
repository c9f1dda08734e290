"""Web pages: organisations and the people whom they name, from JSON-LD, microdata and h-cards."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from stdnum import lei

from pipelines.card import Card, Kind, Party, Role
from pipelines.screen.formats.vcard import beside, said_of
from pipelines.screen.reading import Record, each, text, texts
from pipelines.sources.web.kinds import COMPANIES, ORGANISATIONS, PEOPLE, PUBLIC_BODIES

_STAFF = {
    "employee": Role.EMPLOYEE,
    "employees": Role.EMPLOYEE,
    "founder": Role.OFFICER,
    "founders": Role.OFFICER,
    "member": None,
    "members": None,
}
"""Properties of an organisation that name its people. Being a member is no role until a job title makes it one."""

_IDENTIFIERS = {"leiCode": "LEI", "vatID": "VAT", "duns": "DUNS", "taxID": "TAX"}
_ISO_6523 = {"0199": "LEI", "0060": "DUNS"}
"""Registers by their international code designator."""

_DESIGNATOR = re.compile(r"\d{4}")
_PERSONS = re.compile(
    r"""(?<![A-Z0-9])(?:
        \d{3}-\d{2}-\d{4}  # social security (US), and what stands in for it
        | [A-Z]{2}\d{6}[A-D]  # national insurance (GB)
        | [A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]  # codice fiscale (IT)
        | (?:ES)?(?:[XYZ]\d{7}|\d{8})[A-Z]  # NIE and DNI (ES)
        | [A-Z]{2}\d{2}[A-Z0-9]{11,30}  # IBAN: of an account, and no number of a register is so long and so begun
    )(?![A-Z0-9])
    | SSN | NINO | IBAN | PASS(?:PORT|APORT) | PASAPORTE | REISEPASS | SOCIAL-?SECURITY""",
    re.VERBOSE,
)
"""The shapes of numbers of persons and accounts, which pages write where an organisation's number belongs."""


@dataclass(frozen=True, slots=True)
class _Post:
    """Where a person works, and as what."""

    employer: str
    role: Role | None


def pages(record: Record) -> Iterator[Card]:
    """The organisations of one page, then its people, then each h-card with its organisations.

    A page without structured data gives no card.
    """
    page = text(record, "url") or text(record, "@digest")
    nodes = {text(node, "@node"): node for node in each(record, "item")}
    companies = {
        number: _company(f"{page}#{number}", node) for number, node in nodes.items() if _is(node, ORGANISATIONS)
    }
    companies = {number: card for number, card in companies.items() if card.claims}
    yield from companies.values()
    posts = _posts(nodes, companies)
    for number, node in nodes.items():
        if _is(node, PEOPLE):
            yield from _person(f"{page}#{number}", node, companies, posts.get(number))
    for position, node in enumerate(each(record, "hcard"), start=1):
        yield from _h_card(f"{page}#h{position}", node)


def _is(node: Record, kinds: frozenset[str]) -> bool:
    return not kinds.isdisjoint(texts(node, "@type"))


def _company(key: str, node: Record) -> Card:
    """The card of an organisation; without a claim when it has no name."""
    card = Card(Kind.COMPANY, key)
    names = [("legal", text(node, "legalName")), ("", text(node, "name"))]
    if not any(name for _, name in names):
        return card
    if _is(node, COMPANIES | PUBLIC_BODIES):
        card.party = Party.COMPANY if _is(node, COMPANIES) else Party.PUBLIC_BODY
    for label, name in [*names, *(("other", other) for other in texts(node, "alternateName"))]:
        card.add("company_name", name, label)
    _reach(card, node, "organisation")
    for point in [*each(node, "contactPoint"), *each(node, "contactPoints")]:
        _reach(card, point, "organisation")
    _addresses(card, node)
    for url in texts(node, "url"):
        card.add("website", url)
    for profile in texts(node, "sameAs"):
        card.add("social_profile", profile)
    for identifier in _identifiers(node):
        card.add("identifier", identifier)
    return card


def _reach(card: Card, node: Record, label: str) -> None:
    for number in texts(node, "telephone"):
        card.add("phone", number, _phone_label(number, label))
    for number in texts(node, "faxNumber"):
        card.add("phone", number, _phone_label(number, "fax"))
    for address in texts(node, "email"):
        card.add("email_address", address, _mail_label(address, label))


def _phone_label(number: str, label: str) -> str:
    """The label that the words beside a number give it, which stands before what its place on the page says."""
    said = said_of(beside(number))
    if not said.isdisjoint({"home", "pager"}):
        return "home" if "home" in said else "pager"
    if label:  # of an organisation: its mobile is a line of business
        return label
    if "mobile" in said:
        return "work_mobile" if "work" in said else "mobile"
    return "work" if "work" in said else ""


def _mail_label(address: str, label: str) -> str:
    return "home" if "home" in said_of(beside(address)) else label


def _addresses(card: Card, node: Record) -> None:
    for address in each(node, "address"):
        if isinstance(address, str):
            card.add("address", address)
            continue
        card.add(
            "address",
            None,
            street_address=text(address, "streetAddress") or text(address, "postOfficeBoxNumber"),
            locality=text(address, "addressLocality"),
            region=text(address, "addressRegion"),
            postal_code=text(address, "postalCode"),
            country_code=text(address, "addressCountry") or text(address, "addressCountry/name"),
        )


def _identifiers(node: Record) -> Iterator[str]:
    """The numbers of an organisation; of a node that is a person too none, since they may be the person's."""
    if _is(node, PEOPLE):
        return
    for name, scheme in _IDENTIFIERS.items():
        yield from (f"{scheme}:{value}" for value in texts(node, name) if not _of_person(value))
    for value in texts(node, "iso6523Code"):
        register, _, number = value.partition(":")
        if number and _DESIGNATOR.fullmatch(register) and not _of_person(number):
            yield f"{_ISO_6523.get(register, f'ISO6523-{register}')}:{number}"


def _of_person(number: str) -> bool:
    """Whether a number has the shape of a person's or an account's, however its groups are parted."""
    if lei.is_valid(number):
        return False
    written = unicodedata.normalize("NFKC", number).upper()
    dashed = re.sub(r"[\s./\u2010-\u2015-]+", "-", written)
    return any(_PERSONS.search(form) for form in (dashed, dashed.replace("-", "")))


def _posts(nodes: dict[str, Record], companies: dict[str, Card]) -> dict[str, _Post]:
    """Where the people work whom organisations name, by the number of the person's node."""
    posts: dict[str, _Post] = {}
    for number, company in companies.items():
        for name, role in _STAFF.items():
            for person in texts(nodes[number], f"{name}/@ref"):
                posts.setdefault(person, _Post(company.key, role))
    return posts


def _person(key: str, node: Record, companies: dict[str, Card], named: _Post | None) -> Iterator[Card]:
    card = Card(Kind.PERSON, key)
    card.add(
        "full_name",
        text(node, "name"),
        name_prefix=text(node, "honorificPrefix"),
        first_name=text(node, "givenName"),
        middle_name=text(node, "additionalName"),
        last_name=text(node, "familyName"),
        name_suffix=text(node, "honorificSuffix"),
    )
    if not card.claims:
        return
    titles = texts(node, "jobTitle") + texts(node, "jobTitle/name")
    _entitle(card, titles)
    _reach(card, node, "")
    _addresses(card, node)
    for url in texts(node, "url"):
        card.add("website", url)
    for profile in texts(node, "sameAs"):
        card.add("social_profile", profile)
    yield from _employ(card, node, companies, named, titled=bool(titles))
    yield card


def _employ(
    card: Card, node: Record, companies: dict[str, Card], named: _Post | None, *, titled: bool
) -> Iterator[Card]:
    """Gives the person an employer: its own `worksFor`, else who names it, else the page's only organisation.

    The employer's card is yielded where only `worksFor` names it, as a text.
    """
    own = next((companies[ref].key for ref in texts(node, "worksFor/@ref") if ref in companies), "")
    written = text(node, "worksFor") or text(node, "worksFor/name")
    if own or written:
        card.employer, card.role = own or f"{card.key}/org", Role.EMPLOYEE
    elif named:
        card.employer, card.role = named.employer, named.role or (Role.EMPLOYEE if titled else None)
    elif titled and len(companies) == 1:
        card.employer, card.role = next(iter(companies.values())).key, Role.EMPLOYEE
    if written and not own:
        employer = Card(Kind.COMPANY, card.employer)
        employer.add("company_name", written)
        yield employer


def _h_card(key: str, node: Record) -> Iterator[Card]:
    """Each organisation of an h-card and the person there; the organisation alone when the card is its own."""
    organisations = [(name, texts(org, "url")) for org in each(node, "org") if (name := _organisation(org))]
    names = texts(node, "name")
    if organisations and names in ([], [organisations[0][0]]):
        company = _h_company(key, *organisations[0])
        _h_contact(company, node, "organisation")
        yield company
        return
    first = _h_person(key, node)
    if not first.claims:
        return
    _h_contact(first, node, "")
    titles = texts(node, "job-title") or texts(node, "role")
    if not organisations:
        _entitle(first, titles)
        yield first
    for number, organisation in enumerate(organisations, start=1):
        person = first if number == 1 else _h_person(f"{key}/{number}", node)
        company = _h_company(f"{key}/org/{number}", *organisation)
        person.employer, person.role = company.key, Role.EMPLOYEE
        _entitle(person, titles if len(organisations) == 1 else titles[number - 1 : number])
        yield company
        yield person


def _organisation(org: Record | str) -> str:
    return org.strip() if isinstance(org, str) else text(org, "name") or text({"org": org}, "org")


def _h_company(key: str, name: str, urls: list[str]) -> Card:
    card = Card(Kind.COMPANY, key)
    card.add("company_name", name)
    for url in urls:
        card.add("website", url)
    return card


def _h_person(key: str, node: Record) -> Card:
    card = Card(Kind.PERSON, key)
    card.add(
        "full_name",
        text(node, "name"),
        name_prefix=text(node, "honorific-prefix"),
        first_name=text(node, "given-name"),
        middle_name=text(node, "additional-name"),
        last_name=text(node, "family-name"),
        name_suffix=" ".join(texts(node, "honorific-suffix")),
    )
    return card


def _entitle(card: Card, titles: list[str]) -> None:
    for title in titles:
        card.add("job_title", title)


def _h_contact(card: Card, node: Record, label: str) -> None:
    for number in texts(node, "tel"):
        card.add("phone", number, _phone_label(number, label))
    for address in texts(node, "email"):
        card.add("email_address", address, _mail_label(address, label))
    for url in texts(node, "url"):
        card.add("website", url)
    for place in [*each(node, "adr"), node]:
        lines = [*texts(place, "extended-address"), *texts(place, "street-address")]
        card.add(
            "address",
            place if isinstance(place, str) else None,
            street_address=", ".join(lines),
            locality=text(place, "locality"),
            region=text(place, "region"),
            postal_code=text(place, "postal-code"),
            country_code=text(place, "country-name"),
        )
