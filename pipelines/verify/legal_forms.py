"""Legal forms of organisations that are met most, and how each is spelt. Data; how names are cut is not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from pipelines.verify.text import fold

COMMON: Mapping[str, str] = {
    "ltd": "Ltd", "limited": "Ltd", "private limited": "Ltd", "private limited company": "Ltd", "pvt ltd": "Ltd",
    "pty ltd": "Pty Ltd",
    "pty limited": "Pty Ltd", "pte ltd": "Pte Ltd", "co ltd": "Ltd", "co limited": "Ltd", "company limited": "Ltd",
    "inc": "Inc", "incorporated": "Inc", "co inc": "Inc", "company inc": "Inc", "corp": "Corp", "corporation": "Corp",
    "co": "Co", "company": "Co", "llc": "LLC", "limited liability company": "LLC", "llp": "LLP", "lp": "LP",
    "limited partnership": "LP", "limited liability partnership": "LLP", "plc": "PLC",
    "public limited company": "PLC", "gmbh": "GmbH", "gesellschaft mit beschrankter haftung": "GmbH", "mbh": "GmbH",
    "ggmbh": "gGmbH", "ag": "AG", "aktiengesellschaft": "AG", "kg": "KG", "kommanditgesellschaft": "KG", "ohg": "OHG",
    "gmbh and co kg": "GmbH & Co. KG", "gmbh co kg": "GmbH & Co. KG", "ag and co kg": "AG & Co. KG", "se": "SE",
    "ug": "UG", "ug haftungsbeschrankt": "UG", "ev": "e.V.", "eg": "eG", "ek": "e.K.", "gbr": "GbR", "sa": "SA",
    "societe anonyme": "SA", "sociedad anonima": "SA", "sas": "SAS", "sasu": "SASU", "sarl": "SARL", "eurl": "EURL",
    "societe a responsabilite limitee": "SARL", "srl": "SRL", "srls": "SRLS", "spa": "SpA", "sl": "SL", "slu": "SLU",
    "sociedad limitada": "SL", "sa de cv": "SA de CV", "sab de cv": "SAB de CV", "s de rl de cv": "S de RL de CV",
    "ltda": "Ltda", "limitada": "Ltda", "eireli": "EIRELI", "bv": "BV", "nv": "NV", "vof": "VOF", "as": "AS",
    "asa": "ASA", "a s": "A/S", "aps": "ApS", "ab": "AB", "aktiebolag": "AB", "hb": "HB", "oy": "Oy", "oyj": "Oyj",
    "osakeyhtio": "Oy", "ou": "OÜ", "osauhing": "OÜ", "uab": "UAB", "sia": "SIA", "kft": "Kft", "zrt": "Zrt",
    "sp z oo": "Sp. z o.o.", "spolka z ograniczona odpowiedzialnoscia": "Sp. z o.o.", "sro": "s.r.o.", "doo": "d.o.o.",
    "ooo": "OOO", "oao": "OAO", "zao": "ZAO", "pao": "PAO", "ao": "AO", "pt": "PT", "tbk": "Tbk", "kk": "KK",
    "kabushiki kaisha": "KK", "pllc": "PLLC", "pc": "PC", "pa": "PA", "na": "NA", "gesmbh": "GmbH", "scrl": "SCRL",
    "sprl": "SPRL", "bvba": "BVBA", "cvba": "CVBA", "bhd": "Bhd", "sdn bhd": "Sdn Bhd", "dac": "DAC", "cic": "CIC",
    "unlimited company": "Unlimited", "ulc": "ULC", "lllp": "LLLP", "sca": "SCA", "sicav": "SICAV", "fzco": "FZCO",
    "fze": "FZE", "ehf": "ehf.", "hf": "hf.", "enk": "ENK", "ans": "ANS", "da": "DA", "ks": "KS", "is": "I/S",
    "sociedade anonima": "SA", "sociedade limitada": "Ltda", "societa per azioni": "SpA", "anonim sirketi": "AS",
    "besloten vennootschap": "BV", "naamloze vennootschap": "NV", "aktsiaselts": "AS", "aksjeselskap": "AS",
}  # fmt: skip
"""Legal forms met most, by folded words, with the way each is written: one form has one spelling here."""

FRONT = frozenset({
    "ooo", "oao", "zao", "pao", "ao", "pt", "uab", "sia", "ab", "as", "ou", "sarl", "sas", "sa", "sci", "eurl", "srl",
    "scp", "selarl", "vof", "stichting",
})  # fmt: skip
"""Legal forms that stand before the name as well."""

SPELLINGS: Mapping[str, str] = MappingProxyType({
    **{written: written.capitalize() for written in COMMON if " " not in written},
    **{written: shown for written, shown in COMMON.items() if fold(re.sub(r"[./]", "", shown)) == written},
    "a s": "A/S", "i s": "I/S", "mbh": "mbH", "lllp": "LLLP", "haftungsbeschrankt": "haftungsbeschränkt",
})  # fmt: skip
"""Legal forms of one word, folded, as they are spelt."""
