"""What runs for every page: language, who is here, then the chosen page."""

from __future__ import annotations

import streamlit as st

from apps import frame, login, navigation, results, tour
from apps.reader import Reader, Release, Scope, find_current_release, pool_for
from apps.view import View
from apps.words import translator
from innenfra.settings import LANGUAGES, Language, load

settings = load()
url = settings.database_url.get_secret_value() if settings.database_url else ""
asked = st.query_params.get("lang")
language: Language = next((code for code in LANGUAGES if code == asked), settings.language)
words = translator(language)
st.set_page_config(page_title="Innenfra", layout="wide", initial_sidebar_state="collapsed")

frame.draw_style(words)
bar = frame.Bar(words)
if results.is_asked():
    bar.choose_language(language)
    stranger = Reader(pool_for(url), Scope(""), Release(0, ""))
    results.show(stranger, words, st.context.theme.type == "dark")
    st.stop()
scope = login.enter(settings, url, words, bar.person)


def show(page: navigation.Page) -> None:
    """Show a page to whoever is here."""
    if scope is None:
        return
    release = find_current_release(scope, url)
    reader = Reader(pool_for(url), scope, release)
    dark = st.context.theme.type == "dark"
    view = View(reader, scope, release, language, words, dark, settings, page.name, made)
    frame.show_page(page, view)
    tour.show(view)


_, current, made = navigation.find_page(scope.role if scope else None, words, show)
if scope is not None:
    first = (tour.STEPS[0].page, tour.address_of(1, language)) if settings.demo else None
    bar.draw_menu(scope.role, made, first)
bar.choose_language(language)
current.run()
