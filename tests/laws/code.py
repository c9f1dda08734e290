"""The code as the laws read it: every module's syntax tree, by its path in the checkout."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


@cache
def modules(*folders: str) -> dict[str, ast.Module]:
    """The modules below these folders, parsed; keys are paths in the checkout."""
    return {
        file.relative_to(CHECKOUT).as_posix(): ast.parse(file.read_text("utf-8"))
        for folder in folders
        for file in sorted((CHECKOUT / folder).rglob("*.py"))
    }


def dotted(node: ast.expr) -> str:
    """`a.b.c` of a name or attribute, `.c` of one of an expression; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


def imported(tree: ast.Module) -> set[str]:
    """What a module imports, by full name."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def called(tree: ast.AST) -> list[tuple[int, str]]:
    """Line and dotted name of every call."""
    return [(node.lineno, dotted(node.func)) for node in ast.walk(tree) if isinstance(node, ast.Call)]


@cache
def tracked() -> tuple[Path, ...]:
    """The files that git holds, or would hold: not ignored, and there."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT, capture_output=True, check=True,
    )  # fmt: skip
    files = (CHECKOUT / name for name in listed.stdout.decode().split("\0") if name)
    return tuple(file for file in files if file.is_file())
