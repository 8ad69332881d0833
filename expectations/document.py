"""Every check on deliveries, as reference: what each rule says, in words.

Belongs here: from rules to Markdown. Does not belong here: any rule.
"""

from __future__ import annotations

import sqlalchemy as sa

from expectations.cross_delivery import ACROSS, Across
from innenfra.contracts.declare import all_rules, delivered
from innenfra.derive.dictionary import delivery_tables_by_name
from innenfra.derive.markdown import LANGUAGES, code, document, table
from innenfra.findings import CELL_MESSAGES, FILE_MESSAGES


def render_checks() -> str:
    """Rules on whole files, on each file type, and across deliveries."""
    introduction = [
        "A rule of severity `error` holds the row back (or refuses the file); a `warning` lands it and tells."
        " The rules of a file type are applied before anything is stored, by `innenfra check` and at ingest"
        " alike, and proved again on the landed rows; rules across deliveries are applied on the landed rows."
        " Read each as “must be …”."
    ]
    files = [
        "## Whole files, sheets and cells",
        "",
        *table(
            ["rule", "what is said (nb)", "what is said (en)"],
            [
                [code(name), said.nb, said.en]
                for name, said in sorted((FILE_MESSAGES | CELL_MESSAGES).items())
            ],
        ),
    ]
    across = [
        "## Across deliveries",
        "",
        *table(
            ["rule", "file", "column", "severity", "who mends it", *LANGUAGES],
            [_across(rule) for rule in ACROSS],
        ),
    ]
    return document(
        "Checks on deliveries",
        introduction,
        files,
        across,
        *(_file_type(t) for t in delivery_tables_by_name()),
    )


def _across(rule: Across) -> list[str]:
    return [
        code(rule.code),
        code(rule.file_type),
        code(rule.column),
        rule.severity,
        f"the {rule.owner}",
        *(rule.says[language] for language in LANGUAGES),
    ]


def _file_type(of: sa.Table) -> list[str]:
    rows = [
        [code(name), code(rule.code), rule.severity, *(rule.says()[language] for language in LANGUAGES)]
        for name, rule in all_rules(of)
    ]
    return [f"## {delivered(of).file_type}", "", *table(["column", "rule", "severity", *LANGUAGES], rows)]
