"""The objections of sources bind: one table of flags, one rule, and a count of what came through all the same."""

from __future__ import annotations

import io

import pytest

from pipelines.card import Card
from pipelines.reasons import Refusal
from pipelines.screen import screening
from pipelines.screen.intake import Ledger, cards
from pipelines.screen.restriction import flags, objection
from pipelines.sources.registry import sources

WITHOUT_FLAGS = {"edgar", "fdic", "gleif", "ocds", "web"}
"""Sources in which nobody can object: what they publish they publish of everybody."""

NOT_READ_YET = {"cvr_denmark", "sirene", "sam_gov"}


def test_of_every_source_it_is_known_whether_it_has_flags() -> None:
    assert set(flags()) == set(sources()) - WITHOUT_FLAGS | NOT_READ_YET
    assert not set(sources()) & NOT_READ_YET


@pytest.mark.parametrize(
    ("source", "flag", "said", "bound"),
    [
        ("vcard", "CLASS", "PRIVATE", True), ("vcard", "CLASS", "confidential", True),
        ("vcard", "CLASS", "PUBLIC", False),
        ("vcard", "CLASS", "", False),
        ("companies_house", "data/kind", "super-secure-person-with-significant-control", True),
        ("companies_house", "data/kind", "individual-person-with-significant-control", False),
        ("ted_eforms", "FieldsPrivacy/FieldIdentifierCode", "win-ten-val", True),
        ("ted_eforms", "FieldsPrivacy/FieldIdentifierCode", " ", False),
        ("ted_eforms", "PartyName/Name", "Unpublished", True), ("ted_eforms", "PartyName/Name", "Muster GmbH", False),
        ("nppes", "NPI Deactivation Date", "2026-09-01", True),
        ("cvr_denmark", "reklamebeskyttet", "true", True), ("cvr_denmark", "reklamebeskyttet", "false", False),
        ("cvr_denmark", "hemmelig", "True", True),
        ("sirene", "statutDiffusionUniteLegale", "P", True), ("sirene", "statutDiffusionUniteLegale", "O", False),
        ("sirene", "statutDiffusionEtablissement", "N", True), ("sirene", "denominationUniteLegale", "[ND]", True),
        ("sam_gov", "NO PUBLIC DISPLAY FLAG", "NPDY", True), ("sam_gov", "NO PUBLIC DISPLAY FLAG", "", False),
    ],
)  # fmt: skip
def test_what_a_flag_says_binds_or_does_not(source: str, flag: str, said: str, *, bound: bool) -> None:
    assert objection(source, flag, said) == (Refusal.SOURCE_RESTRICTION if bound else "")


def test_a_flag_that_the_table_does_not_know_is_no_flag() -> None:
    with pytest.raises(KeyError):
        objection("vcard", "X-SECRET", "yes")
    with pytest.raises(KeyError):
        objection("fdic", "CLASS", "PRIVATE")


CARDS = "\r\n".join(
    f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{n}\r\nFN:Ada Byron\r\nORG:Muster GmbH\r\nTITLE:Buyer\r\n{line}END:VCARD"
    for n, line in enumerate(("", "CLASS:PRIVATE\r\n", "CLASS:CONFIDENTIAL\r\n", "CLASS:PUBLIC\r\n"))
)


def screened() -> tuple[list[Card], Ledger]:
    ledger, source = Ledger("vcard"), sources()["vcard"]
    feed = source.feed_of("a.vcf", CARDS)
    assert feed is not None
    return list(cards(io.BytesIO(CARDS.encode()), source, feed, ledger, frozenset())), ledger


def test_restricted_cards_are_counted_and_none_is_passed_on() -> None:
    found, ledger = screened()
    assert len(found) == 4
    assert (ledger.total("restricted"), ledger.total("passed_on")) == (4, 0)
    assert ledger.by_code("refused")["source_restriction"] == 4


def test_one_that_the_gate_lets_through_is_counted_as_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screening, "_card_refusal", lambda *_: "")
    assert screened()[1].total("passed_on") == 4
