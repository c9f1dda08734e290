"""Mailboxes: whether there is positive evidence that an e-mail address is the employer's."""

from __future__ import annotations

import pandas as pd

from pipelines.screen.business import evidence

_COLUMNS = ("domain", "mailbox_kind", "company_cores", "is_site", "staff_with_domain", "companies_with_domain",
            "companies_with_site")  # fmt: skip


def judge(batch: pd.DataFrame) -> pd.DataFrame:
    """Adds the column `evidence`: a code of `business.evidence`, empty while nothing ties the domain to the employer.

    Args:
        batch: `company_id, domain, mailbox_kind, company_cores` (`;` between), `is_site`, `staff_with_domain`,
            `companies_with_domain`, `companies_with_site`.
    """
    columns = (batch[name].to_list() for name in _COLUMNS)
    codes = [_best(*row) for row in zip(*columns, strict=True)]
    return batch.assign(evidence=pd.Series(codes, index=batch.index, dtype="str"))


def _best(domain: str, kind: str, cores: str, is_site: object, *users: int) -> str:
    own = {domain} if is_site else set()
    found = (evidence(domain, kind, own, core, *users) for core in cores.split(";"))
    return next((code for code in found if code), "")
