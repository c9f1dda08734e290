"""Titles, names and organisations that reveal a belief or a membership, and the many that only sound so."""

from __future__ import annotations

import time

import pytest

from pipelines.screen.sensitive import (
    name_rule,
    sensitive_industry,
    sensitive_name,
    sensitive_title,
    title_rule,
    without_clerical,
)

POSITIVE = [
    "Imam", "Senior Imam", "Parish Priest", "Youth Pastor", "Hospital Chaplain", "Pfarrerin", "Prêtre", "Aumônier",
    "Sacerdote", "Proboszcz", "Diakon", "Shop Steward", "Gewerkschaftssekretärin", "Delegado sindical", "Betriebsrat",
    "Labour Councillor", "Party Treasurer",
]  # fmt: skip
NEGATIVE = [
    "Minister of Finance", "Party Planner", "Third Party Risk Manager", "Credit Union Teller", "Union Station Manager",
    "European Union Affairs Lead", "Works Council Lawyer", "Canon EOS Product Manager", "Monk Automation Engineer",
    "Abbott Account Manager", "Temple University Liaison", "Christian Education Publisher",
    "Cancer Research Data Scientist", "Bishop Score Analyst", "Pastor Lane Store Manager", "Church Mortgage Specialist",
]  # fmt: skip
# Not used while the rules were written down from the lists above.
MORE_POSITIVE = [
    "IMAM", "Priest", "Assistant Priest", "Rabbi of the community", "Lead Pastor & Founder",
    "Prison Chaplain (part time)",
    "Archdeacon", "Stadtpfarrer", "Evangelischer Pfarrer", "Gemeindereferentin", "Krankenhausseelsorgerin", "Bischöfin",
    "Pfarrer der Gemeinde", "Curé de la paroisse", "Évêque", "Pasteure", "Párroco", "Obispo de la diócesis", "Capellán",
    "Parroco", "Vescovo", "Cappellano", "Ksiądz", "Biskup", "Wikariusz", "Union Representative",
    "Trade Union Officer", "Works Council Chair", "Betriebsratsvorsitzender", "Betriebsrätin", "Déléguée syndicale",
    "Délégué syndical central", "Responsable syndical", "Delegada sindical", "Rappresentante sindacale", "Sindacalista",
    "Działacz związkowy", "Party Chairman", "Party Leader", "Conservative Party Agent", "Republican County Chair",
    "Parteivorsitzende", "Generalsekretär der SPD", "Secretario general del partido", "Skarbnik partii",
    "Engineer / Shop Steward", "Accountant, Union Treasurer", "Trésorier du parti",
]  # fmt: skip
MORE_NEGATIVE = [
    "Registered Nurse", "Dr.", "Prof. Dr. med.", "Psychiatrist", "HIV Programme Manager", "Chief Executive Officer",
    "Product Manager, Canon", "Technology Evangelist", "Building Superintendent", "Dekan der Fakultät für Physik",
    "Party Chief", "Third-Party Vendor Manager", "Party Rentals Manager", "Students Union President",
    "Credit Union President", "Union Square Store Manager", "Federal Union Underwriter", "Labour Relations Manager",
    "Labor Relations Director", "Minister Counsellor", "Deacon Street Branch Manager", "Cardinal Health Sales Rep",
    "Bishop Auckland Site Lead", "Curate Content Strategist", "Responsabile vendite, Monaco", "Responsable de site",
    "Parti Pris Editor", "Kapellmeister", "Kirchenmusikverlag Lektor", "Betriebsleiter",
    "Betriebsratsangelegenheiten Referent",
    "Abbey Road Studio Engineer", "Vicar Street Venue Manager", "Green Energy Councillor Liaison",
    "Republic Services Driver",
    "Democratic Innovation Researcher", "Head of Conservative Dentistry", "Labour Ward Sister", "Nursing Sister",
    "Rector", "Delegate Relations Manager", "Delegado comercial", "Jefe de partido de compras",
    "Directeur des partis pris",
    "", "   ", "---", "👍", "Q&A Lead",
]  # fmt: skip


@pytest.mark.parametrize("title", POSITIVE + MORE_POSITIVE)
def test_a_title_that_reveals_belief_or_membership_is_sensitive(title: str) -> None:
    assert sensitive_title(title)
    assert sensitive_title(title.upper())


@pytest.mark.parametrize("title", NEGATIVE + MORE_NEGATIVE)
def test_a_title_that_only_sounds_so_is_not(title: str) -> None:
    assert not sensitive_title(title)


