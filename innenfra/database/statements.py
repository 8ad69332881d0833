"""Statements that are too long to stand in a module: SQL in files beside the module that runs them.

Belongs here: reading such a file. Does not belong here: the statements, and running them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import jinja2

_TEMPLATES = jinja2.Environment(autoescape=False, undefined=jinja2.StrictUndefined)


def read_sql(module: str, name: str, **parts: object) -> str:
    """The statement in the file `<name>.sql` beside a module (`__file__`), with the `parts` that it names as
    `{{ part }}`.

    Parts are names and SQL of the project itself. What comes from outside is a parameter of the statement,
    `%(name)s`, and never a part.
    """
    return _template(Path(module).parent / f"{name}.sql").render(parts).strip()


@cache
def _template(path: Path) -> jinja2.Template:
    return _TEMPLATES.from_string(path.read_text(encoding="utf-8"))
