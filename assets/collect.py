"""Collect: an asset a source brings its files into the spool. What belongs here: the assets, not where files are."""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg

from assets.house import Result, house
from assets.metadata import columns, counts, rows
from assets.telling import told
from pipelines.faults import BadFile
from pipelines.sources.declaration import Source
from pipelines.sources.registry import sources
from resources.clock import Clock
from resources.fetcher import FetchFault
from resources.lake import Lake
from resources.screening import is_current
from resources.spool import Spool

FILES = columns(
    name=("text", "Its place among the source's files in order of name: `vcard/#3`."),
    sha256=("text", "Digest of its bytes."),
    bytes=("integer", "Its size."),
    url=("text", "Where it was fetched from; empty for a file of the inbox."),
    etag=("text", "The server's tag of it."),
    last_modified=("text", "The server's date of it."),
)
"""A line of the spool's manifest: files are held whole, for as long as screening takes."""


def outside(source: Source) -> dg.AssetSpec:
    """The source itself, as the left edge of the graph."""
    return dg.AssetSpec(
        ["web", source.id],
        description=f"A source: {source.title}, published by {source.publisher}.",
        metadata={"url": dg.MetadataValue.url(source.url), "licence": source.licence, "cadence": source.cadence},
        **house("web", group=source.group, personal="unscreened", automated=False, source=source.id),
    )


def snapshot(source: Source) -> dg.AssetsDefinition:
    """The asset that collects one source."""

    @dg.asset(
        key=["collect", f"{source.id}_snapshot"],
        deps=[["web", source.id], ["rights", "suppressions"]],
        description=f"The files of one source as they are now, spooled for screening: {source.title}.",
        metadata={"dagster/column_schema": FILES},
        check_specs=[
            dg.AssetCheckSpec(
                "holds_files",
                asset=["collect", f"{source.id}_snapshot"],
                blocking=True,
                description="The snapshot holds at least one file with bytes in it.",
            )
        ],
        pool=f"source_{source.id}",
        **house("collect", group=source.group, personal="unscreened", automated=False, source=source.id),
    )
    @told
    def collected(
        spool: dg.ResourceParam[Spool], lake: dg.ResourceParam[Lake], clock: dg.ResourceParam[Clock]
    ) -> Result:
        if not spool.offered(source):
            return _result(0, 0, skipped=1)
        try:
            found = spool.collect(source, clock.now())
        except (BadFile, FetchFault) as bad:
            spool.clear(source.id)
            raise dg.Failure(description=str(bad), allow_retries=False) from None
        unchanged = is_current(found, lake)
        if unchanged:
            spool.clear(source.id)
        return _result(len(found.files), sum(file.bytes for file in found.files), unchanged=int(unchanged))

    return collected


def _result(files: int, size: int, *, unchanged: int = 0, skipped: int = 0) -> Result:
    return dg.MaterializeResult(
        metadata={**rows(files), **counts({"bytes": size, "unchanged": unchanged, "not_offered": skipped})},
        check_results=[dg.AssetCheckResult(passed=bool(size or skipped), check_name="holds_files")],
    )


def all_assets() -> Iterator[dg.AssetsDefinition | dg.AssetSpec]:
    """The sources and what collects them."""
    for source in sources().values():
        yield outside(source)
        yield snapshot(source)
