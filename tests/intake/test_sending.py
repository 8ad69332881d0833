"""Sending in, by the service that the page and the command line share: who may, what lies in the inbox, what
is told, many at once."""

from __future__ import annotations

import io
import json
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import openpyxl
import psycopg
import pytest
from conftest import copy_of
from hypothesis import given, settings
from hypothesis import strategies as st
from intake.drops import write_loop, write_workbook
from typer.testing import CliRunner

from innenfra.cli import app
from innenfra.contracts.logs import NO_ANSWER
from innenfra.database import local
from innenfra.database.acting import Actor, acting
from innenfra.demo.plants import LATE, SJOSIDEN
from innenfra.errors import UserError
from innenfra.explain import explain_to, lines
from innenfra.ingest.inbox import pending
from innenfra.ingest.names import lists_of
from innenfra.ingest.receive import INBOX, ingest_paths
from innenfra.ingest.worker import ONE_AT_A_TIME
from innenfra.intake import marked
from innenfra.intake.advice import answer_check, write_line
from innenfra.intake.checking import Checked, check_uploads
from innenfra.intake.excerpt import cut_excerpt
from innenfra.intake.following import find_submission, list_findings, list_submissions
from innenfra.intake.form_map import (
    Question,
    confirm,
    fill_in,
    keep_map,
    read_kept,
    read_questions,
    write_beside,
    write_map,
)
from innenfra.intake.marked import mark_workbook
from innenfra.intake.sending import answer_finding, send_upload, take_back
from innenfra.intake.uploads import FOLDER, forget_upload, keep_names, keep_uploads
from innenfra.settings import Settings

SCHOOL = Actor(f"demonstration|school|{LATE}", "school", LATE)
NEIGHBOUR = Actor(f"demonstration|school|{SJOSIDEN}", "school", SJOSIDEN)
MANY = 20


@pytest.fixture(scope="module")
def url(server: local.Server, built_database: str) -> str:
    return copy_of(server, built_database)


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Settings:
    """Settings with an inbox and uploads of their own."""
    return settings.model_copy(update={"inbox": str(tmp_path / "inbox"), "home": tmp_path / "home"})


def check(settings: Settings, name: str, data: bytes, school: str | None = LATE) -> Checked:
    (checked,) = check_uploads(keep_uploads(settings, [(name, io.BytesIO(data))]), settings, school, None)
    return checked


def lying(settings: Settings) -> list[str]:
    folder = Path(settings.inbox)
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def take_in(settings: Settings, url: str) -> list[Any]:
    with pending(settings) as places:
        return ingest_paths(list(places.values()), settings, url, received_by=INBOX)


def test_a_sheet_keeps_its_name_on_the_way_through_the_inbox(url: str, own: Settings) -> None:
    checked = check(own, "loops.csv", write_loop(LATE, loop_goal="navn").getvalue())
    assert (checked.receipt.status, checked.receipt.rows_landed) == ("landed", 1)
    number = send_upload(checked, SCHOOL, own, url)
    assert lying(own) == [f"{number:06d}-loops.csv"]
    assert find_submission(url, SCHOOL, number)["state"] == "received"
    (receipt,) = take_in(own, url)
    assert (receipt.file_name, receipt.status, receipt.rows_landed) == ("loops.csv", "landed", 1)
    assert find_submission(url, SCHOOL, number)["state"] == "taken_in"
    with pytest.raises(UserError, match="taken in already"):
        take_back(number, SCHOOL, own, url)
    assert not list((own.home / FOLDER).iterdir())


def test_what_is_sent_can_be_taken_back_by_its_sender_alone(url: str, own: Settings) -> None:
    data = write_loop(LATE, plan_planning_min=250).getvalue()
    number = send_upload(check(own, "loops.csv", data), SCHOOL, own, url)
    with pytest.raises(UserError, match="sent in before"):
        send_upload(check(own, "loops.csv", data), SCHOOL, own, url)
    with pytest.raises(UserError):
        take_back(number, NEIGHBOUR, own, url)
    assert lying(own) == [f"{number:06d}-loops.csv"]
    take_back(number, SCHOOL, own, url)
    assert lying(own) == []
    assert find_submission(url, SCHOOL, number)["state"] == "taken_back"
    again = send_upload(check(own, "loops.csv", data), SCHOOL, own, url)
    assert again > number
    take_back(again, SCHOOL, own, url)


