"""OCDS releases: buyers, suppliers and other parties of public contracts, with the buyers' contact points."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import tldextract
import yaml

from pipelines.card import Card, Kind, Party
from pipelines.faults import BadRecord
from pipelines.reasons import RecordFault
from pipelines.screen.contact_name import ContactPoint, attach, words
from pipelines.screen.party import has_form, leads_to_a_person, of_words
from pipelines.screen.reading import Record, each, text, texts
from pipelines.verify.countries import country_code
from pipelines.verify.domains import registrable
from pipelines.verify.website import judge as judge_site

_DOMAINS = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
_PLATFORMS: Mapping[str, Sequence[str]] = yaml.safe_load(Path(__file__).with_name("platforms.yml").read_text("utf-8"))
_PLATFORM = re.compile(rf"(?:{'|'.join(_PLATFORMS['names'])})(?: |$)")
_PLATFORM_DOMAINS = frozenset(_PLATFORMS["domains"])

BUYING = frozenset({"buyer", "procuringEntity"})
SELLING = frozenset({"supplier", "tenderer"})
INLINE = {
    "buyer": "buyer",
    "tender/procuringEntity": "procuringEntity",
    "tender/tenderers": "tenderer",
    "awards/suppliers": "supplier",
}
"""Where releases of OCDS 1.0 write their organisations out, and in which role."""

COMPANY_REGISTERS = frozenset({"GB-COH", "GB-NIR", "US-EDGAR", "IE-CRO"})
"""Schemes that number legal entities only, so that a number in them proves one; merchants stand in FR-RCS, DE-CR and
NL-KVK as well, and have LEIs."""

_SCHEMES = {"XI-LEI": "LEI"}
_SOLE_TRADER = re.compile(
    r"\b(sole|soletraders?|individuals?|natural person|persona (f[ií]sica|natural)|self ?employed)\b", re.IGNORECASE
)
_CAMEL_OR_SIGN = re.compile(r"(?<=[^\W\d_])(?<![A-Z])(?=[A-Z])|[\W_]+")
_NUTS = re.compile(r"UK[A-N]\d*|[A-Z]{2}[A-Z]?\d[A-Z\d]{0,2}")
_GOVERNMENTS = frozenset({"gov", "gob", "gouv", "govt", "gub", "mil", "go"})

_LOST_BREAK = re.compile(r"\\+r\\+n|\\+[rn]|(?<=[a-z0-9,. ])rn(?=[A-Z0-9])|(?<=[A-Z0-9,. ])n(?=[A-Z0-9]| {2})")
_PERHAPS_BREAK = re.compile(r"(?<=[a-z])n(?=[A-Z0-9]| {2})")

_LONG, _SHORT = 4, 3
"""Letters of a word that may begin a domain, and of initials that may be one."""


def releases(record: Record) -> Iterator[Card]:
    """The parties of one release, compiled or not, each followed by its contact person.

    Raises:
        BadRecord: The release has no ocid or id, or names no party.
    """
    ocid, release = text(record, "ocid"), text(record, "id")
    if "compiled" in texts(record, "tag"):
        release = "compiled"
    if not ocid or not release:
        raise BadRecord(RecordFault.NO_KEY)
    seen: Counter[str] = Counter()
    listed = list(_organisations(record))
    for party, roles in listed:
        key = text(party, "id") or _first_identifier(party) or "party"
        seen[key] += 1
        number = f"#{seen[key]}" if seen[key] > 1 else ""
        others = [other for other, _ in listed if other is not party]
        yield from _cards(party, roles, others, f"{ocid}/{release}/{key}{number}", text(record, "date"))
    if not seen:
        raise BadRecord(RecordFault.NO_NAME)


release_packages = record_packages = record_releases = release_lines = releases
"""Each feed's items are releases: the feeds differ in where a file keeps them."""


