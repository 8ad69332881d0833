"""Every trap of `docs/explanation/traps.md` and every invariant of `invariants.md` has a test, whose
docstring is what the list says."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXPLANATION = ROOT / "docs" / "explanation"
TRAPS, INVARIANTS = range(17, 42), range(1, 16)


def named_tests(kind: str = "trap") -> dict[int, list[tuple[str, str, str]]]:
    """File, name and docstring of the tests that are named after a trap (or another kind), by its number."""
    found: dict[int, list[tuple[str, str, str]]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and (named := re.match(rf"test_{kind}_(\d+)_", node.name)):
                found.setdefault(int(named[1]), []).append(
                    (
                        str(path.relative_to(ROOT)),
                        node.name,
                        " ".join((ast.get_docstring(node) or "").split()),
                    )
                )
    return found


def listed(document: str) -> dict[int, tuple[str, str, str]]:
    """The document's rows: number, file and name of the test, and what is said."""
    rows = re.findall(
        r"^\| (\d+) \| (.+) \| \[(test_\w+)\]\(\.\./\.\./(tests/\S+)\) \|$",
        (EXPLANATION / document).read_text(encoding="utf-8"),
        re.M,
    )
    return {int(number): (file, name, said) for number, said, name, file in rows}


def test_no_trap_is_without_a_test() -> None:
    assert sorted(named_tests()) == list(TRAPS)
    assert all(len(tests) == 1 for tests in named_tests().values())


def test_the_document_lists_each_trap_with_its_test() -> None:
    assert listed("traps.md") == {number: tests[0] for number, tests in named_tests().items()}


def test_each_invariant_is_listed_with_a_test_that_is_there() -> None:
    rows, tests = listed("invariants.md"), named_tests("invariant")
    assert sorted(rows) == list(INVARIANTS)
    for number, (file, name, said) in rows.items():
        if number in tests:
            assert (file, name, said) == tests[number][0]
        else:
            assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8")
    assert set(tests) <= set(rows)
