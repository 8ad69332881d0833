"""What a definition in the catalogue consists of: the indicator, its measures and its earlier versions.

Belongs here: the types, and the sentences that many definitions share.
Does not belong here: any definition (one file per family beside this one), the counting itself
(`dbt_project/models`), the wording of pages (`apps/wording`).

A changed formula is a new `definition_version` and a parallel series, never an overwrite: the version
it replaces moves to `earlier` with its own formula and date. A formula that was wrong is told there too, but
its
numbers are not counted beside the right ones.

Comparability classes: K1 comparable between schools, against each school's own agreement and design;
K2 only within the same instrument, code list or template family; K3 within one school over time.
An indicator has one or more measures, told apart by their slice; the class, the unit and the way to
protect people belong to the measure.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from innenfra.contracts.words import Words

ComparabilityClass = Literal["K1", "K2", "K3"]
Family = Literal[
    "collaboration",
    "development",
    "agreement",
    "support",
    "process",
    "ownership",
    "institutionalisation",
    "log_themes",
]
BreakReason = Literal["method", "loop_design", "log_form", "collection_mode", "template", "codebook"]
Disclosure = Literal["structural", "respondents", "distribution"]
Audience = Literal["school", "partners", "owner"]
CountedPer = Literal["loop", "school_year"]
FamilyKind = Literal["none", "instrument", "template", "codebook", "method"]
Unit = Literal["share", "loops", "minutes", "hours", "days", "count"]

AUDIENCE_OF_CLASS: dict[ComparabilityClass, Audience] = {"K1": "owner", "K2": "partners", "K3": "partners"}
"""Who reads a measure of each class, where nothing else is said: the school alone, also its partners
(institutions with an agreement), also the owner."""

FIRST_EDITION = dt.date(2026, 8, 1)
"""First day on which the first edition of the catalogue was in use."""

CORRECTED = dt.date(2026, 11, 27)
"""First day of the definitions that were corrected after the numbers had been counted a second time by
others."""

FAMILIES: dict[str, Words] = {
    "collaboration": Words("Samarbeid", "Samarbeid", "Collaboration"),
    "development": Words("Utvikling over år", "Utvikling over år", "Development over years"),
    "agreement": Words("Partnerskap og avtale", "Partnarskap og avtale", "Partnership and agreement"),
    "support": Words(
        "Støtte fra lærerutdannerne", "Støtte frå lærarutdannarane", "Support from the teacher educators"
    ),
    "process": Words("Prosessen i sløyfene", "Prosessen i sløyfene", "Process of the loops"),
    "ownership": Words(
        "Eierskap – profesjonalisering innenfra",
        "Eigarskap – profesjonalisering innanfrå",
        "Ownership – professionalisation from within",
    ),
    "institutionalisation": Words("Institusjonalisering", "Institusjonalisering", "Institutionalisation"),
    "log_themes": Words("Temaer i loggen", "Tema i loggen", "Themes of the log"),
}

NO_DIRECTION = Words(
    "Ingen retning er bedre enn en annen.",
    "Inga retning er betre enn ei anna.",
    "No direction is better than another.",
)
TOWARDS_ONE = Words(
    "Mot 1 betyr at det avtalte er holdt.",
    "Mot 1 tyder at det avtalte er halde.",
    "Towards 1 means that what was agreed was kept.",
)


@dataclass(frozen=True, kw_only=True)
class EarlierVersion:
    """A definition that was replaced: its values stay as a series of their own, unless it was replaced
    because it was wrong."""

    definition_version: int
    valid_from: dt.date
    formula: Words
    changed_because: Words
    was_wrong: bool = False


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One measure of an indicator, known by its slice. What is left as None is as in the indicator.

    `slice` is the part of the slice that is always the same; `free_keys` are further keys whose values
    are codes (an item and an answer of a log form). `split_by` is the one further key that splits people into
    groups: values with it are a breakdown, and the value without it is the undivided number.
    `family_kind` says within which family a K2 value may be compared. `counted` is False for measures without
    a denominator. `counted_per` is the finest
    period of the records: people's answers pass the gate there, and wider periods are summed from what
    passed.
    """

    slice: dict[str, str]
    label: Words | None = None
    numerator: Words | None = None
    denominator: Words | None = None
    has_denominator: bool = True
    comparability_class: ComparabilityClass | None = None
    unit: Unit | None = None
    disclosure: Disclosure | None = None
    family_kind: FamilyKind | None = None
    free_keys: tuple[str, ...] = ()
    split_by: str = ""
    needs: tuple[str, ...] | None = None
    counted_per: CountedPer = "loop"
    audience: Audience | None = None


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One indicator of the catalogue.

    `needs` are the file types without which the value is `not_collected`; `also_rests_on` those that are
    counted with
    them where they are there. `audience` is who reads it, where the class does not say it. `break_on` are the
    versions whose change breaks the series. `built` says that the warehouse counts it.
    """

    indicator_id: str
    family: Family
    comparability_class: ComparabilityClass
    label: Words
    meaning: Words
    formula: Words
    numerator: Words
    denominator: Words | None
    grain: str
    direction: Words
    caveat: Words
    misuse: Words
    article_lines: str
    needs: tuple[str, ...]
    also_rests_on: tuple[str, ...] = ()
    unit: Unit = "share"
    disclosure: Disclosure = "structural"
    audience: Audience | None = None
    family_kind: FamilyKind = "none"
    free_keys: tuple[str, ...] = ()
    split_by: str = ""
    parts: tuple[Measure, ...] = ()
    break_on: tuple[BreakReason, ...] = ()
    definition_version: int = 1
    valid_from: dt.date = FIRST_EDITION
    earlier: tuple[EarlierVersion, ...] = ()
    built: bool = False
    is_school_fact: bool = False
    """Said of the school, not of a partnership: shown in each of its partnerships, and counted once in sums
    above it."""

    def __post_init__(self) -> None:
        for name in ("meaning", "formula", "caveat", "misuse"):
            words: Words = getattr(self, name)
            for language in ("nb", "nn", "en"):
                if not words[language].endswith("."):
                    raise ValueError(
                        f"{self.indicator_id}: {name} in {language} must be a sentence that ends with a full"
                        " stop"
                    )
        versions = [one.definition_version for one in self.earlier]
        if versions != list(range(1, self.definition_version)):
            raise ValueError(
                f"{self.indicator_id}: version {self.definition_version} needs all versions before it among"
                " the earlier ones"
            )
        slices = [one.slice for one in self.measures]
        if len(slices) != len({str(sorted(one.items())) for one in slices}):
            raise ValueError(f"{self.indicator_id}: two measures have the same slice")
        for one in self.measures:
            if (one.comparability_class == "K2") == (one.family_kind == "none"):
                raise ValueError(
                    f"{self.indicator_id} {one.slice}: a K2 measure, and no other, must say within which"
                    " family it is compared"
                )
            if one.split_by and (
                one.disclosure == "structural" or one.split_by in (*one.slice, *one.free_keys)
            ):
                raise ValueError(
                    f"{self.indicator_id} {one.slice}: only people who answered are split, and by a key that"
                    " stands for nothing else"
                )

    @property
    def counted_versions(self) -> tuple[int, ...]:
        """The versions that have values: the one in force, and earlier ones that were not wrong."""
        return (
            *(one.definition_version for one in self.earlier if not one.was_wrong),
            self.definition_version,
        )

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measures with everything filled in; an indicator without parts is one measure with an empty
        slice."""
        return tuple(self._filled(one) for one in self.parts or (Measure(slice={}),))

    def _filled(self, one: Measure) -> Measure:
        kind = one.comparability_class or self.comparability_class
        return replace(
            one,
            label=one.label or self.label,
            numerator=one.numerator or self.numerator,
            denominator=(one.denominator or self.denominator) if one.has_denominator else None,
            has_denominator=one.has_denominator and (one.denominator or self.denominator) is not None,
            comparability_class=kind,
            unit=one.unit or self.unit,
            disclosure=one.disclosure or self.disclosure,
            audience=one.audience or self.audience or AUDIENCE_OF_CLASS[kind],
            family_kind=(one.family_kind or self.family_kind) if kind == "K2" else "none",
            free_keys=one.free_keys or self.free_keys,
            split_by=one.split_by or self.split_by,
            needs=self.needs if one.needs is None else one.needs,
        )
