"""People at firms of the hard world, as seven sources write them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import numpy as np
import pandas as pd

from bench.matching.draw import Integers, Texts, falling, pick, texts, times
from bench.matching.hard import FAMILY, Firms, firms, surnames
from bench.matching.hard_sources import (
    SCANNED,
    Mask,
    Source,
    in_latin,
    phone_written,
    scheme_of,
    site_written,
    thin_and_spoil,
    town_names,
)
from bench.matching.names import COUNTRIES, CYRILLIC_GIVEN, GIVEN, GREEK_GIVEN, NICKNAMES, OWNERS, TITLES
from bench.matching.sets import Labelled

REGISTER, FILING, WEB, FAIR, DESK, LIST, SIGNATURE = range(7)
SOURCES = {
    "register": Source(0.14, {"full_name": 1, "company_name": 1, "street_address": 0.8, "locality": 0.95,
                              "postal_code": 0.9, "country_code": 1, "job_title": 0.3}),
    "filing": Source(0.10, {"full_name": 1, "company_name": 1, "locality": 0.9, "postal_code": 0.7, "phone": 0.3,
                            "country_code": 1, "job_title": 0.6}, abroad=True, old=0.3),
    "web": Source(0.22, {"full_name": 1, "company_name": 0.9, "job_title": 0.85, "email_address": 0.65, "phone": 0.5,
                         "website": 1}),
    "fair": Source(0.10, {"full_name": 1, "company_name": 0.95, "job_title": 0.6, "email_address": 0.6, "phone": 0.5,
                          "street_address": 0.4, "locality": 0.7, "postal_code": 0.4}, abroad=True, rate=0.10,
                   errors=SCANNED),
    "desk": Source(0.20, {"first_name": 1, "last_name": 1, "company_name": 0.95, "job_title": 0.4, "email_address": 0.6,
                          "phone": 0.6, "locality": 0.6, "postal_code": 0.4, "website": 0.3}, abroad=True, rate=0.05,
                   old=0.2),
    "list": Source(0.10, {"full_name": 1, "company_name": 1, "locality": 0.8, "phone": 0.7, "email_address": 0.3,
                          "country_code": 0.7}, abroad=True, rate=0.02, old=0.5),
    "signature": Source(0.14, {"full_name": 1, "company_name": 0.8, "job_title": 0.8, "email_address": 1, "phone": 0.8,
                               "street_address": 0.4, "locality": 0.4, "website": 0.5}),
}  # fmt: skip
OF_THE_FAMILY, SAME_GIVEN, CHANGED_JOB, DIRECT_LINE, HAS_MIDDLE = 0.4, 0.15, 0.06, 0.4, 0.35
"""Shares: of a family firm's people of its family, of those with their father's given name; of all people the rest."""
NICK = (0.0, 0.05, 0.25, 0.05, 0.15, 0.05, 0.25)
INITIAL = (0.0, 0.25, 0.02, 0.10, 0.08, 0.45, 0.02)
MIDDLE = (0.9, 0.7, 0.15, 0.1, 0.1, 0.05, 0.15)
GENERATION = (0.8, 0.7, 0.4, 0.3, 0.25, 0.2, 0.4)
FAMILY_FIRST = (0.8, 0.3, 0.02, 0.05, 0.0, 0.3, 0.02)
SWAPPED = (0.0, 0.0, 0.0, 0.02, 0.05, 0.02, 0.0)
LEGAL_NAME = (1.0, 1.0, 0.3, 0.6, 0.4, 0.2, 0.4)
INITIALS_OF_FIRM = (0.0, 0.1, 0.4, 0.4, 0.4, 0.3, 0.5)
CAPITALS = (0.7, 0.2, 0.0, 0.2, 0.1, 0.6, 0.0)
ROLE_BOX = (0.0, 0.0, 0.15, 0.02, 0.05, 0.4, 0.0)
AT_HEAD_OFFICE = (1.0, 0.8, 0.3, 0.2, 0.3, 0.7, 0.1)
AFTER_THE_CHANGE = (0.6, 0.5, 0.7, 0.5, 0.4, 0.3, 0.6)
"""Of those who changed their job, the share of the source's cards that say the new one."""


@dataclass
class People:
    """People in columns; `firm` has two columns, the present and the former or the same again."""

    firm: Integers
    site: Integers
    given: Texts
    middle: Texts
    last: Texts
    generation: Texts
    title: Texts
    scheme: Integers
    line: Texts


