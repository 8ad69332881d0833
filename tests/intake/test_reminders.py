"""What is missing in the demonstration, told by mail through a real mail server; the grid's policies."""

from __future__ import annotations

import datetime as dt
import io

import psycopg
import pytest
from mail_server import mailbox
from python_calamine import CalamineWorkbook

from innenfra.database.acting import Actor
from innenfra.demo.plants import SILENT, SJOSIDEN
from innenfra.errors import UserError
from innenfra.intake.cells import read_cells
from innenfra.intake.prefilled import prefill
from innenfra.intake.reminders import keep_address, select_missing, send_mails, write_mails
from innenfra.settings import Settings

SCHOOL = Actor(f"demonstration|school|{SJOSIDEN}", "school", SJOSIDEN)
DAY = dt.date(2026, 11, 27)
UNIVERSITY = Actor("demonstration|university|UH1", "university", "UH1")


def test_each_sees_the_cells_of_its_own_schools(built_database: str) -> None:
    own = read_cells(built_database, SCHOOL)
    assert own
    assert {cell.school_id for cell in own} == {SJOSIDEN}
    assert any(cell.is_in_numbers for cell in own)
    partners = read_cells(built_database, UNIVERSITY)
    assert len({cell.school_id for cell in partners}) > 1
    assert read_cells(built_database, Actor("nobody|1", "university")) == []
    keys = [(c.school_id, c.partnership_id, c.file_type, c.period_type, c.period) for c in partners]
    assert len(keys) == len(set(keys))


def test_a_unit_with_a_mailbox_is_told_what_is_missing(built_database: str, settings: Settings) -> None:
    owed = [cell for cell in read_cells(built_database, SCHOOL) if cell.sender != "university"]
    today = max(cell.due_on for cell in owed if cell.state == "missing" and cell.due_on)
    missing = select_missing(owed, "school", today)
    assert missing
    keep_address(built_database, "school", SJOSIDEN, "post@skolen.example")
    try:
        with mailbox() as server:
            ready = settings.model_copy(
                update={
                    "demo": False,
                    "smtp_host": "127.0.0.1",
                    "smtp_port": server.port,
                    "smtp_starttls": False,
                    "smtp_sender": "innenfra@platform.example",
                }
            )
            assert send_mails(built_database, ready, today) == 1
            (mail,) = server.mails
        assert mail["To"] == "post@skolen.example"
        parts = {part.get_content_type(): part for part in mail.walk()}
        text = parts["text/plain"].get_payload(decode=True).decode()  # type: ignore[union-attr]
        assert text.count("\n- ") == len(missing)
        assert parts["text/calendar"].get_filename() == "innenfra.ics"
    finally:
        keep_address(built_database, "school", SJOSIDEN, "")
    assert write_mails(built_database, settings, today) == []


def test_the_demonstration_sends_nothing(built_database: str, settings: Settings) -> None:
    with pytest.raises(UserError, match="demonstration"):
        send_mails(built_database, settings, DAY)
    with pytest.raises(UserError, match="mail server"):
        send_mails(built_database, settings.model_copy(update={"demo": False}), DAY)
    with pytest.raises(UserError, match="no mail address"):
        keep_address(built_database, "school", SJOSIDEN, "post skolen")


def test_a_template_begins_with_the_schools_own_teams(built_database: str) -> None:
    today = DAY
    with psycopg.connect(built_database) as connection:
        teams = connection.execute(
            "select distinct team_id from staging.stg_team where school_id = %s and valid_to is null",
            (SJOSIDEN,),
        ).fetchall()
    made = team_ids(prefill(built_database, SCHOOL, SJOSIDEN, "nb", today))
    assert teams
    assert set(made) == {row[0] for row in teams}
    stranger = Actor(f"demonstration|school|{SILENT}", "school", SILENT)
    assert team_ids(prefill(built_database, stranger, SJOSIDEN, "nb", today)) == []


def team_ids(workbook: bytes) -> list[str]:
    """What stands below the headers and labels in the sheet of teams, in the column of their codes."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_name("teams").to_python()
    return [str(row[rows[0].index("team_id")]) for row in rows[2:]]
