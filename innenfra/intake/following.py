"""What became of what was sent in, and what was found in it: for the app and the command line alike.

Belongs here: the questions and the words for how far something has come. Does not belong here: sending
(`sending.py`), what is expected and missing (`cells.py`).
"""

from __future__ import annotations

from typing import Any

from psycopg.rows import dict_row

from innenfra.contracts.words import Words, code_list
from innenfra.database.acting import Actor, acting
from innenfra.database.statements import read_sql
from innenfra.errors import UserError

Rows = list[dict[str, Any]]

STATES = code_list(
    "submission_state",
    received=("Mottatt", "Motteken", "Received"),
    taken_in=("Mottatt", "Motteken", "Received"),
    checked=("Kontrollert", "Kontrollert", "Checked"),
    in_numbers=("I skolens tall", "I tala til skulen", "In the school's numbers"),
    released=("Utgitt", "Utgjeven", "Released"),
    replaced=("Erstattet", "Erstatta", "Replaced"),
    refused=("Avvist", "Avvist", "Refused"),
    taken_back=("Trukket tilbake", "Trekt tilbake", "Taken back"),
)
"""How far something that was sent in has come."""

NO_RECEIPT = Words(
    nb="Fant ingen kvittering {number} for denne personen.",
    nn="Fann inga kvittering {number} for denne personen.",
    en="No receipt {number} was found for this person.",
)
SUBMISSIONS = read_sql(__file__, "sql/submissions")
FINDINGS = read_sql(__file__, "sql/findings_of_school")
ANSWERS = "select finding_id, words from dialogue.finding_answer order by answer_id"
"""Answers of schools to findings; of several to one finding, the last counts."""


def list_submissions(url: str, actor: Actor, school_id: str = "") -> Rows:
    """What was sent in for a school, or for all that the actor sees, the newest first."""
    return _ask(url, actor, SUBMISSIONS, school_id)


def find_submission(url: str, actor: Actor, number: int) -> dict[str, Any]:
    """What was sent in under a number. Raises `UserError` where the actor sees no such receipt."""
    found = [row for row in list_submissions(url, actor) if row["submission_id"] == number]
    if not found:
        raise UserError(Words(*(NO_RECEIPT[lang].format(number=number) for lang in ("nb", "nn", "en"))), 4)
    return found[0]


def list_findings(url: str, actor: Actor, school_id: str = "") -> Rows:
    """Open findings on the files of a school, or of all that the actor sees, each with the school's `answer`
    where there is one."""
    answers = {row["finding_id"]: row["words"] for row in _ask(url, actor, ANSWERS, "")}
    found = _ask(url, actor, FINDINGS, school_id)
    return [row | {"answer": answers.get(row["finding_id"])} for row in found]


def _ask(url: str, actor: Actor, question: str, school_id: str) -> Rows:
    with acting(url, actor) as connection, connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(question.encode(), {"school": school_id}).fetchall()
