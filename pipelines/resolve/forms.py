"""Legal forms of organisations as matching groups them, in words and phrases of many languages. Data only."""

from __future__ import annotations


def _words(text: str) -> list[str]:
    return text.split()


_FORMS = {
    "": "company co cos",
    "corp": "inc incorporated corp corporation corporate",
    "ltd": "ltd limited ltda limitada lda pte pvt pty lte limitee",
    "plc": "plc",
    "llc": "llc lc pllc",
    "llp": "llp lllp",
    "lp": "lp",
    "gmbh": "gmbh mbh ggmbh gesmbh ug",
    "ag": "ag aktiengesellschaft",
    "sa": "sa spa sau",
    "sarl": "sarl srl srls sl slu eurl sprl bvba sagl",
    "bv": "bv",
    "nv": "nv",
    "kg": "kg gmbhcokg kgaa kommanditgesellschaft",
    "ohg": "ohg",
    "gbr": "gbr",
    "sas": "sas sasu",
    "snc": "snc",
    "vof": "vof",
    "ab": "ab aktiebolag",
    "oy": "oy oyj osakeyhtio",
    "hb": "hb handelsbolag",
    "as": "as asa aksjeselskap",
    "aps": "aps",
    "enk": "enk",
    "dac": "dac",
    "ou": "oü ou",
    "kft": "kft",
    "zrt": "zrt nyrt",
    "sro": "sro",
    "spzoo": "spzoo",
    "ooo": "ooo tov",
    "oao": "oao ao pao zao jsc ojsc pjsc cjsc",
    "kk": "kk kabushiki kaisha",
    "sdn": "sdn bhd",
    "pt": "tbk",
    "ev": "ev eg",
}
FORMS: dict[str, str] = {word: form for form, words in _FORMS.items() for word in words.split()}
"""A legal-form word and the form it is grouped under; none for what says that it is a company and not of which form."""

ONE_FORM = frozenset({("ag", "sa"), ("gmbh", "sarl"), ("nv", "sa"), ("bv", "sarl"), ("ab", "oy")})
"""Forms that are one in the languages of one country: AG and SA in Switzerland, NV and SA in Belgium, Oy and Ab in
Finland; each pair in the order of the alphabet."""

END_FORMS = frozenset(_words("ek is ks se sca sci epe ike spk spj doo"))
"""Legal forms that are words of their own elsewhere in a name, so that they are forms at its end only."""
DOTTED_FORMS = frozenset(_words("eu ae oe ee dd"))
"""Those that end names of other firms too (Brandeko EU), so that they are forms only where there are points (e.U.) or
letters of another script."""

FORM_PHRASES: tuple[tuple[str, str], ...] = tuple(
    (f" {phrase} ", form)
    for phrase, form in (
        ("obshchestvo s ogranichennoi otvetstvennostyu", "ooo"),
        ("obshchestvo s ogranichennoy otvetstvennostyu", "ooo"),
        ("publichnoe aktsionernoe obshchestvo", "oao"),
        ("otkrytoe aktsionernoe obshchestvo", "oao"),
        ("zakrytoe aktsionernoe obshchestvo", "oao"),
        ("aktsionernoe obshchestvo", "oao"),
        ("gesellschaft mit beschrankter haftung", "gmbh"),
        ("gesellschaft mit beschraenkter haftung", "gmbh"),
        ("public limited company", "plc"),
        ("designated activity company", "dac"),
        ("limited liability company", "llc"),
        ("limited liability partnership", "llp"),
        ("limited partnership", "lp"),
        ("joint stock company", "jsc"),
        ("private limited", "ltd"),
        ("gesellschaft mbh", "gmbh"),
        ("gmbh and co kg", "kg"),
        ("gmbh u co kg", "kg"),
        ("gmbh co kg", "kg"),
        ("ug and co kg", "kg"),
        ("ag and co kg", "kg"),
        ("sp z o o", "spzoo"),
        ("spolka z o o", "spzoo"),
        ("sp z oo", "spzoo"),
        ("spolka z oo", "spzoo"),
        ("spolka z ograniczona odpowiedzialnoscia", "spzoo"),
        ("spolka akcyjna", "sa"),
        ("spolka komandytowa", "spk"),
        ("spolka jawna", "spj"),
        ("sp k", "spk"),
        ("sp j", "spj"),
        ("societatea cu raspundere limitata", "srl"),
        ("societe a responsabilite limitee", "sarl"),
        ("societe anonyme", "sa"),
        ("societe par actions simplifiee", "sas"),
        ("societe en nom collectif", "snc"),
        ("societe civile immobiliere", "sci"),
        ("offene handelsgesellschaft", "ohg"),
        ("e k", "ek"),
        ("e kfm", "ek"),
        ("e kfr", "ek"),
        ("i s", "is"),
        ("k s", "ks"),
        ("e u", "eu"),
        ("eingetragener kaufmann", "ek"),
        ("eingetragene kauffrau", "ek"),
        ("eingetragenes einzelunternehmen", "eu"),
        ("gesellschaft burgerlichen rechts", "gbr"),
        ("unternehmergesellschaft haftungsbeschrankt", "ug"),
        ("vennootschap onder firma", "vof"),
        ("spolecnost s rucenim omezenym", "sro"),
        ("spolocnost s rucenim obmedzenym", "sro"),
        ("korlatolt felelossegu tarsasag", "kft"),
        ("zartkoruen mukodo reszvenytarsasag", "zrt"),
        ("anpartsselskab", "aps"),
        ("sociedad anonima de capital variable", "sa"),
        ("sociedad anonima", "sa"),
        ("sociedad limitada", "sl"),
        ("societa per azioni", "spa"),
        ("societa a responsabilita limitata", "srl"),
        ("societa in nome collettivo", "snc"),
        ("besloten vennootschap", "bv"),
        ("naamloze vennootschap", "nv"),
        ("spol s ro", "sro"),
        ("s r o", "sro"),
        ("s a r l", "sarl"),
        ("sa rl", "sarl"),
        ("akciova spolecnost", "as"),
        ("s a s", "sas"),
        ("s r l", "srl"),
        ("s n c", "snc"),
        ("b v", "bv"),
        ("o o o", "ooo"),
        ("o a o", "oao"),
        ("z a o", "oao"),
        ("p l c", "plc"),
        ("l p", "lp"),
        ("s a", "sa"),
        ("a s", "as"),
    )
)
"""Legal forms of several words, folded and with a space at both ends, and the short form that stands for them."""

_NOT_ONLY_FORMS = frozenset(_words("immobiliere collectif collettivo corporate burgerlichen"))
LONG_FORMS = sorted(
    word
    for word in {*FORMS, *(word for phrase, _ in FORM_PHRASES for word in phrase.split())}
    if (len(word) >= 9 or word in ("limited", "company")) and word not in _NOT_ONLY_FORMS  # noqa: PLR2004 - see below
)
"""Words of legal forms that are long enough to be told in spite of a slip, and words of nothing else."""

EASTERN_FORMS = (
    "\u80a1\u4efd\u6709\u9650\u516c\u53f8", "\u6709\u9650\u8d23\u4efb\u516c\u53f8",
    "\u6709\u9650\u516c\u53f8", "\u682a\u5f0f\u4f1a\u793e", "\u6709\u9650\u4f1a\u793e",
    "\u5408\u540c\u4f1a\u793e", "\uc8fc\uc2dd\ud68c\uc0ac", "\uc720\ud55c\ud68c\uc0ac",
)  # fmt: skip
"""Legal forms of China, Japan and Korea, which are written without a space; longest first."""
