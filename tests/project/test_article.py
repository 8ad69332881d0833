"""Everything that the article names has a place, and the place is there."""

from __future__ import annotations

import re
from pathlib import Path

from apps.navigation import PAGES
from innenfra.contracts.indicators import INDICATORS
from innenfra.contracts.records import RECORDS
from innenfra.derive.article import read_list

APPS = Path(__file__).parents[2] / "apps"
NAMED_THINGS = 164
ADDRESSES = {page.address: page.name for page in PAGES}
OF_ANY_INDICATOR = {"sammenlign", "skolen", "indikatorer", "gjennomgang"}
"""Pages that show whichever indicator is chosen."""


def code_behind(page: str) -> str:
    """The text of a page's module and of the modules of the app that it uses."""
    text = (APPS / "app_pages" / f"{page}.py").read_text(encoding="utf-8")
    used = re.findall(r"^from apps(?:\.(\w+))? import ([^\n(]+)", text, re.MULTILINE)
    names = {one for module, names in used for one in ([module] if module else names.split(", "))}
    more = [APPS / f"{name.strip()}.py" for name in names if name not in ("frame", "view", "navigation")]
    asked = set(re.findall(r"reader\.(\w+)\(", text))
    reader = (APPS / "reader.py").read_text(encoding="utf-8")
    methods = [part for part in reader.split("    def ") if part.split("(")[0] in asked]
    return "\n".join([text, *methods, *(path.read_text("utf-8") for path in more if path.exists())])


def test_every_row_of_the_article_is_there_once() -> None:
    assert [one.number for one in read_list()] == list(range(1, NAMED_THINGS + 1))


def test_what_carries_it_is_there_and_what_nothing_carries_says_why() -> None:
    known = {*RECORDS, *INDICATORS}
    for one in read_list():
        assert set(one.shown_by) <= known, one
        assert bool(one.shown_by) != bool(one.otherwise), one
        assert set(one.pages) <= set(ADDRESSES), one
        assert one.pages or one.otherwise, one


def test_each_record_is_asked_for_by_a_page_that_is_named_for_it() -> None:
    behind = {page.address: code_behind(page.name) for page in PAGES}
    wrong = []
    for one in read_list():
        for name in one.shown_by:
            if name in RECORDS:
                asked = rf"[\"']{name}[\"']|published\.{name}\b"
                seen = any(re.search(asked, behind[page]) for page in one.pages)
            else:
                seen = bool(OF_ANY_INDICATOR & set(one.pages)) or any(
                    re.search(rf"\b{name}\b", behind[page]) or page == "speildata" for page in one.pages
                )
            if not seen:
                wrong.append((one.number, name, one.pages))
    assert not wrong