def hard_people(rows: int, seed: int) -> Labelled:
    """So many cards of people; who changed the job is the same one."""
    rng = np.random.default_rng((seed, 31))
    many = times(rng, rows, 8, 1.5)
    made, who = _world(rng, len(many))
    of = np.repeat(np.arange(len(many)), many)
    of = of[rng.permutation(len(of))][:rows]
    chosen = rng.choice(len(SOURCES), len(of), p=[one.share for one in SOURCES.values()])
    columns = _columns(made, who, of, chosen, rng)
    thin_and_spoil(columns, chosen, SOURCES, rng)
    table = pd.DataFrame({"source": texts(list(SOURCES))[chosen], **columns})
    table.insert(0, "card_id", [f"p{at:07d}" for at in range(len(of))])
    return Labelled("hard person", "person", table, pd.Series(of))


def _world(rng: np.random.Generator, count: int) -> tuple[Firms, People]:
    """Firms and so many people at them; firms have one to some hundred of them."""
    staff = np.minimum((rng.pareto(1.3, count) * 1.6 + 1).astype(np.int64), 300)
    staff = staff[: int(np.searchsorted(np.cumsum(staff), count)) + 1]
    made = firms(rng, len(staff))
    firm = np.repeat(np.arange(len(staff)), staff)[:count]
    script = made.script[firm]
    last = _own_surnames(rng, script)
    family = np.flatnonzero((made.style[firm] == FAMILY) & (rng.random(count) < OF_THE_FAMILY))
    last[family] = made.family[firm[family]]
    given, generation = _given(rng, script), texts([""] * count)
    title = pick(rng, TITLES, count)
    title[family] = pick(rng, [*OWNERS, *TITLES], len(family), [4.0] * len(OWNERS) + [1.0] * len(TITLES))
    sons = np.intersect1d(family, family + 1)
    sons = sons[(firm[sons] == firm[sons - 1]) & (rng.random(len(sons)) < SAME_GIVEN)]
    given[sons], generation[sons], generation[sons - 1] = given[sons - 1], "Jr.", "Sr."
    middle = texts([""] * count)
    has = np.flatnonzero((rng.random(count) < HAS_MIDDLE) & (script == ""))
    middle[has] = pick(rng, GIVEN, len(has), falling(len(GIVEN), 0.6, 5))
    after = np.where(rng.random(count) < CHANGED_JOB, rng.integers(0, len(staff), count), firm)
    both = np.stack([firm, after], axis=1)
    site = made.first_site[both] + (rng.random(both.shape) * made.sites[both]).astype(np.int64)
    line = texts([str(one) for one in rng.integers(10, 99, count).tolist()])
    line[rng.random(count) >= DIRECT_LINE] = ""
    return made, People(both, site, given, middle, last, generation, title, scheme_of(rng, count), line)


def _own_surnames(rng: np.random.Generator, script: Texts) -> Texts:
    found = surnames(rng, len(script), "")
    for one in ("cyrillic", "greek"):
        rows = np.flatnonzero(script == one)
        found[rows] = surnames(rng, len(rows), one)
    return found


def _given(rng: np.random.Generator, script: Texts) -> Texts:
    found = pick(rng, GIVEN, len(script), falling(len(GIVEN), 0.6, 8))
    for one, pool in (("cyrillic", CYRILLIC_GIVEN), ("greek", GREEK_GIVEN)):
        rows = np.flatnonzero(script == one)
        found[rows] = pick(rng, pool, len(rows))
    return found


def _some(shares: tuple[float, ...], chosen: Integers, rng: np.random.Generator) -> Mask:
    return np.asarray(rng.random(len(chosen)) < np.array(shares)[chosen], dtype=bool)


def _columns(made: Firms, who: People, of: Integers, chosen: Integers, rng: np.random.Generator) -> dict[str, Texts]:
    now = _some(AFTER_THE_CHANGE, chosen, rng).astype(np.int64)
    firm = who.firm[of, now]
    site = np.where(_some(AT_HEAD_OFFICE, chosen, rng), made.first_site[firm], who.site[of, now])
    abroad = np.array([one.abroad for one in SOURCES.values()])[chosen]
    script, country = made.script[who.firm[of, 0]], made.country[firm]
    scheme = np.where(rng.random(len(of)) < 0.3, rng.integers(0, 3, len(of)), who.scheme[of])
    given, middle, last = (in_latin(one[of], script, scheme, abroad) for one in (who.given, who.middle, who.last))
    first, full, swapped = _names(given, middle, last, who.generation[of], chosen, rng)
    at_home = made.script[firm]
    town = in_latin(made.town[site], at_home, scheme, abroad)
    company = in_latin(_firm_name(made, firm, chosen, rng), at_home, scheme, abroad)
    return {
        "full_name": full, "first_name": np.where(swapped, last, first), "last_name": np.where(swapped, first, last),
        "company_name": _company(company, made, firm, chosen, rng),
        "job_title": who.title[of].copy(), "email_address": _mailboxes(made, who, of, now, chosen, rng),
        "phone": phone_written(made.phone[site] + who.line[of], country, rng),
        "street_address": in_latin(made.street[site], at_home, scheme, abroad),
        "locality": town_names(town, made.exonym[site], abroad, rng), "postal_code": made.postal[site].copy(),
        "country_code": texts([one.code for one in COUNTRIES])[country],
        "website": site_written(made.domain[firm], rng),
    }  # fmt: skip


