"""Names taken apart and put side by side, in several scripts and orders; all of them invented."""

from __future__ import annotations

import pytest

from pipelines.resolve.aligning import WHOLE, whole_names
from pipelines.resolve.naming import as_read, company_words, fold, person_parts, spelt


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        (("Ursula van der Tann", "", ""), ("ursula", "", "van der tann", "")),
        (("TANN, Ursula M.", "", ""), ("ursula", "m", "tann", "")),
        (("TANN URSULA M", "", ""), ("ursula", "m", "tann", "")),
        (("Dr. Otto K. Tann Jr.", "", ""), ("otto", "k", "tann", "jr")),
        (("Otto Tann, Jr.", "", ""), ("otto", "", "tann", "jr")),
        (("Otto Tann III", "", ""), ("otto", "", "tann", "iii")),
        (("", "Otto Karl", "O'Tann"), ("otto", "karl", "otann", "")),
        (("", "Otto", "Tann Senior"), ("otto", "", "tann", "sr")),
        (("Otto Tann, M.D.", "", ""), ("otto", "", "tann", "")),
        (("Tann, Otto M.D.", "", ""), ("otto", "", "tann", "")),
        (("Minh Do", "", ""), ("minh", "", "do", "")),
        (("J.R. Tann", "", ""), ("j", "r", "tann", "")),
        (("TANN Otto", "", ""), ("otto", "", "tann", "")),
        (("Otto TANN", "", ""), ("otto", "", "tann", "")),
        (("OttoTannheim", "", ""), ("otto", "", "tannheim", "")),
        (("McTannheim", "", ""), ("", "", "mctannheim", "")),
        (("Таннов Отто Карлович", "", ""), ("otto", "karlovich", "tannov", "")),
        (("Отто Карлович Таннов", "", ""), ("otto", "karlovich", "tannov", "")),
        (("\u53f8\u9a6c\u7530", "", ""), ("tian", "", "sima", "")),
        (("\u738b\u7530\u4e00", "", ""), ("tianyi", "", "wang", "")),
        (("\uae40\ub2e8", "", ""), ("dan", "", "kim", "")),
        (("Tann", "", ""), ("", "", "tann", "")),
        ((",", "", ""), ("", "", "", "")),
    ],
)
def test_person_parts(raw: tuple[str, str, str], parts: tuple[str, str, str, str]) -> None:
    assert person_parts(*raw) == parts


@pytest.mark.parametrize(
    ("raw", "words", "form"),
    [
        ("Brandeko Optics Gesellschaft mit beschränkter Haftung", "brandeko optics", "gmbh"),
        ("B.R.K. Optics, S.A.", "brk optics", "sa"),
        ("\u041e\u041e\u041e Брандеко", "brandeko", "ooo"),
        ("Brandeko Sp. z o.o.", "brandeko", "spzoo"),
        ("Brandeko sociedad anónima de capital variable", "brandeko", "sa"),
        ("\u5927\u7530\u6709\u9650\u516c\u53f8", "datian", ""),
        ("Brandeko.com, Inc.", "brandeko", "corp"),
        ("Brandeko Intl. Grp. Pty Ltd", "brandeko international group", "ltd"),
        ("Brandeko Fund II LP", "brandeko fund 2", "lp"),
        ("Three Brandekos", "3 brandekos", ""),
        ("X Brandeko", "x brandeko", ""),
        ("The Limited", "limited", ""),
        ("The", "the", ""),
    ],
)  # fmt: skip
def test_company_words(raw: str, words: str, form: str) -> None:
    assert (" ".join(company_words(raw)[0]), company_words(raw)[1]) == (words, form)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tannovsky", "tannovskiy"),
        ("yuri", "iuri"),
        ("mueller", "muller"),
        ("shchepin", "schepin"),
        ("aleksei", "alexey"),
    ],
)
def test_spellings_of_one_sound_are_one(one: str, other: str) -> None:
    assert spelt(one) == spelt(other)
    assert spelt("tann") != spelt("tunn")


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("zelk0va meta1works", "zelkova metalworks"),
        ("8randeko", "brandeko"),
        ("vvest", "west"),
        ("studio 54", "studio 54"),
        ("channel5", "channel5"),
        ("3m", "3m"),
    ],
)
def test_digits_that_a_scan_saw_inside_a_word_are_letters(seen: str, meant: str) -> None:
    assert as_read(seen) == meant


def test_a_soft_sign_does_not_cut_a_word() -> None:
    assert fold("Зелень") == "zelen"


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("otto tann", "tann otto", "equal"),
        ("bin tannir otto", "otto bin tannir", "equal"),
        ("otto karl tannheim", "ottokarl tannheim", "near"),
        ("otto tannheim", "tanheim otto", "near"),
        ("karl tann", "otto karl de brand tann", "part"),
        ("otto tann brand", "otto tann", "part"),
        ("otto karl tann", "otto ernst tann", "different"),
        ("otto tann", "otto brand", "different"),
        ("o tann", "tann o", "different"),
    ],
)
def test_whole_names(left: str, right: str, level: str) -> None:
    assert WHOLE[whole_names(left, right)] == level
    assert WHOLE[whole_names(right, left)] == level
