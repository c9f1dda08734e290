"""Words in classes, and shapes over the classes: how the rules for titles and names are written and matched.

What belongs here: the reading of entries and shapes and their matching, alike for every language, and which typing
errors a word may have. What does not: any word (`rules/`), and what follows from a match (`sensitive.py`).

An entry is one or more folded words. `(a|b)` stands for either, `*` for any letters at the beginning of, the end of or
within a word, and a hyphen at the end marks the first part of compounds: `partei-` makes two words of `parteitag`.
A shape is an expression over classes: `<a|b>` is a word of either class, `<!a|b>` one of neither, `.` any word, `[` the
beginning of a segment or what follows a conjunction (class `conj`), `]` the end of a segment, `;` the next segment.
`*`, `+`, `?`, `{m,n}`, `|`, `^`, `$` and round brackets mean what they do in regular expressions.

A long word that no entry names and that is one typing error away from what entries name is read as they write it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

ANY = "any"
"""The language of words that mean the same in all."""

Classes = Mapping[str, str]
"""The classes of a word by language, a letter each."""

_TOKEN = re.compile(r"<(!?)([a-z_|]+)>|([.;\[\]])|\s")
_UMLAUT = re.compile("([aou])e")
_NOTHING, _BREAK = "-", "; "
SHORTEST = {"swapped": 7, "doubled": 7, "lacking": 8, "other": 9}
"""Letters from which a word is told with a typing error of a kind: shorter ones have neighbours of another meaning."""
_FEWEST = min(SHORTEST.values())
_CERTAIN = 2
"""Last letters that an error must leave alone."""
_REST = 3
"""Letters that must stand before or behind a misspelt part of a compound."""


def expanded(entry: str) -> Iterator[str]:
    """Every text that an entry with choices, which may hold choices, stands for."""
    start = entry.find("(")
    if start < 0:
        yield " ".join(entry.split())
        return
    cuts, depth = [start], 0
    for place in range(start, len(entry)):
        depth += {"(": 1, ")": -1}.get(entry[place], 0)
        if entry[place] == "|" and depth == 1:
            cuts.append(place)
        if not depth:
            break
    for left, right in pairwise([*cuts, place]):
        yield from expanded(entry[:start] + entry[left + 1 : right] + entry[place + 1 :])


def error(written: str, meant: str) -> str:
    """The one typing error, of those in `SHORTEST`, by which a word differs from the one that is meant, or nothing.

    The first letter counts as certain, and so do the last two unless they are swapped: others there are rather an
    inflection (`communisme`), another word (`noticias`, `novicias`) or a family name (`Bischoff`).
    """
    shorter = min(len(written), len(meant))
    front = next((place for place in range(shorter) if written[place] != meant[place]), shorter)
    back = next(
        (place for place in range(shorter - front) if written[-1 - place] != meant[-1 - place]), shorter - front
    )
    left, right = written[front : len(written) - back], meant[front : len(meant) - back]
    lengths = len(left), len(right)
    if not front or lengths == (2, 2):
        return "swapped" if front and left == right[::-1] else ""
    if lengths == (1, 1):
        return "other" if back >= _CERTAIN else ""
    if sum(lengths) != 1:
        return ""
    twice = (left or right) == written[front - 1]
    return "" if back + twice < _CERTAIN else "doubled" if twice else "lacking"


class Neighbours:
    """Texts that can be found by what is one typing error away from them, by what is left without a letter.

    Args:
        texts: What may be misspelt.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        """Notes each text under itself and under each that lacks a letter."""
        self._by_key: dict[str, list[str]] = defaultdict(list)
        self._ends: set[str] = set()
        for text in sorted({text for text in texts if len(text) >= _FEWEST and text.isalpha()}):
            self._ends.add(text[0] + text[-1])
            for key in dict.fromkeys(_lacking(text)):
                self._by_key[key].append(text)

    def of(self, word: str) -> set[str]:
        """The texts that a word differs from by one typing error."""
        near = {text for key in _lacking(word) for text in self._by_key.get(key, ())}
        return {text for text in near if (kind := error(word, text)) and len(text) >= SHORTEST[kind]}

    def of_part(self, part: str) -> set[str]:
        """The texts that a part of a word differs from by one typing error, the letters at both ends being right."""
        return {text for text in self.of(part) if text[-1] == part[-1]} if part[0] + part[-1] in self._ends else set()


def _lacking(word: str) -> list[str]:
    """A word, and what is left of it without one of its letters but the first."""
    return [word, *[word[:place] + word[place + 1 :] for place in range(1, len(word))]]


