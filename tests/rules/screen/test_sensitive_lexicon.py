"""Entries, compounds, phrases and shapes of a small lexicon, and the traps that the real one keeps out of."""

from __future__ import annotations

import time

import pytest

from pipelines.screen.lexicon import ANY, Lexicon, Shapes, error, expanded
from pipelines.screen.sensitive import name_rule, title_rule

LEXICON = Lexicon(
    {
        "conj": {ANY: ["und", "and"]},
        "link": {ANY: ["der", "of"]},
        "office": {"de": ["*sekretar(in|)", "leiter"], "en": ["secretary"]},
        "union": {"de": ["*gewerkschaft", "ig metall"], "en": ["(trade|labo(u|)r) union"]},
        "union_part": {"de": ["gewerkschafts-"]},
        "trade": {ANY: ["credit union", "bank*"]},
        "any_member": {"en": ["member of *"]},
    },
    ["trade"],
)
SHAPES = Shapes(
    LEXICON, {"found": ["[ <office> <link>? <union> ]", "<union_part> <office> ]"]}, ["union", "union_part"]
)


def classes(text: str) -> list[set[str]]:
    """The names of the classes of each word that is read, whatever the language."""
    named = {letter: name for name, letter in LEXICON.letters.items()}
    return [{named[letter] for letters in word.values() for letter in letters} for word in LEXICON.read(text.split())]


def test_choices_may_hold_choices_and_nothing_comes_twice() -> None:
    assert sorted(expanded("(a|b(c|)) d")) == ["a d", "b d", "bc d"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sekretarin", [{"office"}]),
        ("gewerkschaftssekretaer", [{"union_part"}, {"office"}]),
        ("landesgewerkschaftssekretar", [{"union_part"}, {"office"}]),
        ("labor union", [{"union"}]),
        ("credit union", [{"trade"}]),
        ("ig metall", [{"union"}]),
        ("ig", [set()]),
        ("banken", [{"trade"}]),
        ("member of parliament", [{"any_member", "link"}]),
        ("member of bank", [set(), {"link"}, {"trade"}]),
    ],
)
def test_words_have_their_classes(text: str, found: list[set[str]]) -> None:
    assert classes(text) == found


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("secretary of labour union", "found_en"),
        ("leiter und sekretar der ig metall", "found_de"),
        ("gewerkschaftssekretarin", "found_de"),
        ("leiter of labour union", ""),
        ("secretary of credit union", ""),
        ("", ""),
    ],
)
def test_a_shape_matches_in_one_language(text: str, rule: str) -> None:
    assert SHAPES.match([LEXICON.read(text.split())]) == rule


@pytest.mark.parametrize(
    "name",
    [
        "Ev. Kirchengemeinde Musterstadt gGmbH", "Grace Baptist Church Ltd", "Diocese of Exampleton Ltd",
        "Parroquia San Ejemplo SL", "Parrocchia San Esempio Srl", "Gewerkschaft der Beispieler GmbH",
        "Islamic Centre of Milltown Ltd", "Parafia św. Przykładu Sp. z o.o.", "PARROQUIA DE LA ASUNCION",
    ],
)  # fmt: skip
def test_a_legal_form_of_firms_does_not_clear_what_is_plain(name: str) -> None:
    assert name_rule(name)


@pytest.mark.parametrize(
    "name",
    [
        "Church & Dwight Co", "Kirchheim Logistik GmbH", "Bischof AG", "Templeton Ltd", "Kosher Mosque Kebab House Ltd",
        "UGL Limited", "SPD Security GmbH", "Ministry of Defence", "Moschee-Teppiche Handel GmbH",
        "LAB-6", "Unia Sportowa Przykład",
        "Union Bank", "Syndicat des copropriétaires du 12", "Trinity Industries", "Hope Community Bank",
    ],
)  # fmt: skip
def test_firms_that_only_sound_so_stay(name: str) -> None:
    assert not name_rule(name)


