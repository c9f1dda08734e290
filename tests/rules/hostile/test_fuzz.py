"""Spoilt files through every parser: a refused file or a record set aside, and never another exception."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from pipelines.sources.registry import sources
from tests.rules.hostile.mutation import mutations, screened, sound_files, spoilt

FEEDS = sorted((source, feed) for source, feed in sound_files())


def test_every_source_takes_part() -> None:
    assert {source for source, _ in FEEDS} == set(sources())


@pytest.mark.parametrize(("source", "feed"), FEEDS)
def test_the_sound_files_give_cards_and_the_spoilt_ones_fewer(source: str, feed: str) -> None:
    sound = sound_files()[source, feed]
    cards = sum(screened(source, feed, content) for content in sound)
    assert cards > 0
    assert sum(screened(source, feed, spoilt(content, seed, 4)) for content in sound for seed in range(20)) < 20 * cards


@pytest.mark.parametrize(("source", "feed"), FEEDS)
@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(mutation=mutations)
def test_no_spoilt_file_breaks_its_parser(source: str, feed: str, mutation: tuple[int, int]) -> None:
    for content in sound_files()[source, feed]:
        screened(source, feed, spoilt(content, *mutation))
