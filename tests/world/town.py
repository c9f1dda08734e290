"""A small town of verified cards that is resolved, curated and published by the assets themselves, again and again."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import dagster as dg
import pandas as pd

from assets.curate import tables
from assets.resolve import companies, people
from pipelines.card import CARD_COLUMNS
from pipelines.screen.intake import LEDGER_COLUMNS
from pipelines.verify.verifying import DETAIL_COLUMNS
from resources.clock import Clock
from resources.database import Database
from resources.engine.duckdb import DuckDB
from resources.lake import Lake
from resources.references import source_table
from resources.screening import SNAPSHOT_COLUMNS
from resources.wiring import NoRows
from tests.world.golden_world import SOURCES, Claim

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def uid(key: str) -> str:
    """The id of the card with this key."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, key))


class Town:
    """Cards that come and go between runs.

    Args:
        database: A migrated one.
        folder: Where the lake is.
    """

    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self.lake, self.engine = database, Lake(folder / "lake"), DuckDB(folder / "spill")
        self.now = NOW
        self._cards: dict[str, tuple[dict[str, Any], tuple[Claim, ...]]] = {}

    def company(self, key: str, *claims: Claim, source: str = "gleif", stated: str = "2026-10-20", **more: str) -> str:
        """Adds or replaces a card; returns its id."""
        family, trust = SOURCES[source]
        own: dict[str, Any] = dict.fromkeys(CARD_COLUMNS, "")
        own |= {"card_id": uid(key), "source": source, "feed": "all", "record_id": f"r-{key}",
                "snapshot_id": f"s-{source}", "kind": "company", "party": "company", "family": family, "trust": trust,
                "collected_at": "2026-10-20T00:00:00+00:00", "stated_on": date.fromisoformat(stated)}  # fmt: skip
        self._cards[key] = (own | more, claims)
        return uid(key)

    def person(self, key: str, employer: str, *claims: Claim, **more: str) -> str:
        """Adds or replaces the card of a person at the company of the card `employer`."""
        header = {"kind": "person", "party": "person", "employer_card_id": uid(employer), "role": "employee"}
        return self.company(key, *claims, **(header | more))

    def drop(self, *keys: str) -> None:
        """Takes cards away, as a source does that has them no more."""
        for key in keys:
            del self._cards[key]

    def run(self) -> dict[str, dg.AssetCheckEvaluation]:
        """Resolves, curates and publishes; returns the checks by `asset: name`."""
        self._fill()
        with dg.DagsterInstance.ephemeral() as instance:
            made = [companies, people, tables]
            done = dg.materialize(
                [*made, *self._verified()], selection=made, instance=instance,
                resources={"engine": self.engine, "lake": self.lake, "database": self.database,
                           "clock": Clock(self.now), "io_manager": NoRows()},
                run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            )  # fmt: skip
            assert done.success
            self.result = done
            found = done.get_asset_check_evaluations()
        return {f"{check.asset_key.to_user_string()}: {check.check_name}": check for check in found}

    def entity(self, key: str) -> str:
        """The company or person that the card belongs to."""
        return str(self.database.scalar("SELECT entity_id FROM match.members WHERE card_id = :id", id=uid(key)))

    def state(self, *, but: tuple[str, ...] = ("recorded_at",)) -> dict[str, list[str]]:
        """Every published row of companies, people and evidence as text, without the columns of `but`."""
        names = ("curated.companies", "curated.contacts", "curated.employments", "curated.emails", "curated.phones",
                 "curated.addresses", "curated.identifiers", "curated.company_relations", "evidence.claims",
                 "evidence.field_confidence", "match.members")  # fmt: skip
        drop = " - ".join(["to_jsonb(row)", *(f"'{name}'" for name in but)])
        return {
            name: [
                str(row["text"])
                for row in self.database.rows(f"SELECT ({drop})::text AS text FROM {name} AS row ORDER BY 1")
            ]
            for name in names
        }

    @staticmethod
    def _verified() -> list[dg.AssetSpec]:
        return [dg.AssetSpec(["verify", "cards"]), dg.AssetSpec(["verify", "domains"])]

    def _fill(self) -> None:
        columns = ["card_id", "source", "field", "label", "normal", "status", "reasons", *DETAIL_COLUMNS]
        claims = [
            dict.fromkeys(DETAIL_COLUMNS, "") | one | {"card_id": own["card_id"], "source": own["source"]}
            for own, said in self._cards.values()
            for one in said
        ]
        snapshots = [
            dict.fromkeys(SNAPSHOT_COLUMNS, "0")
            | {
                "snapshot_id": f"s-{source}",
                "source": source,
                "collected_at": "2026-10-20T00:00:00+00:00",
                "files": "[]",
            }
            for source in SOURCES
        ]
        with self.lake.write("verify/cards") as draft:
            draft.frame("headers", pd.DataFrame([own for own, _ in self._cards.values()]))
            draft.frame("verified", pd.DataFrame(claims, columns=columns).astype("str"))
            draft.frame("sources", source_table())
        with self.lake.write("screen/town_cards") as draft:
            draft.frame("ledger", pd.DataFrame([], columns=list(LEDGER_COLUMNS)).astype("str"))
            draft.frame("snapshot", pd.DataFrame(snapshots))
