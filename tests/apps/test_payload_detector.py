"""The detector finds a number wherever it may hide; a test that looks for what must not be there rests on
that."""

from __future__ import annotations

import base64
import gzip
import io
import struct
import zipfile

import pandas as pd
import pyarrow as pa
import pytest
from payload import Received
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from innenfra.exports import as_csv

NUMBER = 731_040_007


def framed(fill: str, value: str | bytes) -> bytes:
    message = ForwardMsg()
    if fill == "markdown":
        message.delta.new_element.markdown.body = str(value)
    elif fill == "table":
        message.delta.new_element.table.arrow_data.data = value
    else:
        chart = message.delta.new_element.vega_lite_chart
        chart.spec = str(value) if isinstance(value, str) else "{}"
        if isinstance(value, bytes):
            chart.datasets.add().data.data = value
    return message.SerializeToString()


def arrow(number: float, compression: str | None = None) -> bytes:
    sink = io.BytesIO()
    table = pa.Table.from_pandas(pd.DataFrame({"value": [1.5, number], "name": ["a", "b"]}))
    with pa.ipc.new_stream(
        sink, table.schema, options=pa.ipc.IpcWriteOptions(compression=compression)
    ) as writer:
        writer.write_table(table)
    return sink.getvalue()


def zipped(text: str) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", text)
    return sink.getvalue()


def carriers(number: int) -> dict[str, bytes]:
    return {
        "words": framed("markdown", f"**{number} av 9**"),
        "thousands": framed("markdown", f"{number:,}".replace(",", "\u00a0") + ",5 prosent"),
        "per cent": framed("markdown", f"{number}00\u00a0%"),
        "chart in words": framed("chart", f'{{"values": [{{"x": {number}.0}}]}}'),
        "chart in Arrow": framed("chart", arrow(float(number))),
        "table": framed("table", arrow(float(number))),
        "table, compressed": framed("table", arrow(float(number), "lz4")),
        "bare bytes": b"\x01\x02\x03" + struct.pack("<d", float(number)) + b"\x04",
        "CSV": as_csv(["a"], [[number]], "nb"),
        "workbook": zipped(f"<c><v>{number}</v></c>"),
        "compressed": gzip.compress(f"{number}\n".encode()),
        "encoded picture": (
            b'src="data:image/svg+xml;base64,'
            + base64.b64encode(f"<svg><text>Antall: {number}</text></svg>".encode())
            + b'"'
        ),
    }


@pytest.mark.parametrize("carrier", list(carriers(NUMBER)))
def test_found_wherever_it_hides(carrier: str) -> None:
    received = Received()
    received.add_frame(carriers(NUMBER)[carrier])
    assert received.numbers(731_040_000, 731_040_999) == {NUMBER}


def test_nothing_is_found_where_nothing_is() -> None:
    received = Received()
    for one in carriers(123_456_789).values():
        received.add_frame(one)
    assert received.numbers(731_040_000, 731_040_999) == set()


def test_decimals_and_random_bytes_are_no_numbers_of_ours() -> None:
    received = Received()
    received.add_frame(framed("markdown", "0.7310400071"))
    received.add_frame(struct.pack("<d", 731_040_007.4))
    assert received.numbers(731_040_000, 731_040_999) == set()
