"""What the app keeps is kept by whose eyes and by release: read from its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

APPS = Path(__file__).parents[2] / "apps"
ONE_MODULE = "reader.py"
KEEPS = ("cache_data", "cache_resource")
KEEPS_FOR_THE_PROCESS = ("lru_cache", "cache", "cached_property")
OF_NOBODY = {"words.py", "reader.py"}
"""Texts of the app, and connections that are nobody's."""

OF_THE_SESSION = ("session_state", "query_params", "user", "context")
"""What a kept answer would carry from one person to the next."""

FIRST = ("scope", "release")
EXCEPTIONS = {"_ask_and_keep_a_minute": ("scope", "url")}
"""It says whether the newest run stopped."""

UNKEPT = {
    "list_grants": ("subject", "url"),
    "list_demonstration_grants": ("url",),
    "find_sight": ("scope", "url"),
    "find_current_release": ("scope", "url"),
    "pool_for": ("url",),
    "load_sql": ("name",),
    "as_rows": ("frame",),
}
"""Functions that keep nothing by themselves: most decide what the scope is."""


def problems(name: str, source: str) -> Iterator[str]:
    """What is wrong in a module of the app."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        used = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        imported = [a.name for a in node.names] if isinstance(node, ast.ImportFrom) else []
        for one in (used, *imported):
            if one in KEEPS and name != ONE_MODULE:
                yield f"{name}:{node.lineno} keeps answers outside {ONE_MODULE}"
            if (
                one in OF_THE_SESSION
                and name == ONE_MODULE
                and isinstance(node, ast.Attribute)
                and ast.unparse(node.value) == "st"
            ):
                yield f"{name}:{node.lineno} reads st.{one}, which is not part of what is kept"
            if one in KEEPS_FOR_THE_PROCESS and name not in OF_NOBODY:
                yield f"{name}:{node.lineno} keeps something for everybody"
    if name == ONE_MODULE:
        for function in [n for n in tree.body if isinstance(n, ast.FunctionDef)]:
            yield from _of_function(function)


def _of_function(function: ast.FunctionDef) -> Iterator[str]:
    parameters = [a.arg for a in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]
    kept = [d for d in function.decorator_list if any(k in ast.unparse(d) for k in KEEPS)]
    if kept:
        wanted = EXCEPTIONS.get(function.name, FIRST)
        if tuple(parameters[: len(wanted)]) != wanted:
            yield f"{function.name} is kept by {parameters}, not by {wanted} first"
        if any(p.startswith("_") for p in parameters):
            yield f"{function.name} has a parameter that is not part of the key"
        limits = {k.arg: k.value for d in kept if isinstance(d, ast.Call) for k in d.keywords}
        if (
            not isinstance(limits.get("ttl"), ast.Constant)
            or limits["ttl"].value > 300
            or "max_entries" not in limits
        ):
            yield f"{function.name} is kept without limits"
        if "scope" in limits or "cache_resource" in ast.unparse(function.decorator_list[0]):
            yield f"{function.name} is not kept by its parameters"
    elif not function.name.startswith("_"):
        # all else is a method of the reader, who is one person's
        wanted = UNKEPT.get(function.name, FIRST)
        if tuple(parameters[: len(wanted)]) != wanted:
            yield f"{function.name} takes {parameters}, not {wanted} first"


def test_the_app_keeps_nothing_across_people() -> None:
    modules = sorted(APPS.rglob("*.py"))
    assert len(modules) > 10
    assert [p for module in modules for p in problems(module.name, module.read_text(encoding="utf-8"))] == []


def test_the_exceptions_are_still_there() -> None:
    names = {
        n.name: n
        for n in ast.parse((APPS / ONE_MODULE).read_text(encoding="utf-8")).body
        if isinstance(n, ast.FunctionDef)
    }
    assert {*EXCEPTIONS, *UNKEPT} <= names.keys()
    for_the_process = {n for n in names if "lru_cache" in ast.unparse(names[n]).split("def")[0]}
    assert for_the_process == {"pool_for", "load_sql"}
    assert not any(names[one].decorator_list for one in UNKEPT.keys() - for_the_process)
    assert sum(bool(function.decorator_list) for function in names.values()) == 5


LIMITED = "@st.cache_data(ttl=300, max_entries=4)\n"


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("compare.py", "@st.cache_data\ndef rows(scope, release): ..."),
        ("compare.py", "from streamlit import cache_resource"),
        ("shell.py", "@functools.lru_cache\ndef rows(scope, release): ..."),
        ("reader.py", LIMITED + "def rows(release, scope, url): ..."),
        ("reader.py", LIMITED + "def rows(scope, url): ..."),
        ("reader.py", LIMITED + "def rows(_scope, release, url): ..."),
        ("reader.py", LIMITED + "def rows(scope, release, _person): ..."),
        ("reader.py", LIMITED + "def rows(scope, release):\n    return st.session_state['rows']"),
        ("reader.py", LIMITED + "def rows(scope, release):\n    return st.user.sub"),
        ("reader.py", "def _who():\n    return st.session_state['view']"),
        ("reader.py", "@st.cache_data\ndef rows(scope, release): ..."),
        ("reader.py", "@st.cache_data(ttl=3600, max_entries=4)\ndef rows(scope, release): ..."),
        ("reader.py", "@st.cache_resource(ttl=300, max_entries=4)\ndef rows(scope, release): ..."),
        ("reader.py", "def rows(url):\n    return _ask(None, url, '')"),
    ],
)
def test_each_of_these_is_found(name: str, source: str) -> None:
    assert list(problems(name, source))


def test_what_is_right_is_let_through() -> None:
    assert not list(
        problems(
            "reader.py",
            LIMITED + "def rows(scope, release, url, school_id):\n    return _ask(scope, url, '')",
        )
    )
