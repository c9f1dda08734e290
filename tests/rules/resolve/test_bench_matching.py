"""The comparison of matching engines: its worlds, figures, limits and page, on tiny input and without the peers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from bench.matching import keys, scale
from bench.matching.command import line, main
from bench.matching.engines import DEFAULT, ENGINES, Engine, Limits, Outcome, columns, run, task
from bench.matching.errors import ERRORS, spoil_some
from bench.matching.febrl import DUPLICATES
from bench.matching.measuring import Named, Row, measured
from bench.matching.names import COUNTRIES, latin
from bench.matching.page import Measured, written
from bench.matching.scale import Grown
from bench.matching.scoring import Score, kept_whole, score
from bench.matching.sets import Labelled
from bench.matching.worlds import WORLDS

MADE = [(name, kind) for name, kinds in WORLDS.items() for kind in kinds]
TINY = Limits(60, 4000)


@pytest.mark.parametrize(("name", "kind"), MADE)
def test_a_world_is_made_from_its_seed_and_has_what_it_says(name: str, kind: str) -> None:
    made, again, other = (WORLDS[name][kind](400, seed) for seed in (3, 3, 4))
    pd.testing.assert_frame_equal(made.cards, again.cards)
    assert made.truth.tolist() == again.truth.tolist()
    assert made.cards.to_numpy().tolist() != other.cards.to_numpy().tolist()
    assert made.cards["card_id"].is_unique
    assert len(made.cards) == len(made.truth) >= 400
    assert made.truth.duplicated().any()
    assert made.truth.nunique() > 100


def test_the_originals_of_the_febrl_world_have_as_many_duplicates_as_those_of_its_model() -> None:
    sizes = WORLDS["febrl"]["person"](20_000, 1).truth.value_counts().value_counts(normalize=True)
    wanted = np.array(DUPLICATES) / sum(DUPLICATES)
    assert np.allclose([sizes[count] for count in range(1, 7)], wanted, atol=0.02)


def test_the_hard_world_has_what_makes_it_hard() -> None:
    made = WORLDS["hard"]["company"](8000, 2)
    cards = made.cards.assign(truth=made.truth)
    assert (cards["former_names"] != "").any()
    assert cards["company_name"].str.contains("[Ѐ-ӿ]").any()
    assert cards["company_name"].str.contains("[Ͱ-Ͽ]").any()
    assert {"München", "Munich"} <= set(cards["locality"])
    shared = cards[cards["street_address"] != ""].groupby("street_address")["truth"].nunique()
    assert shared.max() > 3
    assert (cards.loc[cards["source"] == "web", "street_address"] == "").all()


def test_two_people_of_the_hard_world_never_share_a_mailbox() -> None:
    made = WORLDS["hard"]["person"](8000, 2)
    cards = made.cards.assign(truth=made.truth)
    own = cards[cards["source"].isin(["signature"]) & (cards["email_address"] != "")]
    assert (own.groupby("email_address")["truth"].nunique() < 2).all()


@pytest.mark.parametrize("kind", list(ERRORS))
def test_an_error_changes_little(kind: str) -> None:
    rng = np.random.default_rng(5)
    words = ["Meyer", "Phillips Kock", "Östlund", "x", "12345"]
    for where, what in rng.random((200, 2)).tolist():
        for word in words:
            wrong = ERRORS[kind](word, where, what)
            assert wrong == "" or abs(len(wrong) - len(word)) <= 1
    assert any(ERRORS[kind](words[1], one, two) != words[1] for one, two in rng.random((50, 2)).tolist())


def test_errors_hit_their_share_of_the_values() -> None:
    values = np.array(["Schneider"] * 20_000, dtype=object)
    spoil_some(values, 0.1, {"type": 1.0}, np.random.default_rng(1))
    assert 0.08 < (values != "Schneider").mean() < 0.11


def test_a_name_in_another_script_has_several_forms_in_latin() -> None:
    assert [latin("Юрий Щербенко", "cyrillic", scheme) for scheme in (0, 1)] == ["Yuriy Shcherbenko", "Jurij Ščerbenko"]
    assert [latin("Χρήστος", "greek", scheme) for scheme in (0, 1)] == ["Christos", "Hrestos"]
    assert latin("Yuri", "", 0) == "Yuri"
    assert sum(one.share for one in COUNTRIES) == pytest.approx(1.0)


def test_figures_of_a_clustering_worked_out_by_hand() -> None:
    found = score(["a", "a", "a", "b"], [1, 1, 2, 2])
    assert found == pytest.approx(Score(1 / 3, 1 / 2, 0.4, 2 * (2 / 3) * 0.75 / (2 / 3 + 0.75)))
    assert score([1, 2, 3], [1, 2, 3]) == pytest.approx(Score(1.0, 1.0, 2 / 2, 1.0))
    assert kept_whole([1, 1, 2, 2, 3], [5, 5, 6, 7, 8]) == pytest.approx(0.5)
    assert kept_whole([1, 1, 2], [4, 4, 4]) == 0.0


@pytest.fixture(scope="module")
def tiny() -> Labelled:
    return WORLDS["hard"]["person"](300, 1)


def test_every_engine_gets_the_same_clean_columns(tiny: Labelled) -> None:
    table = columns(tiny.cards, "person")
    assert {"first", "last", "company", "email", "domain", "phone"} <= set(table.columns)
    assert table["first"].str.fullmatch("[a-z0-9 ]*").all()
    assert table["card_id"].tolist() == tiny.cards["card_id"].tolist()


def test_our_own_engine_runs_in_a_process_of_its_own(tiny: Labelled) -> None:
    (row,) = measured(tiny, ["contacts"], TINY)
    assert row.own is not None, row.outcome.failure
    assert row.own.precision > 0.5
    assert row.outcome.seconds > 0
    assert row.outcome.peak_mb > 50
    assert "0." in line(row)


@pytest.mark.parametrize(
    ("text", "limits", "said"),
    [
        ("raise KeyError('secret')", TINY, "failed: KeyError"),
        ("import time; time.sleep(60)", Limits(1, 4000), "stopped after 1 s"),
        ("import time; held = b'x' * 400_000_000; time.sleep(60)", Limits(60, 200), "stopped above 0.2 GB"),
    ],
)
def test_an_engine_that_breaks_is_written_down(
    tmp_path: Path, tiny: Labelled, text: str, limits: Limits, said: str
) -> None:
    script = tmp_path / "broken.py"
    script.write_text(text, "utf-8")
    with task(tiny.kind, [(tiny.cards, tiny.truth)]) as asked:
        outcome = run(Engine(str(script), "broken", own=True), asked, limits)
    assert outcome.failure == said
    assert outcome.clusters == {}


def test_an_engine_is_not_asked_for_more_than_it_can_take(tiny: Labelled) -> None:
    with task(tiny.kind, [(tiny.cards, tiny.truth)]) as asked:
        assert run(Engine("none.py", "small", own=True, most=10), asked, TINY).failure == "not asked above 10 cards"


def test_keys_find_the_pairs_that_they_should(tiny: Labelled) -> None:
    every, *each = keys.found(tiny)
    assert every.key == "all"
    assert len(each) > 10
    assert all(one.key and 0 <= one.alone <= one.recall <= every.recall <= 1 for one in each)
    assert any(one.key == "email" and one.recall > 0 for one in each)


def test_a_world_grows_round_the_planted_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scale, "PART", 200)
    found = list(scale.grown(200, (200, 500), {200: ["contacts"], 500: ["contacts"]}, 1, TINY))
    assert [one.rows for one in found] == [200, 500]
    assert found[0].whole == 1.0
    assert 0 < found[1].whole <= 1.0


def test_the_page_tells_misses_as_plainly_as_hits() -> None:
    good, poor = Score(0.9, 0.9, 0.9, 0.95), Score(0.5, 0.5, 0.5, 0.6)
    rows = [
        Row("one", 10, "contacts", Outcome(2.0, 100.0, {"features": 0.5}), good, 0.9, DEFAULT),
        Row("one", 10, "splink", Outcome(4.0, 200.0), poor, 0.95, "4"),
        Row("one", 10, "dedupe", Outcome(failure="stopped above 12 GB")),
    ]
    big = [Grown(10, "contacts", Outcome(1.0, 100.0), good, 0.9, 1.0),
           Grown(100, "contacts", Outcome(30.0, 100.0, {"features": 5.0}), good, 0.9, 0.5),
           Grown(100, "splink", Outcome(20.0, 300.0), poor, 0.6, 1.0)]  # fmt: skip
    page = written(Measured(rows, [Named("person", 7, 0.9, 0.9, 0.9, 1.0)], big, (), list(ENGINES), 60, 12_000))
    assert (
        "| one: F1 not below the highest of the peers at their own threshold | 0.900 | 0.500 (splink) | kept |" in page
    )
    assert (
        "| one: F1 not below the highest of the peers at their best threshold | 0.900 | 0.950 (splink) | **missed** |"
        in page
    )
    assert "stopped above 12 GB" in page
    assert "| 100 cards: seconds not above the fastest peer | 30.0 | 20.0 (splink) | **missed** |" in page
    assert "| clusters kept whole among 100 cards, at least | 0.500 | 0.99 | **missed** |" in page
    assert "## Aims: 4 kept, 4 missed" in page
    assert "| one | splink | 0.500 | 0.500 | 0.500 | 0.600 | 0.950 | 4 | 4.0 | 2.0 | 200 |" in page


@pytest.mark.slow
def test_a_quick_run_writes_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.md"
    assert main(["--quick", "--sets", "--worlds", "hard", "--page", str(page)]) == 0
    assert "hard company" in capsys.readouterr().out
    text = page.read_text("utf-8")
    for part in (
        "## F1 over pairs",
        "## In full",
        "## Growth",
        "## Which key finds which pairs",
        "| 6,000 | contacts |",
    ):
        assert part in text
