"""Every filter is needed: with any one of them switched off, canaries come through."""

from __future__ import annotations

import ast
import inspect
import io
import json
import logging
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
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
from pipelines.curate import golden, mailboxes, second_look
from pipelines.faults import BadFile
from pipelines.reasons import FileFault, RecordFault, Refusal
from pipelines.screen import (
    business,
    formats,
    intake,
    judge,
    party,
    reading,
    restriction,
    rules,
    screening,
    sensitive,
)
from pipelines.sources.ocds import parse as ocds
from pipelines.sources.registry import sources
from pipelines.steps import Step
from resources import errors, wiring
from resources.settings import Settings
from tests.canary.corpus import Corpus, write
from tests.canary.scanner import Scanner, Secret
from tests.world.golden_world import Golden, mail, name, person_name

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
        for each in names or sources():
            source = sources()[each]
            for file in sorted((self.inbox / each).iterdir()):
                content = file.read_bytes()
                feed = source.feed_of(file.name, content[:65_536].decode("utf-8", "replace"))
                assert feed is not None, file.name
                yield io.BytesIO(content), source, feed, intake.Ledger(each)

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
        of: The function that is switched off, where it is held by a table.
    """

    where: Any
    name: str
    off: Any
    source: str
    kinds: frozenset[str]
    of: str = ""


def mutant(where: Any, name: str, off: Any, source: str, *kinds: str, of: str = "") -> Mutant:
    return Mutant(where, name, off, source, frozenset(kinds), of)


def without(field: str) -> dict[str, Callable[..., str]]:
    """The rules by field, that of one field switched off."""
    return {**screening._BY_FIELD, field: nothing}


def unjudged(scene: Any, outcome: screening.Screened, _: object) -> None:
    outcome.kept.append(scene.card)


def any_organisation(*_: object) -> Any:
    return screening._Organisation(Party.COMPANY)


def always(*_: object, **__: object) -> bool:
    return True


def flags_that_bind_nobody(subject: str) -> Any:
    return {source: {flag: {} for flag in named} for source, named in rules.rules(subject).items()}


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
    "pages of organisations": mutant(screening, "_page", nothing, "web", "private_page"),
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
    "domains of mail": mutant(business, "mail_domain_refusal", nothing, "vcard", "free_mail", "isp_mail"),
    "role mailboxes": mutant(business, "role_mailbox", always, "web", "sensitive_sector"),
    "mailboxes of people": mutant(screening, "_somebodys", never, "web", "somebodys_mail"),
    "mail by field": mutant(screening, "_BY_FIELD", without("email_address"), "vcard", "free_mail", of="_mail"),
    "phones by field": mutant(screening, "_BY_FIELD", without("phone"), "vcard", "home_phone", "pager", of="_phone"),
    "pages by field": mutant(
        screening, "_BY_FIELD", without("social_profile"), "vcard", "private_network", of="_social"
    ),
    "sites by field": mutant(screening, "_BY_FIELD", without("website"), "vcard", "private_network", of="_site"),
    "numbers of persons": mutant(
        screening, "_BY_FIELD", without("identifier"), "ocds", "personal_id", of="_identifier"
    ),
    "any text": mutant(screening, "_any_refusal", nothing, "gleif", "card_number", "free_mail"),
    "hidden in texts": mutant(screening, "text_refusal", nothing, "gleif", "card_number", "free_mail"),
    "contact values by party": mutant(screening, "_party_refusal", nothing, "ted_eforms", "sole_trader"),
    "streets": mutant(screening, "_reduction", nothing, "vcard", "home_address"),
    "claims": mutant(screening, "_screen_card", unjudged, "vcard", "home_phone", "free_mail"),
    "organisations": mutant(screening, "_organisation", any_organisation, "vcard", "sensitive_sector"),
    "values that are private anywhere": mutant(screening, "_VALUE_IS_PRIVATE", frozenset(), "vcard", "home_phone"),
    "flags of sources": mutant(
        restriction, "rules", flags_that_bind_nobody, "vcard", "source_restriction", of="objection"
    ),
    "gate": mutant(intake, "screen", lambda cards, *_: screening.Screened(list(cards)), "gleif", "sole_trader"),
}
"""The filters of the gate, by name."""

ELSEWHERE = {
    (screening, "screen"): "test_a_filter_of_the_gate_is_needed[gate]",
    (screening, "_admit_name"): "test_honorifics_are_stripped_by_one_filter",
    (business, "placeholder"): "what says nothing lets nothing out",
    (business, "nobodys_name"): "what is nobody's lets nobody out",
    (party, "has_form"): "only parsers ask it, of who buys; it refuses nothing",
    (party, "is_natural_form"): "test_a_party_is_told_by_one_filter_each",
    (party, "is_private_trust"): "test_a_party_is_told_by_one_filter_each",
    (party, "leads_to_a_person"): "test_who_is_at_home_at_an_address_is_told_by_one_filter",
    (business, "aside_refusal"): "test_what_a_title_says_beside_is_told_by_one_filter",
}
"""Rules that are no mutant of the list above, each with where they are switched off, or why there is no need."""

MODULES = (business, intake, party, restriction, screening, sensitive)
NO_VALUES = {"no_business_evidence", "ended", "stale"}
"""Codes of what waits or has ended: curate's, whose filters are switched off further below."""


