"""TED eForms: companies of the European Union, a notice each."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import pycountry

from tests.world.model import Firm, Mention, Planted

SOURCE = "ted_eforms"
EUROPE = frozenset(
    {"AT", "BE", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "IE", "IT", "LT", "LU", "NL", "PL", "PT", "SE"}
)
_ROOT = "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1"


class Writer:
    """Every company of the Union in a notice of its own; its first person is the contact point."""

    def __init__(self, folder: Path, rng: random.Random, snapshot: str) -> None:
        """Remembers where to write."""
        self._folder, self._rng, self._snapshot = folder, rng, snapshot

    def add(self, firm: Firm) -> Iterator[Mention | Planted]:
        """Writes one notice."""
        if firm.country not in EUROPE or firm.party not in {"company", "public_body"}:
            return
        owner = f"ted-owner-{firm.id}-{self._rng.getrandbits(40):x}"
        (self._folder / f"{firm.id}.xml").write_text(self._notice(firm, owner), encoding="utf-8")
        yield Planted(SOURCE, "ownership", owner)
        yield Mention(SOURCE, f"{firm.id}/ORG-0001", "company", firm.id)
        if firm.people:
            yield Mention(SOURCE, f"{firm.id}/ORG-0001/contact", "person", firm.people[0].id)

    def _notice(self, firm: Firm, owner: str) -> str:
        found = pycountry.countries.get(alpha_2=firm.country)
        country = found.alpha_3 if found else ""
        contact = f"<Telephone>{escape(firm.phone)}</Telephone>"
        if firm.people:
            person = firm.people[0]
            contact = (
                f"<Name>{escape(f'{person.first} {person.last}')}</Name>{contact}"
                f"<ElectronicMail>{escape(person.email)}</ElectronicMail>"
            )
        return (
            f'<ContractNotice xmlns="{_ROOT}"><UBLExtensions><UBLExtension><ExtensionContent><EformsExtension>'
            "<Organizations><Organization><NaturalPersonIndicator>false</NaturalPersonIndicator><Company>"
            f"<WebsiteURI>https://{escape(firm.domain)}</WebsiteURI>"
            '<PartyIdentification><ID schemeName="organization">ORG-0001</ID></PartyIdentification>'
            f"<PartyName><Name>{escape(firm.name)}</Name></PartyName><PostalAddress>"
            f"<StreetName>{escape(firm.place.street)}</StreetName><CityName>{escape(firm.place.locality)}</CityName>"
            f"<PostalZone>{escape(firm.place.postal_code)}</PostalZone>"
            f"<Country><IdentificationCode>{country}</IdentificationCode></Country></PostalAddress>"
            f"<PartyLegalEntity><CompanyID>{escape(firm.number)}</CompanyID></PartyLegalEntity>"
            f"<Contact>{contact}</Contact></Company></Organization>"
            f"<UltimateBeneficialOwner><FamilyName>{owner}</FamilyName></UltimateBeneficialOwner>"
            "</Organizations></EformsExtension></ExtensionContent></UBLExtension></UBLExtensions>"
            f'<ID schemeName="notice-id">{escape(firm.id)}</ID><IssueDate>{self._snapshot}Z</IssueDate>'
            "</ContractNotice>"
        )

    def close(self) -> None:
        """Ends with a notice that names organisations and no id."""
        text = (
            f'<ContractNotice xmlns="{_ROOT}"><UBLExtensions><UBLExtension><ExtensionContent><EformsExtension>'
            "<Organizations><Organization><Company><PartyName><Name>x</Name></PartyName></Company></Organization>"
            "</Organizations></EformsExtension></ExtensionContent></UBLExtension></UBLExtensions></ContractNotice>"
        )
        (self._folder / "without_id.xml").write_text(text, encoding="utf-8")
