"""Seniority does not depend on the language of a title, nor on the gender of who holds it."""

from __future__ import annotations

import pytest

from pipelines.verify import check

CHIEF = """
en Chief Executive Officer|Managing Director|Chairman|Chairwoman|Chair of the Board
de Geschäftsführer|Geschäftsführerin|Geschaeftsfuehrerin|Geschäftsführer/in|Vorstandsvorsitzende|Generaldirektorin
fr Directeur général|Directrice générale|Présidente|Président-directeur général|Gérante
es Director General|Directora General|Consejero Delegado|Consejera Delegada|Alcalde|Alcaldesa
pt Diretor executivo|Diretora executiva|Diretor-Geral|Diretora-Geral|Presidente
it Amministratore Delegato|Amministratrice Delegata|Direttore Generale|Direttrice Generale
nl Algemeen directeur|Algemeen directrice|Zaakvoerder|Zaakvoerster|Voorzitter
da Administrerende direktør|Bestyrelsesformand|Bestyrelsesforkvinde
sv Verkställande direktör|VD|Styrelseordförande
nb Daglig leder|Adm. dir.|Konsernsjef|Styreleder|Administrerende direktør
fi Toimitusjohtaja|Hallituksen puheenjohtaja
et Tegevjuht|Juhatuse esimees|Juhatuse liige
lv Valdes priekšsēdētājs|Valdes priekšsēdētāja|Izpilddirektors|Izpilddirektore
lt Generalinis direktorius|Generalinė direktorė|Valdybos pirmininkas|Valdybos pirmininkė
pl Dyrektor generalny|Dyrektorka generalna|Prezes zarządu|Prezeska zarządu
cs Generální ředitel|Generální ředitelka|Jednatel|Jednatelka|Předsedkyně představenstva
sk Generálny riaditeľ|Generálna riaditeľka|Konateľ|Konateľka
sl Generalni direktor|Generalna direktorica|Predsednik uprave|Predsednica uprave
hr Izvršni direktor|Izvršna direktorica|Predsjednik uprave|Predsjednica uprave
hu Vezérigazgató|Ügyvezető igazgató|Elnök
ro Director general|Directoare generală|Președinte|Președintă
bg Изпълнителен директор|Изпълнителна директорка|Управител|Председател
el Διευθύνων Σύμβουλος|Διευθύνουσα Σύμβουλος|ΔΙΕΥΘΥΝΩΝ ΣΥΜΒΟΥΛΟΣ|Γενική Διευθύντρια|Πρόεδρος Δ.Σ.
"""
OWNER = """
en Owner|Founder|Co-Founder
de Inhaber|Inhaberin|Gesellschafter|Gesellschafterin|Gründerin|Mitgründerin|Eigentümerin
fr Propriétaire|Fondateur|Fondatrice|Cofondateur|Cofondatrice
es Propietario|Propietaria|Dueño|Dueña|Fundadora
pt Proprietário|Proprietária|Fundador|Fundadora|Sócia fundadora
it Titolare|Proprietario|Proprietaria|Fondatore|Fondatrice
nl Eigenaar|Eigenares|Oprichter|Oprichtster
da Ejer|Indehaver|Grundlægger
sv Ägare|Innehavare|Grundare
nb Eier|Innehaver|Gründer
fi Omistaja|Perustaja
et Omanik|Asutaja
lv Īpašnieks|Īpašniece|Dibinātājs|Dibinātāja
lt Savininkas|Savininkė|Įkūrėjas|Įkūrėja
pl Właściciel|Właścicielka|Współwłaścicielka|Założyciel|Założycielka
cs Majitel|Majitelka|Zakladatel|Zakladatelka
sk Majiteľ|Majiteľka|Zakladateľka
sl Lastnik|Lastnica|Ustanoviteljica
hr Vlasnik|Vlasnica|Osnivač|Osnivačica
hu Tulajdonos|Alapító
ro Proprietar|Proprietară|Fondator|Fondatoare
bg Собственик|Собственичка|Основател|Основателка
el Ιδιοκτήτης|Ιδιοκτήτρια|ΙΔΙΟΚΤΗΤΗΣ|Ιδρυτής|Ιδρύτρια
"""
DIRECTOR = """
en Finance Director|Head of Procurement
de Finanzdirektor|Finanzdirektorin|Leiter Einkauf|Leiterin Einkauf|Werkstattleiterin|Prokurist|Prokuristin
fr Directeur financier|Directrice financière|Chef de service|Cheffe de service
es Director financiero|Directora financiera|Jefe de compras|Jefa de compras
pt Diretor financeiro|Diretora financeira|Chefe de divisão
it Direttore finanziario|Direttrice finanziaria
nl Financieel directeur|Hoofd inkoop|Afdelingshoofd
da Økonomidirektør|Økonomichef|Afdelingschef|Afdelingsleder
sv Ekonomidirektör|Ekonomichef|Avdelningschef
nb Økonomidirektør|Finansdirektør|Økonomisjef|Avdelingsleder
fi Talousjohtaja|Hankintapäällikkö
et Finantsdirektor|Finantsjuht|Osakonnajuhataja
lv Finanšu direktors|Finanšu direktore|Nodaļas vadītājs|Nodaļas vadītāja
lt Finansų direktorius|Finansų direktorė|Skyriaus vedėjas|Skyriaus vedėja
pl Dyrektor finansowy|Dyrektorka finansowa|Kierownik działu|Kierowniczka działu
cs Finanční ředitel|Finanční ředitelka|Vedoucí oddělení
sk Finančný riaditeľ|Finančná riaditeľka|Vedúci oddelenia|Vedúca oddelenia
sl Finančni direktor|Finančna direktorica|Vodja nabave
hr Financijski direktor|Financijska direktorica|Voditelj nabave|Voditeljica nabave
hu Pénzügyi igazgató|Osztályvezető
ro Director financiar|Directoare financiară|Șef serviciu|Șefă serviciu
bg Финансов директор|Финансова директорка|Началник отдел|Ръководителка
el Οικονομικός Διευθυντής|Οικονομική Διευθύντρια|Προϊστάμενος|Προϊσταμένη
"""
MANAGER = """
en Office Manager|Team Lead
de Projektleiter|Projektleiterin|Teamleiter|Teamleiterin|Koordinatorin
fr Gestionnaire|Coordinateur|Coordinatrice|Cheffe de projet
es Coordinador|Coordinadora|Encargado|Encargada
pt Coordenador|Coordenadora|Encarregado|Encarregada
it Responsabile acquisti|Coordinatore|Coordinatrice
nl Inkoopmanager|Teamleider|Teamleidster
da Projektleder|Teamleder
sv Projektledare|Teamledare
nb Prosjektleder|Teamleder
fi Projektipäällikkö
et Projektijuht
lv Projektu vadītājs|Projektu vadītāja
lt Projektų vadovas|Projektų vadovė|Vadybininkė
pl Kierownik projektu|Kierowniczka projektu|Menedżer|Menedżerka
cs Manažer|Manažerka|Vedoucí projektu
sk Manažér|Manažérka
sl Vodja projekta|Koordinatorica
hr Menadžer|Menadžerica|Voditeljica projekta
hu Projektvezető|Menedzser
ro Manager|Manageră|Coordonatoare
bg Мениджър|Мениджърка|Координаторка
el Υπεύθυνος προμηθειών|Υπεύθυνη προμηθειών|Συντονίστρια
"""
STAFF = """
en Buyer|Assistant to the Managing Director|Engineer
de Sachbearbeiterin|Assistentin der Geschäftsführung|Beraterin
fr Assistante de direction|Acheteuse
pl Specjalistka
sv Handläggare
el Υπάλληλος
"""
TABLES = {"c_level": CHIEF, "owner": OWNER, "director": DIRECTOR, "manager": MANAGER, "staff": STAFF}
ROWS = [
    (name, language, title)
    for name, table in TABLES.items()
    for language, _, titles in (line.partition(" ") for line in table.strip().splitlines())
    for title in titles.split("|")
]


@pytest.mark.parametrize(("seniority", "title"), [(name, title) for name, _, title in ROWS])
def test_seniority_in_every_language_and_both_genders(seniority: str, title: str) -> None:
    assert check("job_title", title).details[0]["seniority"] == seniority


def test_capitals_change_nothing() -> None:
    wrong = [title for name, _, title in ROWS if check("job_title", title.upper()).details[0]["seniority"] != name]
    assert wrong == []


@pytest.mark.parametrize("name", ["c_level", "owner", "director", "manager"])
def test_the_table_has_every_language(name: str) -> None:
    every = [language for said, language, _ in ROWS if said == "c_level"]
    assert list(dict.fromkeys(one for said, one, _ in ROWS if said == name)) == list(dict.fromkeys(every))
