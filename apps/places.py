"""Whose records a page shows: one school of those that the reader sees, and one of its partnerships.

Belongs here: choosing them in the row under the bar. Does not belong here: what is shown of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from apps import school_choice
from apps.frame import Choices
from apps.records import Row
from apps.view import View


@dataclass(frozen=True)
class Place:
    """A school in a partnership; `records` are the rows of a record by its name."""

    school_id: str
    name: str
    partnership_id: str
    records: Callable[[str], list[Row]]


def choose_school(view: View, choices: Choices) -> Place | None:
    """The school that is chosen, or None after saying that there is none or that it delivered nothing."""
    school = school_choice.choose_school(choices)
    if school is None:
        return None
    partnerships = list(school["partnership_ids"])
    partnership = partnerships[0]
    if len(partnerships) > 1:
        partnership = choices.select("partnerskap", view.words("partnership"), partnerships)

    def records(name: str) -> list[Row]:
        found: list[Row] = list(view.reader.list_records(name, school["school_id"]))
        return [row for row in found if row.get("partnership_id", partnership) == partnership]

    return Place(school["school_id"], school["name"], partnership, records)