@pytest.mark.parametrize(
    ("names", "together"),
    [
        (["manifest.csv", "loops.csv"], True),
        (["Logg sløyfe 1(1-4).xlsx", "Loggrunder.csv", "log_map.csv"], True),
        (["materiale.qdpx", "coding.csv", "code_map.csv"], True),
        (["loops.csv", "Teamsløyfer.csv"], True),
        (["avtale.yaml", "avtale-signert.pdf"], True),
        (["sloyfe 7.xlsx", "sloyfe 8.xlsx"], False),
        (["loops.csv", "brev.pdf"], False),
    ],
)
def test_files_that_belong_together_are_one_delivery(own: Settings, names: list[str], together: bool) -> None:
    kept = keep_uploads(own, [(name, io.BytesIO(b"x")) for name in names])
    assert len(kept) == (1 if together else len(names))
    if together:
        assert {path.name for path in kept[0].path.iterdir()} == set(names)


def test_a_form_that_nobody_has_mapped_comes_with_a_map_to_confirm(own: Settings, fixtures: Path) -> None:
    (export,) = (fixtures / "formats" / "microsoft_forms" / "without_map").iterdir()
    checked = check(own, export.name, export.read_bytes())
    assert checked.is_refused
    assert checked.receipt.form_map is not None
    with zipfile.ZipFile(io.BytesIO(write_beside(checked.receipt.form_map, LATE))) as archive:
        beside = {name: archive.read(name) for name in archive.namelist()}
    mapped = beside["log_map.csv"].decode()
    assert "Stort utbytte;" in mapped
    assert "Samtale, i team;" in mapped
    assert "Kari" not in mapped
    assert "Hva vil du ta med videre?;q3;;;\n" in mapped
    said = beside["log_rounds.csv"].decode().splitlines()
    named = dict(zip(said[0].removeprefix("\ufeff").split(";"), said[1].split(";"), strict=True))
    assert (named["school_id"], named["round_no"]) == (LATE, "1")
    filled = named | {
        "partnership_id": "PS-03",
        "loop_no": "7",
        "log_instrument_version_id": "LOGG-v1",
        "invited_n": "20",
        "submitted_n": "4",
    }
    rounds = f"{said[0]}\n{';'.join(filled.values())}\n".encode()
    files = {export.name: export.read_bytes(), "log_map.csv": beside["log_map.csv"], "log_rounds.csv": rounds}
    kept = keep_uploads(own, [(name, io.BytesIO(data)) for name, data in files.items()])
    (confirmed,) = check_uploads(kept, own, LATE, None)
    assert confirmed.receipt.status == "landed", confirmed.errors
    assert confirmed.receipt.rows_landed > 3


ROUND = {
    "school_id": LATE,
    "partnership_id": "PS-03",
    "loop_no": "7",
    "round_no": "1",
    "log_instrument_version_id": "LOGG-v1",
    "invited_n": "20",
    "submitted_n": "4",
    "collection_mode": "link",
}


def kept_maps(url: str, actor: Actor) -> list[Question]:
    with acting(url, actor) as connection:
        rows = connection.execute("select questions from dialogue.form_map order by map_id").fetchall()
    return read_kept([row[0] for row in rows])


