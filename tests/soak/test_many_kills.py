"""Sixty kills at random moments of ingest, run and release: the same hash as undisturbed, and nothing left
behind."""

from __future__ import annotations

from pathlib import Path

from faults import kills

from innenfra.database import local

MOMENTS = 60


def test_sixty_kills_leave_nothing_behind(
    server: local.Server, tmp_path: Path, figures: dict[str, str]
) -> None:
    made = kills.world(server, tmp_path)
    expected, seconds = kills.undisturbed(made)
    wrong = kills.killed(made, expected, seconds, MOMENTS, "soak")
    figures["kills"] = f"{MOMENTS} moments, {len(wrong)} networks that differ"
    assert not wrong
