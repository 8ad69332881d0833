"""Functions of the database that write quotes: the only way in, also for the app.

Belongs here: who may propose, release, clear and withdraw, and what a quote must be. `access.apply` makes
them from the files in `procedures`.
Does not belong here: the tables and what holds for every row (`innenfra/contracts/quotes.py`), the command
(`innenfra/quotes.py`).

Each asks who speaks (`app.subject`) and raises a code as its message; `innenfra/quotes.py` has the words.
"""

from __future__ import annotations

from innenfra.database.statements import read_sql

ROUND = "concat_ws('/', file_id, school_id, partnership_id, loop_no, round_no)"
"""A log round of one file, of an answer, a quote or the round itself."""

PROPOSE_SIGNATURE = "propose_quote(answer_id bigint, said_by text, quoted text, in_other_words boolean)"
PROPOSE = read_sql(__file__, "procedures/propose_quote", log_round=ROUND)

RELEASE_SIGNATURE = "release_quote(which bigint)"
RELEASE = read_sql(__file__, "procedures/release_quote", log_round=ROUND)

WITHDRAW_SIGNATURE = "withdraw_quote(which bigint)"
WITHDRAW = read_sql(__file__, "procedures/withdraw_quote")

ANSWER_SIGNATURE = "answer_quote(which bigint, may_be_shown boolean)"
ANSWER = read_sql(__file__, "procedures/answer_quote")
