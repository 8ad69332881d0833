"""How the code is shaped: no line is wider than 110 columns, long SQL is in files of its own, and no module
needs one that needs it."""

from __future__ import annotations

import ast
import graphlib
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from expectations.cross_delivery import ACROSS
from orchestration.release import CONDITIONS, OF_WORDS

ROOT = Path(__file__).parents[2]
WIDEST, LONGEST = 110, 6
RUN_SQL = ("innenfra", "expectations", "orchestration", "benchmarks")
"""Packages whose long statements are files beside their modules."""

PACKAGES = (*RUN_SQL, "apps")

BEGINS = re.compile(
    r"\s*(--.*\n\s*)*"
    r"(select|with|insert into|update|delete from|create|alter|drop|grant|revoke|from|do|declare|begin)\b",
    re.IGNORECASE,
)
GOES_ON = re.compile(r"\b(from|into|set|table|select|function|end)\b", re.IGNORECASE)
READ = re.compile(r'read_sql\(\s*__file__,\s*f?"([^"]+)"')


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]
    assert found
    return found


def statements(source: str) -> Iterator[tuple[int, int]]:
    """SQL in the strings of a module: the line where each begins, and how many lines it has."""
    tree = ast.parse(source)
    passed = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            passed |= {id(part) for part in ast.walk(node) if part is not node}
    for node in ast.walk(tree):
        if id(node) in passed or not isinstance(node, ast.Constant | ast.JoinedStr):
            continue
        parts = node.values if isinstance(node, ast.JoinedStr) else [node]
        text = "".join(str(p.value) if isinstance(p, ast.Constant) else "x" for p in parts)
        if isinstance(node, ast.Constant) and not isinstance(node.value, str):
            continue
        if BEGINS.match(text) and GOES_ON.search(text):
            written = text.strip().count("\n") + 1
            yield node.lineno, written if written > 1 else (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_line_is_wider_than_the_page() -> None:
    wide = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked("*.py", "*.sql")
        if not (path.is_relative_to(ROOT / "apps") and path.suffix == ".py")
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
        if len(line) > WIDEST
    ]
    assert wide == []


def test_a_statement_is_found_in_whatever_way_it_is_written() -> None:
    lines = "\n".join(f"    , {n}" for n in range(7))
    assert [n for _, n in statements(f'Q = """\n    select 0\n{lines}\n    from x\n"""')] == [9]
    assert [n for _, n in statements(f'Q = f"""\n    with x as (select 1)\n{lines} select {{y}}"""')] == [8]
    assert [n for _, n in statements('q(\n    "select a"\n    f" from {b}"\n    " where c"\n)')] == [3]
    assert list(statements('"""Update what is known.\n\nFrom here on.\n"""\nsaid = "with care"')) == []


def test_long_sql_is_in_files() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for package in RUN_SQL
        for path in tracked(f"{package}/*.py")
        # a migration is history: it keeps what it ran
        if "migrations" not in path.parts
        for line, lines in statements(path.read_text(encoding="utf-8"))
        if lines > LONGEST
    ]
    assert found == []


def test_each_file_of_sql_is_read_and_each_that_is_read_is_there() -> None:
    files = {path.with_suffix("") for package in RUN_SQL for path in tracked(f"{package}/*.sql")}
    assert len(files) > 50
    read = {
        path.parent / name
        for package in RUN_SQL
        for path in tracked(f"{package}/*.py")
        for name in READ.findall(path.read_text(encoding="utf-8"))
        if "{" not in name
    }
    read |= {ROOT / "expectations" / "cross_delivery" / (rule.query or rule.code) for rule in ACROSS}
    read |= {ROOT / "orchestration" / "conditions" / name for name in CONDITIONS + OF_WORDS}
    assert read == files


def test_files_of_sql_group_by_names() -> None:
    """A number says nothing to who reads, and something else once a column is put before it."""
    numbered = re.compile(r"group by\s+(?:[^()\n]*,\s*)?\d+\s*(?:,|$)", re.MULTILINE)
    assert numbered.search("group by 1, 2")
    assert numbered.search("group by school_id, 2\n")
    assert not numbered.search("group by school_id, loop_1")
    found = [
        str(path.relative_to(ROOT))
        for path in tracked("*.sql")
        if numbered.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def needed(source: str, modules: set[str]) -> set[str]:
    """Modules that one reads, at once or later: also in a function, and by a name in a string."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            # what is taken from a package is a module of it, or something of its own
            found |= {f"{node.module}.{one.name}" for one in node.names}
            if any(f"{node.module}.{one.name}" not in modules for one in node.names):
                found.add(str(node.module))
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "import_module":
            found |= {one.value for one in node.args if isinstance(one, ast.Constant)}
    return found & modules


def test_no_module_needs_one_that_needs_it() -> None:
    files = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for package in PACKAGES
        for path in tracked(f"{package}/*.py")
    }
    assert len(files) > 100
    needs = {
        name: needed(path.read_text(encoding="utf-8"), set(files)) - {name} for name, path in files.items()
    }
    assert "innenfra.ingest.delivery" in needs["innenfra.ingest.worker"]
    assert "innenfra.contracts.schools" in needs["innenfra.contracts.deliveries"]
    # says which modules stand in the circle where there is one
    assert len(list(graphlib.TopologicalSorter(needs).static_order())) == len(files)
