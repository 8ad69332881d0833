"""What stands around every page's own content, and the parts that all pages are made of.

Belongs here: the thin bar, the row of choices, the sentence that answers, what can be taken away, sentences
about addresses that name something closed. A choice is in the address, by its code and not by its label, so
that a link holds in every language; the address is the truth: what it does not name is at its default, and
each choice of the reader is one step in the browser's history, which Back undoes.
Does not belong here: what a page says, what is chosen among, charts (`charts/`), asking (`reader.py`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage

from apps import take_home
from apps.charts.theme import Chart
from apps.dialogue import plain as plain
from apps.navigation import Page, split_menu
from apps.view import View
from innenfra.settings import LANGUAGES

Words = Callable[..., str]
HERE = Path(__file__).parent
OF_THE_PERSON = ("rolle", "enhet", "lang")
"""What the address says of the person who reads, on every page."""

GUIDE_PARTS = ("question", "read", "careful", "do")
"""What each page's short guide says: `guide.<page>.<part>` in the wording; the handbook is made of them."""

PARTS = (
    "menu", "table", "close", "fullscreen", "copy", "copied", "clear", "expand",
    "upload", "size", "remove", "add", "large",
)  # fmt: skip
"""Parts of the page that Streamlit leaves without a name, or says in English."""

OF_EVERY_PAGE = ("valgt",)
"""What is chosen once for all pages."""


# ---------------------------------------------------------------- the bar


def draw_style(words: Words) -> None:
    """What Streamlit has no option for: looks, and a script that names parts of the page in its language."""
    st.html(f"<style>{(HERE / 'frame.css').read_text(encoding='utf-8')}</style>")
    names = {key: words(f"frame.part.{key}", size="#", file="#") for key in PARTS}
    script = (HERE / "frame.js").read_text(encoding="utf-8")
    code = f"<script>window.innenfraNames = {json.dumps(names)}; window.innenfraLanguage ="
    st.html(f"{code} {json.dumps(words('code'))};\n{script}</script>", unsafe_allow_javascript=True)


class Bar:
    """The thin bar at the top: the pages at the left, the person at the right."""

    def __init__(self, words: Words) -> None:
        self.words = words
        with st.container(key="bar", horizontal=True, vertical_alignment="center", gap="small"):
            with st.container(key="brand", width="content"):
                st.markdown("**Innenfra**", width="content")
            self.menu = st.container(
                key="menu", horizontal=True, vertical_alignment="center", gap=None, width="content"
            )
            st.space("stretch")
            self.person = st.container(
                key="person", horizontal=True, vertical_alignment="center", gap=None, width="content"
            )

    def draw_menu(
        self, role: str, made: Mapping[str, StreamlitPage], tour: tuple[str, dict[str, str]] | None = None
    ) -> None:
        """Links to the role's pages; each leads back to what was chosen there. What does not fit stands
        behind one word, and last the first step of a tour where there is one (its page, its address)."""
        kept = st.session_state.setdefault("kept", {})
        carried = _carry()
        own = self.menu.container(key="menu_own", horizontal=True, gap=None, width="content", wrap=False)
        more = self.menu.popover(self.words("frame.more"), type="tertiary", key="more")
        in_bar, behind = split_menu(role)
        for place, pages in ((own, in_bar), (more, behind)):
            for page in pages:
                place.page_link(
                    made[page.name],
                    label=self.words(f"page.{page.name}"),
                    query_params={**kept.get(page.name, {}), **carried},
                )
        if tour:
            more.page_link(made[tour[0]], label=self.words("tour.start"), query_params=tour[1])

    def choose_language(self, language: str) -> None:
        """The language of the app, each named in itself."""
        choose(
            self.person.popover(language, type="tertiary", key="language"),
            self.words,
            "lang",
            self.words("language.label"),
            LANGUAGES,
            lambda code: self.words(f"language.{code}"),
            default=language,
            kind="radio",
        )


# ---------------------------------------------------------------- choices


