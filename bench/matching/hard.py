"""The firms of the hard world: what makes real firms hard to tell apart, and hard to know again.

What belongs here: firms and their addresses as they are. What does not: what sources write of them
(`hard_companies.py`, `hard_people.py`). Family firms, shared buildings and switchboards, branches in several towns,
renamed firms, parents and subsidiaries, names that are known by their initials, other scripts. The shares were set from
what such registers show, before any engine was run on the world.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bench.matching.draw import Integers, Texts, falling, numbers, pick, texts, words
from bench.matching.names import (
    COUNTRIES,
    CYRILLIC_ENDS,
    CYRILLIC_ROOTS,
    GREEK_ENDS,
    GREEK_ROOTS,
    LABELS,
    LONG_WORDS,
    SURNAMES,
    TRADES,
    latin,
)

FAMILY, LONG, COINED, TOWN = range(4)
STYLES = (0.25, 0.12, 0.48, 0.15)
"""Shares of firms named after a family, by a long name with initials, by a coined word, by a town."""
RENAMED, SUBSIDIARY, SHARED_HOUSE, SHARED_SWITCHBOARD, SEVERAL_SITES, NO_DOMAIN = 0.07, 0.10, 0.30, 0.35, 0.12, 0.12
"""Shares of firms; of those in a shared house, the switchboard."""
NAMESAKES = 0.02
"""Firms with the bare name of an unrelated firm elsewhere."""
MOST_SITES = 5
FAMILY_PATTERNS = ("{} & Sons", "{} Brothers", "{} Group", "Autohaus {}", "{} & Co", "{} Bau", "{} Transport")


@dataclass
class Firms:
    """Firms in columns, and their sites: the first of a firm is its head office."""

    country: Integers
    style: Integers
    name: Texts
    form: Texts
    long_form: Texts
    former: Texts
    initials: Texts
    family: Texts
    domain: Texts
    number: Texts
    lei: Texts
    parent: Integers
    first_site: Integers
    sites: Integers
    site_firm: Integers
    street: Texts
    town: Texts
    exonym: Texts
    postal: Texts
    phone: Texts

    @property
    def script(self) -> Texts:
        """The script each is written in at home, '' for Latin."""
        return texts([COUNTRIES[one].script for one in self.country.tolist()])


def surnames(rng: np.random.Generator, count: int, script: str) -> Texts:
    """Family names, frequent ones often, most of them rare."""
    if not script:
        pool = np.concatenate([texts(SURNAMES), words(rng, 12000)])
        return pick(rng, pool, count, falling(len(pool), 0.85, 12))
    roots, ends = (CYRILLIC_ROOTS, CYRILLIC_ENDS) if script == "cyrillic" else (GREEK_ROOTS, GREEK_ENDS)
    return np.asarray(pick(rng, roots, count) + pick(rng, ends, count, falling(len(ends), 0.7)), dtype=object)


def firms(rng: np.random.Generator, count: int) -> Firms:
    """So many firms."""
    country = np.sort(rng.choice(len(COUNTRIES), count, p=_shares())).astype(np.int64)
    style = rng.choice(4, count, p=STYLES).astype(np.int64)
    family = _families(rng, country)
    town, exonym = _towns(rng, country)
    name = _names(rng, country, style, family, town)
    parent = _parents(rng, country)
    child = np.flatnonzero(parent >= 0)
    name[child] = name[parent[child]] + " " + pick(rng, LABELS, len(child))
    family[child] = family[parent[child]]
    twins = np.flatnonzero(rng.random(count) < NAMESAKES)
    name[twins] = name[rng.integers(0, count, len(twins))]
    former = texts([""] * count)
    renamed = np.flatnonzero(rng.random(count) < RENAMED)
    former[renamed] = _names(
        rng, country[renamed], rng.choice(4, len(renamed), p=STYLES), family[renamed], town[renamed]
    )
    form, long_form = _forms(rng, country)
    return Firms(
        country, style, name, form, long_form, former, _initials(name, style), family, _domains(rng, name, parent),
        _numbers(rng, country), _leis(rng, count), parent, *_sites(rng, country, town, exonym, parent),
    )  # fmt: skip


def _shares() -> Integers:
    shares = np.array([one.share for one in COUNTRIES])
    return np.asarray(shares / shares.sum())


def _families(rng: np.random.Generator, country: Integers) -> Texts:
    found = surnames(rng, len(country), "")
    for at, one in enumerate(COUNTRIES):
        if one.script:
            rows = np.flatnonzero(country == at)
            found[rows] = surnames(rng, len(rows), one.script)
    return found


def _towns(rng: np.random.Generator, country: Integers) -> tuple[Texts, Texts]:
    """The town as it calls itself, and its names abroad joined by `=`; small towns have none."""
    local, abroad = texts([""] * len(country)), texts([""] * len(country))
    for at, one in enumerate(COUNTRIES):
        rows = np.flatnonzero(country == at)
        small = words(rng, 120 + len(rows) // 200)
        if one.script:
            small = surnames(rng, len(small), one.script)
        pool = np.concatenate([texts(one.towns), small])
        shares = np.concatenate([np.full(len(one.towns), 0.4 / len(one.towns)), 0.6 * falling(len(small), 0.7, 3)])
        drawn = [town.partition("=") for town in pick(rng, pool, len(rows), shares)]
        local[rows] = [name for name, _, _ in drawn]
        abroad[rows] = [other for _, _, other in drawn]
    return local, abroad


def _names(rng: np.random.Generator, country: Integers, style: Integers, family: Texts, town: Texts) -> Texts:
    """Names without legal forms, in the script of the country."""
    count = len(country)
    coined = pick(rng, words(rng, max(400, count // 3), tail=False), count)
    trade, pattern = pick(rng, TRADES, count, falling(len(TRADES), 0.5, 3)), pick(rng, FAMILY_PATTERNS, count)
    long = [pick(rng, LONG_WORDS, count) for _ in range(4)]
    made: list[str] = []
    for row, kind in enumerate(style.tolist()):
        if kind == FAMILY:
            made.append(pattern[row].format(family[row]))
        elif kind == LONG:
            made.append(" ".join(dict.fromkeys((long[0][row], long[1][row], long[2][row], f"of {long[3][row]}"))))
        else:
            made.append(f"{coined[row] if kind == COINED else town[row]} {trade[row]}")
    found = texts(made)
    for at, one in enumerate(COUNTRIES):
        if one.script and one.script == "cyrillic":
            rows = np.flatnonzero((country == at) & (style == COINED))
            found[rows] = surnames(rng, len(rows), one.script)
    return found


def _initials(name: Texts, style: Integers) -> Texts:
    return texts([
        "".join(word[0] for word in one.split() if word[0].isupper()) if kind == LONG else ""
        for one, kind in zip(name, style.tolist(), strict=True)
    ])  # fmt: skip


def _parents(rng: np.random.Generator, country: Integers) -> Integers:
    """The row of the parent, -1 for none: an earlier firm of the same country, itself without parent."""
    parent = np.full(len(country), -1, dtype=np.int64)
    child = np.flatnonzero(rng.random(len(country)) < SUBSIDIARY)
    before = child - rng.integers(1, 30, len(child))
    fits = (before >= 0) & (country[before] == country[child])
    fits &= ~np.isin(before, child)
    parent[child[fits]] = before[fits]
    return parent


def _forms(rng: np.random.Generator, country: Integers) -> tuple[Texts, Texts]:
    short, long = texts([""] * len(country)), texts([""] * len(country))
    for at, one in enumerate(COUNTRIES):
        rows = np.flatnonzero(country == at)
        which = rng.choice(len(one.forms), len(rows), p=falling(len(one.forms), 1.2)).tolist()
        short[rows] = [one.forms[form][0] for form in which]
        long[rows] = [one.forms[form][1] for form in which]
    return short, long


def _domains(rng: np.random.Generator, name: Texts, parent: Integers) -> Texts:
    """A domain of its own, or its parent's in two of three cases, or none."""
    tails = pick(rng, ["", "", "-group", "-online", "24"], len(name))
    used: dict[str, int] = {}
    made = []
    for row, (one, tail) in enumerate(zip(name, tails, strict=True)):
        plain = latin(latin(one, "cyrillic", 0), "greek", 0).lower()
        host = "".join(char for char in plain.split(" of ")[0] if char.isascii() and char.isalnum())[:18] + tail
        used[host] = used.get(host, 0) + 1
        made.append(f"{host}{used[host] if used[host] > 1 else ''}.example" if host else f"firm{row}.example")
    found = texts(made)
    child = np.flatnonzero((parent >= 0) & (rng.random(len(name)) < 2 / 3))
    found[child] = found[parent[child]]
    found[rng.random(len(name)) < NO_DOMAIN] = ""
    return found


