"""Om tallene: how to read states, what is protected, and what the app cannot do yet."""

from __future__ import annotations

import streamlit as st

from apps.frame import Choices, answer
from apps.view import View
from innenfra.contracts.vocabulary import STATUSES


def render(view: View) -> None:
    """The page."""
    t = view.words
    Choices(view)
    answer(t("about.title"))
    st.markdown(t("about.lead"))
    st.table({t("state"): [t(f"state.{s}") for s in STATUSES.codes if s not in ("observed", "stated_zero")]})
    st.subheader(t("about.privacy_title"))
    st.markdown(t("about.privacy"))
    st.subheader(t("about.access_title"))
    st.markdown(t("about.access"))
