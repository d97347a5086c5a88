"""The project's own Python sources, parsed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tests.support.paths import ROOT

PACKAGES = ("chatbot", "actions")
FunctionDef = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """A module: its dotted name, its file and its syntax tree."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def imports(self) -> set[str]:
        """Dotted names of everything it imports at run time, wherever in the file."""
        skipped = {id(node) for node in ast.walk(self.tree) if _is_for_types(node)}
        return set(_imports(self.tree, skipped))

    @property
    def functions(self) -> Iterator[FunctionDef]:
        """All functions and methods."""
        return (n for n in ast.walk(self.tree) if isinstance(n, FunctionDef))


@lru_cache(maxsize=1)
def modules() -> tuple[Module, ...]:
    """Return all modules of the packages."""
    paths = [path for name in PACKAGES for path in sorted((ROOT / name).rglob("*.py"))]
    return tuple(Module(_name(path), path, ast.parse(path.read_text("utf-8"))) for path in paths)


def layer(name: str) -> str:
    """Return the part of the project a module is in, `knowledge` for chatbot.knowledge.find."""
    parts = name.split(".")
    return parts[1] if parts[0] == "chatbot" and len(parts) > 1 else parts[0]


def lines_of(function: FunctionDef) -> int:
    """Return the number of lines of a function without its docstring."""
    doc = ast.get_docstring(function, clean=False)
    return (function.end_lineno or 0) - function.lineno + 1 - (doc.count("\n") + 1 if doc else 0)


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def _imports(node: ast.AST, skipped: set[int]) -> Iterator[str]:
    if id(node) in skipped:
        return
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield from (f"{node.module}.{alias.name}" for alias in node.names)
    for child in ast.iter_child_nodes(node):
        yield from _imports(child, skipped)
