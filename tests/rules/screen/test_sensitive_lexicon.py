"""Entries, compounds, phrases and shapes of a small lexicon, and the traps that the real one keeps out of."""

from __future__ import annotations

import time

import pytest

from pipelines.screen.lexicon import ANY, Lexicon, Shapes, expanded
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
    ],
)  # fmt: skip
def test_titles_that_only_sound_so_stay(title: str) -> None:
    assert not title_rule(title)


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Enfermera y delegada sindical", "union"), ("Grand conseiller XYZ", "politics"), ("Wheelchair user", "health"),
        ("GEWERKSCHAFTSSEKRETAERIN", "union"), ("Buchhalter, Bistum Musterstadt", "religion"),
    ],
)  # fmt: skip
def test_titles_that_tell_are_told(title: str, subject: str) -> None:
    assert title_rule(title).startswith(subject)


def test_many_texts_are_judged_in_a_second() -> None:
    title_rule(""), name_rule("")
    texts = [f"Regional Sales Manager {number}, Church Street" for number in range(2_000)]
    began = time.process_time()
    for text in texts:
        title_rule(text), name_rule(text)
    assert time.process_time() - began < 2
