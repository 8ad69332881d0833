"""Every trap of `docs/explanation/traps.md` has a test named after it, whose docstring is the trap."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "explanation" / "traps.md"
TRAPS = range(17, 42)


def named_tests() -> dict[int, list[tuple[str, str, str]]]:
    """File, name and docstring of the tests that are named after a trap, by its number."""
    found: dict[int, list[tuple[str, str, str]]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and (named := re.match(r"test_trap_(\d+)_", node.name)):
                found.setdefault(int(named[1]), []).append((str(path.relative_to(ROOT)), node.name, " ".join((ast.get_docstring(node) or "").split())))
    return found


def listed() -> dict[int, tuple[str, str, str]]:
    """The document's rows: number, trap, file and name of the test."""
    rows = re.findall(r"^\| (\d+) \| (.+) \| \[(test_trap_\w+)\]\(\.\./\.\./(tests/\S+)\) \|$", DOCUMENT.read_text(encoding="utf-8"), re.M)
    return {int(number): (file, name, trap) for number, trap, name, file in rows}


def test_no_trap_is_without_a_test() -> None:
    assert sorted(named_tests()) == list(TRAPS)
    assert all(len(tests) == 1 for tests in named_tests().values())


def test_the_document_lists_each_trap_with_its_test() -> None:
    assert listed() == {number: tests[0] for number, tests in named_tests().items()}
