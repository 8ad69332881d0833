"""Lever data: a file is dropped, told of at once, mended, sent in, and followed by its receipt."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Literal

import streamlit as st

from apps.charts.deliveries import RowLine, draw_rows
from apps.charts.theme import theme_of
from apps.dialogue import code, plain
from apps.frame import Choices, answer, show_chart
from apps.log_form import ask_about_form, can_ask
from apps.records import day
from apps.view import View
from innenfra.errors import UserError
from innenfra.findings import Finding
from innenfra.ingest.worker import start_worker
from innenfra.intake.advice import answer_check, write_line
from innenfra.intake.cells import lay_over, name_cell, name_file_type
from innenfra.intake.checking import Checked, check_uploads
from innenfra.intake.excerpt import cut_excerpt
from innenfra.intake.following import STATES
from innenfra.intake.form_map import Question, confirm, keep_map, write_beside
from innenfra.intake.marked import mark_workbook
from innenfra.intake.prefilled import write_prefilled
from innenfra.intake.reminders import select_dated
from innenfra.intake.sending import send_upload, take_back
from innenfra.intake.uploads import forget_upload, keep_names, keep_uploads

# findings of one file that the page tells one by one; the marked file has them all
MOST_LINES = 100
# what tells apart two columns of one name
ZERO_WIDTH = "\u200b"


def render(view: View) -> None:
    """The page."""
    t, reader = view.words, view.reader
    start_worker(view.settings)
    choices = Choices(view)
    schools = name_schools(reader.list_schools().to_dict("records"))
    if not schools:
        answer(t("deliver.none"))
        return
    school = next(iter(schools))
    if len(schools) > 1:
        school = choices.select("valgt", t("school"), list(schools), lambda s: schools[s])
    _offer_template(view, choices, school)
    head, drop = st.container(), st.container()
    with drop:
        refusal = _take(view, school)
    checked = _kept(school)
    with head:
        _answer(view, school, checked)
        if refusal:
            st.error(refusal)
        if told := st.session_state.pop("told", ""):
            st.success(told)
        for number, one in enumerate(checked):
            _show(view, school, schools, number, one)
        _offer_all(view, school, schools)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _list_submissions(view, school)
    with right:
        st.header(t("deliver.after"), anchor=False)
        st.markdown("\n".join(f"{n}. {t(f'deliver.after_{n}')}" for n in range(1, 5)))
        st.markdown(f":gray[{t('deliver.replaces')}]")


def name_schools(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What each school is called where one chooses among them."""
    return {row["school_id"]: f"{row['school_code']} {row['name']}" for row in rows}


