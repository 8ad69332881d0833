"""The pages, and who has them.

Belongs here: one line for each page: its file, its words, its address, its roles. Tests that hold for every
page find them here.
Does not belong here: what is on a page, who is logged in (`entrance.py`), what a role may see (the database's
policies).
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
    Place("compare", "", READERS),
    Place("school", "skolen", READERS),
    Place("look_through", "se-gjennom", ("school",)),
    Place("coder", "sitater", ("coder",)),
    Place("operations", "drift", ("engineer",)),
    Place("catalogue", "indikatorer", (*READERS, "engineer")),
    Place("about", "om-tallene", ROLES.codes),
)
"""All pages, in their order; the first has the bare address, and the first that a role has is where it
starts."""


def navigate(role: str | None, t: Callable[..., str]) -> StreamlitPage:
    """Show the pages of a role, and return the one at the address; a page that the role does not have gives
    way to its first.

    Every page has its address for everybody, also before the login; only its own are listed for a role.
    """
    made = {
        place: st.Page(
            f"app_pages/{place.name}.py",
            title=t(f"page.{place.name}"),
            url_path=place.address or None,
            default=place is PLACES[0],
            visibility="visible" if role in place.roles else "hidden",
        )
        for place in PLACES
    }
    current = st.navigation(list(made.values()), position="top" if role else "hidden")
    if role and not any(
        page.url_path == current.url_path for place, page in made.items() if role in place.roles
    ):
        st.switch_page(
            next(page for place, page in made.items() if role in place.roles),
            query_params=st.query_params.to_dict(),
        )
    return current
