"""What was found in a file, and the only place where a message about it is worded.

Belongs here: the `Finding` record, the sentence patterns in three languages, and what is said of
whole files (unknown format, missing column …).
Does not belong here: deciding whether something is wrong (`innenfra/contracts/rules.py`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from innenfra.contracts.rules import Severity
from innenfra.contracts.words import Words
from innenfra.masking import told

Owner = Literal["school", "university", "platform"]


@dataclass(frozen=True)
class Finding:
    """One thing found, as told to the person who can put it right.

    `row_number` is the number that the sender's spreadsheet shows; `sheet` and `column` are named as
    the sender sees them; `value_shown` is what was written there. All of these may be None for a
    finding on a larger part.
    """

    file_name: str
    rule: str
    severity: Severity
    message: Words
    owner: Owner
    file_type: str | None = None
    sheet: str | None = None
    row_number: int | None = None
    column: str | None = None
    value_shown: str | None = None
    state: str = "open"

    def as_json(self) -> dict[str, Any]:
        """The finding as the commands' JSON shows it."""
        return asdict(self)


def shown(value: str | None) -> str | None:
    """What was written, masked and short enough to read: a cell can hold a whole text."""
    return value if value is None else told(value)


def place(file_name: str, sheet: str, row_number: int, column: str | Words) -> Words:
    """Where something stands, as a sentence begins. A sheet that is a file of its own is named once."""
    called = Words(column, column, column) if isinstance(column, str) else column
    if sheet == file_name:
        return Words(
            nb=f"{file_name}, rad {row_number}, kolonne «{called.nb}»",
            nn=f"{file_name}, rad {row_number}, kolonne «{called.nn}»",
            en=f"{file_name}, row {row_number}, column “{called.en}”",
        )
    return Words(
        nb=f"{file_name}, ark «{sheet}», rad {row_number}, kolonne «{called.nb}»",
        nn=f"{file_name}, ark «{sheet}», rad {row_number}, kolonne «{called.nn}»",
        en=f"{file_name}, sheet “{sheet}”, row {row_number}, column “{called.en}”",
    )


def value_finding_message(
    file_name: str, sheet: str, row_number: int, column: str | Words, value: str | None, expected: Words
) -> Words:
    """The sentence for a value that breaks a rule. `column` is the sender's own header, or the column's label
    in each language."""
    where = place(file_name, sheet, row_number, column)
    if value is None or value == "":
        return Words(
            nb=f"{where.nb}: feltet er tomt, men skal være {expected.nb}.",
            nn=f"{where.nn}: feltet er tomt, men skal vere {expected.nn}.",
            en=f"{where.en}: the cell is empty but must be {expected.en}.",
        )
    return Words(
        nb=f"{where.nb}: fant «{shown(value)}», men det skal være {expected.nb}.",
        nn=f"{where.nn}: fann «{shown(value)}», men det skal vere {expected.nn}.",
        en=f"{where.en}: found “{shown(value)}” but it must be {expected.en}.",
    )


def doubled_key_message(where: Words, value: str, rows: str, expected: Words) -> Words:
    """The sentence for rows that share a key, told once for all of them. `rows` are the other rows."""
    return Words(
        nb=(
            f"{where.nb}: fant «{shown(value)}» også i rad {rows}, men det skal være {expected.nb}. Ingen av"
            " radene er tatt inn."
        ),
        nn=(
            f"{where.nn}: fann «{shown(value)}» òg i rad {rows}, men det skal vere {expected.nn}. Ingen av"
            " radene er tekne inn."
        ),
        en=(
            f"{where.en}: found “{shown(value)}” also in row {rows}, but there must be {expected.en}. None of"
            " these rows was taken in."
        ),
    )


def sum_message(where: Words, total: str, rows: str, expected: Words) -> Words:
    """The sentence for numbers that do not add up, told once for all rows that are summed."""
    return Words(
        nb=(
            f"{where.nb}: fant summen {total} (rad {rows}), men det skal være {expected.nb}. Ingen av radene"
            " er tatt inn."
        ),
        nn=(
            f"{where.nn}: fann summen {total} (rad {rows}), men det skal vere {expected.nn}. Ingen av radene"
            " er tekne inn."
        ),
        en=(
            f"{where.en}: found the sum {total} (row {rows}), but it must be {expected.en}. None of these"
            " rows was taken in."
        ),
    )


