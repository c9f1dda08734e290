"""The house rules, walked over every asset: what a new asset must have to be let in."""

from __future__ import annotations

from collections import Counter

import dagster as dg
import pytest

from assets.definitions import build_defs
from assets.house import HOUSE_CONDITION
from assets.metadata import counts
from pipelines.sources.registry import sources

NOT_OURS = ("web",)
"""The sources themselves: nothing here makes them, so nothing can check them or say what columns they have."""

NOT_DERIVED = ("web", "collect", "retain", "rights")
"""Asked or served by the clock: a schedule starts them, never what stands before them."""

GROUPS = {
    "web": "collect",
    "collect": "collect",
    "screen": "screen",
    "verify": "verify",
    "resolve": "resolve",
    "curated": "curate",
    "evidence": "curate",
    "mart": "deliver",
    "retain": "govern/retention",
    "rights": "govern/rights",
}
LINE = ("rights", "collect", "screen", "verify", "resolve", "curated", "evidence", "mart", "retain")
SAME_TITLE = {"companies"}
"""`resolve/companies` says which cards are one company, `curated/companies` holds them: one noun, two stages."""
KEYS = sorted(spec.key.to_user_string() for spec in build_defs().resolve_all_asset_specs())
MADE = [key for key in KEYS if not key.startswith(NOT_OURS)]

every = pytest.mark.parametrize("key", KEYS)
every_made = pytest.mark.parametrize("key", MADE)


def stage(spec: dg.AssetSpec) -> str:
    return str(spec.tags["stage"])


def schema(spec: dg.AssetSpec) -> list[dg.TableColumn]:
    found = spec.metadata["dagster/column_schema"]
    assert isinstance(found, dg.TableSchema)
    return list(found.columns)


@every
def test_key_is_stage_and_noun(specs: dict[str, dg.AssetSpec], key: str) -> None:
    first, noun = specs[key].key.path
    assert first in GROUPS
    assert noun == noun.lower()


@every
def test_group_is_the_stage(specs: dict[str, dg.AssetSpec], key: str) -> None:
    group, wanted = str(specs[key].group_name), GROUPS[specs[key].key.path[0]]
    assert group == wanted or (wanted == "collect" and group.startswith("collect/"))


@every
def test_owner_is_a_team_of_ours(specs: dict[str, dg.AssetSpec], key: str) -> None:
    protected = stage(specs[key]) in {"screen", "retain", "rights"}
    assert list(specs[key].owners) == ["team:data-protection" if protected else "team:data-engineering"]


@every
def test_two_or_three_kinds(specs: dict[str, dg.AssetSpec], key: str) -> None:
    assert 2 <= len(specs[key].kinds) <= 3


@every
def test_tags_say_what_personal_data_it_holds(specs: dict[str, dg.AssetSpec], key: str) -> None:
    spec = specs[key]
    assert spec.tags["personal_data"] in {"none", "unscreened", "business-card", "suppressed"}
    assert (spec.tags["personal_data"] == "unscreened") == (stage(spec) == "collect")
    if stage(spec) in {"collect", "screen"}:
        assert spec.tags["source"] in sources()


@every
def test_description_begins_with_a_plain_sentence(specs: dict[str, dg.AssetSpec], key: str) -> None:
    text = (specs[key].description or "").strip()
    first = text.split("\n\n", maxsplit=1)[0]
    assert first[:1].isupper() or first[:1].isdigit()
    assert first.endswith(".")
    assert 20 <= len(first) <= 200
    assert not set("`*#_[]<>|") & set(first), "the catalog shows it raw"


@every_made
def test_every_column_is_typed_explained_and_classed(specs: dict[str, dg.AssetSpec], key: str) -> None:
    columns = schema(specs[key])
    assert columns
    assert len({column.name for column in columns}) == len(columns)
    for column in columns:
        assert column.type
        assert (column.description or "").endswith((".", "…")), column.name
        assert column.tags["class"] in {"business-card", "register", "operational"}


def test_columns_that_hold_people_are_classed_as_such(specs: dict[str, dg.AssetSpec]) -> None:
    wanted = {
        "screen/": {"value", "first_name", "last_name", "street_address"},
        "verify/cards": {"normal", "first_name", "last_name"},
        "curated/contacts": {"full_name", "first_name", "last_name"},
        "curated/emails": {"email_address"},
        "curated/phones": {"e164", "extension"},
        "evidence/claims": {"value"},
        "mart/contact_current": {"full_name", "job_title", "work_email", "work_phone"},
        "mart/conflicts": {"winner", "others"},
        "mart/job_changes": {"full_name", "former_title", "former_company"},
    }
    for start, names in wanted.items():
        for key in (key for key in specs if key.startswith(start)):
            classes = {column.name: column.tags["class"] for column in schema(specs[key])}
            assert {name for name in names if classes[name] == "business-card"} == names, key


@every_made
def test_a_blocking_check_stands_behind_it(checks: dict[str, list[dg.AssetCheckSpec]], key: str) -> None:
    assert any(check.blocking for check in checks[key])
    for check in checks[key]:
        assert (check.description or "").endswith(".")


def test_only_the_checks_that_warn_do_not_block(checks: dict[str, list[dg.AssetCheckSpec]]) -> None:
    free = {check.name for found in checks.values() for check in found if not check.blocking}
    assert free == {"no_undeclared_field", "judgements_agree", "the_gate_held_everything_private_back"}


@every
def test_what_is_derived_follows_under_the_house_condition_and_nothing_else_does(
    specs: dict[str, dg.AssetSpec], key: str
) -> None:
    condition = specs[key].automation_condition
    assert condition == (None if key.startswith(NOT_DERIVED) else HOUSE_CONDITION)


def test_the_house_condition_is_not_bare_eager() -> None:
    bare = dg.AutomationCondition.eager()
    guard = dg.AutomationCondition.all_deps_blocking_checks_passed()
    assert (bare & guard).with_label("house") == HOUSE_CONDITION


def test_titles_are_unique(specs: dict[str, dg.AssetSpec]) -> None:
    """A node of the lineage shows the last segment of its key only."""
    titles = Counter(spec.key.path[-1] for spec in specs.values())
    assert {title for title, n in titles.items() if n > 1} == SAME_TITLE


def test_edges_between_stages_only_go_forward(specs: dict[str, dg.AssetSpec]) -> None:
    def place(key: dg.AssetKey) -> int:
        return LINE.index("collect" if key.path[0] == "web" else key.path[0])

    edges = [(dep.asset_key, spec.key) for spec in specs.values() for dep in spec.deps]
    assert [(one, other) for one, other in edges if place(one) > place(other)] == []


def test_every_edge_ends_at_an_asset_that_exists(specs: dict[str, dg.AssetSpec]) -> None:
    assert {dep.asset_key.to_user_string() for spec in specs.values() for dep in spec.deps} <= set(specs)


def test_every_source_has_its_three_assets(specs: dict[str, dg.AssetSpec]) -> None:
    for source in sources():
        assert {f"web/{source}", f"collect/{source}_snapshot", f"screen/{source}_cards"} <= set(specs)
    assert len([key for key in specs if key.startswith("web/")]) == len(sources())


def test_metadata_takes_numbers_only() -> None:
    assert counts({"kept": 3})["kept"].value == 3
    for wrong in ("3", 0.5, None, ["3"]):
        with pytest.raises(TypeError, match="'kept' must be a count") as refusal:
            counts({"kept": wrong})  # type: ignore[dict-item]
        assert repr(wrong) not in str(refusal.value)
