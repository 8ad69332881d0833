"""Leveranser: what is delivered, missing, late or refused, by file type and period, and who does what."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

import streamlit as st

from apps.charts.deliveries import PICK, GridCell, draw_grid
from apps.charts.theme import theme_of
from apps.dialogue import code, plain
from apps.frame import Choices, answer, link_to, show_chart, show_table
from apps.reader import Rows
from apps.records import day
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
)
from innenfra.intake.reminders import select_dated, select_missing, write_calendar

MOST_YEARS, RECENT_YEARS = 4, 3
# what the address calls the newest school years together
RECENT = "nylig"

# findings of one cell that are told one by one, and those elsewhere that the school has answered
MOST_TOLD = 20
MOST_ELSEWHERE = 3

# how a cell is drawn by its state; what needs nobody is drawn as nothing
LOOKS = {
    "delivered": "full",
    "corrected": "full",
    "rejected": "alarm",
    "in_work": "open",
    "late": "open",
    "missing": "open",
}

# states in which there is something to say about who does what
DOINGS = ("rejected", "missing", "late", "awaited", "in_work")


def render(view: View) -> None:
    """The page."""
    t, reader, lang = view.words, view.reader, view.language
    choices = Choices(view)
    schools = {
        r["school_id"]: f"{r['school_code']} {r['name']}" for r in reader.list_schools().to_dict("records")
    }
    expected = reader.list_schools_with_cells()
    known = [school for school in schools if school in expected]
    if not known:
        answer(t("deliveries.none"))
        return
    school = (
        choices.select("valgt", t("school"), known, lambda s: schools[s]) if len(schools) > 1 else known[0]
    )
    of_school = lay_over(reader.list_delivery_cells(school), reader.list_deliveries_on_the_way(school))
    years = sorted({cell.school_year for cell in of_school})[-MOST_YEARS:]
    year = choices.segments(
        "skolear",
        t("deliveries.year"),
        [RECENT, *years],
        lambda y: t("deliveries.recent") if y == RECENT else y,
    )
    shown = [
        cell for cell in of_school if cell.school_year in (years[-RECENT_YEARS:] if year == RECENT else year)
    ]
    to_do = [cell for cell in shown if cell.is_to_do]
    which = choices.segments(
        "vis",
        t("deliveries.show"),
        ("all", "todo"),
        lambda w: t(f"deliveries.show.{w}", n=len(to_do)),
    )
    _offer(view, choices, schools)

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
    by_key = {key_of(cell): cell for cell in sorted(listed, key=_is_urgent)}
    wanted = st.query_params.get("rute")
    chosen = wanted if wanted in by_key else next(iter(by_key))
    grid, open_cell = st.columns([3, 2], gap="large")
    with grid:
        _draw_grid(view, listed, chosen)
    with open_cell:
        _open(view, choices, by_key, school)
    _list_files(view, school)


def key_of(cell: Cell) -> str:
    """What the address calls a cell."""
    return "-".join((cell.file_type, cell.period.replace("/", "."), cell.partnership_id))


def _is_urgent(cell: Cell) -> tuple[bool, bool, bool]:
    """The most urgent first: refused, then what someone must deliver, then what is on its way."""
    return cell.state != "rejected", not cell.is_to_do, cell.state != "in_work"


def _draw_grid(view: View, cells: Sequence[Cell], chosen: str) -> None:
    """The grid as a picture that can be pressed, the same as a table, and what the marks mean."""
    t, lang = view.words, view.language
    lines = list(dict.fromkeys(name_file_type(cell.file_type, lang) for cell in cells))
    columns = list(dict.fromkeys(_name_period(cell, cells, view) for cell in _by_time(cells)))
    boxes = [
        GridCell(
            key_of(cell),
            name_file_type(cell.file_type, lang),
            _name_period(cell, cells, view),
            MARKS[cell.state],
            STATES.labels[cell.state][lang],
            LOOKS.get(cell.state, "none"),
        )
        for cell in cells
    ]
    said = (answer_cells(cells, lang), t("deliveries.file_type"))
    chart = draw_grid(boxes, lines, columns, chosen, said, theme_of(view.dark))

    def press() -> None:
        picked = st.session_state["grid"].selection.get(PICK) or []
        if picked:
            st.query_params["rute"] = picked[0]["key"]

    show_chart(chart, "grid", press)
    used = [state for state in MARKS if any(cell.state == state for cell in cells)]
    states = " · ".join(f"{MARKS[state]} {STATES.labels[state][lang]}" for state in used)
    st.markdown(f":gray[{t('deliveries.legend', states=states)}]")
    show_table(view, chart.columns, chart.rows)


def _name_period(cell: Cell, cells: Sequence[Cell], view: View) -> str:
    """The column that a cell stands in; of several partnerships, each has columns of its own."""
    is_loop = cell.period_type == "loop"
    named = view.words("deliveries.loop", period=cell.period) if is_loop else cell.period
    several = len({other.partnership_id for other in cells}) > 1
    return f"{named} ({cell.partnership_id})" if several else named


def _by_time(cells: Sequence[Cell]) -> list[Cell]:
    return sorted(
        cells,
        key=lambda c: (
            c.partnership_id, c.school_year, c.period_type, int(c.period) if c.period.isdigit() else 0
        ),
    )  # fmt: skip


def _open(view: View, choices: Choices, by_key: dict[str, Cell], school: str) -> None:
    """One cell: its file, what was found, who must do what, and whether it is in the numbers."""
    t, lang = view.words, view.language
    key = choices.select(
        "rute",
        t("deliveries.cell"),
        list(by_key),
        lambda k: _name(by_key[k], by_key, lang) if k in by_key else k,
    )
    cell = by_key[key]
    of_school = view.reader.list_findings_of_school(school)
    answers = view.reader.list_answers_to_findings() if of_school else {}
    with st.container(border=True, key="open_cell"):
        st.header(plain(f"{name_cell(cell, lang)}: {STATES.labels[cell.state][lang]}"), anchor=False)
        st.markdown(_say_file(view, cell, school))
        findings = [f for f in of_school if _is_about(f, cell)]
        lines = [f"**{t('deliveries.found')}**  "]
        for finding in findings[:MOST_TOLD]:
            said_to = answers.get(finding["finding_id"])
            beside = f" – {t('deliveries.answered', words=plain(said_to))}" if said_to else ""
            lines.append(f"- {plain(finding[f'message_{lang}'])}{beside}")
        st.markdown("\n".join([*lines, *([] if findings else [t("deliveries.found_none")])]))
        st.markdown(f"**{t('deliveries.who')}**  \n{say_what_to_do(cell, view)}")
        told = "deliveries.in_numbers" if cell.is_in_numbers else "deliveries.not_in_numbers"
        st.markdown(t(told, release=view.release.number))
        if cell.is_to_do or cell.state == "awaited":
            link_to(view, "deliver", t("deliveries.deliver"), valgt=school)
        if findings and view.scope.role == "school":
            _answer(view, findings)
    elsewhere = [f for f in of_school if f["finding_id"] in answers and not _is_about(f, cell)]
    for finding in elsewhere[:MOST_ELSEWHERE]:
        beside = t("deliveries.answered", words=plain(answers[finding["finding_id"]]))
        st.markdown(f":gray[{t('deliveries.elsewhere')}] {plain(finding[f'message_{lang}'])} – {beside}")


def _say_file(view: View, cell: Cell, school: str) -> str:
    """The newest file of a cell: its name, rows and day; or that there is none."""
    t = view.words
    number = cell.coming[-1] if cell.coming else cell.file_id
    file = next((one for one in view.reader.list_delivered_files(school) if one["file_id"] == number), None)
    if file is None:
        return t("deliveries.no_file")
    said = [t("deliveries.of_file", name=code(file["file_name"]), n=file["rows_read"], day=file["received"])]
    if cell.is_partial:
        said.append(t("deliveries.partial"))
    if cell.state == "corrected":
        said.append(t("deliveries.corrected"))
    return " ".join(said)


def say_what_to_do(cell: Cell, view: View) -> str:
    """Who must do what, by when."""
    t = view.words
    who = SENDERS[cell.sender][view.language]
    by = t("deliveries.by", day=day(cell.due_on, t)) if cell.due_on else ""
    key = cell.state if cell.state in DOINGS else "none"
    said = t(f"deliveries.do.{key}", who=who, by=by)
    return said[:1].upper() + said[1:]


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


def _name(cell: Cell, by_key: dict[str, Cell], language: str) -> str:
    named = name_cell(cell, language)
    several = len({other.partnership_id for other in by_key.values()}) > 1
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


def _offer(view: View, choices: Choices, schools: dict[str, str]) -> None:
    """What can be taken away, of all schools: the days as a calendar, and the list of what is missing."""
    role, lang, t, today = view.scope.role, view.language, view.words, dt.date.today()

    def read_all() -> list[Cell]:
        return lay_over(view.reader.list_delivery_cells(), view.reader.list_deliveries_on_the_way())

    with choices.downloads.container(horizontal=True, gap="small"):
        st.download_button(
            t("deliveries.calendar"),
            lambda: write_calendar(select_dated(read_all(), role, today), schools, lang),
            "innenfra.ics",
            "text/calendar",
            on_click="ignore",
            type="tertiary",
            icon=":material/event:",
        )
        st.download_button(
            t("deliveries.list"),
            lambda: write_list(select_missing(read_all(), role, today), schools, lang),
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
