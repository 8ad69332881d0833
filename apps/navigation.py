"""The pages, and who has them.

Belongs here: one line for each page: its file, its words, its address, its roles. Tests that hold for every page find them here.
Does not belong here: what is on a page, who is logged in (`entrance.py`), what a role may see (the database's policies).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from innenfra.contracts.access import ROLES

READERS = ("university", "school_owner", "school")


@dataclass(frozen=True)
class Place:
    """A page: `app_pages/<name>.py`, called `page.<name>` in the wording, at an address, for some roles."""

    name: str
    address: str
    roles: tuple[str, ...]


PLACES = (
    Place("compare", "sammenlign", READERS),
    Place("school", "skolen", READERS),
    Place("catalogue", "indikatorer", (*READERS, "engineer")),
    Place("about", "om-tallene", ROLES.codes),
)
"""All pages, in their order; the first that a role has is where it starts."""


def places(role: str | None) -> list[Place]:
    """The pages of a role; all of them for nobody, so that an address is known before the login."""
    return [place for place in PLACES if role is None or role in place.roles]


def pages(role: str | None, t: Callable[..., str]) -> list[StreamlitPage]:
    """The pages of a role for Streamlit's navigation."""
    return [
        st.Page(f"app_pages/{place.name}.py", title=t(f"page.{place.name}"), url_path=place.address, default=number == 0)
        for number, place in enumerate(places(role))
    ]
