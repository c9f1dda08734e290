"""The closed vocabularies: each code once, each with a sentence, none with a value."""

from __future__ import annotations

import pickle

import pytest

from pipelines.faults import BadFile, BadRecord
from pipelines.reasons import SENTENCES, FileFault, Finding, Reason, RecordFault, Refusal, check

VOCABULARIES = (FileFault, RecordFault, Refusal, Finding)


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_each_code_is_lower_case_and_has_a_sentence(vocabulary: type[Reason]) -> None:
    for member in vocabulary:
        assert str(member) == member.value == member.value.lower()
        assert member.sentence.endswith(".")
        assert check(member) == member
        assert SENTENCES[member]


def test_a_code_of_two_vocabularies_means_much_the_same() -> None:
    codes = [str(member) for vocabulary in VOCABULARIES for member in vocabulary]
    twice = {code for code in codes if codes.count(code) > 1}
    assert twice <= {"private_network"}
    assert set(codes) == set(SENTENCES)


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(KeyError, match="made_up"):
        check("made_up")


def test_faults_say_what_where_and_no_more() -> None:
    bad = BadFile(FileFault.COLUMN, detail="CERT").named("banks.csv")
    assert str(bad) == "banks.csv: A declared column is missing from the header.: CERT"
    assert (bad.fault, bad.file, bad.detail) == (FileFault.COLUMN, "banks.csv", "CERT")
    assert str(BadFile(FileFault.EMPTY)) == "The file holds nothing."
    assert str(BadRecord(RecordFault.NO_KEY)) == "record_no_key"


def test_codes_travel_between_processes() -> None:
    assert pickle.loads(pickle.dumps(Refusal.BIRTH)) is Refusal.BIRTH  # noqa: S301 - our own bytes
