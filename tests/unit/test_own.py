"""What only its owner opens."""

from __future__ import annotations

from pathlib import Path

from innenfra.own import own_file, own_folder


def test_own_folders_and_files_are_closed_to_others(tmp_path: Path) -> None:
    open_before = tmp_path / "logs"
    open_before.mkdir(mode=0o755)
    path = own_file(open_before / "run.log")
    path.write_text("said")
    assert own_file(path).read_text() == "said"
    assert [p.stat().st_mode & 0o777 for p in (open_before, path, own_folder(tmp_path / "a" / "b"))] == [
        0o700,
        0o600,
        0o700,
    ]
