"""All generated files, by path, and whether those on disk are current."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import yaml

from innenfra.contracts.declare import SCHEMAS, delivered, metadata
from innenfra.contracts.indicators import indicator_measure_seed_rows, indicator_seed_rows
from innenfra.contracts.records import RECORDS, Record, dbt_models, published_model
from innenfra.database import tables  # noqa: F401  (declares all tables)
from innenfra.derive.article import render_article
from innenfra.derive.cards import render_indicator_cards
from innenfra.derive.dictionary import render_data_dictionary, render_delivery_files, statuses
from innenfra.derive.markdown import NOTE
from innenfra.derive.operation import environment, render_settings
from innenfra.derive.schemes import render_schemes

SOURCE_SCHEMAS = ("inbox", "landed", "register", "quality")
# what the formatter of SQL leaves a comment of its 110 columns
_WIDTH = 108
_MODELS = Path(__file__).parents[2] / "dbt_project" / "models"
STAGED_REGISTERS = (
    "family_crosswalk",
    "grant_year",
    "institution",
    "municipality_change",
    "owner_succession",
    "partnership",
    "partnership_party",
    "partnership_school",
    "school",
    "school_owner",
    "school_succession",
)


def sources() -> str:
    """dbt's sources, each table tied to its Dagster asset."""
    found: list[dict[str, Any]] = []
    for schema in SOURCE_SCHEMAS:
        described: list[dict[str, Any]] = [
            {
                "name": str(t.name),
                "description": t.comment,
                "config": {"meta": {"dagster": {"asset_key": [schema, str(t.name)]}}},
                "columns": [{"name": str(c.name), "description": c.comment} for c in t.columns],
            }
            for t in metadata.sorted_tables
            if t.schema == schema
        ]
        found.append(
            {
                "name": schema,
                "schema": schema,
                "description": SCHEMAS[schema],
                "tables": sorted(described, key=lambda t: str(t["name"])),
            }
        )
    text: str = yaml.safe_dump(
        {"version": 2, "sources": found}, sort_keys=False, allow_unicode=True, width=160
    )
    return f"# {NOTE}\n{text}"


def render_staging_docs() -> str:
    """Column docs of the staging models: each serves the rows that count now of one delivered or registered
    table."""
    models = [
        {
            "name": f"stg_{table.name}" if table.schema == "landed" else f"stg_register_{table.name}",
            "description": (
                table.comment
                if table.schema == "register"
                else f"{table.comment} The rows that count now: of the latest delivery, and not held back."
            ),
            "columns": [
                {"name": str(c.name), "description": c.comment} for c in (*_added(table), *table.columns)
            ],
        }
        for table in metadata.sorted_tables
        if ("delivery" in table.info and delivered(table).file_type != "manifest")
        or (table.schema == "register" and str(table.name) in STAGED_REGISTERS)
    ]
    text: str = yaml.safe_dump(
        {"version": 2, "models": sorted(models, key=lambda m: str(m["name"]))},
        sort_keys=False,
        allow_unicode=True,
        width=160,
    )
    return f"# {NOTE}\n{text}"


def _added(table: sa.Table) -> tuple[sa.Column[Any], ...]:
    """The partnership that a row was delivered in, where the table does not name it and partnerships do not
    share the rows."""
    if table.schema != "landed" or "partnership_id" in table.c:
        return ()
    model = (_MODELS / "staging" / f"stg_{table.name}.sql").read_text(encoding="utf-8")
    return () if "current_reference_rows" in model else (metadata.tables["landed.loop"].c.partnership_id,)


def render_model_docs() -> str:
    """Column docs of the models between staging and published: the grain as the model says it, columns from
    `columns.toml`."""
    declared = tomllib.loads((_MODELS.parent / "columns.toml").read_text(encoding="utf-8"))
    files = {path.stem: path for path in _MODELS.rglob("*.sql")}
    models = [
        {
            "name": name,
            "description": _grain(files[name]),
            "columns": [
                {"name": column.partition(".")[0], "description": declared["words"][column]}
                for column in columns
            ],
        }
        for name, columns in declared["models"].items()
    ]
    text: str = yaml.safe_dump(
        {"version": 2, "models": models}, sort_keys=False, allow_unicode=True, width=160
    )
    return f"# {NOTE}\n{text}"


