"""The judges: how alike two values of one field are, as a level, element by element.

What belongs here: one small function a kind of field, and what a level of it takes. What does not: which field of a
card it judges (`comparing.py`), what a level is worth (`mixture.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, Indel, JaroWinkler

from pipelines.resolve.aligning import (
    bare_spelling,
    counterparts,
    formal,
    same_word,
    two_names,
    whole_names,
    without_links,
)
from pipelines.resolve.blocking import sound
from pipelines.resolve.codes import ABSENT
from pipelines.resolve.forms import ONE_FORM
from pipelines.resolve.organisations import NAME, judged
from pipelines.resolve.pairs import Pairs

Integers = npt.NDArray[np.int64]
Levels = npt.NDArray[np.int8]
Values = npt.NDArray[np.object_]
Judge = Callable[[Values, Values], Levels]

_NEAR_GIVEN, NEAR_FAMILY, _WHOLE, _EDITABLE = 0.9, 0.92, 100, 4
_NEAR_STREET, _NEAR_TITLE, _NEAR_WORDS, _WORTH_A_LOOK, _ACRONYM = 85, 80, 88, 65, 6
_WITHIN, _LONG_WORD = 85, 6
_NEAR_MAILBOX, _NEAR_SOUND, _ALIKE, _ALIKE_NAMES, _TWO = 0.8, 0.7, 0.59, 0.65, 2
_DOMAIN_EDITS, _LONG_DOMAIN, _DAY, _DAYS, _YEAR = 2, 10, "%Y%m%d", 31, 366
_SECOND_LEVELS = frozenset({"co", "com", "org", "net", "ac", "gov", "edu", "or", "ne", "gob", "gouv"})
_NEAR_WHOLE, _ALIKE_WHOLE, _CUT, _WORTH_ALIGNING = 0.88, 0.7, 8, 60
_DIGITS, _PUNCTUATION = re.compile(r"\d+"), re.compile(r"[._-]+")

FIRST = ("different", "alike", "moved", "initial", "near", "nickname", "swapped", "equal")
LAST = ("different", "alike", "part", "near", "equal")
MIDDLE = ("different", "alike", "equal")
EMAIL = ("different", "alias", "near", "local", "equal")
PLAIN = ("different", "equal")
NEARLY = ("different", "near", "equal")
STREET = ("different", "street", "near", "equal")
AREA = ("different", "near", "locality", "postal")
EMPLOYER = ("different", "near", "equal", "entity")
DATE = ("different", "year", "near", "equal")


def unlike(left: Values, right: Values) -> Levels:  # noqa: ARG001 - a judge takes both sides
    """Equal or not, nothing between."""
    return np.zeros(len(left), dtype=np.int8)


def legal_forms(left: Values, right: Values) -> Levels:
    """Two forms, unless one may be the other in another language (AG, SA) or mistyped (SA, AS, SAS): then not told."""
    return np.array([ABSENT if _one_form(*sorted(pair)) else 0 for pair in zip(left, right, strict=True)], np.int8)


def _one_form(one: str, other: str) -> bool:
    return (one, other) in ONE_FORM or sorted(one) == sorted(other) or Indel.distance(one, other) == 1


def similarity(left: Values, right: Values, scorer: Callable[..., float]) -> npt.NDArray[np.float32]:
    """The scorer's figure for each pair, on all cores."""
    scores: npt.NDArray[np.float32] = process.cpdist(left, right, scorer=scorer, dtype=np.float32, workers=-1)
    return scores


def _where(
    wanted: npt.NDArray[np.bool_], left: Values, right: Values, scorer: Callable[..., float]
) -> npt.NDArray[np.float32]:
    """The scorer's figure for the pairs that are wanted, 0 for the others."""
    scores = np.zeros(len(left), dtype=np.float32)
    scores[wanted] = similarity(left[wanted], right[wanted], scorer)
    return scores


def _spaced(name: str) -> bool:
    return " " in name


def given_names(left: Values, right: Values) -> Levels:
    """Given names: one's initial, a nickname of it, or a misspelling."""
    near = (similarity(left, right, JaroWinkler.similarity) >= _NEAR_GIVEN) | _one_edit(left, right)
    near |= _sound_alike(left, right) | Pairs.of(left, right).equal(bare_spelling)
    alike = np.where(_alike(left, right) | _shuffled(left, right), FIRST.index("alike"), 0)
    levels = np.where(near, FIRST.index("near"), alike).astype(np.int8)
    for at, (ours, theirs) in enumerate(zip(left, right, strict=True)):
        levels[at] = _given(ours, theirs, int(levels[at]))
    return levels


