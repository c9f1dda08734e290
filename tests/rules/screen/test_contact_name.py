"""Whose name stands on a contact point."""

from __future__ import annotations

import pytest

from pipelines.screen.contact_name import is_department
from pipelines.verify.mailboxes import is_role_mailbox


@pytest.mark.parametrize(
    ("name", "organisation", "email"),
    [
        ("", "", ""),
        ("Procurement Team", "", "jo.bloggs@example.com"),
        ("Zorbury Council", "ZORBURY COUNCIL", ""),
        ("Service Achats", "", ""),
        ("Zentrale Vergabestelle", "", ""),
        ("Finance Office", "", ""),
        ("Sales", "", "sales@zorbury.example"),
        ("Procurement Team, Zorbury", "Zorbury Council", ""),
    ],
)
def test_departments(name: str, organisation: str, email: str) -> None:
    assert is_department(name, organisation, email)


@pytest.mark.parametrize(
    ("name", "email"),
    [
        ("Mira Quillfeather", "procurement@zorbury.example"),
        ("Tobias Sales", "tobias.sales@zorbury.example"),
        ("Mira Quillfeather, Procurement Team", ""),
        ("Mira Quillfeather (Contracts)", ""),
    ],
)
def test_people(name: str, email: str) -> None:
    assert not is_department(name, "Zorbury Council", email)


def test_role_mailboxes() -> None:
    assert is_role_mailbox("nhprocurement@zorbury.example")
    assert not is_role_mailbox("mira.quillfeather@zorbury.example")
