"""The asset graph as one text file: a rewiring shows in review as a difference.

Renew it with: .venv/bin/python -m pytest tests/project/test_asset_graph.py --renew-asset-graph
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from innenfra.settings import load
from orchestration.definitions import definitions

SNAPSHOT = Path(__file__).parent / "asset_graph.txt"


def drawn() -> str:
    with tempfile.TemporaryDirectory() as home:
        made = definitions(
            load(database_url=None, home=Path(home), _env_file=None), "postgresql://nobody:x@127.0.0.1:1/none"
        )
    graph = made.resolve_asset_graph()
    lines = []
    for key in sorted(graph.get_all_asset_keys(), key=lambda k: k.path):
        node = graph.get(key)
        if not node.is_executable:
            continue
        parents = ", ".join(sorted(p.to_user_string() for p in node.parent_keys))
        lines.append(f"{key.to_user_string()} [{node.group_name}] <- {parents}")
    return "\n".join(lines) + "\n"


def test_asset_graph_is_as_written_down(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--renew-asset-graph"):
        SNAPSHOT.write_text(drawn())
    assert drawn().splitlines() == SNAPSHOT.read_text().splitlines()
    assert len(SNAPSHOT.read_text().splitlines()) > 50


def test_groups_are_schemas() -> None:
    for line in SNAPSHOT.read_text().splitlines():
        key, _, rest = line.partition(" [")
        assert key.split("/")[0] == rest.split("]")[0]