def sum_wanted(total: str, column: str) -> Words:
    """What the numbers of a group must add up to."""
    return Words(
        nb=f"{total}, som i kolonnen «{column}»",
        nn=f"{total}, som i kolonnen «{column}»",
        en=f"{total}, as in the column “{column}”",
    )


def rows_as_written(rows: Sequence[int]) -> str:
    """Row numbers as people write them: 2–4, 7."""
    spans: list[list[int]] = []
    for number in sorted(rows):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(f"{a}–{b}" if a != b else str(a) for a, b in spans)


def more_rows_message(
    file_name: str, sheet: str, row_number: int, column: str, rows: int, expected: Words
) -> Words:
    """The sentence for the rows that break a rule beyond those that are told of one by one. `row_number` is
    the first of them."""
    where = place(file_name, sheet, row_number, column)
    return Words(
        nb=f"{where.nb}: {rows} rader til fra denne av har samme feil; alle skal være {expected.nb}.",
        nn=f"{where.nn}: {rows} rader til frå denne av har same feilen; alle skal vere {expected.nn}.",
        en=f"{where.en}: {rows} more rows from this one on have the same fault; all must be {expected.en}.",
    )


def mended_message(
    file_name: str, sheet: str, row_number: int, column: str, value: str, read_as: str
) -> Words:
    """The sentence for a number that a spreadsheet had changed, and that could be read all the same."""
    return Words(
        nb=(
            f"{file_name}, ark «{sheet}», rad {row_number}, kolonne «{column}»: fant «{value}» og leste det"
            f" som «{read_as}». Lagre kolonnen som tekst neste gang."
        ),
        nn=(
            f"{file_name}, ark «{sheet}», rad {row_number}, kolonne «{column}»: fann «{value}» og las det som"
            f" «{read_as}». Lagre kolonnen som tekst neste gong."
        ),
        en=(
            f"{file_name}, sheet “{sheet}”, row {row_number}, column “{column}”: found “{value}” and read it"
            f" as “{read_as}”. Save the column as text next time."
        ),
    )


