"""Who is here, before any page: login, age of the login, and the person's own roles; or one sentence instead
of a page.

Belongs here: what runs first on every run, and decides whose eyes the page has. A person is `iss|sub` of the
login, never an e-mail address.
Does not belong here: what a role may see (the database decides, on every question), which pages there are
(`navigation.py`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from apps import queries
from apps.choices import chosen
from innenfra.contracts.access import ROLES
from innenfra.settings import Settings

_CLOCKS_DIFFER = 60
"""Seconds that the login's clock may be ahead of this one."""

Translate = Callable[..., str]
UNIT_LABELS = {"university": "role.institution", "school_owner": "role.owner", "school": "role.school"}


def enter(
    settings: Settings, url: str, t: Translate, places: Sequence[DeltaGenerator]
) -> queries.Scope | None:
    """The scope of whoever is here, in a role of their own; None where a sentence stands instead of the
    page."""
    if settings.demo:
        offered = queries.demonstration(url)
        if not offered:
            st.info(t("entrance.no_demonstration"))
            return None
        return _seeing(_choose(offered, t, places, lambda one: one.subject.rsplit("|", 1)[-1]), url)
    claims = st.user.to_dict()
    if not claims.get("is_logged_in"):
        _ask_to_log_in(settings, t)
        return None
    if places[-1].button(t("entrance.logout"), key="logout"):
        st.logout()
        return None
    if not is_fresh(claims, time.time(), settings.session_hours):
        _ask_to_log_in(settings, t, t("entrance.expired", hours=settings.session_hours))
        return None
    subject = subject_of(claims)
    offered = queries.grants(subject, url)
    scope = _seeing(_choose(offered, t, places, lambda one: one.unit), url) if offered else None
    if scope is None:
        st.title("Innenfra")
        st.markdown(t("entrance.nothing"))
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
    offered: Sequence[queries.Grant],
    t: Translate,
    places: Sequence[DeltaGenerator],
    code: Callable[[queries.Grant], str],
) -> queries.Scope:
    """One of the grants; `code` is what it is called in the address."""
    role = chosen(
        places[0],
        t("role.label"),
        [r for r in ROLES.codes if r in {one.role for one in offered}],
        "rolle",
        lambda r: t(f"role.{r}"),
    )
    units = {code(one): one for one in offered if one.role == role}
    one = units[
        chosen(
            places[1],
            t(UNIT_LABELS.get(role, "role.reach")),
            list(units),
            "enhet",
            lambda u: units[u].name or (t("role.all") if u == "all" else u),
        )
    ]
    return queries.Scope(one.subject, role, one.unit)


def _seeing(scope: queries.Scope, url: str) -> queries.Scope | None:
    sight = queries.sight(scope, url)
    return None if sight is None else replace(scope, sight=sight)


def _ask_to_log_in(settings: Settings, t: Translate, why: str = "") -> None:
    st.title("Innenfra")
    st.markdown(why or t("entrance.lead"))
    if st.button(t("entrance.login", name=settings.auth_name), key="login"):
        st.login()
