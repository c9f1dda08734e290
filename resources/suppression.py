"""Suppression: who asked not to be here is taken out at once, and may not come through the gate again.

What belongs here: the way from `privacy.suppressions` to the lake and the tables. What does not: who is on that list.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import UUID

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import sqlalchemy as sa

from resources.database import Database
from resources.lake import Lake
from resources.screening import SUPPRESSIONS
from resources.tables import CLAIMS, CONFIDENCES, CURATED, EMPLOYMENTS, FORMER_JOBS, HISTORY, MEMBERS

_OWNERS = ("company_id", "contact_id", "related_company_id")
_GONE = """
    SELECT entity_id FROM match.members AS member LEFT JOIN privacy.suppressions AS listed USING (card_id)
    GROUP BY entity_id HAVING bool_and(listed.card_id IS NOT NULL)"""
_IDLE = """
    DELETE FROM curated.contacts AS c
    WHERE NOT EXISTS (SELECT FROM curated.employments AS job WHERE job.contact_id = c.contact_id)"""


def hand_over(database: Database, lake: Lake) -> int:
    """Erases whoever is listed with all cards, and writes the list where screening reads it.

    The same list is the same version. A source whose files cannot be read this time gives what it gave last, without
    the listed cards.

    Returns:
        How many cards are suppressed.

    Raises:
        DatabaseFault: Nothing was erased.
    """
    listed = [str(row["card_id"]) for row in database.rows("SELECT card_id FROM privacy.suppressions ORDER BY card_id")]
    version = hashlib.sha256("\n".join(listed).encode()).hexdigest()[:32]
    if listed:
        erase(database)
    known = lake.current(SUPPRESSIONS)
    if known is None or known["version"] != version:
        _withdraw(lake, listed)
        with lake.write(SUPPRESSIONS, version) as draft:
            draft.frame("cards", pd.DataFrame({"card_id": pd.Series(listed, dtype="str")}))
    return len(listed)


def erase(database: Database) -> int:
    """Takes every company and person all of whose cards are listed out of the tables, their history and evidence.

    Returns:
        How many there were.
    """
    with database.transaction() as connection:
        gone = list(connection.scalars(sa.text(_GONE)))
        if gone:
            for statement in _erasures(connection, gone):
                connection.execute(statement)
    return len(gone)


def _erasures(connection: sa.Connection, gone: Sequence[UUID]) -> Iterator[sa.Executable]:
    """The statements in their order: what is owned before its owners."""
    of_gone = EMPLOYMENTS.c.contact_id.in_(gone) | EMPLOYMENTS.c.company_id.in_(gone)
    jobs = connection.scalars(sa.select(EMPLOYMENTS.c.employment_id).where(of_gone))
    yield sa.delete(CONFIDENCES).where(CONFIDENCES.c.subject.in_([*gone, *jobs]))
    cards = sa.select(MEMBERS.c.card_id).where(MEMBERS.c.entity_id.in_(gone))
    yield sa.delete(FORMER_JOBS).where(FORMER_JOBS.c.card_id.in_(cards) | FORMER_JOBS.c.employer_card_id.in_(cards))
    for table in (CLAIMS, *HISTORY, *reversed(CURATED)):
        owned = [table.c[name].in_(gone) for name in _OWNERS if name in table.c]
        yield sa.delete(table).where(sa.or_(*owned))
        if table is EMPLOYMENTS:
            yield sa.text(_IDLE)


def _withdraw(lake: Lake, listed: Sequence[str]) -> None:
    """Takes listed cards out of what screening gave last; as a new version, so that it is screened anew."""
    suppressed = pa.array(listed, pa.string())
    for dataset in lake.datasets("screen/*"):
        known, cards = lake.current(dataset), lake.tables(dataset, "cards")[0]
        if known is None or not _holds(cards, suppressed):
            continue
        with lake.write(dataset) as draft:
            draft.counts.update(known["counts"])
            for file in cards.parent.glob("*.parquet"):
                _copy(file, draft.file(file.stem), suppressed)


def _holds(cards: Path, suppressed: pa.Array) -> bool:
    with pq.ParquetFile(cards) as parquet:
        batches = parquet.iter_batches(columns=["card_id"])
        return any(pc.any(pc.is_in(batch["card_id"], suppressed)).as_py() for batch in batches)


def _copy(file: Path, into: Path, suppressed: pa.Array) -> None:
    """Copies a table without the rows of the listed cards."""
    with pq.ParquetFile(file) as parquet, pq.ParquetWriter(into, parquet.schema_arrow) as writer:
        for batch in parquet.iter_batches():
            of_cards = "card_id" in batch.schema.names
            writer.write(batch.filter(pc.invert(pc.is_in(batch["card_id"], suppressed))) if of_cards else batch)
