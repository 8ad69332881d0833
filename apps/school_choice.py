"""Which school a page is about: the own one for a school, a chosen one for others, never another silently.

Belongs here: the choice of a school, and how a school is called. Does not belong here: what is shown of it.
"""

from __future__ import annotations

from typing import Any

from apps import frame
from apps.reader import as_rows


def name_school(school: dict[str, Any]) -> str:
    """Code and name."""
    return f"{school['school_code']} {school['name']}"


def choose_school(choices: frame.Choices) -> dict[str, Any] | None:
    """The school that the page is about: a school's own; for others one of those in sight, by the address.
    None, and a sentence, where there is none."""
    view = choices.view
    found = {school["school_id"]: school for school in as_rows(view.reader.list_schools())}
    if not found:
        frame.answer(view.words("school.none"))
        return None
    if view.scope.role == "school" and view.scope.unit in found:
        return found[view.scope.unit]
    default = next((s for s, school in found.items() if not school["invited_only"]), next(iter(found)))
    chosen = choices.select(
        "valgt", view.words("school"), list(found), lambda s: name_school(found[s]), default
    )
    if found[chosen]["invited_only"]:
        frame.answer(view.words("school.silent"))
        return None
    return found[chosen]