@pytest.mark.parametrize(
    "title",
    [
        "Verkaufsleiter Süd", "Directeur régional Sud", "EVP Sales", "Private Equity Director",
        "Vertriebsleiter Norden",
        "Administrator wspólnot mieszkaniowych", "Presidente Ordine dei Medici", "Green Team Leader", "Autista",
        "Secretary to the Board", "Dean of Students", "Leiter Kommission Verkehr", "Diabetes Specialist Nurse",
        "Pfleger für Suchtkranke",
        "Responsable RN", "Enfermera de pacientes con VIH", "Betreuer Menschen mit Behinderung",
        "Gérant, place de l'Église", "Support worker, adults with autism", "Trabajador social en Cáritas",
    ],
)  # fmt: skip
def test_titles_that_only_sound_so_stay(title: str) -> None:
    assert not title_rule(title)


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Enfermera y delegada sindical", "union"), ("Grand conseiller XYZ", "politics"), ("Wheelchair user", "health"),
        ("GEWERKSCHAFTSSEKRETAERIN", "union"), ("Buchhalter, Bistum Musterstadt", "religion"),
        ("Presidente PRI", "politics"), ("Membre RN", "politics"), ("Mitglied der MAV, Spital Musterstadt", "union"),
        ("Shop steward at Example Bakery", "union"), ("Autor mit Epilepsie", "health"), ("Actriz sorda", "health"),
    ],
)  # fmt: skip
def test_titles_that_tell_are_told(title: str, subject: str) -> None:
    assert title_rule(title).startswith(subject)


@pytest.mark.parametrize(
    ("written", "meant", "kind"),
    [
        ("gewerkschatf", "gewerkschaft", "swapped"), ("pfarrre", "pfarrer", "swapped"),
        ("pfarer", "pfarrer", "doubled"), ("sindicatto", "sindicato", "doubled"), ("sndicato", "sindicato", "lacking"),
        ("parroqiuia", "parroquia", "lacking"), ("gewerkschoft", "gewerkschaft", "other"),
        ("gewerkschaft", "gewerkschaft", ""), ("bischoff", "bischof", ""), ("communisme", "communiste", ""),
        ("noticia", "novicia", "other"), ("ewerkschaft", "gewerkschaft", ""), ("egwerkschaft", "gewerkschaft", ""),
        ("gwerkschfat", "gewerkschaft", ""), ("", "gewerkschaft", ""), ("gewerkschaft", "", ""),
    ],
)  # fmt: skip
def test_one_typing_error_is_told_by_its_kind(written: str, meant: str, kind: str) -> None:
    assert error(written, meant) == kind


TOLERANT = Lexicon(
    {
        "union": {"de": ["*gewerkschaft", "gewerkschaft", "betriebsrat"], "es": ["comite de empresa"]},
        "union_part": {"de": ["gewerkschafts-"]},
        "tail": {"es": ["*al"]},
        "office": {"es": ["delegado", "delegada"], "de": ["leiter"]},
        "trade": {ANY: ["betriebsart", "sindical"]},
        "syndical": {"es": ["sindicall"]},
    },
    ["trade"],
    ["union", "union_part", "syndical"],
    ["gewerkschoft"],
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("gewerkscahft", "gewerkschaft"), ("landesgewerkscahft", "landesgewerkschaft"),
        ("gewerkshaftsleiter", "gewerkschaftsleiter"), ("betreibsrat", "betriebsrat"), ("enpresa", "enpresa"),
        ("deleagdo", "delegado"), ("betriebsart", "betriebsart"), ("gewerkschoft", "gewerkschoft"),
        ("gewerk5chaft", "gewerk5chaft"), ("gewerkschafft", "gewerkschaft"), ("delegadas", "delegadas"),
    ],
)  # fmt: skip
def test_a_misspelt_word_is_read_as_the_only_ones_it_can_mean(written: str, read: str) -> None:
    assert TOLERANT.spelt(written) == read