def rules_of(module: ModuleType) -> dict[str, set[str]]:
    """The rules that a module defines with the codes they refuse by: whatever names a code, or judges yes or no."""
    tree, found = ast.parse(inspect.getsource(module)), {}
    for node in tree.body:
        codes = {
            part.attr
            for part in ast.walk(node)
            if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id == "Refusal"
        }
        if isinstance(node, ast.FunctionDef):
            judges = isinstance(node.returns, ast.Name) and node.returns.id == "bool" and node.name[0] != "_"
            if codes or judges:
                found[node.name] = codes
        elif codes and isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            assert isinstance(target, ast.Name)
            found[target.id] = codes
    return found


def switched() -> set[tuple[ModuleType, str]]:
    return {(each.where, name) for each in GATE.values() for name in (each.name, each.of) if name}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_rule_of_the_gate_is_switched_off_somewhere(module: ModuleType) -> None:
    found = {(module, name) for name in rules_of(module)}
    assert found - switched() - set(ELSEWHERE) == set()


def test_no_rule_is_forgotten_because_its_module_is() -> None:
    """Whatever module of the gate names a code is one of those looked into, or asks them of a single card."""
    folder = Path(screening.__file__).parent
    naming = {file.stem for file in folder.rglob("*.py") if "Refusal." in file.read_text("utf-8")}
    assert naming - {"judging"} <= {module.__name__.rpartition(".")[2] for module in MODULES}


def test_every_code_of_refusal_has_its_mutant() -> None:
    by_rule = {code for module in MODULES for codes in rules_of(module).values() for code in codes}
    named = {str(getattr(Refusal, code)) for code in by_rule}
    declared = {str(code) for source in sources().values() for feed in source.feeds.values()
                for code in feed.refused.values()}  # fmt: skip
    assert set(map(str, Refusal)) - named - declared - NO_VALUES == set()
    assert {source for source, spec in sources().items() if any(feed.refused for feed in spec.feeds.values())} <= set(
        DECLARED
    ), "what a declaration refuses is switched off source by source"


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
     "is_site": [False], "staff_with_domain": [1], "companies_with_domain": [1], "companies_with_site": [0]}
)  # fmt: skip
"""A mailbox at a domain that nothing ties to the employer."""


