"""Mailboxes: whether there is positive evidence that an e-mail address is the employer's."""

from __future__ import annotations

import pandas as pd

from pipelines.screen.business import evidence


def judge(batch: pd.DataFrame) -> pd.DataFrame:
    """Adds the column `evidence`: a code of `business.evidence`, empty while nothing ties the domain to the employer.

    Args:
        batch: `company_id, domain, mailbox_kind, company_cores` (`;` between), `is_site`, `staff_with_domain`,
            `companies_with_domain`.
    """
    codes = [
        _best(row.domain, row.mailbox_kind, bool(row.is_site), str(row.company_cores), int(row.staff_with_domain),
              int(row.companies_with_domain))
        for row in batch.itertuples()
    ]  # fmt: skip
    return batch.assign(evidence=pd.Series(codes, index=batch.index, dtype="str"))


def _best(domain: str, kind: str, is_site: bool, cores: str, staff: int, companies: int) -> str:  # noqa: FBT001, PLR0913
    own = {domain} if is_site else set()
    found = (evidence(domain, kind, own, core, staff, companies) for core in cores.split(";") or [""])
    return next((code for code in found if code), "")
