"""Function of the database that writes down what is told of a grant: the only way in from the app.

Belongs here: who may tell what of a grant. `access.apply` makes it. Does not belong here: the table
(`innenfra/contracts/registers.py`), what a grant requires (`innenfra/schemes.py`).

An owner tells of itself; an institution of grants in partnerships that it is in. What is told again on the
same day takes the place of what was told before; other days stay.
"""

from __future__ import annotations

from innenfra.database.statements import read_sql

REPORT_SIGNATURE = (
    "report_grant(about_owner text, about_year int, about_scheme text, about_partnership text, decided date,"
    " was_granted numeric, needs numeric[], own_share numeric[], has_coordinator text)"
)
REPORT = read_sql(__file__, "procedures/report_grant")
