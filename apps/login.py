"""Who is here, before any page: login, age of the login, and the person's own roles; or one sentence instead
of a page.

Belongs here: what runs first on every run, and decides whose eyes the page has. A person is `iss|sub` of the
login, never an e-mail address.
Does not belong here: what a role may see (the database decides, on every question), which pages there are
(`navigation.py`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from apps.frame import choose
from apps.reader import Grant, Scope, find_sight, list_demonstration_grants, list_grants
from innenfra.contracts.access import ROLES
from innenfra.settings import Settings

_CLOCKS_DIFFER = 60
"""Seconds that the login's clock may be ahead of this one."""

Translate = Callable[..., str]
UNIT_LABELS = {
    "university": "role.institution",
    "school_owner": "role.owner",
    "school": "role.school",
    "county": "role.county",
}


def enter(settings: Settings, url: str, words: Translate, place: DeltaGenerator) -> Scope | None:
    """The scope of whoever is here, in a role of their own; None where a sentence stands instead of the
    page."""
    if settings.demo:
        offered = list_demonstration_grants(url)
        if not offered:
            st.info(words("entrance.no_demonstration"))
            return None
        return _see(_choose(offered, words, place, lambda one: one.subject.rsplit("|", 1)[-1], True), url)
    claims = st.user.to_dict()
    if not claims.get("is_logged_in"):
        _ask_to_log_in(settings, words)
        return None
    if place.button(words("entrance.logout"), key="logout", type="tertiary"):
        st.logout()
        return None
    if not is_fresh(claims, time.time(), settings.session_hours):
        _ask_to_log_in(settings, words, words("entrance.expired", hours=settings.session_hours))
        return None
    subject = subject_of(claims)
    offered = list_grants(subject, url)
    scope = _see(_choose(offered, words, place, lambda one: one.unit, False), url) if offered else None
    if scope is None:
        st.title("Innenfra")
        st.markdown(words("entrance.nothing"))
        st.code(subject, language=None, wrap_lines=True)
    return scope


def subject_of(claims: Mapping[str, Any]) -> str:
    """The person of a login: who vouches for them, and what they are called there."""
    return f"{claims['iss']}|{claims['sub']}"


def is_fresh(claims: Mapping[str, Any], now: float, hours: int) -> bool:
    """Whether a login is young enough. One that does not say when it was made is not, nor one that says it
    will be made."""
    made = claims.get("iat")
    return isinstance(made, int | float) and -_CLOCKS_DIFFER < now - made < hours * 3600


def _choose(
    offered: list[Grant],
    words: Translate,
    place: DeltaGenerator,
    code: Callable[[Grant], str],
    is_demonstration: bool,
) -> Scope:
    """One of the grants; `code` is what it is called in the address. Where there is one, nothing is asked."""
    roles = [r for r in ROLES.codes if r in {one.role for one in offered}]
    asked_role = st.query_params.get("rolle")
    role = asked_role if asked_role in roles else roles[0]
    units = {code(one): one for one in offered if one.role == role}

    def named(unit: str) -> str:
        return units[unit].name or (words("role.all") if unit == "all" else unit)

    wanted = st.query_params.get("enhet")
    unit = wanted if wanted in units else next(iter(units))
    if len(units) > 1 or wanted not in (None, unit):
        label = words(UNIT_LABELS.get(role, "role.reach"))
        inside = place.popover(named(unit), type="tertiary", key="unit")
        choose(inside, words, "enhet", label, list(units), named)
    else:
        place.markdown(named(unit), width="content")
    if len(roles) > 1 or is_demonstration or asked_role not in (None, role):
        called = words(f"role.{role}")
        inside = place.popover(
            words("demo.role", role=called) if is_demonstration else called, type="tertiary", key="role"
        )
        if is_demonstration:
            inside.markdown(words("demo.notice"))
        choose(inside, words, "rolle", words("role.label"), roles, lambda r: words(f"role.{r}"), kind="radio")
    one = units[unit]
    st.session_state["person"] = {"rolle": role, "enhet": unit}
    return Scope(one.subject, role, one.unit)


def _see(scope: Scope, url: str) -> Scope | None:
    sight = find_sight(scope, url)
    return None if sight is None else replace(scope, sight=sight)


def _ask_to_log_in(settings: Settings, words: Translate, why: str = "") -> None:
    st.title("Innenfra")
    st.markdown(why or words("entrance.lead"))
    if st.button(words("entrance.login", name=settings.auth_name), key="login"):
        st.login()
