"""What the research article names, and where its readers find it: from the list to Markdown.

Belongs here: the page. Does not belong here: the list (`innenfra/reference/article.csv`), records and
indicators.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from innenfra.derive.markdown import code, document, table

LIST = Path(__file__).parents[1] / "reference" / "article.csv"
INTRODUCTION = (
    "The article that Innenfra is built on names 164 things. Each stands here with the lines that name it,"
    " the records (`published`) and indicators that carry it, and the address of the page on which its user"
    " sees it. What no record carries says why."
)


@dataclass(frozen=True)
class Named:
    """One thing of the article: its lines and Norwegian term, what carries it, pages by address, and what is
    said where nothing carries it."""

    number: int
    lines: str
    term: str
    shown_by: tuple[str, ...]
    pages: tuple[str, ...]
    otherwise: str


def read_list() -> Iterator[Named]:
    """All things, in the article's order."""
    with LIST.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            yield Named(
                int(row["number"]),
                row["lines"],
                row["term"],
                tuple(row["shown_by"].split()),
                tuple(row["pages"].split()),
                row["otherwise"],
            )


def render_article() -> str:
    """The page."""
    rows = [
        (
            str(one.number),
            one.lines,
            one.term,
            " ".join(code(name) for name in one.shown_by) or one.otherwise,
            " ".join(code(page) for page in one.pages) or "–",
        )
        for one in read_list()
    ]
    heads = ("#", "Lines", "Named in the article", "Carried by", "Seen on")
    return document("The article, row by row", [INTRODUCTION], table(heads, rows))
