"""Automation on the real graph: what is new is followed, and nothing follows a failed blocking check."""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg
import pytest

from assets.house import Result


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.instance_for_test() as found:
        yield found


def made(instance: dg.DagsterInstance, *assets: str) -> None:
    for asset in assets:
        instance.report_runless_asset_event(dg.AssetMaterialization(dg.AssetKey.from_user_string(asset)))


def checked(
    instance: dg.DagsterInstance, checks: dict[str, list[dg.AssetCheckSpec]], asset: str, *, passed: bool
) -> None:
    for check in checks[asset]:
        instance.report_runless_asset_event(
            dg.AssetCheckEvaluation(check.asset_key, check.name, passed, blocking=check.blocking)
        )


class Watch:
    """The automation sensor, tick after tick."""

    def __init__(self, defs: dg.Definitions, instance: dg.DagsterInstance) -> None:
        self._defs, self._instance = defs, instance
        self._cursor: object = None

    def tick(self) -> set[str]:
        result = dg.evaluate_automation_conditions(self._defs, self._instance, cursor=self._cursor)  # type: ignore[arg-type]
        self._cursor = result.cursor
        keys = self._defs.resolve_asset_graph().get_all_asset_keys()
        return {key.to_user_string() for key in keys if result.get_num_requested(key)}


@pytest.fixture
def everything(specs: dict[str, dg.AssetSpec]) -> list[str]:
    return [key for key in specs if not key.startswith("web/")]


def test_a_failed_blocking_check_requests_nothing_downstream_and_a_passed_one_does(
    defs: dg.Definitions,
    instance: dg.DagsterInstance,
    checks: dict[str, list[dg.AssetCheckSpec]],
    everything: list[str],
) -> None:
    made(instance, *everything)
    for asset in everything:
        checked(instance, checks, asset, passed=True)
    watch = Watch(defs, instance)
    watch.tick()

    made(instance, "verify/cards")
    checked(instance, checks, "verify/cards", passed=False)
    assert watch.tick() == set()

    made(instance, "verify/cards")
    checked(instance, checks, "verify/cards", passed=True)
    assert {"verify/domains", "resolve/companies"} <= watch.tick()


def test_suppressions_and_curated_tables_start_neither_sources_nor_retention(
    defs: dg.Definitions,
    instance: dg.DagsterInstance,
    checks: dict[str, list[dg.AssetCheckSpec]],
    everything: list[str],
) -> None:
    made(instance, *everything)
    watch = Watch(defs, instance)
    watch.tick()
    for asset in ("rights/suppressions", "curated/contacts", "curated/employments"):
        made(instance, asset)
        checked(instance, checks, asset, passed=True)
    assert not {asset for asset in watch.tick() if asset.startswith(("collect/", "retain/", "rights/", "web/"))}


def test_bare_eager_would_run_on_after_the_failure(instance: dg.DagsterInstance) -> None:
    """Why the house has a condition of its own: should Dagster ever mend this, the house can do without."""

    @dg.asset(check_specs=[dg.AssetCheckSpec("sound", asset="up", blocking=True)])
    def up() -> Result:
        return dg.MaterializeResult()

    @dg.asset(deps=["up"], automation_condition=dg.AutomationCondition.eager())
    def down() -> None: ...

    defs = dg.Definitions([up, down])
    made(instance, "up", "down")
    watch = Watch(defs, instance)
    watch.tick()
    made(instance, "up")
    instance.report_runless_asset_event(
        dg.AssetCheckEvaluation(dg.AssetKey("up"), "sound", passed=False, blocking=True)
    )
    assert watch.tick() == {"down"}


def test_the_sensor_watches_every_asset(defs: dg.Definitions, specs: dict[str, dg.AssetSpec]) -> None:
    sensor = defs.resolve_sensor_def("make_what_is_outdated")
    assert isinstance(sensor, dg.AutomationConditionSensorDefinition)
    watched = sensor.asset_selection.resolve(defs.resolve_asset_graph())
    assert watched >= {spec.key for spec in specs.values() if spec.automation_condition}
