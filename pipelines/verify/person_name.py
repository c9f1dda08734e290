"""Names of people: prefix, given, middle and family names and suffix, in one order and with the usual capitals."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipelines.card import NAME_PARTS
from pipelines.reasons import Finding
from pipelines.verify.outcome import Found, refuse
from pipelines.verify.text import fold, is_placeholder, is_shouted, is_whispered, recapitalise, tidy, words

PREFIXES: Mapping[str, str] = {
    "dr": "Dr.", "doctor": "Dr.", "dra": "Dra.", "drs": "Drs.", "prof": "Prof.", "professor": "Prof.", "ing": "Ing.",
    "ir": "Ir.", "mag": "Mag.", "dipl": "Dipl.", "diplom": "Dipl.", "dipl-ing": "Dipl.-Ing.", "dipling": "Dipl.-Ing.",
    "dr-ing": "Dr.-Ing.", "dring": "Dr.-Ing.", "dipl-kfm": "Dipl.-Kfm.", "med": "med.", "rer": "rer.", "nat": "nat.",
    "phil": "phil.", "jur": "jur.", "iur": "iur.", "habil": "habil.", "hc": "h.c.", "pd": "PD",
    "priv-doz": "Priv.-Doz.",
    "dott": "Dott.", "dottssa": "Dott.ssa", "avv": "Avv.", "arch": "Arch.", "lic": "Lic.", "mgr": "Mgr.", "bc": "Bc.",
    "hon": "Hon.", "honorable": "Hon.", "judge": "Judge", "capt": "Capt.", "captain": "Capt.", "col": "Col.",
    "colonel": "Col.", "lt": "Lt.", "maj": "Maj.", "major": "Maj.", "gen": "Gen.", "general": "Gen.", "sgt": "Sgt.",
    "cdr": "Cdr.", "cllr": "Cllr", "councillor": "Cllr", "mayor": "Mayor",
}  # fmt: skip
"""Academic and official prefixes, which stay."""

DROPPED = words("""
    mr mrs ms miss mx mister madam madame mme mlle monsieur herr frau fraulein sr sra srta senor senora senorita sig
    signor signora dhr mevr mevrouw meneer hr fr pan pani sir dame lord lady messrs
    rev revd reverend father pastor pfarrer pfr rabbi rabbiner rabbin imam bishop archbishop sister brother deacon
    msgr monsignor mgr. padre pere abbe abbot sheikh sheik mullah ayatollah swami elder vicar chaplain rt most very
""")
"""Forms of address that tell a sex or a faith: neither stands on a business card, so they leave no trace."""

_CLERICAL_SUFFIXES = frozenset({"sj", "osb", "ofm", "osf", "cssr", "ocd", "cssp", "sdb"})

SUFFIXES: Mapping[str, str] = {
    "jr": "Jr.", "junior": "Jr.", "sr": "Sr.", "senior": "Sr.", "ii": "II", "iii": "III", "iv": "IV", "phd": "PhD",
    "dphil": "DPhil", "md": "MD", "mba": "MBA", "esq": "Esq.", "esquire": "Esq.", "cpa": "CPA", "cfa": "CFA",
    "cfp": "CFP",
    "dds": "DDS", "dmd": "DMD", "dvm": "DVM", "dpm": "DPM", "pharmd": "PharmD", "rn": "RN", "bsn": "BSN", "msn": "MSN",
    "dnp": "DNP", "fnp": "FNP", "arnp": "ARNP", "aprn": "APRN", "crna": "CRNA", "lcsw": "LCSW", "lmft": "LMFT",
    "lmhc": "LMHC", "lpc": "LPC", "msw": "MSW", "psyd": "PsyD", "edd": "EdD", "jd": "JD", "llm": "LLM", "llb": "LLB",
    "msc": "MSc", "bsc": "BSc", "meng": "MEng", "beng": "BEng", "mph": "MPH", "mbe": "MBE", "obe": "OBE", "cbe": "CBE",
    "kbe": "KBE", "kc": "KC", "qc": "QC", "facp": "FACP", "facs": "FACS", "frcs": "FRCS", "frcp": "FRCP", "fca": "FCA",
    "aca": "ACA", "acca": "ACCA", "cissp": "CISSP", "pmp": "PMP", "dpt": "DPT", "otr": "OTR", "pa-c": "PA-C",
    "pac": "PA-C",
    "ccc-slp": "CCC-SLP", "bcba": "BCBA", "dma": "DMA", "dba": "DBA", "mp": "MP", "mep": "MEP",
}  # fmt: skip
_UNSURE = {"ma": "MA", "ba": "BA", "do": "DO", "pa": "PA", "np": "NP", "od": "OD", "dc": "DC", "pt": "PT", "ot": "OT",
    "v": "V",
           "pe": "PE", "dd": "DD", "ms": "MS", "bs": "BS"}  # fmt: skip
"""Suffixes that are also names: taken only after a comma or with dots."""

_PARTICLES = words("""
    van von der den ten ter te de del della dello di da dal das dos do du des la le les lo los las zu zum zur vom af av
    al el bin ibn bint abu ben st ste saint san santa mac vande vander op 't het y e
