"""Every filter is needed: with any one of them switched off, canaries come through."""

from __future__ import annotations

import io
import json
import logging
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import dagster as dg
import pandas as pd
import pytest
import sqlalchemy as sa

from assets import metadata, telling
from assets.definitions import build_defs
from assets.running import instance
from pipelines.card import Card, Kind, Party
from pipelines.curate import mailboxes
from pipelines.faults import BadFile
from pipelines.reasons import FileFault, RecordFault
from pipelines.screen import business, formats, intake, party, reading, screening, sensitive
from pipelines.sources.registry import sources
from resources import errors, wiring
from resources.settings import Settings
from tests.canary.corpus import Corpus, write
from tests.canary.scanner import Scanner, Secret

VALUE = "zqmutatedxxx"


@dataclass(frozen=True, slots=True)
class Pure:
    """The canaries on the pure half of the line, which needs no run."""

    inbox: Path
    corpus: Corpus

    def through_the_gate(self, *names: str) -> set[str]:
        """Classes of which a canary comes through the gate of these sources (of all when none is named)."""
        suppressed = frozenset(self.corpus.suppressed)
        believers: dict[str, set[str]] = defaultdict(set)
        cards = (card for read in self._read(names) for card in intake.cards(*read, suppressed, believers[read[1].id]))
        return self._kinds("\n".join(map(repr, cards)))

    def through_the_reader(self, *names: str) -> set[str]:
        """Classes of which a canary is in what the parsers see."""
        texts = []
        for stream, source, feed, _ in self._read(names):
            reader = reading.Reader(source.feeds[feed])
            items = (item for item in formats.read(stream, source.feeds[feed]) if not isinstance(item, RecordFault))
            texts += [json.dumps(reader.project(item), ensure_ascii=False, default=str) for item in items]
        return self._kinds("\n".join(texts))

    def _read(self, names: tuple[str, ...]) -> Iterator[tuple[Any, Any, str, intake.Ledger]]:
        for name in names or sources():
            source = sources()[name]
            for file in sorted((self.inbox / name).iterdir()):
                content = file.read_bytes()
                feed = source.feed_of(file.name, content[:65_536].decode("utf-8", "replace"))
                assert feed is not None, file.name
                yield io.BytesIO(content), source, feed, intake.Ledger(name)

    def _kinds(self, text: str) -> set[str]:
        kinds = {canary.token: canary.kind for canary in self.corpus.canaries}
        return {kinds[hit.token] for hit in Scanner(self.corpus.secrets).text("", text)}


@pytest.fixture(scope="module")
def pure(tmp_path_factory: pytest.TempPathFactory) -> Pure:
    inbox = tmp_path_factory.mktemp("canaries")
    return Pure(inbox, write(inbox))


def forget() -> None:
    """Empties the caches of the rules, which hold what was judged before."""
    for module in (business, party, sensitive, screening):
        for each in vars(module).values():
            if callable(clear := getattr(each, "cache_clear", None)):
                clear()


@pytest.fixture(autouse=True)
def _fresh_caches() -> Iterator[None]:
    forget()
    yield
    forget()


def test_with_every_filter_on_nothing_comes_through(pure: Pure) -> None:
    assert pure.through_the_gate() == set()
    refused = {"birth", "gender", "family", "photo", "personal_id", "home_address", "money", "ownership", "free_text",
               "drift", "not_on_card", "nationality", "person_record"}  # fmt: skip
    # these stand in fields that others take for business, and are the gate's to refuse: the reader cannot tell
    assert pure.through_the_reader() & refused <= {"home_address", "gender", "personal_id", "person_record"}


def nothing(*_: object, **__: object) -> str:
    return ""


def never(*_: object, **__: object) -> bool:
    return False


def empty(*_: object, **__: object) -> frozenset[str]:
    return frozenset()


def first(value: Any, *_: object, **__: object) -> Any:
    return value


def only_rule(module: ModuleType, name: str, without: str) -> Callable[..., frozenset[str]]:
    """A list of rules with one of its lists empty."""
    original = getattr(module, name)
    return lambda *lists: frozenset() if without in lists else original(*lists)


@dataclass(frozen=True)
class Mutant:
    """A filter that is switched off.

    Attributes:
        where: The module or class that holds it.
        name: Its name there.
        off: What stands in its place.
        source: A source whose canaries it holds back.
        kinds: The classes that come through without it.
    """

    where: Any
    name: str
    off: Any
    source: str
    kinds: frozenset[str]


def mutant(where: Any, name: str, off: Any, source: str, *kinds: str) -> Mutant:
    return Mutant(where, name, off, source, frozenset(kinds))


