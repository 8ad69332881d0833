"""Tilskudd: what an owner and an institution each tell of grants, and the form to tell it in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import streamlit as st

from apps import frame, owner
from apps.reader import Rows, as_rows
from apps.records import begin, count, day, plain
from apps.view import View
from innenfra.contracts.registers import GRANT_AMOUNTS
from innenfra.errors import UserError
from innenfra.grants import OWN_SHARE, Money, read_money
from innenfra.schemes import DATE_KINDS, Scheme, load_schemes

YEARS_BACK = 5
COORDINATOR = ("yes", "no", "unknown")
WRITTEN = "grant_written"


def render(view: View) -> None:
    """The page: one scheme at a time, so that schemes are never added together."""
    words, schemes, choices = view.words, load_schemes(), frame.Choices(view)
    grants = view.reader.list_grants()
    money = read_money(grants, schemes)
    present = [s.code for s in schemes.schemes if any(one.scheme == s.code for one in money)]
    scheme = None
    if present:
        chosen = choices.segments(
            "ordning",
            words("owner.money.scheme"),
            present,
            lambda code: owner.name_scheme(code, schemes, words),
            present[-1],
        )
        scheme = schemes.find(chosen)
        money = [one for one in money if one.scheme == chosen]
    differing = sum(bool(one.differing) for one in money)
    title = (
        begin(
            words(
                "grants.answer" if differing else "grants.answer_same",
                n=count(differing, words),
                all=count(len(money), words),
            )
        )
        if money
        else words("owner.no_grants")
    )
    frame.answer(title, words("grants.below"))
    if money:
        _show(view, choices, title, money, grants)
    if scheme:
        _show_dates(view, scheme, max(one.year for one in money))
    if said := st.session_state.pop(WRITTEN, ""):
        st.success(said)
    _ask(view, grants)


def _show(view: View, choices: frame.Choices, title: str, money: list[Money], grants: Rows) -> None:
    words, schemes = view.words, load_schemes()
    titles = {p["partnership_id"]: str(p["title"]) for p in as_rows(view.reader.list_partnerships())}
    owners = {row["owner_id"]: str(row["owner_name"] or row["owner_id"]) for row in grants} | _owners(view)
    several = len({one.owner for one in money}) > 1
    names = ("year", "granted", "required", "delivered")
    columns = (
        *((words("role.owner"),) if several else ()),
        words("owner.money.partnership"),
        *(words(f"owner.money.{name}") for name in names),
    )
    rows = [
        (
            *((plain(owners.get(one.owner, one.owner)),) if several else ()),
            plain(titles.get(one.partnership, one.partnership)),
            row[0],
            *row[2:],
        )
        for one, row in zip(money, owner.table_of_money(money, schemes, words), strict=True)
    ]
    frame.draw_table(columns, rows)
    names_of = {p["party_id"]: str(p["name"]) for p in view.reader.list_records("party", "") if p["name"]}
    for sentence in owner.say_differences(grants, money, {**names_of, **owners}, words):
        st.markdown(f"- {sentence}")
    for sentence in owner.say_not_known(money, words):
        frame.say_careful(sentence)
    for rule in dict.fromkeys(rule for one in money for rule in one.required.rules):
        frame.say_careful(
            words(
                "grants.rule",
                rate=f"{rule.rate * 100:.0f}",
                base=words(f"grants.base.{rule.base}"),
                source=plain(rule.source),
            )
        )
    frame.show_table(
        view,
        (words("owner.money.partnership"), words("owner.money.year"), *_told_names(view)),
        [
            (
                plain(titles.get(one.partnership, one.partnership)),
                str(one.year),
                *(owner.say_kroner(amount, words) for amount in (*one.needs, *one.parts)),
            )
            for one in money
        ],
    )
    frame.offer_files(choices, title, columns, rows)


def _told_names(view: View) -> tuple[str, ...]:
    needs = (f"needs_year_{number}" for number in (1, 2, 3))
    return tuple(view.words(f"owner.money.{name}") for name in (*needs, *OWN_SHARE))


def _show_dates(view: View, scheme: Scheme, year: int) -> None:
    """The year's days for the county governor's office of the reader's schools, as far as a source tells
    them."""
    words, schemes = view.words, load_schemes()
    counties = {s["municipality_no"][:2] for s in as_rows(view.reader.list_schools()) if s["municipality_no"]}
    for office in schemes.list_offices(counties):
        dates = {kind: schemes.find_date(scheme.code, office.name, year, kind) for kind in DATE_KINDS}
        told = ", ".join(
            words(f"grants.date.{kind}", day=day(one.on, words) if one else words("owner.not_known"))
            for kind, one in dates.items()
        )
        key = "grants.dates" if any(dates.values()) else "grants.no_dates"
        frame.say_careful(words(key, office=plain(office.name), year=year, told=told))


def _owners(view: View) -> dict[str, str]:
    """School owners of the schools in sight, by number."""
    return {s["owner_id"]: str(s["owner_name"]) for s in as_rows(view.reader.list_schools())}


def _ask(view: View, grants: Rows) -> None:
    words, schemes = view.words, load_schemes()
    partnerships = {p["partnership_id"]: str(p["title"]) for p in as_rows(view.reader.list_partnerships())}
    owners = _owners(view)
    own = view.scope.unit if view.scope.role == "school_owner" else ""
    if not partnerships or not owners:
        return
    newest = int(view.release.date[:4]) if view.release.date[:4].isdigit() else dt.date.today().year
    years = list(range(newest + 1, newest - YEARS_BACK, -1))
    with st.expander(words("grants.write"), key="write_grant"):
        first, second = st.columns(2)
        year = first.selectbox(words("owner.money.year"), years, index=1, key="grant_year")
        in_force = {one.code: one for one in schemes.of_budget_year(year)}
        scheme = second.selectbox(
            words("owner.money.scheme"),
            list(in_force)[::-1],
            format_func=lambda code: owner.name_scheme(code, schemes, words),
            key=f"grant_scheme_{year}",
        )
        partnership = first.selectbox(
            words("owner.money.partnership"),
            list(partnerships),
            format_func=partnerships.__getitem__,
            key="grant_partnership",
        )
        about = own or second.selectbox(
            words("role.owner"), list(owners), format_func=owners.__getitem__, key="grant_owner"
        )
        _ask_amounts(view, (about, year, str(scheme), partnership), grants)


def _ask_amounts(view: View, about: tuple[str, int, str, str], grants: Rows) -> None:
    """The amounts, beginning with what this side has told last."""
    words = view.words
    told = _told_last(view, about, grants)
    with st.form(f"grant_{'_'.join(map(str, about))}", border=False):
        decided = st.date_input(words("grants.decided"), value=told.get("decided_on"), format="DD.MM.YYYY")
        left, right = st.columns(2)
        amounts = {}
        for number, name in enumerate(GRANT_AMOUNTS):
            before = told.get(name)
            amounts[name] = (left, right)[number % 2].number_input(
                words(f"owner.money.{name}"),
                min_value=0,
                value=None if before is None else int(before),
                step=1000,
            )
        known = told.get("coordinator")
        coordinator = st.radio(
            words("grants.coordinator"),
            COORDINATOR,
            format_func=lambda code: words(f"grants.{code}"),
            horizontal=True,
            index=COORDINATOR.index(known) if known in COORDINATOR else 2,
        )
        if not st.form_submit_button(words("grants.send")):
            return
        kroner = {name: None if n is None else Decimal(n) for name, n in amounts.items()}
        try:
            view.reader.write(
                "report_grant",
                *about,
                decided,
                kroner["granted"],
                [kroner[f"needs_year_{number}"] for number in (1, 2, 3)],
                [kroner[name] for name in OWN_SHARE],
                coordinator,
            )
        except UserError as refusal:
            st.error(refusal.words[view.language])
            return
        st.session_state[WRITTEN] = words("grants.written")
        st.rerun()


def _told_last(view: View, about: tuple[str, int, str, str], grants: Rows) -> Mapping[str, Any]:
    """What this side has told last of a grant: in the app since the release, or in the release."""
    by = "school_owner" if view.scope.role == "school_owner" else "institution"
    mine = [g for g in grants if g["reported_by"] == by and view.scope.unit in ("", g["reported_by_id"])]
    told = [
        one
        for one in (*mine, *view.reader.list_written_grants())
        if (one["owner_id"], one["budget_year"], one["scheme_code"], one["partnership_id"]) == about
    ]
    return told[-1] if told else {}
