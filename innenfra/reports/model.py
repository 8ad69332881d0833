"""What a report is, whatever file it becomes.

Belongs here: the parts of a report, what it says of itself, its fingerprint. Does not belong here: where the
parts come from (`sections.py`), how they look (`pdf.py` and its neighbours).

A cell holds what is written and, where there is one, the number itself; a state has no number, and a range is
not one number. Every picture has its alternative text, and every section says whether it is filled.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from innenfra.contracts.words import Words
from innenfra.errors import UserError
from innenfra.settings import Language

Kind = Literal["county", "council", "mirror", "yearly"]
KINDS: tuple[Kind, ...] = ("county", "council", "mirror", "yearly")
FilledBy = Literal["data", "own_words", "both"]


@dataclass(frozen=True)
class Text:
    """A paragraph. `own` is in somebody's own words, `missing` says that nothing is there, `note` is what to
    be
    careful with."""

    words: str
    manner: Literal["plain", "own", "missing", "note"] = "plain"


@dataclass(frozen=True)
class Cell:
    """What is written in a cell, and the number where there is exactly one."""

    written: str
    number: float | None = None


LINE, MOST_LETTERS = 88, 36
"""Letters that a line of a page holds, and most of them that a column asks for."""

AIR, BOLD = 2, 1.15
"""Letters of air around a cell, and how much wider a letter of a heading is."""


@dataclass(frozen=True)
class Table:
    """A table with a caption; the first column names the row."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def share_width(self) -> list[float]:
        """How much of the width each column needs: the longest word of each whole, then by how much stands in
        it."""
        columns = [
            [name, *(row[place].written for row in self.rows)] for place, name in enumerate(self.header)
        ]
        least = [
            max(len(word) * BOLD for text in column for word in text.split(" ")) + AIR for column in columns
        ]
        wanted = [
            max(word, AIR + min(MOST_LETTERS, max(map(len, column))))
            for word, column in zip(least, columns, strict=True)
        ]
        spare = LINE - sum(least)
        if sum(wanted) > LINE and spare > 0:
            more = [want - word for want, word in zip(wanted, least, strict=True)]
            wanted = [word + spare * one / sum(more) for word, one in zip(least, more, strict=True)]
        return [want / sum(wanted) for want in wanted]


@dataclass(frozen=True)
class Mark:
    """One line of a picture: from and to how many per cent it is told to be (the same where it is exact, none
    where there is no number), and what is written."""

    label: str
    written: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Picture:
    """A picture of shares, one line a mark (`picture.py` draws it). `alternative` tells what it shows."""

    alternative: str
    caption: str
    rows: tuple[Mark, ...]
    axis: str
    is_narrow: bool = False
    """Whether two of it stand beside each other."""


Block = Text | Table | Picture


@dataclass(frozen=True)
class Section:
    """One section: what it is filled by, and what there is."""

    key: str
    title: str
    filled_by: FilledBy
    blocks: tuple[Block, ...]
    lacks: tuple[FilledBy, ...] = ()
    """What is missing of what it is filled by."""

    @property
    def is_filled(self) -> bool:
        """Whether nothing is missing."""
        return not self.lacks


@dataclass(frozen=True)
class Report:
    """One report of one unit for one period, as one reader sees one release."""

    kind: Kind
    unit_id: str
    period: str
    language: Language
    title: str
    subtitle: str
    answer: str
    """The one sentence that a reader should take away."""
    sections: tuple[Section, ...]
    release: int
    data_date: str
    """The day of the release, as it is written."""
    made_on: str
    """The same day as ISO has it."""
    link: str
    stamp: str
    caveats: tuple[str, ...] = ()
    about: tuple[tuple[str, str], ...] = field(default=())
    """What numbers mean: name and explanation, of the indicators that the report uses."""

    def pictures(self) -> Iterator[Picture]:
        """All pictures, in their order."""
        for section in self.sections:
            yield from (block for block in section.blocks if isinstance(block, Picture))

    def tables(self) -> Iterator[tuple[Section, Table]]:
        """All tables with the section they are in."""
        for section in self.sections:
            yield from ((section, block) for block in section.blocks if isinstance(block, Table))


def as_document(report: Report) -> dict[str, Any]:
    """The report as plain values, for keeping and for comparing; each block says what it is."""
    made = asdict(report)
    for section, told in zip(report.sections, made["sections"], strict=True):
        for block, plain in zip(section.blocks, told["blocks"], strict=True):
            plain["is"] = type(block).__name__.lower()
    return json.loads(json.dumps(made))  # type: ignore[no-any-return]


def fingerprint(report: Report) -> str:
    """A hash of everything that the report says."""
    told = json.dumps(as_document(report), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


@dataclass(frozen=True)
class Difference:
    """Something that a later release would say otherwise."""

    section: str
    about: str
    before: str
    after: str


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """What the later document says otherwise, in its order: cells of tables by row and column, texts that
    came
    or went."""
    old, new = _told(before), _told(after)
    return [
        Difference(key[0], key[1], old.get(key, "–"), new.get(key, "–"))
        for key in dict.fromkeys([*new, *old])
        if old.get(key) != new.get(key)
    ]


def _told(document: dict[str, Any]) -> dict[tuple[str, str], str]:
    told: dict[tuple[str, str], str] = {}
    for section in document["sections"]:
        texts = 0
        for block in section["blocks"]:
            if block["is"] == "table":
                for row in block["rows"]:
                    for name, cell in zip(block["header"][1:], row[1:], strict=True):
                        told[section["title"], f"{row[0]['written']} · {name}"] = cell["written"]
            elif block["is"] == "text" and block["manner"] != "note":
                texts += 1
                told[section["title"], str(texts)] = block["words"]
    return told


def check(report: Report) -> Report:
    """The report, or an error where a picture has nothing for those who do not see it, or a table is
    ragged."""
    for picture in report.pictures():
        if not picture.alternative.strip():
            raise _broken(report, picture.caption)
    for _, table in report.tables():
        if any(len(row) != len(table.header) for row in table.rows):
            raise _broken(report, table.caption)
    return report


def _broken(report: Report, what: str) -> UserError:
    return UserError(
        Words(
            nb=f"Rapporten «{report.title}» kan ikke lages: «{what}» er ikke hel.",
            nn=f"Rapporten «{report.title}» kan ikkje lagast: «{what}» er ikkje heil.",
            en=f"The report “{report.title}” cannot be made: “{what}” is not whole.",
        )
    )
