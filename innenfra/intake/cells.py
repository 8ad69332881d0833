"""The grid of deliveries: school × file type × period, and what each cell says.

Belongs here: cells as they are published, with what is on its way laid over them, who must act, and the
sentence over the grid. No database in here but in `read_cells`.
Does not belong here: what is expected and when it is due (`gate_delivery_cell`), layout.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from psycopg.rows import dict_row

from innenfra.contracts.declare import delivered
from innenfra.contracts.deliveries import delivery_tables, tables_in_order
from innenfra.contracts.words import Words, code_list
from innenfra.database.acting import Actor, acting

STATES = code_list(
    "delivery_cell_state",
    delivered=("levert", "levert", "delivered"),
    corrected=("rettet", "retta", "corrected"),
    in_work=("under behandling", "under handsaming", "being processed"),
    rejected=("avvist", "avvist", "refused"),
    late=("forsinket, varslet", "forseinka, varsla", "late, announced"),
    missing=("mangler", "manglar", "missing"),
    awaited=("ikke forfalt", "ikkje forfalle", "not yet due"),
    not_collected=("ikke samlet inn", "ikkje samla inn", "not collected"),
    not_in_design=("ikke i opplegget", "ikkje i opplegget", "not in the design"),
)
MARKS = {
    "delivered": "●",
    "corrected": "◉",
    "in_work": "…",
    "rejected": "✕",
    "late": "◷",
    "missing": "○",
    "awaited": "·",
    "not_collected": "–",
    "not_in_design": "–",
}
"""Each state has a mark of its own beside its word."""

IN_NUMBERS = ("delivered", "corrected")
TO_DO = ("rejected", "missing", "late")
"""What someone must do something about, the most urgent first."""

SENDERS = {
    "school": Words(nb="skolen", nn="skulen", en="the school"),
    "partnership": Words(nb="skolen og universitetet sammen", nn="skulen og universitetet saman", en="both"),
    "university": Words(nb="universitetet", nn="universitetet", en="the university"),
}
ALL_IN = Words(
    nb="Alt som er forfalt, er inne.", nn="Alt som er forfalle, er inne.", en="All that is due is in."
)
NOTHING_DUE = Words(
    nb="Ingenting er forfalt ennå.", nn="Ingenting er forfalle enno.", en="Nothing is due yet."
)
REJECTED = Words(
    nb="Må rettes og sendes på nytt: {what}.",
    nn="Må rettast og sendast på nytt: {what}.",
    en="To be mended and sent again: {what}.",
)
MISSING = Words(nb="Mangler: {what}.", nn="Manglar: {what}.", en="Missing: {what}.")
IN_WORK = Words(nb="Behandles: {what}.", nn="Vert handsama: {what}.", en="Being processed: {what}.")
REST_IN = Words(nb="Resten er inne.", nn="Resten er inne.", en="The rest is in.")
OF_LOOP = Words(nb="{what}, sløyfe {period}", nn="{what}, sløyfe {period}", en="{what}, loop {period}")
OF_YEAR = Words(nb="{what}, {period}", nn="{what}, {period}", en="{what}, {period}")
AND_MORE = Words(nb="{what} og {n} til", nn="{what} og {n} til", en="{what} and {n} more")
_NAMED = 2


@dataclass(frozen=True)
class Cell:
    """One file type of one period of one school. `file_id` is the file that counts, `coming` are files of it
    that are on their way."""

    school_id: str
    partnership_id: str
    file_type: str
    period_type: str
    period: str
    school_year: str
    state: str
    is_partial: bool = False
    due_on: dt.date | None = None
    delivered_on: dt.date | None = None
    file_id: int | None = None
    coming: tuple[int, ...] = ()

    @property
    def is_in_numbers(self) -> bool:
        """Whether it is among the numbers of the present release."""
        return self.state in IN_NUMBERS

    @property
    def is_to_do(self) -> bool:
        """Whether someone must do something about it."""
        return self.state in TO_DO

    @property
    def sender(self) -> str:
        """Who delivers it: school, partnership or university."""
        return delivered(delivery_tables()[self.file_type]).sender


def read_cells(url: str, actor: Actor) -> list[Cell]:
    """All cells that the actor may see, with what is on its way laid over them."""
    with acting(url, actor) as connection, connection.cursor(row_factory=dict_row) as cursor:
        published = cursor.execute("select * from published.delivery_cell").fetchall()
        coming = cursor.execute("select * from authz.deliveries_on_the_way()").fetchall()
    return lay_over(published, coming)


def lay_over(published: Iterable[Mapping[str, Any]], coming: Iterable[Mapping[str, Any]]) -> list[Cell]:
    """Cells of the published rows, changed by files that are refused or not yet counted.

    A file that names no period is of the newest one that its file type has at the school.
    """
    cells = sorted((Cell(**row) for row in published), key=in_order)
    for file in sorted(coming, key=lambda one: one["file_id"]):
        hit = [i for i, cell in enumerate(cells) if _is_of(file, cell)]
        if not _names_period(file):
            hit = hit[-1:]
        for i in hit:
            state = cells[i].state if cells[i].is_in_numbers else file["state"]
            cells[i] = replace(cells[i], state=state, coming=(*cells[i].coming, file["file_id"]))
    return cells


def _names_period(file: Mapping[str, Any]) -> bool:
    return file["loop_no"] is not None or file["school_year"] is not None


def _is_of(file: Mapping[str, Any], cell: Cell) -> bool:
    if (file["school_id"], file["file_type"]) != (cell.school_id, cell.file_type):
        return False
    if cell.period_type == "loop" and file["loop_no"] is not None:
        return str(file["loop_no"]) == cell.period
    return file["school_year"] in (None, cell.school_year)


def in_order(cell: Cell) -> tuple[str, str, int, str, int, str]:
    """By school and partnership, then file types as the template has them, then time."""
    number = int(cell.period) if cell.period.isdigit() else 0
    places = _places()
    place = places.get(cell.file_type, len(places))
    return cell.school_id, cell.partnership_id, place, cell.school_year, number, cell.period


@cache
def _places() -> dict[str, int]:
    """The place of each file type in the template."""
    return {file_type: place for place, file_type in enumerate(tables_in_order())}


def name_cell(cell: Cell, language: str) -> str:
    """What the cell is of: the file type and its period in words."""
    pattern = OF_LOOP if cell.period_type == "loop" else OF_YEAR
    return pattern[language].format(what=name_file_type(cell.file_type, language), period=cell.period)


def name_file_type(file_type: str, language: str) -> str:
    """The file type as its sheet is called."""
    return delivered(delivery_tables()[file_type]).sheet[language]


def say_cell(cell: Cell, language: str) -> str:
    """The state of a cell, as mark and word."""
    return f"{MARKS[cell.state]} {STATES.labels[cell.state][language]}"


def answer_cells(cells: Sequence[Cell], language: str) -> str:
    """The sentence over the grid: what must be mended, what is missing, what is on its way, and whether the
    rest is in."""
    rejected = [cell for cell in cells if cell.state == "rejected"]
    missing = [cell for cell in cells if cell.state == "missing"]
    coming = [cell for cell in cells if cell.state == "in_work"]
    if not rejected and not missing and not coming:
        return (ALL_IN if any(cell.is_in_numbers for cell in cells) else NOTHING_DUE)[language]
    said = [
        pattern[language].format(what=_list(found, language))
        for pattern, found in ((REJECTED, rejected), (MISSING, missing), (IN_WORK, coming))
        if found
    ]
    if any(cell.is_in_numbers for cell in cells):
        said.append(REST_IN[language])
    return " ".join(said)


def _list(cells: Sequence[Cell], language: str) -> str:
    newest = sorted(cells, key=lambda cell: (cell.school_year, cell.due_on or dt.date.min), reverse=True)
    named = "; ".join(name_cell(cell, language) for cell in newest[:_NAMED])
    more = len(cells) - _NAMED
    return AND_MORE[language].format(what=named, n=more) if more > 0 else named
