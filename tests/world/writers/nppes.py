"""NPPES: a quarter of the American firms provide health care, and some of their people practise it."""

from __future__ import annotations

import csv
import random
import zlib
from collections.abc import Iterator
from pathlib import Path

from tests.world.model import Firm, Human, Mention, Place, Planted
from tests.world.noise import shout, sometimes

_NAME = ("Last Name", "First Name", "Middle Name", "Name Prefix Text", "Name Suffix Text", "Credential Text")
_TAXONOMY = (
    "Healthcare Provider Taxonomy Code", "Provider License Number", "Provider License Number State Code",
    "Healthcare Provider Primary Taxonomy Switch",
)  # fmt: skip
_IDENTIFIER = (
    "Other Provider Identifier", "Other Provider Identifier Type Code", "Other Provider Identifier State",
    "Other Provider Identifier Issuer",
)  # fmt: skip


def _address_columns(which: str) -> list[str]:
    after = ("City Name", "State Name", "Postal Code", "Country Code (If outside U.S.)", "Telephone Number",
             "Fax Number")  # fmt: skip
    return [
        f"Provider First Line Business {which} Address",
        f"Provider Second Line Business {which} Address",
        *(f"Provider Business {which} Address {column}" for column in after),
    ]


COLUMNS = (
    "NPI", "Entity Type Code", "Replacement NPI", "Employer Identification Number (EIN)",
    "Provider Organization Name (Legal Business Name)", "Provider Last Name (Legal Name)",
    *(f"Provider {part}" for part in _NAME[1:]),
    "Provider Other Organization Name", "Provider Other Organization Name Type Code",
    *(f"Provider Other {part}" for part in _NAME), "Provider Other Last Name Type Code",
    *_address_columns("Mailing"), *_address_columns("Practice Location"),
    "Provider Enumeration Date", "Last Update Date", "NPI Deactivation Reason Code", "NPI Deactivation Date",
    "NPI Reactivation Date", "Provider Sex Code", "Authorized Official Last Name", "Authorized Official First Name",
    "Authorized Official Middle Name", "Authorized Official Title or Position",
    "Authorized Official Telephone Number",
    *(f"{column}_{n}" for n in range(1, 16) for column in _TAXONOMY),
    *(f"{column}_{n}" for n in range(1, 51) for column in _IDENTIFIER),
    "Is Sole Proprietor", "Is Organization Subpart", "Parent Organization LBN", "Parent Organization TIN",
    "Authorized Official Name Prefix Text", "Authorized Official Name Suffix Text",
    "Authorized Official Credential Text",
    *(f"Healthcare Provider Taxonomy Group_{n}" for n in range(1, 16)), "Certification Date",
)  # fmt: skip


