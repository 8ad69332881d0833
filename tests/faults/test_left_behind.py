"""What a killed process leaves behind is swept, taken away or finished by the next."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from conftest import fresh_database
from security.rounds import register_schools, write_round

from innenfra import erasure
from innenfra.database import local
from innenfra.ingest import reconcile, store
from innenfra.ingest.copying import CHANGING, taken
from innenfra.ingest.inbox import has_settled, pending
from innenfra.ingest.receive import ingest_paths
from innenfra.ingest.scratch import scratch, sweep
from innenfra.settings import Settings, inherited, load

HOLD = """
import sys, time
from innenfra.ingest.scratch import scratch
from innenfra.settings import load
with scratch(load()) as folder:
    (folder / "levering.csv").write_text("x")
    print(folder, flush=True)
    time.sleep(600)
"""


WORK = """
import time
from innenfra.ingest.worker import start_worker
from innenfra.settings import load
worker = start_worker(load())
worker.submit(int).result()
print(*worker._processes, flush=True)
time.sleep(600)
"""


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    return load(home=tmp_path / "home", inbox=str(tmp_path / "inbox"), database_url=None, _env_file=None)


@pytest.fixture
def url(server: local.Server) -> str:
    made = fresh_database(server)
    register_schools(made)
    return made


def ask(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query.encode()).fetchall()


def test_copies_of_a_killed_process_are_swept_and_those_of_a_living_one_are_not(own: Settings) -> None:
    holding = subprocess.Popen(
        [sys.executable, "-c", HOLD],
        env=inherited() | {"INNENFRA_HOME": str(own.home)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holding.stdout
    folder = Path(holding.stdout.readline().strip())
    assert folder.parent.parent == own.home / "tmp"
    assert (own.home / "tmp").stat().st_mode & 0o777 == 0o700
    assert sweep(own) == 0
    assert (folder / "levering.csv").exists()
    os.kill(holding.pid, signal.SIGKILL)
    holding.wait()
    with scratch(own) as mine:
        assert not folder.exists()
        assert mine.exists()
    assert [one.name for one in (own.home / "tmp").iterdir()] == [".lock"]


def test_bytes_of_a_file_that_the_register_never_got_are_taken_away_and_no_others(
    own: Settings, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = write_round(tmp_path / "first", ["Vi lærte mye"] * 12)
    (kept,) = ingest_paths([first], own, url)
    keep = store.keep

    def killed(*arguments: object) -> None:
        keep(*arguments)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "keep", killed)
    with pytest.raises(KeyboardInterrupt):
        ingest_paths([write_round(tmp_path / "second", ["Vi lærte litt"] * 12, round_no=2)], own, url)
    monkeypatch.setattr(store, "keep", keep)
    # another database keeps its files in the same store
    foreign = f"{own.store_url}/ab/abcd-00"
    Path(foreign).mkdir(parents=True)
    assert len(store.all_kept(own)) == 3
    assert reconcile.reconcile(url, own, "test") == (1, 0)
    assert set(store.all_kept(own)) == {
        foreign,
        str(ask(url, f"select store_path from inbox.file where file_id = {kept.file_id}")[0][0]),
    }
    store.take_away(str(ask(url, "select store_path from inbox.file")[0][0]))
    assert reconcile.reconcile(url, own, "test") == (0, 1)
    assert ask(url, "select passed from quality.check_result order by check_result_id") == [(True,), (False,)]


def test_erasing_that_was_killed_goes_on_and_leaves_one_tombstone(
    own: Settings, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_round(tmp_path / "inbox" / "round", ["Vi lærte mye"] * 12)
    with pending(own) as waiting:
        (made,) = ingest_paths(list(waiting.values()), own, url, received_by="inbox")
    take_away = erasure.take_away

    def killed(place: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(erasure, "take_away", killed)
    with pytest.raises(KeyboardInterrupt):
        erasure.erase_delivery(url, own, made.sha256, "engineer", "wrong file")
    assert ask(url, "select count(*) from restricted.file_key") == [(0,)]
    assert len(store.all_kept(own)) == 1
    monkeypatch.setattr(erasure, "take_away", take_away)
    erasure.erase_delivery(url, own, made.sha256, "engineer", "wrong file")
    assert store.all_kept(own) == []
    assert list((tmp_path / "inbox").iterdir()) == []
    assert ask(url, "select count(*), min(answers_n) from inbox.erasure") == [(1, 12)]
    assert ask(url, "select count(*) from inbox.to_be_cleared") == [(0,)]


def test_what_changes_while_it_is_copied_is_left_for_the_next_run(
    own: Settings, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from innenfra.ingest import copying

    folder = write_round(tmp_path / "inbox" / "round", ["Vi lærte mye"] * 12)
    copy_one = copying._copy_one

    def writing_on(file: Path, *rest: object) -> int:
        (folder / "mer.csv").write_text(f"{time.monotonic_ns()}")
        return copy_one(file, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(copying, "_copy_one", writing_on)
    with taken(folder, own) as delivery:
        assert delivery.gone
        assert delivery.refused
        assert CHANGING.en in delivery.refused.message.en
    (left,) = ingest_paths([folder], own, url)
    assert (left.status, left.file_id) == ("rejected", None)
    assert ask(url, "select count(*) from inbox.file") == [(0,)]
    monkeypatch.setattr(copying, "_copy_one", copy_one)
    (folder / "mer.csv").unlink()
    assert has_settled(folder, 60)
    (now,) = ingest_paths([folder], own, url)
    assert now.file_id is not None


def test_the_worker_of_a_killed_process_ends_itself(own: Settings) -> None:
    working = subprocess.Popen(
        [sys.executable, "-c", WORK],
        env=inherited() | {"INNENFRA_HOME": str(own.home)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert working.stdout
    worker = int(working.stdout.readline())
    assert is_alive(worker)
    working.kill()
    working.wait()
    until = time.monotonic() + 120
    while is_alive(worker) and time.monotonic() < until:
        time.sleep(0.1)
    assert not is_alive(worker)


def is_alive(process: int) -> bool:
    """Whether it runs; one that has ended and that nobody has asked after does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except FileNotFoundError:
        return False
