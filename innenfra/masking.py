"""What could identify someone in an open answer is taken out before the first write.

Belongs here: the patterns of structured identifiers, and names of a list that the school gives and that
stays in memory. Pure functions from text to text.
Does not belong here: reading forms (`innenfra/formats`), who may read what is left (`innenfra/database/access.py`).

Structured identifiers are always taken out, valid or not: a number with a typing error still identifies.
Names are taken out where they are written with a capital, also with a genitive s. A name that is also a
word, alone at the start of a sentence, is left and flagged for the one who reads. Nothing here promises to find all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

MASK = "[…]"

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w.])@\w[\w.]*\w")
_ELEVEN_DIGITS = re.compile(r"(?<!\d)(?:\d{11}|\d{6}[ -]\d{5}|\d{2}[ .]\d{2}[ .]\d{2}[ -]?\d{5}|\d{6}[ -]\d{3}[ -]\d{2})(?!\d)")
_PHONE = re.compile(r"(?<![\d.,])(?:(?:\+|00)47 ?)?(?:[2-9]\d(?: ?\d{2}){3}|[49]\d{2} \d{2} \d{3})(?!\d|[.,]\d)")
STRUCTURED = (_EMAIL, _ADDRESS, _HANDLE, _ELEVEN_DIGITS, _PHONE)

AMBIGUOUS = frozenset(
    [
        "Alf",
        "Bjørn",
        "Bo",
        "Dag",
        "Dagny",
        "Even",
        "Frost",
        "Geir",
        "Hauk",
        "Liv",
        "Mai",
        "Mild",
        "My",
        "Per",
        "Roar",
        "Runar",
        "Siv",
        "Snø",
        "Sol",
        "Stein",
        "Storm",
        "Svein",
        "Sverre",
        "Tor",
        "Ulv",
        "Varg",
        "Vår",
        "Ørn",
    ]
)
"""Names that are also words; at the start of a sentence they are flagged and left."""

_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|\n\s*)$")


@dataclass(frozen=True)
class Masked:
    """A text without what was found, and the words that someone must look at."""

    text: str
    flagged: tuple[str, ...] = ()


def masked(text: str, names: Iterable[str] = ()) -> Masked:
    """Take out structured identifiers, then the names."""
    for pattern in STRUCTURED:
        text = pattern.sub(MASK, text)
    known = _parts(names)
    return _without_names(text, known) if known else Masked(text)


def without_names(text: str, names: Iterable[str], *, any_case: bool = False) -> str:
    """Take out the names wherever they stand, as in a cell or the name of a file; there a word alone is no start of a sentence."""
    known = _parts(names)
    if not known:
        return text
    one = "|".join(map(re.escape, known))
    return re.sub(rf"(?<![^\W_])(?:{one})(?:s|'s|’s)?(?![^\W_])", MASK, text, flags=re.IGNORECASE if any_case else 0)


def ambiguous(text: str) -> tuple[str, ...]:
    """Words in a text that may be names and were left, for the one who reads to look at."""
    words = re.finditer(r"(?<![\w-])[^\W\d_]+(?![\w-])", text)
    return tuple(dict.fromkeys(w[0] for w in words if w[0] in AMBIGUOUS and _SENTENCE_START.search(text[: w.start()])))


def _parts(names: Iterable[str]) -> list[str]:
    """First names and surnames by themselves, the longest first."""
    return sorted({part for name in names for part in name.split() if len(part) > 1}, key=len, reverse=True)


def _without_names(text: str, names: list[str]) -> Masked:
    one = "|".join(map(re.escape, names))
    pattern = re.compile(rf"(?<![\w-])((?:{one})(?:\s+(?:{one}))*)(s|'s|’s)?(?![\w-])")
    flagged: list[str] = []

    def replaced(found: re.Match[str]) -> str:
        name = found[1]
        if name in AMBIGUOUS and not found[2] and _SENTENCE_START.search(text[: found.start()]):
            flagged.append(name)
            return found[0]
        return MASK

    return Masked(pattern.sub(replaced, text), tuple(flagged))
