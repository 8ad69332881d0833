"""The tour of the demonstration: five steps, each an address (`?tur=1` … `?tur=5`) with a few words over its
page.

Belongs here: the steps, and the file with three planted errors that the fourth hands out. Does not belong
here: any word (`wording/tour.*.toml`), what the pages show.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from apps.view import View
from innenfra.derive.template import write_template
from innenfra.intake.prefilled import begin_with

NAME = "tur"


@dataclass(frozen=True)
class Step:
    """The page that a step shows, and in which role."""

    page: str
    role: str


STEPS = (
    Step("mirror", "school"),
    Step("school", "school"),
    Step("compare", "university"),
    Step("deliver", "school"),
    Step("report", "school_owner"),
)
"""What the logs say, why a number is protected, comparing with uncertainty, delivering a file with errors,
handing on a report."""


def address_of(number: int, language: str) -> dict[str, str]:
    """What the address of a step names; the first unit of the role is meant."""
    return {"rolle": STEPS[number - 1].role, "lang": language, NAME: str(number)}


def show(view: View) -> None:
    """The step that the address names, over its own page; nothing outside the demonstration."""
    asked = st.query_params.get(NAME, "")
    if not view.settings.demo or asked not in map(str, range(1, len(STEPS) + 1)):
        return
    number = int(asked)
    if STEPS[number - 1] != Step(view.page, view.scope.role):
        return
    title = view.words("tour.title", number=number, all=len(STEPS), name=view.words(f"tour.{number}.title"))
    st.dialog(title, on_dismiss=_end)(_tell)(view, number)


def _end() -> None:
    st.query_params.pop(NAME, None)


def _tell(view: View, number: int) -> None:
    words = view.words
    st.markdown(words(f"tour.{number}"))
    if STEPS[number - 1].page == "deliver":
        school = next(iter(view.reader.list_schools()["school_id"]), "")
        st.download_button(
            words("tour.planted"),
            data=lambda: write_planted(school, view.reader.find_last_delivered(school), view.language),
            file_name="innenfra-tur.xlsx",
            on_click="ignore",
            icon=":material/download:",
        )
    if number < len(STEPS):
        following = STEPS[number]
        st.page_link(
            view.pages[following.page],
            label=words("tour.next", name=words(f"tour.{number + 1}.title")),
            query_params=address_of(number + 1, view.language),
            icon=":material/arrow_forward:",
        )
    else:
        st.markdown(words("tour.end"))


def write_planted(
    school_id: str, last: Mapping[str, Any], language: str, today: dt.date | None = None
) -> bytes:
    """A school's teams and next loop as a workbook with three errors: minutes below zero, and a code that is
    none for the loop's state and for the kind of a team."""
    day = today or dt.date.today()
    begun = begin_with(school_id, last, day)
    rows = {name: begun[name] for name in ("teams", "loops")}
    rows["manifest"] = [
        {**line, "completeness": "complete", "prepared_by_role": "leadership"}
        for line in begun["manifest"]
        if line["file_type"] in rows
    ]
    days = {"planned_start": day.isoformat(), "planned_end": (day + dt.timedelta(days=35)).isoformat()}
    rows["loops"][0] |= {**days, "plan_planning_min": -120, "status": "nesten"}
    for team in rows["teams"][:1]:
        team["team_kind"] = "trinnet"
    out = io.BytesIO()
    write_template(out, language=language, given=rows)
    return out.getvalue()
