"""The reference of grant schemes, with the source beside each row.

Belongs here: from `schemes.toml` to Markdown. Does not belong here: any name, date or rate.
"""

from __future__ import annotations

from innenfra.derive.markdown import code, document, table
from innenfra.schemes import DATE_KINDS, Schemes, load_schemes

NOT_KNOWN = "not known"
BASES = {
    "granted_to_owner": "of what the owner is granted",
    "grant_and_own_share": "of grant and own share together",
}


def render_schemes() -> str:
    """Schemes, their dates and their rules of own share."""
    known = load_schemes()
    return document(
        "Grant schemes",
        [
            "What pages and reports say of grants follows from these dated rows"
            " (`innenfra/reference/schemes.toml`). Days that end a row are the first that no longer count."
            " Schemes are never added together. Where no source was found, it says so."
        ],
        [
            "## Schemes", "",
            *table(
                ("Code", "Bokmål", "Nynorsk", "English", "From", "To", "Source"),
                [
                    (code(s.code), s.name.nb, s.name.nn, s.name.en, s.valid_from, s.valid_to, s.source)
                    for s in known.schemes
                ],
            ),
        ],
        ["## Dates", "", *table(("Scheme", "Office", "Budget year", *DATE_KINDS, "Source"), _dates(known))],
        [
            "## Own share", "",
            "The rule on the day of a grant's decision counts for the whole of that grant.", "",
            *table(("Scheme", "From", "To", "Rate", "Base", "Rounding", "Source", "Note"), _rules(known)),
        ],
    )  # fmt: skip


def _dates(known: Schemes) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for scheme in known.schemes:
        told = [d for d in known.dates if d.scheme == scheme.code]
        for office, year in dict.fromkeys((d.office, d.budget_year) for d in told):
            of = [d for d in told if (d.office, d.budget_year) == (office, year)]
            days = {d.kind: d.on or d.every for d in of}
            rows.append(
                (
                    code(scheme.code), office, year or "every",
                    *(days.get(kind, NOT_KNOWN) for kind in DATE_KINDS),
                    "; ".join(dict.fromkeys(d.source for d in of)),
                )
            )  # fmt: skip
        if not told:
            rows.append((code(scheme.code), "all", "all", *(NOT_KNOWN for _ in DATE_KINDS), ""))
    return rows


def _rules(known: Schemes) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for scheme in known.schemes:
        told = [r for r in known.rules if r.scheme == scheme.code]
        rows += [
            (
                code(scheme.code), r.valid_from, r.valid_to, r.rate, BASES[r.base], code(r.rounding),
                r.source, r.note,
            )
            for r in told
        ]  # fmt: skip
        if not told:
            rows.append((code(scheme.code), "", "", NOT_KNOWN, NOT_KNOWN, NOT_KNOWN, "", ""))
    return rows
