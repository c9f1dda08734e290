"""How well and how fast records are matched: precision, recall and F1 over pairs, on labelled and invented sets.

    python bench/matching.py                  # every labelled set that is there, and 100,000 invented contacts
    python bench/matching.py --sets febrl3 --invented 0

Labelled sets are read from a folder beside the checkout and never copied. Figures are for `link` at its default: no
labels, no threshold. Time is that of `link`, and as a ratio of reading and folding the same cards in the same run.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipelines.resolve import link
from pipelines.resolve.features import features

LABELLED = Path(__file__).resolve().parents[1] / ".." / "shared" / "labelled"
Engine = Callable[[pd.DataFrame, str], pd.DataFrame]
ENGINES: dict[str, Engine] = {"contacts": link}
"""Engines by name; each takes cards and a kind and gives card_id and entity_id. Add a peer here to compare it."""


@dataclass(frozen=True)
class Labelled:
    """Cards with the true entity of each, in the order of the cards."""

    name: str
    kind: str
    cards: pd.DataFrame
    truth: pd.Series


def pairs_of(labels: pd.Series) -> int:
    """How many pairs share a label."""
    sizes = labels.value_counts()
    return int((sizes * (sizes - 1) // 2).sum())


def scores(found: pd.Series, truth: pd.Series) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs of cards."""
    both = pairs_of(found.astype(str) + "\x1f" + truth.astype(str))
    ours, theirs = pairs_of(found), pairs_of(truth)
    precision, recall = both / ours if ours else 1.0, both / theirs if theirs else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


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


def os_name_bench(folder: Path) -> tuple[dict[str, list[tuple[bool, bool]]], float]:
    """Pairs of names alone: (linked, same) of every pair by kind, and the seconds that all took."""
    rows = _read(folder, "pairs.csv")
    found: dict[str, list[tuple[bool, bool]]] = {"person": [], "company": []}
    start = time.perf_counter()
    for schema, one, two, same in zip(rows["schema"], rows["name1"], rows["name2"], rows["is_match"], strict=True):
        kind = "person" if schema == "Person" else "company"
        cards = pd.DataFrame({"card_id": ["1", "2"], "full_name" if kind == "person" else "company_name": [one, two]})
        linked = len(set(link(cards, kind)["entity_id"])) == 1
        found[kind].append((linked, same.lower() == "true"))
    return found, time.perf_counter() - start


SETS = {one.__name__: one for one in (fodors_zagat, febrl3, fake1000, rldata10000, senzing_truth)}


def _listed(text: str, separator: str = " ") -> list[str]:
    return text.split(separator)


_SYLLABLES = _listed(
    "ba be bi bo bra bre da de do dra fa fe fo ga ge gra ha he ho ja jo ka ke ki ko kra la le li lo ma me "
    "mi mo na ne ni no pa pe pi po ra re ri ro sa se si so sta ste ta te ti to tra va ve vi vo wa we wi "
    "za ze zo"
)
_ENDS = _listed("n r s l ck rt nd mann sen ski er ton ley son berg")
_NICKS = {"Robert": "Bob", "William": "Bill", "Elizabeth": "Liz", "Margaret": "Peggy", "Richard": "Dick",
          "Katherine": "Kate", "Michael": "Mike", "Thomas": "Tom", "Jennifer": "Jenny", "Andrew": "Drew"}  # fmt: skip
_GIVEN = [*_NICKS, *_listed(
    "Anna Marco Julia Peter Sofia Lars Ingrid Pavel Chiara Diego Fatima Yusuf Hana Kenji Lucia Oskar "
    "Petra Ravi Selma Tariq Ursula Viktor Wanda Xenia Yara Zoe Emil Greta Hugo Ida"
)]  # fmt: skip
_TRADES = _listed(
    "Foods Metals Logistics Software Textiles Pharma Energy Plastics Paper Optics Glass Tools Systems Consulting"
)
_FORMS = ["Ltd", "GmbH", "Inc", "LLC", "S.A.", "B.V.", "AB", "plc"]
_TITLES = _listed("Director|Sales Manager|Head of Purchasing|Engineer|Chief Financial Officer|Buyer|Accountant", "|")


