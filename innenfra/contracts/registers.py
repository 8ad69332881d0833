"""Registers: schools, owners, municipalities, institutions and partnerships as dated versions.

Belongs here: reference data that the platform's own people load with `innenfra schools load` and
`innenfra registers load`. Partners are rows here, never names in code.
Does not belong here: what schools deliver themselves.

`valid_to` is the first day that no longer counts (half-open), empty while the version is in force.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from innenfra.contracts.declare import metadata


def _text(name: str, meaning: str, *, key: bool = False, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=optional, primary_key=key, comment=meaning)


def _valid() -> list[sa.Column[Any]]:
    return [
        sa.Column("valid_from", sa.Date, primary_key=True, comment="First day of the version."),
        sa.Column("valid_to", sa.Date, comment="First day that no longer counts; empty while in force."),
    ]


school = sa.Table(
    "school",
    metadata,
    _text("school_id", "Organisation number, nine digits as text.", key=True),
    *_valid(),
    _text("name", "Name of the school in this version."),
    _text("owner_id", "The school owner in this version."),
    _text("municipality_no", "Municipality number in this version, four digits as text."),
    _text("school_code", "Short code by which pages order schools; says nothing about results."),
    sa.Column(
        "small_school",
        sa.Boolean,
        nullable=False,
        server_default=sa.false(),
        comment="Whether grades share teams (fådelt), so that arenas collapse into each other.",
    ),
    _text("language_form", "Language form of the school: nb or nn; empty if not known.", optional=True),
    sa.CheckConstraint("language_form in ('nb', 'nn')", name="language_form"),
    schema="register",
    comment="Schools as dated versions, one row per school and version.",
)

school_owner = sa.Table(
    "school_owner",
    metadata,
    _text("owner_id", "Organisation number of the owner.", key=True),
    *_valid(),
    _text("name", "Name of the owner in this version."),
    _text("owner_type", "municipality, county or private."),
    _text("municipality_no", "Municipality number of a municipal owner.", optional=True),
    schema="register",
    comment="School owners as dated versions.",
)

owner_succession = sa.Table(
    "owner_succession",
    metadata,
    _text("from_owner_id", "The owner before.", key=True),
    _text("to_owner_id", "The owner after.", key=True),
    sa.Column("changed_on", sa.Date, primary_key=True, comment="Day of the change."),
    _text("change_type", "merge, split or renumber."),
    schema="register",
    comment="Which owner followed which.",
)

school_succession = sa.Table(
    "school_succession",
    metadata,
    _text("from_school_id", "The school before.", key=True),
    _text("to_school_id", "The school after.", key=True),
    sa.Column("changed_on", sa.Date, primary_key=True, comment="Day of the change."),
    _text("change_type", "merge, split, combine (into a school for all grades) or renumber."),
    sa.CheckConstraint("change_type in ('merge', 'split', 'combine', 'renumber')", name="change_type"),
    schema="register",
    comment="Which school followed which. A school that closes with nobody after it has only a last day.",
)

municipality = sa.Table(
    "municipality",
    metadata,
    _text("municipality_no", "Municipality number, four digits as text.", key=True),
    *_valid(),
    _text("name", "Name in this version."),
    schema="register",
    comment="Municipalities of KLASS 131 as dated versions.",
)

municipality_change = sa.Table(
    "municipality_change",
    metadata,
    sa.Column("changed_on", sa.Date, primary_key=True, comment="Day of the change."),
    _text("from_no", "Municipality number before.", key=True),
    _text("from_name", "Name before.", key=True),
    _text("to_no", "Municipality number after.", key=True),
    _text("to_name", "Name after.", key=True),
    schema="register",
    comment="Changes between municipalities (KLASS 131): merge, split and renumber.",
)

institution = sa.Table(
    "institution",
    metadata,
    _text("institution_id", "Code of the university or university college.", key=True),
    *_valid(),
    _text("name", "Name in this version."),
    schema="register",
    comment="Universities and university colleges as dated versions.",
)

partnership = sa.Table(
    "partnership",
    metadata,
    _text("partnership_id", "Code of the partnership.", key=True),
    _text("title", "Title of the partnership."),
    _text("programme_code", "Grant scheme or programme; empty where it is not known.", optional=True),
    _text("status", "planned, running, ended or withdrawn."),
    sa.Column("started_on", sa.Date, comment="First day, where known."),
    sa.Column("ended_on", sa.Date, comment="Last day, where known."),
    schema="register",
    comment="Partnerships between schools and universities.",
)

partnership_school = sa.Table(
    "partnership_school",
    metadata,
    _text("partnership_id", "Code of the partnership.", key=True),
    _text("school_id", "Organisation number of the school.", key=True),
    sa.Column("invited", sa.Boolean, nullable=False, comment="Whether the school was invited."),
    sa.Column("accepted", sa.Boolean, comment="Whether the school accepted; empty where it is not known."),
    sa.Column("joined_on", sa.Date, comment="First day, where known."),
    sa.Column("left_on", sa.Date, comment="Last day, where the school left."),
    schema="register",
    comment="Schools of a partnership, also those that were invited and never delivered anything.",
)

partnership_party = sa.Table(
    "partnership_party",
    metadata,
    _text("partnership_id", "Code of the partnership.", key=True),
    _text("party_id", "Institution or owner.", key=True),
    _text("party_type", "institution or school_owner."),
    *_valid(),
    schema="register",
    comment="Universities and owners that are parties to a partnership, many to many.",
)

family_crosswalk = sa.Table(
    "family_crosswalk",
    metadata,
    _text("family", "Family of forms, templates or codebooks, as comparison_family names it.", key=True),
    _text("other_family", "The family that it is held against.", key=True),
    _text("relation", "The first is the same as the other, broader, narrower, related or none of these."),
    sa.Column(
        "reviewed_on",
        sa.Date,
        comment="Day on which people agreed on it; empty while nobody has, and then it counts for nothing.",
    ),
    sa.CheckConstraint("relation in ('same', 'broader', 'narrower', 'related', 'none')", name="relation"),
    schema="register",
    comment=(
        "How families of forms, templates and codebooks answer to each other, one row per pair in either"
        " direction."
    ),
)


GRANT_AMOUNTS = {
    "granted": "What the owner was granted, in kroner.",
    "needs_year_1": "What was applied for for the year, in kroner.",
    "needs_year_2": "What was applied for for the year after, in kroner.",
    "needs_year_3": "What was applied for for the third year, in kroner.",
    "own_share_time": "Own share delivered as working time, in kroner.",
    "own_share_substitutes": "Own share delivered as substitutes, in kroner.",
    "own_share_money": "Own share delivered as money, in kroner.",
}
"""What is told of a grant in kroner. Empty is not known; 0 is a number."""


def list_grant_columns() -> tuple[sa.Column[Any] | sa.CheckConstraint, ...]:
    """What is told of a grant, in a file or in the app."""
    return (
        sa.Column(
            "decided_on", sa.Date, comment="Day of the decision; the rule of own share on that day counts."
        ),
        *(sa.Column(name, sa.Numeric(14, 2), comment=meaning) for name, meaning in GRANT_AMOUNTS.items()),
        _text("coordinator", "Whether somebody coordinates: yes, no or unknown; never who.", optional=True),
        sa.CheckConstraint("reported_by in ('school_owner', 'institution')", name="reported_by"),
        sa.CheckConstraint("budget_year between 2000 and 2100", name="budget_year"),
        sa.CheckConstraint("coordinator in ('yes', 'no', 'unknown')", name="coordinator"),
        *(sa.CheckConstraint(f"{name} >= 0", name=name) for name in GRANT_AMOUNTS),
    )


grant_year = sa.Table(
    "grant_year",
    metadata,
    _text("owner_id", "The school owner.", key=True),
    sa.Column("budget_year", sa.Integer, primary_key=True, comment="Calendar year, where money is meant."),
    _text("scheme_code", "Grant scheme, as docs/reference/schemes.md names it.", key=True),
    _text("partnership_id", "Partnership that the grant is for.", key=True),
    _text("reported_by", "Who tells: school_owner or institution.", key=True),
    _text("reported_by_id", "The owner or institution that tells.", key=True),
    sa.Column(
        "reported_on", sa.Date, primary_key=True, comment="Day on which it was told; the newest counts."
    ),
    *list_grant_columns(),
    schema="register",
    comment="What owners and institutions tell of grants in files, by budget year, scheme and partnership.",
)
