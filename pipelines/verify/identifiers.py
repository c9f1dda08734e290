"""Numbers in public registers, written `scheme:value`: one spelling for each scheme, and its check digits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from stdnum import bic, isin, lei, luhn
from stdnum.at import uid as at_uid
from stdnum.au import abn, acn
from stdnum.be import vat as be_vat
from stdnum.br import cnpj
from stdnum.ch import uid as ch_uid
from stdnum.dk import cvr
from stdnum.ee import registrikood
from stdnum.es import cif
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.fi import ytunnus
from stdnum.fr import siren, siret
from stdnum.gb import vat as gb_vat
from stdnum.it import iva
from stdnum.jp import cn as jp_cn
from stdnum.no import orgnr as no_orgnr
from stdnum.pl import nip, regon
from stdnum.se import orgnr as se_orgnr
from stdnum.us import ein

from pipelines.reasons import Finding
from pipelines.verify.outcome import Found, Status, refuse, settle
from pipelines.verify.text import is_placeholder, tidy

Rule = Callable[[str], str]
"""Gives the normal form of a value; raises `stdnum.exceptions.ValidationError` when it is none."""

_COMPACT = re.compile(r"[\s.\-/_]")
_SEPARATOR = re.compile(r"[;\n]+|,(?=\s*[A-Za-z][\w-]*:)")
_NPI_PREFIX = "80840"
_COMPANY_NUMBER = re.compile(r"^(?:[A-Z]{2}\d{6}|[A-Z]{2}\d{5}[A-Z]|R\d{7}|\d{8})$")


class _NotOneError(ValidationError):
    """The value does not have the shape of its scheme."""


def _shape(pattern: str, *, pad: int = 0, case: Callable[[str], str] = str.upper) -> Rule:
    """A rule for numbers without check digits: a shape, and how many digits to fill up to with zeros."""
    shape = re.compile(pattern)

    def rule(value: str) -> str:
        compact = case(_COMPACT.sub("", value))
        compact = compact.zfill(pad) if compact.isdecimal() else compact
        if not shape.fullmatch(compact):
            raise _NotOneError
        return compact

    return rule


def _companies_house(value: str) -> str:
    compact = _COMPACT.sub("", value).upper()
    if compact.isdecimal():
        compact = compact.zfill(8)
    elif match := re.fullmatch(r"([A-Z]{2})(\d{1,5})", compact):
        compact = match[1] + match[2].zfill(6)
    if not _COMPANY_NUMBER.match(compact) or not compact.strip("0"):
        raise _NotOneError
    return compact


def _provider(value: str) -> str:
    compact = _COMPACT.sub("", value)
    if not re.fullmatch(r"[12]\d{9}", compact):
        raise _NotOneError
    luhn.validate(_NPI_PREFIX + compact)
    return compact


def _digits(number: Callable[[str], str]) -> Rule:
    """A rule of python-stdnum for a number that is written with digits only."""

    def rule(value: str) -> str:
        return str(number(re.sub(r"^[A-Za-z]{2}(?=[\d\s])", "", value.strip())))

    return rule


RULES: Mapping[str, Rule] = {
    "LEI": lei.validate,
    "GB-COH": _companies_house,
    "GB-CHC": _shape(r"\d{6,7}(?:\d{1,2})?"),
    "GB-SC": _shape(r"SC\d{6}"),
    "GB-VAT": gb_vat.validate,
    "US-NPI": _provider,
    "US-EIN": ein.validate,
    "US-CIK": _shape(r"\d{10}", pad=10),
    "US-CRD": _shape(r"\d{1,10}"),
    "US-SEC": _shape(r"\d{8,9}"),
    "US-DOT": _shape(r"[1-9]\d{0,8}"),
    "US-MC": _shape(r"(?:MC|MX|FF)?\d{1,8}"),
    "US-UEI": _shape(r"[A-HJ-NP-Z1-9][A-HJ-NP-Z0-9]{11}"),
    "US-CAGE": _shape(r"[0-9A-Z]{5}"),
    "FDIC": _shape(r"[1-9]\d{0,5}"),
    "RSSD": _shape(r"[1-9]\d{0,9}"),
    "DUNS": _shape(r"\d{9}", pad=9),
    "FR-SIREN": siren.validate,
    "FR-SIRET": siret.validate,
    "BE-BCE_KBO": be_vat.validate,
    "NO-BRC": no_orgnr.validate,
    "DK-CVR": _digits(cvr.validate),
    "SE-BLV": se_orgnr.validate,
    "FI-PRO": ytunnus.validate,
    "EE-RIK": registrikood.validate,
    "AT-UID": at_uid.validate,
    "CH-UID": ch_uid.validate,
    "IT-PI": iva.validate,
    "ES-CIF": cif.validate,
    "PL-NIP": nip.validate,
    "PL-REGON": regon.validate,
    "PL-KRS": _shape(r"\d{10}", pad=10),
    "NL-KVK": _shape(r"\d{8}", pad=8),
    "CZ-ICO": _shape(r"\d{8}", pad=8),
    "SK-ORSR": _shape(r"\d{8}", pad=8),
    "BR-CNPJ": cnpj.validate,
    "AU-ABN": abn.validate,
    "AU-ACN": acn.validate,
    "JP-JCN": jp_cn.validate,
    "IN-CIN": _shape(r"[LU]\d{5}[A-Z]{2}\d{4}[A-Z]{3}\d{6}"),
    "VAT": eu_vat.validate,
    "ISIN": isin.validate,
    "BIC": bic.validate,
    "ROR": _shape(r"0[a-z0-9]{6}\d{2}", case=str.lower),
    "WIKIDATA": _shape(r"Q[1-9]\d*"),
}
"""The schemes that are known here; org-id.guide's names where it has one."""

