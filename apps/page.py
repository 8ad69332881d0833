"""What runs for every page: language, role, school, then the chosen page."""

from __future__ import annotations

import streamlit as st

from apps import queries
from apps.choices import chosen
from apps.registry import ROLES, UNIT_LABEL, pages_of
from apps.words import translator
from innenfra.settings import LANGUAGES, load

settings = load()

url = settings.database_url.get_secret_value() if settings.database_url else ""
language = st.query_params.get("lang", settings.language)
t = translator(language if language in LANGUAGES else "nb")
st.set_page_config(page_title="Innenfra", layout="wide", initial_sidebar_state="collapsed")


def change_language() -> None:
    """Put the language into the address, where the next run reads it."""
    st.query_params["lang"] = st.session_state["language"]


st.info(t("demo.notice"))
left, middle, right = st.columns(3)
role = chosen(left, t("role.label"), ROLES, "rolle", lambda r: t(f"role.{r}"))
units = queries.units(url, role)
unit = chosen(middle, t(UNIT_LABEL[role]), list(units), "enhet", lambda u: units[u])
scope = queries.Scope(role, unit)
right.selectbox(
    t("language.label"), LANGUAGES, index=LANGUAGES.index(t("code")), format_func=lambda code: t(f"language.{code}"), key="language", on_change=change_language
)

st.session_state["view"] = {
    "scope": scope,
    "release": queries.current_release(scope, url),
    "url": url,
    "language": t("code"),
    "dark": st.context.theme.type == "dark",
}
release = st.session_state["view"]["release"]
if queries.stopped(scope, release, url):
    st.warning(t("stale", date=release.date))
entries = pages_of(role)
current = st.navigation(
    [st.Page(e.file, title=t(e.title), url_path=None if n == 0 else e.address, default=n == 0) for n, e in enumerate(entries)], position="top"
)
current.run()
st.divider()
st.markdown(t("foot", release=release.number, date=release.date))
