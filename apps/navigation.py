"""The pages, and who has them.

Belongs here: one line for each page: its name, its address, its roles. Tests that hold for every page find
them here.
Does not belong here: what is on a page, who is logged in (`login.py`), what a role may see (the database's
policies).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from apps.view import View
from innenfra.contracts.access import ROLES

READERS = ("university", "school_owner", "school")


@dataclass(frozen=True)
class Page:
    """A page: `render(view)` of `app_pages/<name>.py`, called `page.<name>` in the wording, at an address,
    for some roles. What is `everywhere` stands last in the menu, smaller."""

    name: str
    address: str
    roles: tuple[str, ...]
    everywhere: bool = False

    def render(self, view: View) -> None:
        """Show the page."""
        import_module(f"apps.app_pages.{self.name}").render(view)


SCHOOLS_OWN = ("school", "university")
OWNER = ("school_owner",)

PAGES = (
    Page("status", "status", OWNER),
    Page("county", "fylke", ("county",)),
    Page("schools", "skolene", ("university",)),
    Page("mirror", "speildata", SCHOOLS_OWN),
    Page("compare", "sammenlign", READERS),
    Page("own_schools", "skoler", OWNER),
    Page("member_check", "gjennomgang", ("school",)),
    Page("loops", "sloyfer", SCHOOLS_OWN),
    Page("support", "stotte", SCHOOLS_OWN),
    Page("development", "utvikling", SCHOOLS_OWN),
    Page("mirror_draft", "forbered-speildata", ("university",)),
    Page("own_part", "var-del", ("university",)),
    Page("deliver", "lever-data", READERS),
    Page("agreement", "avtalen", READERS),
    Page("report", "rapport", READERS),
    Page("grants", "tilskudd", ("school_owner", "university")),
    Page("deliveries", "leveranser", READERS),
    Page("school", "skolen", READERS),
    Page("coder", "sitater", ("coder",)),
    Page("operations", "drift", ("engineer",)),
    Page("catalogue", "indikatorer", (*READERS, "county", "engineer"), everywhere=True),
    Page("handbook", "handbok", READERS, everywhere=True),
    Page("about", "om-tallene", ROLES.codes, everywhere=True),
    Page("accessibility", "tilgjengelighet", ROLES.codes, everywhere=True),
    Page("privacy", "personvern", ROLES.codes, everywhere=True),
)
"""All pages, in their order; the first that a role has is where it starts."""


IN_BAR = 10
"""Pages that the bar has room for on a desk's screen; those after them stand behind «Mer»."""


def pages_of(role: str | None) -> list[Page]:
    """The pages of a role, in their order."""
    return [page for page in PAGES if role in page.roles]


def split_menu(role: str) -> tuple[list[Page], list[Page]]:
    """The role's pages in the bar, and those behind «Mer»."""
    own = [page for page in pages_of(role) if not page.everywhere]
    return own[:IN_BAR], [*own[IN_BAR:], *(page for page in pages_of(role) if page.everywhere)]


def find_page(
    role: str | None, words: Callable[..., str], show: Callable[[Page], None]
) -> tuple[Page | None, StreamlitPage, dict[str, StreamlitPage]]:
    """The page at the address, as ours and as Streamlit's, and all of Streamlit's by name; a page that the
    role does not have gives way to its first.

    Every page has its address for everybody, also before the login; the bare address is where a role starts.
    """
    made = {
        page.name: st.Page(
            partial(show, page), title=words(f"page.{page.name}"), url_path=page.address, visibility="hidden"
        )
        for page in PAGES
    }
    start = st.Page(
        partial(_start, role, made), title="Innenfra", url_path=None, default=True, visibility="hidden"
    )
    current = st.navigation([start, *made.values()], position="hidden")
    known = next((page for page in PAGES if made[page.name].url_path == current.url_path), None)
    if role and (known is None or role not in known.roles):
        st.switch_page(made[pages_of(role)[0].name], query_params=st.query_params.to_dict())
    return known, current, made


def _start(role: str | None, made: dict[str, StreamlitPage]) -> None:
    """The bare address: nothing of its own."""
