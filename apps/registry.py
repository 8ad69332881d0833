"""Which pages there are and who is shown them, the first one first.

Belongs here: the pages' files, names in the address and roles. Does not belong here: what a role may read (the database decides),
layout. No Streamlit in here.
"""

from __future__ import annotations

from dataclasses import dataclass

ROLES = ("university", "school_owner", "school", "coder", "engineer")
UNIT_LABEL = {
    "university": "role.institution", "school_owner": "role.owner", "school": "role.school", "coder": "role.person", "engineer": "role.person",
}  # fmt: skip
"""What the unit of a role is called, as a key of the wording."""

_READERS = ("university", "school_owner", "school")


@dataclass(frozen=True)
class PageEntry:
    """One page: its file under `apps/`, the key of its title, its name in the address, and the roles that are shown it."""

    file: str
    title: str
    address: str
    roles: tuple[str, ...]


PAGES = (
    PageEntry("app_pages/compare.py", "page.compare", "sammenlign", _READERS),
    PageEntry("app_pages/coder.py", "page.coder", "sitater", ("coder",)),
    PageEntry("app_pages/operations.py", "page.operations", "drift", ("engineer",)),
    PageEntry("app_pages/school.py", "page.school", "skolen", _READERS),
    PageEntry("app_pages/look_through.py", "page.look_through", "se-gjennom", ("school",)),
    PageEntry("app_pages/catalogue.py", "page.catalogue", "indikatorer", (*_READERS, "engineer")),
    PageEntry("app_pages/about.py", "page.about", "om-tallene", ROLES),
)


def pages_of(role: str) -> tuple[PageEntry, ...]:
    """The pages that a role is shown, in the order of the menu."""
    return tuple(page for page in PAGES if role in page.roles)
