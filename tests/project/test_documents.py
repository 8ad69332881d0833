"""The documents tell the truth: links lead somewhere, and what they say to type exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from innenfra.cli import app
from innenfra.derive.operation import commands

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")])
COMMANDS = commands(app)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def shell_lines(text: str) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", text, re.S)
    return [
        line.split(" #")[0].strip()
        for block in blocks
        for line in block.splitlines()
        if line.strip() and not line.startswith("#")
    ]


def typed(text: str) -> list[str]:
    """What a document says to type: lines of shell blocks and inline code."""
    return shell_lines(text) + re.findall(r"`((?:innenfra|make) [^`]+)`", text)


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        other = (path.parent / file).resolve() if file else path
        assert other.exists(), f"{target} does not exist"
        if anchor:
            assert anchor in anchors(other.read_text(encoding="utf-8")), f"{target}: no such heading"


def command_of(words: list[str]) -> tuple[str, list[str]]:
    """The longest known command that the words begin with, and what follows."""
    for length in (2, 1):
        if " ".join(words[:length]) in COMMANDS:
            return " ".join(words[:length]), words[length:]
    raise AssertionError(f"there is no command innenfra {' '.join(words)}")


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_commands_exist_with_their_options(path: Path) -> None:
    for line in typed(path.read_text(encoding="utf-8")):
        if not re.match(r"(\.venv/bin/)?innenfra ", line):
            continue
        command, rest = command_of(shlex.split(line.replace("…", "").replace("[OPTIONS]", ""))[1:])
        known = {
            flag
            for parameter in COMMANDS[command].params
            for flag in (*parameter.opts, *parameter.secondary_opts)
        } | {"--help", "--debug"}
        unknown = [word for word in rest if word.startswith("--") and word.split("=")[0] not in known]
        assert not unknown, f"{line}: {unknown}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_make_targets_exist(path: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for line in typed(path.read_text(encoding="utf-8")):
        if line.startswith("make "):
            assert line.split()[1] in targets, line


def test_the_readme_says_to_type_targets_only_and_fits_a_screen() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = shell_lines(text)
    assert lines
    assert all(line.startswith("make ") for line in lines)
    assert len(text.splitlines()) <= 45


def test_every_document_is_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        path = waiting.pop()
        if path in reached:
            continue
        reached.add(path)
        for target in (
            re.findall(r"\]\(([^)\s#]+)", path.read_text(encoding="utf-8")) if path.suffix == ".md" else []
        ):
            other = (path.parent / target).resolve()
            waiting += sorted(other.glob("*.md")) if other.is_dir() else [other] if other.exists() else []
    assert not [name(path) for path in DOCUMENTS if path not in reached and path.name != "CHANGELOG.md"]


def test_every_command_tells_its_exit_codes_and_every_option_its_meaning() -> None:
    assert len(COMMANDS) >= 14
    for command, declared in COMMANDS.items():
        assert (declared.epilog or "").startswith("Exit codes: 0"), command
        for parameter in declared.params:
            assert getattr(parameter, "help", None), f"{command}: {parameter.name}"
