"""What runs for every page: language, role, school, then the chosen page."""

from __future__ import annotations

import streamlit as st

from apps import queries
from apps.words import translator
from innenfra.settings import load

settings = load()
LANGUAGES = ("nb", "nn", "en")
ROLES = ("university", "school_owner", "school")

url = settings.database_url.get_secret_value() if settings.database_url else ""
language = st.query_params.get("lang", settings.language)
t = translator(language if language in LANGUAGES else "nb")
st.set_page_config(page_title="Innenfra", layout="wide", initial_sidebar_state="collapsed")

pages = [
    st.Page("app_pages/compare.py", title=t("page.compare"), default=True),
    st.Page("app_pages/school.py", title=t("page.school"), url_path="skolen"),
    st.Page("app_pages/about.py", title=t("page.about"), url_path="om-tallene"),
]
chosen = st.navigation(pages, position="top")

st.info(t("demo.notice"))
left, middle, right = st.columns(3)
role = left.selectbox(t("role.label"), ROLES, format_func=lambda r: t(f"role.{r}"), key="rolle", bind="query-params")
institutions = queries.institutions(url)
if role == "university":
    unit = middle.selectbox(t("role.institution"), institutions, key="enhet", bind="query-params")
elif role == "school_owner":
    unit = middle.selectbox(t("role.owner"), queries.owners(url), key="eier", bind="query-params")
else:
    unit = middle.selectbox(t("role.school"), queries.school_codes(url), key="skole", bind="query-params")
right.selectbox(t("language.label"), LANGUAGES, format_func=lambda code: t(f"language.{code}"), key="lang", bind="query-params")

st.session_state["view"] = {"scope": queries.Scope(role, unit), "release": queries.current_release(url), "url": url, "language": t("code")}
chosen.run()
st.divider()
release = st.session_state["view"]["release"]
st.markdown(t("foot", release=release.number, date=release.date))
