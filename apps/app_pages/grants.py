"""Tilskudd: what an owner and an institution each tell of grants, and the form to tell it in."""

from __future__ import annotations

import datetime as dt

import psycopg
import streamlit as st

from apps import frame, owner
from apps.reader import as_rows
from apps.view import View
from innenfra.schemes import load_schemes

YEARS_BACK = 5


def render(view: View) -> None:
    """The page: one scheme at a time, so that schemes are never added together."""
    words, schemes, choices = view.words, load_schemes(), frame.Choices(view)
    money = owner.read_money(view.reader.list_grants(), schemes)
    present = [s.code for s in schemes.schemes if any(one.scheme == s.code for one in money)]
    if present:
        scheme = choices.segments(
            "ordning", words("owner.money.scheme"), present,
            lambda code: owner.name_scheme(code, schemes, words), present[-1],
        )  # fmt: skip
        money = [one for one in money if one.scheme == scheme]
    differing = sum(bool(one.differing) for one in money)
    frame.answer(
        words("grants.answer" if differing else "grants.answer_same", n=differing, all=len(money))
        if money
        else words("owner.no_grants"),
        words("grants.below"),
    )
    if money:
        columns = (words("owner.money.partnership"), *(
            words(f"owner.money.{name}")
            for name in ("year", "scheme", "granted", "required", "delivered", "differing")
        ))  # fmt: skip
        rows = [
            (one.partnership, *row)
            for one, row in zip(money, owner.table_of_money(money, schemes, words), strict=True)
        ]
        frame.draw_table(columns, rows)
        for rule in dict.fromkeys(rule for one in money for rule in one.required.rules):
            frame.say_careful(
                words("grants.rule", rate=f"{rule.rate * 100:.0f}", base=words(f"grants.base.{rule.base}"),
                      source=frame.plain(rule.source))
            )  # fmt: skip
        frame.offer_files(choices, words("page.grants"), columns, rows)
    if view.scope.role == "school_owner":
        _ask(view)


def _ask(view: View) -> None:
    words, schemes = view.words, load_schemes()
    partnerships = {
        one["partnership_id"]: str(one["title"]) for one in as_rows(view.reader.list_partnerships())
    }
    today = (
        dt.date.fromisoformat(view.release.date[:10]) if view.release.date[:4].isdigit() else dt.date.today()
    )
    with st.expander(words("grants.write")), st.form("grant", border=False):
        year = st.number_input(
            words("owner.money.year"), today.year - YEARS_BACK, today.year + 1, today.year, format="%d"
        )
        scheme = st.selectbox(
            words("owner.money.scheme"), [s.code for s in schemes.schemes][::-1],
            format_func=lambda code: owner.name_scheme(code, schemes, words),
        )  # fmt: skip
        partnership = st.selectbox(
            words("owner.money.partnership"), list(partnerships), format_func=lambda p: partnerships[p]
        )
        decided = st.date_input(words("grants.decided"), value=None, format="DD.MM.YYYY")
        amounts = {
            name: st.number_input(words(f"owner.money.{name}"), min_value=0, value=None, step=1000)
            for name in ("granted", "needs_year_1", "needs_year_2", "needs_year_3", *owner.OWN_SHARE)
        }
        coordinator = st.radio(
            words("grants.coordinator"), ("yes", "no", "unknown"),
            format_func=lambda code: words(f"grants.{code}"), horizontal=True, index=2,
        )  # fmt: skip
        if st.form_submit_button(words("grants.send")):
            if str(scheme) not in {one.code for one in schemes.of_budget_year(int(year))}:
                st.error(words("grants.wrong_year", year=int(year)))
                return
            try:
                view.reader.report_grant(
                    view.scope.unit, int(year), str(scheme), str(partnership),
                    decided.isoformat() if isinstance(decided, dt.date) else None, amounts["granted"],
                    [amounts[f"needs_year_{number}"] for number in (1, 2, 3)],
                    [amounts[name] for name in owner.OWN_SHARE], str(coordinator),
                )  # fmt: skip
            except psycopg.Error:
                st.error(words("grants.refused"))
                return
            st.success(words("grants.written"))
