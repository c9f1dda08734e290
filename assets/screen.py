"""Screen: an asset a source turns its snapshot into screened cards. What belongs here: the assets, not the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import dagster as dg

from assets.house import Result, house
from assets.metadata import CARD_MEANINGS, columns, counts, picture, rows
from assets.telling import told
from pipelines.card import CARD_COLUMNS, CLAIM_COLUMNS
from pipelines.faults import BadFile
from pipelines.reasons import FileFault
from pipelines.screen.intake import Ledger
from pipelines.sources.declaration import Source
from pipelines.sources.registry import sources
from resources.lake import Lake
from resources.screening import ENTRIES, dataset, is_current, screen_snapshot
from resources.spool import Spool

CARDS = columns(*CARD_COLUMNS, *(name for name in CLAIM_COLUMNS if name not in CARD_COLUMNS), **CARD_MEANINGS)
"""The columns of both tables of the dataset, `cards` and `claims`."""


def cards(source: Source) -> dg.AssetsDefinition:
    """The asset that screens one source."""
    key = ["screen", f"{source.id}_cards"]

    @dg.asset(
        key=key,
        deps=[["collect", f"{source.id}_snapshot"]],
        description=f"Business-card fields of one source, the rest refused and counted by reason: {source.title}.",
        metadata={"dagster/column_schema": CARDS, "licence": source.licence},
        check_specs=[
            dg.AssetCheckSpec(
                "every_record_is_accounted_for", asset=key, blocking=True,
                description="Each record read was kept, refused or set aside; none is lost.",
            ),
            dg.AssetCheckSpec(
                "no_undeclared_field", asset=key,
                description="Every field of every record is named in the source's declaration.",
            ),
            dg.AssetCheckSpec(
                "source_restrictions_are_kept", asset=key, blocking=True,
                description="Nothing comes through of which the source itself says that it may not be passed on.",
            ),
        ],
        **house("screen", source=source.id),
    )  # fmt: skip
    @told
    def screened(spool: dg.ResourceParam[Spool], lake: dg.ResourceParam[Lake]) -> Result:
        snapshot = spool.manifest(source.id)
        if snapshot is None or is_current(snapshot, lake):
            spool.clear(source.id)
            return _unchanged(lake.current(dataset(source.id)))
        if not spool.files(source.id):
            raise dg.Failure(description=str(BadFile(FileFault.NO_FILE, source.id, "collect it first")))
        try:
            return _result(screen_snapshot(source, snapshot, spool, lake))
        except BadFile as bad:
            raise dg.Failure(description=str(bad), allow_retries=False) from None

    return screened


def _unchanged(current: dict[str, dict[str, int]] | None) -> Result:
    numbers = current["counts"] if current else {}
    return dg.MaterializeResult(
        metadata={**rows(numbers.get("kept", 0)), **counts({**numbers, "unchanged": 1})},
        check_results=_checks(0, numbers),
    )


def _result(ledger: Ledger) -> Result:
    numbers = {entry: ledger.total(entry) for entry in ENTRIES}
    numbers["unknown_files"] = ledger.by_code("file").get("unknown", 0)
    lost = int(bool(numbers["read"]) and not (numbers["kept"] or numbers["set_aside"] or numbers["refused"]))
    return dg.MaterializeResult(
        metadata={
            **rows(numbers["kept"]),
            **counts({**numbers, "unchanged": 0}),
            "why_refused": picture(ledger.by_code("refused"), "Refused, by reason"),
            "why_set_aside": picture(ledger.by_code("set_aside"), "Set aside, by reason"),
        },
        check_results=_checks(lost, numbers),
    )


def _checks(lost: int, numbers: Mapping[str, int]) -> list[dg.AssetCheckResult]:
    drift, restricted, passed_on = (numbers.get(entry, 0) for entry in ("drift", "restricted", "passed_on"))
    return [
        dg.AssetCheckResult(passed=not lost, check_name="every_record_is_accounted_for"),
        dg.AssetCheckResult(
            passed=not drift,
            check_name="no_undeclared_field",
            severity=dg.AssetCheckSeverity.WARN,
            metadata=counts({"values_in_undeclared_fields": drift}),
        ),
        dg.AssetCheckResult(
            passed=not passed_on,
            check_name="source_restrictions_are_kept",
            metadata=counts({"restricted": restricted, "passed_on": passed_on}),
        ),
    ]


def all_assets() -> Iterator[dg.AssetsDefinition]:
    """What screens each source."""
    return map(cards, sources().values())
