"""What runs for every page: language, role, school, then the chosen page."""

from __future__ import annotations

import streamlit as st

from apps import queries
from apps.choices import chosen
from apps.words import translator
from innenfra.settings import load

settings = load()
LANGUAGES = ("nb", "nn", "en")
ROLES = ("university", "school_owner", "school")

url = settings.database_url.get_secret_value() if settings.database_url else ""
language = st.query_params.get("lang", settings.language)
t = translator(language if language in LANGUAGES else "nb")
st.set_page_config(page_title="Innenfra", layout="wide", initial_sidebar_state="collapsed")


def change_language() -> None:
    """Put the language into the address, where the next run reads it."""
    st.query_params["lang"] = st.session_state["language"]


pages = [
    st.Page("app_pages/compare.py", title=t("page.compare"), default=True),
    st.Page("app_pages/school.py", title=t("page.school"), url_path="skolen"),
    st.Page("app_pages/catalogue.py", title=t("page.catalogue"), url_path="indikatorer"),
    st.Page("app_pages/about.py", title=t("page.about"), url_path="om-tallene"),
]
current = st.navigation(pages, position="top")

st.info(t("demo.notice"))
left, middle, right = st.columns(3)
role = chosen(left, t("role.label"), ROLES, "rolle", lambda r: t(f"role.{r}"))
units = queries.units(url, role)
unit = chosen(
    middle, t({"university": "role.institution", "school_owner": "role.owner", "school": "role.school"}[role]), list(units), "enhet", lambda u: units[u]
)
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
current.run()
st.divider()
release = st.session_state["view"]["release"]
st.markdown(t("foot", release=release.number, date=release.date))