def render_column_words() -> str:
    """Each word of `columns.toml` as a block of docs, which the files of contracts and tests name as
    `doc('status_of_delivery_status')`."""
    declared = tomllib.loads((_MODELS.parent / "columns.toml").read_text(encoding="utf-8"))["words"]
    blocks = [
        f"{{% docs {word.replace('.', '_of_')} %}}\n{text}\n{{% enddocs %}}"
        for word, text in declared.items()
    ]
    return "\n\n".join([f"<!-- {NOTE} -->", *blocks]) + "\n"


def _grain(model: Path) -> str:
    """What one row of the model is, from the comment that begins with `grain:`.

    The formatter breaks a long comment where the next word has no room; a line that had room ends it.
    """
    lines = model.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if "grain: " in line)
    words = lines[start].split("grain: ", 1)[1]
    for line, following in zip(lines[start:], lines[start + 1 :], strict=False):
        if not following.startswith("-- ") or len(line) + 1 + len(following.split(" ")[1]) <= _WIDTH:
            break
        words += following.removeprefix("--")
    return f"{words[0].upper()}{words[1:]}."


def seed(rows: list[dict[str, str]]) -> str:
    """Rows as a seed of dbt."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def record_docs() -> str:
    """Column docs of the models of records, and the contracts of what is published of them."""
    text: str = yaml.safe_dump(
        {"version": 2, "models": dbt_models(RECORDS.values())}, sort_keys=False, allow_unicode=True, width=160
    )
    return f"# {NOTE}\n{text}"


def _published(record: Record) -> Callable[[], str]:
    return lambda: published_model(record, NOTE)


Writers = Mapping[str, Callable[[], str]]

GENERATED: Writers = {
    "dbt_project/models/_generated/sources.yml": sources,
    "dbt_project/models/_generated/staging.yml": render_staging_docs,
    "dbt_project/models/_generated/models.yml": render_model_docs,
    "dbt_project/models/_generated/records.yml": record_docs,
    "dbt_project/models/_generated/columns.md": render_column_words,
    **{
        f"dbt_project/models/published/published_{name}.sql": _published(record)
        for name, record in RECORDS.items()
    },
    "dbt_project/seeds/indicator.csv": lambda: seed(indicator_seed_rows()),
    "dbt_project/seeds/indicator_measure.csv": lambda: seed(indicator_measure_seed_rows()),
    "docs/reference/data-dictionary.md": lambda: render_data_dictionary("en"),
    "docs/reference/data-dictionary.nb.md": lambda: render_data_dictionary("nb"),
    "docs/reference/data-dictionary.nn.md": lambda: render_data_dictionary("nn"),
    "docs/reference/files.md": render_delivery_files,
    "docs/reference/article.md": render_article,
    "docs/reference/indicators.md": lambda: render_indicator_cards("en"),
    "docs/reference/indicators.nb.md": lambda: render_indicator_cards("nb"),
    "docs/reference/indicators.nn.md": lambda: render_indicator_cards("nn"),
    "docs/reference/schemes.md": render_schemes,
    "docs/reference/settings.md": render_settings,
    "docs/reference/statuses.md": statuses,
    ".env.example": lambda: environment(NOTE),
}
"""Writers of the files that follow from this package alone; `innenfra.cli.generated` adds those of other
packages."""


def stale(root: Path, writers: Writers) -> list[str]:
    """Paths of generated files that are missing or differ from the declarations."""
    return [
        path
        for path, write in writers.items()
        if not (root / path).exists() or (root / path).read_text(encoding="utf-8") != write()
    ]


def write_all(root: Path, writers: Writers) -> list[str]:
    """Write what is stale; returns the paths written."""
    changed = stale(root, writers)
    for path in changed:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(writers[path](), encoding="utf-8")
    return changed
