"""Running a job in this process, with live progress per asset. What belongs here: Dagster's events made readable."""

from __future__ import annotations

import contextlib
import os
import shutil
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import dagster as dg
from rich.console import Console
from rich.live import Live
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from assets.definitions import build_defs
from assets.telling import redact
from resources.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
MARKS = {"done": "[green]✓[/]", "failed": "[red]✗[/]", "skipped": "[yellow]-[/]"}
_UNENDED = [dg.DagsterRunStatus.NOT_STARTED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED]
COUNTS = (
    "dagster/row_count",
    "read",
    "refused",
    "set_aside",
    "unknown_files",
    "kept",
    "inserted",
    "updated",
    "removed",
    "entities",
)


@dataclass
class Progress:
    """What is known of a run's assets, and of what went wrong.

    Attributes:
        state: `running`, `done`, `failed` or `skipped`, by asset.
        said: The counts an asset reported.
        steps: The same, summed over the assets that one step makes.
        faults: One sentence per failed asset.
        checks: Names of blocking checks that failed.
        interrupted: Whether Ctrl-C ended an asset.
    """

    state: dict[str, str] = field(default_factory=dict)
    said: dict[str, dict[str, int]] = field(default_factory=dict)
    steps: dict[str, Counter[str]] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    checks: list[str] = field(default_factory=list)
    interrupted: bool = False

    def hear(self, entry: dg.EventLogEntry) -> None:
        """Takes one event of the run."""
        event = entry.dagster_event
        if event is None:
            return
        step = (event.step_key or "").replace("__", "/")
        kind = event.event_type
        if kind == dg.DagsterEventType.STEP_START:
            self.state[step] = "running"
        elif kind == dg.DagsterEventType.ASSET_MATERIALIZATION:
            self._materialized(event, step)
        elif kind == dg.DagsterEventType.STEP_SUCCESS:
            self.state[step] = "done"
        elif kind == dg.DagsterEventType.STEP_SKIPPED:
            self.state[step] = "skipped"
        elif kind == dg.DagsterEventType.STEP_FAILURE:
            self.state[step] = "failed"
            self.faults[step] = _sentence(event.step_failure_data)
            self.interrupted |= _is_interruption(event.step_failure_data)
        elif kind == dg.DagsterEventType.ASSET_CHECK_EVALUATION:
            self._checked(event)

    def _materialized(self, event: dg.DagsterEvent, step: str) -> None:
        made = event.step_materialization_data.materialization
        said = {
            name: value.value
            for name, value in made.metadata.items()
            if name in (*COUNTS, "unchanged", "bytes", "not_offered") and isinstance(value.value, int)
        }
        self.said["/".join(made.asset_key.path)] = said
        self.steps.setdefault(step, Counter()).update(said)

    def _checked(self, event: dg.DagsterEvent) -> None:
        check = event.asset_check_evaluation_data
        if not check.passed and check.severity == dg.AssetCheckSeverity.ERROR:
            self.checks.append(f"{check.asset_key.to_user_string()}: {check.check_name}")

    @property
    def ok(self) -> bool:
        """Whether every asset was made and every blocking check passed."""
        return not self.faults and not self.checks and "skipped" not in self.state.values()

    def table(self) -> Table:
        """The run as a table: an asset a line, with its counts."""
        table = Table(box=None, pad_edge=False)
        for column in ("", "asset", "what it did"):
            table.add_column(column)
        for step, state in self.state.items():
            mark = Spinner("dots") if state == "running" else Text.from_markup(MARKS[state])
            table.add_row(mark, step, self.words(step))
        return table

    def words(self, step: str) -> Text:
        """What there is to say of one asset: its counts, or why it failed."""
        if self.state[step] == "failed":
            return Text(self.faults[step], style="red")
        said = self.steps.get(step, Counter())
        if said.get("not_offered"):
            return Text("neither a folder in the inbox nor an address", style="dim")
        words = [
            f"{number:,} {name.removeprefix('dagster/').replace('_', ' ').replace('row count', 'rows')}"
            for name, number in said.items()
            if name in COUNTS and (number or name == "dagster/row_count")
        ]
        return Text(", ".join(words) + (" (unchanged)" if said.get("unchanged") else ""), style="dim")


