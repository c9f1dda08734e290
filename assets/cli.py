"""The `contacts` command: run a job, reach the database, look after the installation. What belongs here: the words."""

from __future__ import annotations

import getpass
import json
import os
import shutil
import sys
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from filelock import FileLock, Timeout
from rich.console import Console
from rich.table import Table

from assets.offered import left_alone, offered
from pipelines.sources.registry import BadDeclaration, sources
from resources.clock import Clock
from resources.database import Database
from resources.errors import DatabaseFault
from resources.lake import Missing
from resources.programs import ServerFault
from resources.server import EmbeddedServer
from resources.settings import BadSettings, Settings, load

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
HORIZON = timedelta(days=3652)
"""How far ahead a run may be dated."""
STOPPED = 130
"""The exit code after Ctrl-C."""
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


@app.callback()
def contacts() -> None:
    """Public business-contact sources in, a curated, explained and lawful PostgreSQL contact database out."""


@app.command()
def run(
    job: Annotated[str, typer.Option(help="refresh, retention, rights, deliver or maintenance.")] = "refresh",
    inbox: Annotated[Path | None, typer.Option(help="Folder with one folder per source id.")] = None,
    only: Annotated[str, typer.Option("--sources", help="Source ids, commas between.")] = "",
    as_of: Annotated[str, typer.Option(help="Judge everything as of this day.")] = "",
    as_json: AsJson = False,
) -> None:
    """Run a job here, with live progress; refresh, the default, is the main one."""
    chosen = {"CONTACTS_INBOX": str(inbox or ""), "CONTACTS_SOURCES": only, "CONTACTS_AS_OF": as_of}
    os.environ.update({name: value for name, value in chosen.items() if value})
    settings = load()
    _refuse_far_days(settings)
    settings.home.mkdir(parents=True, exist_ok=True)
    from assets.main_job import run_command  # noqa: PLC0415 - Dagster takes seconds to import, the others need none

    with FileLock(settings.home / "run.lock", timeout=0):
        ok = run_command(job, settings, as_json=as_json)
    raise typer.Exit(0 if ok else 1)


def _refuse_far_days(settings: Settings) -> None:
    """Everything would be stale, and retention would take it out."""
    horizon = Clock().now() + HORIZON
    if settings.as_of is not None and settings.as_of > horizon:
        raise BadSettings([f"the day to judge by lies more than ten years ahead: take one before {horizon:%Y-%m-%d}"])


@app.command()
def url(as_json: AsJson = False) -> None:
    """Print the database's URL, starting the embedded server if need be."""
    found = Database(load()).url()
    _say({"url": found}, found, as_json=as_json)


@app.command()
def stop(as_json: AsJson = False) -> None:
    """Stop the embedded server; a server at DATABASE_URL is not ours to stop."""
    settings = load()
    if settings.database_url:
        raise BadSettings(["DATABASE_URL names a server of your own: it is not stopped from here."])
    server = EmbeddedServer(settings.home, settings.pg_bindir)
    was = server.is_running()
    server.stop()
    _say({"stopped": was}, "stopped" if was else "it was not running", as_json=as_json)


@app.command("sources")
def list_sources(as_json: AsJson = False) -> None:
    """List the declared sources."""
    rows = [
        {"id": source.id, "title": source.title, "publisher": source.publisher, "licence": source.licence,
         "cadence": source.cadence, "feeds": ", ".join(source.feeds)}
        for source in sources().values()
    ]  # fmt: skip
    shown = [{name: row[name] for name in ("id", "title", "licence", "cadence")} for row in rows]
    _say(rows, _table(shown), as_json=as_json)