def _given(left: str, right: str, spelt: int) -> int:
    short, long = sorted((left, right), key=len)
    if len(short) == 1:
        return FIRST.index("initial") if any(name.startswith(short) for name in formal(long)) else 0
    if formal(left) & formal(right):
        return FIRST.index("nickname")
    if not spelt or counterparts(left, right):
        return 0
    return 0 if two_names(left, right) else spelt


@lru_cache(maxsize=1 << 16)
def akin(left: str, right: str) -> bool:
    """Whether two given names may be one person's: nicknames or spellings of each other."""
    one, other = (np.array([name], dtype=object) for name in (left, right))
    return left == right or bool(given_names(one, other)[0] > FIRST.index("moved"))


def _sound_alike(left: Values, right: Values) -> npt.NDArray[np.bool_]:
    """The same consonants with other vowels, where there are two or more and the rest is not far off."""
    heard = [[sound(word) for word in side] for side in (left, right)]
    alike = np.fromiter((len(a) > 1 and a == b for a, b in zip(*heard, strict=True)), dtype=bool, count=len(left))
    return np.asarray(alike & (similarity(left, right, JaroWinkler.similarity) >= _NEAR_SOUND), dtype=bool)


def _alike(left: Values, right: Values, least: float = _ALIKE) -> npt.NDArray[np.bool_]:
    """Two or three letters wrong, as by a bad scan or a careless typist: more alike than strangers mostly are."""
    return np.asarray(similarity(left, right, OSA.normalized_similarity) >= least, dtype=bool)


def _shuffled(left: Values, right: Values) -> npt.NDArray[np.bool_]:
    """The same letters in another order, but for one, as fast fingers leave them: `Talyro` for Taylor."""
    pairs = Pairs.of(left, right)
    ours, theirs = pairs.sides(pairs.texts(lambda name: "".join(sorted(name))))
    return (similarity(ours, theirs, Indel.distance) <= 1) & (pairs.shorter() >= _EDITABLE)


def _one_edit(left: Values, right: Values) -> npt.NDArray[np.bool_]:
    """One letter wrong, missing, added or swapped in words of four letters or more."""
    long = Pairs.of(left, right).shorter() >= _EDITABLE
    return (similarity(left, right, OSA.distance) <= 1) & long


def family_names(left: Values, right: Values) -> Levels:
    """Family names: a shared part of a double name, or a misspelling, or another language's spelling."""
    pairs = Pairs.of(left, right)
    near = similarity(left, right, JaroWinkler.similarity) >= NEAR_FAMILY
    near |= (similarity(left, right, OSA.distance) <= 1) & (pairs.shorter() >= _EDITABLE)
    near |= pairs.equal(bare_spelling)
    part = _where(pairs.either(_spaced) & ~near, left, right, fuzz.token_set_ratio) >= _WHOLE
    alike = np.where(_alike(left, right) | _shuffled(left, right), LAST.index("alike"), 0)
    return np.where(near, LAST.index("near"), np.where(part, LAST.index("part"), alike)).astype(np.int8)


def aligned(left: Values, right: Values) -> Levels:
    """Whole names, word for word in any order: a place in `aligning.WHOLE`."""
    pairs = Pairs.of(left, right)
    worth = (similarity(left, right, fuzz.token_sort_ratio) >= _WORTH_ALIGNING) | pairs.either(_initialled)
    at = np.flatnonzero(worth)
    levels = np.zeros(len(left), dtype=np.int8)
    levels[at] = np.fromiter(map(whole_names, left[at], right[at]), dtype=np.int8, count=len(at))
    return levels


def _initialled(name: str) -> bool:
    """Whether one of its words is a single letter."""
    return any(len(word) == 1 for word in name.split())


def middle_names(left: Values, right: Values) -> Levels:
    """Middle names: every one of the card with fewer is, or begins, one of the other's."""
    return np.fromiter(map(_middle, left, right), dtype=np.int8, count=len(left))


@lru_cache(maxsize=1 << 16)
def _middle(left: str, right: str) -> bool:
    fewer, more = sorted((without_links(left.split()), without_links(right.split())), key=len)
    if same_word("".join(fewer), "".join(more)):
        return True
    left_over = list(more)
    for word in fewer:
        partner = next((one for one in left_over if _fits(word, one)), None)
        if partner is None:
            return False
        left_over.remove(partner)
    return True