def _numbers(rng: np.random.Generator, country: Integers) -> Texts:
    codes = texts([one.code for one in COUNTRIES])[country]
    scheme = np.where(codes == "GB", "GB-COH", np.where(codes == "US", "US-EIN", codes + "-REG"))
    return np.asarray(
        scheme + ":" + texts([str(one) for one in rng.permutation(len(country)) + 10_000_000]), dtype=object
    )


def _leis(rng: np.random.Generator, count: int) -> Texts:
    bare = [f"5299{one:014d}" for one in rng.permutation(count).tolist()]
    found = texts([f"LEI:{one}{98 - int(one + '00') % 97:02d}" for one in bare])
    found[rng.random(count) < 0.75] = ""
    return found


def _sites(rng: np.random.Generator, country: Integers, town: Texts, exonym: Texts,
           parent: Integers) -> tuple[Integers, Integers, Integers, Texts, Texts, Texts, Texts, Texts]:  # fmt: skip
    """Addresses: branches in other towns, tenants of one house, children in their parent's."""
    count = len(country)
    many = np.where(rng.random(count) < SEVERAL_SITES, rng.integers(2, MOST_SITES + 1, count), 1)
    first = np.cumsum(many) - many
    firm = np.repeat(np.arange(count), many)
    total, land = len(firm), country[firm]
    other_town, other_exonym = _towns(rng, land)
    head = np.zeros(total, dtype=bool)
    head[first] = True
    here, abroad = np.where(head, town[firm], other_town), np.where(head, exonym[firm], other_exonym)
    street, postal, phone = _streets(rng, land), _postals(rng, land), _phones(rng, total)
    host = _hosts(rng, land, total)
    child = first[parent >= 0]
    at_home = child[rng.random(len(child)) < 0.5]
    host[at_home] = first[parent[firm[at_home]]]
    shared = np.flatnonzero(host != np.arange(total))
    for column in (street, postal, here, abroad):
        column[shared] = column[host[shared]]
    calls = shared[rng.random(len(shared)) < SHARED_SWITCHBOARD]
    phone[calls] = phone[host[calls]]
    return first, many.astype(np.int64), firm, street, here, abroad, postal, phone