def _names(given: Texts, middle: Texts, last: Texts, generation: Texts, chosen: Integers,
           rng: np.random.Generator) -> tuple[Texts, Texts, Mask]:  # fmt: skip
    """The given part, the whole name, and where a typist has put given and family name in each other's place."""
    flags = [_some(one, chosen, rng).tolist() for one in (NICK, INITIAL, MIDDLE, GENERATION, FAMILY_FIRST, CAPITALS)]
    swapped = _some(SWAPPED, chosen, rng)
    firsts, fulls = [], []
    rows = zip(given, middle, last, generation, *flags, strict=True)
    for name, second, family, suffix, nick, initial, long, told, family_first, loud in rows:
        first = f"{name[0]}." if initial else NICKNAMES.get(name, name) if nick else name
        if long and second:
            first = f"{first} {second[0]}." if initial or len(name) % 2 else f"{first} {second}"
        full = f"{family}, {first}" if family_first else f"{first} {family}"
        full = f"{full} {suffix}" if told and suffix else full
        firsts.append(first)
        fulls.append(full.upper() if loud else full)
    return texts(firsts), texts(fulls), swapped


def _firm_name(made: Firms, firm: Integers, chosen: Integers, rng: np.random.Generator) -> Texts:
    """The firm's name, or its former one in sources that are behind."""
    old = np.array([one.old for one in SOURCES.values()])[chosen]
    former = made.former[firm]
    return np.asarray(np.where((former != "") & (rng.random(len(firm)) < old), former, made.name[firm]), dtype=object)


def _company(name: Texts, made: Firms, firm: Integers, chosen: Integers, rng: np.random.Generator) -> Texts:
    initials = made.initials[firm]
    short = (initials != "") & _some(INITIALS_OF_FIRM, chosen, rng)
    full = np.where(_some(LEGAL_NAME, chosen, rng), name + " " + made.form[firm], name)
    full = np.where(short, initials, full)
    loud = _some(CAPITALS, chosen, rng)
    return texts([one.upper() if up else one for one, up in zip(full, loud.tolist(), strict=True)])


def _mailboxes(made: Firms, who: People, of: Integers, now: Integers, chosen: Integers,
               rng: np.random.Generator) -> Texts:  # fmt: skip
    """The person's own mailbox in its firm's pattern, or the firm's common one."""
    scripts = made.script[who.firm[:, 0]]
    always = np.ones(len(scripts), dtype=bool)
    given, last = (_plain(in_latin(one, scripts, who.scheme, always)) for one in (who.given, who.last))
    local = np.stack([_locals(given, last, firm) for firm in who.firm.T], axis=1)[of, now]
    domain = made.domain[who.firm[of, now]]
    box = np.where(_some(ROLE_BOX, chosen, rng), "info", local)
    return np.asarray(np.where(domain != "", box + "@" + domain, ""), dtype=object)


def _locals(given: Texts, last: Texts, firm: Integers) -> Texts:
    """The part before the @ in the pattern of each firm; who comes second gets the whole name, then a number."""
    made = []
    for one, two, way in zip(given, last, (firm % 4).tolist(), strict=True):
        made.append((f"{one}.{two}", f"{one[:1]}.{two}", f"{one[:1]}{two}", one)[way])
    found = pd.DataFrame({"firm": firm, "local": made})
    twice = found.duplicated().to_numpy()
    found.loc[twice, "local"] = (given + "." + last)[twice]
    turn = found.groupby(["firm", "local"]).cumcount().to_numpy()
    return texts([f"{one}{at + 1 if at else ''}" for one, at in zip(found["local"], turn.tolist(), strict=True)])


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "ł": "l"})


def _plain(names: Texts) -> Texts:
    """Names as they stand in an address: small ASCII letters."""
    folded = [unicodedata.normalize("NFKD", one.lower().translate(_UMLAUTS)) for one in names]
    return texts(["".join(char for char in one if char.isascii() and char.isalnum()) for one in folded])
