"""Words in the three languages of the product, and lists of codes with their labels.

Belongs here: the two small types that contracts, rules and findings share.
Does not belong here: any wording itself.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """One text in bokmål, nynorsk and English."""

    nb: str
    nn: str
    en: str

    def __getitem__(self, language: str) -> str:
        return str(getattr(self, language))

    def of(self, part: Words) -> Words:
        """The same of one part of it: «Deltok: samlet kollegium»."""
        return Words(
            *(
                f"{self[language]}: {part[language][0].lower()}{part[language][1:]}"
                for language in ("nb", "nn", "en")
            )
        )


@dataclass(frozen=True)
class CodeList:
    """A closed list of codes. The code is the key everywhere; labels are only for people."""

    name: str
    labels: dict[str, Words]

    def __post_init__(self) -> None:
        if not self.labels:
            raise ValueError(f"code list {self.name} is empty")

    def __hash__(self) -> int:
        return hash((self.name, tuple(self.labels)))

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in the order they were declared."""
        return tuple(self.labels)

    def named(self, code: str, language: str) -> str:
        """The code as it is said to a person: its label, and the code where that is another word."""
        label = self.labels[code][language]
        return label if label.casefold() == code else f"{label} ({code})"


def code_list(list_name: str, /, **labels: tuple[str, str, str]) -> CodeList:
    """Declare a code list: `code=(bokmål, nynorsk, English)`."""
    return CodeList(list_name, {code: Words(*texts) for code, texts in labels.items()})