class Lexicon:
    """Words and phrases of several languages with their classes.

    Args:
        said: Entries by class and language.
        common: Classes whose words mean the same in a text of any language, and hide what a phrase is made of.
        telling: Classes of words that are told even with a typing error; without any, no word is.
        spared: Words that are right as they are, though near to one of the lexicon.
    """

    def __init__(
        self,
        said: Mapping[str, Mapping[str, Iterable[str]]],
        common: Iterable[str] = (),
        telling: Iterable[str] = (),
        spared: Iterable[str] = (),
    ) -> None:
        """Reads the entries; classes get a letter each, in their order."""
        self.letters = {name: chr(0x100 + place) for place, name in enumerate(said)}
        self._telling = frozenset(self.letters[name] for name in telling)
        self._common = frozenset(self.letters[name] for name in common)
        self._exact: dict[str, dict[str, str]] = defaultdict(dict)
        self._parts: dict[str, dict[str, str]] = defaultdict(dict)
        self._beginnings: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        phrases: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
        for name, by_language in said.items():
            for language, entries in by_language.items():
                for entry in (text for each in entries for text in expanded(each)):
                    place = phrases[tuple(entry.split())] if " " in entry else self._place(entry)
                    _add(place, ANY if name in common else language, self.letters[name])
        self._phrases: dict[str, list[tuple[tuple[str, ...], dict[str, str]]]] = defaultdict(list)
        for phrase, classes in sorted(phrases.items(), key=lambda each: (-len(each[0]), each[0])):
            self._phrases[phrase[0]].append((phrase[1:], classes))
        parts = "|".join(sorted(self._parts, key=lambda part: (-len(part), part))) or r"(?!)"
        self._compound = re.compile(rf"[^\W\d_]*?({parts})([^\W\d_]{{3,}})")
        self.classes = lru_cache(maxsize=131_072)(self._classes)
        self._in_phrases = {word for phrase in phrases for word in phrase} - self._exact.keys()
        self._named = {*self._in_phrases, *self._exact, *spared}
        self.spelt = lru_cache(maxsize=131_072)(self._spelt if self._telling else str)

    def _place(self, entry: str) -> dict[str, str]:
        """Where the classes of a word are kept."""
        if entry.endswith("-"):
            return self._parts[entry[:-1]]
        before, star, after = entry.partition("*")
        return self._beginnings[before][after] if star else self._exact[entry]

    def _found(self, word: str) -> dict[str, str]:
        """The classes of one written form."""
        found = dict(self._exact.get(word, {}))
        for cut in range(len(word) + 1):
            by_ending = self._beginnings.get(word[:cut])
            if by_ending:
                for more in range(cut, len(word) + 1):
                    _merge(found, by_ending.get(word[more:], {}))
        return found

    def _classes(self, word: str) -> tuple[Classes, ...]:
        """The classes of a word, after those of its first part if it is a compound; umlauts may have an `e`."""
        for form in dict.fromkeys((word, _UMLAUT.sub(r"\1", word))):
            found = self._found(form)
            parts = self._compound.fullmatch(form) if form not in self._exact else None
            head = self._classes(parts[2]) if parts else ()
            if parts and (head[-1] or not found):
                return (self._parts[parts[1]], *head[:-1], _merge(dict(head[-1]), found))
            if found:
                return (found,)
        return ({},)

    def _spelt(self, word: str) -> str:
        """A word as the lexicon writes it, if it is misspelt; a word that is named or tells something is not.

        Of words that it may mean all must tell something or none: between a church and a firm nothing is guessed. Words
        that stand in phrases only are meant if no other is.
        """
        if len(word) < _FEWEST - 1 or word in self._named or not word.isalpha() or self._is_plain(word):
            return word
        near = self._misspelt.of(word)
        alone = near - self._in_phrases
        meant = sorted(alone or set(self._in_compounds(word)) or near)
        return meant[0] if meant and len(set(map(self._tells, meant))) == 1 else word

    def _is_plain(self, word: str) -> bool:
        """Whether a word tells something and, if it is a compound, all of it is known in one language."""
        first, *rest = self.classes(word)
        return self._tells(word) and all(ANY in part or not first.keys().isdisjoint(part) for part in rest)

    def _tells(self, word: str) -> bool:
        return any(not self._telling.isdisjoint(letters) for found in self.classes(word) for letters in found.values())

    def _in_compounds(self, word: str) -> Iterator[str]:
        """Compounds with a first or last part that tells, of which a word has a misspelt one."""
        firsts, lasts = self._misspelt_parts
        for cut in range(_FEWEST - 1, len(word) - _REST + 1):
            for part in firsts.of_part(word[:cut]):
                if word[:cut] not in self._named:
                    yield part + word[cut:]
        for cut in range(_REST, len(word) - _FEWEST + 2):
            for part in lasts.of_part(word[cut:]):
                if word[cut:] not in self._named:
                    yield word[:cut] + part

    @cached_property
    def _misspelt(self) -> Neighbours:
        return Neighbours({*self._named, *self._firsts, *self._lasts})

    @cached_property
    def _misspelt_parts(self) -> tuple[Neighbours, Neighbours]:
        return Neighbours({*self._firsts, *self._parts}), Neighbours(self._lasts)

    @cached_property
    def _firsts(self) -> set[str]:
        """Beginnings of words that tell something."""
        return {before for before in self._beginnings if self._tells(before)}

    @cached_property
    def _lasts(self) -> set[str]:
        """Endings of words that tell something."""
        return {after for after in self._beginnings.get("", ()) if self._tells(after)}

    def read(self, words: Sequence[str]) -> list[Classes]:
        """The classes of each word; a phrase is one word, of its own classes and those of what it is made of.

        The longest phrase counts; of phrases as long, one without `*`, then one of a common class.
        """
        words = [self.spelt(word) for word in words]
        read: list[Classes] = []
        place = 0
        while place < len(words):
            said = self._phrases.get(words[place], ())
            phrases = [(rest, found) for rest, found in said if self._follows(words[place + 1 :], rest)]
            phrases.sort(key=lambda each: (-len(each[0]), "*" in each[0], not self._clears(each[1])))
            length = len(phrases[0][0]) + 1 if phrases else 1
            read += (self._phrase(words[place : place + length], phrases),) if phrases else self.classes(words[place])
            place += length
        return read

    def _clears(self, classes: Classes) -> bool:
        return not self._common.isdisjoint(classes.get(ANY, ""))

    def _follows(self, words: Sequence[str], rest: tuple[str, ...]) -> bool:
        """Whether words begin with the rest of a phrase, in which `*` is any word of no common class."""
        return len(words) >= len(rest) and all(
            not any(map(self._clears, self.classes(word))) if entry == "*" else _is(word, entry)
            for word, entry in zip(words, rest, strict=False)
        )

    def _phrase(self, words: Sequence[str], phrases: Sequence[tuple[tuple[str, ...], Classes]]) -> Classes:
        found = dict(phrases[0][1])
        if self._clears(found):
            return found
        inner = [classes for _, classes in phrases[1:]] + [classes for word in words for classes in self.classes(word)]
        for classes in inner:
            _merge(found, classes, without=self._common)
        return found


