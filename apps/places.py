"""Whose records a page shows: one school of those that the reader sees, and one of its partnerships.

Belongs here: choosing them in the row under the bar. Does not belong here: what is shown of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

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
    t = view.words
    schools = {row["school_id"]: row for row in view.reader.list_schools().to_dict("records")}
    if not schools:
        st.info(t("school.none"))
        return None
    names = {key: f"{row['school_code']} {row['name']}" for key, row in schools.items()}
    delivered = [key for key, row in schools.items() if not row["invited_only"]]
    school = next(iter(schools))
    if len(schools) > 1:
        default = delivered[0] if delivered else None
        school = choices.select("valgt", t("school"), list(schools), lambda key: names[key], default=default)
    if schools[school]["invited_only"]:
        st.info(t("school.silent"))
        return None
    partnerships = list(schools[school]["partnership_ids"])
    partnership = partnerships[0]
    if len(partnerships) > 1:
        partnership = choices.select("partnerskap", t("partnership"), partnerships)

    def records(name: str) -> list[Row]:
        found: list[Row] = list(view.reader.list_records(name, school))
        return [row for row in found if row.get("partnership_id", partnership) == partnership]

    return Place(school, str(schools[school]["name"]), partnership, records)
