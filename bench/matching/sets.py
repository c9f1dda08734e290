"""Labelled sets: cards with the true entity of each, read from a folder beside the checkout and never copied."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

LABELLED = Path(__file__).resolve().parents[2] / ".." / "shared" / "labelled"


@dataclass(frozen=True)
class Labelled:
    """Cards with the true entity of each, in the order of the cards."""

    name: str
    kind: str
    cards: pd.DataFrame
    truth: pd.Series


def _read(folder: Path, file: str = "records.csv") -> pd.DataFrame:
    return pd.read_csv(folder / file, dtype=str, keep_default_na=False)


def fodors_zagat(folder: Path) -> list[Labelled]:
    rows = _read(folder)
    cards = pd.DataFrame({
        "card_id": rows["record_id"], "source": rows["source"], "company_name": rows["name"],
        "street_address": rows["address"], "locality": rows["city"], "phone": rows["phone"],
    })  # fmt: skip
    return [Labelled("fodors_zagat", "site", cards, rows["cluster_id"])]


def febrl3(folder: Path) -> list[Labelled]:
    rows = _read(folder)
    cards = pd.DataFrame({
        "card_id": rows["record_id"], "first_name": rows["given_name"], "last_name": rows["surname"],
        "street_address": rows["street_number"] + " " + rows["address_1"], "locality": rows["suburb"],
        "region": rows["state"], "postal_code": rows["postcode"],
        "identifiers": "SSN:" + rows["soc_sec_id"] + ";DOB:" + rows["date_of_birth"],
    })  # fmt: skip
    return [Labelled("febrl3", "person", cards, rows["cluster_id"])]


def fake1000(folder: Path) -> list[Labelled]:
    rows = _read(folder)
    cards = pd.DataFrame({
        "card_id": rows["record_id"], "first_name": rows["first_name"], "last_name": rows["surname"],
        "locality": rows["city"], "email_address": rows["email"], "identifiers": "DOB:" + rows["dob"],
    })  # fmt: skip
    return [Labelled("fake1000", "person", cards, rows["cluster_id"])]


def rldata10000(folder: Path) -> list[Labelled]:
    rows = _read(folder)
    born = rows["by"] + rows["bm"].str.zfill(2) + rows["bd"].str.zfill(2)
    cards = pd.DataFrame({
        "card_id": rows["record_id"], "last_name": rows["lname_c1"] + " " + rows["lname_c2"],
        "first_name": rows["fname_c1"] + " " + rows["fname_c2"], "identifiers": "DOB:" + born,
    })  # fmt: skip
    return [Labelled("rldata10000", "person", cards, rows["cluster_id"])]


def senzing_truth(folder: Path) -> list[Labelled]:
    rows = _read(folder)
    person = rows["record_type"].str.upper().eq("PERSON") | ((rows["record_type"] == "") & (rows["person_name"] != ""))
    born = pd.to_datetime(rows["dob"], errors="coerce", format="mixed").dt.strftime("%Y%m%d").fillna("")
    numbers = ("PASSPORT:" + rows["passport"] + ";NATIONAL:" + rows["national_id"] + ";TAX:" + rows["tax_id"]
               + ";LEI:" + rows["lei"] + ";DOB:" + born)  # fmt: skip
    cards = pd.DataFrame({
        "card_id": rows["record_id"], "source": rows["source"], "full_name": rows["person_name"].where(person, ""),
        "company_name": rows["org_name"].where(~person, rows["employer"]), "former_names": rows["alt_org_name"],
        "email_address": rows["email"], "phone": rows["phone"], "street_address": rows["address"],
        "locality": rows["city"], "region": rows["state"], "postal_code": rows["postcode"],
        "country_code": rows["country"], "identifiers": numbers,
    })  # fmt: skip
    return [
        Labelled(f"senzing_truth {kind}", kind, cards[which], rows["cluster_id"][which])
        for kind, which in (("person", person), ("company", ~person))
    ]


def os_name_bench(folder: Path) -> pd.DataFrame:
    """Pairs of names alone: kind, one, two, same."""
    rows = _read(folder, "pairs.csv")
    return pd.DataFrame({
        "kind": rows["schema"].eq("Person").map({True: "person", False: "company"}),
        "one": rows["name1"], "two": rows["name2"], "same": rows["is_match"].str.lower() == "true",
    })  # fmt: skip


SETS = {one.__name__: one for one in (fodors_zagat, febrl3, fake1000, rldata10000, senzing_truth)}
