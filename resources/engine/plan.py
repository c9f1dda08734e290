"""Running a stage's steps on an engine, each into a Parquet file of one folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pipelines.steps import Step
from resources.engine import Engine


def run(
    engine: Engine, steps: Iterable[Step], inputs: Mapping[str, Sequence[Path]], folder: Path, **constants: str
) -> dict[str, Path]:
    """Runs the steps in order; a step reads what was given and what the steps before it made.

    Args:
        engine: Runs them.
        steps: In an order in which each finds what it needs.
        inputs: Parquet files by table name.
        folder: Where the results go, a file a step.
        **constants: Texts for the table `constants` of every query.

    Returns:
        The results by step name.
    """
    known = {name: list(files) for name, files in inputs.items()}
    made: dict[str, Path] = {}
    for step in steps:
        output = folder / f"{step.name}.parquet"
        if step.rule is not None:
            engine.map(step.rule, known[step.needs[0]], output, together=step.together)
        else:
            engine.sql(step.query, {name: known[name] for name in step.needs}, output, **constants)
        known[step.name], made[step.name] = [output], output
    return made
