"""How a name of an organisation that is registered all in capitals is written in running text; nothing else."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.verify.legal_forms import FRONT, SPELLINGS
from pipelines.verify.text import fold, is_shouted, recapitalise, words

_SMALL = words("""
    al and at by da das de dei del della delle der des di do dos du ed een el en et for fur il in la las le les
    lo los met of og och on or per por pour sur the to und van vom von voor with y zu zum zur
""")
_SHORT_WORDS = words("""
    al am an as be co do dr el fe ft go he hi ho il jo jr la le li lo los lu mc mr mrs ms mt my no of oh on or os ox
    re so sr st sun the to up we wu xi ye yo you yu
""")
"""Short words that are no abbreviation."""
_ACRONYMS = words("""
    aaa abb abc abn adp aecom aia aib aig ama amd api aws axa bae bbva bnp bpi cae cia cnc cpa dba dhl dna ebs
    ecb edf edp eea emea ems epa erp esa etf fao fca fda gis hiv hoa iata ibm icc icici ieee ifa ihg iii ikea imf
    ims ing ip ipc irs isa iso it itc itv jcb kpmg mba mit mri nasa nato nec oecd oem omv opec pga pnc psa raf
    rba rfid sap seb tui uae ubs ucb ucl uk un unesco unicef ups us usa usda vfw vip ymca ywca zf
""")
"""Abbreviations with vowels, which read like words."""
_ROMAN = re.compile(r"(?:x{0,3})(?:ix|iv|v?i{1,3}|v|x)")
_VOWEL = re.compile(r"[aeiouy]")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_DOTTED = re.compile(r"(?:\w\.)+\w?\.?")
_POLISH = re.compile(r"[ ,]+SP\.? ?Z ?O\.? ?O\.?$")
_BETWEEN = frozenset({"&", "+"})
_AROUND = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)
_JOINTS = re.compile(r"([-/&+,.]+)")
_POSSESSIVE = re.compile(r"(['\u2019]S)$")
_CLIPPED = 2
"""Letters of a word that is more often an abbreviation (IT, AB) than a word."""
_UNSPOKEN = 5
"""Letters up to which a word without a vowel is an abbreviation (HSBC, NHS), not a misspelling."""


@lru_cache(maxsize=65_536)
def displayed(name: str) -> str:
    """The name as a person would write it; one that is not all in capitals is left as it is.

    Capitals stay in abbreviations, figures and legal forms (`GmbH`, `PLC`), small words are small within the name,
    and `Mc` and `O'` keep their second capital. What cannot be told stays as it is registered elsewhere.

    Args:
        name: A tidied name.
    """
    if not is_shouted(name):
        return name
    if polish := _POLISH.search(name):
        return f"{displayed(name[: polish.start()])} Sp. z o.o."
    shouted = name.split(" ")
    ends = _start_of_form(shouted)
    cased = [
        (_form(word) or word) if at >= ends else _word(word, inner=0 < at < ends - 1) for at, word in enumerate(shouted)
    ]
    if len(shouted) > 1 and fold(shouted[0]) in FRONT:
        cased[0] = _form(shouted[0]) or cased[0]
    return " ".join(cased)


def _start_of_form(shouted: list[str]) -> int:
    """Where the words of the legal form at the end begin: `GMBH & CO. KG` has four."""
    at = len(shouted)
    while at > 1 and (_form(shouted[at - 1]) or (shouted[at - 1] in _BETWEEN and _form(shouted[at - 2]))):
        at -= 1
    return at


def _form(word: str) -> str:
    """A legal form as it is spelt, with the marks round it; empty for any other word."""
    before, bare, after = _parts(word)
    if _DOTTED.fullmatch(bare + after):
        spelt = SPELLINGS.get(fold(bare).replace(".", ""), "")
        return spelt if "." in spelt else word
    spelt = SPELLINGS.get(fold(bare).replace("/", " "), "")
    return f"{before}{spelt}{after}" if spelt else ""


def _parts(word: str) -> tuple[str, str, str]:
    match = _AROUND.match(word)
    return (match[1], match[2], match[3]) if match else ("", word, "")


def _word(word: str, *, inner: bool) -> str:
    before, bare, after = _parts(word)
    if not bare or _DOTTED.fullmatch(bare + after):
        return word
    if inner and not before and fold(bare) in _SMALL:
        return word.lower()
    pieces = _JOINTS.split(bare)
    single = len(pieces) == 1
    return before + "".join(_piece(piece, alone=single) for piece in pieces) + after


def _piece(piece: str, *, alone: bool) -> str:
    if _ORDINAL.fullmatch(fold(piece)):
        return piece.lower()
    owner = _POSSESSIVE.search(piece)
    stem, tail = (piece[: owner.start()], owner[1].lower()) if owner else (piece, "")
    return stem + tail if _is_kept(fold(stem), alone=alone) else recapitalise(stem) + tail


def _is_kept(bare: str, *, alone: bool) -> bool:
    """Whether the folded word is written in capitals in any text: a figure, numeral or abbreviation."""
    if any(mark.isdigit() for mark in bare) or bare in _ACRONYMS or (alone and _ROMAN.fullmatch(bare)):
        return True
    if len(bare) <= _CLIPPED:
        return bare not in _SHORT_WORDS
    return len(bare) <= _UNSPOKEN and bare.isascii() and not _VOWEL.search(bare) and bare not in _SHORT_WORDS