FILE_MESSAGES: dict[str, Words] = {
    "unknown_format": Words(
        nb=(
            "{file}: vi kjenner ikke igjen formatet. Bruk leveransemalen (XLSX), en mappe med CSV-filer,"
            " eller en eksport fra Nettskjema."
        ),
        nn=(
            "{file}: vi kjenner ikkje att formatet. Bruk leveransemalen (XLSX), ei mappe med CSV-filer, eller"
            " ein eksport frå Nettskjema."
        ),
        en=(
            "{file}: the format is not recognised. Use the delivery template (XLSX), a folder of CSV files,"
            " or an export from Nettskjema."
        ),
    ),
    "unsafe_file": Words(
        nb=(
            "{file}: filen ble ikke åpnet, fordi {found}. Lagre den på nytt som en vanlig XLSX- eller"
            " CSV-fil."
        ),
        nn=(
            "{file}: fila vart ikkje opna, fordi {found}. Lagre henne på nytt som ei vanleg XLSX- eller"
            " CSV-fil."
        ),
        en="{file}: the file was not opened, because {found}. Save it again as a plain XLSX or CSV file.",
    ),
    "unreadable_file": Words(
        nb=(
            "{file}: filen lot seg ikke lese ferdig; lagre den på nytt og lever igjen, og oppgi koden {found}"
            " hvis svaret blir det samme."
        ),
        nn=(
            "{file}: fila let seg ikkje lese ferdig; lagre henne på nytt og lever igjen, og gje opp koden"
            " {found} om svaret blir det same."
        ),
        en=(
            "{file}: the file could not be read to its end; save it again, deliver it once more, and give the"
            " code {found} if the answer is the same."
        ),
    ),
    "slow_file": Words(
        nb=(
            "{file}: filen tok mer enn {expected} sekunder å lese; del den i flere filer og lever igjen, og"
            " oppgi koden {found} hvis svaret blir det samme."
        ),
        nn=(
            "{file}: fila tok meir enn {expected} sekund å lese; del henne i fleire filer og lever igjen, og"
            " gje opp koden {found} om svaret blir det same."
        ),
        en=(
            "{file}: the file took more than {expected} seconds to read; split it into several, deliver"
            " again, and give the code {found} if the answer is the same."
        ),
    ),
    "not_taken": Words(
        nb=(
            "{file}: leveringen ble ikke tatt inn, fordi {found}; legg inn vanlige XLSX- eller CSV-filer,"
            " hver for seg eller i én mappe."
        ),
        nn=(
            "{file}: leveringa vart ikkje teken inn, fordi {found}; legg inn vanlege XLSX- eller CSV-filer,"
            " kvar for seg eller i éi mappe."
        ),
        en=(
            "{file}: the delivery was not taken in, because {found}; put in plain XLSX or CSV files, one by"
            " one or in one folder."
        ),
    ),
    "empty_file": Words(
        nb="{file}: filen er tom. Lever den på nytt med innhold.",
        nn="{file}: fila er tom. Lever henne på nytt med innhald.",
        en="{file}: the file is empty. Deliver it again with content.",
    ),
    "no_school": Words(
        nb=(
            "{file}: filen sier ikke hvilken skole den gjelder. Fyll ut skolens organisasjonsnummer i"
            " leveransearket (manifest)."
        ),
        nn=(
            "{file}: fila seier ikkje kva skule ho gjeld. Fyll ut organisasjonsnummeret til skulen i"
            " leveransearket (manifest)."
        ),
        en=(
            "{file}: the file does not say which school it is for. Fill in the school's organisation number"
            " in the delivery sheet (manifest)."
        ),
    ),
    "school_not_registered": Words(
        nb=(
            "{file}: skolen {found} er ikke registrert. Kontroller organisasjonsnummeret, eller be om at"
            " skolen blir registrert."
        ),
        nn=(
            "{file}: skulen {found} er ikkje registrert. Kontroller organisasjonsnummeret, eller be om at"
            " skulen blir registrert."
        ),
        en=(
            "{file}: the school {found} is not registered. Check the organisation number, or ask for the"
            " school to be registered."
        ),
    ),
    "other_template": Words(
        nb=(
            "{file}: leveransemalen er versjon {found}, og dagens er {expected}. Filen er lest; hent den nye"
            " malen til neste gang."
        ),
        nn=(
            "{file}: leveransemalen er versjon {found}, og dagens er {expected}. Fila er lesen; hent den nye"
            " malen til neste gong."
        ),
        en=(
            "{file}: the delivery template is version {found}, and today's is {expected}. The file was read;"
            " take the new template next time."
        ),
    ),
    "wrong_sheet": Words(
        nb="{file}, ark «{sheet}»: vi kjenner ikke dette arket. Ventet et av: {expected}.",
        nn="{file}, ark «{sheet}»: vi kjenner ikkje dette arket. Venta eitt av: {expected}.",
        en="{file}, sheet “{sheet}”: this sheet is not known. Expected one of: {expected}.",
    ),
    "missing_sheet": Words(
        nb=(
            "{file}: leveransearket lover «{expected}», men arket er ikke med. Legg det ved, eller rett"
            " fullstendigheten i leveransearket."
        ),
        nn=(
            "{file}: leveransearket lovar «{expected}», men arket er ikkje med. Legg det ved, eller rett"
            " fullstenda i leveransearket."
        ),
        en=(
            "{file}: the delivery sheet promises “{expected}”, but the sheet is not there. Add it, or correct"
            " the completeness in the delivery sheet."
        ),
    ),
    "unannounced_sheet": Words(
        nb=(
            "{file}, ark «{sheet}»: arket står ikke i leveransearket (manifest). Før det opp der med skoleår"
            " og fullstendighet."
        ),
        nn=(
            "{file}, ark «{sheet}»: arket står ikkje i leveransearket (manifest). Før det opp der med skuleår"
            " og fullstende."
        ),
        en=(
            "{file}, sheet “{sheet}”: the sheet is not listed in the delivery sheet (manifest). List it there"
            " with school year and completeness."
        ),
    ),
    "doubled_sheet": Words(
        nb=(
            "{file}, ark «{sheet}»: arket «{found}» har det samme innholdet, og vi kan ikke vite hvilket som"
            " gjelder. Behold ett av dem."
        ),
        nn=(
            "{file}, ark «{sheet}»: arket «{found}» har det same innhaldet, og vi kan ikkje vite kva for eit"
            " som gjeld. Behald eitt av dei."
        ),
        en=(
            "{file}, sheet “{sheet}”: the sheet “{found}” is of the same kind, and we cannot know which of"
            " them counts. Keep one of them."
        ),
    ),
    "missing_column": Words(
        nb=(
            "{file}, ark «{sheet}»: fant ikke «{column}» i første rad. Arket skal ha disse kolonnene:"
            " {expected}."
        ),
        nn=(
            "{file}, ark «{sheet}»: fann ikkje «{column}» i første rad. Arket skal ha desse kolonnane:"
            " {expected}."
        ),
        en=(
            "{file}, sheet “{sheet}”: “{column}” was not found in the first row. The sheet must have these"
            " columns: {expected}."
        ),
    ),
    "doubled_column": Words(
        nb="{file}, ark «{sheet}»: kolonnen «{column}» står to ganger. Behold én av dem.",
        nn="{file}, ark «{sheet}»: kolonnen «{column}» står to gonger. Behald éin av dei.",
        en="{file}, sheet “{sheet}”: the column “{column}” stands twice. Keep one of them.",
    ),
    "unknown_column": Words(
        nb=(
            "{file}, ark «{sheet}»: kolonnen «{column}» hører ikke hjemme her. Ta den bort; en logg kan bare"
            " ha disse kolonnene: {expected}."
        ),
        nn=(
            "{file}, ark «{sheet}»: kolonnen «{column}» høyrer ikkje heime her. Ta han bort; ein logg kan"
            " berre ha desse kolonnane: {expected}."
        ),
        en=(
            "{file}, sheet “{sheet}”: the column “{column}” does not belong here. Remove it; a log can only"
            " have these columns: {expected}."
        ),
    ),
    "ignored_column": Words(
        nb="{file}, ark «{sheet}»: kolonnen «{column}» er ikke kjent og blir ikke lest.",
        nn="{file}, ark «{sheet}»: kolonnen «{column}» er ikkje kjend og blir ikkje lesen.",
        en="{file}, sheet “{sheet}”: the column “{column}” is not known and is not read.",
    ),
    "unknown_cell": Words(
        nb=(
            "{file}, ark «{sheet}», rad {row}: her står noe i en kolonne uten overskrift. Ta det bort; en"
            " logg kan bare ha kolonnene i malen."
        ),
        nn=(
            "{file}, ark «{sheet}», rad {row}: her står noko i ein kolonne utan overskrift. Ta det bort; ein"
            " logg kan berre ha kolonnane i malen."
        ),
        en=(
            "{file}, sheet “{sheet}”, row {row}: something stands in a column without a header. Remove it; a"
            " log can only have the template's columns."
        ),
    ),
    "ignored_cell": Words(
        nb=(
            "{file}, ark «{sheet}», rad {row}: her står noe i en kolonne uten overskrift, og det blir ikke"
            " lest. Kontroller at ingen verdi har havnet i feil kolonne."
        ),
        nn=(
            "{file}, ark «{sheet}», rad {row}: her står noko i ein kolonne utan overskrift, og det blir ikkje"
            " lese. Kontroller at ingen verdi har hamna i feil kolonne."
        ),
        en=(
            "{file}, sheet “{sheet}”, row {row}: something stands in a column without a header and is not"
            " read. Check that no value ended up in the wrong column."
        ),
    ),
    "no_round_sheet": Words(
        nb=(
            "{file}: eksporten fra Nettskjema sier ikke hvilken sløyfe og runde den gjelder. Legg ved"
            " log_rounds.csv med én rad."
        ),
        nn=(
            "{file}: eksporten frå Nettskjema seier ikkje kva sløyfe og runde han gjeld. Legg ved"
            " log_rounds.csv med éi rad."
        ),
        en=(
            "{file}: the Nettskjema export does not say which loop and round it is for. Add log_rounds.csv"
            " with one row."
        ),
    ),
    "no_elements": Words(
        nb=(
            "{file}: eksporten fra Nettskjema mangler skjemaets elementer (JSON), og uten dem vet vi ikke hva"
            " som er spørsmål og svar. Legg dem ved i samme mappe."
        ),
        nn=(
            "{file}: eksporten frå Nettskjema manglar elementa til skjemaet (JSON), og utan dei veit vi ikkje"
            " kva som er spørsmål og svar. Legg dei ved i same mappa."
        ),
        en=(
            "{file}: the Nettskjema export lacks the form's elements (JSON), and without them nobody knows"
            " what is question and answer. Put them in the same folder."
        ),
    ),
    "text_erased": Words(
        nb="{file}: de åpne svarene er slettet {found} og blir ikke tatt inn igjen. Tellingene er uendret.",
        nn="{file}: dei opne svara er sletta {found} og blir ikkje tekne inn igjen. Teljingane er uendra.",
        en=(
            "{file}: the open answers were erased on {found} and are not taken in again. The counts are as"
            " they were."
        ),
    ),
    "already_replaced": Words(
        nb="{file}: leveringen {found} er alt erstattet av {expected}, som kom før. Det som står her, teller ikke der den andre har det samme.",
        nn="{file}: leveringa {found} er alt erstatta av {expected}, som kom før. Det som står her, tel ikkje der den andre har det same.",
        en="{file}: the delivery {found} is already replaced by {expected}, which came before. What stands here does not count where the other has the same.",
    ),
    "submissions_differ": Words(
        nb=(
            "{file}: eksporten har {found} svar, men log_rounds.csv sier {expected} innleverte. Rett det som"
            " er feil."
        ),
        nn=(
            "{file}: eksporten har {found} svar, men log_rounds.csv seier {expected} innleverte. Rett det som"
            " er feil."
        ),
        en=(
            "{file}: the export holds {found} answers, but log_rounds.csv says {expected} submitted. Correct"
            " the one that is wrong."
        ),
    ),
}
"""Sentences on a whole file or sheet, by rule; filled in with `file`, `sheet`, `row`, `column`, `found`,
`expected`."""


