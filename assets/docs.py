"""The pages of docs/ that are generated: fields, sources, reasons, retention, data dictionary, lineage.

What belongs here: making those pages from the code that they describe, and telling which of them differ. What does
not: pages that people write.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import dagster as dg
import sqlalchemy as sa

from assets.definitions import build_defs
from assets.deliver import VIEWS
from pipelines.card import CARD
from pipelines.reasons import FileFault, Finding, Reason, RecordFault, Refusal
from pipelines.retain.policy import Rule, policy
from pipelines.sources.declaration import Feed, Source
from pipelines.sources.registry import sources
from resources.tables import METADATA, SCHEMAS

DOCS = Path(__file__).resolve().parents[1] / "docs"
COMMAND = "python -m assets.docs"
STAGES = ("web", "collect", "screen", "verify", "resolve", "curated", "evidence", "mart", "retain", "rights")
"""First segments of asset keys, in the order in which data passes them."""

VOCABULARIES: tuple[tuple[str, type[Reason]], ...] = (
    ("Why a file was not taken", FileFault),
    ("Why a record was set aside", RecordFault),
    ("Why a field, a value or a card was refused", Refusal),
    ("What a check found about a value", Finding),
)


def fields() -> str:
    """Every field that a card may carry: class, purpose, meaning, of whom, parts, labels."""
    rows = [
        (_code(spec.name), spec.data_class, spec.purpose, spec.meaning, ", ".join(sorted(spec.of)),
         _codes(spec.parts), _codes(sorted(spec.labels)))
        for spec in CARD.values()
    ]  # fmt: skip
    return _page(
        "Fields",
        "A card carries these fields and no others: there is no column, claim or export for anything else. "
        "`business-card` fields stand on a business card; `register` fields identify a legal entity. A label is what "
        "a source may say of a value; some labels (`home`, `mobile`, `pager`) exist so that the value can be refused.",
        _table(("field", "class", "purpose", "meaning", "of", "parts", "labels"), rows),
    )


def source_pages() -> str:
    """A row and a section a source: what it is, on what ground it is read, and what of it."""
    declared = sources().values()
    rows = [
        (f"[`{source.id}`](#{source.id})", source.title, source.publisher, source.licence, _code(source.family),
         source.group, source.cadence, str(len(source.feeds)))
        for source in declared
    ]  # fmt: skip
    return _page(
        "Sources",
        "Made from each `source.yml`. Sources of one family copy from each other, so that within a family nothing "
        "corroborates. A field that no list names is reported as drift; it is never read.",
        _table(("source", "title", "publisher", "licence", "family", "group", "cadence", "feeds"), rows),
        *(_source(source) for source in declared),
    )


def _source(source: Source) -> str:
    facts = [
        ("publisher", f"{source.publisher}, <{source.url}>"),
        ("licence", source.licence + (" (passes on to what is made from it)" if source.share_alike else "")),
        ("family", _code(source.family)),
        ("country", source.country or "many"),
        ("cadence", source.cadence),
        ("trust", f"{source.trust} that a value is right when published"),
        ("access", source.access),
        ("lawful basis", source.lawful_basis),
    ]
    known = [f"- {_codes(file.files)}: {file.why}" for file in source.known_files]
    return _blocks(
        f"## {source.id}",
        f"{source.title}.",
        _table(("what", "declared"), facts),
        *(_feed(name, feed) for name, feed in source.feeds.items()),
        "Files that are its own and not read:" if known else "",
        "\n".join(known),
    )


def _feed(name: str, feed: Feed) -> str:
    refused: dict[str, list[str]] = {}
    for path, category in feed.refused.items():
        refused.setdefault(category, []).append(path)
    presence = "a record confirms its party on the snapshot's day"
    facts = [
        ("files", _codes(feed.files)),
        ("format", feed.format.kind),
        ("confirms", presence if feed.confirms == "snapshot" else "a record confirms its party on its own date"),
        ("at least", f"{feed.volume.min} records"),
        ("addresses", " ".join(f"<{url}>" for url in feed.urls)),
        ("taken", _codes([*feed.taken, *feed.optional])),
        *((f"refused: {category}", _codes(paths)) for category, paths in sorted(refused.items())),
        ("ignored", f"{len(feed.ignored)} patterns of fields of no use here"),
    ]
    return _blocks(f"### {name}", _table(("what", "declared"), [(what, said) for what, said in facts if said]))


def reasons() -> str:
    """Every reason code with its sentence, by vocabulary."""
    return _page(
        "Reasons",
        "Closed vocabularies: logs, checks, ledgers and charts carry these codes and never a value. In the database "
        "they stand in `privacy.reasons`.",
        *(
            _blocks(f"## {title}", _table(("code", "means"), [(_code(one), one.sentence) for one in vocabulary]))
            for title, vocabulary in VOCABULARIES
        ),
    )


def retention() -> str:
    """How long each class of data is kept, and what follows."""
    rows = [(_code(name), rule.what, _active(rule), _after(rule)) for name, rule in policy().classes.items()]
    return _page(
        "Retention",
        "Made from `pipelines/retain/policy.yml`. The clock of a person starts with the latest day on which a source "
        "confirms the job; reading an unchanged snapshot of a source again does not move it.",
        _table(("class", "holds", "kept in use", "then"), rows),
    )


def _active(rule: Rule) -> str:
    return f"{rule.active_months} months" if rule.active_months else "as long as a source holds it"


def _after(rule: Rule) -> str:
    return f"archived for {rule.archive.months} months ({rule.archive.reason})" if rule.archive else "erased"


def dictionary() -> str:
    """Every schema, table and column with type and comment."""
    return _page(
        "Data dictionary",
        "Made from `resources/tables.py`; the same sentences stand in the database as comments (`\\d+` in psql).",
        *(_schema(schema, meaning) for schema, meaning in SCHEMAS.items()),
    )


def _schema(schema: str, meaning: str) -> str:
    tables = (table for table in METADATA.tables.values() if table.schema == schema)
    views = _views() if schema == "mart" else ""
    return _blocks(f"## {schema}", meaning, views, *(_columns(table) for table in tables))


def _views() -> str:
    function = (_code("as_of(timestamptz)"), "A function: the contacts as they were published at a moment.")
    return _table(("view", "holds"), [*((_code(view), text) for view, (text, _) in VIEWS.items()), function])


def _columns(table: sa.Table) -> str:
    dialect = sa.make_url("postgresql+psycopg://").get_dialect()()
    rows = [
        (_code(column.name), column.type.compile(dialect).lower(), _constraints(column), column.comment or "")
        for column in table.columns
    ]
    return _blocks(
        f"### {table.fullname}", table.comment or "", _table(("column", "type", "constraints", "meaning"), rows)
    )


def _constraints(column: sa.Column[object]) -> str:
    key = ["key"] if column.primary_key else [] if column.nullable else ["not null"]
    return ", ".join([*key, *(f"→ {other.target_fullname}" for other in column.foreign_keys)])


def lineage() -> str:
    """Every asset in stage order: what it is made from, its group, owner, kinds and checks."""
    defs = build_defs()
    graph = defs.resolve_asset_graph()
    checks: dict[dg.AssetKey, list[str]] = {}
    for key in graph.asset_check_keys:
        checks.setdefault(key.asset_key, []).append(_code(key.name) + ("" if graph.get(key).blocking else " (warns)"))
    specs = sorted(defs.resolve_all_asset_specs(), key=lambda spec: (STAGES.index(spec.key.path[0]), spec.key.path))
    rows = [_asset(spec, sorted(checks.get(spec.key, []))) for spec in specs]
    return _page(
        "Lineage",
        "The asset graph as a table, from the sources (`web/…`) to the views (`mart/…`). A check stops "
        "everything that is made from its asset, unless it only warns.",
        _table(("asset", "made from", "group", "owner", "kinds", "checks"), rows),
    )


def _asset(spec: dg.AssetSpec, checks: Sequence[str]) -> tuple[str, ...]:
    deps = sorted(dep.asset_key.to_user_string() for dep in spec.deps)
    return (_code(spec.key.to_user_string()), _codes(deps), spec.group_name or "", ", ".join(spec.owners),
            ", ".join(sorted(spec.kinds)), ", ".join(checks))  # fmt: skip


PAGES: Mapping[str, Callable[[], str]] = {
    "fields.md": fields,
    "sources.md": source_pages,
    "reasons.md": reasons,
    "retention.md": retention,
    "dictionary.md": dictionary,
    "lineage.md": lineage,
}
"""What makes each page."""


def write(folder: Path = DOCS) -> list[Path]:
    """Writes every generated page into the folder and returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in PAGES.items():
        (folder / name).write_text(make(), "utf-8")
    return [folder / name for name in PAGES]


