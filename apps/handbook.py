"""The handbook: what the pages of a role say of themselves, as one book.

Belongs here: putting the guides of a role's pages and the states in one order, and the book as PDF.
Does not belong here: any word of it (`wording/guide.*.toml`, `wording/about.*.toml`), how it looks
(`innenfra/reports`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from apps.frame import GUIDE_PARTS
from apps.navigation import READERS as READERS
from apps.navigation import pages_of
from apps.words import Words
from innenfra.contracts.vocabulary import STATUSES

EXAMPLES = ("zero", "bound", "interval", "together", "verdict", "break", "classes", "provisional")
"""How a number is told, as *Om tallene* has it."""


@dataclass(frozen=True)
class Chapter:
    """A chapter: its title, and its paragraphs, each with what it is about."""

    title: str
    paragraphs: tuple[tuple[str, str], ...]


def chapters(role: str, words: Words) -> Iterator[Chapter]:
    """The book of a role: how it begins, each of its pages, the states, how a number is told."""
    yield Chapter(
        words("handbook.start"),
        tuple((words(f"handbook.start.{n}.title"), words(f"handbook.start.{n}")) for n in (1, 2, 3)),
    )
    for page in pages_of(role):
        if words.knows(f"guide.{page.name}.{GUIDE_PARTS[0]}"):
            yield Chapter(
                words(f"page.{page.name}"),
                tuple((words(f"guide.{part}"), words(f"guide.{page.name}.{part}")) for part in GUIDE_PARTS),
            )
    yield Chapter(
        words("handbook.states"),
        tuple(
            (words(f"state.{status}").rstrip("."), words(f"about.do.{status}"))
            for status in STATUSES.codes
            if words.knows(f"about.do.{status}")
        ),
    )
    yield Chapter(
        words("handbook.numbers"),
        tuple((words(f"about.{name}.title"), words(f"about.{name}")) for name in EXAMPLES),
    )


def as_pdf(role: str, words: Words) -> bytes:
    """The book of a role, tagged and in its language (PDF/UA-1)."""
    from innenfra.reports.pdf import document_as_pdf

    language = words("code")
    return document_as_pdf(
        {
            "title": words(f"handbook.title.{role}"),
            "subtitle": words("handbook.subtitle"),
            "answer": words("handbook.answer"),
            "stamp": words("handbook.stamp"),
            "lang": language,
            "region": "GB" if language == "en" else "NO",
            "compact": False,
            "words": {"about": "", "link": ""},
            "link": "",
            "about": [],
            "caveats": [],
            "sections": [
                {
                    "title": chapter.title,
                    "blocks": [
                        {"is": "text", "manner": "named", "name": name, "words": told}
                        for name, told in chapter.paragraphs
                    ],
                }
                for chapter in chapters(role, words)
            ],
        }
    )
