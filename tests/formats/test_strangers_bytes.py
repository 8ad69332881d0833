"""Whatever lies where a file should be is refused in one sentence, and the next file is taken in."""

from __future__ import annotations

import io
import os
import signal
import threading
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
import xlsxwriter

from innenfra.findings import Finding
from innenfra.ingest import worker
from innenfra.ingest.copying import taken
from innenfra.ingest.receive import Receipt, check_paths
from innenfra.settings import Settings, load

SCHOOL = "998870011"
HEADER = "school_id;team_id;team_kind;valid_from;team_label\n"
GOOD = HEADER + f"{SCHOOL};T1;grade;2020-01-01;A\n"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Small limits, so that what breaks them is small too."""
    home = tmp_path_factory.mktemp("home")
    return load(
        home=home, database_url=None, _env_file=None, max_upload_mb=8, parse_seconds=20, parse_memory_mb=1500
    )


def good(folder: Path, name: str = "b-teams") -> Path:
    (folder / name).mkdir()
    (folder / name / "teams.csv").write_text(GOOD, encoding="utf-8")
    return folder / name


def workbook(*cells: str) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("teams")
        sheet.write_row(0, 0, HEADER.strip().split(";"))
        sheet.write_row(1, 0, [SCHOOL, "T1", "grade", "2020-01-01"])
        for number, cell in enumerate(cells):
            sheet.write_string(1, 4 + number, cell)
    return made.getvalue()


def with_member(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            content = old.read(member)
            new.writestr(member, change(content) if member == name else content)
    return made.getvalue()


def odd_names() -> bytes:
    """A workbook with a member whose name says UTF-8 and is not."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/ø.xml", b"<a/>")
    return made.getvalue().replace("ø".encode(), b"\xff\xfe")


def fifo(path: Path) -> None:
    os.mkfifo(path)


