"""GLEIF: firms with an LEI, in the golden copy's XML and JSON, and their parents."""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from tests.world.model import Firm, Mention, Place, Planted
from tests.world.noise import plain, shout, sometimes

CATEGORIES = {"sole_trader": "SOLE_PROPRIETOR", "public_body": "RESIDENT_GOVERNMENT_ENTITY"}
AUTHORITIES = {"GB": "RA000585", "DE": "RA000242", "FR": "RA000189", "NO": "RA000472", "EE": "RA000181"}
FORMS = {"Ltd": "H0PO", "Limited": "H0PO", "GmbH": "2HBR", "AS": "YI42"}
_OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<lei:LEIData xmlns:lei="http://www.gleif.org/data/schema/leidata/2016">\n<lei:LEIRecords>\n'
)
_OPEN_PAIRS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<rr:RelationshipData xmlns:rr="http://www.gleif.org/data/schema/rr/2016">\n<rr:RelationshipRecords>\n'
)

Node = dict[str, Any]


class Writer:
    """Writes `lei2-golden-copy.xml`, `lei2-intra-day.json` and `rr-golden-copy.xml`, a record at a time."""

    def __init__(self, folder: Path, rng: random.Random, snapshot: str) -> None:
        self._rng = rng
        self._snapshot = snapshot
        self._xml = (folder / "lei2-golden-copy.xml").open("w", encoding="utf-8")
        self._json = (folder / "lei2-intra-day.json").open("w", encoding="utf-8")
        self._pairs = (folder / "rr-golden-copy.xml").open("w", encoding="utf-8")
        self._xml.write(_OPEN)
        self._json.write('{"records":[\n')
        self._pairs.write(_OPEN_PAIRS)
        self._comma = ""

    def add(self, firm: Firm) -> Iterator[Mention | Planted]:
        if not firm.lei:
            return
        self._write(self._record(firm), in_json=zlib.crc32(firm.id.encode()) % 4 == 0)
        yield Mention("gleif", firm.lei, "company", firm.id)
        if firm.party == "sole_trader":
            yield Planted("gleif", "sole_trader", firm.people[0].home.street)
        if firm.parent_lei:
            self._pair(firm, "IS_DIRECTLY_CONSOLIDATED_BY", "ACTIVE")
            self._pair(firm, "IS_ULTIMATELY_CONSOLIDATED_BY", "INACTIVE")
            yield Mention("gleif", f"{firm.lei}/relation/direct_parent/{firm.parent_lei}", "company", firm.id)

    def close(self) -> None:
        for in_json in (True, False):
            # a record that lost its LEI, and one whose LEI was issued in error
            self._write({"Entity": {"LegalName": _name("Numberless Holdings")}}, in_json=in_json)
            annulled = {"RegistrationStatus": {"$": "ANNULLED"}}
            self._write(
                {"LEI": {"$": "0" * 20}, "Entity": {"LegalName": _name("Mistaken")}, "Registration": annulled},
                in_json=in_json,
            )
        self._xml.write("</lei:LEIRecords>\n</lei:LEIData>\n")
        self._json.write("\n]}\n")
        self._pairs.write("</rr:RelationshipRecords>\n</rr:RelationshipData>\n")
        for stream in (self._xml, self._json, self._pairs):
            stream.close()

    def _write(self, record: Node, *, in_json: bool) -> None:
        if in_json:
            self._json.write(self._comma + json.dumps(record, ensure_ascii=False))
            self._comma = ",\n"
        else:
            self._xml.write(_element("lei", "LEIRecord", record) + "\n")

    def _record(self, firm: Firm) -> Node:
        home = firm.people[0].home if firm.party == "sole_trader" else firm.place
        entity: Node = {
            "LegalName": _name(sometimes(self._rng, 0.02, firm.name)),
            "OtherEntityNames": {"OtherEntityName": self._other_names(firm)},
            "LegalAddress": self._address(home),
            "HeadquartersAddress": self._address(home if firm.party == "sole_trader" else firm.branch or firm.place),
            "RegistrationAuthority": self._authority(firm),
            "LegalJurisdiction": {"$": firm.country},
            "EntityCategory": {"$": CATEGORIES.get(firm.party, "GENERAL")},
            "LegalForm": self._form(firm),
            "EntityStatus": {"$": "ACTIVE" if firm.active else "INACTIVE"},
            "EntityCreationDate": {"$": f"{firm.founded_on}T00:00:00+01:00"},
        }
        if plain(firm.name) != firm.name:
            transliterated = _name(plain(firm.name)) | {"@type": "AUTO_ASCII_TRANSLITERATED_LEGAL_NAME"}
            entity["TransliteratedOtherEntityNames"] = {"TransliteratedOtherEntityName": [transliterated]}
        return {
            "LEI": {"$": firm.lei},
            "Entity": {name: node for name, node in entity.items() if node != {"OtherEntityName": []}},
            "Registration": self._registration(firm),
        }

    def _registration(self, firm: Firm) -> Node:
        lapsed = self._rng.random() < 0.4
        return {
            "InitialRegistrationDate": {"$": f"{firm.founded_on}T09:00:00Z"},
            "LastUpdateDate": {"$": f"{self._snapshot if lapsed else firm.updated_on}T15:00:02Z"},
            "RegistrationStatus": {"$": "LAPSED" if lapsed else "ISSUED"},
            "NextRenewalDate": {"$": f"{firm.updated_on}T09:00:00Z"},
            "ValidationSources": {"$": "FULLY_CORROBORATED"},
        }

    def _other_names(self, firm: Firm) -> list[Node]:
        named = {"PREVIOUS_LEGAL_NAME": firm.former, "TRADING_OR_OPERATING_NAME": firm.trading}
        return [_name(name) | {"@type": kind} for kind, name in named.items() if name]

    def _address(self, place: Place) -> Node:
        loud = self._rng.random() < 0.2
        first, *more = (place.street.upper() if loud else place.street).split(", ")
        found: Node = {
            "@xml:lang": "en",
            "FirstAddressLine": {"$": first},
            "AdditionalAddressLine": [{"$": line} for line in more],
            "City": {"$": shout(place.locality) if loud else place.locality},
            "Region": {"$": f"{place.country}-{place.region}" if len(place.region) <= 3 else ""},
            "Country": {"$": place.country},
            "PostalCode": {"$": place.postal_code},
        }
        return {name: node for name, node in found.items() if node not in ([], {"$": ""}, {"$": f"{place.country}-"})}

    def _authority(self, firm: Firm) -> Node:
        if firm.country in AUTHORITIES and firm.number:
            authority, number = AUTHORITIES[firm.country], {"RegistrationAuthorityEntityID": {"$": firm.number}}
            return {"RegistrationAuthorityID": {"$": authority}, **number}
        return {"RegistrationAuthorityID": {"$": "RA999999"}}

    def _form(self, firm: Firm) -> Node:
        if code := FORMS.get(firm.form):
            return {"EntityLegalFormCode": {"$": code}}
        other = {"OtherLegalForm": {"$": firm.form}} if firm.form else {}
        return {"EntityLegalFormCode": {"$": "8888"}, **other}

    def _pair(self, firm: Firm, kind: str, status: str) -> None:
        period = {"StartDate": f"{firm.founded_on}T00:00:00Z", "PeriodType": "RELATIONSHIP_PERIOD"}
        record = {
            "Relationship": {
                "StartNode": {"NodeID": firm.lei, "NodeIDType": "LEI"},
                "EndNode": {"NodeID": firm.parent_lei, "NodeIDType": "LEI"},
                "RelationshipType": kind,
                "RelationshipPeriods": {"RelationshipPeriod": period},
                "RelationshipStatus": status,
            },
            "Registration": {"LastUpdateDate": f"{firm.updated_on}T09:00:00Z", "RegistrationStatus": "PUBLISHED"},
        }
        self._pairs.write(_element("rr", "RelationshipRecord", record) + "\n")


def _name(name: str) -> Node:
    return {"@xml:lang": "en", "$": name}


def _element(prefix: str, name: str, node: Any) -> str:
    """The element that the golden copy's JSON writes as `node`."""
    if isinstance(node, list):
        return "".join(_element(prefix, name, one) for one in node)
    if isinstance(node, str):
        return f"<{prefix}:{name}>{escape(node)}</{prefix}:{name}>"
    attributes = "".join(f" {key[1:]}={quoteattr(value)}" for key, value in node.items() if key.startswith("@"))
    inner = "".join(
        escape(value) if key == "$" else _element(prefix, key, value)
        for key, value in node.items()
        if not key.startswith("@")
    )
    return f"<{prefix}:{name}{attributes}>{inner}</{prefix}:{name}>"