def _word(rng: random.Random, parts: int) -> str:
    return ("".join(rng.choice(_SYLLABLES) for _ in range(parts)) + rng.choice(_ENDS)).capitalize()


def _misspelt(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text))
    return rng.choice((
        text[:at] + text[at + 1 :], text[:at] + rng.choice("aeinrst") + text[at + 1 :],
        text[:at] + text[at : at + 2][::-1] + text[at + 2 :],
    ))  # fmt: skip


def _firm(rng: random.Random, number: int) -> dict[str, str]:
    name = f"{_word(rng, 2)} {rng.choice(_TRADES)}"
    return {
        "name": f"{name} {rng.choice(_FORMS)}", "domain": f"{name.split(maxsplit=1)[0].lower()}{number}.example.com",
        "phone": f"+49 30 {rng.randrange(10**6, 10**7)}",
        "street": f"{rng.randrange(1, 200)} {_word(rng, 2)} Street", "city": _word(rng, 2),
        "postal": f"{rng.randrange(10000, 99999)}",
    }  # fmt: skip


def _contact(rng: random.Random, person: dict[str, str], firm: dict[str, str]) -> dict[str, str]:
    """One source's view of a person at a firm: parts left out, shortened, misspelt."""
    first = person["first"]
    chance = rng.random()
    first = first[0] if chance < 0.08 else _NICKS.get(first, first) if chance < 0.2 else first
    last = _misspelt(rng, person["last"]) if rng.random() < 0.08 else person["last"]
    company = _misspelt(rng, firm["name"]) if rng.random() < 0.08 else firm["name"]
    full = f"{last}, {first}" if rng.random() < 0.1 else f"{first} {last}"
    card = {
        "full_name": full.upper() if rng.random() < 0.2 else full, "company_name": company,
        "job_title": person["title"], "email_address": person["email"], "phone": firm["phone"],
        "street_address": firm["street"], "locality": firm["city"], "postal_code": firm["postal"],
        "website": f"https://www.{firm['domain']}/",
    }  # fmt: skip
    kept = {"full_name": 1.0, "company_name": 0.95, "email_address": 0.5, "phone": 0.6, "website": 0.5}
    return {field: value for field, value in card.items() if rng.random() < kept.get(field, 0.55)}


def invented(rows: int, seed: int) -> Labelled:
    """Invented people at invented firms: colleagues share all but the name, namesakes the name, some families both."""
    rng = random.Random(seed)
    surnames = [_word(rng, 2) for _ in range(max(50, rows // 50))]
    cards: list[dict[str, str]] = []
    truth: list[int] = []
    number = 0
    while len(cards) < rows:
        firm, house = _firm(rng, number), rng.choice(surnames)
        for _ in range(rng.randrange(1, 12)):
            last = house if rng.random() < 0.1 else surnames[int(len(surnames) * rng.random() ** 2)]
            first = rng.choice(_GIVEN)
            email = f"{first}.{last}{rng.choice(('', '', str(number % 90)))}@{firm['domain']}".lower()
            person = {"first": first, "last": last, "title": rng.choice(_TITLES), "email": email}
            number += 1
            for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 4))):
                cards.append(_contact(rng, person, firm))
                truth.append(number)
    order = list(range(len(cards)))
    rng.shuffle(order)
    table = pd.DataFrame([cards[at] for at in order])
    table.insert(0, "card_id", [f"c{at:07d}" for at in order])
    return Labelled(f"invented people {rows}", "person", table, pd.Series([truth[at] for at in order]))


_LABELS = ("", "", "", "Holdings", "Services", "Trading")


def _source_of(rng: random.Random, firm: dict[str, str], label: str) -> dict[str, str]:
    """One source's view of a company of a group: its own form of the name, parts left out, misspelt."""
    form = firm["name"].rpartition(" ")[2]
    bare = firm["name"].removesuffix(f" {form}") + (f" {label}" if label else "")
    long = {"Ltd": "Limited", "Inc": "Incorporated", "GmbH": "Gesellschaft mit beschränkter Haftung"}
    name = f"{bare} {rng.choice((form, form, long.get(form, form), ''))}".strip()
    name = _misspelt(rng, name) if rng.random() < 0.06 else name
    card = {
        "company_name": name.upper() if rng.random() < 0.3 else name, "phone": firm["phone"],
        "street_address": firm["street"].replace("Street", rng.choice(("Street", "St."))), "locality": firm["city"],
        "postal_code": firm["postal"], "website": firm["domain"], "country_code": "DE",
    }  # fmt: skip
    kept = {"company_name": 1.0, "website": 0.5, "phone": 0.5, "street_address": 0.7, "country_code": 0.9}
    return {field: value for field, value in card.items() if rng.random() < kept.get(field, 0.8)}


