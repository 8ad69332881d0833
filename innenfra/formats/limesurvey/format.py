"""Answers as LimeSurvey exports them: CSV or workbook with codes or texts, `id` and `submitdate` first. An
answer without `submitdate` was begun and not sent. Options of a question stand as `G01Q02[SQ001]`."""

import polars as pl

from innenfra.contracts.words import Words
from innenfra.formats import Format, Incoming, Raw
from innenfra.formats.forms import Report, headers_of, is_map, is_rounds, read_with_map, table_of_part
from innenfra.formats.sheets import about, plain
from innenfra.masking import told

PRIORITY = 6
OWN = (
    "id",
    "submitdate",
    "lastpage",
    "startlanguage",
    "seed",
    "startdate",
    "datestamp",
    "token",
    "ipaddr",
    "refurl",
    "interviewtime",
    "svar-id",
    "respons-id",
    "response id",
    "dato sendt",
    "date submitted",
    "siste side",
    "last page",
    "startspråk",
    "start language",
    "dato startet",
    "date started",
    "sist endret",
    "date last action",
)
"""Columns that the tool writes of itself; none of them is read."""
SENT = ("submitdate", "dato sendt", "date submitted")


def _code(header: str) -> str:
    """The header as it is compared: in `id. Respons-ID` the code stands before the text."""
    return plain(header.split(". ", 1)[0])


def is_export(incoming: Incoming, name: str) -> bool:
    """Whether a part begins with the tool's own columns."""
    first = [_code(header) for header in headers_of(incoming, name)[:8]]
    return (
        bool(first)
        and first[0] in ("id", "respons-id", "response id", "svar-id")
        and any(one in SENT for one in first)
    )


def claims(incoming: Incoming) -> list[str]:
    """Exports, with the rounds and the map beside them."""
    exports = [name for name in incoming.parts if is_export(incoming, name)]
    return exports + [name for name in incoming.parts if is_map(name) or is_rounds(name)] if exports else []


def read(incoming: Incoming) -> Raw:
    """Counts by the map beside the exports; what was not sent is not counted."""
    reports, notes = [], []
    for name in sorted(incoming.parts):
        table = table_of_part(incoming, name) if is_export(incoming, name) else None
        if table is None:
            continue
        sent_on = next(c for c in table.columns if _code(c) in SENT)
        sent = table.filter(pl.col(sent_on).fill_null("").str.strip_chars() != "")
        if (begun := table.height - sent.height) > 0:
            called = told(name, incoming.names)
            notes.append(
                about("not_submitted", incoming.name, severity="warning", sheet=called, found=str(begun))
            )
        reports.append(Report(name, sent.select(c for c in sent.columns if _code(c) not in OWN)))
    made = read_with_map(incoming, "LimeSurvey", reports, OWN)
    return Raw(made.tables, notes + made.findings, made.texts)


FORMAT = Format(
    "limesurvey",
    Words(nb="LimeSurvey-eksport", nn="LimeSurvey-eksport", en="LimeSurvey export"),
    claims,
    read,
)
