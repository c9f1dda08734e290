"""OCDS releases: buyers, suppliers and other parties of public contracts, with the buyers' contact points."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import tldextract
from cleanco import matches, typesources

from pipelines.card import Card, Kind, Party
from pipelines.faults import BadRecord
from pipelines.reasons import RecordFault
from pipelines.screen.contact_name import ContactPoint, attach, words
from pipelines.screen.reading import Record, each, text, texts

_DOMAINS = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
_COMPANY_FORMS = typesources()

BUYING = frozenset({"buyer", "procuringEntity"})
SELLING = frozenset({"supplier", "tenderer"})
INLINE = {
    "buyer": "buyer",
    "tender/procuringEntity": "procuringEntity",
    "tender/tenderers": "tenderer",
    "awards/suppliers": "supplier",
}
"""Where releases of OCDS 1.0 write their organisations out, and in which role."""

COMPANY_REGISTERS = frozenset({"GB-COH", "GB-NIR", "XI-LEI", "LEI", "US-EDGAR", "FR-RCS", "DE-CR", "NL-KVK", "IE-CRO"})
"""Schemes that number legal entities only, so that a number in them proves one."""

_SCHEMES = {"XI-LEI": "LEI"}
_SOLE_TRADER = re.compile(
    r"\b(sole|individuals?|natural person|persona (f[ií]sica|natural)|self.?employed)\b", re.IGNORECASE
)
_NUTS = re.compile(r"UK[A-N]\d*|[A-Z]{2}[A-Z]?\d[A-Z\d]{0,2}")
_GOVERNMENTS = frozenset({"gov", "gob", "gouv", "govt", "gub", "mil", "go"})

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
    for party, roles in _organisations(record):
        key = text(party, "id") or _first_identifier(party) or "party"
        seen[key] += 1
        number = f"#{seen[key]}" if seen[key] > 1 else ""
        yield from _cards(party, roles, f"{ocid}/{release}/{key}{number}", text(record, "date"))
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


def _cards(party: Record, roles: frozenset[str], key: str, date: str) -> Iterator[Card]:
    names = _names(party)
    card = Card(Kind.COMPANY, key, party=_party(party, roles, names), updated_on=_day(date))
    for name, label in names.items():
        card.add("company_name", name, label)
    for identifier in (*each(party, "identifier"), *each(party, "additionalIdentifiers")):
        _identify(card, identifier)
    _address(card, party)
    card.add("website", text(party, "details/url"))
    people: list[Card] = []
    for number, contact in enumerate([*each(party, "contactPoint"), *each(party, "additionalContactPoints")]):
        if roles & BUYING or _agrees(contact, party, names):
            card.add("website", text(contact, "url"))
            point = _contact_point(contact)
            people += attach(card, point, text(party, "name"), f"contact{number or ''}")
    yield card
    yield from people


def _day(moment: str) -> str:
    return moment[:10] if re.match(r"\d{4}-\d\d-\d\d", moment) else ""


def _party(party: Record, roles: frozenset[str], names: dict[str, str]) -> Party:
    """What the release proves; a supplier without a number in a company register may be anyone."""
    kinds = [*texts(party, "details/scale"), *texts(party, "details/legalEntityTypeDetail")]
    if any(_SOLE_TRADER.search(kind) for kind in kinds):
        return Party.SOLE_TRADER
    if any(scheme.upper() in COMPANY_REGISTERS for scheme in _schemes(party)):
        return Party.COMPANY
    if roles & BUYING and not roles & SELLING and not any(matches(name, _COMPANY_FORMS) for name in names):
        return Party.PUBLIC_BODY
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


def _address(card: Card, party: Record) -> None:
    region = text(party, "address/region")
    card.add(
        "address",
        None,
        street_address=text(party, "address/streetAddress"),
        locality=text(party, "address/locality"),
        region="" if _NUTS.fullmatch(region) else region,
        postal_code=text(party, "address/postalCode"),
        country_code=text(party, "address/country") or text(party, "address/countryName"),
    )


def _contact_point(contact: Record) -> ContactPoint:
    return ContactPoint(
        name=text(contact, "name"),
        emails=tuple(texts(contact, "email")),
        phones=tuple(texts(contact, "telephone")),
        faxes=tuple(texts(contact, "faxNumber")),
    )


def _agrees(contact: Record, party: Record, names: dict[str, str]) -> bool:
    """Whether the contact's e-mail is at the party's site, or at a domain named after the party.

    Some publishers write the buyer's contact under the supplier; a government's domain is never a supplier's.
    """
    mail = _DOMAINS(text(contact, "email").rpartition("@")[2])
    if not mail.domain or not mail.suffix:
        return False
    sites = [_DOMAINS(text(party, "details/url"))]
    if any(site.suffix and (site.domain, site.suffix) == (mail.domain, mail.suffix) for site in sites):
        return True
    if mail.suffix.split(".")[0] in _GOVERNMENTS:
        return False
    label = "".join(words(mail.domain))
    return any(_named_after(label, words(name)) for name in names)


def _named_after(label: str, name: list[str]) -> bool:
    """Whether a domain's label is a word of the name, begins with a long one, or is its initials."""
    initials = "".join(word[0] for word in name)
    long_words = [word for word in name if len(word) >= _LONG]
    return (
        label in name
        or (len(label) >= _SHORT and label in (initials, "".join(name)))
        or label.startswith(tuple(long_words) or ("\0",))
    )
