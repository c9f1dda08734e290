"""The second look: the gate's rules asked once more of what is about to be published, as every source together has it.

What belongs here: which rule is asked of which field. What does not: the rules (`pipelines/screen/`), and what follows
from an answer (`withheld.sql`).
"""

from __future__ import annotations

import pandas as pd

from pipelines.reasons import Refusal
from pipelines.screen import business, screening, sensitive


def judge(batch: pd.DataFrame) -> pd.DataFrame:
    """Adds the column `refusal`: a code of `Refusal`, empty where nothing stands against the value.

    Args:
        batch: `field, value` (normal forms), `of_person` (whether it stands on a person's card).
    """
    columns = (batch[name].to_list() for name in ("field", "value", "of_person"))
    codes = [str(refusal(*row)) for row in zip(*columns, strict=True)]
    return batch.assign(refusal=pd.Series(codes, index=batch.index, dtype="str"))


def refusal(field: str, value: str, of_person: bool) -> str:  # noqa: FBT001 - a column of the batch
    """Why a value may not be published, as a code of `Refusal`, or the empty string."""
    hidden = screening.text_refusal(field, value)
    if hidden:
        return hidden
    if field == "job_title":
        return Refusal.SENSITIVE_TITLE if sensitive.sensitive_title(value) else ""
    if field == "company_name":
        return Refusal.SENSITIVE_SECTOR if sensitive.sensitive_name(value) else ""
    if field == "industry":
        return Refusal.SENSITIVE_SECTOR if sensitive.sensitive_industry(value) else ""
    return business.social_refusal(value, of_person=of_person) if field == "social_profile" else ""
