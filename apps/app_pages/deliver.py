"""Lever data: a file is dropped, told of at once, mended, sent in, and followed by its receipt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Literal

import streamlit as st

from apps.dialogue import plain
from apps.frame import Choices, answer
from apps.view import View
from innenfra.errors import UserError
from innenfra.findings import Finding
from innenfra.ingest.worker import start_worker
from innenfra.intake.advice import answer_check, write_line
from innenfra.intake.checking import Checked, check_uploads
from innenfra.intake.marked import mark_workbook
from innenfra.intake.prefilled import write_prefilled
from innenfra.intake.sending import send_upload, take_back
from innenfra.intake.uploads import forget_upload, keep_names, keep_uploads

# findings of one file that the page tells one by one; the marked file has them all
MOST_LINES = 100

KINDS = ["xlsx", "csv", "txt", "json", "zip"]


def render(view: View) -> None:
    """The page."""
    t, reader = view.words, view.reader
    start_worker(view.settings)
    choices = Choices(view)
    schools = {
        r["school_id"]: f"{r['school_code']} {r['name']}" for r in reader.list_schools().to_dict("records")
    }
    if not schools:
        answer(t("deliver.none"))
        return
    school = next(iter(schools))
    if len(schools) > 1:
        school = choices.select("valgt", t("school"), list(schools), lambda s: schools[s])
    _offer_template(view, choices, school)
    head = st.container()
    _take(view, school)
    checked = _kept(school)
    with head:
        _answer(view, checked)
        if told := st.session_state.pop("told", ""):
            st.success(told)
    for number, one in enumerate(checked):
        _show(view, school, number, one)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _list_submissions(view, school)
    with right:
        st.subheader(t("deliver.after"), anchor=False)
        st.markdown("\n".join(f"{n}. {t(f'deliver.after_{n}')}" for n in range(1, 5)))


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


def _take(view: View, school: str) -> None:
    """Where files are dropped. Each drop is checked once; a new one takes the place of the one before."""
    t, round_no = view.words, st.session_state.setdefault("drop", 0)
    with st.expander(t("deliver.names")):
        st.markdown(t("deliver.names_lead"))
        names = st.text_area(t("deliver.names_label"), key=f"names:{school}")
    files = st.file_uploader(
        t("deliver.drop"), type=KINDS, accept_multiple_files=True, key=f"drop:{school}:{round_no}"
    )
    seen = f"seen:{school}"
    now = (tuple(file.file_id for file in files), names)
    if not files or st.session_state.get(seen) == now:
        return
    st.session_state[seen] = now
    for one in _kept(school):
        forget_upload(one.upload)
    st.session_state[f"checked:{school}"] = []
    try:
        uploads = keep_uploads(view.settings, [(file.name, file) for file in files])
        for upload in uploads:
            keep_names(upload, names)
        st.session_state[f"checked:{school}"] = check_uploads(uploads, view.settings, school, None)
    except UserError as error:
        st.error(error.words[view.language])


def _answer(view: View, checked: Sequence[Checked]) -> None:
    if not checked:
        answer(view.words("deliver.title"), view.words("deliver.lead"))
        return
    rows = sum(one.receipt.rows_read for one in checked)
    held = sum(one.receipt.rows_read if one.is_refused else one.receipt.rows_held_back for one in checked)
    refused = all(one.is_refused for one in checked)
    names = ", ".join(plain(one.receipt.file_name) for one in checked)
    answer(
        answer_check(rows, held, refused, view.language), view.words("deliver.about", name=names, rows=rows)
    )


def _show(view: View, school: str, number: int, one: Checked) -> None:
    """One file that was checked: what must be mended, the file with remarks, and sending it in."""
    t, receipt = view.words, one.receipt
    with st.container(border=True):
        st.subheader(plain(receipt.file_name), anchor=False)
        before = view.reader.find_seen_before(school, receipt.sha256)
        if before:
            st.info(t(f"deliver.seen.{before['state']}", day=f"{before['received_on']:%d.%m.%Y}"))
        if one.errors:
            st.markdown(f"**{t('deliver.findings')}**")
            _draw_findings(view, one.errors)
        if one.warnings:
            with st.expander(t("deliver.warnings", n=len(one.warnings))):
                _draw_findings(view, one.warnings)
        with st.container(horizontal=True):
            if receipt.findings:
                st.download_button(
                    t("deliver.marked"),
                    partial(mark_workbook, one.upload.path, receipt.findings, view.settings, view.language),
                    f"{one.upload.path.stem}-merknader.xlsx",
                    on_click="ignore",
                    type="primary" if one.errors else "secondary",
                    key=f"marked{number}",
                )
            right = receipt.rows_landed
            label = t("deliver.send_right", n=right) if one.errors else t("deliver.send")
            kind: Literal["primary", "secondary"] = "secondary" if one.errors else "primary"
            if not one.is_refused and st.button(label, key=f"send{number}", type=kind):
                _send(view, school, one)
        if one.errors:
            st.markdown(f":gray[{t('deliver.another')}]")


def _draw_findings(view: View, findings: Sequence[Finding]) -> None:
    t = view.words
    lines = [write_line(finding, view.language) for finding in findings[:MOST_LINES]]
    st.table(
        {
            t("deliver.sheet"): [plain(line.sheet) for line in lines],
            t("deliver.row"): [line.row for line in lines],
            t("deliver.column"): [plain(line.column) for line in lines],
            t("deliver.found"): [plain(line.found) for line in lines],
            t("deliver.do"): [plain(line.do) for line in lines],
        },
        hide_index=True,
    )
    if len(findings) > MOST_LINES:
        st.markdown(t("deliver.more", n=len(findings) - MOST_LINES))


def _send(view: View, school: str, one: Checked) -> None:
    try:
        number = send_upload(one, view.scope.actor, view.settings, view.reader.pool.url)
    except UserError as error:
        st.error(error.words[view.language])
        return
    st.session_state["told"] = view.words("deliver.sent", number=number, name=plain(one.receipt.file_name))
    _kept(school).remove(one)
    if not _kept(school):
        st.session_state["drop"] += 1
    st.rerun()


def _list_submissions(view: View, school: str) -> None:
    t = view.words
    st.subheader(t("deliver.submissions"), anchor=False)
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
            t("deliver.state"): [t(f"deliver.state.{one['state']}") for one in sent],
        },
        hide_index=True,
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