def _fits(word: str, other: str) -> bool:
    return same_word(word, other) or (1 in (len(word), len(other)) and word[0] == other[0])


def mailboxes(left: Values, right: Values) -> Levels:
    """Mailboxes: the same before the @, a misspelling of the whole, or two ways to write one name at one domain."""
    pairs = Pairs.of(left, right)
    local = pairs.equal(_local)
    near = np.flatnonzero(pairs.equal(_start) & ~local)
    near = near[similarity(left[near], right[near], OSA.normalized_similarity) >= _NEAR_MAILBOX]
    boxes = pairs.some(near)
    near = near[similarity(*boxes.sides(boxes.texts(_local)), OSA.normalized_similarity) >= _NEAR_MAILBOX]
    levels = np.zeros(len(left), dtype=np.int8)
    levels[near[_same_digits(left[near], right[near])]] = EMAIL.index("near")
    for at in np.flatnonzero(~local & pairs.equal(_host)):
        if _alias(_local(left[at]), _local(right[at])):
            levels[at] = EMAIL.index("alias")
    levels[local] = EMAIL.index("local")
    return levels


def _local(mailbox: str) -> str:
    return mailbox.partition("@")[0]


def _host(mailbox: str) -> str:
    return mailbox.partition("@")[2]


def _start(text: str) -> str:
    return text[:1]


def _same_digits(left: Values, right: Values) -> npt.NDArray[np.bool_]:
    """Whether they hold the same numbers: `j.smith2` is another one than `j.smith`."""
    return Pairs.of(left, right).equal(lambda text: " ".join(_DIGITS.findall(text)))


@lru_cache(maxsize=1 << 16)
def _alias(left: str, right: str) -> bool:
    """Whether two local parts write one name in two ways: `otto.tann`, `o.tann`, `otann`, `tann.otto`."""
    if _DIGITS.search(left + right):
        return False
    return _written(left, right) or _written(right, left)


def _written(full: str, other: str) -> bool:
    """Whether the other is a way to write the two words of the first."""
    words, whole = _PUNCTUATION.split(full), _PUNCTUATION.sub("", other)
    if len(words) != _TWO or not all(words) or len(whole) <= _TWO:
        return False
    one, two = words
    return whole in (one + two, two + one, one[0] + two, one + two[0], two + one[0], two[0] + one, one, two)


def streets(left: Values, right: Values) -> Levels:
    """Streets: the same street with the same number, or with another one."""
    pairs = Pairs.of(left, right)
    numbers = pairs.equal(_number) | pairs.either(lambda street: not _number(street))
    ours, theirs = pairs.sides(pairs.texts(lambda street: _DIGITS.sub("", street).strip()))
    same = (similarity(ours, theirs, fuzz.token_set_ratio) >= _NEAR_STREET) | (
        similarity(ours, theirs, JaroWinkler.similarity) >= NEAR_FAMILY
    )
    for at in np.flatnonzero(same & ~numbers):
        one, other = set(_DIGITS.findall(left[at])), set(_DIGITS.findall(right[at]))
        numbers[at] = one <= other or other <= one  # a unit, a floor or a postal code stands before the house
    return np.where(same, np.where(numbers, STREET.index("near"), STREET.index("street")), 0).astype(np.int8)


def _number(street: str) -> str:
    found = _DIGITS.search(street)
    return found.group() if found else ""


def titles(left: Values, right: Values) -> Levels:
    """Job titles: words in common."""
    return (similarity(left, right, fuzz.token_set_ratio) >= _NEAR_TITLE).astype(np.int8)


def numbers(left: Values, right: Values) -> Levels:
    """Other numbers of one scheme: one or two characters wrong."""
    return (similarity(left, right, OSA.distance) <= 1).astype(np.int8)


def domains(left: Values, right: Values) -> Levels:
    """Domains: the same name under another ending or before a part of it (acme.de, shop.acme.com), or misspelt."""
    pairs = Pairs.of(left, right)
    same = pairs.equal(_registered)
    misspelt = (similarity(left, right, OSA.distance) <= _DOMAIN_EDITS) & (pairs.shorter() >= _LONG_DOMAIN) & ~same
    misspelt[misspelt] = _same_digits(left[misspelt], right[misspelt])
    return np.asarray(same | misspelt, dtype=np.int8)


