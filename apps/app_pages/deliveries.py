"""Leveranser: what is delivered, missing, late or refused, by file type and period, and who does what."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

import streamlit as st

from apps.dialogue import plain
from apps.frame import Choices, answer
from apps.reader import Rows
from apps.view import View
from innenfra.intake.cells import (
    MARKS,
    SENDERS,
    STATES,
    Cell,
    answer_cells,
    lay_over,
    name_cell,
    name_file_type,
    say_cell,
)
from innenfra.intake.reminders import select_dated, select_missing, write_calendar

# findings of one cell that are told one by one
MOST_TOLD = 20


def render(view: View) -> None:
    """The page."""
    t, reader, lang = view.words, view.reader, view.language
    choices = Choices(view)
    schools = {
        r["school_id"]: f"{r['school_code']} {r['name']}" for r in reader.list_schools().to_dict("records")
    }
    cells = lay_over(reader.list_delivery_cells(), reader.list_deliveries_on_the_way())
    known = [school for school in schools if any(cell.school_id == school for cell in cells)]
    if not known:
        answer(t("deliveries.none"))
        return
    school = (
        choices.select("valgt", t("school"), known, lambda s: schools[s]) if len(schools) > 1 else known[0]
    )
    of_school = [cell for cell in cells if cell.school_id == school]
    years = sorted({cell.school_year for cell in of_school})[-4:]
    year = choices.segments("skolear", t("deliveries.year"), years, default=years[-1])
    shown = [cell for cell in of_school if cell.school_year == year]
    to_do = [cell for cell in shown if cell.is_to_do]
    which = choices.segments(
        "vis",
        t("deliveries.show"),
        ("all", "todo"),
        lambda w: t(f"deliveries.show.{w}", n=len(to_do)),
    )
    _offer(view, choices, cells, schools)

    due = [cell for cell in shown if cell.is_to_do or cell.is_in_numbers]
    answer(
        answer_cells(shown, lang),
        t(
            "deliveries.counts",
            delivered=sum(cell.is_in_numbers for cell in due),
            due=len(due),
            release=view.release.number,
        ),
    )
    listed = to_do if which == "todo" else shown
    if not listed:
        st.markdown(t("deliveries.nothing_waits"))
        return
    grid, open_cell = st.columns([3, 2], gap="large")
    with grid:
        st.table(draw_grid(listed, view), hide_index=True)
        used = [code for code in MARKS if any(cell.state == code for cell in listed)]
        states = " · ".join(f"{MARKS[code]} {STATES.labels[code][lang]}" for code in used)
        st.markdown(f":gray[{t('deliveries.legend', states=states)}]")
    with open_cell:
        _open(view, choices, listed, school)
    _list_files(view, school)


def draw_grid(cells: Sequence[Cell], view: View) -> dict[str, list[str]]:
    """Columns of the grid: the file types, then one for each period, states as mark and word."""
    periods = list(dict.fromkeys((cell.period_type, cell.period) for cell in _by_time(cells)))
    kinds = list(dict.fromkeys(cell.file_type for cell in cells))
    found: dict[tuple[str, str, str], list[Cell]] = {}
    for cell in cells:
        found.setdefault((cell.file_type, cell.period_type, cell.period), []).append(cell)
    columns = {view.words("deliveries.file_type"): [name_file_type(kind, view.language) for kind in kinds]}
    for period_type, period in periods:
        named = view.words("deliveries.loop", period=period) if period_type == "loop" else period
        columns[named] = [
            " / ".join(
                dict.fromkeys(
                    say_cell(cell, view.language) for cell in found.get((kind, period_type, period), ())
                )
            )
            for kind in kinds
        ]
    return columns


def _by_time(cells: Sequence[Cell]) -> list[Cell]:
    return sorted(cells, key=lambda c: (c.period_type, int(c.period) if c.period.isdigit() else 0, c.period))


def _open(view: View, choices: Choices, cells: Sequence[Cell], school: str) -> None:
    """One cell: state, days, who must act, whether it is in the numbers, and what was found."""
    t, lang = view.words, view.language
    by_key = {
        "-".join((cell.file_type, cell.period.replace("/", "."), cell.partnership_id)): cell
        for cell in sorted(cells, key=lambda cell: (not cell.is_to_do, cell.state != "rejected"))
    }
    key = choices.select("rute", t("deliveries.cell"), list(by_key), lambda k: _name(by_key[k], cells, lang))
    cell = by_key[key]
    with st.container(border=True):
        st.subheader(plain(f"{name_cell(cell, lang)}: {STATES.labels[cell.state][lang]}"), anchor=False)
        said = [t("deliveries.who_sends", who=SENDERS[cell.sender][lang])]
        if cell.due_on:
            said.append(t("deliveries.due", due=f"{cell.due_on:%d.%m.%Y}"))
        if cell.delivered_on:
            said.append(t("deliveries.delivered_on", day=f"{cell.delivered_on:%d.%m.%Y}"))
        if cell.is_partial:
            said.append(t("deliveries.partial"))
        st.markdown(" ".join(said))
        told = "deliveries.in_numbers" if cell.is_in_numbers else "deliveries.not_in_numbers"
        st.markdown(t(told, release=view.release.number))
        findings = [f for f in view.reader.list_findings_of_school(school) if _is_about(f, cell)]
        st.markdown(f"**{t('deliveries.found')}**")
        answers = view.reader.list_answers_to_findings() if findings else {}
        for finding in findings[:MOST_TOLD]:
            said_to = answers.get(finding["finding_id"])
            beside = f" – {t('deliveries.answered', words=plain(said_to))}" if said_to else ""
            st.markdown(f"- {plain(finding[f'message_{lang}'])}{beside}")
        if not findings:
            st.markdown(t("deliveries.found_none"))
        elif view.scope.role == "school":
            _answer(view, findings)


def _answer(view: View, findings: Rows) -> None:
    """Where the school says why what was found is right as it is."""
    t, lang = view.words, view.language
    told = {finding["finding_id"]: finding[f"message_{lang}"] for finding in findings}
    with st.form("right", clear_on_submit=True, border=False):
        about = st.selectbox(t("deliveries.answer_about"), list(told), format_func=lambda i: told[i])
        words = st.text_input(
            t("deliveries.answer"), max_chars=400, placeholder=t("deliveries.answer_example")
        )
        if st.form_submit_button(t("deliveries.answer_send")) and words.strip():
            view.reader.answer_finding(about, words.strip())
            st.rerun()


def _name(cell: Cell, cells: Sequence[Cell], language: str) -> str:
    named = name_cell(cell, language)
    several = len({other.partnership_id for other in cells}) > 1
    return f"{named} ({cell.partnership_id})" if several else named


def _is_about(finding: dict[str, Any], cell: Cell) -> bool:
    return finding["file_id"] in (cell.file_id, *cell.coming) and finding["file_type"] in (
        None,
        cell.file_type,
    )


def _list_files(view: View, school: str) -> None:
    t = view.words
    files: Rows = view.reader.list_delivered_files(school)
    with st.expander(t("deliveries.files")):
        if not files:
            st.markdown(t("deliveries.files_none"))
            return
        st.table(
            {
                t("deliveries.file"): [plain(file["file_name"]) for file in files],
                t("deliveries.received"): [file["received"] for file in files],
                t("deliveries.status"): [t(f"deliveries.status.{file['status']}") for file in files],
                t("deliveries.rows"): [f"{file['rows_landed']} / {file['rows_read']}" for file in files],
            },
            hide_index=True,
        )


def _offer(view: View, choices: Choices, cells: Sequence[Cell], schools: dict[str, str]) -> None:
    """What can be taken away: the days as a calendar, and the list of what is missing."""
    role, lang, t, today = view.scope.role, view.language, view.words, dt.date.today()
    with choices.downloads.container(horizontal=True, gap="small"):
        st.download_button(
            t("deliveries.calendar"),
            write_calendar(select_dated(cells, role, today), schools, lang),
            "innenfra.ics",
            "text/calendar",
            on_click="ignore",
            type="tertiary",
            icon=":material/event:",
        )
        st.download_button(
            t("deliveries.list"),
            write_list(select_missing(cells, role, today), schools, lang),
            "innenfra-mangler.csv",
            "text/csv",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )


def write_list(cells: Sequence[Cell], schools: dict[str, str], language: str) -> str:
    """What is missing as CSV, for a spreadsheet."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";")
    for cell in cells:
        day = (cell.due_on or dt.date.max).isoformat() if cell.due_on else ""
        writer.writerow(
            [
                schools.get(cell.school_id, cell.school_id),
                name_cell(cell, language),
                STATES.labels[cell.state][language],
                day,
            ]
        )
    return out.getvalue()