def choose(
    place: DeltaGenerator,
    words: Words,
    name: str,
    label: str,
    options: Sequence[str],
    called: Callable[[str], str] = str,
    *,
    default: str | None = None,
    kind: str = "select",
    page: str = "",
) -> str:
    """The option that the address names, or the default (the first where none is given).

    `kind` is `select`, `segments` (few and short), `pills` or `radio`. An address that names something
    closed or unknown is answered in a sentence.
    """
    wanted = st.query_params.get(name)
    value = default if default is not None and default in options else options[0]
    if wanted is not None and wanted in options:
        value = wanted
    elif wanted is not None:
        say_closed(words, label, called(value))
    key = f"choice:{name}"
    st.session_state[key] = value
    if page:
        kept = st.session_state.setdefault("kept", {}).setdefault(page, {})
        kept.pop(name, None)
        if wanted == value:
            kept[name] = value

    def put() -> None:
        chosen = st.session_state[key]
        if chosen is not None:
            st.query_params[name] = chosen

    common: dict[str, Any] = {"format_func": called, "key": key, "on_change": put}
    if kind == "segments":
        place.segmented_control(label, options, label_visibility="collapsed", required=True, **common)
    elif kind == "pills":
        place.pills(label, options, label_visibility="collapsed", required=True, **common)
    elif kind == "radio":
        place.radio(label, options, **common)
    elif kind == "labelled":
        place.selectbox(label, options, **common)
    else:
        place.selectbox(label, options, label_visibility="collapsed", **common)
    return value


def say_closed(words: Words, label: str, instead: str) -> None:
    """Say that the address names something that is not there for this person, and what is shown instead."""
    st.info(words("frame.closed", what=label.lower(), instead=plain(instead)))


class Choices:
    """The row under the bar: choices at the left, release and what can be taken away at the right."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._row = st.container(key="choices", horizontal=True, vertical_alignment="center", gap="small")
        self._further: DeltaGenerator | None = None
        self._left = self._row.container(
            key="choices_left", horizontal=True, vertical_alignment="center", gap="small", width="content"
        )
        self._row.space("stretch")
        right = self._row.container(
            key="choices_right", horizontal=True, vertical_alignment="center", gap="small", width="content"
        )
        right.markdown(
            f":gray[{view.words('frame.release', release=view.release.number, date=view.release.date)}]",
            width="content",
        )
        with right.popover(view.words("frame.share"), type="tertiary", icon=":material/link:", key="share"):
            st.markdown(view.words("frame.share_lead"))
            st.code(link_of(view), language=None, wrap_lines=True)
        self.downloads = right.container(key="downloads", width="content")

    def segments(
        self, name: str, label: str, options: Sequence[str], called: Callable[[str], str] = str,
        default: str | None = None,
    ) -> str:  # fmt: skip
        """One of few and short options, all seen."""
        return self._choose("segments", name, label, options, called, default)

    def select(
        self, name: str, label: str, options: Sequence[str], called: Callable[[str], str] = str,
        default: str | None = None,
    ) -> str:  # fmt: skip
        """One of many or long options."""
        return self._choose("select", name, label, options, called, default)

    def further(
        self, name: str, label: str, options: Sequence[str], called: Callable[[str], str] = str,
        default: str | None = None,
    ) -> str:  # fmt: skip
        """A choice that few readers make: it stands with others of its kind behind one word."""
        if self._further is None:
            self._further = self._left.popover(
                self.view.words("frame.further"), type="tertiary", icon=":material/tune:", key="further"
            )
        return choose(
            self._further, self.view.words, name, label, options, called,
            default=default, kind="labelled", page=self.view.page,
        )  # fmt: skip

    def _choose(
        self, kind: str, name: str, label: str, options: Sequence[str], called: Callable[[str], str],
        default: str | None,
    ) -> str:  # fmt: skip
        place = self._left.container(
            key=f"choice_{name}", width="content" if kind == "segments" else _width(map(called, options))
        )
        return choose(
            place, self.view.words, name, label, options, called,
            default=default, kind=kind, page=self.view.page,
        )  # fmt: skip


def _width(labels: Iterable[str]) -> int:
    """Pixels that the longest of some labels needs, within reason."""
    return min(270, max(130, 8 * max(map(len, labels), default=0) + 52))


def _carry() -> dict[str, str]:
    """What goes with the reader from page to page: as whom they read (where the address says it), and what is
    chosen once for all pages."""
    asked, person = st.query_params.to_dict(), st.session_state.get("person", {})
    return {name: person.get(name, asked[name]) for name in (*OF_THE_PERSON, *OF_EVERY_PAGE) if name in asked}


def link_of(view: View) -> str:
    """The address of the page as it is seen now."""
    base = (st.context.url or "").split("?")[0]
    asked = st.query_params.to_dict()
    return base + (f"?{urlencode(asked)}" if asked else "")


# ---------------------------------------------------------------- the page's own parts


def answer(sentence: str, below: str = "") -> None:
    """The sentence that answers the page's question, and one line on what it rests on."""
    st.title(plain(sentence), anchor=False)
    if below:
        st.markdown(f":gray[{below}]")