def test_a_map_is_confirmed_once_and_kept_for_the_next_round(url: str, own: Settings, fixtures: Path) -> None:
    (export,) = (fixtures / "formats" / "microsoft_forms" / "without_map").iterdir()
    checked = check(own, export.name, export.read_bytes())
    assert checked.receipt.form_map is not None
    drafted = read_questions(checked.receipt.form_map)
    assert [(one.item_id, len(one.answers), one.several) for one in drafted] == [
        ("q1", 2, False),
        ("q2", 3, True),
        ("q3", 0, False),
    ]
    codes = (("Noe utbytte", "2"), ("Stort utbytte", "4"))
    said = [
        replace(drafted[0], item_id="utbytte", answers=codes),
        drafted[1],
        replace(drafted[2], item_id=""),
    ]
    (confirmed,) = check_uploads([confirm(checked.upload, said, ROUND)], own, LATE, None)
    assert confirmed.receipt.status == "landed", confirmed.errors
    assert any("q2" in f.message.nb or "videre" in f.message.nb for f in confirmed.warnings)
    keep_map(said, LATE, SCHOOL, url)
    number = send_upload(confirmed, SCHOOL, own, url)
    (receipt,) = take_in(own, url)
    assert receipt.status == "landed", number
    with psycopg.connect(url) as connection:
        counted = connection.execute(
            "select item_id, answer_code, n from landed.log_count inner join inbox.file using (file_id) where"
            " file.sha256 = %s and item_id = 'utbytte' order by 2",
            (confirmed.receipt.sha256,),
        ).fetchall()
    assert sum(n for _, _, n in counted) == 4
    assert {code for _, code, _ in counted} == {"2", "4", NO_ANSWER}

    # the next round begins with what was said; what is new gets a code of its own
    kept = kept_maps(url, SCHOOL)
    new = Question(drafted[0].question.upper(), "q1", (("Noe utbytte", "1"), ("Intet utbytte", "2")))
    filled = fill_in([new, Question("Hva nå?", "q2")], kept)
    assert filled[0].item_id == "utbytte"
    assert filled[0].answers == (*codes, ("Intet utbytte", "5"))
    assert filled[1].item_id not in {one.item_id for one in kept}
    assert fill_in(drafted, kept) == said
    assert kept_maps(url, NEIGHBOUR) == []
    with pytest.raises(UserError, match="cannot deliver for this school"):
        keep_map(said, LATE, NEIGHBOUR, url)


def test_names_that_are_taken_out_stay_with_a_form_that_is_confirmed(own: Settings, fixtures: Path) -> None:
    (export,) = (fixtures / "formats" / "microsoft_forms" / "without_map").iterdir()
    checked = check(own, export.name, export.read_bytes())
    assert checked.receipt.form_map is not None
    keep_names(checked.upload, "Kari Nordmann")
    made = confirm(checked.upload, read_questions(checked.receipt.form_map), ROUND)
    assert [names.read_text() for names in lists_of(made.path)] == ["Kari Nordmann"]
    assert lists_of(checked.upload.path) == []
    forget_upload(made)
    assert not made.path.parent.exists()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text("abc æø,;=\"'", min_size=1, max_size=12).filter(lambda text: text.strip()),
            st.lists(st.text('xyz 12;"', min_size=1, max_size=6), max_size=4),
            st.booleans(),
        ),
        max_size=6,
        unique_by=lambda one: one[0],
    )
)
def test_a_map_is_read_back_as_it_was_written(form: list[tuple[str, list[str], bool]]) -> None:
    questions = [
        Question(
            question, f"q{n}", tuple((answer, str(code)) for code, answer in enumerate(answers)), several
        )
        for n, (question, answers, several) in enumerate(form)
    ]
    assert read_questions(write_map(questions)) == questions


def test_nobody_delivers_for_a_school_of_others(url: str, own: Settings) -> None:
    checked = check(own, "loops.csv", write_loop(LATE, plan_planning_min=255).getvalue())
    for actor in (
        NEIGHBOUR,
        Actor("demonstration|university|UH1", "university", "UH1"),
        Actor("nobody", "school"),
    ):
        with pytest.raises(UserError, match="cannot deliver for this school"):
            send_upload(checked, actor, own, url)
        assert lying(own) == []
    assert all(row["school_id"] != LATE for row in list_submissions(url, NEIGHBOUR))
    with pytest.raises(UserError, match="No receipt"):
        find_submission(url, NEIGHBOUR, 1)
    number = send_upload(checked, Actor("demonstration|university|UH2", "university", "UH2"), own, url)
    assert find_submission(url, SCHOOL, number)["file_name"] == "loops.csv"


