"""The code as the rules see it: every module of the program with its text and its syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Module:
    """One file of Python; ``name`` is its path below the checkout, with slashes."""

    name: str
    text: str
    tree: ast.Module

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def place(self, node: ast.expr | ast.stmt) -> str:
        return f"{self.name}:{node.lineno}"


@cache
def modules(folder: str = "channel_desk") -> tuple[Module, ...]:
    """All modules below a folder of the checkout, in order."""

    def read(path: Path) -> Module:
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(ROOT).as_posix()
        return Module(name, text, ast.parse(text, filename=name))

    return tuple(read(path) for path in sorted((ROOT / folder).rglob("*.py")))


def dotted(node: ast.expr) -> str:
    """``QMessageBox.question`` for the expression that says so; empty where it is not a plain name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""
