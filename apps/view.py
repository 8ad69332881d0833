"""What a page is given: whose eyes, which release, the language and the look.

Belongs here: the one typed view. Does not belong here: asking (`reader.py`), drawing (`frame.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from streamlit.navigation.page import StreamlitPage

from apps.reader import Reader, Release, Scope
from apps.words import Words
from innenfra.settings import Language, Settings


@dataclass(frozen=True)
class View:
    """One run of a page for one person. `words` is the text of a key in the language; `dark` is the
    background."""

    reader: Reader
    scope: Scope
    release: Release
    language: Language
    words: Words
    dark: bool
    settings: Settings
    page: str = ""
    """The page's name in `navigation.py`."""

    pages: Mapping[str, StreamlitPage] = field(default_factory=dict)
    """Streamlit's pages by name, to link to."""
