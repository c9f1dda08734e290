"""Mailboxes: the rule that asks for positive evidence, on batches."""

from __future__ import annotations

import pandas as pd
import pytest

from pipelines.curate.mailboxes import judge

COLUMNS = ["company_id", "domain", "mailbox_kind", "company_cores", "is_site", "staff_with_domain",
           "companies_with_domain", "companies_with_site"]  # fmt: skip


def batch(*rows: tuple[str, str, str, bool, int, int], sites: int = 1) -> pd.DataFrame:
    return pd.DataFrame([("A", *row, sites) for row in rows], columns=COLUMNS)


@pytest.mark.parametrize(
    ("row", "evidence"),
    [
        (("alder-invented.com", "person", "zzz", True, 0, 9), "employer_domain"),
        (("alder-invented.com", "person", "zzz", False, 1, 1), ""),
        (("alder-invented.com", "person", "zzz", False, 2, 1), "shared_by_staff"),
        (("alder-invented.com", "person", "zzz", False, 2, 9), ""),
        (("alderwidgets.com", "person", "alder widgets", False, 1, 1), "named_like_company"),
        (("alderwidgets.com", "person", "first;alder widgets;last", False, 1, 1), "named_like_company"),
        (("alderwidgets.com", "person", "first;last", False, 1, 1), ""),
        (("alderwidgets.com", "person", "", False, 1, 1), ""),
        (("gmail.com", "person", "gmail", True, 9, 1), ""),
        (("", "person", "alder", True, 9, 1), ""),
    ],
)
def test_each_mailbox_gets_its_best_evidence(row: tuple[str, str, str, bool, int, int], evidence: str) -> None:
    assert judge(batch(row))["evidence"].tolist() == [evidence]


@pytest.mark.parametrize(("sites", "evidence"), [(1, "employer_domain"), (20, "employer_domain"), (21, "")])
def test_a_site_of_very_many_companies_is_nobodys(sites: int, evidence: str) -> None:
    row = ("portal-invented.com", "named", "portal invented", True, 5, sites)
    assert judge(batch(row, sites=sites))["evidence"].tolist() == [evidence]


def test_a_batch_keeps_its_rows_and_columns() -> None:
    given = batch(("a-invented.com", "role", "x", True, 0, 1), ("b-invented.com", "role", "x", False, 0, 1))
    judged = judge(given.set_index(pd.Index([7, 3])))
    assert judged.index.tolist() == [7, 3]
    assert judged.columns.tolist() == [*COLUMNS, "evidence"]
    assert judged["evidence"].tolist() == ["employer_domain", ""]


def test_an_empty_batch_names_the_column() -> None:
    judged = judge(batch())
    assert judged.columns.tolist() == [*COLUMNS, "evidence"]
    assert judged["evidence"].dtype == "str"