def _sentence(failure: dg.StepFailureData | None) -> str:
    """The sentence that the asset failed with; of what failed outside of an asset the class only."""
    if failure is None:
        return "failed"
    if failure.user_failure_data and failure.user_failure_data.description:
        return str(failure.user_failure_data.description)
    return f"{failure.error.cls_name} (see the run in the UI)" if failure.error else "failed"


def _is_interruption(failure: dg.StepFailureData | None) -> bool:
    """Dagster makes of Ctrl-C a failure of the asset that was under way."""
    return failure is not None and failure.error is not None and "Interrupt" in (failure.error.cls_name or "")


def prepare_home(settings: Settings) -> None:
    """Puts Dagster's home under CONTACTS_HOME, with the dagster.yaml of the checkout; it keeps no words of errors."""
    redact()
    settings.dagster.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(ROOT / "dagster.yaml", settings.dagster / "dagster.yaml")
    os.environ["DAGSTER_HOME"] = str(settings.dagster)
    os.environ["CONTACTS_HOME"] = str(settings.home)


@contextlib.contextmanager
def instance(settings: Settings) -> Iterator[dg.DagsterInstance]:
    """Dagster's instance under CONTACTS_HOME, with the dagster.yaml of the checkout."""
    prepare_home(settings)
    with dg.DagsterInstance.get() as found:
        yield found


def run_job(
    name: str, settings: Settings, console: Console | None, selection: Sequence[dg.AssetKey] | None = None
) -> Progress:
    """Runs a job to its end; one failed asset does not stop those that do not need it.

    Args:
        name: The job.
        settings: Where everything is.
        console: Shows live progress; None shows nothing.
        selection: The assets to run, or all of the job.

    Raises:
        KeyboardInterrupt: Ctrl-C ended the run.
    """
    progress, run_id = Progress(), str(uuid.uuid4())
    job = build_defs().resolve_job_def(name)
    with instance(settings) as found, _shown(progress, console) as refresh:
        _forget_killed(found)

        def heard(entry: dg.EventLogEntry) -> None:
            progress.hear(entry)
            refresh()

        found.add_event_listener(run_id, heard)
        job.execute_in_process(
            instance=found,
            raise_on_error=False,
            run_id=run_id,
            asset_selection=list(selection) if selection else None,
            tags={"contacts/by": "command"},
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        )
    if progress.interrupted:
        raise KeyboardInterrupt
    return progress


def _forget_killed(found: dg.DagsterInstance) -> None:
    """Ends runs of this command that were killed: they would stand as started, and hold their pools, for ever."""
    wanted = dg.RunsFilter(statuses=_UNENDED, tags={"contacts/by": "command"})
    for run in found.get_runs(wanted):
        found.event_log_storage.free_concurrency_slots_for_run(run.run_id)
        found.report_run_failed(run, "the process was ended from outside; what it had finished stays")


@contextlib.contextmanager
def _shown(progress: Progress, console: Console | None) -> Iterator[Callable[[], None]]:
    """Shows the progress: a table that lives on a terminal, elsewhere a line for each asset as it ends."""
    if console is None:
        yield lambda: None
    elif console.is_terminal:
        with Live(progress.table(), console=console, refresh_per_second=8, vertical_overflow="visible") as live:
            yield lambda: live.update(progress.table())
    else:
        told: set[str] = set()

        def tell() -> None:
            for step, state in progress.state.items():
                if state != "running" and step not in told:
                    told.add(step)
                    console.print(Text.assemble(Text.from_markup(MARKS[state]), f" {step:<36}", progress.words(step)))

        yield tell
