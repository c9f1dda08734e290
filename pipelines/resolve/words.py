"""The word lists of matching: legal forms, honorifics, street words, role mailboxes. Data only."""

from __future__ import annotations


def _words(text: str) -> list[str]:
    return text.split()


_FORMS = {
    "corp": "inc incorporated corp corporation company co cos corporate",
    "ltd": "ltd limited ltda limitada pte pvt pty lte limitee",
    "plc": "plc",
    "llc": "llc lc pllc",
    "llp": "llp lllp",
    "lp": "lp",
    "gmbh": "gmbh mbh ggmbh ug",
    "ag": "ag aktiengesellschaft",
    "kg": "kg gmbhcokg kgaa ohg gbr",
    "sa": "sa spa sociedad anonima sau",
    "sas": "sas sasu",
    "sarl": "sarl srl sl slu eurl sprl bvba",
    "bv": "bv",
    "nv": "nv",
    "ab": "ab aktiebolag hb",
    "as": "as asa aps",
    "oy": "oy oyj oü ou",
    "kft": "kft zrt nyrt",
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
"""A legal-form word and the form it is grouped under."""

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
        ("limited liability company", "llc"),
        ("limited liability partnership", "llp"),
        ("limited partnership", "lp"),
        ("joint stock company", "jsc"),
        ("private limited", "ltd"),
        ("gmbh and co kg", "kg"),
        ("sp z o o", "spzoo"),
        ("spolka z o o", "spzoo"),
        ("sp z oo", "spzoo"),
        ("societatea cu raspundere limitata", "srl"),
        ("societe a responsabilite limitee", "sarl"),
        ("societe anonyme", "sa"),
        ("s r o", "sro"),
        ("s a r l", "sarl"),
        ("s a s", "sas"),
        ("s r l", "srl"),
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

NAME_STOPS = frozenset(_words("the and of de la le les el und et y e i"))
GROUP_WORDS = frozenset(
    _words(
        "holding holdings group gruppe groupe grupo international global worldwide services service "
        "properties property trustee trustees pension trading capital finance financial ventures investments "
        "investment fund funds partners management leasing realty foundation i ii iii iv v vi vii viii ix x "
        "xi xii north south east west northern southern eastern western europe america americas usa us uk "
        "asia pacific canada australia germany deutschland france spain italy italia india china japan mexico "
        "brazil brasil netherlands switzerland austria poland ireland scotland wales england subsidiary "
        "branch division"
    )
)
"""Words that tell the members of a group of companies apart."""

HONORIFICS = frozenset(
    _words(
        "mr mrs ms miss dr prof professor sir dame lord rev hon mx herr frau ing dipl phd md dds dvm esq cpa "
        "mba jd rn do pe np pa od dpm facs monsieur madame mme don dona sheikh shaikh"
    )
)
GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
"""Father and son bear one name: the word that tells them apart."""
PARTICLES = frozenset(_words("van von der den de del della di da dos das du la le al el bin ibn ter ten zu zum st"))

STREET_WORDS = {
    word: short
    for short, words in {
        "st": "street str strasse",
        "ave": "avenue av",
        "rd": "road",
        "blvd": "boulevard blv bd",
        "dr": "drive",
        "ln": "lane",
        "pl": "place plaza",
        "ct": "court",
        "sq": "square",
        "hwy": "highway",
        "pkwy": "parkway pky",
        "ste": "suite unit apt apartment",
        "fl": "floor",
        "n": "north",
        "s": "south",
        "e": "east",
        "w": "west",
        "sw": "southwest",
        "nw": "northwest",
        "se": "southeast",
        "ne": "northeast",
        "1st": "first",
        "2nd": "second",
        "3rd": "third",
        "4th": "fourth",
        "5th": "fifth",
        "6th": "sixth",
        "7th": "seventh",
        "8th": "eighth",
        "9th": "ninth",
        "10th": "tenth",
    }.items()
    for word in words.split()
}

ROLE_MAILBOXES = frozenset(
    _words(
        "info contact contacts office sales support admin administration hello mail email enquiries inquiries "
        "service services team hr jobs careers press media marketing billing accounts accounting finance "
        "invoice reception kontakt contacto contato webmaster postmaster hostmaster abuse noreply no-reply "
        "donotreply help helpdesk customerservice general privacy legal compliance buchhaltung vertrieb "
        "verkauf bewerbung secretariat secretary"
    )
)