def test_a_lexicon_that_tells_nothing_takes_words_as_they_are() -> None:
    assert LEXICON.spelt("gewerkscahft") == "gewerkscahft"


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Gewerkschfatssekretärin", "union"), ("Betreibsrat", "union"), ("Streikleietr", "union"),
        ("Delegado sindcial", "union"), ("Presidente del comité de emrpesa", "union"), ("Sindaclista", "union"),
        ("Déléguée snydicale", "union"), ("Przewodniczący zwiazku zawodwoego", "union"), ("Shop stewrad", "union"),
        ("Stadtpfarer", "religion"), ("Proboscz parafii", "religion"), ("Sacredote", "religion"),
        ("Kirchengemiende Musterstadt, Sekretariat", "religion"), ("Misisonary", "religion"),
        ("Archbihsop", "religion"), ("Archevqêue", "religion"), ("Parteivorsitzedner", "politics"),
        ("Conservatvie Party agent", "politics"),
    ],
)  # fmt: skip
def test_a_title_tells_with_one_typing_error(title: str, subject: str) -> None:
    assert title_rule(title).startswith(subject)


@pytest.mark.parametrize(
    "text",
    [
        "Kirchner", "Bischoff", "Priestley", "Pastorelli", "Minster", "Kitchen", "Bernardini", "Champlain", "Canonical",
        "Calista", "Katowicka", "Cristina", "Semanario", "Terapista", "Legista", "Preceptor", "Betriebsart", "Venster",
        "Mercearia", "Artística", "Vacaciones", "Pianistas", "Miniseries", "Amtsvorgänger", "Sideman",
        "Leiter Kirchner", "Director, Bischoff", "Delgado", "Marchese", "Votazioni", "Trasplante",
    ],
)  # fmt: skip
def test_words_and_family_names_near_to_telling_ones_stay(text: str) -> None:
    assert not title_rule(text)
    assert not name_rule(text)
    assert not name_rule(f"{text} Center")


@pytest.mark.parametrize("title", ["Responsable RN", "RN Supervisor", "Directora, PRI", "Analista PRI", "Chef PS"])
def test_initials_that_mean_much_else_tell_only_beside_a_seat_or_as_what_an_office_is_of(title: str) -> None:
    assert not title_rule(title)


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Député RN", "politics"), ("Diputada local PRI", "politics"), ("Presidenta del PRI en Jalisco", "politics"),
        ("Secrétaire départemental du RN", "politics"), ("U.S. Senator, D-Vermont", "politics"),
        ("Sekretarz związku zawodowego", "union"), ("Mitglied im Personalrat", "union"),
        ("Comisionada sindical", "union"), ("Zelatorka koła różańcowego", "religion"),
        ("Hochschulpfarrerin ESG", "religion"), ("Jubilada por incapacidad", "health"),
        ("Gehörlose Lehrerin", "health"), ("Dyslexic author", "health"),
    ],
)  # fmt: skip
def test_offices_as_sources_write_them(title: str, subject: str) -> None:
    assert title_rule(title).startswith(subject)


@pytest.mark.parametrize(
    "title",
    [
        "Boulanger rue de la Paroisse", "Cocinera, Calle de la Parroquia", "Barista, Piazza della Chiesa",
        "Społeczny inspektor pracy", "Ganadero y pastor", "Pastor de ovejas", "Convenor of Trustees", "Blind Installer",
        "Deaf Services Manager",
    ],
)  # fmt: skip
def test_streets_flocks_and_services_say_nothing(title: str) -> None:
    assert not title_rule(title)


def test_a_council_of_workers_is_told_whatever_its_firm_makes() -> None:
    assert name_rule("Betriebsrat der Nordwerke AG").startswith("union")
    assert not name_rule("Fiom Fibre Ottiche srl")


def test_many_texts_are_judged_in_a_second() -> None:
    title_rule(""), name_rule("")
    texts = [f"Regional Sales Manager {number}, Church Street" for number in range(2_000)]
    began = time.process_time()
    for text in texts:
        title_rule(text), name_rule(text)
    assert time.process_time() - began < 2
