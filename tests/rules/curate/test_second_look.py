"""The second look: each of the gate's rules is asked of the field that it is about, on normal forms."""

from __future__ import annotations

import pandas as pd
import pytest

from pipelines.curate.second_look import judge, refusal
from pipelines.reasons import Refusal


@pytest.mark.parametrize(
    ("field", "value", "of_person", "code"),
    [
        ("job_title", "Hospital Chaplain", True, Refusal.SENSITIVE_TITLE),
        ("job_title", "Chief Physician", True, ""),
        ("company_name", "Sample Parish Church", False, Refusal.SENSITIVE_SECTOR),
        ("company_name", "Sample Widgets Ltd", False, ""),
        ("industry", "UKSIC:94910", False, Refusal.SENSITIVE_SECTOR),
        ("industry", "UKSIC:62020", False, ""),
        ("social_profile", "https://www.facebook.com/jane.roe", True, Refusal.PRIVATE_NETWORK),
        ("social_profile", "https://www.facebook.com/samplewidgets", False, ""),
        ("social_profile", "https://www.linkedin.com/in/janeroe", False, Refusal.PRIVATE_NETWORK),
        ("website", "https://samplewidgets.com/?to=jane@gmail.com", False, Refusal.FREE_MAIL),
        ("address", "Box 4111 1111 1111 1111, Leeds", False, Refusal.CARD_NUMBER),
        ("phone", "+441134960000", False, ""),
        ("identifier", "FR-SIRET:36252187900034", False, ""),
        ("full_name", "Sample Parish Church", True, ""),
    ],
)  # fmt: skip
def test_a_value_is_judged_by_the_rule_of_its_field(field: str, value: str, code: str, *, of_person: bool) -> None:
    assert refusal(field, value, of_person) == code


def test_a_batch_keeps_its_rows_and_gets_one_column() -> None:
    given = pd.DataFrame(
        {"field": ["job_title", "job_title"], "value": ["Buyer", "Party Treasurer"], "of_person": [True, True]},
        index=[7, 3],
    )
    judged = judge(given)
    assert judged.columns.tolist() == ["field", "value", "of_person", "refusal"]
    assert judged["refusal"].to_dict() == {7: "", 3: "sensitive_title"}
    assert judge(given.iloc[:0])["refusal"].dtype == "str"
