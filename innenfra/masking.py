"""What could identify someone in what strangers wrote is taken out before the first write.

Belongs here: the patterns of structured identifiers, and names of a list that the school gives and that
stays in memory. Pure functions from text to text.
Does not belong here: reading forms (`innenfra/formats`), who may read what is left
(`innenfra/database/access.py`).

Structured identifiers are always taken out, valid or not: a number with a typing error still identifies.
Eight
digits or more in a row are one, whatever stands between them; what people plainly write as a date, as school
years, as a span of the clock or as an organisation number is not. Names are taken out in any case, also with
a
genitive s. A name that is also a word is left where it is written as the word (in small letters, or alone at
the
start of a sentence) and flagged for the one who reads. Nothing here promises to find all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

MASK = "[…]"
LONGEST = 80
"""Most characters that are kept of what a stranger wrote where something else was expected."""
_LOOKED_AT = 4 * LONGEST

_DOMAIN = r"[\w-]{1,63}(?:\.[\w-]{1,63})+"
_SPOKEN_DOT = r"(?:\.|\s+(?:punktum|prikk|dot)\s+)"
_SPOKEN_DOMAIN = (
    rf"[\w-]{{1,63}}(?:{_SPOKEN_DOT}[\w-]{{1,63}}){{0,4}}?"
    rf"{_SPOKEN_DOT}(?:no|com|net|org|edu|se|dk|fi|eu|uk|de|info|nu|io|name|online)\b"
)
_LOCAL = r"(?<![\w.+-])[\w.+-]{1,200}"
_EMAIL = re.compile(rf"{_LOCAL} ?@ ?{_DOMAIN}")
_SPOKEN_AT = (
    r"\s*(?:[(\[{]\s*(?:a|at|@|alfakrøll|krøllalfa)\s*[)\]}]|(?<=\s)(?:at|alfakrøll|krøllalfa)(?=\s))\s*"
)
_SPOKEN_EMAIL = re.compile(rf"{_LOCAL}{_SPOKEN_AT}{_SPOKEN_DOMAIN}", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w.])@\w[\w.]*\w")
WORDS_OF_AN_ADDRESS = (_EMAIL, _SPOKEN_EMAIL, _ADDRESS, _HANDLE)

_BETWEEN = r"[ \t\u00a0\u2007\u2009\u202f./\\‐‑–—-]"
_DIGITS = re.compile(rf"(?:\+\s?)?(?<!\d)\d(?:{_BETWEEN}{{0,3}}\d)++")
_YEAR, _MONTH, _DAY = r"(?:19|20)\d\d", r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
_PLAIN = re.compile(
    r"(?<!\d)(?:"
    rf"{_DAY}([./-]) ?{_MONTH}\1 ?{_YEAR}"  # 31.12.2025
    rf"|{_YEAR}([./-]?)(?:0[1-9]|1[0-2])\2(?:0[1-9]|[12]\d|3[01])"  # 2025-12-31, 20251231
    rf"|{_YEAR}(?: ?[/–-] ?(?:{_YEAR}|\d\d))?"  # 2025, 2025/26, 2019–2021
    r"|(?:[01]?\d|2[0-3])\.[0-5]\d ?[–-] ?(?:[01]?\d|2[0-3])\.[0-5]\d"  # 10.30–11.15
    r"|(?P<organisation>[89]\d{2}[ .\u00a0\u2009\u202f]?\d{3}[ .\u00a0\u2009\u202f]?\d{3})"
    r")(?!\d)"
)
_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)

# fmt: off
AMBIGUOUS = frozenset([
    "Alf", "Ask", "Birk", "Bjørn", "Bo", "Brede", "Dag", "Dagny", "Even", "Falk", "Finn", "Frost", "Geir",
    "Gro", "Gry", "Hans", "Hauk", "Jo", "Liv", "Mai", "Mild", "My", "Odd", "Per", "Rein", "Ro", "Roar",
    "Runar", "Rune", "Siv", "Snø", "Sol", "Stein", "Stig", "Storm", "Svein", "Sverre", "Tone", "Tor", "Ulv",
    "Varg", "Vår", "Ørn",
])
# fmt: on
"""Names that are also words; where they stand as the word they are flagged and left."""

_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|\n\s*)$")


@dataclass(frozen=True)
class Masked:
    """A text without what was found, and the words that someone must look at."""

    text: str
    flagged: tuple[str, ...] = ()


def masked(text: str, names: Iterable[str] = ()) -> Masked:
    """Take out structured identifiers, then the names."""
    text = unicodedata.normalize("NFC", text)
    for pattern in WORDS_OF_AN_ADDRESS:
        text = pattern.sub(MASK, text)
    text = _DIGITS.sub(_without_numbers, text)
    known = _parts(names)
    return _without_names(text, known) if known else Masked(text)


def without_names(text: str, names: Iterable[str]) -> str:
    """Take out the names wherever they stand, as in a cell or the name of a file; there no name is a word."""
    known = _parts(names)
    return (
        re.sub(rf"(?<![^\W_])(?:{_one_of(known)})(?:s|'s|’s)?(?![^\W_])", MASK, text, flags=re.IGNORECASE)
        if known
        else text
    )


def told(text: str, names: Iterable[str] = ()) -> str:
    """What a stranger wrote where something else was expected, as far as it is kept: masked, and short enough
    to read."""
    short = text[:_LOOKED_AT].replace("\x00", "\ufffd")
    clean = without_names(masked(short).text, names)
    return clean if len(clean) <= LONGEST and short == text else clean[:LONGEST] + "…"


def ambiguous(text: str) -> tuple[str, ...]:
    """Words in a text that may be names and were left, for the one who reads to look at."""
    words = re.finditer(r"(?<![\w-])[^\W\d_]+(?![\w-])", text)
    return tuple(
        dict.fromkeys(w[0] for w in words if w[0] in AMBIGUOUS and _SENTENCE_START.search(text[: w.start()]))
    )


def _without_numbers(found: re.Match[str]) -> str:
    """A run of digits with what stands between them, masked where it is as long as a number of a person or a
    phone."""
    run = found[0]
    length = _length(run)
    if length < 8:
        return run
    plain = [
        part
        for part in _PLAIN.finditer(run)
        if not part["organisation"] or _is_organisation(part["organisation"])
    ]
    pieces, start = [], 0
    for part in plain:
        pieces += [run[start : part.start()], part]
        start = part.end()
    pieces.append(run[start:])
    beside = "".join(piece for piece in pieces if isinstance(piece, str))
    # five digits beside a date are the rest of a number that begins with it; a year in a number of eight is
    # no year
    return MASK if _length(beside) > (0 if length in (8, 11) else 4) else run


def _length(text: str) -> int:
    return sum(one.isdigit() for one in text)


def _is_organisation(text: str) -> bool:
    digits = [int(one) for one in text if one.isdigit()]
    return (11 - sum(d * w for d, w in zip(digits, _WEIGHTS, strict=False)) % 11) % 11 == digits[8]


def _parts(names: Iterable[str]) -> list[str]:
    """First names and surnames by themselves, the longest first."""
    composed = (unicodedata.normalize("NFC", name) for name in names)
    return sorted(
        {part for name in composed for part in name.split() if len(part) > 1}, key=len, reverse=True
    )


def _one_of(names: list[str]) -> str:
    """A pattern of the names; one with a hyphen is also written without."""
    return "|".join(re.escape(name).replace(r"\-", "[- ]") for name in names)


def _without_names(text: str, names: list[str]) -> Masked:
    one = _one_of(names)
    pattern = re.compile(rf"(?<![^\W_])((?:{one})(?:\s+(?:{one}))*)(s|'s|’s)?(?![^\W_])", re.IGNORECASE)
    flagged: list[str] = []

    def replaced(found: re.Match[str]) -> str:
        name = found[1]
        is_small = name.islower()
        if name.capitalize() in AMBIGUOUS and (
            is_small or (not found[2] and _SENTENCE_START.search(text[: found.start()]))
        ):
            flagged.append(name)
            return found[0]
        return MASK

    return Masked(pattern.sub(replaced, text), tuple(flagged))
