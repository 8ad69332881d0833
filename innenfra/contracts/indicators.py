"""The catalogue: what each indicator means, how it is counted, and how far it may be compared.

Belongs here: the declarations, one per indicator, and the rows of the seed that dbt reads.
Does not belong here: the counting itself (`dbt_project/models`), and the wording of pages (`apps/wording`).

A changed formula is a new `definition_version` and a parallel series, never an overwrite.

Comparability classes: K1 comparable between schools, against each school's own agreement and design;
K2 only within the same instrument, code list or template family; K3 within one school over time.
Where a part of an indicator has another class or unit than the whole, a `Part` says so.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Literal

from innenfra.contracts.words import Words

ComparabilityClass = Literal["K1", "K2", "K3"]
Family = Literal["collaboration", "development", "agreement", "support", "process", "ownership", "institutionalisation", "log_themes"]
BreakReason = Literal["method", "loop_design", "log_form", "collection_mode", "template", "codebook"]
Basis = Literal["structural", "respondents"]

FAMILIES: dict[str, Words] = {
    "collaboration": Words("Samarbeid", "Samarbeid", "Collaboration"),
    "development": Words("Utvikling over år", "Utvikling over år", "Development over years"),
    "agreement": Words("Partnerskap og avtale", "Partnarskap og avtale", "Partnership and agreement"),
    "support": Words("Støtte fra lærerutdannerne", "Støtte frå lærarutdannarane", "Support from the teacher educators"),
    "process": Words("Prosessen i sløyfene", "Prosessen i sløyfene", "Process of the loops"),
    "ownership": Words("Eierskap – profesjonalisering innenfra", "Eigarskap – profesjonalisering innanfrå", "Ownership – professionalisation from within"),
    "institutionalisation": Words("Institusjonalisering", "Institusjonalisering", "Institutionalisation"),
    "log_themes": Words("Temaer i loggen", "Tema i loggen", "Themes of the log"),
}


@dataclass(frozen=True)
class Part:
    """A part of an indicator, known by its slice, with a class, unit or basis of its own."""

    slice: dict[str, str]
    comparability_class: ComparabilityClass
    unit: str
    basis: Basis = "structural"


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One indicator of the catalogue. `built` says that the warehouse counts it."""

    indicator_id: str
    family: Family
    comparability_class: ComparabilityClass
    label: Words
    meaning: Words
    formula: Words
    numerator: Words
    denominator: Words | None
    unit: str
    grain: str
    direction: Words
    caveat: Words
    misuse: Words
    article_lines: str
    definition_version: int = 1
    basis: Basis = "structural"
    parts: tuple[Part, ...] = ()
    break_on: tuple[BreakReason, ...] = ()
    built: bool = False

    def __post_init__(self) -> None:
        for name in ("meaning", "formula", "caveat", "misuse"):
            words: Words = getattr(self, name)
            for language in ("nb", "nn", "en"):
                if not words[language].endswith("."):
                    raise ValueError(f"{self.indicator_id}: {name} in {language} must be a sentence that ends with a full stop")


NO_DIRECTION = Words("Ingen retning er bedre enn en annen.", "Inga retning er betre enn ei anna.", "No direction is better than another.")
TOWARDS_ONE = Words("Mot 1 betyr at det avtalte er holdt.", "Mot 1 tyder at det avtalte er halde.", "Towards 1 means that what was agreed was kept.")


@dataclass
class Catalogue:
    """The indicators by id, in the order of the catalogue."""

    indicators: dict[str, Indicator] = field(default_factory=dict)

    def add(self, indicator: Indicator) -> None:
        """Add a declaration; an id is used once."""
        if indicator.indicator_id in self.indicators:
            raise ValueError(f"indicator {indicator.indicator_id} is declared twice")
        self.indicators[indicator.indicator_id] = indicator


CATALOGUE = Catalogue()


def indicators() -> dict[str, Indicator]:
    """The whole catalogue by id."""
    from innenfra.contracts import indicator_texts

    indicator_texts.declare(CATALOGUE)
    return dict(CATALOGUE.indicators)