""")
_SMALL = words("van von der den ten ter te de del della di da das dos do zu zum zur vom af av bin ibn y e")
_SMALL_AFTER_DE = frozenset({"la", "las", "los"})
_TWO_SURNAMES = words("ES MX AR CL CO PE VE EC BO UY PY CR PA GT HN SV NI DO CU")

_COMPANY = words("""
    ltd limited inc incorporated llc llp lllp plc corp corporation gmbh mbh ag kg ohg ug bv nv sarl srl oy oyj aps asa
    kft zrt sro pte pty company fund funds holdings holding partners capital trust bank associates university
    foundation group ventures investments enterprises industries solutions consulting lp trustee trustees nominees
    spa bancorp bancshares international services systems technologies stiftung verein ltda eireli
""")
_SURE_DEPARTMENT = words("""
    department dept abteilung service services serviceteam kundenservice team office officer buro buero bureau bureaux
    procurement einkauf vergabestelle contracts tenders enquiries reception helpdesk secretariat sekretariat council
    division unit section direction directorate ministry ministere comite committee board administration verwaltung
    presse communication marketing finance accounts payable customer support manager director directeur geschaftsfuhrung
    purchasing human resources gemeinde stadt mairie centre center school hospital clinic agency agentur
    ombudsman advisor adviser programme archives tribunal infrastructure technical policy evaluation mediator
    publications parliament tender union servicio departamento oficina direccion servizio ufficio
    the your our please contact not and und
""")

_NICKNAME = re.compile(r"\s*(?:\([^)]*\)|[\"\u201c\u201e][^\"\u201d\u201c]*[\"\u201d\u201c])")
_LINK = re.compile(r"@|https?://|www\.", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_EDGE = " .,;:*_\"'`/\\-\u2013"
_LONGEST = 9
_SHORT = 2
_DEPARTMENT_SHORT = re.compile(r"\bDe?pt\b|\bHR\b")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def judge(value: str, *, country: str = "", label: str = "", parts: Mapping[str, str] | None = None) -> list[Found]:
    """Judges the name of a person.

    Args:
        value: The name in one line; read only when the parts hold no name.
        country: ISO 3166 alpha-2, where it is known: Spanish names have two family names.
        label: `surname_first` when the source says so.
        parts: Raw parts as in `card.NAME_PARTS`.

    Returns:
        One value, `given middle family`, with the parts as details.
    """
    given = {name: _cleaned(text) for name, text in (parts or {}).items() if name in NAME_PARTS}
    first, last = given.get("first_name", ""), given.get("last_name", "")
    if first or last:
        raw = " ".join(text for text in (first, given.get("middle_name", ""), last) if text)
    else:
        raw = _cleaned(value)
    if fault := _fault(raw):
        return [refuse(fault)]
    names = _from_parts(given) if first and last else _from_text(raw, label, country)
    return [_found(names)]


def _cleaned(text: str) -> str:
    tidied = tidy(text)
    return "" if is_placeholder(tidied) else _NICKNAME.sub(" ", tidied).strip()


def _fault(raw: str) -> str:
    """Why the text is not a person's name; empty when it may be."""
    if not raw:
        return Finding.PLACEHOLDER
    if _DIGIT.search(raw) or _LINK.search(raw) or not any(mark.isalpha() for mark in raw):
        return Finding.NOT_A_NAME
    words = [_bare(word) for word in re.split(r"[\s,/]+", raw)]
    if words[-1] in _COMPANY or words[0] in _COMPANY or "fund" in words:
        return Finding.COMPANY_AS_PERSON
    if len(words) > _LONGEST or "&" in raw or any(word in _SURE_DEPARTMENT for word in words):
        return Finding.NOT_A_NAME
    return Finding.NOT_A_NAME if _DEPARTMENT_SHORT.search(raw) or _is_couple(raw) else ""


