"""The word lists of matching: honorifics, abbreviations, street words, registers, role mailboxes. Data only."""

from __future__ import annotations


def _words(text: str) -> list[str]:
    return text.split()


NAME_STOPS = frozenset(_words("the and of de la le les el und et y e kai og och"))
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
        "mr mrs ms miss dr prof professor sir dame rev hon mx herr frau ing dipl monsieur madame mme mlle signor "
        "signora sig sigra sra srta shri smt sheikh shaikh shaykh hajji haji mullah mag mgr dhr mevr mevrouw meneer "
        "drs avv dott dottssa geom rouva kyria kyrios"
    )
)
"""Words before a name that are no part of it."""
PERHAPS_HONORIFICS = frozenset(_words("pan pani me ka ir hr fr arch rag"))
"""Those that may be names, so that they are none of it only where a whole name is left without them."""
CREDENTIALS = frozenset(
    _words("phd md dds dvm esq cpa mba jd rn do pe np pa od dpm facs msc bsc ma ba llb llm cfa cfp obe mbe cbe frcs")
)
"""Letters after a name."""
GENERATIONS = {
    "jr": "jr", "junior": "jr", "jnr": "jr", "filho": "jr", "sr": "sr", "senior": "sr", "snr": "sr",
    "ii": "ii", "2nd": "ii", "iii": "iii", "3rd": "iii", "iv": "iv", "neto": "neto",
}  # fmt: skip
"""Father and son bear one name: the word that tells them apart, and its short form."""
PARTICLES = frozenset(
    _words(
        "van von der den de del della delle di da dos das do du la le el al bin ben ibn bint abu ter ten te zu zum zur "
        "vom af av st ul ud"
    )
)
LINKS = frozenset(_words("van von der den de del della delle di da dos das do du la le el al bin ben ibn bint y e ul"))
"""Particles that are written or left out as one likes."""
PATRONYMICS = ("ovich", "evich", "ovych", "evych", "ovna", "evna", "ivna", "yivna", "ilyich", "kuzmich", "ichna")
COMPOUND_FAMILIES = frozenset(
    _words(
        "\u6b27\u9633 \u6b50\u967d \u53f8\u9a6c \u53f8\u99ac \u4e0a\u5b98 \u8bf8\u845b \u8af8\u845b "
        "\u53f8\u5f92 \u590f\u4faf \ub0a8\uad81 \ud669\ubcf4 \uc81c\uac08 \uc120\uc6b0 \ub3c5\uace0"
    )
)
"""Family names of two signs, Chinese and Korean."""
TRANSLITERATED_FAMILIES = {
    "gim": "kim", "i": "lee", "bak": "park", "choe": "choi", "jeong": "jung", "jo": "cho", "im": "lim", "sin": "shin",
    "yu": "yoo", "gang": "kang", "no": "roh", "an": "ahn", "seo": "suh", "gwon": "kwon", "o": "oh", "u": "woo",
}  # fmt: skip
"""Korean family names as transliterated, and as their bearers write them."""
SPELLINGS = (
    ("skyy", "ski"), ("skiy", "ski"), ("skij", "ski"), ("skii", "ski"), ("sky", "ski"), ("shch", "sh"), ("sch", "sh"),
    ("tch", "ch"), ("cz", "ch"), ("sz", "sh"), ("zh", "j"), ("dzh", "j"), ("kh", "h"), ("ph", "f"), ("th", "t"),
    ("ck", "k"), ("qu", "kv"), ("q", "k"), ("x", "ks"), ("ts", "z"), ("tz", "z"), ("c", "k"), ("w", "v"), ("ue", "u"),
    ("oe", "o"), ("ae", "a"), ("eo", "o"), ("eu", "u"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("iy", "i"), ("yy", "i"),
    ("ij", "i"), ("ii", "i"), ("ey", "ei"), ("ay", "ai"), ("aj", "ai"), ("ej", "ei"), ("ye", "e"), ("je", "e"),
    ("ya", "ia"), ("yu", "iu"), ("yo", "io"), ("y", "i"), ("kh", "h"), ("z", "s"),
)  # fmt: skip
"""Ways to write one sound in Latin letters, as replaced one after the other; never shown, only compared."""

ABBREVIATIONS = {
    short: word
    for word, several in {
        "international": "intl int internacional internazionale internationale internationaal",
        "group": "grp gruppe groupe grupo gruppo groep koncern", "holding": "holdings hldg hldgs",
        "manufacturing": "mfg manuf", "brothers": "bros", "gebruder": "gebr", "hermanos": "hnos",
        "services": "svcs svc service", "management": "mgmt mgt",
        "national": "natl nat", "association": "assn assoc", "associates": "assocs", "university": "univ",
        "institute": "inst", "center": "ctr centre", "industries": "ind inds industry",
        "technologies": "tech technology",
        "engineering": "engg engrg", "bank": "banque banco banca", "insurance": "ins", "department": "dept",
        "government": "govt", "hospital": "hosp", "saint": "st ste", "development": "dev", "systems": "sys system",
        "solutions": "solns solution", "communications": "comm comms", "laboratories": "lab labs laboratory",
        "pharmaceuticals": "pharma pharm pharmaceutical", "federal": "fed", "transport": "transportation trans",
        "partners": "ptnrs", "properties": "props", "investments": "invs", "enterprises": "ent enterprise",
        "germany": "deutschland allemagne", "spain": "espana espagne", "italy": "italia italie", "america": "americas",
        "brazil": "brasil", "france": "frankreich francia", "switzerland": "schweiz suisse", "austria": "osterreich",
        "europe": "europa", "poland": "polska", "netherlands": "nederland", "belgium": "belgie belgique",
        "china": "zhongguo", "japan": "nihon nippon",
    }.items()
    for short in several.split()
}  # fmt: skip
"""Words of company names that are written short or in other languages, and the word that stands for all."""
_COUNTED = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
_ORDERED = "first second third fourth fifth sixth seventh eighth ninth tenth"
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"
NUMERALS = {
    **{word: str(at) for words in (_COUNTED, _ROMAN) for at, word in enumerate(words.split(), 1)},
    **{word: str(at) for at, word in enumerate(_ORDERED.split(), 1)},
    **{f"{at}{end}": str(at) for at in range(1, 31) for end in ("st", "nd", "rd", "th")},
}
"""Numbers as words, ordinals and Roman numerals, in figures."""

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

COMPANY_REGISTERS = frozenset(_words("SIREN KRS EDRPOU CVR KVK CRO CIN ICO CNPJ ORGNR BRREG OIB MERSIS GEMI ABN"))
"""National registers, as sources name them, that give a legal entity one number and no other entity the same."""
COUNTRY_REGISTERS = COMPANY_REGISTERS | frozenset(_words("UID CHE CIF FN ORG CF"))
"""The same with the country before their name (`NL-KVK`), without which some of these names say too little."""
ORGANISATION_NUMBERS = frozenset(
    _words(
        "VAT UST-ID UID TVA IVA BTW DUNS D-U-N-S LEI EIN UEI CAGE HRB HRA SIREN SIRET SIRENE RCS CIN GSTIN KRS REGON "
        "NIP REA PIVA P-IVA CIF ICO DIC EDRPOU CNPJ COH CRN CRO KVK RSIN CVR ORGNR ORG-NR BRREG MERSIS CHE FN BCE KBO "
        "AFM GEMI BN ABN ACN CUI OIB KBIS NACE WZ FDIC RSSD CIK IBAN BIC TED PERMID ROR GRID ISNI WIKIDATA-ORG"
    )
)
"""Registers of organisations by the names that sources give them; `CC-NAME` of GLEIF's kind are so as well."""

ROLE_MAILBOXES = frozenset(
    _words(
        "info contact contacts office sales support admin administration hello mail email enquiries inquiries "
        "service services team hr jobs careers press media marketing billing accounts accounting finance "
        "invoice reception kontakt contacto contato webmaster postmaster hostmaster abuse noreply no-reply "
        "donotreply help helpdesk customerservice general privacy legal compliance buchhaltung vertrieb "
        "verkauf bewerbung secretariat secretary"
    )
)

COMMON_NAMES = frozenset(
    _words(
        # Family names
        "smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson "
        "anderson thomas taylor moore jackson martin lee perez thompson white harris sanchez clark ramirez lewis "
        "robinson walker young allen king wright scott torres nguyen hill flores green adams nelson baker hall rivera "
        "campbell mitchell carter roberts evans hughes edwards wood turner cooper morris ward murphy kelly obrien "
        " muller mueller schmidt schneider fischer weber meyer wagner becker schulz hoffmann koch bauer richter "
        "klein wolf bernard dubois durand moreau laurent simon michel petit rossi russo ferrari esposito bianchi "
        "romano "
        "fernandez gomez ruiz diaz silva santos oliveira souza pereira costa ferreira almeida de jong jansen visser "
        "bakker novak nowak kowalski horvath nagy andersson johansson karlsson nilsson hansen olsen larsen nielsen "
        "jensen pedersen ivanov petrov smirnov kuznetsov popov kim park choi jung cho wang li zhang liu chen yang "
        "huang zhao wu zhou singh kumar patel sharma khan ali ahmed hussain mohamed tanaka suzuki sato yamada "
        # Given names
        "james john robert michael william david richard joseph charles christopher daniel matthew anthony mark paul "
        "steven andrew kenneth george brian kevin thomas peter mary patricia jennifer linda elizabeth barbara susan "
        "jessica sarah karen nancy lisa margaret anna maria laura julia emma hans klaus wolfgang jurgen stefan andreas "
        "markus christian michael jean pierre michel philippe marie isabelle nathalie jose juan carlos luis antonio "
        "manuel francisco carmen ana marco giuseppe giovanni francesco luca jan piotr krzysztof andrzej anna lars erik "
        "anders per ivan sergei sergey alexander aleksandr dmitri vladimir olga elena natalia mohammed muhammad "
        "mohamed "
        "ahmed ali wei min ming raj"
    )
)
"""Names, folded, that so many people bear that an equal one says little, however few cards there are."""

SOCIAL_HOSTS = frozenset(
    _words(
        "linkedin.com xing.com facebook.com fb.com instagram.com twitter.com x.com youtube.com tiktok.com "
        "pinterest.com "
        "linktr.ee wa.me t.me vk.com sites.google.com"
    )
)
"""Hosts of many people's and companies' pages: sharing one says nothing."""
