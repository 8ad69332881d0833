"""Functions are named by what they do: none begins with a word that `docs/naming.md` bans."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = (
    "benchmarks",
    "expectations",
    "orchestration",
    "innenfra/cli.py",
    "innenfra/contracts",
    "innenfra/database",
    "innenfra/demo",
    "innenfra/derive",
    "innenfra/disclosure",
    "innenfra/own.py",
    "innenfra/people.py",
    "innenfra/registers.py",
    "innenfra/school_register.py",
    "innenfra/settings.py",
    "innenfra/statistics",
)
"""Packages and modules whose functions have their names by these rules."""


def banned() -> set[str]:
    (listed,) = re.findall(r"```text\n(.*?)\n```", (ROOT / "docs" / "naming.md").read_text(encoding="utf-8"))
    return set(listed.split())


def functions(source: str) -> Iterator[str]:
    """Names of functions and methods; a property is a value."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            kinds = {ast.unparse(one).split(".")[-1] for one in node.decorator_list}
            if not kinds & {"property", "cached_property"}:
                yield node.name


def test_functions_are_found() -> None:
    source = "class A:\n @property\n def said(self): ...\n def told(self): ...\n\ndef _found_in(): ...\n"
    assert sorted(functions(source)) == ["_found_in", "told"]


def test_no_function_begins_with_a_banned_word() -> None:
    words = banned()
    assert len(words) > 10
    found, looked = [], 0
    for place in NAMED:
        path = ROOT / place
        for module in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            for name in functions(module.read_text(encoding="utf-8")):
                looked += 1
                if name.strip("_").split("_")[0] in words:
                    found.append(f"{module.relative_to(ROOT)}: {name}")
    assert looked > 400
    assert found == []