def _offer_template(view: View, choices: Choices, school: str) -> None:
    last = partial(view.reader.find_last_delivered, school)
    choices.downloads.download_button(
        view.words("deliver.template"),
        lambda: write_prefilled(school, last(), view.language, dt.date.today()),
        f"innenfra-{school}.xlsx",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def _kept(school: str) -> list[Checked]:
    """What was dropped for this school in this session and is not sent in yet."""
    kept: list[Checked] = st.session_state.setdefault(f"checked:{school}", [])
    return kept


def _take(view: View, school: str) -> str:
    """Where files are dropped, and why a drop was not taken. What is dropped is checked at once and stays
    until it is sent in or taken away; a file of the same name takes the place of the one before."""
    t, round_no = view.words, st.session_state.setdefault("drop", 0)
    if any(one.errors and not can_ask(one) for one in _kept(school)):
        st.markdown(f":gray[{t('deliver.another')}]")
    files = st.file_uploader(t("deliver.drop"), accept_multiple_files=True, key=f"drop:{school}:{round_no}")
    with st.expander(t("deliver.names")):
        st.markdown(t("deliver.names_lead"))
        written = st.text_area(
            t("deliver.names_label"), key=f"names:{school}", on_change=partial(_note_names, school)
        )
    # who comes back to the page finds the field empty, and the names that were written are still taken out
    is_new = st.session_state.pop(f"new_names:{school}", False)
    names = written if is_new else st.session_state.get(f"names_of:{school}", "")
    st.session_state[f"names_of:{school}"] = names
    has_new_names = is_new and bool(_kept(school))
    if not files and not has_new_names:
        return str(st.session_state.pop("refusal", ""))
    began = time.monotonic()
    try:
        with st.spinner(t("deliver.checking")):
            dropped = keep_uploads(view.settings, [(file.name, file) for file in files])
            called = {upload.name for upload in dropped}
            for one in [one for one in _kept(school) if one.upload.name in called]:
                _drop(school, one)
            uploads = [one.upload for one in _kept(school)] if has_new_names else []
            for upload in (*uploads, *dropped):
                keep_names(upload, names)
            st.session_state[f"checked:{school}"] = [
                *([] if has_new_names else _kept(school)),
                *check_uploads([*uploads, *dropped], view.settings, school, None),
            ]
    except UserError as error:
        st.session_state["refusal"] = error.words[view.language]
    st.session_state[f"took:{school}"] = time.monotonic() - began
    st.session_state["drop"] += 1
    st.rerun()


def _note_names(school: str) -> None:
    st.session_state[f"new_names:{school}"] = True


def _drop(school: str, one: Checked) -> None:
    """Take away what was dropped and not sent in."""
    forget_upload(one.upload)
    _kept(school).remove(one)


def _answer(view: View, school: str, checked: Sequence[Checked]) -> None:
    """The sentence over what was dropped, what it rests on, and a box for each row."""
    t = view.words
    if not checked:
        due = _find_next_due(view, school)
        answer(t("deliver.title"), " ".join(filter(None, (t("deliver.lead"), due))))
        return
    if all(can_ask(one) for one in checked):
        names = ", ".join(plain(one.receipt.file_name) for one in checked)
        answer(t("log_form.answer"), t("deliver.about_none", name=names))
        return
    rows = sum(one.receipt.rows_read for one in checked)
    held = sum(one.receipt.rows_read if one.is_refused else one.receipt.rows_held_back for one in checked)
    refused = all(one.is_refused for one in checked)
    sentence = answer_check(rows, held, refused, view.language)
    names = ", ".join(plain(one.receipt.file_name) for one in checked)
    seconds = f"{max(0.1, st.session_state.get(f'took:{school}', 0.1)):.1f}"
    seconds = seconds if view.language == "en" else seconds.replace(".", ",")
    lines = write_lines(checked, view)
    read = t("deliver.about", name=names, seconds=seconds)
    answer(sentence, read if lines else t("deliver.about_none", name=names))
    if lines:
        columns = (t("deliver.sheet"), t("deliver.line_rows"))
        show_chart(draw_rows(lines, sentence, columns, theme_of(view.dark)), "rows")


def _find_next_due(view: View, school: str) -> str:
    """What the school or its partners have a day for next, in a sentence."""
    reader = view.reader
    cells = lay_over(reader.list_delivery_cells(school), reader.list_deliveries_on_the_way(school))
    today = dt.date.today()
    coming = [
        cell
        for cell in select_dated(cells, view.scope.role, today)
        if cell.due_on is not None and cell.due_on >= today
    ]
    if not coming or coming[0].due_on is None:
        return ""
    what = name_cell(coming[0], view.language)
    return view.words("deliver.due", what=what, day=day(coming[0].due_on, view.words))


def write_lines(checked: Sequence[Checked], view: View) -> list[RowLine]:
    """A line for each file type of the files that were checked, rows in order and rows to be mended."""
    t, several, lines = view.words, len(checked) > 1, []
    for one in checked:
        for sheet in one.receipt.sheets:
            name = name_file_type(sheet.file_type, view.language)
            held = len(sheet.held)
            said = t("deliver.line_one" if sheet.rows == 1 else "deliver.line", n=sheet.rows)
            said += t("deliver.line_held", n=held) if held else ""
            called = f"{name} ({one.receipt.file_name})" if several else name
            wrong = [(number - sheet.first, number) for number in sheet.held]
            lines.append(RowLine(called, said, sheet.rows, wrong))
    return lines


def _may_send(one: Checked, schools: Mapping[str, str]) -> bool:
    return not one.is_refused and one.school_id in schools


def _show(view: View, school: str, schools: Mapping[str, str], number: int, one: Checked) -> None:
    """One file that was checked: what must be mended, the file with remarks, and sending it in."""
    t, receipt = view.words, one.receipt
    with st.container(border=True, key=f"file{number}"):
        st.header(plain(receipt.file_name), anchor=False)
        if one.school_id and one.school_id not in schools:
            st.error(t("deliver.not_yours", school=one.school_id))
        elif one.school_id and one.school_id != school:
            st.info(t("deliver.other_school", school=plain(schools[one.school_id])))
        before = view.reader.find_seen_before(one.school_id or school, receipt.sha256)
        if before:
            st.info(t(f"deliver.seen.{before['state']}", day=day(before["received_on"], t)))
        asks = can_ask(one)
        if asks:
            ask_about_form(view, school, one, f"form{number}", partial(_confirm_form, view, school, one))
        elif one.errors:
            st.markdown(f"**{t('deliver.findings')}**")
            _draw_findings(view, one.errors)
            _draw_excerpt(view, one)
        if one.warnings:
            with st.expander(t("deliver.warnings", n=len(one.warnings))):
                _draw_findings(view, one.warnings)
        with st.container(horizontal=True):
            if receipt.findings and not asks:
                st.download_button(
                    t("deliver.marked"),
                    partial(mark_workbook, one.upload.path, receipt.findings, view.settings, view.language),
                    f"{one.upload.path.stem}-merknader.xlsx",
                    on_click="ignore",
                    type="primary" if one.errors else "secondary",
                    icon=":material/download:",
                    key=f"marked{number}",
                )
            if receipt.form_map is not None:
                st.download_button(
                    t("deliver.form_map"),
                    partial(write_beside, receipt.form_map, school),
                    f"{one.upload.path.stem}-kart.zip",
                    on_click="ignore",
                    type="secondary" if asks else "primary",
                    icon=":material/download:",
                    key=f"map{number}",
                    help=t("deliver.form_map_lead"),
                )
            label = t("deliver.send_right", n=receipt.rows_landed) if one.errors else t("deliver.send")
            kind: Literal["primary", "secondary"] = "secondary" if one.errors else "primary"
            if _may_send(one, schools) and st.button(label, key=f"send{number}", type=kind):
                _send(view, school, [one])
            st.button(
                t("deliver.take_away"),
                key=f"away{number}",
                type="tertiary",
                on_click=partial(_drop, school, one),
            )


def _confirm_form(
    view: View, school: str, one: Checked, questions: Sequence[Question], round_said: dict[str, str]
) -> None:
    """Keep what the sender says of a form for the next round, and check its export by it."""
    try:
        keep_map(questions, school, view.scope.actor, view.reader.pool.url)
    except UserError as error:
        st.error(error.words[view.language])
        return
    place = _kept(school).index(one)
    (checked,) = check_uploads([confirm(one.upload, questions, round_said)], view.settings, school, None)
    _kept(school)[place] = checked
    st.rerun()


def _offer_all(view: View, school: str, schools: Mapping[str, str]) -> None:
    """Sending in at once all that is in order, where several files were dropped."""
    right = [one for one in _kept(school) if _may_send(one, schools) and not one.errors]
    if len(right) > 1 and st.button(
        view.words("deliver.send_all", n=len(right)), key="send_all", type="primary"
    ):
        _send(view, school, right)


def _draw_findings(view: View, findings: Sequence[Finding]) -> None:
    t = view.words
    lines = [write_line(finding, view.language) for finding in findings[:MOST_LINES]]
    st.table(
        {
            t("deliver.sheet"): [plain(line.sheet) for line in lines],
            t("deliver.row"): [line.row for line in lines],
            t("deliver.column"): [plain(line.column) for line in lines],
            t("deliver.found"): [code(line.found) for line in lines],
            t("deliver.do"): [plain(line.do) for line in lines],
        },
        hide_index=True,
        border="horizontal",
    )
    if len(findings) > MOST_LINES:
        st.markdown(t("deliver.more", n=len(findings) - MOST_LINES))


def _draw_excerpt(view: View, one: Checked) -> None:
    """How a fault looks in the sender's own sheet; cut once for each file."""
    t, kept = view.words, st.session_state.setdefault("excerpts", {})
    if one.upload.path not in kept:
        kept.clear()
        kept[one.upload.path] = cut_excerpt(one.upload.path, one.errors, view.settings)
    cut = kept[one.upload.path]
    if cut is None:
        return
    st.markdown(f"**{t('deliver.in_your_sheet')}**")
    columns: dict[str, list[str]] = {t("deliver.row"): [str(number) for number in cut.numbers]}
    for place, header in enumerate(cut.headers):
        columns[f"{plain(header)}{ZERO_WIDTH * (header in cut.headers[:place])}"] = [
            f"**✕ {plain(row[place])}**" if (number, place) == (cut.row, cut.column) else plain(row[place])
            for number, row in enumerate(cut.cells)
        ]
    st.table(columns, hide_index=True, border="horizontal")
    st.markdown(f":gray[{t('deliver.in_the_marked')}]")


def _send(view: View, school: str, files: Sequence[Checked]) -> None:
    """Send files in, and tell the number of each."""
    told = []
    for one in files:
        try:
            number = send_upload(one, view.scope.actor, view.settings, view.reader.pool.url)
        except UserError as error:
            told.append(f"{plain(one.receipt.file_name)}: {error.words[view.language]}")
            continue
        told.append(view.words("deliver.sent", number=number, name=plain(one.receipt.file_name)))
        _kept(school).remove(one)
    st.session_state["told"] = "\n\n".join(told)
    st.rerun()


def _list_submissions(view: View, school: str) -> None:
    t = view.words
    st.header(t("deliver.submissions"), anchor=False)
    sent = view.reader.list_submissions(school)
    if not sent:
        st.markdown(t("deliver.no_submissions"))
        return
    st.table(
        {
            t("deliver.receipt"): [str(one["submission_id"]) for one in sent],
            t("deliver.file"): [plain(one["file_name"]) for one in sent],
            t("deliver.sent_at"): [one["sent"] for one in sent],
            t("deliver.rows"): [
                f"{one['rows_read'] - one['rows_held_back']} / {one['rows_read']}" for one in sent
            ],
            t("deliver.state"): [STATES.labels[one["state"]][view.language] for one in sent],
        },
        hide_index=True,
        border="horizontal",
    )
    for one in sent:
        number = one["submission_id"]
        if one["state"] == "received" and st.button(
            t("deliver.take_back", number=number), key=f"back{number}", type="tertiary"
        ):
            try:
                take_back(number, view.scope.actor, view.settings, view.reader.pool.url)
                st.session_state["told"] = t("deliver.taken_back", number=number)
            except UserError as error:
                st.session_state["told"] = error.words[view.language]
            st.rerun()
