"""Job titles and departments: tidied, with the seniority and the department that the words tell."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipelines.reasons import Finding
from pipelines.verify.outcome import Found, refuse
from pipelines.verify.text import is_placeholder, is_shouted, key, tidy, words

SENIORITY: Mapping[str, tuple[str, ...]] = {
    "owner": ("owner", "co owner", "founder", "co founder", "cofounder", "proprietor", "inhaber", "inhaberin",
    "grunder",
              "mitgrunder", "gesellschafter", "proprietaire", "fondateur", "fondatrice", "cofondateur", "propietario",
              "propietaria", "fundador", "fundadora", "dueno", "titolare", "eigenaar", "socio administrador",
              "managing partner", "general partner", "sole proprietor"),
    "vp": ("vice president", "vp", "svp", "evp", "avp", "vicepresidente", "vicepresidenta", "vice presidente",
           "vice presidente directeur", "vizeprasident", "vice president directeur"),
    "c_level": ("chief", "ceo", "cfo", "cto", "coo", "cio", "cmo", "cpo", "cro", "chro", "ciso", "president",
    "presidente",
                "presidenta", "prasident", "geschaftsfuhrer", "geschaftsfuhrerin", "geschaftsfuhrung", "vorstand",
                "vorstandsvorsitzender", "vorstandsvorsitzende", "vorstandsmitglied", "managing director", "pdg", "dg",
                "president directeur general", "directeur general", "directrice generale", "gerant", "gerante",
                "director general", "directora general", "consejero delegado", "consejera delegada", "gerente general",
                "amministratore delegato", "administrador", "executive director", "chairman", "chairwoman", "chair",
                "chairperson", "toimitusjohtaja", "daglig leder", "direktor generalny", "principal executive officer",
                "principal financial officer", "sindaco", "burgermeister", "burgermeisterin", "maire", "mayor"),
    "director": ("director", "directora", "directeur", "directrice", "direktor", "direktorin", "diretor", "diretora",
                 "direttore", "head", "leiter", "leiterin", "bereichsleiter", "bereichsleiterin", "abteilungsleiter",
                 "abteilungsleiterin", "hauptabteilungsleiter", "prokurist", "prokuristin", "responsable", "jefe",
                 "jefa",
                 "chef", "cheffe", "partner", "treasurer", "controller", "dekan", "dean", "general counsel",
                 "company secretary", "secretary", "trustee", "geschaftsleiter", "vertriebsleiter", "einkaufsleiter"),
    "manager": ("manager", "mgr", "supervisor", "superintendent", "team lead", "lead", "teamleiter", "teamleiterin",
                "gruppenleiter", "projektleiter", "referatsleiter", "sachgebietsleiter", "gestionnaire", "gerente",
                "encargado", "encargada", "coordinator", "koordinator", "koordinatorin", "coordinador", "coordinadora",
                "coordinateur", "coordinatrice", "foreman", "administrator", "responsabile"),
}  # fmt: skip
"""Phrases by seniority, in folded words; the longest phrase is read first (`vice president` before `president`)."""

DEPARTMENTS: Mapping[str, tuple[str, ...]] = {
    "procurement": ("procurement", "purchasing", "buyer", "sourcing", "einkauf", "einkaufer", "einkaufsleiter",
    "vergabe",
                    "vergabestelle", "beschaffung", "achats", "acheteur", "marches publics", "compras", "contratacion",
                    "comprador", "tenders", "contracts", "supply chain"),
    "human_resources": ("human resources", "hr", "people", "talent", "recruiting", "recruitment", "recruiter", "chro",
                        "personal", "personalabteilung", "personalwesen", "personalleiter", "ressources humaines", "rh",
                        "drh", "recursos humanos", "rrhh"),
    "it": ("it", "information technology", "cio", "cto", "ciso", "technology", "information systems", "informatik",
    "edv",
           "informatique", "informatica", "dsi", "systems administrator", "security officer", "data"),
    "finance": ("finance", "financial", "cfo", "accounting", "accountant", "accounts", "treasurer", "controller",
    "controlling",
                "audit", "auditor", "tax", "finanzen", "buchhaltung", "buchhalter", "rechnungswesen", "finances",
                "comptabilite", "comptable", "finanzas", "financiero", "financiera", "contabilidad", "contador",
                "investor",
                "daf", "kammerer"),
    "legal": ("legal", "counsel", "lawyer", "attorney", "solicitor", "compliance", "recht", "rechtsabteilung", "jurist",
              "rechtsanwalt", "juridique", "juriste", "avocat", "juridico", "juridica", "abogado", "abogada",
              "data protection"),
    "marketing": ("marketing", "cmo", "brand", "communications", "communication", "public relations", "pr", "press",
    "presse",
                  "kommunikation", "offentlichkeitsarbeit", "werbung", "comunicacion", "media"),
    "sales": ("sales", "account executive", "account manager", "business development", "cro", "commercial",
    "vertrieb", "verkauf",
              "vertriebsleiter", "ventes", "commerciale", "ventas", "comercial", "key account"),
    "engineering": ("engineering", "engineer", "developer", "software", "research", "r d", "forschung", "entwicklung",
                    "ingenieur", "entwickler", "recherche", "ingenieria", "ingeniero", "ingeniera", "desarrollo",
                    "scientist",
                    "product", "design", "technical", "technik"),
    "operations": ("operations", "coo", "logistics", "production", "manufacturing", "plant", "quality", "betrieb",
                   "produktion", "logistik", "exploitation", "logistique", "operaciones", "produccion", "logistica",
                   "facilities", "maintenance", "facility", "warehouse", "fleet", "safety"),
    "customer_service": ("customer service", "customer support", "customer success", "support", "kundenservice",
    "kundendienst",
                         "service client", "atencion al cliente", "help desk", "helpdesk"),
    "administration": ("administration", "office manager", "secretary", "assistant", "verwaltung", "sekretariat",
    "assistenz",
                       "secretariat", "secretaire", "administracion", "secretaria", "reception", "clerk"),
}  # fmt: skip
"""Phrases by department, in folded words."""

_ACRONYMS = words("""
    CEO CFO CTO COO CIO CMO CPO CRO CHRO CISO VP SVP EVP AVP HR IT PR QA RH DSI DRH PDG EMEA APAC EU UK US USA R&D MD
    CRM ERP SAP DACH LATAM EHS HSE M&A B2B II III IV EDV DG BDM PMO UX UI AI DBA GM NA
