"""Personvern: what is shown of people, what never is, and how long open answers are kept."""

from __future__ import annotations

from apps import frame
from apps.view import View


def render(view: View) -> None:
    """The statement."""
    frame.Choices(view)
    frame.draw_statement(view, "privacy", ("people", "rule", "totals", "answers", "who"))