def invented_companies(rows: int, seed: int) -> Labelled:
    """Invented groups: parents and subsidiaries share all but a word of the name, tenants of a house the address."""
    rng = random.Random(seed)
    cards: list[dict[str, str]] = []
    truth: list[int] = []
    number = 0
    house: dict[str, str] = {}
    while len(cards) < rows:
        firm = _firm(rng, number)
        if house and rng.random() < 0.3:
            firm |= {part: house[part] for part in ("street", "city", "postal")}
        house = firm
        for label in sorted(set(rng.choices(_LABELS, k=rng.randrange(1, 4)))):
            number += 1
            seat = firm if rng.random() < 0.8 else {**_firm(rng, number), **{k: firm[k] for k in ("name", "domain")}}
            for _ in range(rng.choice((1, 1, 2, 2, 3, 5))):
                cards.append(_source_of(rng, seat, label))
                truth.append(number)
    table = pd.DataFrame(cards)
    table.insert(0, "card_id", [f"c{at:07d}" for at in range(len(table))])
    order = rng.sample(range(len(table)), len(table))
    return Labelled(f"invented companies {rows}", "company", table.iloc[order], pd.Series(truth).iloc[order])


def measure(engine: Engine, given: Labelled) -> list[str]:
    """One line of the table."""
    start = time.perf_counter()
    features(given.cards.reset_index(drop=True), given.kind)
    reading = time.perf_counter() - start
    start = time.perf_counter()
    found = engine(given.cards, given.kind)
    taken = time.perf_counter() - start
    entity = found.set_index("card_id")["entity_id"].reindex(given.cards["card_id"]).reset_index(drop=True)
    figures = scores(entity, given.truth.reset_index(drop=True))
    return [given.name, str(len(given.cards)), *(f"{one:.3f}" for one in figures), f"{taken:.1f}",
            f"{taken / max(reading, 1e-9):.1f}"]  # fmt: skip


def _names(folder: Path) -> list[list[str]]:
    found, taken = os_name_bench(folder)
    lines = []
    for kind, pairs in found.items():
        right = sum(linked and same for linked, same in pairs)
        linked, same = sum(one for one, _ in pairs), sum(one for _, one in pairs)
        precision, recall = right / max(linked, 1), right / max(same, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        lines.append([f"os_name_bench {kind}", str(len(pairs)), *(f"{one:.3f}" for one in (precision, recall, f1)),
                      f"{taken:.1f}", ""])  # fmt: skip
    return lines


def main() -> None:
    names = [*SETS, "os_name_bench"]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labelled", type=Path, default=LABELLED, help="folder of the labelled sets")
    parser.add_argument("--sets", nargs="*", choices=names, default=names)
    parser.add_argument("--engines", nargs="*", choices=list(ENGINES), default=list(ENGINES))
    parser.add_argument("--invented", type=int, default=100_000, help="how many invented cards; 0 for none")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(f"{'engine':10} {'set':26} {'rows':>8} {'prec.':>6} {'recall':>6} {'F1':>6} {'sec.':>6} {'x read':>7}")
    for name in asked.engines:
        lines: list[list[str]] = []
        for chosen in asked.sets:
            folder = asked.labelled / chosen
            if not folder.is_dir():
                print(f"{chosen}: not there, left out")
            elif chosen == "os_name_bench":
                lines += _names(folder) if name == "contacts" else []
            else:
                lines += [measure(ENGINES[name], given) for given in SETS[chosen](folder)]
        if asked.invented:
            made = (invented(asked.invented, asked.seed), invented_companies(asked.invented, asked.seed))
            lines += [measure(ENGINES[name], given) for given in made]
        for line in lines:
            print("{:10} {:26} {:>8} {:>6} {:>6} {:>6} {:>6} {:>7}".format(name, *line))


if __name__ == "__main__":
    main()