def test_what_cannot_be_taken_in_is_not_sent(url: str, own: Settings) -> None:
    refused = check(own, "brev.docx", b"PK\x03\x04 not a workbook")
    assert refused.is_refused
    assert answer_check(refused.receipt.rows_read, 0, refused.is_refused, "nb").startswith("Fila kan ikke")
    with pytest.raises(UserError, match="Nothing in this file"):
        send_upload(refused, SCHOOL, own, url)
    assert lying(own) == []


def test_findings_are_told_as_lines_and_marked_where_they_stand(own: Settings) -> None:
    data = write_workbook(LATE, [240, "4 timer", 240])
    checked = check(own, "sloyfe.xlsx", data)
    (error,) = checked.errors
    line = write_line(error, "nb")
    assert (line.sheet, line.row, line.column) == ("Teamsløyfer", "4", "Brukt tid: planlegging")
    assert (line.found, line.do) == ("4 timer", "Skriv et helt tall.")
    assert answer_check(checked.receipt.rows_read, checked.receipt.rows_held_back, False, "nb") == (
        "5 av 6 rader er i orden. Én må rettes før den teller med."
    )
    (teams,) = [sheet for sheet in checked.receipt.sheets if sheet.file_type == "team_loops"]
    assert (teams.first, teams.rows, teams.held) == (3, 3, (4,))
    book = openpyxl.load_workbook(
        io.BytesIO(mark_workbook(checked.upload.path, checked.receipt.findings, own, "nb"))
    )
    assert book.active.title == "Merknader"
    sheet = book["team_loops"]
    marks = [cell for row in sheet.iter_rows(min_row=3) for cell in row if cell.comment]
    assert [cell.value for cell in marks] == ["4 timer"]
    assert "skal være et helt tall" in marks[0].comment.text
    before = openpyxl.load_workbook(io.BytesIO(data))["team_loops"]
    assert [[c.value for c in row] for row in sheet.iter_rows()] == [
        [c.value for c in row] for row in before.iter_rows()
    ]


def test_the_fault_is_shown_in_its_own_sheet(own: Settings) -> None:
    checked = check(own, "sloyfe.xlsx", write_workbook(LATE, [240, "4 timer", 300]))
    cut = cut_excerpt(checked.upload.path, checked.errors, own)
    assert cut is not None
    assert cut.numbers == (3, 4, 5)
    assert [row[cut.column] for row in cut.cells] == ["240", "4 timer", "300"]
    assert cut.headers[cut.column] == "planning_min"
    assert cut.cells[cut.row][cut.column] == "4 timer"
    sheet = check(own, "loops.csv", write_loop(LATE, method="ukjent").getvalue())
    cut = cut_excerpt(sheet.upload.path, sheet.errors, own)
    assert cut is not None
    assert cut.cells[cut.row][cut.column] == "ukjent"
    assert cut_excerpt(sheet.upload.path, [], own) is None


def test_an_empty_cell_is_told_to_be_filled_in(own: Settings) -> None:
    checked = check(own, "loops.csv", write_loop(LATE, method=None).getvalue())
    lines = [write_line(error, "nb") for error in checked.errors]
    assert [(line.sheet, line.column, line.do) for line in lines] == [
        ("loops.csv", "Metode", "Fyll ut feltet.")
    ]


def test_a_file_is_for_the_school_that_it_names(own: Settings) -> None:
    assert check(own, "loops.csv", write_loop(SJOSIDEN).getvalue(), LATE).school_id == SJOSIDEN
    assert check(own, "sloyfe.xlsx", write_workbook(SJOSIDEN, [240]), LATE).school_id == SJOSIDEN
    nameless = write_loop(LATE).getvalue().replace(b"school_id;", b"").replace(LATE.encode() + b";", b"")
    assert check(own, "loops.csv", nameless, LATE).school_id == LATE
    assert check(own, "loops.csv", nameless, None).is_refused