def _hosts(rng: np.random.Generator, land: Integers, total: int) -> Integers:
    """The site whose house each is in, itself for most; some houses have many tenants."""
    host = np.arange(total)
    tenant = np.flatnonzero(rng.random(total) < SHARED_HOUSE)
    near = np.maximum(tenant - 1 - (rng.random(len(tenant)) ** 2 * 25).astype(np.int64), 0)
    near -= near % 6  # few houses take all tenants
    fits = (land[near] == land[tenant]) & ~np.isin(near, tenant)
    host[tenant[fits]] = near[fits]
    return host


def _streets(rng: np.random.Generator, land: Integers) -> Texts:
    count = len(land)
    number = rng.integers(1, 220, count).tolist()
    found = texts([""] * count)
    for at, one in enumerate(COUNTRIES):
        rows = np.flatnonzero(land == at)
        pool = surnames(rng, 600, one.script) if one.script else words(rng, 1500)
        drawn = pick(rng, pool, len(rows), falling(len(pool), 0.6, 5))
        found[rows] = [one.street.format(n=number[row], s=name) for row, name in zip(rows.tolist(), drawn, strict=True)]
    return found


def _postals(rng: np.random.Generator, land: Integers) -> Texts:
    count = len(land)
    area, outer, inner, pair = (rng.integers(0, most, count).tolist() for most in (26 * 26, 30, 10, 400))
    digits = {size: numbers(rng, count, size) for size in (4, 5)}
    made = []
    for row, one in enumerate(land.tolist()):
        size = COUNTRIES[one].postal
        if size:
            made.append(digits[size][row])
        else:
            one_letter, two = divmod(pair[row], 20)
            letters = f"{'ABDEFGHJLN'[one_letter % 10]}{'PQRSTUWXYZ'[two % 10]}"
            made.append(f"{chr(65 + area[row] // 26)}{chr(65 + area[row] % 26)}{outer[row] + 1} {inner[row]}{letters}")
    return texts(made)


def _phones(rng: np.random.Generator, count: int) -> Texts:
    """Switchboards in national digits without the leading nought."""
    return np.asarray(pick(rng, ["20", "30", "31", "40", "61", "71", "89", "91"], count) + numbers(rng, count, 6),
                      dtype=object)  # fmt: skip
