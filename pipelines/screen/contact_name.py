"""Contact points of organisations: whether the name on one is a person's or a function's, and the cards that follow.

What belongs here: that decision, and how a contact point is spread over the company's card and a person's. What does
not: where a source keeps its contact points (its parser), and whether a person's name is one (`verify`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from anyascii import anyascii

from pipelines.card import Card, Kind, Role
from pipelines.verify.mailboxes import is_role_mailbox

_WORDS_OF_FUNCTIONS = (
    # English
    "procurement purchasing procuring department dept dpt division directorate team unit helpdesk desk enquiries "
    "enquiry inquiries secretariat tender tenders tendering etendering contracts contracting commissioning admin "
    "administration administrator committee contact contacts info information reception customer support mailbox "
    "inbox service services section tpo webmaster postmaster registry "
    # French
    "achats achat marches direction departement secretariat cellule mairie standard accueil renseignements "
    # German
    "vergabestelle einkauf abteilung referat sekretariat dezernat sachgebiet beschaffung vergabe verwaltung zentrale "
    # Italian, Spanish, Portuguese
    "ufficio settore servizio direzione appalti gare acquisti segreteria departamento servicio contratacion compras "
    "secretaria unidad unidade divisao contratacao aprovisionamento seccion "
    # Dutch and Nordic
    "afdeling inkoop aanbestedingen avdelning upphandling innkjop innkjoep anskaffelser udbud indkob indkoeb afdelning "
    "hankinnat hankinta osasto kirjaamo "
    # Central and eastern Europe
    "dzial wydzial zamowien zamowienia biuro oddeleni odbor zakazky osztaly kozbeszerzes kozbeszerzesi serviciul "
    "achizitii compartiment hange hanked iepirkumu nodala viesuju pirkimu skyrius sluzba nabava nabave odjel"
)
_FUNCTIONS = frozenset(_WORDS_OF_FUNCTIONS.split())
"""Words that name a function and nobody."""

_WORDS_OF_DOUBTFUL = (
    "sales office offices bureau commercial finance financial legal board archives estates marketing accounts press "
    "communications communication presse purchase purchases bid bids supply supplies software central head lead "
    "projects project management operations technical general corporate strategic category contrats buero amt "
    "oficina escritorio dienst kantoor"
)
_DOUBTFUL = frozenset(_WORDS_OF_DOUBTFUL.split())
"""Words that name a function, or are a family name, a job or a part of one: they do not decide alone."""

_COMPOUNDS = ("abteilung", "vergabestelle", "sekretariat", "verwaltung", "beschaffung", "einkauf", "procurement")
"""Endings of words that name a function."""

_NAMES = (2, 4)
"""Fewest and most words in a person's name."""


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """What a source says of how to reach an organisation, raw.

    Attributes:
        name: Of a person, a department or nobody.
        emails: Addresses.
        phones: Telephone numbers.
        faxes: Fax numbers.
        department: Unit of the organisation that it belongs to.
    """

    name: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    faxes: tuple[str, ...] = ()
    department: str = ""


def words(name: str) -> list[str]:
    """The words of a name in ASCII lower case, without digits and signs."""
    return re.findall(r"[a-z]+", str(anyascii(name)).lower())


def is_department(name: str, organisation: str = "", email: str = "") -> bool:
    """Whether the name on a contact point is nobody's: missing, the organisation's own, or a function's.

    A word that is somebody's family name as well (Sales, Board) decides only beside another such word or a role
    mailbox; a person's name with the department after it is a person's.

    Args:
        name: The name as written.
        organisation: Name of the organisation.
        email: The address beside it.
    """
    found = words(name)
    if not found or found == words(organisation):
        return True
    if _begins_with_a_person(name, organisation):
        return False
    if any(map(_is_function, found)):
        return True
    doubtful = sum(word in _DOUBTFUL for word in found)
    own = (set(found) - _DOUBTFUL) & set(words(email.partition("@")[0]))
    return doubtful > 1 or (doubtful == 1 and is_role_mailbox(email) and not own)


def _begins_with_a_person(name: str, organisation: str) -> bool:
    """Whether the part before a comma, bracket or dash reads as two to four names."""
    first, *rest = re.split(r"\s*[,;:|/(]\s*|\s+[-\u2013\u2014]\s+", name.strip())
    found = words(first)
    if not rest or not _NAMES[0] <= len(found) <= _NAMES[1] or not first.replace(".", "").istitle():
        return False
    return not any(_is_function(word) or word in _DOUBTFUL or word in words(organisation) for word in found)


def _is_function(word: str) -> bool:
    return word in _FUNCTIONS or word.endswith(_COMPOUNDS)


def attach(company: Card, point: ContactPoint, organisation: str, suffix: str = "contact") -> Iterator[Card]:
    """Spreads a contact point: a person gets a card of their own, all else is the organisation's.

    A role mailbox beside a person's name is the organisation's as well. A mailbox that reads as a person's, beside no
    person's name, is nobody's: the gate refuses it.

    Args:
        company: Card of the organisation; gains claims.
        point: The contact point.
        organisation: Name of the organisation.
        suffix: Last segment of the person's key.

    Yields:
        The person's card, when there is one.
    """
    for fax in point.faxes:
        company.add("phone", fax, "fax")
    if is_department(point.name, organisation, next(iter(point.emails), "")):
        _reach(company, point.emails, point.phones, "organisation")
        return
    _reach(company, tuple(filter(is_role_mailbox, point.emails)), (), "organisation")
    person = Card(
        Kind.PERSON,
        f"{company.key}/{suffix}",
        employer=company.key,
        role=Role.CONTACT_POINT,
        updated_on=company.updated_on,
        restriction=company.restriction,
    )
    person.add("full_name", point.name)
    person.add("department", point.department)
    _reach(person, point.emails, point.phones, "work")
    yield person


def _reach(card: Card, emails: tuple[str, ...], phones: tuple[str, ...], label: str) -> None:
    for email in emails:
        card.add("email_address", email, label)
    for phone in phones:
        card.add("phone", phone, label)
