"""A hand-made resolved world for the queries of curate: cards with their claims, each already given to its entity."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from pipelines.card import CARD_COLUMNS
from pipelines.curate import golden
from pipelines.screen.intake import LEDGER_COLUMNS
from pipelines.verify.verifying import DETAIL_COLUMNS
from resources.engine.duckdb import DuckDB
from resources.engine.plan import run
from resources.references import source_table
from resources.screening import SNAPSHOT_COLUMNS

AS_OF = "2026-11-01"
SOURCES = {"gleif": ("gleif", "0.95"), "fdic": ("us_fdic", "0.9"), "edgar": ("us_sec", "0.9"), "web": ("web", "0.7"),
           "vcard": ("own_cards", "0.8"), "nppes": ("us_sec", "0.85")}  # fmt: skip
"""Family and trust by source; `nppes` is put into the family of `edgar`, so that the two are one witness."""

LAST_COLUMNS = {
    "last_members": ["card_id", "entity_id", "employer_card_id"],
    "last_names": ["card_id", "name"],
    "last_jobs": ["contact_id", "company_id", "role_type", "job_title", "seniority", "department", "started_on",
                  "stated_on"],
    "remembered": ["card_id", "employer_card_id", "role_type", "job_title", "seniority", "department", "started_on",
                   "ended_on", "stated_on"],
}  # fmt: skip
"""What the last publication knew, by table."""

Claim = dict[str, str]


def claim(field: str, normal: str, label: str = "", status: str = "valid", **details: str) -> Claim:
    return {"field": field, "normal": normal, "label": label, "status": status, "reasons": ""} | details


def name(normal: str, label: str = "legal", core: str = "") -> Claim:
    return claim("company_name", normal, label, core=core or normal.lower())


def person_name(first: str, last: str) -> Claim:
    return claim("full_name", f"{first} {last}", first_name=first, last_name=last)


def mail(address: str, kind: str = "person") -> Claim:
    return claim("email_address", address, domain=address.partition("@")[2], mailbox_kind=kind)


class Golden:
    """Collects cards, then makes every table that is published of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._headers: list[dict[str, object]] = []
        self._claims: list[dict[str, str]] = []
        self._members: list[dict[str, object]] = []
        self.last: dict[str, list[dict[str, object]]] = {name: [] for name in LAST_COLUMNS}
        self._snapshots = dict.fromkeys(SOURCES, "2026-10-20T00:00:00+00:00")

    def card(
        self, key: str, entity: str, *claims: Claim, source: str = "gleif", stated: str = "2026-10-20", **header: str
    ) -> None:
        """Adds a card; `key` is unique, `entity` the company or person that it was resolved to."""
        family, trust = SOURCES[source]
        own: dict[str, object] = dict.fromkeys(CARD_COLUMNS, "")
        own |= {"card_id": key, "source": source, "feed": "all", "record_id": f"r-{key}", "snapshot_id": f"s-{source}",
                "kind": "company", "party": "company", "family": family, "trust": trust,
                "collected_at": self._snapshots[source], "stated_on": date.fromisoformat(stated)}  # fmt: skip
        self._headers.append(own | header)
        self._members.append({"card_id": key, "entity_id": entity, "probability": 0.9876})
        for one in claims:
            self._claims.append(dict.fromkeys(DETAIL_COLUMNS, "") | one | {"card_id": key, "source": source})

    def job(self, key: str, person: str, employer: str, *claims: Claim, **header: str) -> None:
        """Adds the card of a person at the company of the card `employer`."""
        self.card(
            key, person, *claims, **({"kind": "person", "party": "person", "employer_card_id": employer} | header)
        )

    def tables(self, ledgers: list[dict[str, str]] | None = None) -> dict[str, pd.DataFrame]:
        """Every table by step name."""
        snapshots = [
            dict.fromkeys(SNAPSHOT_COLUMNS, "0")
            | {"snapshot_id": f"s-{source}", "source": source, "collected_at": at, "files": "[]"}
            for source, at in self._snapshots.items()
        ]
        moves = [{"old_id": "o", "new_id": "n", "kind": "merge"}] * 2
        decision = {"right_id": "r", "kind": "company", "outcome": "same", "reasons": "name", "held_apart_by": ""}
        decisions = [decision | {"left_id": f"l{n}", "weight": 12.34567, "probability": 0.99951} for n in range(2)]
        given = {
            "headers": pd.DataFrame(self._headers),
            "claims": pd.DataFrame(
                self._claims,
                columns=["card_id", "source", "field", "label", "normal", "status", "reasons", *DETAIL_COLUMNS],
            ).astype("str"),
            "members": pd.DataFrame(self._members),
            "decisions": pd.DataFrame(decisions),
            "moves": pd.DataFrame(moves),
            "ledgers": pd.DataFrame(ledgers or [], columns=list(LEDGER_COLUMNS)).astype("str"),
            "snapshots": pd.DataFrame(snapshots),
            "sources": source_table(),
        }
        given |= {name: self._last(name, columns) for name, columns in LAST_COLUMNS.items()}
        for table, frame in given.items():
            frame.to_parquet(self._folder / f"given_{table}.parquet", index=False)
        files = {table: [self._folder / f"given_{table}.parquet"] for table in given}
        engine = DuckDB(self._folder / "spill")
        made = run(engine, golden.steps(), files, self._folder, as_of=AS_OF, contact_months="24")
        return {table: pd.read_parquet(file) for table, file in made.items()}

    def _last(self, name: str, columns: list[str]) -> pd.DataFrame:
        frame = pd.DataFrame(self.last[name], columns=columns)
        dates = {column: pd.to_datetime(frame[column]).dt.date for column in columns if column == "stated_on"}
        return frame.astype({column: "str" for column in columns if column not in dates}).assign(**dates)
