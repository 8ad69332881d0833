"""The app's words: `words("key", name=value)` over the shared words (`innenfra/wording`),
`wording/<language>.toml` and `wording/*.<language>.toml` (one file per page or part of the frame and
language).

Belongs here: looking words up. Does not belong here: any word.
"""

from __future__ import annotations

from pathlib import Path

from innenfra import wording as shared
from innenfra.wording import Words as Words

ALPHABET = "abcdefghijklmnopqrstuvwxyzæøå"
OF_PAGES = Path(__file__).parent / "wording"


def wording(language: str) -> dict[str, str]:
    """All texts of a language by dotted key."""
    return shared.texts(language, OF_PAGES)


def translator(language: str) -> Words:
    """The texts of a language."""
    return shared.translator(language, OF_PAGES)


def norwegian_sort_key(text: str) -> list[int]:
    """Norwegian order without help from the database: æ, ø, å last, aa as å."""
    return [ALPHABET.find(c) if c in ALPHABET else -1 for c in text.casefold().replace("aa", "å")]
