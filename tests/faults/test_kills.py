"""Killed at any moment of ingest, run and release, the next ones leave what they leave undisturbed, and
nothing else;
sixty moments are in `tests/soak`."""

from __future__ import annotations

from pathlib import Path

from faults import kills

from innenfra.database import local


def test_six_kills_leave_nothing_behind(server: local.Server, tmp_path: Path) -> None:
    made = kills.world(server, tmp_path)
    expected, seconds = kills.undisturbed(made)
    assert len(expected) > 5
    assert not kills.killed(made, expected, seconds, 6, "kill")
