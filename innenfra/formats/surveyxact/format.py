"""Answers as SurveyXact exports its dataset: CSV or workbook with the variables as headers (`s_1`, `s_2_1`)
and codes in the cells, beside columns of its own on status and sending. Only completed answers count."""

import re

import polars as pl

from innenfra.contracts.words import Words
from innenfra.formats import Format, Incoming, Raw
from innenfra.formats.forms import Report, headers_of, is_map, is_rounds, read_with_map, table_of_part
from innenfra.formats.sheets import about, plain
from innenfra.masking import told

PRIORITY = 7
OWN = re.compile(
    r"^(?:stat(?:internal|o|overall|create|distribute|open|complet)\w*"
    r"|respondent(?:id|key|email|navn|name)?|email|e-?post"
    r"|difftime\w*|created|modified|closetime|starttime|language|sprog|språk|organization|group|key)$"
)
"""Columns that the tool writes of itself; none of them is read."""
_VARIABLE = re.compile(r"^s_\d+(?:_\d+)*$")
_COMPLETED = ("statoverall_4", "statinternal_4")
"""The columns that say with a 1 that an answer was completed."""


def is_export(incoming: Incoming, name: str) -> bool:
    """Whether a part has the tool's own columns and its variables."""
    headers = [plain(header) for header in headers_of(incoming, name)]
    return any(h.startswith("stat") and OWN.match(h) for h in headers) and any(map(_VARIABLE.match, headers))


def claims(incoming: Incoming) -> list[str]:
    """Exports, with the rounds and the map beside them."""
    exports = [name for name in incoming.parts if is_export(incoming, name)]
    return exports + [name for name in incoming.parts if is_map(name) or is_rounds(name)] if exports else []


def read(incoming: Incoming) -> Raw:
    """Counts by the map beside the exports; what was not completed is not counted."""
    reports, notes = [], []
    for name in sorted(incoming.parts):
        table = table_of_part(incoming, name) if is_export(incoming, name) else None
        if table is None:
            continue
        done = next((c for c in table.columns if plain(c) in _COMPLETED), None)
        sent = (
            table if done is None else table.filter(pl.col(done).fill_null("").str.strip_suffix(".0") == "1")
        )
        if (begun := table.height - sent.height) > 0:
            called = told(name, incoming.names)
            notes.append(
                about("not_submitted", incoming.name, severity="warning", sheet=called, found=str(begun))
            )
        reports.append(Report(name, sent.select(c for c in sent.columns if not OWN.match(plain(c)))))
    made = read_with_map(incoming, "SurveyXact", reports, ())
    return Raw(made.tables, notes + made.findings, made.texts)


FORMAT = Format(
    "surveyxact",
    Words(nb="SurveyXact-eksport", nn="SurveyXact-eksport", en="SurveyXact export"),
    claims,
    read,
)
