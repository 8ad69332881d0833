"""Each page has its short guide, and the guides of a role's pages are its handbook."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from apps import handbook
from apps.frame import GUIDE_PARTS
from apps.navigation import PAGES, READERS, pages_of
from apps.words import translator
from innenfra.settings import LANGUAGES

OF_WORDS_ALONE = {"handbook", "about", "accessibility", "privacy"}
"""Pages that are words themselves."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_has_its_guide(language: str) -> None:
    words = translator(language)
    for page in PAGES:
        known = [part for part in GUIDE_PARTS if words.knows(f"guide.{page.name}.{part}")]
        assert known == ([] if page.name in OF_WORDS_ALONE else list(GUIDE_PARTS)), page.name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", READERS)
def test_the_book_holds_the_guide_of_each_page_of_the_role_and_no_other(role: str, language: str) -> None:
    words = translator(language)
    told = {chapter.title for chapter in handbook.chapters(role, words)}
    own = {page.name for page in pages_of(role)} - OF_WORDS_ALONE
    assert {words(f"page.{name}") for name in own} <= told
    others = {words(f"page.{page.name}") for page in PAGES} - {words(f"page.{name}") for name in own}
    assert not others & told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_book_as_pdf_is_tagged_and_says_everything(language: str) -> None:
    words = translator(language)
    book = PdfReader(io.BytesIO(handbook.as_pdf("school", words)))
    assert book.trailer["/Root"]["/MarkInfo"]["/Marked"].value is True
    assert str(book.trailer["/Root"]["/Lang"]).startswith(language)
    assert book.metadata is not None
    assert book.metadata.title == words("handbook.title.school")
    text = "".join("".join(page.extract_text().split()) for page in book.pages).replace("\u00ad", "")
    for chapter in handbook.chapters("school", words):
        for name, told in chapter.paragraphs:
            for part in (name, told):
                assert "".join(part.split())[:40].replace("-", "") in text.replace("-", ""), part