def test_names_are_taken_out_of_what_is_told(own: Settings) -> None:
    (upload,) = keep_uploads(own, [("loops.csv", write_loop(LATE, method="Kari Nordmann"))])
    keep_names(upload, "Kari Nordmann")
    (checked,) = check_uploads([upload], own, LATE, None)
    assert checked.errors
    assert not any("Kari" in str(finding.as_json()) for finding in checked.receipt.findings)


def test_the_calling_process_reads_no_file_itself(own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever would read a delivery here raises; all of it happens in the process that reads files."""

    def raises(*_: object, **__: object) -> NoReturn:
        raise AssertionError("read in the calling process")

    data = write_workbook(LATE, [240, "4 timer", 240])
    for name in ("prepare_or_refuse", "prepare"):
        monkeypatch.setattr(f"innenfra.ingest.delivery.{name}", raises)
    monkeypatch.setattr("openpyxl.load_workbook", raises)
    monkeypatch.setattr("innenfra.formats.read_parts", raises)
    checked = check(own, "sloyfe.xlsx", data)
    assert checked.receipt.rows_landed == 5
    assert mark_workbook(checked.upload.path, checked.receipt.findings, own, "nb").startswith(b"PK")


def test_a_file_that_breaks_its_reader_comes_back_as_a_list(own: Settings) -> None:
    checked = check(own, "sloyfe.xlsx", write_workbook(LATE, [240, "4 timer", 240]))
    checked.upload.path.write_bytes(b"no workbook any more")
    made = mark_workbook(checked.upload.path, checked.receipt.findings, own, "nb")
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert book.sheetnames == [marked.LIST["nb"]]
    # and the next file is read
    assert check(own, "loops.csv", write_loop(LATE).getvalue()).receipt.rows_landed == 1


def test_twenty_uploads_at_once_keep_everything_else_answering(url: str, own: Settings) -> None:
    """While twenty files wait to be read, what does not read files answers; then each is told its own."""
    waiting = threading.Semaphore(0)

    def drop(number: int) -> tuple[int, int | None, str]:
        waiting.release()
        data = write_loop(LATE, plan_planning_min=number, method=None if number % 2 else "lesson_study")
        checked = check(own, "loops.csv", data.getvalue())
        return number, checked.receipt.rows_landed, checked.upload.path.read_text()

    with ThreadPoolExecutor(MANY) as many:
        with ONE_AT_A_TIME:  # the reader is busy
            tasks = [many.submit(drop, number) for number in range(1, MANY + 1)]
            for _ in tasks:
                waiting.acquire()
            assert list_submissions(url, SCHOOL) is not None
            assert keep_uploads(own, [("teams.csv", io.BytesIO(b"x"))])[0].path.exists()
            assert not any(task.done() for task in tasks)
        told = [task.result(timeout=120) for task in tasks]
    for number, landed, text in told:
        assert landed == (0 if number % 2 else 1)
        assert f";{number};" in text


def test_the_answer_of_a_school_stands_beside_the_finding(url: str, own: Settings) -> None:
    checked = check(own, "sloyfe.xlsx", write_workbook(LATE, [240, "4 timer", 241]))
    number = send_upload(checked, SCHOOL, own, url)
    (receipt,) = take_in(own, url)
    assert receipt.status == "partly_landed"
    finding = next(row for row in list_findings(url, SCHOOL, LATE) if row["file_id"] == receipt.file_id)
    assert finding["answer"] is None
    partner = Actor("demonstration|university|UH2", "university", "UH2")
    for other in (NEIGHBOUR, partner):
        with pytest.raises(UserError, match="Only the school itself"):
            answer_finding(finding["finding_id"], "Slik er det.", other, url)
    answer_finding(finding["finding_id"], "To team slo seg sammen.", SCHOOL, url)
    answer_finding(finding["finding_id"], "Tre team slo seg sammen.", SCHOOL, url)
    again = next(r for r in list_findings(url, SCHOOL, LATE) if r["finding_id"] == finding["finding_id"])
    assert again["answer"] == "Tre team slo seg sammen."
    with psycopg.connect(url) as connection:
        kept = connection.execute("select count(*) from dialogue.finding_answer").fetchone()
    assert kept == (2,)
    assert find_submission(url, SCHOOL, number)["rows_held_back"] == 1


def test_the_answer_of_a_school_stands_beside_the_number(url: str) -> None:
    (finding,) = [row for row in list_findings(url, NEIGHBOUR) if row["file_type"] == "agreement_versions"]
    answer_finding(finding["finding_id"], "Endringen fulgte av nye lover.", NEIGHBOUR, url)
    partner = Actor("demonstration|university|UH1", "university", "UH1")
    for actor in (NEIGHBOUR, partner):
        told = explain_to(url, actor, SJOSIDEN, "A3", "project", "all")
        assert told
        for one in told:
            (said,) = [words for name, words in lines(one, "nb") if name == "Skolens svar"]
            assert said.endswith("– «Endringen fulgte av nye lover.»")
    # of another file's number nothing is said, and the owner does not read it
    for one in explain_to(url, NEIGHBOUR, SJOSIDEN, "C1", "project", "all"):
        assert one.answers == ()
    owner = Actor("demonstration|school_owner|998871026", "school_owner", "998871026")
    for one in explain_to(url, owner, SJOSIDEN, "A3", "project", "all"):
        assert one.answers == ()


def test_the_command_line_does_the_same(
    url: str, own: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("INNENFRA_HOME", str(own.home))
    monkeypatch.setenv("INNENFRA_INBOX", own.inbox)
    monkeypatch.setenv("INNENFRA_LANGUAGE", "nb")
    wrong, right = tmp_path / "feil.xlsx", tmp_path / "rett.xlsx"
    wrong.write_bytes(write_workbook(LATE, [240, "4 timer", 242]))
    right.write_bytes(write_workbook(LATE, [240, 240, 242]))
    whose = ["--as", SCHOOL.subject, "--role", "school"]

    def run(*arguments: str, code: int = 0) -> str:
        done = CliRunner().invoke(app, ["deliver", *arguments])
        assert done.exit_code == code, (done.output, done.exception)
        return done.output

    said = run("check", str(wrong), "--marked", str(tmp_path / "marked"), code=1)
    assert "5 av 6 rader er i orden" in said
    assert (tmp_path / "marked" / "feil-merknader.xlsx").exists()
    assert '"sent": false' in run("send", str(wrong), *whose, code=1)
    assert lying(own) == []
    sent = json.loads(run("send", str(right), *whose).splitlines()[-1])
    number = sent["receipt"]
    assert right.exists()
    assert lying(own) == [f"{number:06d}-rett.xlsx"]
    assert run("status", str(number), *whose).strip() == f"{number} rett.xlsx: Mottatt"
    first = json.loads(run("list", *whose).splitlines()[0])
    assert (first["submission_id"], first["state"]) == (number, "received")
    run("take-back", str(number), *whose)
    assert lying(own) == []
    assert run("status", str(number), *whose).strip().endswith("Trukket tilbake")
    partly = json.loads(run("send", str(wrong), "--partly", *whose).splitlines()[-1])
    (receipt,) = take_in(own, url)
    assert receipt.rows_held_back == 1
    assert run("status", str(partly["receipt"]), *whose).strip().endswith("Mottatt")
    finding = next(
        one
        for one in map(json.loads, run("findings", *whose).splitlines())
        if one["file_id"] == receipt.file_id
    )
    run("answer", str(finding["finding_id"]), "Det var fire timer.", "--as", SCHOOL.subject)
    told = map(json.loads, run("findings", *whose, "--school", LATE).splitlines())
    assert "Det var fire timer." in [one["answer"] for one in told]