GATE = {
    "free mail": mutant(business, "_free", empty, "ted_eforms", "free_mail"),
    "disposable mail": mutant(business, "_disposable", empty, "web", "disposable_mail"),
    "relays": mutant(business, "_listed", only_rule(business, "_listed", "relay"), "vcard", "disposable_mail"),
    "household providers": mutant(business, "_listed", only_rule(business, "_listed", "isp"), "vcard", "isp_mail"),
    "special domains": mutant(
        business, "_listed", only_rule(business, "_listed", "special_tlds"), "web", "special_mail"
    ),
    "all mail": mutant(
        business, "mail_refusal", nothing, "vcard", "free_mail", "isp_mail", "special_mail", "home_mail"
    ),
    "mail in other texts": mutant(business, "mail_in_text_refusal", nothing, "gleif", "free_mail"),
    "personal domains": mutant(business, "personal_domain", never, "vcard", "personal_domain"),
    "labels of telephones": mutant(business, "_PHONE_LABELS", {}, "vcard", "home_phone", "mobile", "pager"),
    "kinds of telephones": mutant(business, "phone_kind", nothing, "web", "premium", "mobile"),
    "all telephones": mutant(business, "phone_refusal", nothing, "web", "mobile", "premium"),
    "dwellings": mutant(business, "dwelling", never, "vcard", "home_address"),
    "labels of addresses": mutant(screening, "_address_refusal", nothing, "vcard", "home_address"),
    "social networks": mutant(business, "social_refusal", nothing, "vcard", "private_network"),
    "private sites": mutant(business, "site_refusal", nothing, "vcard", "private_network"),
    "payment cards": mutant(business, "card_number", never, "gleif", "card_number"),
    "sensitive titles": mutant(sensitive, "sensitive_title", never, "edgar", "sensitive_title"),
    "sensitive sectors": mutant(sensitive, "sensitive_sector", never, "vcard", "sensitive_sector"),
    "sensitive names": mutant(sensitive, "sensitive_name", never, "ted_eforms", "sensitive_sector"),
    "sensitive industries": mutant(sensitive, "sensitive_industry", never, "companies_house", "sensitive_sector"),
    "parties": mutant(party, "classify", lambda *_, **__: Party.COMPANY, "ocds", "sole_trader"),
    "sole traders": mutant(screening._Scene, "doubtful", property(never), "ted_eforms", "sole_trader"),
    "restrictions": mutant(screening, "_card_refusal", nothing, "nppes", "source_restriction"),
    "roles": mutant(screening, "_person_refusal", nothing, "vcard", "no_role", "sensitive_title"),
    "withdrawal": mutant(screening, "_withdraw", lambda *_: None, "vcard", "home_phone"),
    "suppression": mutant(intake, "_unsuppressed", first, "fdic", "suppressed"),
    "gate": mutant(intake, "screen", lambda cards, *_: screening.Screened(list(cards)), "gleif", "sole_trader"),
}
"""The filters of the gate, by name."""


@pytest.mark.parametrize("name", GATE)
def test_a_filter_of_the_gate_is_needed(name: str, pure: Pure, monkeypatch: pytest.MonkeyPatch) -> None:
    off = GATE[name]
    monkeypatch.setattr(off.where, off.name, off.off)
    forget()
    came = pure.through_the_gate(off.source)
    assert came >= off.kinds


def taken(*_: object) -> str:
    return reading.TAKEN


DECLARED = {
    "vcard": {"birth", "gender", "family", "free_text", "not_on_card", "drift", "personal_id", "money"},
    "web": {"birth", "nationality", "gender", "family", "money", "free_text", "drift"},
    "companies_house": {"birth", "nationality", "residence", "gender", "home_address", "personal_id", "drift"},
    "edgar": {"home_address", "money", "free_text", "drift"},
    "fdic": {"drift"},
    "gleif": {"drift"},
    "nppes": {"person_record", "gender", "personal_id", "drift"},
    "ocds": {"ownership", "birth", "person_record", "drift", "free_text"},
    "ted_eforms": {"ownership", "nationality", "home_address", "home_mail", "drift"},
}
"""What only the declaration of a source keeps from its parser."""


@pytest.mark.parametrize("source", DECLARED)
def test_the_refusals_of_a_declaration_are_needed(source: str, pure: Pure, monkeypatch: pytest.MonkeyPatch) -> None:
    before = pure.through_the_reader(source)
    monkeypatch.setattr(reading.Reader, "_decide", taken)
    # these stand in taken fields as well, where the gate refuses them
    assert pure.through_the_reader(source) - before >= DECLARED[source] - {"home_address", "gender"}
    assert pure.through_the_reader(source) >= DECLARED[source]


def test_the_evidence_of_an_employer_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    def published() -> list[str]:
        return list(mailboxes.judge(UNTIED)["evidence"])

    assert published() == [""]
    monkeypatch.setattr(mailboxes, "evidence", lambda *_: "employer_domain")
    assert published() != [""]


