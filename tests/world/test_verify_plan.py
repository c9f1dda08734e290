"""The steps of verify on hand-made cards: the latest word, the day it stands for, the country it is read in."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipelines.card import CARD_COLUMNS, CLAIM_COLUMNS
from pipelines.verify import plan
from resources.engine.duckdb import DuckDB
from resources.engine.plan import run
from resources.references import source_table
from resources.screening import SNAPSHOT_COLUMNS

DAY = "2026-10-20"


class Screened:
    """Collects screened cards and claims, then runs the steps."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._cards: list[dict[str, str]] = []
        self._claims: list[dict[str, str]] = []

    def card(self, key: str, source: str = "gleif", feed: str = "whole", **header: str) -> None:
        blank = dict.fromkeys(CARD_COLUMNS, "")
        own = {
            "card_id": key,
            "source": source,
            "feed": feed,
            "record_id": key,
            "snapshot_id": source,
            "kind": "company",
        }
        self._cards.append(blank | own | header)

    def claim(self, key: str, field: str, value: str, label: str = "", source: str = "gleif", **parts: str) -> None:
        own = {"card_id": key, "source": source, "field": field, "value": value, "label": label}
        self._claims.append(dict.fromkeys(CLAIM_COLUMNS, "") | own | parts)

    def tables(self) -> dict[str, pd.DataFrame]:
        feeds = [(source, feed, confirms) for source in ("gleif", "fdic", "web")
                 for feed, confirms in (("whole", "snapshot"), ("papers", "record"))]  # fmt: skip
        snapshots = [
            dict.fromkeys(SNAPSHOT_COLUMNS, "0")
            | {"snapshot_id": source, "source": source, "collected_at": f"{DAY}T23:30:00+00:00"}
            for source in ("gleif", "fdic", "web")
        ]
        given = {
            "cards": pd.DataFrame(self._cards, columns=list(CARD_COLUMNS)),
            "claims": pd.DataFrame(self._claims, columns=list(CLAIM_COLUMNS)),
            "sources": source_table(),
            "feeds": pd.DataFrame(feeds, columns=["source", "feed", "confirms"]),
            "snapshots": pd.DataFrame(snapshots),
        }
        for table, frame in given.items():
            frame.astype("str").to_parquet(self._folder / f"given_{table}.parquet", index=False)
        engine = DuckDB(self._folder / "spill")
        files = {table: [self._folder / f"given_{table}.parquet"] for table in given}
        made = run(engine, plan.cards(), files, self._folder)
        domains = run(
            engine, plan.domains(), {"headers": [made["headers"]], "claims": [made["verified"]]}, self._folder
        )
        return {table: pd.read_parquet(file) for table, file in (made | domains).items()}


@pytest.fixture
def screened(tmp_path: Path) -> Screened:
    return Screened(tmp_path)


def test_the_latest_word_stands_once_per_card(screened: Screened) -> None:
    screened.card("1", feed="papers", updated_on="2024-05-01", role="officer")
    screened.card("1", feed="papers", updated_on="2026-02-01", ended_on="2026-01-31", role="director")
    screened.card("1", feed="papers", updated_on="", role="agent")
    headers = screened.tables()["headers"]
    assert headers[["role", "ended_on"]].to_dict("records") == [{"role": "director", "ended_on": "2026-01-31"}]


@pytest.mark.parametrize(
    ("feed", "updated_on", "day"),
    [
        ("whole", "2019-01-01", DAY),
        ("whole", "", DAY),
        ("papers", "2019-01-01", "2019-01-01"),
        ("papers", "2019-01-01T10:00:00Z", "2019-01-01"),
        ("papers", "2019-03", "2019-03-01"),
        ("papers", "2019", "2019-01-01"),
        ("papers", "", DAY),
        ("papers", "2031-01-01", DAY),
        ("papers", "soon", DAY),
    ],
)
def test_a_register_confirms_today_and_a_document_its_own_day(
    screened: Screened, feed: str, updated_on: str, day: str
) -> None:
    screened.card("1", feed=feed, updated_on=updated_on)
    assert [str(stated)[:10] for stated in screened.tables()["headers"]["stated_on"]] == [day]


def test_headers_carry_the_family_and_trust_of_their_source(screened: Screened) -> None:
    screened.card("1", source="fdic")
    header = screened.tables()["headers"].iloc[0]
    assert (header["family"], float(header["trust"])) == ("us_fdic", 0.97)


def test_the_country_is_the_cards_then_the_employers_then_the_sources(screened: Screened) -> None:
    screened.card("own")
    screened.claim("own", "address", "Berlin", locality="Berlin", country_code="Germany")
    screened.card("staff", kind="person", employer_card_id="own")
    screened.card("bank", source="fdic")
    screened.card("nowhere")
    for key, source in (("own", "gleif"), ("staff", "gleif"), ("bank", "fdic"), ("nowhere", "gleif")):
        screened.claim(key, "phone", "030 901820", source=source)
    tables = screened.tables()
    hints = tables["hinted"][tables["hinted"]["field"] == "phone"].set_index("card_id")["country"]
    assert hints.to_dict() == {"own": "DE", "staff": "DE", "bank": "US", "nowhere": ""}
    phones = tables["verified"][tables["verified"]["field"] == "phone"].set_index("card_id")
    assert phones["normal"].to_dict() | {"bank": "", "nowhere": ""} == {
        "own": "+4930901820", "staff": "+4930901820", "bank": "", "nowhere": "",
    }  # fmt: skip
    assert phones["status"].to_dict()["nowhere"] != "valid"


def test_equal_claims_are_judged_once_and_each_is_answered(screened: Screened) -> None:
    for n in range(5):
        screened.card(str(n))
        screened.claim(str(n), "website", "HTTP://WWW.Alder-Invented.com/")
        screened.claim(str(n), "website", "HTTP://WWW.Alder-Invented.com/")
    screened.claim("0", "email_address", "info@alder-invented.com")
    screened.claim("1", "email_address", "not an address")
    tables = screened.tables()
    assert len(tables["distinct"]) == 3
    verified = tables["verified"]
    assert len(verified[verified["field"] == "website"]) == 5
    assert set(verified["card_id"]) == set("01234")
    assert verified.set_index("card_id").loc["1"]["status"].tolist().count("invalid") == 1


def test_one_raw_value_that_hides_several_becomes_several(screened: Screened) -> None:
    screened.card("1")
    screened.claim("1", "email_address", "a@alder-invented.com; b@alder-invented.com")
    verified = screened.tables()["verified"]
    assert sorted(verified["normal"]) == ["a@alder-invented.com", "b@alder-invented.com"]
    assert verified["value_no"].tolist() == [0, 1]


def test_domains_count_the_cards_that_use_them(screened: Screened) -> None:
    screened.card("1")
    screened.card("2", kind="person", employer_card_id="1")
    screened.claim("1", "website", "https://www.alder-invented.com/shop")
    screened.claim("1", "email_address", "info@alder-invented.com")
    screened.claim("2", "email_address", "jane@mail.alder-invented.com")
    screened.claim("2", "email_address", "broken@@")
    domains = screened.tables()["domains"]
    assert domains.to_dict("records") == [
        {"domain": "alder-invented.com", "company_mail": 1, "person_mail": 1, "sites": 1}
    ]


def test_nothing_screened_makes_every_table_with_its_columns(screened: Screened) -> None:
    tables = screened.tables()
    assert all(table.empty and len(table.columns) > 2 for table in tables.values())
