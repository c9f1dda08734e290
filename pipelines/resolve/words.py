"""The word lists of matching: legal forms, honorifics, street words, role mailboxes. Data only."""

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
        ("and co kg", "kg"),
        ("co ltd", "ltd"),
        ("co limited", "ltd"),
        ("co inc", "inc"),
        ("co llc", "llc"),
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
_SHORT_FOR = {
    "aleksandr": "sasha alex aleks shura", "alexander": "sasha alex aleks sandro sascha", "mikhail": "misha",
    "nikolai": "kolya", "vladimir": "vova volodya", "dmitri": "dima mitya", "ivan": "vanya vanyo",
    "sergei": "seryozha", "yevgeni": "zhenya", "tatiana": "tanya", "ekaterina": "katya", "natalia": "natasha",
    "anastasia": "nastya", "johannes": "hans hannes jo joop juhani jussi", "heinrich": "heinz heini",
    "josef": "sepp jupp pepa pepik", "friedrich": "fritz fred", "wilhelm": "willi willy", "maximilian": "max",
    "sebastian": "basti bastian", "matthias": "matze hias", "christian": "chris", "ulrich": "uli ulli",
    "wolfgang": "wolf wolfi", "katharina": "kathi kati", "elisabeth": "elli lisa sissi els",
    "margarete": "grete gretchen", "jose": "pepe ze", "francisco": "paco pancho curro chico xico", "ignacio": "nacho",
    "enrique": "quique", "manuel": "manolo manel", "rafael": "rafa", "guadalupe": "lupe", "dolores": "lola",
    "concepcion": "concha", "giuseppe": "beppe peppe pino", "giovanni": "gianni nanni vanni", "luigi": "gigi gino",
    "salvatore": "totò toto", "francesco": "franco ciccio", "antonio": "toni tonio tonino tono", "roberto": "beto",
    "eduardo": "edu lalo", "jean": "jeannot", "joaquim": "quim", "krzysztof": "krzysiek",
    "stanislaw": "staszek stas stasiek", "katarzyna": "kasia", "malgorzata": "gosia", "aleksandra": "ola",
    "lajos": "lali", "pedro": "perico peco", "santiago": "santi", "cornelis": "kees cor", "hendrik": "henk",
    "willem": "wim", "susanne": "susi susie sanne", "andreas": "andi andy", "thomas": "tom tommi",
    "michael": "michi mischa", "stefan": "steffen", "stephan": "steffen", "barbara": "babs babsi barbel basia",
    "angelika": "angie geli", "gabriele": "gabi gaby", "monika": "moni", "brigitte": "gitte gitti",
    "ursula": "uschi ulla", "sabine": "bine", "christine": "christl tine", "christina": "tina", "martina": "tina",
    "bettina": "tina betti", "regina": "gina", "rudolf": "rudi", "rudolph": "rudi", "georg": "schorsch",
    "gunther": "gunni", "gerhard": "gerd hardy", "bernhard": "bernd bernie", "eberhard": "eb hardy",
    "reinhard": "reini hardy", "werner": "wernie", "helmut": "helli", "dietrich": "dieter didi",
    "karl": "kalle charly", "ludwig": "lutz luggi", "peter": "pit petey", "anneliese": "anne liesl",
    "elfriede": "friedel elfi", "hildegard": "hilde", "manfred": "manni fred", "siegfried": "sigi siggi",
    "sigrid": "siri", "veronika": "vroni", "magdalena": "lena leni magda", "helene": "lena leni", "rosemarie": "rosi",
    "theresia": "resi", "franziska": "franzi", "benjamin": "benni", "alessandro": "sandro ale",
    "alessandra": "sandra ale", "domenico": "mimmo", "vincenzo": "enzo cenzo", "lorenzo": "enzo renzo",
    "gaetano": "tano", "sebastiano": "bastiano", "filippo": "pippo", "giuseppina": "pina", "giacomo": "mino",
    "michele": "lino", "pasquale": "lino", "raffaele": "lello", "federico": "fede", "matteo": "teo", "leonardo": "leo",
    "riccardo": "ricky", "elisabetta": "betta", "maddalena": "lena", "caterina": "rina cate", "isabel": "isa chabela",
    "mercedes": "merche", "rosario": "charo", "pilar": "pili", "consuelo": "chelo", "teresa": "tere maite",
    "antonia": "toni tonia", "josefa": "pepa", "francisca": "paqui paca", "fernando": "nando fer",
    "alejandro": "alex jandro ale", "alberto": "berto", "jesus": "chus", "gregorio": "goyo", "vicente": "chente",
    "miguel": "migue", "javier": "javi", "sergio": "checho", "ricardo": "richi", "montserrat": "montse",
    "catherine": "cathy caty cathie katy kate kati kathy kitty", "philippe": "phil", "dominique": "dom",
    "frederic": "fred", "stephane": "steph", "stephanie": "steph", "emmanuel": "manu", "emmanuelle": "manu",
    "guillaume": "guigui", "nicolas": "nico", "veronique": "vero", "sylvie": "syl", "jacqueline": "jackie",
    "florence": "flo", "margaret": "peggy peggi meg maggie", "robert": "bob bobby rob robbie", "michal": "misiek",
    "tomasz": "tomek", "piotr": "piotrek", "pawel": "pawelek", "grzegorz": "grzesiek", "wojciech": "wojtek",
    "andrzej": "jedrek", "marek": "mareczek", "jerzy": "jurek", "zbigniew": "zbyszek", "kazimierz": "kazik",
    "ryszard": "rysiek", "agnieszka": "aga", "joanna": "asia", "elzbieta": "ela", "ewa": "ewka", "jadwiga": "jadzia",
    "zofia": "zosia", "jakub": "kuba", "jiri": "jirka", "josefina": "pepa", "frantisek": "franta", "vaclav": "vasek",
    "jaroslav": "jarda", "miroslav": "mirek", "ladislav": "lada", "zdenek": "zdenda", "marie": "maruska",
    "jana": "janicka", "konstantinos": "kostas kostis", "dimitrios": "dimitris mitsos", "georgios": "giorgos",
    "ioannis": "giannis yannis", "nikolaos": "nikos", "panagiotis": "panos takis panayotis", "evangelos": "vangelis",
    "athanasios": "thanasis", "vasileios": "vasilis", "emmanouil": "manolis", "spyridon": "spyros",
    "aikaterini": "katerina", "eleni": "lena", "evangelia": "litsa", "anastasios": "tasos", "theodoros": "thodoris",
    "christos": "chris", "stylianos": "stelios", "hendrikus": "henk", "antonius": "ton toon anton",
    "theodorus": "theo", "jacobus": "jaap koos", "wilhelmus": "wim", "adrianus": "ad adri", "franciscus": "frans",
    "leendert": "leen", "cornelia": "corrie", "maria": "mia mieke marijke", "magnus": "mange", "gustaf": "gosta",
    "bengt": "benke", "katarina": "kattis kathi kati kata", "gerardus": "gerard ger", "petrus": "piet peter",
    "jan": "janek jantje honza", "lars": "lasse", "per": "pelle", "mikael": "micke",
    "elizabeth": "liz beth betty lisbeth", "alexandra": "sandra sascha alex", "ivana": "iva", "lenka": "lena",
    "katerina": "katka kacka", "tomas": "tom", "nikolaus": "klaus niko nik", "valentina": "vale tina",
    "simone": "simo", "daniele": "dani", "daniela": "dani dany", "claudia": "claudi", "patricia": "pat patty",
    "frederik": "freek fred", "anders": "ante", "joakim": "jocke", "fredrik": "fredde", "kristian": "chris kris",
    "kristina": "kicki stina", "birgitta": "gittan", "margareta": "greta maggan", "janos": "jancsi", "laszlo": "laci",
    "zoltan": "zoli", "istvan": "pisti isti", "ferenc": "feri", "gabor": "gabi", "tamas": "tomi", "katalin": "kati",
    "erzsebet": "erzsi bozsi", "zsuzsanna": "zsuzsi zsuzsa", "andras": "bandi", "jozsef": "jozsi", "mihaly": "misi",
    "sandor": "sanyi", "gyorgy": "gyuri", "pal": "pali", "katharine": "kathi", "mary": "molly polly mamie",
    "johanna": "joke hanna hanneke", "hristo": "itso", "yordan": "dancho", "dimitar": "mitko", "georgi": "gosho",
    "oleksandr": "sasha sashko", "mykola": "kolya", "volodymyr": "vova", "yevhen": "zhenya", "olena": "lena",
    "tetiana": "tanya", "henrik": "henke", "lennart": "lelle", "juhani": "juha", "joao": "joca",
    "isabella": "isa bella", "gertrude": "gerti", "herbert": "herb hebbo", "norbert": "nobby", "engelbert": "bertl",
    "alois": "luis lois", "leopold": "poldi", "hubert": "hubsi",
}  # fmt: skip
SHORT_FOR: dict[str, frozenset[str]] = {
    short: frozenset(name for name, several in _SHORT_FOR.items() if short in several.split())
    for several in _SHORT_FOR.values()
    for short in several.split()
}
"""Short names that English lists lack, and the given names that they are short for."""
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

