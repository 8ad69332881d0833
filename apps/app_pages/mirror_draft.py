"""Forbered speildata: what a loop offers, and the sheet that is composed from it, as the school will see
it."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from apps import frame, mirror_forms, mirror_sheet, places
from apps.app_pages.loops import item_said
from apps.records import HELD, Row, Rows, Translate, begin, count, day, label, plain
from apps.view import View
from innenfra import spoken
from innenfra.contracts.arenas import MODEL_ARENAS
from innenfra.contracts.codings import CODE_CATEGORIES
from innenfra.contracts.meetings import ACTIVITIES
from innenfra.contracts.spoken import LETTERS
from innenfra.contracts.vocabulary import ARENAS
from innenfra.errors import UserError
from innenfra.mirror_items import list_marks


def headline(loop_no: int, items: Rows, t: Translate) -> str:
    """How many items the loop has, how many have words, and what the school answered."""
    if not items:
        return t("draft.no_items", loop=loop_no)
    written = sum(item["text"] is not None for item in items)
    answered = sum(item["outcome"] is not None for item in items)
    said = t(
        "draft.items",
        loop=loop_no,
        n=count(len(items), t),
        written=count(written, t),
        answered=count(answered, t),
    )
    again = sum(item["is_unrecognised"] for item in items)
    return begin(said + (" " + t("draft.to_revise", n=count(again, t)) if again else ""))


def offered(loop_no: int, meetings: Rows, activities: Rows, codes: Rows, t: Translate) -> pd.DataFrame:
    """What the loop left behind to work with: meetings and what was done in them, and coded units."""
    language = t("code")
    rows = []
    done: dict[str, list[str]] = {}
    for one in activities:
        done.setdefault(one["meeting_id"], []).append(
            label(ACTIVITIES, one["activity_code"], language).lower()
        )
    for one in sorted((m for m in meetings if m["loop_no"] == loop_no), key=lambda m: m["meeting_date"]):
        rows.append(
            {
                t("draft.what"): f"{label(ARENAS, one['arena'], language)} {day(one['meeting_date'], t)}",
                t("draft.offers"): ", ".join(done.get(one["meeting_id"], [])) or "–",
            }
        )
    units: Counter[tuple[str, str]] = Counter()
    for one in codes:
        if one["loop_no"] == loop_no and one["level"] == "category":
            units[(one["arena"], one["category"])] += one["n_units_with_code"]
    for (arena, category), n in sorted(units.items()):
        rows.append(
            {
                t("draft.what"): t("draft.coded", arena=label(MODEL_ARENAS, arena, language).lower()),
                t("draft.offers"): t("draft.units", kind=label(CODE_CATEGORIES, category, language), n=n),
            }
        )
    return pd.DataFrame(rows)


def sheet_line(item: Row, words: str | None, t: Translate) -> str:
    """An item as the school reads it; `words` are those that were written a moment ago."""
    shown = {**item, "text": words or item["text"]}
    against = t("draft.against", what=plain(item["held_up_against"])) if item["held_up_against"] else ""
    return " · ".join(filter(None, [item_said(shown, t), *list_marks(item, t), against]))


def render(view: View) -> None:
    """The page."""
    t = view.words
    choices = frame.Choices(view)
    place = places.choose_school(view, choices)
    if place is None:
        return
    read = place.records
    loops = sorted((x["loop_no"] for x in read("loop") if x["status"] in HELD), reverse=True)
    if not loops:
        frame.answer(t("loops.none"))
        return
    every = read("mirror_item")
    with_items = [n for n in loops if any(i["loop_no"] == n for i in every)]
    loop_no = int(
        choices.select(
            "sloyfe",
            t("clock.loop"),
            [str(n) for n in loops],
            lambda n: t("loops.loop", n=n),
            default=str((with_items or loops)[0]),
        )
    )
    items = [i for i in every if i["loop_no"] == loop_no]
    frame.answer(headline(loop_no, items, t), t("draft.lead"))
    newest: dict[str, Row] = {
        w["mirror_id"]: w for w in view.reader.list_written("mirror_text", place.school_id)
    }
    frame.offer_files(
        choices,
        headline(loop_no, items, t),
        (t("draft.item"), t("draft.words"), t("draft.answer")),
        [
            (
                item["mirror_id"],
                sheet_line(item, None, t),
                begin(t(f"item.outcome.{item['outcome'] or 'not_asked'}")),
            )
            for item in items
        ],
        more=mirror_sheet.list_files(view, place.school_id, str(loop_no)),
    )
    left, right = st.columns(2, gap="large")
    with left:
        st.header(t("draft.offered"), anchor=False)
        table = offered(loop_no, read("meeting"), read("meeting_activity"), read("code"), t)
        if len(table):
            st.table(table, hide_index=True)
        else:
            st.markdown(t("state.not_collected"))
        if items:
            write(view, place, items, newest)
    with right.container(border=True):
        st.header(t("draft.preview"), anchor=False)
        for item in items:
            words = newest.get(item["mirror_id"], {}).get("text")
            status = t(f"item.outcome.{item['outcome'] or 'not_asked'}")
            said = (
                f"  \n:gray[{begin(status)}"
                + (f" · «{plain(item['comment'])}»" if item["comment"] else "")
                + "]"
            )
            st.markdown(f"**{item['mirror_id']}** {sheet_line(item, words, t)}{said}")
        shown = [i["all_teams_included"] for i in items]
        if items:
            st.markdown(t("draft.all_teams") if all(s == "yes" for s in shown) else t("draft.not_all_teams"))
        else:
            st.markdown(t("draft.no_items", loop=loop_no))


def write(view: View, place: places.Place, items: Rows, newest: dict[str, Row]) -> None:
    """Write or revise the words of an item."""
    t, language = view.words, view.language
    st.header(t("draft.write"), anchor=False)
    called = {
        item["mirror_id"]: f"{item['mirror_id']} {item_said({**item, 'text': None}, t)}" for item in items
    }
    with st.form("mirror_text", clear_on_submit=True):
        which = st.selectbox(t("draft.item"), list(called), format_func=called.__getitem__)
        words = st.text_area(t("draft.words"), max_chars=LETTERS)
        against = st.text_input(t("draft.held_up_against"), max_chars=LETTERS)
        st.markdown(f":gray[{t('draft.words_help')}]")
        if st.form_submit_button(t("draft.save")):
            try:
                text, document = spoken.prepare(words), spoken.prepare(against)
                view.reader.write(
                    "write_mirror_text",
                    place.school_id,
                    place.partnership_id,
                    which,
                    text.text,
                    document.text,
                )
                st.session_state[mirror_forms.HITS] = (text.taken_out or document.taken_out, text.names)
                st.rerun()
            except UserError as refusal:
                st.error(refusal.words[language])
    mirror_forms.show_hits(t)
    if newest:
        st.markdown(f":gray[{t('draft.next_release')}]")
