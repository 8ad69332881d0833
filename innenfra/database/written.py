"""Functions of the database by which partners write about their work: the only way in, also for the app.

Belongs here: the functions' signatures; what each asks before it writes is in `written/<name>.sql`.
Does not belong here: the tables (`innenfra/contracts/spoken.py`), masking and words (`innenfra/spoken.py`).

Each asks who speaks (`app.subject`, `app.role`, `app.unit`) and raises a code as its message.
"""

from __future__ import annotations

from innenfra.database.statements import read_sql

IS_PARTY = read_sql(__file__, "written/is_party")

BODIES = {
    "answer_mirror": read_sql(__file__, "written/answer_mirror"),
    "write_mirror_text": read_sql(__file__, "written/write_mirror_text"),
    "decide": read_sql(__file__, "written/decide"),
    "assess": read_sql(__file__, "written/assess"),
    "open_results": read_sql(__file__, "written/open_results"),
    "close_results": read_sql(__file__, "written/close_results"),
    "state_need": read_sql(__file__, "written/state_need"),
    "report_grant": read_sql(__file__, "written/report_grant"),
}
"""What each function does, by name."""

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
    "open_results": "about_school text, about_partnership text, of_loop int, with_hash text, until date",
    "close_results": "about_school text, about_partnership text, of_loop int",
    "state_need": (
        "about_school text, about_partnership text, of_year text, kind text, words text, is_needed boolean"
    ),
    "report_grant": (
        "about_owner text, about_year int, about_scheme text, about_partnership text, decided date,"
        " was_granted numeric, needs numeric[], own_share numeric[], has_coordinator text"
    ),
}
"""Functions of `dialogue` that write, by name."""
