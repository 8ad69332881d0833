"""Nettskjema's interface, replayed by a server of our own: what is fetched gives the same rows as a report
delivered by hand, whatever the interface does on the way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import polars as pl
import pytest

from innenfra.errors import UserError
from innenfra.formats import Incoming
from innenfra.formats.nettskjema.interface import Client, client_of, count_of_submissions
from innenfra.ingest.prepare import Prepared, prepare
from innenfra.settings import load

SAMPLES = Path(__file__).parents[1] / "fixtures" / "formats" / "nettskjema"
FORM = 123823
PAGE = 20


@dataclass
class Replay:
    """What the server answers, and what it was asked. `busy` answers come first, with how long to wait."""

    busy: list[tuple[int, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    url: str = ""

    def client(self, secret: str = "hemmelig") -> Client:
        return Client(
            "innenfra", secret, f"{self.url}/api/v3", f"{self.url}/oauth2/token", self.waited.append
        )


@pytest.fixture
def replay() -> Iterator[Replay]:
    kept = Replay()
    elements = (SAMPLES / "answers" / "elements.json").read_bytes()
    lines = (SAMPLES / "answers" / f"answers-{FORM}.ndjson").read_bytes().splitlines()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            self.rfile.read(length)
            kept.asked.append("token")
            # innenfra:hemmelig
            if self.headers["Authorization"] == "Basic aW5uZW5mcmE6aGVtbWVsaWc=":
                self._answer(200, b'{"access_token": "adgang", "expires_in": 3600}')
            else:
                self._answer(401, b"{}")

        def do_GET(self) -> None:
            path = urlparse(self.path)
            kept.asked.append(path.path.rsplit("/", 1)[-1])
            if kept.busy:
                status, wait = kept.busy.pop(0)
                self._answer(status, b"", **({"Retry_After": wait} if wait else {}))
            elif self.headers["Authorization"] != "Bearer adgang":
                self._answer(403)
            elif path.path == f"/api/v3/form/{FORM}/elements":
                self._answer(200, elements)
            elif path.path == f"/api/v3/form/{FORM}/answers":
                page = int(parse_qs(path.query)["page"][0])
                pages = -(-len(lines) // PAGE)
                self._answer(
                    200, b"\n".join(lines[page * PAGE : (page + 1) * PAGE]), X_Total_Pages=str(pages)
                )
            else:
                self._answer(404)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: a test needs no log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    kept.url = f"http://127.0.0.1:{server.server_port}"
    yield kept
    server.shutdown()
    thread.join()
    server.server_close()


def made_of(parts: dict[str, bytes]) -> Prepared:
    rounds = {"log_rounds.csv": (SAMPLES / "csv" / "log_rounds.csv").read_bytes()}
    return prepare(Incoming("levering", parts | rounds, "0"), None, None, 20_000_000)


def test_what_is_fetched_gives_the_rows_of_the_report(replay: Replay) -> None:
    parts = replay.client().parts_of(FORM)
    by_hand = {path.name: path.read_bytes() for path in (SAMPLES / "csv").iterdir()}
    fetched, delivered = made_of(parts), made_of(by_hand)
    assert fetched.findings == delivered.findings == []
    one, other = (
        made.landed["log_counts"].select(pl.all().cast(pl.String)).rows() for made in (fetched, delivered)
    )
    assert one == other
    assert replay.asked[:2] == ["token", "elements"]
    assert replay.asked.count("answers") > 2
    assert count_of_submissions(parts[f"answers-{FORM}.ndjson"]) == 3


def test_without_a_client_it_is_told_what_to_set(tmp_path: Path) -> None:
    with pytest.raises(UserError) as told:
        client_of(load(home=tmp_path, database_url=None, _env_file=None))
    assert "INNENFRA_NETTSKJEMA_CLIENT_ID" in told.value.words.nb


def test_a_busy_interface_is_asked_again_after_the_time_that_it_names(replay: Replay) -> None:
    replay.busy = [(429, "7"), (503, ""), (429, "100000")]
    replay.client().parts_of(FORM)
    assert replay.waited == [7.0, 2.0, 60.0]


REFUSED: dict[str, tuple[Callable[[Replay], object], str]] = {
    "wrong secret": (lambda replay: replay.client("gal").parts_of(FORM), "slipper ikke klienten inn"),
    "another form": (lambda replay: replay.client().parts_of(1), "kjenner ikke skjemaet"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_fetched_is_told_in_a_sentence(name: str, replay: Replay) -> None:
    ask, said = REFUSED[name]
    with pytest.raises(UserError) as told:
        ask(replay)
    assert said in told.value.words.nb


def test_an_interface_that_stays_away_is_told(replay: Replay) -> None:
    replay.busy = [(500, "")] * 10
    with pytest.raises(UserError) as told:
        replay.client().parts_of(FORM)
    assert "svarer ikke" in told.value.words.nb
    assert replay.waited == [1.0, 2.0, 4.0, 8.0, 16.0]
