"""The app's words: `t("key", name=value)` over `wording/<language>.toml`.

Belongs here: looking words up. Does not belong here: any word.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

ALPHABET = "abcdefghijklmnopqrstuvwxyzæøå"


@lru_cache(maxsize=8)
def wording(language: str) -> dict[str, str]:
    """All texts of a language by dotted key."""
    with (Path(__file__).parent / "wording" / f"{language}.toml").open("rb") as handle:
        return dict(_flat(tomllib.load(handle)))


def translator(language: str) -> Callable[..., str]:
    """A function from key and values to text in one language."""
    texts = wording(language)

    def t(key: str, **values: object) -> str:
        return texts[key].format(**values)

    return t


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
