"""Mailboxes of functions in many languages, glued words too, and the family names that look like them."""

from __future__ import annotations

import pytest

from pipelines.card import Card, Kind
from pipelines.screen import business
from pipelines.screen.contact_name import ContactPoint, attach
from pipelines.verify import check
from pipelines.verify.mailboxes import is_role

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
