"""A build of the changed schools leaves what a build of all would leave, row by row."""

from __future__ import annotations

import shutil
from pathlib import Path

import psycopg
from conftest import copy_of, dbt, take_as_checked

from innenfra.database import local
from innenfra.database.fingerprint import Fingerprints, differing, fingerprints
from innenfra.ingest.receive import ingest_paths
from innenfra.settings import Settings
from orchestration.warehouse import models_version

UP_TO_MARTS = (
    "path:models/staging",
    "path:models/intermediate",
    "path:models/marts",
    "resource_type:seed",
    "--indirect-selection",
    "cautious",
)


def build(settings: Settings, url: str, *more: str) -> Fingerprints:
    dbt(
        settings,
        url,
        "build",
        "--select",
        *UP_TO_MARTS,
        "--vars",
        f'{{"models_version": "{models_version()}"}}',
        *more,
    )
    with psycopg.connect(url) as connection:
        return fingerprints(connection, ("intermediate", "marts"))


def test_new_file_and_new_register_rows_in_steps_equal_a_full_rebuild(
    settings: Settings, server: local.Server, built_database: str, tmp_path: Path
) -> None:
    url = copy_of(server, built_database)
    delivered = next((settings.home / "demo" / "inbox").glob("*-s04-2023"))
    corrected = Path(shutil.copytree(delivered, tmp_path / "corrected"))
    (corrected / "loops.csv").write_text(
        (corrected / "loops.csv").read_text().replace("completed", "shortened", 1)
    )
    with psycopg.connect(url) as connection:
        before = fingerprints(connection, ("intermediate", "marts"))
        # a school moves to another municipality, and a partnership ends; neither delivers anything
        moved = connection.execute(
            "insert into register.school (school_id, valid_from, name, owner_id, municipality_no,"
            " school_code, small_school) select school_id, '2022-01-01', name, owner_id, '0301', school_code,"
            " small_school from register.school where school_code = 'S07' limit 1 returning school_id"
        ).fetchone()
        ended = connection.execute(
            "update register.partnership set ended_on = '2023-12-31', status = 'ended' from"
            " register.partnership_school as member where partnership.partnership_id = 'PS-03' and"
            " member.partnership_id = 'PS-03' returning member.school_id"
        ).fetchone()
    receipts = ingest_paths([corrected], settings, url)
    assert [r.status for r in receipts] == ["landed"]
    take_as_checked(url)
    in_steps = build(settings, url)
    changed = {school for _, school in differing(before, in_steps)}
    assert moved
    assert ended
    assert {receipts[0].school_id, moved[0], ended[0]} <= changed
    assert len(changed) < len({school for _, school in before} - {""})
    assert differing(in_steps, build(settings, url, "--full-refresh")) == []
