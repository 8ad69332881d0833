"""The words that the glossary avoids occur in no name of a table, column or model."""

from __future__ import annotations

import json
import re
from pathlib import Path

from innenfra.contracts.declare import metadata
from innenfra.database import tables  # noqa: F401  (declares all tables)
from orchestration.warehouse import manifest

GLOSSARY = Path(__file__).parents[2] / "GLOSSARY.md"


def avoided() -> set[str]:
    """The avoided words as they would stand in a name; those with a condition in brackets are left out."""
    found = set()
    for listed in re.findall(r"\*Avoid:\* (.+)\.$", GLOSSARY.read_text(encoding="utf-8"), re.M):
        for word in listed.split(", "):
            if "(" not in word:
                found.add(re.sub(r"[ -]", "_", word.lower()))
    return found


def names() -> set[str]:
    """Names of tables and columns, and of dbt's models, seeds and their columns."""
    found = {str(table.name) for table in metadata.tables.values()} | {
        str(column.name) for table in metadata.tables.values() for column in table.columns
    }
    nodes = json.loads(manifest().read_text())["nodes"].values()
    for node in nodes:
        if node["resource_type"] in ("model", "seed"):
            found |= {node["name"], *node["columns"]}
    return found


def test_avoided_words_occur_in_no_name() -> None:
    words, used = avoided(), names()
    assert len(words) > 30
    assert len(used) > 200
    wrong = sorted(f"{name} (avoid: {word})" for name in used for word in words if f"_{word}_" in f"_{name}_")
    assert not wrong


def test_the_glossary_lists_each_word_once() -> None:
    listed = re.findall(r"^- \*\*(.+?)\*\*", GLOSSARY.read_text(encoding="utf-8"), re.M)
    assert len(listed) == len(set(listed)) > 20
