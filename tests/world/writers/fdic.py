"""FDIC BankFind: a tenth of the American firms are banks."""

from __future__ import annotations

import csv
import random
import zlib
from collections.abc import Iterator
from pathlib import Path

import pycountry

from tests.world.model import Firm, Mention, Planted
from tests.world.noise import plain

COLUMNS = (
    "CERT", "NAME", "CITY", "STNAME", "ZIP", "ADDRESS", "BKCLASS", "CHARTER", "ACTIVE", "INSDATE", "REGAGENT", "ASSET",
    "DEP", "LATITUDE", "LONGITUDE", "WEBADDR",
)  # fmt: skip
_FIRST_CERTIFICATE = 90_001


class Writer:
    """Writes `fdic_institutions.csv`: one row a bank, web sites as badly written as the true file's."""

    def __init__(self, folder: Path, rng: random.Random, snapshot: str) -> None:
        del snapshot
        self._rng = rng
        self._stream = (folder / "fdic_institutions.csv").open("w", encoding="utf-8", newline="")
        self._rows = csv.writer(self._stream)
        self._rows.writerow(COLUMNS)
        self._certificate = _FIRST_CERTIFICATE

    def add(self, firm: Firm) -> Iterator[Mention | Planted]:
        if firm.country != "US" or firm.party != "company" or zlib.crc32(firm.id.encode()) % 10:
            return
        certificate, self._certificate = str(self._certificate), self._certificate + 1
        year, month, day = firm.founded_on.split("-")
        row = {
            "CERT": certificate,
            "NAME": plain(firm.name),
            "CITY": plain(firm.place.locality),
            "STNAME": _state(firm.place.region),
            "ZIP": firm.place.postal_code[:5],
            "ADDRESS": plain(firm.place.street),
            "BKCLASS": "NM",
            "CHARTER": "0",
            "ACTIVE": str(int(firm.active)),
            "INSDATE": f"{month}/{day}/{year}",
            "ASSET": str(self._rng.randrange(10_000, 900_000)),
            "DEP": str(self._rng.randrange(10_000, 900_000)),
            "WEBADDR": self._site(firm.domain),
        }
        self._rows.writerow([row.get(column, "") for column in COLUMNS])
        yield Mention("fdic", certificate, "company", firm.id)

    def _site(self, domain: str) -> str:
        spelt = [f"www.{domain}"] * 80 + [f"https://www.{domain}"] * 12 + [f"http://{domain}/"] * 4
        return self._rng.choice([*spelt, f"www,{domain}", f"http://https://www.{domain}", f"https://www.{domain}.", ""])

    def close(self) -> None:
        # a row cut short in the middle, and one whose number got lost
        self._rows.writerow([str(self._certificate), "Cut Savings Bank"])
        self._rows.writerow(["", "Numberless Savings Bank", *[""] * (len(COLUMNS) - 2)])
        self._stream.close()


def _state(region: str) -> str:
    """The state's name, as BankFind writes it, for its code."""
    return next((str(one.name) for one in pycountry.subdivisions if one.code == f"US-{region}"), region)