def _organisations(record: Record) -> Iterator[tuple[Record, frozenset[str]]]:
    """Organisations that have a name, with their roles; those written out inline where there is no parties list."""
    listed = list(each(record, "parties"))
    for party in listed:
        if _names(party):
            yield party, frozenset(texts(party, "roles"))
    if listed:
        return
    for path, role in INLINE.items():
        for party in each(record, path):
            if isinstance(party, dict) and _names(party):
                yield party, frozenset({role})


def _names(party: Record) -> dict[str, str]:
    """Names of the party, each once, with what the source says of them."""
    legal, name = text(party, "identifier/legalName"), text(party, "name")
    names = {legal: "legal"} if legal else {}
    if name and words(name) != words(legal):
        names[name] = ""
    return names


def _first_identifier(party: Record) -> str:
    return "-".join(filter(None, (text(party, "identifier/scheme"), text(party, "identifier/id"))))


def _cards(party: Record, roles: frozenset[str], others: list[Record], key: str, date: str) -> Iterator[Card]:
    names = _names(party)
    card = Card(Kind.COMPANY, key, party=_party(party, roles, names), updated_on=_day(date))
    for name, label in names.items():
        card.add("company_name", name, label)
    for identifier in (*each(party, "identifier"), *each(party, "additionalIdentifiers")):
        _identify(card, identifier)
    if not _is_platform(names):  # the buyer's, like all that stands beside a platform's name
        _address(card, party, names)
    card.add("website", _site(text(party, "details/url"), names))
    people: list[Card] = []
    for number, contact in enumerate([*each(party, "contactPoint"), *each(party, "additionalContactPoints")]):
        if _is_its_own(contact, party, roles, others):
            card.add("website", _site(text(contact, "url"), names))
            point = _contact_point(contact)
            people += attach(card, point, text(party, "name"), f"contact{number or ''}")
    yield card
    yield from people


def _day(moment: str) -> str:
    return moment[:10] if re.match(r"\d{4}-\d\d-\d\d", moment) else ""


def _party(party: Record, roles: frozenset[str], names: dict[str, str]) -> Party:
    """What the release proves; who sells or buys without a number in a company register may be anyone.

    A sole trader is one whatever number stands beside it, and a buyer is a public body by the words of its name only.
    """
    kinds = [*texts(party, "details/scale"), *texts(party, "details/legalEntityTypeDetail")]
    if any(_SOLE_TRADER.search(_CAMEL_OR_SIGN.sub(" ", kind)) for kind in kinds):
        return Party.SOLE_TRADER
    if any(scheme.upper() in COMPANY_REGISTERS for scheme in _schemes(party)):
        return Party.COMPANY
    if roles & BUYING and not roles & SELLING and not (_is_platform(names) or any(map(has_form, names))):
        return Party.PUBLIC_BODY if Party.PUBLIC_BODY in map(of_words, names) else Party.UNKNOWN
    return Party.UNKNOWN


def _schemes(party: Record) -> Iterator[str]:
    for path in ("identifier", "additionalIdentifiers"):
        yield from (text(one, "scheme") for one in each(party, path) if text(one, "id"))


def _identify(card: Card, identifier: Record) -> None:
    """A number counts only with the scheme that gave it out; some exporters make it a float."""
    scheme, number = text(identifier, "scheme"), text(identifier, "id")
    if not scheme or not number:
        return
    number = re.sub(r"(?<=\d)\.0$", "", number)
    if scheme == "GB-COH" and number.isdigit():
        number = number.zfill(8)
    card.add("identifier", f"{_SCHEMES.get(scheme, scheme)}:{number}")


def _address(card: Card, party: Record, names: Mapping[str, str]) -> None:
    region, country = text(party, "address/region"), text(party, "address/country")
    said = country or text(party, "address/countryName")
    people = [*names, *(text(contact, "name") for contact in each(party, "contactPoint"))]
    street, postal_code = _lines(text(party, "address/streetAddress")), text(party, "address/postalCode")
    if leads_to_a_person(street):
        street, postal_code = "", ""
    card.add(
        "address",
        None,
        street_address=_without_a_person(street, people),
        locality=_lines(text(party, "address/locality")),
        region="" if _NUTS.fullmatch(region) else region,
        postal_code=postal_code,
        country_code=country_code(said) or said,
    )


