"""What lies beside a form's export, to be confirmed by its sender once: which question is which, and which
round
it is of.

Belongs here: the two files, filled in as far as they can be. Does not belong here: reading them
(`innenfra/formats/forms.py`).
"""

from __future__ import annotations

import io
import zipfile

import polars as pl

from innenfra.contracts.declare import delivered_columns
from innenfra.contracts.deliveries import delivery_tables
from innenfra.intake.marked import make_harmless

ROUNDS = "log_rounds"
MAP, BESIDE = "log_map.csv", f"{ROUNDS}.csv"


def write_beside(form_map: pl.DataFrame, school_id: str | None, round_no: int = 1) -> bytes:
    """A zip with the map and the sheet of rounds, as a spreadsheet opens them."""
    columns = [column.name for column in delivered_columns(delivery_tables()[ROUNDS])]
    known = {"school_id": school_id or "", "round_no": str(round_no), "collection_mode": "link"}
    rounds = pl.DataFrame({name: [known.get(name, "")] for name in columns})
    cells = form_map.with_columns(pl.all().map_elements(make_harmless, return_dtype=pl.String))
    cells = cells.with_columns(pl.all().replace("", None))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, frame in ((MAP, cells), (BESIDE, rounds)):
            archive.writestr(name, "\ufeff" + frame.write_csv(separator=";"))
    return out.getvalue()