def _is_couple(raw: str) -> bool:
    """Whether two people stand in one value: `Mr. John Roe, Jane Doe`."""
    first, _, rest = raw.partition(",")
    words_before = first.split()
    titled = bool(words_before) and (_bare(words_before[0]) in DROPPED or _bare(words_before[0]) in PREFIXES)
    given = [word for word in rest.replace(",", " ").split() if not _is_suffix(word, sure=False)]
    return titled and len(words_before) > _SHORT and len(given) >= _SHORT


def _bare(word: str) -> str:
    return fold(word).replace(".", "").strip(_EDGE)


class _Names:
    """The parts of one name while they are taken apart."""

    def __init__(self) -> None:
        self.prefix: list[str] = []
        self.first = self.middle = self.last = ""
        self.suffix: list[str] = []


def _from_parts(given: Mapping[str, str]) -> _Names:
    names = _Names()
    texts = [given.get(name, "") for name in ("first_name", "middle_name", "last_name")]
    shouted = is_shouted("".join(texts)) or is_whispered("".join(texts))
    first = _strip(given.get("first_name", "").split(" "), names)
    last = _strip(given["last_name"].split(" "), names)
    names.first = _recased(first, everything=shouted)
    names.middle = _recased(given.get("middle_name", "").split(), everything=shouted)
    names.last = _recased(last, everything=shouted or is_shouted(given["last_name"]))
    _titles(given.get("name_prefix", ""), given.get("name_suffix", ""), names)
    return names


def _titles(prefix: str, suffix: str, names: _Names) -> None:
    for word in prefix.replace(",", " ").split():
        if shown := PREFIXES.get(_bare(word)):
            names.prefix.append(shown)
    for word in suffix.replace(",", " ").split():
        bare = _bare(word)
        shown = SUFFIXES.get(bare) or _UNSURE.get(bare)
        if shown or (bare and bare not in _CLERICAL_SUFFIXES and bare not in DROPPED):
            names.suffix.append(shown or word.strip(_EDGE))


def _from_text(raw: str, label: str, country: str) -> _Names:
    names = _Names()
    chunks = [chunk.strip() for chunk in raw.split(",") if chunk.strip(_EDGE)]
    end = len(chunks)
    while end > 1 and all(_is_suffix(word, sure=False) for word in chunks[end - 1].split()):
        end -= 1
    _titles("", " ".join(chunks[end:]), names)
    chunks = chunks[:end]
    shouted = is_shouted(raw) or is_whispered(raw)
    if len(chunks) > 1:
        last, given = _strip(chunks[0].split(), names), _strip(" ".join(chunks[1:]).split(), names)
    else:
        words = _strip(chunks[0].split() if chunks else [], names)
        last, given = _ordered(words, label, country, shouted=shouted)
    _assign(names, given, last, shouted=shouted)
    return names


def _assign(names: _Names, given: list[str], last: list[str], *, shouted: bool) -> None:
    everything = shouted or (bool(given) and is_shouted("".join(given)) and is_shouted("".join(last)))
    names.first = _recased(given[:1], everything=everything)
    names.middle = _recased(given[1:], everything=everything)
    names.last = _recased(last, everything=everything or is_shouted("".join(last)))


