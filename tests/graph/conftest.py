"""The graph, assembled once: what the tests of this folder look at."""

from __future__ import annotations

import dagster as dg
import pytest

from assets.definitions import build_defs


@pytest.fixture(scope="session")
def defs() -> dg.Definitions:
    return build_defs()


@pytest.fixture(scope="session")
def specs(defs: dg.Definitions) -> dict[str, dg.AssetSpec]:
    return {spec.key.to_user_string(): spec for spec in defs.resolve_all_asset_specs()}


@pytest.fixture(scope="session")
def checks(defs: dg.Definitions) -> dict[str, list[dg.AssetCheckSpec]]:
    found: dict[str, list[dg.AssetCheckSpec]] = {}
    for asset in defs.assets or ():
        if isinstance(asset, dg.AssetsDefinition):
            for check in asset.check_specs:
                found.setdefault(check.asset_key.to_user_string(), []).append(check)
    return found
