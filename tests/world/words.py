"""The words of the invented world: names, towns, streets, legal forms and titles of twelve countries, as data.

Given and family names are common public words, put together at random: no real person is meant. Towns, their postal
codes and area codes are true, so that addresses and numbers pass checks; streets and houses are invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Town:
    """A town: in patterns `#` is a digit, `%` one from two on, and `@` a letter of a postal code.

    Attributes:
        name: Its name as written at home.
        region: State, province or county where addresses of the country carry one, else empty.
        postal_code: Pattern of its postal codes.
        phone: Pattern of its ordinary fixed lines, E.164.
        fiction: Pattern of the range that the country sets aside for fiction, or empty.
    """

    name: str
    region: str
    postal_code: str
    phone: str
    fiction: str = ""


@dataclass(frozen=True, slots=True)
class Country:
    """What names, addresses and numbers look like in one country.

    Attributes:
        language: Key of `TITLES` and `SECTORS`.
        tld: Ending of its domains.
        company: How a company is called, from brand, sector and form.
        council: How a public body is called, from brand.
        faith: How a religious, political or workers' organisation is called, by its industry code.
        forms: Legal forms.
        street: How a street line is written, from word and number.
        streets: Ordinary names of streets.
        mobile: Pattern of its mobile numbers, E.164.
        towns: Where firms sit.
        given: Given names.
        family: Family names.
    """

    language: str
    tld: str
    company: str
    council: str
    faith: Mapping[str, str]
    forms: tuple[str, ...]
    street: str
    streets: tuple[str, ...]
    mobile: str
    towns: tuple[Town, ...]
    given: tuple[str, ...]
    family: tuple[str, ...]


ONSETS = ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z")
FIRST_ONSETS = (*ONSETS, "br", "dr", "st", "tr", "kl", "pl")
VOWELS = ("a", "e", "i", "o", "u")
CODAS = ("n", "r", "s", "x", "l", "th")

SECTORS: Mapping[str, Mapping[str, str]] = {
    "16100": {"en": "Timber", "de": "Holzwerk", "fr": "Bois", "es": "Maderas", "it": "Legnami", "nl": "Houthandel",
              "pl": "Tartak", "no": "Trelast", "et": "Puit", "el": "Ξυλεία", "pt": "Madeiras"},
    "52290": {"en": "Logistics", "de": "Logistik", "fr": "Logistique", "es": "Logística", "it": "Logistica",
              "nl": "Logistiek", "pl": "Logistyka", "no": "Logistikk", "et": "Logistika", "el": "Μεταφορές",
              "pt": "Logística"},
    "62012": {"en": "Software", "de": "Software", "fr": "Logiciels", "es": "Programas", "it": "Informatica",
              "nl": "Software", "pl": "Informatyka", "no": "Programvare", "et": "Tarkvara", "el": "Λογισμικό",
              "pt": "Sistemas"},
    "10890": {"en": "Foods", "de": "Lebensmittel", "fr": "Aliments", "es": "Alimentos", "it": "Alimentari",
              "nl": "Voeding", "pl": "Żywność", "no": "Matvarer", "et": "Toit", "el": "Τρόφιμα", "pt": "Alimentos"},
    "13990": {"en": "Textiles", "de": "Textil", "fr": "Textiles", "es": "Textiles", "it": "Tessuti", "nl": "Textiel",
              "pl": "Tkaniny", "no": "Tekstil", "et": "Tekstiil", "el": "Υφάσματα", "pt": "Têxteis"},
    "71129": {"en": "Engineering", "de": "Technik", "fr": "Ingénierie", "es": "Ingeniería", "it": "Ingegneria",
              "nl": "Techniek", "pl": "Inżynieria", "no": "Teknikk", "et": "Tehnika", "el": "Τεχνική",
              "pt": "Engenharia"},
    "70229": {"en": "Consulting", "de": "Beratung", "fr": "Conseil", "es": "Consultores", "it": "Consulenza",
              "nl": "Advies", "pl": "Doradztwo", "no": "Rådgivning", "et": "Nõustamine", "el": "Σύμβουλοι",
              "pt": "Consultoria"},
    "10710": {"en": "Bakery", "de": "Backwaren", "fr": "Boulangerie", "es": "Panadería", "it": "Panificio",
              "nl": "Bakkerij", "pl": "Piekarnia", "no": "Bakeri", "et": "Pagar", "el": "Αρτοποιία",
              "pt": "Padaria"},
    "35110": {"en": "Energy", "de": "Energie", "fr": "Énergie", "es": "Energía", "it": "Energia", "nl": "Energie",
              "pl": "Energia", "no": "Energi", "et": "Energia", "el": "Ενέργεια", "pt": "Energia"},
    "18129": {"en": "Printing", "de": "Druck", "fr": "Imprimerie", "es": "Impresores", "it": "Stampa",
              "nl": "Drukkerij", "pl": "Drukarnia", "no": "Trykkeri", "et": "Trükk", "el": "Εκτυπώσεις",
              "pt": "Gráfica"},
    "30110": {"en": "Marine", "de": "Schiffbau", "fr": "Marine", "es": "Naval", "it": "Nautica", "nl": "Scheepsbouw",
              "pl": "Stocznia", "no": "Skipsverft", "et": "Laevad", "el": "Ναυτιλία", "pt": "Naval"},
    "26701": {"en": "Optics", "de": "Optik", "fr": "Optique", "es": "Óptica", "it": "Ottica", "nl": "Optiek",
              "pl": "Optyka", "no": "Optikk", "et": "Optika", "el": "Οπτικά", "pt": "Óptica"},
    "23490": {"en": "Ceramics", "de": "Keramik", "fr": "Céramique", "es": "Cerámica", "it": "Ceramiche",
              "nl": "Keramiek", "pl": "Ceramika", "no": "Keramikk", "et": "Keraamika", "el": "Κεραμικά",
              "pt": "Cerâmica"},
    "26511": {"en": "Instruments", "de": "Messtechnik", "fr": "Instruments", "es": "Instrumentos", "it": "Strumenti",
              "nl": "Meettechniek", "pl": "Przyrządy", "no": "Instrumenter", "et": "Mõõteriistad", "el": "Όργανα",
              "pt": "Instrumentos"},
    "17219": {"en": "Packaging", "de": "Verpackung", "fr": "Emballages", "es": "Envases", "it": "Imballaggi",
              "nl": "Verpakking", "pl": "Opakowania", "no": "Emballasje", "et": "Pakend", "el": "Συσκευασία",
              "pt": "Embalagens"},
    "74100": {"en": "Interiors", "de": "Raumdesign", "fr": "Intérieurs", "es": "Interiores", "it": "Interni",
              "nl": "Interieur", "pl": "Wnętrza", "no": "Interiør", "et": "Sisustus", "el": "Εσωτερικοί Χώροι",
              "pt": "Interiores"},
}  # fmt: skip
"""What firms do: SIC 2007 code, and the word that stands in a name, by language."""

TITLES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {
        "director": ("Managing Director", "Chief Executive Officer", "Finance Director", "Director"),
        "owner": ("Owner", "Founder", "Managing Partner"),
        "officer": ("Chief Financial Officer", "Company Secretary", "Chief Operating Officer", "General Counsel"),
        "employee": ("Sales Manager", "Head of Purchasing", "Software Engineer", "Marketing Manager", "Accountant",
                     "Human Resources Manager", "Plant Manager", "Senior Buyer"),
        "contact_point": ("Procurement Officer", "Contracts Manager", "Tender Coordinator"),
        "agent": ("Authorised Signatory", "Legal Representative"),
        "sensitive": ("Priest", "Imam", "Shop Steward", "Labour Party Treasurer", "Chaplain"),
    },
    "de": {
        "director": ("Geschäftsführer|Geschäftsführerin", "Vorstand|Vorständin"),
        "owner": ("Inhaber|Inhaberin", "Gesellschafter|Gesellschafterin"),
        "officer": ("Prokurist|Prokuristin", "Kaufmännischer Leiter|Kaufmännische Leiterin", "Leiter Finanzen|Leiterin Finanzen"),
        "employee": ("Vertriebsleiter|Vertriebsleiterin", "Leiter Einkauf|Leiterin Einkauf", "Buchhalter|Buchhalterin",
                     "Softwareentwickler|Softwareentwicklerin", "Personalleiter|Personalleiterin"),
        "contact_point": ("Sachbearbeiter Vergabe|Sachbearbeiterin Vergabe", "Einkäufer|Einkäuferin"),
        "agent": ("Zustellungsbevollmächtigter|Zustellungsbevollmächtigte",),
        "sensitive": ("Pfarrer|Pfarrerin", "Imam|Rabbinerin", "Betriebsratsvorsitzender|Betriebsratsvorsitzende",
                      "Gewerkschaftssekretär|Gewerkschaftssekretärin"),
    },
    "fr": {
        "director": ("Directeur général|Directrice générale", "Président|Présidente"),
        "owner": ("Gérant|Gérante", "Fondateur|Fondatrice"),
        "officer": ("Directeur financier|Directrice financière", "Secrétaire général|Secrétaire générale",
                    "Directeur des opérations|Directrice des opérations"),
        "employee": ("Responsable commercial", "Responsable des achats", "Ingénieur logiciel|Ingénieure logiciel",
                     "Chargé de marketing|Chargée de marketing", "Comptable"),
        "contact_point": ("Chargé de marchés publics|Chargée de marchés publics", "Acheteur public|Acheteuse publique"),
        "agent": ("Mandataire", "Représentant légal|Représentante légale"),
        "sensitive": ("Prêtre|Pasteure", "Imam|Rabbine", "Délégué syndical|Déléguée syndicale", "Trésorier du parti|Trésorière du parti"),
    },
    "es": {
        "director": ("Director general|Directora general", "Consejero delegado|Consejera delegada"),
        "owner": ("Propietario|Propietaria", "Socio fundador|Socia fundadora", "Administrador único|Administradora única"),
        "officer": ("Director financiero|Directora financiera", "Secretario del consejo|Secretaria del consejo",
                    "Director de operaciones|Directora de operaciones"),
        "employee": ("Jefe de ventas|Jefa de ventas", "Responsable de compras", "Contable",
                     "Ingeniero de software|Ingeniera de software"),
        "contact_point": ("Técnico de contratación|Técnica de contratación", "Jefe de licitaciones|Jefa de licitaciones"),
        "agent": ("Apoderado|Apoderada", "Representante legal"),
        "sensitive": ("Sacerdote|Religiosa", "Imán|Rabina", "Delegado sindical|Delegada sindical",
                      "Tesorero del partido|Tesorera del partido"),
    },
    "it": {
        "director": ("Amministratore delegato|Amministratrice delegata", "Direttore generale|Direttrice generale"),
        "owner": ("Titolare", "Socio fondatore|Socia fondatrice", "Amministratore unico|Amministratrice unica"),
        "officer": ("Direttore finanziario|Direttrice finanziaria", "Direttore operativo|Direttrice operativa"),
        "employee": ("Responsabile vendite", "Responsabile acquisti", "Contabile",
                     "Responsabile del personale"),
        "contact_point": ("Responsabile gare", "Referente appalti"),
        "agent": ("Procuratore|Procuratrice", "Rappresentante legale"),
        "sensitive": ("Parroco|Suora", "Imam|Rabbina", "Delegato sindacale|Delegata sindacale",
                      "Tesoriere del partito|Tesoriera del partito"),
    },
    "nl": {
        "director": ("Algemeen directeur", "Directeur", "Bestuurder"),
        "owner": ("Eigenaar", "Oprichter"),
        "officer": ("Financieel directeur", "Operationeel directeur", "Bestuurssecretaris"),
        "employee": ("Verkoopleider", "Hoofd inkoop", "Softwareontwikkelaar", "Marketingmanager", "Boekhouder"),
        "contact_point": ("Aanbestedingsadviseur", "Contractmanager"),
        "agent": ("Gevolmachtigde",),
        "sensitive": ("Predikant", "Imam", "Vakbondsbestuurder", "Penningmeester van de partij"),
    },
    "pl": {
        "director": ("Prezes zarządu", "Członek zarządu", "Dyrektor generalny"),
        "owner": ("Właściciel", "Wspólnik"),
        "officer": ("Dyrektor finansowy", "Prokurent", "Dyrektor operacyjny"),
        "employee": ("Kierownik sprzedaży", "Kierownik zakupów", "Programista", "Główny księgowy",
                     "Kierownik produkcji"),
        "contact_point": ("Specjalista do spraw zamówień publicznych", "Kierownik przetargów"),
        "agent": ("Pełnomocnik",),
        "sensitive": ("Proboszcz", "Imam", "Przewodniczący związku zawodowego", "Skarbnik partii"),
    },
    "no": {
        "director": ("Daglig leder", "Administrerende direktør", "Styreleder"),
        "owner": ("Eier", "Gründer"),
        "officer": ("Økonomidirektør", "Driftsdirektør"),
        "employee": ("Salgssjef", "Innkjøpssjef", "Systemutvikler", "Markedssjef", "Regnskapsfører"),
        "contact_point": ("Innkjøpsrådgiver", "Kontraktsansvarlig"),
        "agent": ("Fullmektig",),
        "sensitive": ("Sogneprest", "Imam", "Hovedtillitsvalgt", "Partikasserer"),
    },
    "et": {
        "director": ("Juhatuse liige", "Tegevjuht", "Juhatuse esimees"),
        "owner": ("Omanik", "Asutaja"),
        "officer": ("Finantsjuht", "Tootmisjuht"),
        "employee": ("Müügijuht", "Ostujuht", "Tarkvaraarendaja", "Turundusjuht", "Raamatupidaja"),
        "contact_point": ("Hankespetsialist", "Hankejuht"),
        "agent": ("Volitatud esindaja",),
        "sensitive": ("Koguduse õpetaja", "Imaam", "Ametiühingu usaldusisik", "Erakonna laekur"),
    },
    "el": {
        "director": ("Διευθύνων Σύμβουλος|Διευθύνουσα Σύμβουλος", "Γενικός Διευθυντής|Γενική Διευθύντρια"),
        "owner": ("Ιδιοκτήτης|Ιδιοκτήτρια", "Ιδρυτής|Ιδρύτρια"),
        "officer": ("Οικονομικός Διευθυντής|Οικονομική Διευθύντρια", "Διευθυντής Λειτουργιών|Διευθύντρια Λειτουργιών"),
        "employee": ("Υπεύθυνος Πωλήσεων|Υπεύθυνη Πωλήσεων", "Υπεύθυνος Προμηθειών|Υπεύθυνη Προμηθειών",
                     "Μηχανικός Λογισμικού", "Λογιστής|Λογίστρια"),
        "contact_point": ("Υπεύθυνος Διαγωνισμών|Υπεύθυνη Διαγωνισμών", "Υπεύθυνος Συμβάσεων|Υπεύθυνη Συμβάσεων"),
        "agent": ("Νόμιμος Εκπρόσωπος",),
        "sensitive": ("Ιερέας|Μοναχή", "Συνδικαλιστικός Εκπρόσωπος", "Ταμίας Κόμματος"),
    },
    "pt": {
        "director": ("Diretor geral|Diretora geral", "Diretor executivo|Diretora executiva"),
        "owner": ("Proprietário|Proprietária", "Sócio fundador|Sócia fundadora", "Sócio administrador|Sócia administradora"),
        "officer": ("Diretor financeiro|Diretora financeira", "Diretor de operações|Diretora de operações"),
        "employee": ("Gerente de vendas", "Gerente de compras", "Engenheiro de software|Engenheira de software", "Contador|Contadora",
                     "Analista de marketing"),
        "contact_point": ("Pregoeiro|Pregoeira", "Gerente de licitações"),
        "agent": ("Procurador|Procuradora", "Representante legal"),
        "sensitive": ("Padre|Freira", "Delegado sindical|Delegada sindical", "Tesoureiro do partido|Tesoureira do partido"),
    },
}  # fmt: skip
"""Job titles by language and role, that of women after `|` where it differs.

