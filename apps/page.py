"""What runs for every page: language, who is here, then the chosen page."""

from __future__ import annotations

import streamlit as st

from apps import entrance, navigation, queries
from apps.words import translator
from innenfra.settings import LANGUAGES, load

settings = load()

url = settings.database_url.get_secret_value() if settings.database_url else ""
language = st.query_params.get("lang", st.session_state.get("lang", settings.language))
language = language if language in LANGUAGES else "nb"
t = translator(language)
st.set_page_config(page_title="Innenfra", layout="wide", initial_sidebar_state="collapsed")


# the address loses it from one page to the next
st.session_state["lang"] = language
if "lang" not in st.query_params and language != settings.language:
    st.query_params["lang"] = language


def change_language() -> None:
    """Put the language into the address, where the next run reads it."""
    st.query_params["lang"] = st.session_state["language"]


if settings.demo:
    st.info(t("demo.notice"))
places = st.columns(3 if settings.demo else 4, vertical_alignment="bottom")
places[2].selectbox(
    t("language.label"),
    LANGUAGES,
    index=LANGUAGES.index(t("code")),
    format_func=lambda code: t(f"language.{code}"),
    key="language",
    on_change=change_language,
)
scope = entrance.enter(settings, url, t, places)
current = navigation.navigate(scope.role if scope else None, t)
if scope is None:
    st.stop()

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
current.run()
st.divider()
st.markdown(t("foot", release=release.number, date=release.date))
