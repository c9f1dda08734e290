"""Whose a mailbox is: functions in many languages, glued words too, the family names that look like them, the rest."""

from __future__ import annotations

import pytest

from pipelines.card import Card, Kind
from pipelines.screen import business
from pipelines.screen.contact_name import ContactPoint, attach
from pipelines.verify import check
from pipelines.verify.mailboxes import is_role, reads_as_a_persons

FUNCTIONS = [
    "info", "sales-uk", "vergabe2", "no-reply", "contact.us", "parish.office", "a47procurement", "cityprocurement",
    "procurementnotice", "professionalservices", "commercialenquiries", "zentralvergabestelle", "buero.nord",
    "servicemarches-publics", "serviceachats", "ufficiogarecomunali", "oficinacontratacion", "licitacoes.norte",
    "inkoopafdeling", "regionupphandling", "zamowieniapubliczne", "sekretariatszkoly", "kozbeszerzesiosztaly",
    "julkisethankinnat", "human.resources", "accounts+2026", "segreteria1", "ypiresia.promitheies",
]  # fmt: skip
PEOPLE = [
    "mira.quillfeather", "mquillfeather", "mira", "m.officer", "j.officer", "paolo.marchesi", "jean.lamarche",
    "lamarche", "tess.borders", "anna.schulenburg", "schuler", "billings", "t.billingham", "rob.churchill",
    "newmarket", "ida.legall", "p.generali", "tobias.sales", "emil.post", "ines.mayor", "jobs.hanna", "infosino",
    "dean", "councill", "l.welcome", "bookham", "adminski",
]  # fmt: skip


@pytest.mark.parametrize("local", FUNCTIONS)
def test_a_function_is_told_wherever_it_stands(local: str) -> None:
    assert is_role(local)


@pytest.mark.parametrize("local", PEOPLE)
def test_a_persons_name_is_no_function(local: str) -> None:
    assert not is_role(local)


@pytest.mark.parametrize("local", ["Posta.Ügyfélszolgálat", "ΠΡΟΜΗΘΕΙΕΣ", "закупки.secretariat"])
def test_case_accents_and_scripts_do_not_matter(local: str) -> None:
    assert is_role(local)


@pytest.mark.parametrize("local", [*FUNCTIONS, *PEOPLE])
def test_every_stage_asks_the_same_rule(local: str) -> None:
    address = f"{local}@zorbury-tools.com"
    told = is_role(local)
    assert business.role_mailbox(f"mailto:{address}") is told
    company = Card(Kind.COMPANY, "1")
    list(attach(company, ContactPoint("Mira Quillfeather", (address,)), "Zorbury Tools"))
    assert [claim.value for claim in company.claims] == [address] * told
    assert any("role_mailbox" in one for one in check("email_address", address).reasons) is told


@pytest.mark.parametrize("local", [*(one for one in PEOPLE if len(one) > 3), "jhaynes", "haynesj", "john.haynes2",
    "j_haynes", "j-haynes", "anna-smith", "jean-pierre.dupont", "j.m.haynes", "haynes1975", "jhaynes+tenders",
    "J.Müller"])  # fmt: skip
def test_a_word_that_nothing_explains_is_a_name(local: str) -> None:
    assert reads_as_a_persons(f"mailto:{local}@firm.example", ("Zorbury Council", "Oakham"))


@pytest.mark.parametrize("local", [*FUNCTIONS, "reservations", "hre", "proc-archi", "unit-7b", "eprs-esmh-19-01-cei",
    "oakham", "lapiazza", "tools", "zorbury-tools", "quell", "muenchen", "949600"])  # fmt: skip
def test_a_function_the_organisations_own_word_and_a_code_are_no_name(local: str) -> None:
    own = ("Pizzeria La Piazza Ltd", "Oakham", "ZORBURY TOOLS", "München")
    assert not reads_as_a_persons(f"{local}@mail.quell.co.uk", own)


def test_a_part_of_the_organisations_word_is_not_its_own() -> None:
    assert reads_as_a_persons("john@zorbury.de", ("Johnson Controls",))
    assert reads_as_a_persons("anna.zorbury@zorbury.de", ("Anna Zorbury GmbH",)), "a name even where all are named so"
