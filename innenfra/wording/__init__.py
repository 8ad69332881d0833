"""Words that the app and the reports share: `words("key", name=value)` over `<part>.<language>.toml` in this
folder.

Belongs here: looking words up, here and in folders that add to them. Does not belong here: any word, and
words
of pages alone (`apps/wording`).
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

SHARED = Path(__file__).parent


@lru_cache(maxsize=16)
def texts(language: str, *more: Path) -> dict[str, str]:
    """All texts of a language by dotted key: the shared ones, then those of more folders."""
    files = [file for folder in (SHARED, *more) for file in _files(folder, language)]
    return {
        key: text for file in files for key, text in _flat(tomllib.loads(file.read_text(encoding="utf-8")))
    }


class Words:
    """The texts of one language: called with a key and values, it gives the text."""

    def __init__(self, known: dict[str, str]) -> None:
        self._known = known

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key with its values."""
        return self._known[key].format(**values)

    def knows(self, key: str) -> bool:
        """Whether there is a text of this key: forms and code lists are the partners' own, and may have
        more."""
        return key in self._known


def translator(language: str, *more: Path) -> Words:
    """The texts of a language."""
    return Words(texts(language, *more))


def _files(folder: Path, language: str) -> list[Path]:
    whole = folder / f"{language}.toml"
    return [*([whole] if whole.exists() else []), *sorted(folder.glob(f"*.{language}.toml"))]


def _flat(tree: dict[str, object], prefix: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in tree.items():
        pairs += (
            _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [(f"{prefix}{key}", str(value))]
        )
    return pairs