def file_message(rule: str, **parts: str) -> Words:
    """The sentence of `FILE_MESSAGES[rule]` with its parts filled in."""
    pattern = FILE_MESSAGES[rule]
    return Words(*(pattern[language].format(**parts) for language in ("nb", "nn", "en")))


TYPE_WORDS: dict[type, Words] = {
    int: Words(nb="et helt tall", nn="eit heilt tal", en="a whole number"),
    float: Words(nb="et tall", nn="eit tal", en="a number"),
    dt.date: Words(
        nb="en dato som 31.12.2025 eller 2025-12-31",
        nn="ein dato som 31.12.2025 eller 2025-12-31",
        en="a date such as 31.12.2025 or 2025-12-31",
    ),
}
"""How a type is said to a person, when a value cannot be read as it."""

OTHER_SCHOOL = Words(
    nb="skolen som leveransen gjelder, {expected}",
    nn="skulen som leveransen gjeld, {expected}",
    en="the school of the delivery, {expected}",
)
NOT_IN_MANIFEST = Words(
    nb="en periode som står i leveransearket (manifest)",
    nn="ein periode som står i leveransearket (manifest)",
    en="a period listed in the delivery sheet (manifest)",
)
KNOWN_MUNICIPALITY = Words(
    nb="et kommunenummer i KLASS 131, fire siffer",
    nn="eit kommunenummer i KLASS 131, fire siffer",
    en="a municipality number of KLASS 131, four digits",
)
KNOWN_OWNER = Words(
    nb="organisasjonsnummeret til en registrert skoleeier; last inn school_owner.csv først",
    nn="organisasjonsnummeret til ein registrert skuleeigar; last inn school_owner.csv først",
    en="the organisation number of a registered school owner; load school_owner.csv first",
)
ONCE = Words(
    nb="et organisasjonsnummer som står én gang i filen; behold raden med skolens navn i dag",
    nn="eit organisasjonsnummer som står éin gong i fila; behald rada med namnet skulen har i dag",
    en="an organisation number that stands once in the file; keep the row with the school's present name",
)
NAMED = Words(nb="skolens navn", nn="namnet på skulen", en="the name of the school")
NEWER_THAN_REGISTER = Words(
    nb="en skole som registeret ikke kjenner en nyere utgave av ({day}); oppgi riktig dato for filen",
    nn="ein skule som registeret ikkje kjenner ei nyare utgåve av ({day}); oppgje rett dato for fila",
    en="a school that the register knows no newer version of ({day}); give the right day of the file",
)
"""What rows of the school register must be."""
