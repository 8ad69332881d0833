"""Functions of the database that keep reports: the only way in, also for the app.

Belongs here: who may write words for a report and hand it on. `access.apply` makes them.
Does not belong here: the tables (`innenfra/contracts/reports.py`), what a report says (`innenfra/reports`).

Each asks who speaks (`app.subject`) and raises a code as its message; `innenfra/reports/issue.py` has the
words.
"""

from __future__ import annotations

from innenfra.contracts.reports import READERS_OF_KIND
from innenfra.database.statements import read_sql

UNITS_SIGNATURE = "visible_reports()"
UNITS = read_sql(__file__, "functions/visible_reports")
"""What the one who asks may make reports about, as kind/unit."""

WRITE_SIGNATURE = (
    "write_report_words(about_kind text, about_unit text, about_period text, about_section text, said text)"
)
WRITE = read_sql(__file__, "procedures/write_report_words")

ISSUE_SIGNATURE = (
    "issue_report(about_kind text, about_unit text, about_period text, in_language text, made_as text,"
    " called text, of_release int, told jsonb, told_sha256 text, bytes bytea)"
)
ISSUE = read_sql(__file__, "procedures/issue_report")

READ = "kind || '/' || unit_id = any((select authz.visible_reports())::text[])"
"""Own words are read by all who make the report."""

OF_ROLE = " or ".join(
    f"issued_role = '{role}' and (select authz.acts_as('{role}'))"
    for role in sorted({role for roles in READERS_OF_KIND.values() for role in roles})
)
"""What was issued holds what its role could see, so it is read in that role alone."""

READ_ISSUED = f"{READ} and ({OF_ROLE})"