def show_chart(chart: Chart, key: str | None = None, on_select: Callable[[], None] | None = None) -> None:
    """A chart with its text alternative; with `on_select`, one whose marks can be pressed."""
    st.vega_lite_chart(
        spec=chart.spec,
        theme=None,
        width="stretch",
        height="content",
        alt=chart.alternative,
        key=key,
        on_select=on_select or "ignore",
    )


def show_table(
    view: View, columns: Sequence[str], rows: Sequence[Sequence[str]], *, is_open: bool = False
) -> None:
    """The numbers of the page as a table, behind one word."""
    with st.expander(view.words("table"), expanded=is_open):
        draw_table(columns, rows)


def draw_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A short table; people's words must have been made harmless."""
    st.table(
        {name: [str(row[at]) for row in rows] for at, name in enumerate(columns)},
        hide_index=True,
        border="horizontal",
    )


def say_careful(sentence: str) -> None:
    """One line under the main visual: what to be careful with."""
    if sentence:
        st.markdown(f":gray[{sentence}]")


def say_missing(view: View, names: Sequence[str]) -> None:
    """What has nothing to show, in one line and never a box each."""
    if names:
        st.markdown(f":gray[{view.words('frame.missing', names=', '.join(names))}]")


@contextmanager
def next_step(view: View, key: str = "next") -> Iterator[DeltaGenerator]:
    """The box at the end: a question or a task, with its button."""
    box = st.container(border=True, key=key, horizontal=True, vertical_alignment="center")
    with box:
        yield box


def link_to(view: View, page: str, label: str, *, place: DeltaGenerator | None = None, **choice: str) -> None:
    """A link to another page of the same person, with what is chosen there."""
    carried = _carry()
    (place or st).page_link(view.pages[page], label=label, query_params={**carried, **choice})


def offer_files(
    choices: Choices,
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    spec: Mapping[str, Any] | None = None,
    more: Sequence[tuple[str, str, str, Callable[[], bytes]]] = (),
) -> None:
    """What can be taken away: the picture as PNG and SVG, the numbers as CSV with a README and as XLSX with
    «Om tallene», and what more the page has (name, ending, MIME type, how it is made). Each is made when it
    is asked for."""
    view, words = choices.view, choices.view.words
    name = f"innenfra-{view.page}-{view.release.number}"
    with choices.downloads.popover(
        words("take.label"), type="tertiary", icon=":material/download:", key="take"
    ):
        made: list[tuple[str, str, str, Callable[[], bytes]]] = [
            *more,
            ("xlsx", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
             lambda: take_home.make_sheet(view, title, columns, rows)),
            ("csv", "zip", "application/zip", lambda: take_home.make_archive(view, title, columns, rows)),
        ]  # fmt: skip
        if spec is not None:
            made += [
                ("png", "png", "image/png", lambda: take_home.make_picture(dict(spec), title, "png")),
                ("svg", "svg", "image/svg+xml", lambda: take_home.make_picture(dict(spec), title, "svg")),
            ]
        for kind, ending, mime, make in made:
            st.download_button(
                words(f"take.{kind}"), data=make, file_name=f"{name}.{ending}", mime=mime,
                key=f"take:{kind}", on_click="ignore", type="tertiary",
            )  # fmt: skip


def draw_statement(view: View, page: str, parts: Sequence[str]) -> None:
    """A page of words: its sentence, then each part under its own heading."""
    answer(view.words(f"{page}.answer"))
    for part in parts:
        st.header(view.words(f"{page}.{part}.title"), anchor=False)
        st.markdown(view.words(f"{page}.{part}"))


def draw_guide(view: View) -> None:
    """The short guide of the page, behind one word; pages that are words themselves have none."""
    words = view.words
    if not words.knows(f"guide.{view.page}.{GUIDE_PARTS[0]}"):
        return
    with st.expander(words("guide.label"), key="guide"):
        for part in GUIDE_PARTS:
            st.markdown(f"**{words(f'guide.{part}')}**  \n{words(f'guide.{view.page}.{part}')}")


def show_page(page: Page, view: View) -> None:
    """One page, after the word on numbers that are older than they should be."""
    if view.reader.is_stopped():
        st.warning(view.words("stale", date=view.release.date))
    page.render(view)
    draw_guide(view)