@app.command()
def explain(
    entity: Annotated[str, typer.Argument(help="A company_id, contact_id or employment_id.")],
    svg: Annotated[Path | None, typer.Option(help="Also draw how the weights add up, into this file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show what is published of a company or person, who states each value, and why its records are one."""
    from assets.explaining import drawn, explanation  # noqa: PLC0415 - needed here only

    found = explanation(Database(load()), entity)
    if svg is not None:
        svg.write_text(drawn(found), "utf-8")
    if as_json:
        typer.echo(json.dumps(found, default=str, ensure_ascii=False))
        return
    for title, rows in found.items():
        Console().print(_table(rows, title))


@app.command("judge")
def judge_pair(
    left: Annotated[str, typer.Argument(help="A card_id, or a company_id or contact_id, present or former.")],
    right: Annotated[str, typer.Argument(help="The other.")],
    said: Annotated[str, typer.Argument(metavar="same|different", help="What the two are.")],
    reason: Annotated[str, typer.Option(help="Why; about the records, never quoting them.")] = "",
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Take back what was said; it stays on record.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say that two records are one company or person, or two; every later run follows it."""
    from assets import judging  # noqa: PLC0415 - needed here only

    settings = load()
    database, now = Database(settings), Clock(settings.as_of).now()
    database.migrate()
    statement, who = judging.Statement(left, right, said), getpass.getuser()
    if withdraw:
        rows = judging.withdraw(database, statement, reason.strip(), who, now)
    else:
        rows = [judging.judge(database, statement, reason, who, now)]
    _say(rows, _table(rows), as_json=as_json)


@app.command("new-source")
def new_source(name: Annotated[str, typer.Argument(help="Id of the new source.")]) -> None:
    """Make the folder of a new source: a declaration and a parser to fill in, and their test."""
    from assets.scaffold import scaffold  # noqa: PLC0415 - needed here only

    for file in scaffold(name):
        typer.echo(file)


@app.command()
def doctor(
    inbox: Annotated[Path | None, typer.Option(help="Folder with one folder per source id.")] = None,
    as_json: AsJson = False,
) -> None:
    """Check what a run needs: settings, disk, inbox, declarations, database."""
    if inbox is not None:
        os.environ["CONTACTS_INBOX"] = str(inbox)
    rows = [_examined(name, check) for name, check in _CHECKS.items()]
    _say(rows, _table(rows), as_json=as_json)
    raise typer.Exit(0 if all(row["ok"] for row in rows) else 1)


def _settings() -> str:
    settings = load()
    return f"home {settings.home}, inbox {settings.inbox or 'none: the sources are fetched'}"


def _disk() -> str:
    home = load().home
    home.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(home).free >> 20
    if free < 500:  # noqa: PLR2004 - what a small run needs
        raise OSError(f"only {free} MB free at {home}: make room or move CONTACTS_HOME")
    return f"{free:,} MB free"


def _inbox() -> str:
    settings = load()
    if settings.inbox is None:
        return "none"
    known, unknown = offered(settings.inbox)
    return "; ".join(filter(None, (", ".join(known), left_alone(unknown))))


def _database() -> str:
    database = Database(load())
    return f"PostgreSQL {database.scalar('SHOW server_version')}"


_CHECKS = {
    "settings": _settings,
    "disk": _disk,
    "sources": lambda: f"{len(sources())} declared",
    "inbox": _inbox,
    "database": _database,
}


def _examined(name: str, check: Any) -> dict[str, Any]:  # noqa: ANN401 - a function without arguments
    try:
        return {"check": name, "ok": True, "found": check()}
    except (BadSettings, BadDeclaration, DatabaseFault, ServerFault, OSError) as fault:
        return {"check": name, "ok": False, "found": str(fault)}


def _table(rows: list[dict[str, Any]], title: str = "") -> Table:
    table = Table(title=title or None, title_justify="left")
    for column in rows[0] if rows else ():
        table.add_column(column, overflow="fold", no_wrap=column in _WHOLE)
    for row in rows:
        table.add_row(*(_shown(value) for value in row.values()))
    return table


_WHOLE = ("id", "check")
"""Columns that people copy or read first: they stay in one piece."""


def _shown(value: Any) -> str:  # noqa: ANN401 - anything that a row may hold
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _say(data: Any, shown: Any, *, as_json: bool) -> None:  # noqa: ANN401 - anything that rich or json can show
    if as_json:
        typer.echo(json.dumps(data, default=str, ensure_ascii=False))
    elif isinstance(shown, str):
        typer.echo(shown)
    else:
        Console().print(shown)


def main() -> None:
    """The entry point: every fault that has a sentence ends in that sentence and exit code 2."""
    try:
        app()
    except SystemExit as ended:
        if ended.code == STOPPED:
            typer.echo("contacts: stopped by Ctrl-C; what was finished stays, run it again to go on", err=True)
        raise
    except Timeout:
        _fail("another run is going on in this CONTACTS_HOME: wait for it to end")
    except (BadSettings, BadDeclaration, DatabaseFault, ServerFault, Missing) as fault:
        _fail(str(fault))
    except OSError as fault:
        _fail(f"{fault.strerror or type(fault).__name__}: {fault.filename or load().home}: make it writable, or free")


def _fail(sentence: str) -> None:
    typer.echo(f"contacts: {sentence}", err=True)
    sys.exit(2)


if __name__ == "__main__":
    main()