def link_to(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def written(data: bytes | Callable[[], bytes]) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(data if isinstance(data, bytes) else data()) and None


def one_byte(path: Path) -> None:
    """A byte changed within what is packed."""
    data = bytearray(workbook("A" * 20))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    data[info.header_offset + 30 + len(info.filename) + info.compress_size // 2] ^= 0x55
    path.write_bytes(bytes(data))


def deep(path: Path) -> None:
    (path / "2025" / "høst").mkdir(parents=True)
    (path / "teams.csv").write_text(GOOD, encoding="utf-8")


def broken(path: Path) -> None:
    """A workbook that is whole on its outside, and whose sheet ends in the middle."""
    path.write_bytes(
        with_member(
            workbook("Torgunn Skjærvik"), "xl/worksheets/sheet1.xml", lambda xml: xml[: len(xml) // 2]
        )
    )


def loop(path: Path) -> None:
    path.mkdir()
    (path / "teams.csv").write_text(GOOD, encoding="utf-8")
    (path / "loops.csv").symlink_to(path)


def many(path: Path) -> None:
    path.mkdir()
    for number in range(201):
        (path / f"{number}.csv").touch()


def with_fifo(path: Path) -> None:
    path.mkdir()
    (path / "teams.csv").write_text(GOOD, encoding="utf-8")
    os.mkfifo(path / "loops.csv")


# what it is called, how it is made, the rule that is told, and a word of why
ODD: dict[str, tuple[str, Callable[[Path], None], str, str]] = {
    "FIFO": ("a.csv", fifo, "not_taken", "no plain file"),
    "dangling link": ("a.csv", link_to("/nowhere/at/all"), "not_taken", "a link"),
    "link to an endless file": ("a.csv", link_to("/dev/zero"), "not_taken", "a link"),
    "link to a file of the machine": ("a.csv", link_to("/etc/hostname"), "not_taken", "a link"),
    "link to a folder": ("a", link_to("/tmp"), "not_taken", "a link"),
    "folders in several layers": ("a", deep, "not_taken", "“2025/høst”"),
    "folder that holds itself": ("a", loop, "not_taken", "“loops.csv”"),
    "folder with a FIFO": ("a", with_fifo, "not_taken", "“loops.csv”"),
    "folder with 201 files": ("a", many, "not_taken", "more than 200"),
    "empty folder": ("a", lambda path: path.mkdir(), "empty_file", "empty"),
    "name that is not UTF-8": (
        os.fsdecode(b"a-\xff\xf8.csv"),
        written(GOOD.encode()),
        "not_taken",
        "not UTF-8",
    ),
    "one byte changed": ("a.xlsx", one_byte, "unsafe_file", "not what its name says"),
    "zip with odd names": ("a.xlsx", written(odd_names), "unsafe_file", "not what its name says"),
    "larger than may be": ("a.csv", written(b"1;2\n" * 2_100_000), "not_taken", "too large"),
    "1.5 million rows": ("a.csv", written(b"1;2\n" * 1_500_000), "unsafe_file", "half a million"),
    "workbook that ends in the middle": ("a.xlsx", broken, "unreadable_file", "code"),
    "JSON without end": ("a.json", written(b"[" * 1_000_000), "unknown_format", "not recognised"),
    "nothing but quotes": ("teams.csv", written(b'"' * 999_999), "", ""),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_things_are_refused_in_one_sentence_and_the_next_is_taken_in(
    name: str, small: Settings, tmp_path: Path
) -> None:
    file_name, make, rule, why = ODD[name]
    make(tmp_path / file_name)
    refused, next_one = check_paths([tmp_path / file_name, good(tmp_path)], small)
    assert refused.status == "rejected"
    (finding,) = refused.findings
    assert rule in ("", finding.rule)
    assert why in finding.message.en, finding.message.en
    assert len({finding.message[language] for language in ("nb", "nn", "en")}) == 3
    str(refused.as_json()).encode()
    assert (next_one.status, next_one.rows_landed) == ("landed", 1)


def test_a_cell_of_5_mb_is_cut_and_its_row_held(small: Settings, tmp_path: Path) -> None:
    words = [f"{number * 7919:x}" for number in range(700_000)]
    long_cell = (
        '"' + "\n".join(" ".join(words[start : start + 20]) for start in range(0, len(words), 20)) + '"'
    )
    assert len(long_cell) > 5_000_000
    (tmp_path / "teams.csv").write_text(
        GOOD.replace(";A\n", f";{long_cell}\n") + f"{SCHOOL};T2;grade;2020-01-01;B\n", encoding="utf-8"
    )
    (tmp_path / "a.xlsx").write_bytes(
        with_member(
            workbook("A"),
            "xl/sharedStrings.xml",
            lambda xml: xml.replace(b"<t>A</t>", b"<t>" + " ".join(words).encode() + b"</t>"),
        )
    )
    for receipt in check_paths([tmp_path / "teams.csv", tmp_path / "a.xlsx"], small):
        assert receipt.rows_held_back == 1, receipt.findings[0].message.en
        (finding,) = receipt.findings
        assert finding.rule == "max_length"
        assert len(finding.value_shown or "") <= 81
        assert len(finding.message.en) < 400


def test_memory_is_counted_as_it_is_used_whatever_the_number_of_cores(
    small: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLARS_MAX_THREADS", "64")
    # another limit is another process
    settings = small.model_copy(update={"parse_memory_mb": 700})
    (receipt,) = check_paths([good(tmp_path)], settings)
    assert receipt.rows_landed == 1
    with pytest.raises(MemoryError):
        worker.start_worker(settings).submit(bytearray, 800_000_000).result()
    (receipt,) = check_paths([good(tmp_path, "c-teams")], settings)
    assert receipt.rows_landed == 1
    worker.stop_worker(settings)


def test_a_file_that_cannot_be_read_to_its_end_is_told(small: Settings, tmp_path: Path) -> None:
    # a plain file of the kernel's that gives an error where it is read
    with taken(Path("/proc/self/mem"), small) as delivery:
        assert isinstance(delivery.refused, Finding)
        assert "cannot be opened or read" in delivery.refused.message.en
    with taken(tmp_path / "away.csv", small) as delivery:
        assert delivery.gone


def test_a_worker_that_is_killed_takes_no_file_with_it(small: Settings, tmp_path: Path) -> None:
    """Ended from outside while idle and while reading: every file is read all the same."""
    paths = [good(tmp_path, f"{number:02d}") for number in range(6)]

    def end_workers() -> None:
        for _ in range(2):
            time.sleep(1)
            for process in [
                p for one in list(worker._workers.values()) for p in list((one._processes or {}).values())
            ]:
                with suppress(ProcessLookupError):  # ended by itself meanwhile
                    os.kill(process.pid or 0, signal.SIGKILL)

    thread = threading.Thread(target=end_workers)
    thread.start()
    made = check_paths(paths, small)
    while thread.is_alive():
        made += check_paths(paths, small)
    assert {(one.status, one.rows_landed) for one in made} == {("landed", 1)}


def test_files_read_at_once_do_not_hit_each_other(small: Settings, tmp_path: Path) -> None:
    """One that breaks its limits, beside good ones from another thread that share the worker."""
    broken(tmp_path / "teams.xlsx")
    made: dict[str, list[Receipt]] = {}

    def check(name: str, paths: list[Path]) -> None:
        made[name] = check_paths(paths, small)

    threads = [
        threading.Thread(target=check, args=("bad", [tmp_path / "teams.xlsx"] * 4)),
        threading.Thread(target=check, args=("good", [good(tmp_path, str(number)) for number in range(6)])),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {one.status for one in made["bad"]} == {"rejected"}
    assert {one.status for one in made["good"]} == {"landed"}


def test_the_log_has_the_code_and_nobodys_words(
    small: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    broken(tmp_path / "teams.xlsx")
    (receipt,) = check_paths([tmp_path / "teams.xlsx"], small)
    code = receipt.findings[0].value_shown
    assert code
    assert code in receipt.findings[0].message.nb
    assert code in caplog.text
    assert "Torgunn" not in caplog.text + str(receipt)
    assert "prepare.py" in caplog.text


def test_many_rows_with_one_fault_are_told_together(small: Settings, tmp_path: Path) -> None:
    (tmp_path / "teams.csv").write_text(
        HEADER + "".join(f"{SCHOOL};T{n};banan;2020-01-01;\n" for n in range(20_000)), encoding="utf-8"
    )
    (receipt,) = check_paths([tmp_path / "teams.csv"], small)
    assert (receipt.rows_landed, receipt.rows_held_back) == (0, 20_000)
    (finding,) = receipt.findings
    assert "row 2–20001 (20000)" in finding.message.en
    (tmp_path / "teams.csv").write_text(
        HEADER + "".join(f"{SCHOOL};T{n};banan {n};2020-01-01;\n" for n in range(20_000)), encoding="utf-8"
    )
    (receipt,) = check_paths([tmp_path / "teams.csv"], small)
    assert "19980 more rows" in receipt.findings[-1].message.en


def test_no_number_is_nan_or_endless(small: Settings, tmp_path: Path) -> None:
    header = "agreement_id;version_no;commitment_no;party;commitment_type;quantity;unit;per\n"
    rows = "".join(
        f"A-1;1;{n};school;team_time;{said};hours;loop\n"
        for n, said in enumerate(("nan", "inf", "1e999", "5"), start=1)
    )
    (tmp_path / "agreement_commitments.csv").write_text(header + rows, encoding="utf-8")
    (receipt,) = check_paths([tmp_path / "agreement_commitments.csv"], small, SCHOOL)
    assert [(f.rule, f.row_number) for f in receipt.findings] == [("type", 2), ("type", 3), ("type", 4)]


def test_a_name_where_the_number_of_the_school_should_be_is_kept_nowhere(
    small: Settings, tmp_path: Path
) -> None:
    (tmp_path / "teams.csv").write_text(HEADER + "Torgunn Skjærvik;T1;grade;2020-01-01;A\n", encoding="utf-8")
    (receipt,) = check_paths([tmp_path / "teams.csv"], small, registered=frozenset({SCHOOL}))
    assert [f.rule for f in receipt.findings] == ["no_school"]
    assert "Torgunn" not in str(receipt)