def _add(classes: dict[str, str], language: str, letters: Iterable[str]) -> None:
    classes[language] = "".join(sorted({*classes.get(language, ""), *letters}))


def _merge(classes: dict[str, str], more: Classes, *, without: frozenset[str] = frozenset()) -> dict[str, str]:
    for language, letters in more.items():
        if not without.issuperset(letters):
            _add(classes, language, set(letters) - without)
    return classes


def _is(word: str, entry: str) -> bool:
    before, star, after = entry.partition("*")
    return word.startswith(before) and word.endswith(after) if star else word == entry


class Shapes:
    """Shapes by name, tried in each language that a text has words of.

    Args:
        lexicon: Its words.
        said: Shapes by name.
        telling: Classes without which no shape can match; texts without them are not tried.
    """

    def __init__(self, lexicon: Lexicon, said: Mapping[str, Iterable[str]], telling: Iterable[str]) -> None:
        """Compiles the shapes."""
        self._letters = lexicon.letters
        linked = rf"(?:(?:[^ ;]+ )*?[^ ;]*{self._letters['conj']}[^ ;]* )?"
        self._signs = {".": "(?:[^ ;]+ )", ";": _BREAK, "[": "(?:^|(?<=; ))" + linked, "]": "(?=; |$)", None: ""}
        named = (f"(?P<{name}>{'|'.join(map(self._compiled, shapes))})" for name, shapes in said.items())
        self._pattern = re.compile("(?:^|(?<= ))(?:" + "|".join(named) + ")")
        self._telling = frozenset(lexicon.letters[name] for name in telling)

    def _compiled(self, shape: str) -> str:
        return re.sub(r"\((?!\?)", "(?:", _TOKEN.sub(self._token, shape))

    def _token(self, match: re.Match[str]) -> str:
        negated, names, sign = match.groups()
        if names:
            letters = "".join(self._letters[name] for name in names.split("|"))
            return f"(?:[^ ;{letters}]+ )" if negated else f"(?:[^ ;{letters}]*[{letters}][^ ;]* )"
        return self._signs[sign]

    def match(self, segments: Sequence[Sequence[Classes]]) -> str:
        """The name of the shape that a text has and the language it has it in, as `name_language`, or nothing."""
        every = [word for segment in segments for word in segment]
        for language in self._languages(every):
            tags = _BREAK.join("".join(_tag(word, language) for word in segment) for segment in segments)
            found = self._pattern.search(tags)
            if found:
                return f"{found.lastgroup}_{language}"
        return ""

    def _languages(self, read: Sequence[Classes]) -> list[str]:
        """The languages that a telling word is of; all that any word is of if it tells in every language."""
        telling = {lang for word in read for lang, letters in word.items() if not self._telling.isdisjoint(letters)}
        if ANY in telling:
            telling |= {language for word in read for language in word}
        return sorted(telling)


def _tag(word: Classes, language: str) -> str:
    own = word.get(language, "") + (word.get(ANY, "") if language != ANY else "")
    return (own or _NOTHING) + " "
