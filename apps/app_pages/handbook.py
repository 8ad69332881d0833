"""Håndbok: the guides of the reader's pages as one book, here and as PDF."""

from __future__ import annotations

import streamlit as st

from apps import frame, handbook
from apps.view import View


def render(view: View) -> None:
    """The book's chapters, one open at a time, and the PDF."""
    words, role = view.words, view.scope.role
    frame.Choices(view)
    frame.answer(words("handbook.answer"), words("handbook.subtitle"))
    st.download_button(
        words("handbook.download"),
        data=lambda: handbook.as_pdf(role, words),
        file_name=f"innenfra-{words('handbook.file')}.pdf",
        mime="application/pdf",
        key="handbook",
        on_click="ignore",
        icon=":material/download:",
    )
    for chapter in handbook.chapters(role, words):
        st.header(chapter.title, anchor=False)
        st.markdown("\n\n".join(f"**{name}**  \n{told}" for name, told in chapter.paragraphs))