PLACE_WORDS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
"""Words of localities that are shortened, and the whole ones."""

_CITIES = {
    "munich": "munchen,muenchen,monaco di baviera", "cologne": "koln,koeln,colonia",
    "vienna": "wien,vienne,viena,vieden,becs", "nuremberg": "nurnberg,nuernberg,norimberga,norymberga",
    "hanover": "hannover", "brunswick": "braunschweig", "geneva": "geneve,genf,ginevra,ginebra,genewa",
    "zurich": "zuerich,zurigo", "basel": "basle,bale", "bern": "berne,berna", "lucerne": "luzern",
    "milan": "milano,mailand,mediolan", "rome": "roma,rom,rzym", "turin": "torino,turyn",
    "florence": "firenze,florenz,florencia,florencja", "venice": "venezia,venedig,venise,wenecja",
    "naples": "napoli,neapel,napoles", "genoa": "genova,genua,genes", "padua": "padova",
    "lisbon": "lisboa,lissabon,lisbonne,lisbona", "seville": "sevilla", "saragossa": "zaragoza",
    "prague": "praha,prag,praga", "warsaw": "warszawa,warschau,varsava,varsovie,varsovia,varsavia",
    "krakow": "cracow,krakau,cracovie,cracovia", "wroclaw": "breslau", "gdansk": "danzig", "poznan": "posen",
    "copenhagen": "kobenhavn,kopenhagen,copenhague,copenaghen", "gothenburg": "goteborg,goeteborg",
    "brussels": "bruxelles,brussel,brussels,bruselas,bruksela,bruxelas", "antwerp": "antwerpen,anvers,amberes,anversa",
    "ghent": "gent,gand", "bruges": "brugge", "liege": "luttich,luik",
    "hague": "den haag,the hague,s gravenhage,la haye,l aja", "moscow": "moskva,moskau",
    "kyiv": "kiev,kyyiv,kyjiw,kijow", "lviv": "lvov,lwow,lemberg,lwiw", "odesa": "odessa",
    "saint petersburg": "sankt peterburg,sankt petersburg", "bucharest": "bucuresti,bukarest,bucarest",
    "belgrade": "beograd,belgrad,belgrado", "athens": "athina,athen,atenas,atene,ateny,athenes",
    "thessaloniki": "salonika,saloniki,salonica", "beijing": "peking", "guangzhou": "canton", "nanjing": "nanking",
    "mumbai": "bombay", "kolkata": "calcutta", "chennai": "madras", "bengaluru": "bangalore", "yangon": "rangoon",
    "ho chi minh city": "saigon", "cairo": "al qahirah", "alexandria": "al iskandariyah", "damascus": "dimashq",
    "mexico city": "ciudad de mexico", "new york": "new york city,nyc,nueva york", "luxembourg": "luxemburg",
    "strasbourg": "strassburg,strasburgo,estrasburgo", "bratislava": "pressburg,pozsony", "helsinki": "helsingfors",
    "turku": "abo", "aachen": "aix la chapelle", "london": "londres,londra,londyn,londen",
    "hamburg": "amburgo,hamburgo,hambourg", "dresden": "dresda,drezno,dresde", "leipzig": "lipsia,lipsk",
    "berlin": "berlino", "paris": "parigi,paryz", "dublin": "dublino,baile atha cliath", "galway": "gaillimh",
    "cork": "corcaigh", "stockholm": "stoccolma,estocolmo,sztokholm", "edinburgh": "edimbourg,edimburgo,edynburg",
    "frankfurt": "francoforte,francfort,frankfurt am main,frankfurt a m", "stuttgart": "stoccarda",
    "mainz": "magonza,mayence", "trier": "treves,treviri", "regensburg": "ratisbona,ratisbonne",
    "marseille": "marsiglia,marsella,marseilles", "lyon": "lione,lyons", "nice": "nizza,niza", "bordeaux": "burdeos",
    "sofia": "sofiya,sofija", "plovdiv": "plowdiw", "brno": "brunn", "ostrava": "ostrau",
    "s hertogenbosch": "den bosch,bois le duc", "aarhus": "arhus", "tampere": "tammerfors", "espoo": "esbo",
    "a coruna": "la coruna,corunna", "porto": "oporto", "patras": "patra", "piraeus": "pireas,peiraias",
    "zagreb": "agram", "ljubljana": "laibach", "maribor": "marburg an der drau", "szeged": "segedin",
    "gyor": "gyoer", "pecs": "funfkirchen", "bologna": "bolonia",
}  # fmt: skip
EXONYMS = {other: city for city, others in _CITIES.items() for other in others.split(",")}
"""Names of cities in other languages, folded, and the one that stands for all."""

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
