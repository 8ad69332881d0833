"""Tilgjengelighet: what has been tried, what is known to be missing, and whom to tell."""

from __future__ import annotations

from apps import frame
from apps.view import View


def render(view: View) -> None:
    """The statement."""
    frame.Choices(view)
    frame.draw_statement(view, "accessibility", ("tried", "keyboard", "missing", "tell"))