`sensitive` ones say what somebody believes or where they are organised.
"""

WOMEN = frozenset(
    (
        "Anke Birgit Claudia Dörte Elke Franziska Gudrun Heike Ines Jutta Katrin Lena Monika Nadine Petra Renate Sabine "
        "Ulrike Verena Ayşe Adèle Béatrice Chloé Delphine Élodie Florence Gaëlle Hélène Inès Justine Laurence Maëlle "
        "Noémie Océane Sylvie Valérie Yvette Marie-Claire Amina Alba Beatriz Carmen Dolores Elena Fátima Gloria Inés "
        "Jimena Lucía Marta Nuria Pilar Rocío Sofía Teresa Begoña Alessia Bianca Chiara Daniela Elisa Federica Giulia "
        "Ilaria Lucia Martina Noemi Ornella Paola Rita Silvia Valentina Desirée Αγγελική Βασιλική Γεωργία Δέσποινα "
        "Ελένη Ζωή Ιωάννα Κατερίνα Μαρία Νικολέτα Ουρανία Παναγιώτα Σοφία Χριστίνα Adriana Bruna Camila Débora Eduarda "
        "Fernanda Gabriela Helena Isabela Juliana Larissa Mariana Natália Patrícia Simone Vitória Yasmin "
        "Alice Bethany Charlotte Daisy Eleanor Fiona Gemma Hannah Imogen Jessica Katherine Lucy Megan Nicola Olivia "
        "Pippa Rebecca Sarah Tamsin Wendy Priya Anouk Bente Cornelia Dieuwke Esther Floor Hanneke Ilse Joke Lotte "
        "Marijke Noor Renske Sanne Tess Willemijn Zoë Anaïs Agnieszka Barbara Celina Dorota Elżbieta Grażyna Halina "
        "Iwona Joanna Katarzyna Małgorzata Natalia Renata Urszula Wanda Zofia Żaneta Astrid Berit Elin Gro Hege Ingrid "
        "Jorunn Kari Liv Marit Oddny Ragnhild Sigrid Solveig Turid Åse Anneli Eha Gerli Helve Jaanika Kadri Leelo "
        "Maarika Merle Piret Riina Signe Tiina Ülle Õnne"
    ).split()
)
"""Given names of women, for titles, middle names and Greek family names; American ones have initials only."""

COUNTRIES: Mapping[str, Country] = {
    "GB": Country(
        "en", "co.uk", "{brand} {sector} {form}", "{brand} Borough Council",
        {"94910": "{brand} Baptist Church", "94920": "{brand} Labour Party", "94200": "{brand} Workers Union"},
        ("Ltd", "Limited", "PLC", "LLP"), "{number} {word}",
        ("Foundry Lane", "Orchard Way", "Tanner Street", "Mill Rise", "Beacon Road", "Priory Court", "Wharf Street",
         "Kiln Close"),
        "+44771#######",
        (Town("London", "", "EC2A #@@", "+44204#######", "+442079460###"), Town("Leeds", "", "LS1 #@@", "+441132######", "+441134960###"),
         Town("Sheffield", "", "S1 #@@", "+441142######", "+441144960###"), Town("Nottingham", "", "NG1 #@@", "+441159######", ""),
         Town("Leicester", "", "LE1 #@@", "+441162######", "+441164960###"), Town("Bristol", "", "BS1 #@@", "+441179######", "+441174960###"),
         Town("Reading", "", "RG1 #@@", "+441189######", "+441184960###"), Town("Birmingham", "", "B2 #@@", "+441212######", "+441214960###"),
         Town("Edinburgh", "", "EH3 #@@", "+441312######", "+441314960###"), Town("Glasgow", "", "G2 #@@", "+441412######", "+441414960###"),
         Town("Liverpool", "", "L3 #@@", "+441512######", "+441514960###"), Town("Manchester", "", "M3 #@@", "+441612######", "+441614960###")),
        ("Alice", "Alan", "Bethany", "Brian", "Charlotte", "Colin", "Daisy", "David", "Eleanor", "Edward", "Fiona",
         "Frank", "Gemma", "George", "Hannah", "Harry", "Imogen", "Ian", "Jessica", "James", "Katherine", "Keith",
         "Lucy", "Liam", "Megan", "Martin", "Nicola", "Nigel", "Olivia", "Oliver", "Pippa", "Peter", "Rebecca",
         "Robert", "Sarah", "Stephen", "Tamsin", "Thomas", "Wendy", "William", "Priya", "Imran"),
        ("Abbott", "Barker", "Carter", "Dawson", "Eaton", "Fletcher", "Gibson", "Harding", "Ingram", "Jennings",
         "Kendall", "Lambert", "Marsh", "Norris", "Osborne", "Parsons", "Quinn", "Rowe", "Saunders", "Thornton",
         "Underwood", "Vaughan", "Walsh", "Yates", "Ashworth", "Bradshaw", "Clayton", "Drummond", "Ellison", "Farrow",
         "Goodwin", "Hargreaves", "Holloway", "Kershaw", "Lockwood", "MacLeod", "O'Brien", "Pemberton", "Radcliffe",
         "Stanton", "Patel", "Hussain", "Smith-Jones", "Whitaker"),
    ),
    "US": Country(
        "en", "com", "{brand} {sector}, {form}", "City of {brand}",
        {"94910": "{brand} Baptist Church", "94920": "{brand} Democratic Party", "94200": "{brand} Workers Union"},
        ("Inc.", "LLC", "Corp.", "Co."), "{number} {word}",
        ("Sycamore Ave", "Prairie Blvd", "Quarry Rd", "Juniper St", "Old Depot Rd", "Cedar Hollow Dr", "Granite Pkwy",
         "Lakeshore Ln"),
        "+1839%######",
        (Town("Austin", "TX", "787##", "+15122######", "+151255501##"), Town("Denver", "CO", "802##", "+13032######", "+130355501##"),
         Town("Portland", "OR", "972##", "+15032######", "+150355501##"), Town("Columbus", "OH", "432##", "+16142######", "+161455501##"),
         Town("Raleigh", "NC", "276##", "+19192######", "+191955501##"), Town("Tucson", "AZ", "857##", "+15202######", "+152055501##"),
         Town("Omaha", "NE", "681##", "+14022######", "+140255501##"), Town("Boise", "ID", "837##", "+12082######", "+120855501##"),
         Town("Madison", "WI", "537##", "+16082######", "+160855501##"), Town("Albany", "NY", "122##", "+15182######", "+151855501##"),
         Town("Richmond", "VA", "232##", "+18042######", "+180455501##"), Town("Memphis", "TN", "381##", "+19012######", "+190155501##"),
         Town("Spokane", "WA", "992##", "+15092######", "+150955501##"), Town("Tulsa", "OK", "741##", "+19182######", "+191855501##"),
         Town("Fresno", "CA", "937##", "+15592######", "+155955501##"), Town("Wichita", "KS", "672##", "+13162######", "+131655501##")),
        ("Aaron", "Amber", "Brandon", "Brianna", "Caleb", "Carmen", "Derek", "Denise", "Ethan", "Erica", "Gavin",
         "Grace", "Hector", "Heather", "Isaac", "Irene", "Jason", "Joanna", "Kyle", "Kimberly", "Logan", "Latoya",
         "Mason", "Melissa", "Nathan", "Natalie", "Omar", "Paige", "Preston", "Quincy", "Rachel", "Ricardo", "Samantha",
         "Scott", "Tanya", "Tyler", "Vanessa", "Victor", "Whitney", "Zachary", "Mei", "Anil"),
        ("Adkins", "Barrett", "Caldwell", "Dalton", "Espinoza", "Fowler", "Garrison", "Hoffman", "Ibarra", "Jefferson",
         "Kowalski", "Landry", "McCoy", "Nguyen", "Ortega", "Pruitt", "Quintana", "Ramsey", "Schroeder", "Tran",
         "Upton", "Velasquez", "Whitfield", "Yoder", "Zimmerman", "Beasley", "Crawford", "Delgado", "Everett",
         "Gallagher", "Hendricks", "Irving", "Kaplan", "Lindsey", "Mercado", "O'Neill", "Park", "Rutledge", "Stokes",
         "Tillman", "Vance", "Washburn", "Chen", "Sharma"),
    ),
    "DE": Country(
        "de", "de", "{brand} {sector} {form}", "Gemeinde {brand}",
        {"94910": "Evangelische Kirchengemeinde {brand}", "94920": "{brand} Bürgerpartei", "94200": "Gewerkschaft {brand}"},
        ("GmbH", "AG", "GmbH & Co. KG", "UG (haftungsbeschränkt)"), "{word} {number}",
        ("Gerberstraße", "Am Mühlbach", "Lindenallee", "Ziegeleiweg", "Bergmannstraße", "Schäferweg", "Hafenstraße"),
        "+491525#######",
        (Town("Berlin", "", "1011#", "+49305######", "+493023125###"), Town("Frankfurt am Main", "", "6031#", "+49695######", "+496990009###"),
         Town("Hamburg", "", "2009#", "+49405######", "+494066969###"), Town("Köln", "", "5066#", "+492215######", "+492214710###"),
         Town("München", "", "8033#", "+49895######", "+498999998###")),
        ("Anke", "Andreas", "Birgit", "Bernd", "Claudia", "Christoph", "Dörte", "Dieter", "Elke", "Ernst", "Franziska",
         "Florian", "Gudrun", "Günter", "Heike", "Holger", "Ines", "Jürgen", "Jutta", "Katrin", "Klaus", "Lena",
         "Lukas", "Monika", "Matthias", "Nadine", "Norbert", "Petra", "Rainer", "Renate", "Sabine", "Stefan", "Ulrike",
         "Uwe", "Verena", "Wolfgang", "Jörg", "Björn", "Ayşe", "Mehmet"),
        ("Albrecht", "Bäcker", "Brandt", "Dietrich", "Ebert", "Franke", "Förster", "Geiger", "Götz", "Hartmann",
         "Heinrich", "Jäger", "Kaiser", "König", "Krüger", "Lindner", "Lorenz", "Möller", "Naumann", "Otto", "Pohl",
         "Reuter", "Richter", "Sauer", "Schäfer", "Schröder", "Seidel", "Thiele", "Ullrich", "Vogt", "Weiß", "Winkler",
         "Ziegler", "Zimmermann", "Müller-Lüdenscheidt", "von Berg", "Großmann", "Yıldız"),
    ),
    "FR": Country(
        "fr", "fr", "{sector} {brand} {form}", "Commune de {brand}",
        {"94910": "Paroisse de {brand}", "94920": "Parti populaire de {brand}", "94200": "Syndicat national des métiers de {brand}"},
        ("SARL", "SAS", "SA", "EURL"), "{number} {word}",
        ("rue des Tanneurs", "avenue du Moulin", "chemin des Vignes", "rue de la Forge", "quai des Mariniers",
         "impasse du Verger"),
        "+336########",
        (Town("Paris", "", "7501#", "+3314#######", "+3319900####"), Town("Nantes", "", "44000", "+3324#######", "+33261910###"),
         Town("Strasbourg", "", "67000", "+3338#######", "+33353010###"), Town("Lyon", "", "6900#", "+3347#######", "+33465710###"),
         Town("Bordeaux", "", "33000", "+3355#######", "+33536490###")),
        ("Adèle", "Antoine", "Béatrice", "Benoît", "Chloé", "Cédric", "Delphine", "Didier", "Élodie", "Étienne",
         "Florence", "François", "Gaëlle", "Gérard", "Hélène", "Hugo", "Inès", "Julien", "Justine", "Laurence",
         "Loïc", "Maëlle", "Mathieu", "Noémie", "Nicolas", "Océane", "Pascal", "Raphaël", "Sylvie", "Théo", "Valérie",
         "Vincent", "Yvette", "Yves", "Jean-Luc", "Marie-Claire", "Karim", "Amina"),
        ("Arnaud", "Barbier", "Bertrand", "Chevalier", "Colin", "Delacroix", "Deschamps", "Fabre", "Faure", "Garnier",
         "Gauthier", "Guérin", "Hubert", "Jacquet", "Lambert", "Leclerc", "Lefèvre", "Lemaître", "Marchand", "Mercier",
         "Noël", "Olivier", "Pelletier", "Perrin", "Picard", "Rivière", "Roussel", "Schmitt", "Tessier", "Vasseur",
         "Bénard", "Brûlé", "Le Gall", "de La Tour", "Ben Amar", "Lévêque"),
    ),
    "ES": Country(
        "es", "es", "{sector} {brand}, {form}", "Ayuntamiento de {brand}",
        {"94910": "Parroquia de {brand}", "94920": "Partido popular de {brand}", "94200": "Sindicato de {brand}"},
        ("S.L.", "S.A.", "S.L.U."), "{word}, {number}",
        ("Calle del Olivar", "Calle de la Fragua", "Avenida del Puerto", "Calle Molinos", "Camino de la Vega"),
        "+346########",
        (Town("Madrid", "Madrid", "280##", "+34914######"), Town("Barcelona", "Barcelona", "080##", "+34934######"),
         Town("Valencia", "Valencia", "460##", "+34963######"), Town("Sevilla", "Sevilla", "410##", "+34954######"),
         Town("Zaragoza", "Zaragoza", "500##", "+34976######")),
        ("Alba", "Álvaro", "Beatriz", "Borja", "Carmen", "César", "Dolores", "Diego", "Elena", "Emilio", "Fátima",
         "Fernando", "Gloria", "Gonzalo", "Inés", "Ignacio", "Jimena", "Joaquín", "Lucía", "Luis", "Marta", "Martín",
         "Nuria", "Óscar", "Pilar", "Pablo", "Rocío", "Raúl", "Sofía", "Sergio", "Teresa", "Tomás", "Begoña", "Íñigo"),
        ("Aguilar Peña", "Blanco", "Cabrera Núñez", "Castaño", "Delgado Ruiz", "Domínguez", "Espinosa", "Fuentes Gil",
         "Gallego", "Giménez", "Herrera Sanz", "Ibáñez", "Lozano", "Márquez Soto", "Medina", "Molina", "Muñoz Prieto",
         "Navarro", "Ortiz", "Pascual", "Peña", "Quintero", "Ramos Vidal", "Rubio", "Santana", "Serrano", "Toledo",
         "Vega", "Yáñez", "Zamora", "de la Fuente", "Carrasco Díez"),
    ),
    "IT": Country(
        "it", "it", "{sector} {brand} {form}", "Comune di {brand}",
        {"94910": "Parrocchia di {brand}", "94920": "Partito popolare di {brand}", "94200": "Sindacato {brand}"},
        ("S.r.l.", "S.p.A.", "S.n.c."), "{word}, {number}",
        ("Via dei Conciatori", "Via del Mulino", "Viale delle Querce", "Via della Fornace", "Corso dei Tigli"),
        "+39347#######",
        (Town("Milano", "MI", "201##", "+39024######"), Town("Torino", "TO", "101##", "+39011#######"),
         Town("Bologna", "BO", "401##", "+39051######"), Town("Firenze", "FI", "501##", "+39055######"),
         Town("Padova", "PD", "351##", "+39049#######")),
        ("Alessia", "Andrea", "Bianca", "Bruno", "Chiara", "Claudio", "Daniela", "Davide", "Elisa", "Enrico",
         "Federica", "Fabio", "Giulia", "Giorgio", "Ilaria", "Ivan", "Lucia", "Lorenzo", "Martina", "Matteo", "Noemi",
         "Nicolò", "Ornella", "Paolo", "Paola", "Roberto", "Rita", "Salvatore", "Silvia", "Tommaso", "Valentina",
         "Vittorio", "Niccolò", "Desirée"),
        ("Amato", "Barbieri", "Bellini", "Caruso", "Cattaneo", "Colombo", "D'Angelo", "De Santis", "Di Stefano",
         "Fabbri", "Farina", "Ferrara", "Galli", "Gentile", "Giordano", "Leone", "Lombardi", "Mancini", "Marchetti",
         "Martinelli", "Montanari", "Negri", "Orlando", "Palumbo", "Pellegrini", "Rinaldi", "Sala", "Serra", "Testa",
         "Valentini", "Villa", "Zanetti", "Cefalù", "Dell'Acqua"),
    ),
    "NL": Country(
        "nl", "nl", "{brand} {sector} {form}", "Gemeente {brand}",
        {"94910": "Parochie {brand}", "94920": "{brand} Volkspartij", "94200": "Vakbond {brand}"},
        ("B.V.", "N.V.", "V.O.F."), "{word} {number}",
        ("Leerlooierstraat", "Molenkade", "Lindelaan", "Havenstraat", "Smidsweg"),
        "+3161#######",
        (Town("Amsterdam", "", "1012 @@", "+31205######"), Town("Rotterdam", "", "3012 @@", "+31104######"),
         Town("Utrecht", "", "3512 @@", "+31302######"), Town("Eindhoven", "", "5612 @@", "+31402######")),
        ("Anouk", "Arjen", "Bente", "Bas", "Cornelia", "Daan", "Dieuwke", "Erik", "Esther", "Floor", "Gijs", "Hanneke",
         "Hendrik", "Ilse", "Jeroen", "Joke", "Koen", "Lotte", "Maarten", "Marijke", "Niels", "Noor", "Pieter",
         "Renske", "Ruben", "Sanne", "Sjoerd", "Tess", "Thijs", "Willemijn", "Wouter", "Zoë", "Anaïs"),
        ("Bakker", "van den Berg", "de Boer", "Bos", "Brouwer", "Dekker", "van Dijk", "Dijkstra", "van der Heijden",
         "Hendriks", "Hoekstra", "Jacobs", "Kok", "Koster", "Kuipers", "van Leeuwen", "van der Linden", "Maas",
         "Meijer", "Mulder", "Peeters", "Postma", "Prins", "Schouten", "Smit", "van Veen", "Verhoeven", "Vermeulen",
         "Visser", "de Vries", "Willems", "'t Hart"),
    ),
    "PL": Country(
        "pl", "pl", "{brand} {sector} {form}", "Gmina {brand}",
        {"94910": "Parafia {brand}", "94920": "Partia {brand}", "94200": "Związek Zawodowy {brand}"},
        ("Sp. z o.o.", "S.A.", "Sp. k."), "{word} {number}",
        ("ul. Garbarska", "ul. Młyńska", "ul. Lipowa", "ul. Kowalska", "al. Portowa", "ul. Źródlana"),
        "+48515######",
        (Town("Warszawa", "", "00-###", "+48226######"), Town("Kraków", "", "30-###", "+48126######"),
         Town("Wrocław", "", "50-###", "+48717######"), Town("Poznań", "", "60-###", "+48618######"),
         Town("Gdańsk", "", "80-###", "+48583######"), Town("Łódź", "", "90-###", "+48426######")),
        ("Agnieszka", "Andrzej", "Barbara", "Bartosz", "Celina", "Czesław", "Dorota", "Dariusz", "Elżbieta", "Filip",
         "Grażyna", "Grzegorz", "Halina", "Henryk", "Iwona", "Jakub", "Joanna", "Katarzyna", "Krzysztof", "Łukasz",
         "Małgorzata", "Michał", "Natalia", "Paweł", "Renata", "Rafał", "Stanisław", "Sławomir", "Tomasz", "Urszula",
         "Wanda", "Wojciech", "Zofia", "Zbigniew", "Żaneta"),
        ("Adamczyk", "Banaś", "Baran", "Bąk", "Chmiel", "Duda", "Dudek", "Gajda", "Głowacz", "Górka", "Janik",
         "Kaczmarek", "Kania", "Kołodziej", "Kozioł", "Krawczyk", "Kubiak", "Łuczak", "Malec", "Mazur", "Michalak",
         "Nowak", "Olejnik", "Pawlak", "Pietrzak", "Ptak", "Sikora", "Sroka", "Stępień", "Szewczyk", "Urban",
         "Walczak", "Wójcik", "Wróbel", "Zając", "Żak"),
    ),
    "NO": Country(
        "no", "no", "{brand} {sector} {form}", "{brand} kommune",
        {"94910": "{brand} kirkelige fellesråd", "94920": "{brand} Folkeparti", "94200": "{brand} Fagforening"},
        ("AS", "ASA", "ANS"), "{word} {number}",
        ("Garverveien", "Møllegata", "Lindeveien", "Havnegata", "Smedveien", "Øvre Bakkegate"),
        "+4791######",
        (Town("Oslo", "", "015#", "+4721######"), Town("Bergen", "", "501#", "+4755######"),
         Town("Trondheim", "", "701#", "+4773######"), Town("Stavanger", "", "401#", "+4751######"),
         Town("Tromsø", "", "900#", "+4777######")),
        ("Anders", "Astrid", "Bjørn", "Berit", "Dag", "Eirik", "Elin", "Frode", "Gro", "Gunnar", "Hege", "Håkon",
         "Ingrid", "Ivar", "Jorunn", "Kjell", "Kari", "Lars", "Liv", "Magnus", "Marit", "Nils", "Olav", "Oddny",
         "Pål", "Ragnhild", "Rune", "Sigrid", "Stig", "Solveig", "Tor", "Turid", "Øystein", "Åse"),
        ("Aasen", "Bakke", "Berge", "Brekke", "Dahl", "Eide", "Engen", "Fossum", "Gundersen", "Haugen", "Hagen",
         "Holm", "Iversen", "Jacobsen", "Knutsen", "Kvåle", "Lie", "Lunde", "Moen", "Myhre", "Nygård", "Næss",
         "Opsahl", "Rønning", "Sandvik", "Solberg", "Strand", "Sørensen", "Tangen", "Thorsen", "Ulvestad", "Vik",
         "Ødegård", "Aas"),
    ),
    "EE": Country(
        "et", "ee", "{form} {brand} {sector}", "{brand} Vallavalitsus",
        {"94910": "EELK {brand} Kogudus", "94920": "{brand} Erakond", "94200": "{brand} Ametiühing"},
        ("OÜ", "AS", "TÜ"), "{word} {number}",
        ("Parkali", "Veski tee", "Pärna", "Sadama põik", "Sepa", "Õunaaia"),
        "+37252#####",
        (Town("Tallinn", "", "1014#", "+372602####"), Town("Tartu", "", "5100#", "+37273#####"),
         Town("Pärnu", "", "8001#", "+37244#####"), Town("Narva", "", "2030#", "+37235#####")),
        ("Aivar", "Anneli", "Eha", "Erki", "Gerli", "Heino", "Helve", "Indrek", "Jaan", "Jaanika", "Kadri", "Kaido",
         "Kalle", "Katrin", "Leelo", "Lembit", "Maarika", "Margus", "Merle", "Mihkel", "Oskar", "Piret", "Peeter",
         "Raivo", "Riina", "Siim", "Signe", "Tõnu", "Tiina", "Urmas", "Ülle", "Väino", "Õnne", "Jüri"),
        ("Aas", "Allik", "Eller", "Hein", "Ilves", "Jõgi", "Kallas", "Karu", "Kask", "Kivi", "Koppel", "Kukk", "Kuusk",
         "Laas", "Laur", "Lepik", "Luik", "Mägi", "Männik", "Nõmm", "Oja", "Org", "Padar", "Pärn", "Põder", "Raud",
         "Rebane", "Saar", "Sepp", "Soosaar", "Tamm", "Teder", "Uibo", "Vaher", "Õunapuu", "Ööbik"),
    ),
    "GR": Country(
        "el", "gr", "{brand} {sector} {form}", "Δήμος {brand}",
        {"94910": "Ιερός Ναός {brand}", "94920": "Κόμμα {brand}", "94200": "Σωματείο Εργαζομένων {brand}"},
        ("Α.Ε.", "Ε.Π.Ε.", "Ι.Κ.Ε."), "{word} {number}",
        ("Βυρσοδεψών", "Μύλων", "Ελαιώνων", "Λιμένος", "Σιδηρουργών"),
        "+3069########",
        (Town("Αθήνα", "", "104 3#", "+30213#######"), Town("Θεσσαλονίκη", "", "546 2#", "+302310######"),
         Town("Πάτρα", "", "262 2#", "+302610######"), Town("Ηράκλειο", "", "712 0#", "+302810######")),
        ("Αλέξανδρος", "Ανδρέας", "Βασίλης", "Γιώργος", "Δημήτρης", "Ηλίας", "Θανάσης", "Κώστας", "Λευτέρης", "Μανώλης",
         "Νίκος", "Πέτρος", "Σπύρος", "Στέλιος", "Φώτης", "Χρήστος", "Αγγελική", "Βασιλική", "Γεωργία", "Δέσποινα",
         "Ελένη", "Ζωή", "Ιωάννα", "Κατερίνα", "Μαρία", "Νικολέτα", "Ουρανία", "Παναγιώτα", "Σοφία", "Χριστίνα"),
        ("Αγγελόπουλος", "Αντωνίου", "Βλάχος", "Γεωργίου", "Δημητρίου", "Ζαφειρίου", "Θεοδώρου", "Ιωάννου",
         "Καραγιάννης", "Κωνσταντίνου", "Λάμπρου", "Μακρής", "Νικολάου", "Οικονόμου", "Παπαδάκης", "Παππάς",
         "Ραπτόπουλος", "Σταυρόπουλος", "Τριανταφύλλου", "Χατζής", "Χριστοδούλου", "Σαμαράς", "Μιχαηλίδης"),
    ),
    "BR": Country(
        "pt", "com.br", "{sector} {brand} {form}", "Prefeitura Municipal de {brand}",
        {"94910": "Igreja Batista de {brand}", "94920": "Partido popular de {brand}", "94200": "Sindicato dos Trabalhadores de {brand}"},
        ("Ltda.", "S.A.", "EIRELI"), "{word}, {number}",
        ("Rua dos Curtumes", "Rua do Moinho", "Avenida das Acácias", "Rua da Ferraria", "Travessa do Cais"),
        "+551197#######",
        (Town("São Paulo", "SP", "013##-###", "+55113#######"), Town("Rio de Janeiro", "RJ", "200##-###", "+55212#######"),
         Town("Belo Horizonte", "MG", "301##-###", "+55313#######"), Town("Curitiba", "PR", "800##-###", "+55413#######"),
         Town("Porto Alegre", "RS", "900##-###", "+55513#######")),
        ("Adriana", "Anderson", "Bruna", "Bernardo", "Camila", "Caio", "Débora", "Danilo", "Eduarda", "Everton",
         "Fernanda", "Felipe", "Gabriela", "Gustavo", "Helena", "Heitor", "Isabela", "Igor", "Juliana", "João", "Larissa",
         "Leandro", "Mariana", "Murilo", "Natália", "Otávio", "Patrícia", "Renato", "Simone", "Thiago", "Vitória",
         "Vinícius", "Yasmin", "Antônio"),
        ("Almeida", "Araújo", "Azevedo", "Barros", "Batista", "Brandão", "Campos", "Cardoso", "Carvalho", "Conceição",
         "Correia", "da Costa", "Cunha", "Dias", "Duarte", "Farias", "Freitas", "Gonçalves", "Guimarães", "Lopes",
         "Macedo", "Magalhães", "Martins", "Mendonça", "Moraes", "Moura", "Nascimento", "Nogueira", "Pacheco",
         "Pinheiro", "Queiroz", "Rezende", "dos Santos Lima", "Siqueira", "Teixeira", "Vasconcelos"),
    ),
}  # fmt: skip
"""The countries of the world, by ISO 3166 alpha-2 code."""

FAMILY_PARTS: Mapping[str, tuple[str, str]] = {
    "GB": ("Ash Black Brad Brook Clay Cope Dun Eller Fair Ford Green Hart Hather Hol Kirk Lang Long Mer Nor Oak Pen Rad "
           "Shel Stan Thorn Wake West Win Whit Wood",
           "bourne bury croft dale den field ford ham land ley low man more sey ton wick worth wood"),
    "US": ("Arm Black Brack Brad Cald Chris Court Cum Dun Farns Gar Hal Har Hen Hutch Kins Law Lang Mad Mor Ner Pal "
           "Peter Rich Robin Sander Stev Thomp Wil Win",
           "berg bins der dley ford gate hart kins land ley man mer ner rell ser son ston ton well worth"),
    "DE": ("Acker Bach Berg Birken Brück Buch Dorn Eichen Feld Fisch Gold Hagen Kirch Linden Mühl Neu Ober Rosen Sand "
           "Schön Stein Stern Tannen Unter Wald Weiden Wein Winter Wolf",
           "bach bauer berger brecht feld hauer heim hofer huber mann meier müller reiter stetter thal"),
    "FR": ("Beau Bel Bois Bour Cham Char Cour Du Fon Gran Gui Lan Mar Mon Mont Per Pont Roche Saint Val Ver Vil",
           "bert champ court don fort gard mond nard pierre rand ret rier roy tel tin ville"),
    "IT": ("Bal Bar Ber Bon Cal Cam Car Cas Col Fer For Gal Mal Man Mar Mon Pel Per Ros Sal Sar San Tor Val Ven",
           "bini boni celli dini gari lini nelli netti rani relli setti tani toni velli zini zoni"),
    "NL": ("Acker Berk Broek Dal Eik Groen Haver Heide Hoog Kamp Kerk Lange Meer Molen Noord Oost Rijk Roosen Steen "
           "Water Weide West Wind",
           "beek berg boom bosch burg daal dijk heuvel horst hout huis laar man meijer stra veen veld"),
    "PL": ("Bart Błaż Brzoz Czar Dąbr Gaw Graj Jas Jur Kal Karp Kos Lis Łoz Mal Mich Mor Olsz Piotr Rad Rog Sad Siem Tom "
           "Wil Woj Zał",
           "ak czak czuk eń oń ek osz an as owicz ewicz czyk"),
    "NO": ("Bakk Berg Bjør Bru Dal Eik Fjell Foss Gran Hag Haug Hol Kvam Lang Lund Myr Ness Nor Sand Skog Sol Stor Sund "
           "Tveit Vest",
           "bakken by dal eng gård heim hus land li moen nes rud set stad sund vik voll øy"),
    "EE": ("Kase Kivi Kuuse Lepa Linna Luha Männi Mere Metsa Mäe Nurme Paju Pihla Põllu Raba Saare Salu Tamme Uue Veski",
           "allik kas la maa mets mägi nurm oja org pere puu salu soo ste vald väli"),
    "GR": ("Παπα Χατζη Καρα Κοντο Μαυρο Γερο Σταυρο",
           "γεωργίου δημητρίου νικολάου κώστα θανασίου ιωάννου στεφάνου λάμπρου μιχαήλ σταύρου πέτρου αντωνίου"),
}  # fmt: skip
"""Beginnings and endings of family names, so that there are many; elsewhere two family names stand side by side."""

CYCLE = (
    "GB", "US", "DE", "US", "FR", "US", "NO", "GB", "US", "ES", "US", "IT", "EE", "US", "NL", "GB", "PL", "US", "DE",
    "GR", "US", "FR", "BR", "GB", "US",
)  # fmt: skip
"""The country of firm `n` is that of place `n % 25`, so that a firm's rank in its country needs no memory."""

GREEK_FAMILY_OF_WOMEN = (("όπουλος", "οπούλου"), ("ίδης", "ίδου"), ("ος", "ου"), ("ης", "η"), ("ής", "ή"), ("άς", "ά"), ("ας", "α"))
"""How a Greek family name of a man ends, and that of a woman; other endings stay."""

HOME_STREETS: Mapping[str, str] = {
    "GB": "{word} Lane", "US": "{word} Ct", "DE": "{word}weg", "FR": "rue {word}", "ES": "Calle {word}",
    "IT": "Via {word}", "NL": "{word}laan", "PL": "ul. {word}", "NO": "{word}veien", "EE": "{word} tee",
    "GR": "Οδός {word}", "BR": "Rua {word}",
}  # fmt: skip
"""How a street of homes is called, from a word that nothing else in the world has."""

FREE_MAIL = ("gmail.com", "yahoo.com", "outlook.com", "hotmail.com", "gmx.de", "web.de", "orange.fr", "libero.it", "wp.pl")
"""Providers of private mailboxes, none of which a firm ever has as its domain."""
