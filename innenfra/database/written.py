"""Functions of the database by which partners write about their work: the only way in, also for the app.

Belongs here: the functions' signatures; what each asks before it writes is in `written/<name>.sql`.
Does not belong here: the tables (`innenfra/contracts/spoken.py`), masking and words (`innenfra/spoken.py`).

Each asks who speaks (`app.subject`, `app.role`, `app.unit`) and raises a code as its message.
"""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent / "written"


def body(name: str) -> str:
    """What a function does."""
    return (_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


SIGNATURES = {
    "answer_mirror": "about_school text, about_partnership text, about_item text, said text, words text",
    "write_mirror_text": (
        "about_school text, about_partnership text, about_item text, words text, against text"
    ),
    "decide": (
        "about_school text, about_partnership text, kind text, proposer text, decider text, from_item text,"
        " from_loop int, words text"
    ),
    "assess": (
        "about_school text, about_partnership text, about_agreement text, about_version int,"
        " about_commitment int, of_year text, said text"
    ),
}
"""Functions of `dialogue` that write, by name."""