def _lines(street: str) -> str:
    """The text with commas for line breaks, also those of which an exporter left `rn` or `n` (`High StreetrnZorbury`).

    One `n` before a capital may be a slip (`LondonNW1`), so it takes a second sign to read it as a break.
    """
    signs = len(_LOST_BREAK.findall(street)) + len(_PERHAPS_BREAK.findall(street))
    mended = _LOST_BREAK.sub("\n", street)
    mended = _PERHAPS_BREAK.sub("\n", mended) if signs > 1 else mended
    return ", ".join(filter(None, (line.strip(" ,") for line in mended.splitlines()))) if mended != street else street


def _without_a_person(street: str, people: list[str]) -> str:
    """The address without a first line that is the name of who is to be found there."""
    first, comma, rest = street.partition(",")
    named = any(words(first) == words(name) for name in people if name)
    return rest.strip() if comma and named and not re.search(r"\d", first) else street


def _contact_point(contact: Record) -> ContactPoint:
    return ContactPoint(
        name=text(contact, "name"),
        emails=tuple(texts(contact, "email")),
        phones=tuple(texts(contact, "telephone")),
        faxes=tuple(texts(contact, "faxNumber")),
    )


def _site(url: str, names: Mapping[str, str]) -> str:
    """The address of a web site, empty when it can only be somebody else's."""
    return "" if _is_strange(_domain_of_site(url), names) else url


def _domain_of_site(url: str) -> str:
    return next((found.details.get("domain", "") for found in judge_site(url)), "") if url else ""


def _is_strange(domain: str, names: Mapping[str, str]) -> bool:
    """Whether a domain is another's: a platform's, a buyer's beside a platform's name, a state's beside a firm's."""
    parts = _DOMAINS(domain)
    platform = _is_platform(names)
    if domain in _PLATFORM_DOMAINS:
        return not platform
    if not parts.suffix or any(_named_after("".join(words(parts.domain)), words(name)) for name in names):
        return False
    return platform or (_is_government(parts.suffix) and any(map(has_form, names)))


def _is_platform(names: Mapping[str, str]) -> bool:
    return any(_PLATFORM.match(" ".join(words(name))) for name in names)


def _is_government(suffix: str) -> bool:
    return suffix.partition(".")[0] in _GOVERNMENTS


def _is_its_own(contact: Record, party: Record, roles: frozenset[str], others: list[Record]) -> bool:
    """Whether a contact is the party's, not another's whom the publisher wrote under it.

    A buyer's is taken as its own unless the mailbox is strange to it or agrees with another party only; a supplier's
    must agree.
    """
    mail = text(contact, "email").rpartition("@")[2]
    if _is_strange(registrable(mail), _names(party)):
        return False
    return _agrees(mail, party) or bool(roles & BUYING and not any(_agrees(mail, other) for other in others))


def _agrees(host: str, party: Record) -> bool:
    """Whether a host of mailboxes is the party's site's, or named after the party; a supplier is no government."""
    mail, names = _DOMAINS(host), _names(party)
    if not mail.domain or not mail.suffix:
        return False
    if registrable(host) == _domain_of_site(_site(text(party, "details/url"), names)):
        return True
    label = "".join(words(mail.domain))
    governs = not _is_government(mail.suffix) or bool(BUYING & frozenset(texts(party, "roles")))
    return governs and any(_named_after(label, words(name)) for name in names)


def _named_after(label: str, name: list[str]) -> bool:
    """Whether a domain's label is a word of the name, begins with a long one, or is its initials."""
    initials = "".join(word[0] for word in name)
    long_words = [word for word in name if len(word) >= _LONG]
    return (
        label in name
        or (len(label) >= _SHORT and label in (initials, "".join(name)))
        or label.startswith(tuple(long_words) or ("\0",))
    )