def _strip(words: list[str], names: _Names) -> list[str]:
    """The words without prefixes before them and suffixes behind them, which are noted in `names`."""
    words = [word for word in words if word.strip(_EDGE)]
    while len(words) > 1 and (_bare(words[0]) in DROPPED or _bare(words[0]) in PREFIXES):
        word = words.pop(0)
        if shown := PREFIXES.get(_bare(word)):
            names.prefix.append(shown)
    found: list[str] = []
    while len(words) > _SHORT - 1 and len(words) > 1 and _is_suffix(words[-1], sure=True):
        found.insert(0, words.pop())
    _titles("", " ".join(found), names)
    return words


def _is_suffix(word: str, *, sure: bool) -> bool:
    bare = _bare(word)
    if bare in SUFFIXES or bare in _CLERICAL_SUFFIXES:
        return True
    return bare in _UNSURE and (not sure or word.count(".") == len(bare) > 1)


def _ordered(words: list[str], label: str, country: str, *, shouted: bool) -> tuple[list[str], list[str]]:
    """Family names and given names of words whose order the source does not show by a comma."""
    if len(words) == 1:
        return words, []
    if label == "surname_first" or _CJK.search(words[0]):
        return _surname_first(words)
    if not shouted and (run := _shouted_run(words)):
        start, end = run
        return words[start:end], words[:start] + words[end:]
    start = len(words) - 1
    if country in _TWO_SURNAMES and len(words) > _SHORT:
        start -= 1
    while start > 1 and _bare(words[start - 1]) in _PARTICLES:
        start -= 1
    return words[start:], words[:start]


def _surname_first(words: list[str]) -> tuple[list[str], list[str]]:
    end = 1
    while end < len(words) - 1 and _bare(words[end - 1]) in _PARTICLES:
        end += 1
    return words[:end], words[end:]


def _shouted_run(words: list[str]) -> tuple[int, int] | None:
    """Where the one run of words in capitals begins and ends, at either end of the name; initials do not count."""
    shouted = [is_shouted(word) and len(word.replace(".", "")) > 1 for word in words]
    if not any(flag and len(word) > _SHORT for flag, word in zip(shouted, words, strict=True)):
        return None
    start = shouted.index(True)
    end = len(shouted) - shouted[::-1].index(True)
    if not all(shouted[start:end]) or (start > 0 and end < len(words)) or end - start == len(words):
        return None
    return start, end


def _recased(words: list[str], *, everything: bool) -> str:
    shown: list[str] = []
    for at, word in enumerate(words):
        bare = word.strip(',;:*_"`/\\')
        shown.append(_recased_word(bare, words[at - 1] if at else "") if everything else bare)
    return " ".join(shown)


def _recased_word(word: str, before: str) -> str:
    small = _bare(word)
    if small in _SMALL or (small in _SMALL_AFTER_DE and _bare(before) == "de"):
        return word.lower()
    return recapitalise(word)


def _found(names: _Names) -> Found:
    value = " ".join(text for text in (names.first, names.middle, names.last) if text)
    if not any(mark.isalpha() for mark in value):
        return refuse(Finding.NOT_A_NAME)
    details = {
        "name_prefix": " ".join(dict.fromkeys(names.prefix)),
        "first_name": names.first,
        "middle_name": names.middle,
        "last_name": names.last,
        "name_suffix": " ".join(dict.fromkeys(names.suffix)),
    }
    return Found(value, details=details)


def judge_part(value: str, name: str) -> list[Found]:
    """A given or family name standing alone."""
    raw = _cleaned(value)
    if not raw:
        return [refuse(Finding.PLACEHOLDER)]
    if _DIGIT.search(raw) or _LINK.search(raw) or not any(mark.isalpha() for mark in raw):
        return [refuse(Finding.NOT_A_NAME)]
    names = _Names()
    shown = _recased(_strip(raw.split(), names), everything=is_shouted(raw) or is_whispered(raw))
    return [Found(shown, details={name: shown})] if shown.strip(_EDGE) else [refuse(Finding.NOT_A_NAME)]