@pytest.mark.parametrize(
    ("where", "name", "off", "field", "value"),
    [
        (sensitive, "sensitive_title", never, "job_title", "Parish Priest"),
        (sensitive, "sensitive_name", never, "company_name", "Sample Parish Church"),
        (sensitive, "sensitive_industry", never, "industry", "UKSIC:94910"),
        (business, "social_refusal", nothing, "social_profile", "https://tinder.com/@sample"),
        (screening, "text_refusal", nothing, "address", "Box 4111 1111 1111 1111"),
        (second_look, "refusal", nothing, "job_title", "Parish Priest"),
    ],
)  # fmt: skip
def test_the_second_look_is_needed(
    where: Any, name: str, off: Any, field: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = pd.DataFrame({"field": [field], "value": [value], "of_person": [False]})
    assert second_look.judge(asked)["refusal"].tolist() != [""]
    monkeypatch.setattr(where, name, off)
    assert second_look.judge(asked)["refusal"].tolist() == [""]


@pytest.mark.parametrize("step", ["withheld", "mailboxes", "employments"])
def test_what_curate_holds_back_by_is_needed(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step of curate that answers nothing lets a person at a church, an untied mailbox or one long gone through."""

    def shown(folder: Path) -> set[str]:
        folder.mkdir()
        world = Golden(folder)
        world.card("1", "A", name("Sample Hall Ltd"), source="web")
        world.card("2", "A", name("Sample Parish Church"))
        world.card("3", "B", name("Birch Ltd", core="zzz"), mail("x@elsewhere-invented.com", "role"))
        world.job("p", "P", "1", person_name("Ada", "Byron"), source="web")
        world.job("q", "Q", "3", person_name("Bob", "Byron"), stated="2020-01-01")
        tables = world.tables()
        return {*tables["contacts"]["contact_id"], *tables["emails"]["email_address"]}

    assert shown(tmp_path / "sound") == set()
    steps = [_blind(each) if each.name == step else each for each in golden.steps()]
    monkeypatch.setattr(golden, "steps", lambda: tuple(steps))
    assert shown(tmp_path / "blind") == {BLIND[step][0]}


BLIND = {
    "withheld": ("P", "SELECT * FROM ({}) AS sound WHERE 1 = 0"),
    "mailboxes": ("x@elsewhere-invented.com", ""),
    "employments": ("Q", "SELECT * REPLACE (true AS is_published, true AS is_current) FROM ({}) AS sound"),
}
"""What comes through without a step, and the query in its place."""


def _blind(step: Step) -> Step:
    if step.rule:
        return replace(step, rule=lambda batch: batch.assign(evidence="employer_domain"))
    return replace(step, query=BLIND[step.name][1].format(step.query))


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


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("company_name", "Vera Roe Deceased Will Trust", "is_private_trust"),
        ("legal_form", "1000", "is_natural_form"),
    ],
)
def test_a_party_is_told_by_one_filter_each(field: str, value: str, rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def found() -> Party:
        forget()
        card = Card(Kind.COMPANY, "1")
        card.add("company_name", "Sample Trading Trust")
        card.add(field, value)
        return party.classify(card, organisations_only=True)

    assert found() is not Party.COMPANY
    monkeypatch.setattr(party, rule, never)
    assert found() is Party.COMPANY


def test_who_is_at_home_at_an_address_is_told_by_one_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    def kept() -> str:
        buyer = {"id": "1", "name": "Sample Parish Council", "roles": ["buyer"],
                 "address": {"streetAddress": "Clerk: Mrs W Quellen, 4 Ash Close", "locality": "Leeds"}}  # fmt: skip
        return repr(list(ocds.releases({"ocid": "x", "id": "y", "parties": [buyer]})))

    assert "Ash Close" not in kept()
    monkeypatch.setattr(ocds, "leads_to_a_person", never)
    assert "Ash Close" in kept()


def test_what_a_title_says_beside_is_told_by_one_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    card = {"full_name": "Anna Roe", "company_name": "Sample Ltd", "job_title": "Engineer born 12.03.1975"}
    assert judge(card).refused["job_title"] == Refusal.BIRTH
    monkeypatch.setattr(business, "aside_refusal", nothing)
    assert judge(card).kept["job_title"] == card["job_title"]


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
    for variable in ("DAGSTER_REDACT_USER_CODE_ERRORS", "DAGSTER_HOME", "CONTACTS_HOME"):
        monkeypatch.setenv(variable, "")
    with instance(Settings(home=tmp_path)) as made:
        assert os.environ["DAGSTER_REDACT_USER_CODE_ERRORS"] == "1"
        assert type(made.compute_log_manager).__name__ == "NoOpComputeLogManager"
    assert not logging.getLogger("dagster.redacted_errors").propagate
