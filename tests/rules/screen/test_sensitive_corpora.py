"""Labelled corpora of titles and names: how many are told rightly, and that the published page says so."""

from __future__ import annotations

import pytest

from bench.sensitive import AIM, JUDGES, LANGUAGES, PAGE, first_measured, main, page, part, score, total
from tests.corpora import MAIN, SMALL, corpus

LABELS = {"religion", "politics", "union", "none"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_corpus_is_whole(language: str) -> None:
    rows = corpus(language)
    assert {row.label for row in rows} == LABELS
    assert {row.kind for row in rows} == set(JUDGES)
    assert len({(row.text, row.kind) for row in rows}) == len(rows)
    assert all(row.text == row.text.strip() and row.text for row in rows)
    assert 0.3 < sum(row.held_out for row in rows) / len(rows) < 0.7


def test_the_main_corpora_are_large_and_half_of_them_is_harmless() -> None:
    for language in MAIN:
        rows = corpus(language)
        assert sum(row.kind == "title" for row in rows) >= 120
        assert sum(row.kind == "organisation" for row in rows) >= 60
        assert 0.4 < sum(row.label == "none" for row in rows) / len(rows) < 0.6


@pytest.mark.parametrize("kind", JUDGES)
@pytest.mark.parametrize("language", [*MAIN, *SMALL])
def test_what_is_held_out_reaches_the_aim(language: str, kind: str) -> None:
    measured = score(part(language, kind, held_out=True))
    assert measured.recall >= AIM
    assert measured.precision >= AIM


@pytest.mark.parametrize("language", MAIN)
def test_texts_written_after_the_rules_are_whole_and_no_text_of_the_first(language: str) -> None:
    later, first = corpus(language, "later"), {row.text for row in corpus(language)}
    assert {row.label for row in later} == LABELS
    assert len({(row.text, row.kind) for row in later}) == len(later) > 70
    assert sum(row.text in first for row in later) < len(later) / 20


def test_texts_written_after_the_rules_are_told_precisely_and_better_than_at_first() -> None:
    now = total("later")
    before = [score for (batch, *_), score in first_measured().items() if batch == "later"]
    assert now.precision >= AIM
    assert now.found > sum(score.found for score in before)
    assert now.wrong <= sum(score.wrong for score in before)


def test_the_page_says_what_is_measured() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python -m bench.sensitive"
    assert main(["--check"]) == 0
