"""Companies House: British companies in the monthly company data, and their owners in the PSC snapshot."""

from __future__ import annotations

import csv
import json
import random
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.world.model import Firm, Human, Mention, Planted
from tests.world.noise import shout, sometimes

# the true header, with the spaces that stand before some of its names
COLUMNS = (
    "CompanyName", " CompanyNumber", "RegAddress.CareOf", "RegAddress.POBox", "RegAddress.AddressLine1",
    " RegAddress.AddressLine2", "RegAddress.PostTown", "RegAddress.County", "RegAddress.Country",
    "RegAddress.PostCode", "CompanyCategory", "CompanyStatus", "CountryOfOrigin", "DissolutionDate",
    "IncorporationDate", "Accounts.AccountRefDay", "Accounts.AccountRefMonth", "Accounts.NextDueDate",
    "Accounts.LastMadeUpDate", "Accounts.AccountCategory", "Returns.NextDueDate", "Returns.LastMadeUpDate",
    "Mortgages.NumMortCharges", "Mortgages.NumMortOutstanding", "Mortgages.NumMortPartSatisfied",
    "Mortgages.NumMortSatisfied", "SICCode.SicText_1", "SICCode.SicText_2", "SICCode.SicText_3", "SICCode.SicText_4",
    "LimitedPartnerships.NumGenPartners", "LimitedPartnerships.NumLimPartners", "URI",
    *(name for n in range(1, 11) for name in (f"PreviousName_{n}.CONDATE", f" PreviousName_{n}.CompanyName")),
    "ConfStmtNextDueDate", " ConfStmtLastMadeUpDate",
)  # fmt: skip
_CATEGORIES = {"PLC": "Public Limited Company", "LLP": "Limited Liability Partnership"}
OWNERS = frozenset({"owner", "director"})


class Writer:
    """Writes `BasicCompanyDataAsOneFile-….csv` and `persons-with-significant-control-snapshot-….txt`."""

    def __init__(self, folder: Path, rng: random.Random, snapshot: str) -> None:
        self._rng = rng
        self._companies = (folder / f"BasicCompanyDataAsOneFile-{snapshot}.csv").open("w", encoding="utf-8", newline="")
        self._rows = csv.writer(self._companies, quoting=csv.QUOTE_ALL)
        self._companies.write(",".join(COLUMNS) + "\r\n")
        self._stakes = (folder / f"persons-with-significant-control-snapshot-{snapshot}.txt").open(
            "w", encoding="utf-8"
        )
        self._count = 0

    def add(self, firm: Firm) -> Iterator[Mention | Planted]:
        if firm.country != "GB" or firm.party != "company":
            return
        self._rows.writerow([self._company(firm).get(column.strip(), "") for column in COLUMNS])
        yield Mention("companies_house", firm.number, "company", firm.id)
        for human in firm.people:
            if human.role in OWNERS:
                yield from self._stake(firm, human)
        if not any(human.role in OWNERS for human in firm.people):
            self._write(firm, {"kind": "persons-with-significant-control-statement"}, "statements")

    def close(self) -> None:
        # a row that lost its last cells, and a line that lost its end, both with sound ones behind them
        self._rows.writerow(["CUT SHORT LIMITED", "99999998"])
        self._rows.writerow([{"CompanyName": "NUMBERLESS LIMITED"}.get(column, "") for column in COLUMNS])
        self._stakes.write('{"company_number": "99999998", "data": {"kind": "individual-pers\n')
        totals = {"kind": "totals#persons-of-significant-control-snapshot", "persons_of_significant_control_count": 1}
        self._stakes.write(json.dumps({"data": totals}) + "\n")
        self._companies.close()
        self._stakes.close()

    def _company(self, firm: Firm) -> dict[str, str]:
        place = firm.place
        return {
            "CompanyName": sometimes(self._rng, 0.01, shout(firm.name)),
            "CompanyNumber": firm.number,
            "RegAddress.AddressLine1": shout(place.street).replace(" ", "  ", self._rng.randrange(2)),
            "RegAddress.PostTown": shout(place.locality),
            "RegAddress.County": shout(place.region),
            "RegAddress.Country": self._rng.choice(["", "ENGLAND", "UNITED KINGDOM"]),
            "RegAddress.PostCode": place.postal_code,
            "CompanyCategory": _CATEGORIES.get(firm.form, "Private Limited Company"),
            "CompanyStatus": "Active" if firm.active else "Dissolved",
            "CountryOfOrigin": "United Kingdom",
            "DissolutionDate": "" if firm.active else _day(firm.updated_on),
            "IncorporationDate": _day(firm.founded_on),
            "Mortgages.NumMortCharges": "0",
            "SICCode.SicText_1": f"{firm.industry} - An activity" if firm.industry else "None Supplied",
            "URI": f"http://business.data.gov.uk/id/company/{firm.number}",
            "PreviousName_1.CONDATE": _day(firm.founded_on) if firm.former else "",
            "PreviousName_1.CompanyName": shout(firm.former),
            "ConfStmtLastMadeUpDate": _day(firm.updated_on),
        }

    def _stake(self, firm: Firm, human: Human) -> Iterator[Mention | Planted]:
        self._count += 1
        number = f"{zlib.crc32(f'{firm.id} {human.id}'.encode()):08x}{self._count:06d}"
        secret = self._rng.random() < 0.03
        path = f"super-secure/{number}" if secret else f"individual/{number}"
        key = f"{firm.number}/psc/{path}"
        yield Mention("companies_house", key, "company", firm.id)
        yield Mention("companies_house", f"{key}/owner", "person", human.id)
        if secret:
            self._write(firm, {"kind": "super-secure-person-with-significant-control"}, path)
            return
        nation, country = f"Nation{number}", f"Residence{number}"
        self._write(firm, self._individual(human, nation, country), path)
        yield Planted("companies_house", "nationality", nation)
        yield Planted("companies_house", "nationality", country)
        yield Planted("companies_house", "home", human.home.street)

    def _individual(self, human: Human, nation: str, country: str) -> dict[str, Any]:
        year, month, _ = human.birth_date.split("-")
        title = self._rng.choice(["Mr", "Mrs", "Dr"])
        data: dict[str, Any] = {
            "kind": "individual-person-with-significant-control",
            "name": f"{title} {human.first} {human.last}",
            "name_elements": {"title": title, "forename": human.first, "surname": human.last},
            "nationality": nation,
            "country_of_residence": country,
            "date_of_birth": {"month": int(month), "year": int(year)},
            "address": {"address_line_1": human.home.street, "locality": human.home.locality, "country": "England"},
            "natures_of_control": ["ownership-of-shares-75-to-100-percent"],
            "notified_on": human.started_on,
        }
        if human.middle:
            data["name_elements"]["middle_name"] = human.middle
        if human.ended_on:
            data["ceased_on"] = human.ended_on
        return data

    def _write(self, firm: Firm, data: dict[str, Any], path: str) -> None:
        # the snapshot drops the leading zeros of some numbers, and keeps them in the link
        number = firm.number.lstrip("0") if self._rng.random() < 0.1 else firm.number
        link = f"/company/{firm.number}/persons-with-significant-control/{path}"
        line = {"company_number": number, "data": {"etag": f"{self._count:040x}", **data, "links": {"self": link}}}
        self._stakes.write(json.dumps(line) + "\n")


def _day(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{day}/{month}/{year}"