""")
_SMALL = words("and of the for in to de du des la le les et und fur für der die das y e del en von for a")
_EDGE = " ,;:.-|/*\u2013_"
_LONGEST = 200
_WORD = re.compile(r"(\s+|/|-|,|\(|\))")


def _table(groups: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    table: dict[str, str] = {}
    for name, phrases in groups.items():
        for phrase in phrases:
            table.setdefault(phrase, name)
    return table


_SENIORITY_OF, _DEPARTMENT_OF = _table(SENIORITY), _table(DEPARTMENTS)
_RANK = {name: rank for rank, name in enumerate(("owner", "c_level", "vp", "director", "manager"))}
_AIDES = frozenset(
    {"assistant", "assistante", "assistenz", "assistentin", "asistente", "deputy", "secretary", "aide", "to", "pa"}
)
_WIDEST = 4


def judge(value: str) -> list[Found]:
    """Judges a job title.

    Args:
        value: As the source writes it.

    Returns:
        One value with `seniority` (owner, c_level, vp, director, manager, staff) and `department` (may be empty).
    """
    text = tidy(value).strip(_EDGE)
    if fault := _fault(text):
        return [refuse(fault)]
    words = key(text).split(" ")
    return [Found(recased(text), details={"seniority": seniority(words), "department": department(words)})]


def judge_department(value: str) -> list[Found]:
    """Judges the name of a department; the detail `department` is the closed word for it, where it is known."""
    text = tidy(value).strip(_EDGE)
    if fault := _fault(text):
        return [refuse(fault)]
    return [Found(recased(text), details={"department": department(key(text).split(" "))})]


def _fault(text: str) -> str:
    if is_placeholder(text):
        return Finding.PLACEHOLDER
    if "@" in text or "://" in text or len(text) > _LONGEST or not any(mark.isalpha() for mark in text):
        return Finding.SYNTAX
    return ""


def _phrases(words: list[str], table: Mapping[str, str]) -> list[tuple[int, int, str]]:
    """(start, length, name) of the longest phrases of the table, from the left, none over another."""
    found, start = [], 0
    while start < len(words):
        for size in range(min(_WIDEST, len(words) - start), 0, -1):
            name = table.get(" ".join(words[start : start + size]))
            if name:
                found.append((start, size, name))
                start += size - 1
                break
        start += 1
    return found


def seniority(words: list[str]) -> str:
    """The highest seniority that the folded words of a title tell; `staff` when none does."""
    found = _phrases(words, _SENIORITY_OF)
    if words and words[0] in _AIDES and words[0] != "deputy" and len(words) > 1 and words[0] != "secretary":
        # The assistant to the managing director is not one.
        return "manager" if any(name == "manager" for _, _, name in found) and "to" not in words else "staff"
    return min((name for _, _, name in found), key=_RANK.__getitem__, default="staff")


def department(words: list[str]) -> str:
    """The department that the longest phrase in the folded words tells; the first of equals; empty when none does."""
    found = _phrases(words, _DEPARTMENT_OF)
    return max(found, key=lambda one: (one[1], -one[0]), default=(0, 0, ""))[2]


def recased(text: str) -> str:
    """A title all in capitals in the usual mixture; any other as it is."""
    if not is_shouted(text) or len(text) <= 3 or text in _ACRONYMS:  # noqa: PLR2004 - a bare abbreviation
        return text
    return "".join(_recased(word, first=at == 0) for at, word in enumerate(_WORD.split(text)))


def _recased(word: str, *, first: bool) -> str:
    if word.strip(".") in _ACRONYMS or "." in word.strip("."):
        return word
    if word.lower() in _SMALL and not first:
        return word.lower()
    return word.capitalize()
