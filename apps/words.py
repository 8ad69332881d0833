"""The app's words: `words("key", name=value)` over `wording/<language>.toml` and `wording/*.<language>.toml`
(one file per page or part of the frame and language).

Belongs here: looking words up. Does not belong here: any word.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

ALPHABET = "abcdefghijklmnopqrstuvwxyzæøå"


@lru_cache(maxsize=8)
def wording(language: str) -> dict[str, str]:
    """All texts of a language by dotted key."""
    folder = Path(__file__).parent / "wording"
    files = [folder / f"{language}.toml", *sorted(folder.glob(f"*.{language}.toml"))]
    return {
        key: text for file in files for key, text in _flat(tomllib.loads(file.read_text(encoding="utf-8")))
    }


class Words:
    """The texts of one language: called with a key and values, it gives the text."""

    def __init__(self, texts: dict[str, str]) -> None:
        self._texts = texts

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key with its values."""
        return self._texts[key].format(**values)

    def knows(self, key: str) -> bool:
        """Whether there is a text of this key: forms and code lists are the partners' own, and may have
        more."""
        return key in self._texts


def translator(language: str) -> Words:
    """The texts of a language."""
    return Words(wording(language))


def norwegian_sort_key(text: str) -> list[int]:
    """Norwegian order without help from the database: æ, ø, å last, aa as å."""
    return [ALPHABET.find(c) if c in ALPHABET else -1 for c in text.casefold().replace("aa", "å")]


def _flat(tree: dict[str, object], prefix: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in tree.items():
        pairs += (
            _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [(f"{prefix}{key}", str(value))]
        )
    return pairs
