"""Errors that are sentences for the person who meets them.

Belongs here: the one exception type that commands turn into a sentence and an exit code.
Does not belong here: findings about delivered data (`findings.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from innenfra.contracts.words import Words


class UserError(Exception):
    """Something the user can put right: what, where, what to do. Carries the command's exit code."""

    def __init__(self, words: Words, exit_code: int = 1) -> None:
        super().__init__(words.en)
        self.words = words
        self.exit_code = exit_code


class JobFailedError(UserError):
    """A job that did not succeed. `steps` are those that failed, `log` is where their words are."""

    def __init__(self, steps: Sequence[str], log: Path) -> None:
        names = ", ".join(steps) or "–"
        super().__init__(
            Words(
                nb=(
                    f"Jobben stanset i {names}. Les hva som skjedde i {log}, og kjør «innenfra run» igjen når"
                    " det er rettet."
                ),
                nn=(
                    f"Jobben stansa i {names}. Les kva som hende i {log}, og køyr «innenfra run» igjen når"
                    " det er retta."
                ),
                en=(
                    f"The job stopped in {names}. Read what happened in {log}, and run “innenfra run” again"
                    " when it is put right."
                ),
            )
        )