@pytest.mark.parametrize(
    "name",
    [
        "St Mary's Church", "First Baptist Church of Anytown, Inc.", "Diocese of Somewhere", "Central Mosque Trust",
        "Kath. Kirchengemeinde St. Muster", "Erzbistum Musterstadt", "Paroisse Saint-Exemple", "Parroquia de Ejemplo",
        "Parrocchia di Esempio", "Parafia Przykładowa", "Église protestante d'Exemple", "Beispielpartei Musterland",
        "Parti socialiste", "Partido Popular de Ejemplo", "The Labour Party", "Sample County Republican Committee",
        "Republican National Committee", "Industriegewerkschaft Beispiel", "Syndicat CGT Exemple",
        "Sindicato de Trabajadores",
        "Związek Zawodowy Przykład", "National Union of Sample Workers", "Teamsters Local 1234",
        "Living Water Ministries",
    ],
)  # fmt: skip
def test_an_organisation_of_belief_or_membership(name: str) -> None:
    assert sensitive_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "Church & Dwight", "Church & Dwight Co., Inc.", "Christian Dior", "Templeton", "Templeton Global Investors",
        "First Sample Credit Union", "Union Pacific Railroad", "Western Union", "Students' Union Sample",
        "Third Party Logistics Ltd", "Party City", "Church Street Partners LLP", "Town of Chapel Hill",
        "City of Falls Church",
        "Syndicat des copropriétaires Exemple", "Syndicat intercommunal des eaux", "Mission Foods",
        "Monk Automation GmbH",
        "Abbott Laboratories", "Bishop & Sons Ltd", "Canon Europe", "Pope Resources", "Parish Council of Sample",
        "Kartei Verlag", "", "###",
    ],
)  # fmt: skip
def test_an_ordinary_organisation(name: str) -> None:
    assert not sensitive_name(name)


@pytest.mark.parametrize(
    "industry",
    ["NAICS:813110", "naics:81393", "NAICS:813940", "SIC:8661", "SIC:8631", "SIC:8651", "UK-SIC:94910", "SIC:94200",
     "SIC:94910", "NACE:94.92", "NAF:94.91Z", "NTEE:X20", "ISIC:9491", "overture:church_cathedral",
     "osm:amenity=place_of_worship"],
)  # fmt: skip
def test_codes_of_belief_and_membership(industry: str) -> None:
    assert sensitive_industry(industry)


@pytest.mark.parametrize(
    "industry",
    ["NAICS:813910", "NAICS:8139", "NAICS:522130", "SIC:8611", "SIC:9491", "UK-SIC:94110", "UK-SIC:94", "NTEE:B20",
     "NACE:94.12", "62020", "", ":", "overture:restaurant", "osm:shop=religion_books"],
)  # fmt: skip
def test_codes_beside_them(industry: str) -> None:
    assert not sensitive_industry(industry)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Rev. Jane Roe", "Jane Roe"), ("The Very Rev. Dr. Jane Roe", "Dr. Jane Roe"), ("Rabbi Roe", "Roe"),
        ("Bishop John Roe", "John Roe"), ("Fr. Rev. John Roe", "John Roe"), ("Pastor Jim Roe", "Jim Roe"),
        ("John Roe, S.J.", "John Roe"), ("Ks. Jan Kowal", "Jan Kowal"), ("Pfr. Max Muster", "Max Muster"),
        ("Imam Santoso", "Imam Santoso"), ("Pastor Maldon", "Pastor Maldon"), ("Jane Bishop", "Jane Bishop"),
        ("Jane Pope", "Jane Pope"), ("Bishop, Jane Ann", "Bishop, Jane Ann"), ("Dr. Jane Priest", "Dr. Jane Priest"),
        ("Deacon Frey", "Deacon Frey"), ("", ""),
    ],
)  # fmt: skip
def test_clerical_forms_of_address_go_and_family_names_stay(written: str, kept: str) -> None:
    assert without_clerical(written) == kept


def test_what_the_source_calls_a_name_is_one() -> None:
    assert without_clerical("Imam Budi Santoso", spare=frozenset({"imam"})) == "Imam Budi Santoso"


@pytest.mark.parametrize(
    ("title", "rule"),
    [
        ("Rabbina", "religion_es"), ("Rabina", "religion_es"), ("Sogneprest", "religion_nordic"),
        ("Vakbondsbestuurder", "union_nl"), ("Erakonna laekur", "politics_et"), ("Ιερέας", "religion_el"),
        ("Freira", "religion_pt"), ("Regional Manager", ""),
    ],
)  # fmt: skip
def test_a_title_is_explained_by_its_rule(title: str, rule: str) -> None:
    assert title_rule(title).partition("_")[0] == rule.partition("_")[0]


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("Igreja Batista", "religion_pt"), ("Syndicat national des métiers du verre", "union_fr"),
        ("Συνδικάτο Οικοδόμων", "union_el"), ("Musterkirche GmbH", ""), ("John Church Ltd", ""),
        ("Hotel zum Kloster", ""), ("Milltown Church", "religion_en"), ("Milltown Church Builders Ltd", ""),
    ],
)  # fmt: skip
def test_a_name_is_explained_by_its_rule(name: str, rule: str) -> None:
    assert name_rule(name) == rule


@pytest.mark.parametrize(
    "text", ["vice senior ", "president of the ", "union of ", "a ", "letters", "president, ", "pastor general "]
)
def test_a_text_of_any_length_is_judged_in_bounded_time(text: str) -> None:
    title_rule(""), name_rule("church")
    began = time.process_time()
    title_rule(text * 3_000)
    name_rule(text * 3_000)
    assert time.process_time() - began < 1
