"""Words that the app and the reports share: `words("key", name=value)` over `<part>.<language>.toml` in this
folder.

Belongs here: looking words up, here and in folders that add to them. Does not belong here: any word, and words
of pages alone (`apps/wording`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
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


def translator(language: str, *more: Path) -> Callable[..., str]:
    """A function from key and values to text in one language."""
    known = texts(language, *more)

    def t(key: str, **values: object) -> str:
        return known[key].format(**values)

    return t


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
