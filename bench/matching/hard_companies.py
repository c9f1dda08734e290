"""Companies of the hard world, as seven sources write them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from bench.matching.draw import Integers, Texts, pick, texts, times
from bench.matching.hard import Firms, firms
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
from bench.matching.names import COUNTRIES
from bench.matching.sets import Labelled

REGISTER, LEGAL, DIRECTORY, WEB, DESK, LIST, FAIR = range(7)
SOURCES = {
    "register": Source(0.24, {"company_name": 1, "street_address": 0.95, "locality": 0.97, "postal_code": 0.95,
                              "country_code": 1, "identifiers": 0.9, "former_names": 0.8}),
    "legal_entities": Source(0.06, {"company_name": 1, "street_address": 0.9, "locality": 1, "postal_code": 0.85,
                                    "country_code": 1, "identifiers": 1, "former_names": 0.5}, abroad=True),
    "directory": Source(0.22, {"company_name": 1, "street_address": 0.85, "locality": 0.95, "postal_code": 0.75,
                               "phone": 0.85, "website": 0.5}, rate=0.01, old=0.2),
    "web": Source(0.16, {"company_name": 1, "locality": 0.5, "phone": 0.6, "email_address": 0.6, "website": 1}),
    "desk": Source(0.16, {"company_name": 1, "street_address": 0.4, "locality": 0.7, "postal_code": 0.5, "phone": 0.5,
                          "email_address": 0.2, "website": 0.4, "country_code": 0.5}, abroad=True, rate=0.06, old=0.3),
    "list": Source(0.10, {"company_name": 1, "locality": 0.8, "postal_code": 0.4, "phone": 0.7, "country_code": 0.6},
                   abroad=True, rate=0.02, old=0.7),
    "fair": Source(0.06, {"company_name": 1, "locality": 0.8, "phone": 0.4, "website": 0.6, "email_address": 0.3,
                          "country_code": 0.8}, abroad=True, rate=0.12, errors=SCANNED),
}  # fmt: skip
AT_BRANCH = (0.0, 0.0, 1.0, 0.2, 0.5, 0.4, 0.1)
"""Share of a source's cards that are of any of a firm's sites and not of its head office."""
FORM_WRITTEN = (1.0, 1.0, 0.3, 0.4, 0.5, 0.2, 0.6)
INITIALS_WRITTEN = (0.0, 0.0, 0.3, 0.5, 0.4, 0.3, 0.5)
CAPITALS = (0.5, 0.1, 0.0, 0.0, 0.1, 0.6, 0.2)


def hard_companies(rows: int, seed: int) -> Labelled:
    """So many cards of companies; a company is a legal entity, its branches are its own, its subsidiaries are not."""
    rng = np.random.default_rng((seed, 29))
    many = times(rng, rows, 9, 1.4)
    made = firms(rng, len(many))
    of = np.repeat(np.arange(len(many)), many)
    of = of[rng.permutation(len(of))][:rows]
    chosen = rng.choice(len(SOURCES), len(of), p=[one.share for one in SOURCES.values()])
    columns = _columns(made, of, chosen, rng)
    thin_and_spoil(columns, chosen, SOURCES, rng)
    table = pd.DataFrame({"source": texts(list(SOURCES))[chosen], **columns})
    table.insert(0, "card_id", [f"h{at:07d}" for at in range(len(of))])
    return Labelled("hard company", "company", table, pd.Series(of))


def _some(shares: tuple[float, ...], chosen: Integers, rng: np.random.Generator) -> Mask:
    return np.asarray(rng.random(len(chosen)) < np.array(shares)[chosen], dtype=bool)


def _columns(made: Firms, of: Integers, chosen: Integers, rng: np.random.Generator) -> dict[str, Texts]:
    site = made.first_site[of] + (rng.random(len(of)) * made.sites[of] * _some(AT_BRANCH, chosen, rng)).astype(np.int64)
    abroad = np.array([one.abroad for one in SOURCES.values()])[chosen]
    script, country = made.script[of], made.country[of]
    scheme = scheme_of(rng, len(made.name))[of]
    scheme = np.where(rng.random(len(of)) < 0.3, rng.integers(0, 3, len(of)), scheme)
    old = np.array([one.old for one in SOURCES.values()])[chosen]
    former = made.former[of]
    by_former = (former != "") & (rng.random(len(of)) < old)
    name = in_latin(np.where(by_former, former, made.name[of]), script, scheme, abroad)
    known = np.where(former != "", former + " " + made.form[of], "")
    town = in_latin(made.town[site], script, scheme, abroad)
    return {
        "company_name": _written(name, made, of, chosen, rng),
        "former_names": in_latin(known, script, scheme, abroad),
        "street_address": in_latin(made.street[site], script, scheme, abroad),
        "locality": town_names(town, made.exonym[site], abroad, rng), "postal_code": made.postal[site].copy(),
        "phone": phone_written(made.phone[site], country, rng), "website": site_written(made.domain[of], rng),
        "email_address": _mailboxes(made.domain[of], rng),
        "country_code": texts([one.code for one in COUNTRIES])[country],
        "identifiers": np.where(chosen == LEGAL, made.lei[of], made.number[of]).astype(object),
    }  # fmt: skip


def _written(name: Texts, made: Firms, of: Integers, chosen: Integers, rng: np.random.Generator) -> Texts:
    """The name with or without its form, by its initials, in capitals."""
    initials = made.initials[of]
    short = (initials != "") & _some(INITIALS_WRITTEN, chosen, rng)
    form = np.where(rng.random(len(of)) < 0.25, made.long_form[of], made.form[of])
    full = np.where(_some(FORM_WRITTEN, chosen, rng), name + " " + form, name)
    full = np.where(short, initials, full)
    loud = _some(CAPITALS, chosen, rng)
    return texts([one.upper() if up else one for one, up in zip(full, loud.tolist(), strict=True)])


def _mailboxes(domain: Texts, rng: np.random.Generator) -> Texts:
    box = pick(rng, ["info@", "office@", "contact@", "sales@"], len(domain), [0.6, 0.15, 0.15, 0.1])
    return np.asarray(np.where(domain != "", box + domain, ""), dtype=object)