class Writer:
    """Writes the main file of a monthly release: 330 quoted columns, in capitals."""

    def __init__(self, folder: Path, rng: random.Random, snapshot: str) -> None:
        self._rng = rng
        file = folder / f"npidata_pfile_20050523-{snapshot.replace('-', '')}.csv"
        self._stream = file.open("w", encoding="utf-8", newline="")
        self._rows = csv.DictWriter(self._stream, COLUMNS, restval="", quoting=csv.QUOTE_ALL)
        self._rows.writeheader()
        self._number = 0

    def add(self, firm: Firm) -> Iterator[Mention | Planted]:
        if firm.country != "US" or zlib.crc32(b"nppes" + firm.id.encode()) % 4:
            return
        if not firm.active:
            self._rows.writerow({"NPI": self._npi(), "NPI Deactivation Date": _american(firm.updated_on)})
            return
        if firm.party == "company":
            yield from self._organisation(firm)
        for human in firm.people[:1]:
            yield from self._practitioner(human, is_sole=firm.party == "sole_trader")

    def _npi(self) -> str:
        self._number += 1
        return with_check_digit(f"1{self._number:08d}")

    def _organisation(self, firm: Firm) -> Iterator[Mention | Planted]:
        number = self._npi()
        licence, tax_number = f"LICENCE{number}", f"TIN{number}"
        official = next((human for human in firm.people if not human.ended_on), None)
        row = {
            "NPI": number,
            "Entity Type Code": "2",
            "Employer Identification Number (EIN)": "<UNAVAIL>",
            "Provider Organization Name (Legal Business Name)": shout(sometimes(self._rng, 0.03, firm.name)),
            "Provider Other Organization Name": shout(firm.trading or firm.former),
            "Provider Other Organization Name Type Code": "3" if firm.trading else "4" if firm.former else "",
            **_address("Practice Location", firm.place, firm.phone, firm.fax),
            **_address("Mailing", firm.branch or firm.place, firm.phone, firm.fax),
            "Provider Enumeration Date": _american(firm.founded_on),
            "Last Update Date": _american(firm.updated_on),
            "Healthcare Provider Taxonomy Code_1": "261QM1300X",
            "Provider License Number_1": licence,
            "Is Organization Subpart": "N",
            "Parent Organization TIN": tax_number,
        }
        self._rows.writerow(row | (_official(official, firm) if official else {}))
        yield Mention("nppes", number, "company", firm.id)
        if official:
            yield Mention("nppes", f"{number}/official", "person", official.id)
        yield Planted("nppes", "personal_id", licence)
        yield Planted("nppes", "personal_id", tax_number)

    def _practitioner(self, human: Human, *, is_sole: bool) -> Iterator[Mention | Planted]:
        number = self._npi()
        licence = f"LICENCE{number}"
        self._rows.writerow({
            "NPI": number,
            "Entity Type Code": "1",
            "Provider Last Name (Legal Name)": shout(human.last),
            "Provider First Name": shout(human.first),
            "Provider Middle Name": shout(human.middle),
            "Provider Sex Code": self._rng.choice("FM"),
            **_address("Practice Location", human.home, human.mobile, ""),
            **_address("Mailing", human.home, human.mobile, ""),
            "Last Update Date": _american(human.started_on),
            "Provider License Number_1": licence,
            "Is Sole Proprietor": "Y" if is_sole else "N",
        })  # fmt: skip
        yield Mention("nppes", number, "person", human.id)
        yield Planted("nppes", "personal_id", licence)
        yield Planted("nppes", "home", shout(human.home.street))
        yield Planted("nppes", "home", _digits(human.mobile))

    def close(self) -> None:
        # a number lost on the way
        self._rows.writerow({"Entity Type Code": "2", "Provider Organization Name (Legal Business Name)": "NO NUMBER"})
        self._stream.close()


def with_check_digit(digits: str) -> str:
    """A national provider identifier: nine digits and the Luhn digit over them with 80840 in front."""
    doubled = [int(digit) * (1 + (spot % 2 == 0)) for spot, digit in enumerate(reversed(f"80840{digits}"))]
    return f"{digits}{-sum(sum(divmod(one, 10)) for one in doubled) % 10}"


def _official(human: Human, firm: Firm) -> dict[str, str]:
    return {
        "Authorized Official Last Name": shout(human.last),
        "Authorized Official First Name": shout(human.first),
        "Authorized Official Middle Name": shout(human.middle),
        "Authorized Official Title or Position": shout(human.title),
        "Authorized Official Telephone Number": _digits(firm.phone),
        "Authorized Official Name Prefix Text": "MX.",
    }


def _address(which: str, place: Place, phone: str, fax: str) -> dict[str, str]:
    values = (shout(place.street), "", shout(place.locality), place.region, place.postal_code.replace("-", ""),
              place.country, _digits(phone), _digits(fax))  # fmt: skip
    return dict(zip(_address_columns(which), values, strict=True))


def _digits(phone: str) -> str:
    return phone.removeprefix("+1")


def _american(date: str) -> str:
    year, month, day = date.split("-")
    return f"{month}/{day}/{year}"
