"""Everything a browser is sent: frames, bodies and downloads, opened until numbers and words can be read.

Belongs here: listening to a page, and looking for numbers in what came. Does not belong here: which numbers
must not come.
"""

from __future__ import annotations

import base64
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pyarrow as pa
from google.protobuf.message import Message
from playwright.sync_api import Error, Locator, Page, Response, WebSocket
from serving import settled
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

SPACES = re.compile(r"(?<=\d)[\s\u00a0\u202f\u2009.,'](?=\d{3}(?!\d))")
ENCODED = re.compile(rb"[A-Za-z0-9+/]{40,}={0,2}")


class Received:
    """All that one page was sent, from when it was listened to. `buttons` are those of the newest run that
    give a file."""

    def __init__(self, page: Page | None = None) -> None:
        self._raw: list[bytes] = []
        self._responses: list[Response] = []
        self._page = page
        self.frames = self.files = self.drawers = 0
        self.buttons: set[str] = set()
        self._begun = self._finished = 0
        if page is not None:
            page.on("websocket", self._listen)
            page.on("response", lambda response: self._responses.append(response))

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self.add_frame)

    def add_frame(self, payload: bytes | str) -> None:
        """A frame as it came over the wire."""
        self.frames += 1
        raw = payload.encode() if isinstance(payload, str) else payload
        self._raw.append(raw)
        message = _message(raw)
        kind = message.WhichOneof("type") if message else ""
        if kind == "new_session":
            self._begun += 1
            self.buttons.clear()
        elif kind == "script_finished":
            self._finished += 1
        elif message and kind == "delta" and message.delta.new_element.HasField("download_button"):
            self.buttons.add(message.delta.new_element.download_button.id)

    def add_file(self, path: Path) -> None:
        """A downloaded file."""
        self.files += 1
        self._raw.append(path.read_bytes())

    def goto(self, address: str) -> None:
        """Go to an address and wait until its page has run to the end. Bodies of the page before are read
        first, since the browser forgets them."""
        assert self._page is not None
        self._read()
        self._begun = self._finished = 0
        self._page.goto(address)
        self._rest(address)

    def press(self, button: Locator) -> None:
        """Press a button and wait until what it starts has run to the end."""
        self._begun = self._finished = 0
        button.click()
        self._rest("what a button starts")

    def _rest(self, what: str) -> None:
        assert self._page is not None
        for _ in range(200):
            frames = self.frames
            self._page.wait_for_timeout(300)
            if self._begun > 0 and self._begun == self._finished and frames == self.frames:
                settled(self._page)
                return
        raise AssertionError(
            f"{what} does not come to rest: {self._begun} runs begun, {self._finished} finished"
        )

    def _read(self) -> None:
        # the bundle of Streamlit itself is the same for everybody
        waiting = [
            one for one in self._responses if "/static/" not in urlsplit(one.url).path and one.status < 300
        ]
        self._raw += [self._body(one) for one in waiting]
        self._responses.clear()

    def _body(self, response: Response) -> bytes:
        """What was answered; asked once more where the browser went on before it was read."""
        assert self._page is not None
        try:
            return response.body()
        except Error:
            again = self._page.context.request.get(response.url)
            assert again.ok, response.url
            return again.body()

    def opened(self) -> tuple[str, bytes]:
        """All text that can be read in it, thousands joined; and all bytes."""
        self._read()
        pieces: list[str | bytes] = []
        for raw in self._raw:
            pieces += [raw, *_of_frame(raw)]
        texts, everything = [], []
        for piece in pieces:
            for one in _inside(piece):
                texts.append(one if isinstance(one, str) else one.decode("utf-8", "replace"))
                everything.append(one.encode() if isinstance(one, str) else one)
        return SPACES.sub("", "\n".join(texts)), b"\0".join(everything)

    def numbers(self, low: int, high: int) -> set[int]:
        """Whole numbers of nine digits within bounds: written out, in a table, or as eight bytes anywhere.

        Eight random bytes (pictures, fonts, what is packed) are a fraction within 100,000 wide bounds once in
        22 million places, a whole number once in 10^14; decimals of a share are digits too.
        """
        text, raw = self.opened()
        found = {int(n) for n in re.findall(r"(?<![0-9A-Za-z])(?<!\d\.)(\d{9})", text)}
        for offset in range(8):
            part = raw[offset : offset + (len(raw) - offset) // 8 * 8]
            for kind in ("<f8", "<i8"):
                values = np.frombuffer(part, kind)
                within = values[(values >= low) & (values <= high)]
                found |= {int(n) for n in within[within == np.floor(within)]}
        return {n for n in found if low <= n <= high}


def _message(raw: bytes) -> ForwardMsg | None:
    try:
        return ForwardMsg.FromString(raw)
    except Exception:
        return None


def _of_frame(raw: bytes) -> Iterator[str | bytes]:
    """The strings and bytes of a frame of Streamlit; nothing of what is not one."""
    message = _message(raw)
    if message is not None:
        yield from _fields(message)


def _fields(message: Message) -> Iterator[str | bytes]:
    for field, value in message.ListFields():
        entries = (
            value.items()
            if field.message_type is not None and field.message_type.GetOptions().map_entry
            else [(None, value)]
        )
        for _, entry in entries:
            for one in (
                entry
                if field.is_repeated
                and not isinstance(entry, str | bytes | Message)
                and hasattr(entry, "__iter__")
                else [entry]
            ):
                if isinstance(one, Message):
                    yield from _fields(one)
                else:
                    yield one if isinstance(one, str | bytes) else repr(one)


def _inside(piece: str | bytes, depth: int = 0) -> Iterator[str | bytes]:
    """A piece, and what is packed in it: tables, archives, compressed and encoded parts."""
    yield piece
    if depth > 3:
        return
    data = piece.encode() if isinstance(piece, str) else piece
    for unpacked in (*_tables(data), *_archives(data), *_encoded(data)):
        yield from _inside(unpacked, depth + 1)


def _tables(data: bytes) -> Iterator[str]:
    for read in (pa.ipc.open_stream, pa.ipc.open_file):
        try:
            table = read(pa.BufferReader(data)).read_all()
        except (pa.ArrowInvalid, pa.ArrowKeyError, OSError):
            continue
        for name in table.column_names:
            values = table[name].to_pylist()
            yield "\n".join(
                str(int(v) if isinstance(v, float) and v.is_integer() else v) for v in [name, *values]
            )


def _archives(data: bytes) -> Iterator[bytes]:
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    if data[:2] == b"\x1f\x8b":
        yield gzip.decompress(data)
    # streams of a PDF
    for start in re.finditer(rb"stream\r?\n(?=\x78)", data):
        try:
            yield zlib.decompressobj().decompress(data[start.end() :])
        except zlib.error:
            continue


def _encoded(data: bytes) -> Iterator[bytes]:
    for one in ENCODED.findall(data):
        try:
            yield base64.b64decode(one + b"=" * (-len(one) % 4))
        except ValueError:
            continue