def differing(folder: Path = DOCS) -> list[str]:
    """Names of the pages in the folder that are missing or not what would be written now."""
    return [name for name, make in PAGES.items() if _held(folder / name) != make()]


def _held(file: Path) -> str | None:
    return file.read_text("utf-8") if file.exists() else None


def _page(title: str, *blocks: str) -> str:
    told = f"This page is generated by `{COMMAND}`; change what it is made from, not the page."
    return _blocks(f"# {title}", told, *blocks) + "\n"


def _blocks(*blocks: str) -> str:
    return "\n\n".join(block for block in blocks if block)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    def lines() -> Iterator[str]:
        yield _line(header)
        yield _line(["---"] * len(header))
        yield from (_line([_cell(cell) for cell in row]) for row in rows)

    return "\n".join(lines())


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _code(name: str) -> str:
    return f"`{name}`"


def _codes(names: Iterable[str]) -> str:
    return ", ".join(map(_code, names))


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the pages, or with `--check` says which differ.

    Returns:
        1 when a page differs from what the code says, else 0.
    """
    parser = argparse.ArgumentParser(prog=COMMAND, description="Writes the generated pages of docs/.")
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 when a page differs")
    parser.add_argument("--folder", type=Path, default=DOCS, help="where the pages are")
    chosen = parser.parse_args(arguments)
    if not chosen.check:
        write(chosen.folder)
        return 0
    wrong = differing(chosen.folder)
    for name in wrong:
        sys.stderr.write(f"{chosen.folder / name} differs from the code: run {COMMAND}\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
