"""The plain world of contacts: people at firms with colleagues, namesakes and families; groups of companies.

What belongs here: the world that the rules of matching were first written with, kept as it was so that figures compare.
"""

from __future__ import annotations

import random

import pandas as pd

from bench.matching.sets import Labelled


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
