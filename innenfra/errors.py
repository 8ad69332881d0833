"""Errors that are sentences for the person who meets them.

Belongs here: the one exception type that commands turn into a sentence and an exit code.
Does not belong here: findings about delivered data (`findings.py`).
"""

from __future__ import annotations

from innenfra.contracts.words import Words


class UserError(Exception):
    """Something the user can put right: what, where, what to do. Carries the command's exit code."""

    def __init__(self, words: Words, exit_code: int = 1) -> None:
        super().__init__(words.en)
        self.words = words
        self.exit_code = exit_code
