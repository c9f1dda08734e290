"""SEC EDGAR: a fifth of the American firms file with the commission, and their officers and directors with them."""

from __future__ import annotations

import hashlib
import json
import random
import zlib
from collections.abc import Iterator
from html import escape
from pathlib import Path

from pipelines.sources.edgar.parse import name_key
from tests.world.model import Firm, Human, Mention, Place, Planted
from tests.world.noise import plain, shout, sometimes

_RELATIONSHIPS = {"director": "Director", "officer": "Executive Officer"}
_FIRST_CIK = 7_000_001


class Writer:
    """Writes the list of tickers, a submissions document a filer, notices of offerings and insiders' statements."""

    def __init__(self, folder: Path, rng: random.Random, snapshot: str) -> None:
        self._folder, self._rng, self._snapshot = folder, rng, snapshot
        self._tickers = (folder / "company_tickers.json").open("w", encoding="utf-8")
        self._tickers.write("{")
        self._written = 0

    def add(self, firm: Firm) -> Iterator[Mention | Planted]:
        if firm.country != "US" or firm.party != "company" or zlib.crc32(b"edgar" + firm.id.encode()) % 5:
            return
        cik = f"{_FIRST_CIK + self._written:010d}"
        yield self._ticker(firm, cik)
        yield self._submission(firm, cik)
        insiders = [human for human in firm.people if human.role in _RELATIONSHIPS]
        if self._rng.random() < 0.5:
            yield from self._offering(firm, cik, [human for human in insiders if not human.ended_on])
        if insiders:
            yield Mention("edgar", f"{cik}/issuer", "company", firm.id)
        for human in insiders[:2]:
            yield from self._statement(firm, cik, human)

    def close(self) -> None:
        self._entry({"ticker": "NONE", "title": "A FILER WITHOUT A NUMBER"})
        self._tickers.write("}")
        self._tickers.close()

    def _entry(self, entry: dict[str, object]) -> None:
        self._tickers.write(f'{"," if self._written else ""}"{self._written}":{json.dumps(entry)}')
        self._written += 1

    def _ticker(self, firm: Firm, cik: str) -> Mention:
        symbol = f"X{self._written:05d}"
        self._entry({"cik_str": int(cik), "ticker": symbol, "title": shout(firm.name).replace(".", "")})
        return Mention("edgar", f"{cik}/ticker/{symbol}", "company", firm.id)

    def _submission(self, firm: Firm, cik: str) -> Mention:
        former = [{"name": shout(firm.former), "from": f"{firm.founded_on}T00:00:00.000Z", "to": None}]
        document = {
            "cik": cik.lstrip("0"),
            "entityType": "operating",
            "sic": "",
            "insiderTransactionForOwnerExists": 0,
            "insiderTransactionForIssuerExists": 1,
            "name": sometimes(self._rng, 0.02, plain(firm.name)),
            "tickers": [],
            "ein": "000000000",
            "website": firm.domain if self._rng.random() < 0.1 else "",
            "stateOfIncorporation": "DE",
            "stateOfIncorporationDescription": "DE",
            "addresses": {"mailing": _json_address(firm.branch or firm.place), "business": _json_address(firm.place)},
            "phone": self._phone(firm.phone),
            "formerNames": former if firm.former else [],
            "filings": {"recent": {"accessionNumber": [], "filingDate": []}, "files": []},
        }
        (self._folder / f"CIK{cik}.json").write_text(json.dumps(document), "utf-8")
        return Mention("edgar", cik, "company", firm.id)

    def _phone(self, number: str) -> str:
        digits = number.removeprefix("+1")
        written = (digits, f"{digits[:3]}-{digits[3:6]}-{digits[6:]}", f"({digits[:3]}) {digits[3:6]}-{digits[6:]}")
        return self._rng.choice(written)

    def _offering(self, firm: Firm, cik: str, people: list[Human]) -> Iterator[Mention | Planted]:
        amount = f"SOLD{cik}"
        related = "".join(_related_person(human) for human in people)
        issuer = (
            f"<cik>{cik}</cik><entityName>{escape(firm.name)}</entityName>"
            f"<issuerAddress>{_xml_address(firm.place)}</issuerAddress>"
            f"<issuerPhoneNumber>{self._phone(firm.phone)}</issuerPhoneNumber>"
            "<jurisdictionOfInc>DELAWARE</jurisdictionOfInc>"
            "<issuerPreviousNameList><value>None</value></issuerPreviousNameList>"
            f"<yearOfInc><withinFiveYears>true</withinFiveYears><value>{firm.founded_on[:4]}</value></yearOfInc>"
        )
        signature = f"<nameOfSigner>A Signer</nameOfSigner><signatureDate>{firm.updated_on}</signatureDate>"
        # a blank line before the declaration, as many of the true files have it
        (self._folder / f"D.{cik}.xml").write_text(
            '\n<?xml version="1.0"?>\n<edgarSubmission><schemaVersion>X0708</schemaVersion>'
            "<submissionType>D</submissionType><testOrLive>LIVE</testOrLive>"
            f"<primaryIssuer>{issuer}</primaryIssuer><relatedPersonsList>{related}</relatedPersonsList>"
            f"<offeringData><offeringSalesAmounts><totalAmountSold>{amount}</totalAmountSold></offeringSalesAmounts>"
            f"<signatureBlock><signature>{signature}</signature></signatureBlock></offeringData></edgarSubmission>",
            "utf-8",
        )
        yield Mention("edgar", f"{cik}/d", "company", firm.id)
        yield Planted("edgar", "money", amount)
        for human in people:
            key = f"{cik}/d/{name_key(human.first, human.middle, human.last)}"
            yield Mention("edgar", key, "person", human.id)
            yield Planted("edgar", "home", human.home.street)

    def _statement(self, firm: Firm, cik: str, human: Human) -> Iterator[Mention | Planted]:
        owner = f"{int(hashlib.sha256(human.id.encode()).hexdigest(), 16) % 10**9 + 10**9:010d}"
        note = f"NOTE{cik}{owner}"
        directs, manages = int(human.role == "director"), int(human.role == "officer")
        flags = f"<isDirector>{directs}</isDirector><isOfficer>{manages}</isOfficer>"
        (self._folder / f"form4.{cik}.{owner}.xml").write_text(
            '<?xml version="1.0"?>\n<ownershipDocument><schemaVersion>X0508</schemaVersion>'
            f"<documentType>4</documentType><periodOfReport>{human.ended_on or firm.updated_on}</periodOfReport>"
            f"<notSubjectToSection16>{int(bool(human.ended_on))}</notSubjectToSection16>"
            f"<issuer><issuerCik>{cik}</issuerCik><issuerName>{escape(firm.name)}</issuerName></issuer>"
            f"<reportingOwner><reportingOwnerId><rptOwnerCik>{owner}</rptOwnerCik>"
            f"<rptOwnerName>{escape(shout(f'{human.last} {human.first} {human.middle[:1]}').strip())}</rptOwnerName>"
            "</reportingOwnerId><reportingOwnerAddress>"
            f"<rptOwnerStreet1>{escape(human.home.street)}</rptOwnerStreet1></reportingOwnerAddress>"
            f"<reportingOwnerRelationship>{flags}<officerTitle>{escape(human.title)}</officerTitle>"
            f"</reportingOwnerRelationship></reportingOwner><footnotes><footnote id='F1'>{note}</footnote></footnotes>"
            "</ownershipDocument>",
            "utf-8",
        )
        yield Mention("edgar", f"{cik}/owner/{owner}", "person", human.id)
        yield Planted("edgar", "free_text", note)
        yield Planted("edgar", "home", human.home.street)


def _related_person(human: Human) -> str:
    return (
        f"<relatedPersonInfo><relatedPersonName><firstName>{escape(human.first)}</firstName>"
        f"<middleName>{escape(human.middle)}</middleName><lastName>{escape(human.last)}</lastName></relatedPersonName>"
        f"<relatedPersonAddress>{_xml_address(human.home)}</relatedPersonAddress>"
        f"<relatedPersonRelationshipList><relationship>{_RELATIONSHIPS[human.role]}</relationship>"
        f"</relatedPersonRelationshipList><relationshipClarification>{escape(human.title)}</relationshipClarification>"
        "</relatedPersonInfo>"
    )


def _json_address(place: Place) -> dict[str, str | None]:
    return {
        "street1": shout(place.street),
        "street2": "None",
        "city": shout(place.locality),
        "stateOrCountry": place.region,
        "zipCode": place.postal_code,
        "stateOrCountryDescription": place.region,
    }


def _xml_address(place: Place) -> str:
    return (
        f"<street1>{escape(place.street)}</street1><city>{escape(place.locality)}</city>"
        f"<stateOrCountry>{place.region}</stateOrCountry><zipCode>{place.postal_code}</zipCode>"
    )
