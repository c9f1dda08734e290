"""How sources write things badly: the errors that people, scanners and forms make."""

from __future__ import annotations

import random

from anyascii import anyascii

_NEXT = {"a": "s", "e": "r", "i": "o", "o": "p", "n": "m", "t": "y", "s": "d", "r": "t", "l": "k", "c": "v"}


def typo(rng: random.Random, words: str) -> str:
    """One slip of the keyboard: a letter swapped, dropped, doubled or its neighbour's."""
    spots = [spot for spot, letter in enumerate(words) if letter.isalpha() and spot]
    if len(spots) < 3:
        return words
    spot = rng.choice(spots)
    letter = words[spot]
    made = {
        0: words[: spot - 1] + letter + words[spot - 1] + words[spot + 1 :],
        1: words[:spot] + words[spot + 1 :],
        2: words[:spot] + letter + words[spot:],
        3: words[:spot] + _NEXT.get(letter.lower(), letter) + words[spot + 1 :],
    }
    return made[rng.randrange(4)]


def sometimes(rng: random.Random, share: float, words: str) -> str:
    """The words with a typo in `share` (0 to 1) of the calls."""
    return typo(rng, words) if rng.random() < share else words


def plain(words: str) -> str:
    """The words in ASCII, as an old system stores them."""
    return str(anyascii(words))


def shout(words: str) -> str:
    """The words in ASCII capitals, as an older one does."""
    return plain(words).upper()