UNTIED = pd.DataFrame(
    {"company_id": ["1"], "domain": ["elsewhere.com"], "mailbox_kind": ["person"], "company_cores": ["sample widgets"],
     "is_site": [False], "staff_with_domain": [1], "companies_with_domain": [1]}
)  # fmt: skip
"""A mailbox at a domain that nothing ties to the employer."""


def test_honorifics_are_stripped_by_one_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    def kept() -> str:
        company, person = Card(Kind.COMPANY, "1", Party.COMPANY), Card(Kind.PERSON, "2", employer="1")
        company.add("company_name", "Sample Ltd")
        person.add("full_name", "Rev. Ada Byron")
        person.add("job_title", "Accountant")
        return repr(screening.screen([company, person], None))

    assert "Rev." not in kept()
    monkeypatch.setattr(sensitive, "without_clerical", first)
    assert "Rev." in kept()


# --- the side ---------------------------------------------------------------------------------------------------------


def leaks(call: Callable[[], object]) -> bool:
    """Whether an error of a call carries the value, in its own words or in those of what it came from."""
    try:
        call()
    except Exception as error:  # noqa: BLE001 - whatever comes is looked into
        chain: BaseException | None = error
        while chain is not None:
            if list(Scanner([Secret(VALUE, ())]).text("", f"{chain!r} {chain} {chain.__dict__}")):
                return True
            chain = chain.__cause__ or chain.__context__
    return False


def insert_twice() -> None:
    engine = sa.create_engine("sqlite://")
    with errors.translated(), engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE t (v text PRIMARY KEY CHECK (v = 'x'))"))
        connection.execute(sa.text("INSERT INTO t VALUES (:v)"), {"v": VALUE})


def test_the_translator_of_errors_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not leaks(insert_twice)
    monkeypatch.setattr(errors, "_fault_of", lambda error: errors.DatabaseFault(str(error)))
    assert leaks(insert_twice)


def stumble() -> None:
    raise KeyError(VALUE) from ValueError(VALUE)


def stumble_late() -> Iterator[int]:
    yield 1
    stumble()


def test_the_sentence_of_a_failure_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = (telling.told(stumble), lambda: list(telling.told(stumble_late)()))
    assert not any(map(leaks, calls))
    monkeypatch.setattr(telling, "sentence", str)
    assert all(map(leaks, calls))


def test_a_failure_tells_what_we_say_and_where_others_stumbled() -> None:
    with pytest.raises(dg.Failure) as told:
        telling.told(stumble)()
    assert str(told.value.description).startswith("KeyError in tests/canary/test_mutants.py, line ")
    with pytest.raises(dg.Failure) as ours:
        telling.told(refuse)()
    assert ours.value.description == str(BadFile(FileFault.EMPTY, "list.csv"))


def refuse() -> None:
    raise BadFile(FileFault.EMPTY, "list.csv")


def test_every_asset_of_the_graph_is_told() -> None:
    found = {
        asset.node_def.name: asset for asset in build_defs().assets or [] if isinstance(asset, dg.AssetsDefinition)
    }
    untold = {
        name for name, asset in found.items()
        if not hasattr(getattr(asset.op.compute_fn, "decorated_fn", None), "__wrapped__")
    }  # fmt: skip
    assert len(found) > len(sources()) * 2
    assert untold == set()


def test_metadata_takes_numbers_only(monkeypatch: pytest.MonkeyPatch) -> None:
    for numbers in ({"kept": VALUE}, {"Kept Of Somebody": 1}):
        with pytest.raises(TypeError) as refused:
            metadata.counts(numbers)  # type: ignore[arg-type]
        assert VALUE not in str(refused.value)
    monkeypatch.setattr(metadata, "_checked", first)
    monkeypatch.setattr(dg.MetadataValue, "int", dg.MetadataValue.text)
    assert VALUE in repr(metadata.counts({"kept": VALUE}))  # type: ignore[dict-item]


def test_the_manager_of_outputs_takes_no_rows() -> None:
    with pytest.raises(dg.DagsterInvariantViolationError) as refused:
        wiring.NoRows().handle_output(dg.build_output_context(asset_key=dg.AssetKey("sample")), VALUE)
    assert VALUE not in str(refused.value)


def test_the_commands_have_the_orchestrator_keep_no_words_of_errors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DAGSTER_REDACT_USER_CODE_ERRORS", "DAGSTER_HOME", "CONTACTS_HOME"):
        monkeypatch.setenv(name, "")
    with instance(Settings(home=tmp_path)) as made:
        assert os.environ["DAGSTER_REDACT_USER_CODE_ERRORS"] == "1"
        assert type(made.compute_log_manager).__name__ == "NoOpComputeLogManager"
    assert not logging.getLogger("dagster.redacted_errors").propagate
