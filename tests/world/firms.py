"""The stream of invented firms: firm `n` of a seed is the same whatever else is made, and nothing is remembered.

What several firms share (a parent, a building, somebody who moved, a brand that looks alike) is computed anew from
their numbers wherever it is needed, so that the stream runs in constant memory.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from stdnum import luhn
from stdnum.br import cnpj
from stdnum.ee import ik
from stdnum.es import cif
from stdnum.iso7064 import mod_97_10

from tests.world.model import Firm, Human, Place
from tests.world.noise import plain
from tests.world.words import (
    CODAS,
    COUNTRIES,
    CYCLE,
    FIRST_SYLLABLES,
    FREE_MAIL,
    GREEK_FAMILY_OF_WOMEN,
    LATER_SYLLABLES,
    SECTORS,
    TITLES,
    WOMEN,
    Country,
    Town,
)

SNAPSHOT = "2026-11-01"
"""The day on which all sources are written, unless another is asked for."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How often something is planted, from 0 to 1, and what it is."""

    share: float
    sentence: str


RATES: Mapping[str, Rate] = {
    "lei": Rate(0.45, "The firm has a legal entity identifier."),
    "former_name": Rate(0.12, "The firm had another legal name before."),
    "trading_name": Rate(0.15, "The firm trades under a name without its legal form."),
    "branch": Rate(0.15, "The firm has a second address."),
    "fax": Rate(0.20, "The firm still has a fax."),
    "parent": Rate(0.15, "The firm belongs to the first firm of its ten."),
    "shared_building": Rate(0.10, "The firm sits at an address with others that it has nothing to do with."),
    "lookalike": Rate(0.03, "The firm is called like another with which it has nothing to do, but for its sector."),
    "inactive": Rate(0.04, "The firm no longer exists."),
    "stale": Rate(0.05, "The registers last heard of the firm four to six years before the snapshot."),
    "stale_in_source": Rate(0.04, "One source still has the firm's old telephone number and an old title."),
    "sole_trader": Rate(0.04, "The firm is a person who trades under the own name, from home."),
    "public_body": Rate(0.06, "The firm is a public body."),
    "sensitive_body": Rate(0.02, "The firm is a religious, political or workers' organisation."),
    "family_firm": Rate(0.06, "All who work at the firm have one family name."),
    "extensions": Rate(0.30, "The firm's people have extensions on its switchboard."),
    "job_change": Rate(0.15, "Somebody left the firm for the one twenty-five numbers on."),
    "left": Rate(0.08, "The person has left the firm."),
    "middle_name": Rate(0.25, "The person has a middle name or initial."),
    "namesake": Rate(0.01, "The person has the name that many in the country have."),
    "sensitive_title": Rate(0.015, "The person's title tells a belief, a party or a union."),
}
"""Everything that is planted in the firms themselves; typos and the like happen in the writers."""

PERIOD = len(CYCLE)
_HEADS = len(FIRST_SYLLABLES) * len(LATER_SYLLABLES)
_TAILS = len(LATER_SYLLABLES) ** 2 * len(CODAS)
_KNOWN_NAMES = 0.25
_NEIGHBOURS = 2000
_OTHER_ROLES = ("employee",) * 6 + ("officer",) * 4 + ("director", "owner", "contact_point") * 2 + ("agent",)
_PATTERNS = ("{first}.{last}", "{first}.{last}", "{initial}{last}", "{first}", "{initial}.{last}")


def firms(count: int, seed: int, snapshot: str = SNAPSHOT) -> Iterator[Firm]:
    """The first `count` firms of a seed, one after the other.

    Args:
        count: How many.
        seed: Another seed gives another world.
        snapshot: ISO date of the day on which the sources are written.
    """
    world = World(seed, snapshot)
    return map(world.firm, range(count))


def number_of(firm: Firm) -> int:
    """The place of the firm in the stream, counted from 0."""
    return int(firm.id.rsplit("-", 1)[1])


def stale(rng: random.Random, firm: Firm) -> Firm:
    """The firm as an outdated source knows it: the old switchboard, an old title, a change long ago."""
    people = list(firm.people)
    spot = rng.randrange(len(people))
    if not people[spot].sensitive:
        titles = TITLES[COUNTRIES[firm.country].language]["employee"]
        people[spot] = replace(people[spot], title=_title(rng, titles, people[spot].first))
    town = _town(number_of(firm), firm.country)
    then = date.fromisoformat(firm.updated_on) - timedelta(days=rng.randrange(400, 900))
    heard = max(str(then), firm.founded_on)
    return replace(firm, phone=_line(number_of(firm), town, 2), people=tuple(people), updated_on=heard)