ALIASES: Mapping[str, str] = {
    "RA000585": "GB-COH", "RA000586": "GB-COH", "RA000587": "GB-COH", "GB-CRN": "GB-COH", "COH": "GB-COH",
    "RA000189": "FR-SIREN", "RA000192": "FR-SIREN", "FR-INSEE": "FR-SIREN", "FR-RCS": "FR-SIREN", "SIREN": "FR-SIREN",
    "SIRET": "FR-SIRET", "RA000472": "NO-BRC", "NO-ORGNR": "NO-BRC", "BRREG": "NO-BRC", "RA000170": "DK-CVR",
    "CVR": "DK-CVR", "RA000025": "BE-BCE_KBO", "BE-KBO": "BE-BCE_KBO", "BE-BCE": "BE-BCE_KBO", "RA000544": "SE-BLV",
    "SE-ORGNR": "SE-BLV", "FI-YTUNNUS": "FI-PRO", "EE-REG": "EE-RIK", "EE-KMKR": "VAT", "CNPJ": "BR-CNPJ",
    "ABN": "AU-ABN",
    "ACN": "AU-ACN", "NPI": "US-NPI", "EIN": "US-EIN", "US-IRS": "US-EIN", "CIK": "US-CIK", "US-SEC-CIK": "US-CIK",
    "CRD": "US-CRD", "DOT": "US-DOT", "US-USDOT": "US-DOT", "USDOT": "US-DOT", "UEI": "US-UEI", "US-SAM": "US-UEI",
    "SAM-UEI": "US-UEI", "CAGE": "US-CAGE", "US-FDIC": "FDIC", "US-DUNS": "DUNS", "XI-LEI": "LEI", "XI-DUNS": "DUNS",
    "XI-ROR": "ROR", "QID": "WIKIDATA", "WD": "WIKIDATA", "EU-VAT": "VAT", "VATIN": "VAT", "NL-KVKNR": "NL-KVK",
    "KVK": "NL-KVK", "PL-KRSNR": "PL-KRS", "MC": "US-MC", "CH-FDJP": "CH-UID", "CH-ZEFIX": "CH-UID",
}  # fmt: skip
"""Other names of the schemes; the codes of registration authorities that GLEIF gives to registers known here."""

_UPPER_ALWAYS = frozenset({"ROR", "WIKIDATA"})
_LINKED = re.compile(r"^https?://\S*/", re.IGNORECASE)
_KNOWN_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9_.-]{0,39}$")


def judge(value: str) -> list[Found]:
    """Judges identifiers.

    Args:
        value: `scheme:value`, or several with `;` between.

    Returns:
        `SCHEME:value` each, with `scheme`. A wrong check digit or shape is invalid; an unknown scheme is kept.
    """
    if is_placeholder(tidy(value)):
        return [refuse(Finding.PLACEHOLDER)]
    pieces = [piece for piece in (tidy(each) for each in _SEPARATOR.split(value)) if piece]
    settled = settle([_judge_one(piece) for piece in pieces]) or [refuse(Finding.SYNTAX)]
    return [one.plus(Finding.SEVERAL) if len(settled) > 1 else one for one in settled]


def _judge_one(text: str) -> Found:
    scheme, mark, number = (part.strip() for part in text.partition(":"))
    if not mark or not _KNOWN_SCHEME.match(scheme):
        return refuse(Finding.SYNTAX)
    if is_placeholder(number) or not number.strip("0 "):
        return refuse(Finding.PLACEHOLDER)
    name = ALIASES.get(scheme.upper(), scheme.upper())
    rule = RULES.get(name)
    if rule is None:
        return Found(f"{name}:{number}", Status.UNKNOWN, (str(Finding.UNKNOWN_SCHEME),), {"scheme": name})
    return _ruled(name, rule, _LINKED.sub("", number) if name in _UPPER_ALWAYS else number)


def _ruled(name: str, rule: Rule, number: str) -> Found:
    try:
        normal = rule(re.sub(r"(?<=\d)\.0$", "", number))
    except InvalidChecksum:
        return refuse(Finding.CHECK_DIGIT)
    except (ValidationError, ValueError):
        return refuse(Finding.SYNTAX)
    return Found(f"{name}:{normal}", details={"scheme": name})
