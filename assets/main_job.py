"""The main job on the command line: what to run, and what to tell of it when it is done."""

from __future__ import annotations

import json
from typing import Any

import dagster as dg
from rich.console import Console
from rich.table import Table

from assets.offered import left_alone, offered
from assets.running import Progress, run_job
from pipelines.sources.registry import sources
from resources.database import Database
from resources.settings import BadSettings, Settings

JOBS = ("refresh", "retention", "rights", "deliver", "maintenance")
WIDTH = 160
"""Columns of the tables when nobody's terminal says how wide it is."""
QUERIES = {
    "People to reach, with confidence and sources": """
        SELECT full_name, job_title, company_name, work_email, work_phone, job_confidence AS sure, sources
        FROM mart.contact_current ORDER BY cardinality(sources) DESC, job_confidence DESC, full_name LIMIT 5""",
    "Companies that several sources describe": """
        SELECT display_name, country_code AS country, primary_domain, identifiers, people, confidence AS sure, sources
        FROM mart.company_current WHERE cardinality(sources) > 1
        ORDER BY cardinality(sources) DESC, confidence DESC, display_name LIMIT 5""",
    "Where one person's values come from": """
        SELECT full_name, field, value, source, record_id, stated_on FROM mart.contact_360
        WHERE contact_id = (SELECT contact_id FROM curated.contacts ORDER BY source_count DESC, contact_id LIMIT 1)
        ORDER BY field, value, source LIMIT 8""",
    "What was refused, and why": """
        SELECT r.code, s.sentence, sum(r.n) AS times FROM privacy.refusals AS r JOIN privacy.reasons AS s USING (code)
        GROUP BY 1, 2 ORDER BY 3 DESC, 1 LIMIT 8""",
    "What each source adds": """
        SELECT source, cards, companies, contacts, published_values FROM mart.source_contribution
        WHERE cards > 0 ORDER BY published_values DESC""",
}
TOTALS = {
    "records_read": "SELECT coalesce(sum(records), 0) FROM evidence.snapshots",
    "refused": "SELECT coalesce(sum(n), 0) FROM privacy.refusals WHERE entry = 'refused'",
    "set_aside": "SELECT coalesce(sum(n), 0) FROM privacy.refusals WHERE entry = 'set_aside'",
    "waiting_or_stale": "SELECT coalesce(sum(n), 0) FROM privacy.refusals WHERE entry = 'unpublished'",
    "cards": "SELECT count(*) FROM match.members",
    "companies": "SELECT count(*) FROM curated.companies",
    "people": "SELECT count(*) FROM curated.contacts",
    "emails": "SELECT count(*) FROM curated.emails",
    "phones": "SELECT count(*) FROM curated.phones",
}


def run_command(job: str, settings: Settings, *, as_json: bool) -> bool:
    """Runs a job and prints what it did.

    Args:
        job: One of `JOBS`.
        settings: Where everything is.
        as_json: Print one JSON object instead of tables.

    Returns:
        Whether it did all that it says.
    """
    if job not in JOBS:
        raise BadSettings([f"there is no job {job!r}: choose one of {', '.join(JOBS)}"])
    console = Console()
    if not console.is_terminal:
        console.width = WIDTH
    shown = None if as_json else console
    selection = _selection(settings) if job == "refresh" else None
    if job == "refresh" and settings.inbox and (warning := left_alone(offered(settings.inbox)[1])):
        Console(stderr=True).print(f"[yellow]{warning}[/]", soft_wrap=True, highlight=False)
    database = Database(settings)
    database.migrate()
    runs = [run_job(job, settings, shown, selection)]
    if job == "refresh" and _only_sources_failed(runs[0]):
        # the same that the sensor does in a deployment: what is good is published all the same
        if shown:
            console.print("[yellow]A source failed: publishing the others, and what it gave last.[/]")
        runs.append(run_job("publish", settings, shown))
    _report(job, runs, database, console, as_json=as_json)
    return all(not one.faults and not one.checks for one in runs)


def _selection(settings: Settings) -> list[dg.AssetKey]:
    """The assets of the chosen sources and all that follow them."""
    chosen = _chosen(settings)
    from assets.definitions import build_defs  # noqa: PLC0415 - the graph is only needed to leave some of it out

    every = build_defs().resolve_job_def("refresh").asset_layer.executable_asset_keys
    left_out = {f"{source}_{what}" for source in sources() if source not in chosen for what in ("snapshot", "cards")}
    return sorted(key for key in every if key.path[-1] not in left_out)


def _chosen(settings: Settings) -> set[str]:
    """The sources that were named, else those that there are files or addresses of."""
    unknown = set(settings.sources) - set(sources())
    if unknown:
        raise BadSettings([f"no source {', '.join(sorted(unknown))}: see `contacts sources`"])
    if settings.sources:
        return set(settings.sources)
    if settings.inbox is None:
        return {source.id for source in sources().values() if any(feed.urls for feed in source.feeds.values())}
    return set(offered(settings.inbox)[0])


def _only_sources_failed(progress: Progress) -> bool:
    return bool(progress.faults) and all(step.startswith(("collect/", "screen/")) for step in progress.faults)


def _report(job: str, runs: list[Progress], database: Database, console: Console, *, as_json: bool) -> None:
    faults = {step: fault for one in runs for step, fault in one.faults.items()}
    checks = [check for one in runs for check in one.checks]
    totals = {name: int(database.scalar(query)) for name, query in TOTALS.items()}
    changed = {
        asset: {name: said[name] for name in ("inserted", "updated", "removed")}
        for one in runs
        for asset, said in one.said.items()
        if "inserted" in said
    }
    if as_json:
        console.print_json(
            json.dumps({"job": job, "failed": faults, "checks": checks, "totals": totals, "changed": changed})
        )
        return
    if job == "refresh":
        _show(database, console)
    _line(console, "In the database now", totals)
    if changed:
        sums = {name: sum(one[name] for one in changed.values()) for name in ("inserted", "updated", "removed")}
        _line(console, "Rows of this run", sums)
    for step, fault in faults.items():
        console.print(f"[red]✗ {step}[/]: {fault}", soft_wrap=True)
    for check in checks:
        console.print(f"[red]✗ check {check}[/]")
    console.print(f"\nDatabase:  [bold]{database.shown()}[/]", soft_wrap=True, highlight=False)
    console.print("           also by `contacts url`; try  SELECT * FROM mart.contact_current;")
    console.print("Dagster:   [bold]make ui[/], then http://127.0.0.1:3000 in a browser\n", highlight=False)


def _show(database: Database, console: Console) -> None:
    for title, query in QUERIES.items():
        rows = database.rows(query)
        table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
        for column in rows[0] if rows else ():
            # what people copy stays in one piece
            table.add_column(column, overflow="fold", no_wrap="email" in column)
        for row in rows:
            table.add_row(*(_cell(value) for value in row.values()))
        console.print(table)
        console.print()


def _cell(value: Any) -> str:  # noqa: ANN401 - whatever a query returns
    if value is None:
        return ""
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _line(console: Console, title: str, numbers: dict[str, int]) -> None:
    words = "   ".join(f"{name.replace('_', ' ')} [bold]{number:,}[/]" for name, number in numbers.items())
    console.print(f"[bold]{title}:[/] {words}", soft_wrap=True, highlight=False)
