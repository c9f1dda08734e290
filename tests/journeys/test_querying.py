"""Every query of docs/querying.md runs as it stands there."""

from __future__ import annotations

import re

import pytest

from resources.database import Database
from tests.journeys.conftest import CHECKOUT

PAGE = CHECKOUT / "docs" / "querying.md"
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL) if PAGE.exists() else []

pytestmark = [pytest.mark.postgres, pytest.mark.skipif(not QUERIES, reason="docs/querying.md is not there")]


MAY_BE_EMPTY = ("stale_soon", "match.judgements", "match.current_ids", "mart.job_changes")
"""Nobody need be about to end, have been judged, have moved, or have changed the employer."""


@pytest.mark.parametrize("query", QUERIES)
def test_the_page_shows_queries_that_run_and_find_something(filled: Database, query: str) -> None:
    rows = filled.rows(query)
    assert rows or any(word in query for word in MAY_BE_EMPTY)