@dataclass(frozen=True, slots=True)
class World:
    """One invented world: everything in it follows from its seed, the snapshot's date and a firm's number."""

    seed: int
    snapshot: str

    def firm(self, number: int) -> Firm:
        """Firm `number`, counted from 0."""
        rng = self._rng(number, "firm")
        code = CYCLE[number % PERIOD]
        country, party = COUNTRIES[code], self.party(number)
        founded = self._founded(number)
        old = self._is(number, "stale") and not self._moves(number)
        heard = self._before(rng, 1461, 2191) if old else self._before(rng, 5, 700)
        blank = Firm(
            id=f"firm-{self.seed}-{number}", party=party, name="", short="", trading="", former="", form="",
            country=code, number=register_number(number, code), lei=self.lei(number), founded_on=str(founded),
            active=not self._is(number, "inactive") or self._moves(number) or number % 10 == 0,
            industry=self._industry(number), domain="", phone=_line(number, _town(number, code), 0),
            fax=_line(number, _town(number, code), 1) if self._is(number, "fax") else "",
            place=self._place(number, rng), branch=self._branch(rng, number), parent="", parent_lei="",
            updated_on=str(heard), people=(),
        )  # fmt: skip
        named = self._related(self._named(blank, country, rng), number)
        staffed = replace(named, people=tuple(self._people(named, rng)))
        return _at_home(staffed) if party == "sole_trader" else staffed

    def party(self, number: int) -> str:
        """A value of `pipelines.card.Party`; firms that others refer to are companies."""
        if number % 10 == 0 or self._moves(number):
            return "company"
        drawn = self._drawn(number, "party") / 2**64
        for party in ("sole_trader", "public_body"):
            drawn -= RATES[party].share
            if drawn < 0:
                return party
        return "company"

    def lei(self, number: int) -> str:
        """The legal entity identifier of a firm, or nothing; whoever may be a parent has one."""
        rng = self._rng(number, "lei")
        if number % 10 and rng.random() >= RATES["lei"].share:
            return ""
        body = f"89XZ00{''.join(rng.choices('0123456789ABCDEFGHJKLMNPQRSTUVWXYZ', k=6))}{number:06d}"
        return body + str(mod_97_10.calc_check_digits(body))

    def _drawn(self, number: int, what: str) -> int:
        """64 bits that follow from the seed, a number and what they are for."""
        text = f"{self.seed}/{number}/{what}".encode()
        return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest())

    def _rng(self, number: int, what: str) -> random.Random:
        return random.Random(self._drawn(number, what))

    def _is(self, number: int, what: str) -> bool:
        return self._drawn(number, what) < RATES[what].share * 2**64

    def _before(self, rng: random.Random, least: int, most: int) -> date:
        return date.fromisoformat(self.snapshot) - timedelta(days=rng.randrange(least, most))

    def _founded(self, number: int) -> date:
        return self._before(self._rng(number, "founded"), 2500, 20_000)

    def _moves(self, number: int) -> bool:
        """Whether somebody came to this firm from another of this world, or went to one."""
        return self._is(self._leaver(number), "job_change")

    def _leaver(self, number: int) -> int:
        """The earlier firm of the pair that this one is in: places 0 to 24 of each fifty, and the next 25."""
        return number - PERIOD if number // PERIOD % 2 else number

    # --- names --------------------------------------------------------------------------------------------------------

    def _looks_alike(self, number: int) -> bool:
        return number >= 4 and self.party(number) == "company" and self._is(number, "lookalike")

    def _brand(self, number: int) -> str:
        if self._looks_alike(number):
            return self._brand(number - 4)
        # mixing two halves in turns gives every number another word, and neighbours quite different ones
        left, right = divmod(number % (_HEADS * _TAILS), _TAILS)
        for turn in range(3):
            left = (left + self._drawn(right, f"left/{turn}")) % _HEADS
            right = (right + self._drawn(left, f"right/{turn}")) % _TAILS
        first, second = divmod(left, len(LATER_SYLLABLES))
        rest, coda = divmod(right, len(CODAS))
        third, fourth = divmod(rest, len(LATER_SYLLABLES))
        later = "".join(LATER_SYLLABLES[place] for place in (second, third, fourth))
        return (FIRST_SYLLABLES[first] + later + CODAS[coda]).capitalize()

    def _industry(self, number: int) -> str:
        rng = self._rng(number, "industry")
        if self.party(number) == "public_body":
            return "84110"
        if self._is_sensitive(number):
            return rng.choice(("94910", "94920", "94200"))
        return list(SECTORS)[self._sector(number)]

    def _sector(self, number: int) -> int:
        if self._looks_alike(number):
            return (self._sector(number - 4) + 1) % len(SECTORS)
        return self._rng(number, "sector").randrange(len(SECTORS))

    def _is_sensitive(self, number: int) -> bool:
        free = number % 10 and not self._moves(number) and not self._looks_alike(number)
        return bool(free) and self.party(number) == "company" and self._is(number, "sensitive_body")

    def _named(self, firm: Firm, country: Country, rng: random.Random) -> Firm:
        number = number_of(firm)
        brand = self._brand(number)
        sector = SECTORS.get(firm.industry, {}).get(country.language, "")
        form = rng.choice(country.forms) if sector and firm.party == "company" else ""
        short = self._short(firm, country, brand, sector)
        full = country.company.format(brand=brand, sector=sector, form=form) if form else short
        earlier = country.company.format(brand=_word(rng).capitalize(), sector=sector, form=form)
        separator = rng.choice(("", "", "-"))
        tail = separator + _slug(sector) if self._looks_alike(number) or rng.random() < 0.5 else ""
        return replace(
            firm, name=full, short=short, form=form, domain=f"{_slug(brand)}{tail}.{country.tld}",
            trading=short if form and self._is(number, "trading_name") else "",
            former=earlier if form and self._is(number, "former_name") else "",
        )  # fmt: skip

    def _short(self, firm: Firm, country: Country, brand: str, sector: str) -> str:
        if firm.party == "public_body":
            return country.council.format(brand=brand)
        if not sector:
            return country.faith[firm.industry].format(brand=brand)
        return country.company.format(brand=brand, sector=sector, form="").strip(" ,")

    def _related(self, firm: Firm, number: int) -> Firm:
        head = number - number % 10
        if number == head or firm.party != "company" or not firm.form or not self._is(number, "parent"):
            return firm
        return replace(firm, parent=f"firm-{self.seed}-{head}", parent_lei=self.lei(head))

    # --- places -------------------------------------------------------------------------------------------------------

    def _place(self, number: int, rng: random.Random) -> Place:
        code = CYCLE[number % PERIOD]
        town = _town(number, code)
        if self._is(number, "shared_building"):
            rng = self._rng(number // _NEIGHBOURS, f"building/{code}/{town.name}")
        return _address(rng, code, town)

    def _branch(self, rng: random.Random, number: int) -> Place | None:
        if self.party(number) == "sole_trader" or not self._is(number, "branch"):
            return None
        code = CYCLE[number % PERIOD]
        return _address(rng, code, rng.choice(COUNTRIES[code].towns))

    # --- people -------------------------------------------------------------------------------------------------------

    def _people(self, firm: Firm, rng: random.Random) -> Iterator[Human]:
        number = number_of(firm)
        size = 1 if firm.party == "sole_trader" else min(rng.choice((1, 2, 2, 3, 3, 4, 5, 6, 7, 8)), 7)
        house = _House(
            firm, rng.choice(_PATTERNS), _surname(rng, firm.country), self._is(number, "family_firm"),
            self._is(number, "extensions"),
        )  # fmt: skip
        taken: set[str] = set()
        for place in range(size):
            human = self._human(house, place)
            if human.email not in taken:
                yield human
            taken.add(human.email)
        if self._moves(number):
            mover = self._mover(house)
            if mover.email not in taken:
                yield mover

    def _human(self, house: _House, place: int) -> Human:
        number = number_of(house.firm)
        rng = self._rng(number, f"person/{place}")
        first, middle, last = _name(rng, house.firm.country)
        if house.is_family:
            last = _family(house.surname, first, house.firm.country)
        role = _role(rng, place, house.firm.party)
        private = self._private(rng, house.firm.country)
        sensitive = place > 0 and rng.random() < RATES["sensitive_title"].share
        titles = TITLES[COUNTRIES[house.firm.country].language]
        started = self._started(rng, house.firm)
        ended = started + (date.fromisoformat(house.firm.updated_on) - started) / 2
        return replace(
            private, id=f"person-{self.seed}-{number}-{place}", first=first, middle=middle, last=last,
            title=_title(rng, titles["sensitive" if sensitive else role], first), role=role, sensitive=sensitive,
            email=house.mailbox(first, last), extension=f"{rng.randrange(100, 999)}" if house.has_extensions else "",
            started_on=str(started),
            ended_on=str(ended) if place > 0 and rng.random() < RATES["left"].share else "",
        )  # fmt: skip

    def _mover(self, house: _House) -> Human:
        """The person who left the earlier firm of a pair and works at the later one."""
        number = number_of(house.firm)
        earlier = self._leaver(number)
        rng = self._rng(earlier, "mover")
        code = house.firm.country
        first, middle, last = _name(rng, code)
        private = self._private(rng, code)
        moved = self._before(rng, 710, 1100)
        came = max(moved - timedelta(days=rng.randrange(300, 1200)), self._founded(earlier))
        titles = TITLES[COUNTRIES[code].language]
        old, new = _title(rng, titles["employee"], first), _title(rng, titles["officer"], first)
        is_old = number == earlier
        return replace(
            private, id=f"person-{self.seed}-{earlier}-mover", first=first, middle=middle, last=last,
            title=old if is_old else new, role="employee" if is_old else "officer", email=house.mailbox(first, last),
            started_on=str(came if is_old else moved + timedelta(days=30)), ended_on=str(moved) if is_old else "",
        )  # fmt: skip

    def _started(self, rng: random.Random, firm: Firm) -> date:
        founded, heard = date.fromisoformat(firm.founded_on), date.fromisoformat(firm.updated_on)
        return max(founded, heard - timedelta(days=rng.randrange(60, 4000)))

    def _private(self, rng: random.Random, code: str) -> Human:
        """Somebody without a name and a job, and with everything that must never come through."""
        country = COUNTRIES[code]
        street = country.home_street.format(word=_word(rng).capitalize())
        home = _address(rng, code, rng.choice(country.towns), street)
        nonce = "".join(rng.choices("abcdefghjkmnpqrstuvwxyz23456789", k=12))
        return Human(
            id="", first="", last="", middle="", title="", role="", email="", extension="", started_on="", ended_on="",
            sensitive=False, birth_date=str(self._before(rng, 8_000, 24_000)), home=home,
            mobile=_filled(rng, country.mobile), free_mail=f"x{nonce}@{rng.choice(FREE_MAIL)}",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _House:
    """What the people of one firm have in common."""

    firm: Firm
    pattern: str
    surname: str
    is_family: bool
    has_extensions: bool

    def mailbox(self, first: str, last: str) -> str:
        """The business address of somebody of this name."""
        given, family = _slug(first), _slug(last)
        return f"{self.pattern.format(first=given, last=family, initial=given[:1])}@{self.firm.domain}"


# --- words ------------------------------------------------------------------------------------------------------------


def _word(rng: random.Random) -> str:
    """A word that is long and odd enough to stand nowhere else."""
    return "".join(rng.choices(LATER_SYLLABLES, k=5)) + rng.choice(CODAS)


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]", "", plain(words).lower())


def _name(rng: random.Random, code: str) -> tuple[str, str, str]:
    """Given, middle and family name."""
    country = COUNTRIES[code]
    if rng.random() < RATES["namesake"].share:
        return country.given[0], "", _family(country.family[0], country.given[0], code)
    first, middle, last = rng.choice(country.given), rng.choice(country.given), _surname(rng, code)
    fitting = middle != first and (middle in WOMEN) == (first in WOMEN)
    if not fitting or rng.random() >= 2 * RATES["middle_name"].share:
        middle = ""
    return first, f"{middle[:1]}." if middle and code == "US" else middle, _family(last, first, code)


def _surname(rng: random.Random, code: str) -> str:
    country = COUNTRIES[code]
    name = rng.choice(country.family)
    if rng.random() < _KNOWN_NAMES:
        return name
    if country.family_beginnings:
        return rng.choice(country.family_beginnings) + rng.choice(country.family_endings)
    return name if " " in name else f"{name} {rng.choice(country.family).rpartition(' ')[2]}"


def _family(last: str, first: str, code: str) -> str:
    """The family name as somebody of this given name bears it: Greek women have a form of their own."""
    if code == "GR" and not first.endswith("ς"):
        for ending, hers in GREEK_FAMILY_OF_WOMEN:
            if last.endswith(ending):
                return last.removesuffix(ending) + hers
    return last


def _title(rng: random.Random, titles: Sequence[str], first: str) -> str:
    his, _, hers = rng.choice(titles).partition("|")
    return hers if hers and first in WOMEN else his


def _role(rng: random.Random, place: int, party: str) -> str:
    if party == "public_body":
        return "contact_point" if place else "director"
    if party == "sole_trader":
        return "owner"
    # a company has somebody who directs it
    return rng.choice(_OTHER_ROLES) if place else "director"


# --- places and numbers -----------------------------------------------------------------------------------------------


def _rank(number: int, code: str) -> int:
    """How many firms of the country come before this one."""
    rounds, place = divmod(number, PERIOD)
    return rounds * CYCLE.count(code) + CYCLE[:place].count(code)


def _town(number: int, code: str) -> Town:
    towns = COUNTRIES[code].towns
    return towns[_rank(number, code) % len(towns)]


def _line(number: int, town: Town, which: int) -> str:
    """A fixed line of the firm, E.164, that no other firm has; of the range for fiction while that lasts.

    Args:
        number: The firm's.
        town: Where it sits.
        which: 0 its switchboard, 1 its fax, 2 the number that it had before.
    """
    code = CYCLE[number % PERIOD]
    line = 3 * (_rank(number, code) // len(COUNTRIES[code].towns)) + which
    pattern = town.fiction if line < 10 ** town.fiction.count("#") and town.fiction else town.phone
    width = pattern.count("#")
    digits = f"{line * 7_919 % 10**width:0{width}d}"
    return pattern.replace("#" * width, digits)


def _filled(rng: random.Random, pattern: str) -> str:
    """The pattern with digits for `#`, from two on for `%`, and for `@` letters that all postal codes may have."""
    kinds = {"#": "0123456789", "%": "23456789", "@": "BDEGHJLN"}
    return "".join(rng.choice(kinds[sign]) if sign in kinds else sign for sign in pattern)


def _address(rng: random.Random, code: str, town: Town, street: str = "") -> Place:
    country = COUNTRIES[code]
    word = street or rng.choice(country.streets)
    postal_code = _filled(rng, town.postal_code)
    house = country.street.format(word=word, number=rng.randrange(1, 400))
    return Place(house, town.name, town.region, postal_code, code)


def _at_home(firm: Firm) -> Firm:
    """A sole trader: the person's name is the firm's, and the home is its address."""
    trader = firm.people[0]
    name = f"{trader.first} {trader.last}"
    return replace(firm, name=name, trading=firm.short, short=name, place=trader.home)


def register_number(number: int, code: str) -> str:
    """The number of a firm in the register of its country, with right check digits; no two firms share one."""
    return _REGISTERS[code](number)


def _weighted(body: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))


def _norwegian(number: int) -> str:
    """Two neighbours never both lack a check digit, for the last weight is two."""
    for body in (f"{83_000_000 + 2 * number}", f"{83_000_001 + 2 * number}"):
        digit = -_weighted(body, (3, 2, 7, 6, 5, 4, 3, 2)) % 11
        if digit != 10:
            return f"{body}{digit}"
    raise AssertionError


def _with(body: str, digit: object) -> str:
    return f"{body}{digit}"


_REGISTERS: Mapping[str, Callable[[int], str]] = {
    "GB": lambda number: f"{80_000_000 + number}",
    "US": lambda number: f"{7_000_000 + number}",
    "DE": lambda number: f"HRB {700_000 + number}",
    "FR": lambda number: _with(f"{98_000_000 + number}", luhn.calc_check_digit(f"{98_000_000 + number}")),
    "ES": lambda number: _with(f"B{7_000_000 + number}", cif.calc_check_digits(f"B{7_000_000 + number}")[0]),
    "IT": lambda number: _with(f"{9_700_000 + number}015", luhn.calc_check_digit(f"{9_700_000 + number}015")),
    "NL": lambda number: f"{97_000_000 + number}",
    "PL": lambda number: f"{2_000_000 + number:010d}",
    "NO": _norwegian,
    "EE": lambda number: _with(f"{1_900_000 + number}", ik.calc_check_digit(f"{1_900_000 + number}0")),
    "GR": lambda number: f"{190_000_000_000 + number}",
    "BR": lambda number: _with(f"{97_000_000 + number}0001", cnpj.calc_check_digits(f"{97_000_000 + number}0001")),
}
