"""Settings and commands as reference.

Belongs here: from settings and the command's own declarations to Markdown.
Does not belong here: any setting or command.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from innenfra.derive.markdown import code, document, table
from innenfra.settings import Settings

COMPOSE = {
    "POSTGRES_PASSWORD": (
        "Only for docker-compose.yml: password of its PostgreSQL, of letters and digits, since it stands in a"
        " URL."
    )
}
"""Variables that docker-compose.yml reads and the product does not."""


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return str(Settings.model_fields[name].validation_alias or f"INNENFRA_{name.upper()}")


def environment(note: str) -> str:
    """`.env.example`: every setting with its meaning and default."""
    lines = [f"# {note}"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else field.default
        lines += [f"# {field.description}", f"#{variable(name)}={default}"]
    for name, meaning in COMPOSE.items():
        lines += [f"# {meaning}", f"#{name}="]
    return "\n".join(lines) + "\n"


def render_settings() -> str:
    """Every setting with its meaning, default and limits."""
    introduction = [
        "Settings are read once, at the start of a command, from the environment and from a file `.env`"
        " beside the project (`.env.example` lists them). Only `innenfra/settings.py` reads them."
    ]
    rows = []
    for name, field in Settings.model_fields.items():
        limits = ", ".join(
            str(one) for one in field.metadata if type(one).__name__ in ("Ge", "Le", "Gt", "Lt")
        )
        rows.append(
            [code(variable(name)), field.description, code(field.default) or "empty", _limits(limits)]
        )
    return document("Settings", introduction, table(["variable", "meaning", "default", "limits"], rows))


def _limits(text: str) -> str:
    for sign, said in (
        ("Ge(ge=", "at least "),
        ("Le(le=", "at most "),
        ("Gt(gt=", "more than "),
        ("Lt(lt=", "less than "),
    ):
        text = text.replace(sign, said)
    return text.replace(")", "")


def commands(app: typer.Typer) -> dict[str, TyperCommand]:
    """Every command by what is typed after `innenfra`."""
    return dict(_commands(typer.main.get_command(app), ""))


def _commands(command: object, before: str) -> Iterator[tuple[str, TyperCommand]]:
    if isinstance(command, TyperGroup):
        for name, one in command.commands.items():
            yield from _commands(one, f"{before} {name}".strip())
    elif isinstance(command, TyperCommand):
        yield before, command


def render_commands(app: typer.Typer) -> str:
    """Every command with its arguments, options and exit codes."""
    introduction = [
        "The command `innenfra` lies in `.venv/bin`. Progress and logs go to standard error; `--json` prints"
        " one JSON document on standard output and nothing else there. Every error is one sentence with what"
        " to do; `--debug` shows the traceback."
    ]
    return document("Commands", introduction, *(_command(name, one) for name, one in commands(app).items()))


def _command(name: str, command: TyperCommand) -> list[str]:
    arguments = [p for p in command.params if isinstance(p, TyperArgument)]
    options = [p for p in command.params if isinstance(p, TyperOption)]
    typed = " ".join(
        [
            "innenfra",
            name,
            *(f"{a.name.upper()}…" if a.nargs == -1 else a.name.upper() for a in arguments if a.name),
        ]
    )
    lines = [
        f"## {name}",
        "",
        f"`{typed}{' [OPTIONS]' if options else ''}`",
        "",
        re.sub(r"(?<!\n)\n(?!\n)", " ", (command.help or "").strip()),
        "",
    ]
    if command.epilog:
        lines += [command.epilog, ""]
    if arguments:
        lines += [
            *table(["argument", "meaning"], [[code(str(a.name).upper()), a.help] for a in arguments]),
            "",
        ]
    if options:
        lines += table(["option", "meaning", "default"], [[_flags(o), o.help, _default(o)] for o in options])
    return lines if lines[-1] else lines[:-1]


def _flags(option: TyperOption) -> str:
    flags = " / ".join(code(flag) for flag in (*option.opts, *option.secondary_opts))
    value = "" if option.is_flag else f" {str(option.name).upper()}"
    return flags + value + (" (required)" if option.required else "")


def _default(option: TyperOption) -> str:
    if option.required or option.default in (None, False) or callable(option.default):
        return ""
    if option.is_flag and option.secondary_opts:
        return code(option.opts[0])
    return code(option.default)