def _registered(domain: str) -> str:
    """What stands before the ending of a domain, and that alone; the whole where it is short and says nothing."""
    labels = domain.split(".")
    name = labels[-3] if len(labels) > _TWO and labels[-2] in _SECOND_LEVELS else labels[-2]
    return name if len(name) >= _EDITABLE else domain


def dates(left: Values, right: Values) -> Levels:
    """Dates as yyyymmdd: one digit wrong, day and month swapped, days apart, or within a year."""
    levels = np.where(numbers(left, right) > 0, DATE.index("near"), 0).astype(np.int8)
    for at in np.flatnonzero(levels == 0):
        levels[at] = _apart(left[at], right[at])
    return levels


@lru_cache(maxsize=1 << 16)
def _apart(left: str, right: str) -> int:
    if left[:4] == right[:4] and left[4:6] + left[6:] == right[6:] + right[4:6]:
        return DATE.index("near")
    try:
        days = abs((datetime.strptime(left, _DAY) - datetime.strptime(right, _DAY)).days)  # noqa: DTZ007 - days only
    except ValueError:
        return 0
    return DATE.index("near") if days <= _DAYS else DATE.index("year") if days <= _YEAR else 0


def words_alike(left: Values, right: Values) -> Levels:
    """Places by name: most of the words the same."""
    near = similarity(left, right, fuzz.token_sort_ratio) >= _NEAR_WORDS
    return (near | (similarity(left, right, JaroWinkler.similarity) >= NEAR_FAMILY)).astype(np.int8)


def employers(left: Values, right: Values) -> Levels:
    """Employers: another spelling, a shorter name, or one of the same group, unless a number tells them apart."""
    levels = organisation_names(left, right)
    related = (levels >= NAME.index("part")) | (levels == NAME.index("kin"))
    related[related] = _same_digits(left[related], right[related])
    return np.asarray(related, dtype=np.int8)


def organisation_names(left: Values, right: Values) -> Levels:
    """Names of organisations, word by word: misspelt, shortened, an acronym, or a relative's (Holding, II, France)."""
    pairs = Pairs.of(left, right)
    worth = (similarity(left, right, fuzz.token_set_ratio) >= _WORTH_A_LOOK) | (pairs.shorter() <= _ACRONYM)
    worth |= _where(~worth, left, right, fuzz.ratio) >= _WORTH_A_LOOK
    worth |= _where(~worth & (pairs.shorter() >= _LONG_WORD), left, right, fuzz.partial_ratio) >= _WITHIN
    levels = np.zeros(len(left), dtype=np.int8)
    if worth.any():
        levels[worth] = judged(pairs.some(np.flatnonzero(worth)))
    rest = np.flatnonzero((levels == 0) & ~pairs.either(_numbered))
    levels[rest] = np.where(_alike(left[rest], right[rest], _ALIKE_NAMES), NAME.index("alike"), 0)
    return levels


def spelt_out(left: Values, right: Values) -> Levels:
    """Names of organisations with their legal form, without spaces: `Acmeltd` is `Acme Ltd`, `AcmeLt d` as well."""
    whole = Pairs.of(left, right)
    closed = Pairs.of(*whole.sides(whole.texts(lambda name: name.replace(" ", ""))))
    ours, theirs = closed.sides(closed.distinct)
    alike = np.flatnonzero(_alike(ours, theirs, _ALIKE_WHOLE) & ~whole.either(_numbered))
    near = _alike(ours[alike], theirs[alike], _NEAR_WHOLE)
    levels = np.zeros(len(left), dtype=np.int8)
    levels[alike] = np.where(near, NAME.index("near"), NAME.index("alike"))
    levels[_cut_off(left, right)] = NAME.index("near")
    return levels


def _cut_off(left: Values, right: Values) -> npt.NDArray[np.bool_]:
    """Whether one is the other cut off inside a word, as fields of a fixed width do."""
    found = np.zeros(len(left), dtype=bool)
    for at, (one, other) in enumerate(zip(left, right, strict=True)):
        short, long = sorted((one, other), key=len)
        found[at] = len(short) >= _CUT and long.startswith(short) and long[len(short) : len(short) + 1].isalpha()
    return found


def _numbered(name: str) -> bool:
    """Whether it has a digit, by which its like may be told from it."""
    return _DIGITS.search(name) is not None
