"""Rapport: what is filled and what is missing, own words, a preview, and what was handed on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

import streamlit as st

from apps.dialogue import plain
from apps.frame import Choices, answer, draw_table
from apps.reader import as_rows
from apps.records import begin, day
from apps.view import View
from innenfra.contracts.reports import LONGEST_WORDS, READERS_OF_KIND, REPORT_KINDS
from innenfra.errors import UserError
from innenfra.reports.gather import select_schools
from innenfra.reports.make import FORMATS, MIME, Wish, app_address, choose_language, name_file
from innenfra.reports.make import render as render_file
from innenfra.reports.model import KINDS, Kind, Picture, Report, Section, Text, as_document, differences
from innenfra.reports.pdf import as_pages
from innenfra.reports.sections import OWN_WORDS
from innenfra.settings import LANGUAGES, Language
from innenfra.wording import translator


def render(view: View) -> None:
    """The page."""
    t = view.words
    choices = Choices(view)
    wish = _choose(view, choices)
    if wish is None:
        answer(t("reports.nothing"))
        _offer_extracts(view)
        return
    try:
        report = view.reader.make_report(wish, app_address(view.settings))
    except UserError as refusal:
        answer(refusal.words[view.language])
        return
    answer(say_state(report, t), t("reports.below", release=report.release))
    _offer(view, choices, report)
    left, right = st.columns(2, gap="large")
    with left:
        st.table(list_sections(report, t), hide_index=True)
        _write(view, wish, report)
        with st.container(key="issued"):
            _list_issued(view, wish, report)
        _offer_extracts(view)
    with right:
        _read(view, report)
        with st.container(border=True, key="preview"):
            pages = as_pages(report)
            for number, page in enumerate(pages, 1):
                st.image(page, caption=t("reports.preview", n=number, all=len(pages)), width="stretch")


def say_state(report: Report, t: Callable[..., str]) -> str:
    """How much of the report is filled, in a sentence."""
    filled = sum(section.is_filled for section in report.sections)
    waiting = sum("own_words" in section.lacks for section in report.sections)
    key = "reports.answer_missing" if waiting else "reports.answer"
    return t(key, filled=filled, all=len(report.sections), n=waiting)


def list_sections(report: Report, t: Callable[..., str]) -> dict[str, list[str]]:
    """The checklist as columns."""
    return {
        t("reports.section"): [f"{n} {section.title}" for n, section in enumerate(report.sections, 1)],
        t("reports.filled_by"): [t(f"reports.by.{section.filled_by}") for section in report.sections],
        t("reports.state"): [_state(section, t) for section in report.sections],
    }


def _state(section: Section, t: Callable[..., str]) -> str:
    return t("reports.filled") if section.is_filled else t(f"reports.lacks.{section.lacks[0]}")


def kinds_of(role: str) -> list[Kind]:
    """Kinds of report that a role makes."""
    return [kind for kind in KINDS if role in READERS_OF_KIND[kind]]


def _choose(view: View, choices: Choices) -> Wish | None:
    """What the reader wants a report of; nothing where there is nothing."""
    t, reader, scope = view.words, view.reader, view.scope
    kinds = kinds_of(scope.role)
    kind = cast(
        Kind,
        choices.segments(
            "rapport", t("reports.kind"), kinds, lambda k: REPORT_KINDS.labels[k][view.language]
        ),
    )
    units = _list_units(view, kind)
    if not units:
        return None
    unit = choices.select("gjelder", t("reports.unit"), list(units), lambda u: units[u])
    if kind == "mirror":
        periods = reader.list_report_periods("loop", unit)
        called: Callable[[str], str] = lambda p: begin(t("sentence.period.loop", period=p))  # noqa: E731
    elif kind == "yearly":
        periods, called = reader.list_report_periods("school_year"), str
    else:
        periods = [str(int(year[:4]) + 1) for year in reader.list_report_periods("school_year")]
        called = str
    if not periods:
        return None
    period = choices.select("periode", t("reports.period"), periods, called)
    schools = select_schools(as_rows(reader.list_schools()), kind, unit)
    theirs = choose_language(schools, view.language)
    language = choices.select(
        "rapportsprak", t("reports.language"), LANGUAGES, lambda code: t(f"language.{code}"), theirs
    )
    return Wish(kind, unit, period, cast(Language, language))


def _list_units(view: View, kind: Kind) -> dict[str, str]:
    reader, scope = view.reader, view.scope
    if kind == "yearly":
        known = reader.list_partnerships().to_dict("records")
        return {p["partnership_id"]: str(p["title"] or p["partnership_id"]) for p in known}
    schools = as_rows(reader.list_schools())
    if kind == "mirror":
        return {s["school_id"]: f"{s['school_code']} {s['name']}" for s in schools if not s["invited_only"]}
    return {s["owner_id"]: str(s["owner_name"]) for s in schools if scope.unit in ("", s["owner_id"])}


def _read(view: View, report: Report) -> None:
    """All that the report says, to be read where a picture of a page is not: aloud, or on a phone."""
    with st.expander(view.words("reports.read"), key="read"):
        st.markdown(f"**{plain(report.answer)}**")
        for number, section in enumerate(report.sections, 1):
            st.subheader(f"{number} {plain(section.title)}", anchor=False)
            for block in section.blocks:
                if isinstance(block, Text):
                    st.markdown(plain(block.words))
                elif isinstance(block, Picture):
                    st.markdown(plain(block.alternative))
                else:
                    st.markdown(f":gray[{plain(block.caption)}]")
                    rows = [[plain(cell.written) for cell in row] for row in block.rows]
                    draw_table(block.header, rows)


def _offer(view: View, choices: Choices, report: Report) -> None:
    """Drafts to take away, and handing on."""
    t = view.words
    with choices.downloads.popover(
        t("reports.download"), type="tertiary", icon=":material/download:", key="take"
    ):
        for one in FORMATS[report.kind]:
            st.download_button(
                t(f"reports.format.{one}"),
                partial(render_file, report, one),
                name_file(report, one),
                MIME[one],
                key=f"draft_{one}",
                on_click="ignore",
            )
        st.markdown(t("reports.issue_lead"))
        for one in FORMATS[report.kind]:
            label = f"{t('reports.issue')}: {t(f'reports.format.{one}')}"
            if st.button(label, key=f"issue_{one}"):
                kept = view.reader.issue_report(report, one)
                st.success(t("reports.issued", n=kept.report_id))


def _offer_extracts(view: View) -> None:
    """Extracts for the research projects that the reader is the one who asks for."""
    t = view.words
    if view.scope.role != "university":
        return
    projects = view.reader.list_research_projects()
    with st.expander(t("reports.research"), key="research"):
        st.markdown(t("reports.research_lead" if projects else "reports.research_none"))
        for one in projects:
            st.markdown(
                t(
                    "reports.research_project",
                    project=plain(one["project_id"]),
                    basis=plain(one["legal_basis"]),
                    until=day(one["valid_until"], t),
                )
            )
            st.download_button(
                t("reports.research_make", project=plain(one["project_id"])),
                partial(_take_extract, view, one["project_id"]),
                f"innenfra-extract-{one['project_id']}.zip",
                "application/zip",
                key=f"extract_{one['project_id']}",
                on_click="ignore",
            )


def _take_extract(view: View, project_id: str) -> bytes:
    return view.reader.make_extract(project_id).data


def _write(view: View, wish: Wish, report: Report) -> None:
    """One section in own words, the first that is missing before the others."""
    t = view.words
    told = {section.key: section for section in report.sections}
    keys = sorted(OWN_WORDS[wish.kind], key=lambda key: told[key].is_filled)
    with st.container(border=True):
        key = st.selectbox(t("reports.choose_section"), keys, format_func=lambda k: told[k].title)
        written = next((b.words for b in told[key].blocks if isinstance(b, Text) and b.manner == "own"), "")
        ask = translator(view.language)(f"report.ask.{key}")
        with st.form(f"words_{wish.kind}_{wish.unit}_{wish.period}_{key}"):
            words = st.text_area(ask, written, max_chars=LONGEST_WORDS)
            st.markdown(f":gray[{t('reports.write', n=LONGEST_WORDS)}]")
            sent = st.form_submit_button(t("reports.save"))
        if sent:
            kept = view.reader.write_report_words(wish, key, words)
            st.session_state["report_said"] = t("reports.masked" if kept.was_masked else "reports.saved")
            st.rerun()
        if said := st.session_state.pop("report_said", ""):
            st.success(said)


def _list_issued(view: View, wish: Wish, report: Report) -> None:
    """What was handed on, and what the present release would say otherwise."""
    t = view.words
    st.header(t("reports.earlier"), anchor=False)
    issued = view.reader.list_issued_reports(wish)
    if not issued:
        st.markdown(t("reports.none_earlier"))
    for row in issued:
        label = t(
            "reports.earlier_one",
            n=row["report_id"],
            period=row["period"],
            release=row["release_id"],
            day=day(row["issued_at"], t),
        )
        with st.expander(f"{label} · {t('reports.format.' + row['file_format'])}"):
            kept = view.reader.read_issued_report(row["report_id"])
            st.download_button(
                t(f"reports.format.{row['file_format']}"),
                bytes(kept["file"]),
                kept["file_name"],
                MIME[row["file_format"]],
                key=f"issued_{row['report_id']}",
                on_click="ignore",
            )
            st.markdown(t("reports.hash"))
            st.code(row["sha256"], language=None, wrap_lines=True)
            if row["period"] == wish.period and row["language"] == wish.language:
                _compare(kept["says"], report, t)


def _compare(says: dict[str, object], report: Report, t: Callable[..., str]) -> None:
    found = differences(says, as_document(report))
    if not found:
        st.markdown(t("reports.same", release=report.release))
        return
    st.markdown(t("reports.different", release=report.release, n=len(found)))
    st.table(
        {
            t("reports.section"): [plain(f"{one.section} · {one.about}") for one in found],
            t("reports.before"): [plain(one.before) for one in found],
            t("reports.after"): [plain(one.after) for one in found],
        },
        hide_index=True,
    )
