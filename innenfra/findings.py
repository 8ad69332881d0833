"""What was found in a file, and the only place where a message about it is worded.

Belongs here: the `Finding` record, the sentence patterns in three languages, and what is said of
whole files (unknown format, missing column …).
Does not belong here: deciding whether something is wrong (`innenfra/contracts/rules.py`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
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
    rows: tuple[int, ...] = field(default=(), repr=False)
    """All rows that it is about, where it is told once for several; `row_number` is the first of them."""

    def as_json(self) -> dict[str, Any]:
        """The finding as the commands' JSON shows it."""
        return asdict(self) | {"rows": rows_as_written(self.rows)}


MOST_SPANS, _MANY_ROWS = 12, 4


def shown(value: str | None) -> str | None:
    """What was written, masked and short enough to read: a cell can hold a whole text."""
    return value if value is None else told(value)


def place(file_name: str, sheet: str, row_number: int | str, column: str | Words) -> Words:
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
    file_name: str,
    sheet: str,
    row_number: int | str,
    column: str | Words,
    value: str | None,
    expected: Words,
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


def rows_as_written(rows: Sequence[int], most: int | None = None) -> str:
    """Row numbers as people write them: 2–4, 7. With `most`, only so many spans are named."""
    spans: list[list[int]] = []
    for number in sorted(rows):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    said = [f"{a}–{b}" if a != b else str(a) for a, b in spans[:most]]
    return ", ".join([*said, "…"] if most is not None and len(spans) > most else said)


def counted_rows(rows: Sequence[int]) -> str:
    """Row numbers as they stand in a sentence, with how many where they are many."""
    written = rows_as_written(rows, MOST_SPANS)
    return written if len(rows) < _MANY_ROWS else f"{written} ({len(rows)})"


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
    file_name: str, sheet: str, row_number: int | str, column: str, value: str, read_as: str
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
    "closed_file": Words(
        nb="{file}: filen ble ikke åpnet, fordi {found}.",
        nn="{file}: fila vart ikkje opna, fordi {found}.",
        en="{file}: the file was not opened, because {found}.",
    ),
    "sound_file": Words(
        nb=(
            "{file}: lyd- og filmopptak skal ikke leveres, fordi stemmer er personopplysninger; slett det"
            " her, og behold det bare der personvernombudet har sagt ja til det."
        ),
        nn=(
            "{file}: lyd- og filmopptak skal ikkje leverast, fordi stemmer er personopplysningar; slett det"
            " her, og behald det berre der personvernombodet har sagt ja til det."
        ),
        en=(
            "{file}: sound and film must not be delivered, because voices are personal data; delete it here,"
            " and keep it only where the data protection officer has agreed."
        ),
    ),
    "deep_folder": Words(
        nb="{file}: mappen har mapper i flere lag. Lever filene i én mappe, med høyst ett lag undermapper.",
        nn="{file}: mappa har mapper i fleire lag. Lever filene i éi mappe, med høgst eitt lag undermapper.",
        en=(
            "{file}: the folder holds folders in several layers. Deliver the files in one folder, with at"
            " most one layer of folders in it."
        ),
    ),
    "not_read": Words(
        nb="{file}: «{sheet}» ligger ved, men blir ikke lest. Det som skal telle, må stå i arkene.",
        nn="{file}: «{sheet}» ligg ved, men blir ikkje lesen. Det som skal telje, må stå i arka.",
        en="{file}: “{sheet}” lies beside but is not read. What is to count must stand in the sheets.",
    ),
    "broken_form": Words(
        nb=(
            "{file}: «{sheet}» lar seg ikke lese som skjema; det stopper ved linje {found}. Skriv «felt:"
            " verdi» på hver linje, med to mellomrom foran det som hører under."
        ),
        nn=(
            "{file}: «{sheet}» let seg ikkje lese som skjema; det stoppar ved linje {found}. Skriv «felt:"
            " verdi» på kvar linje, med to mellomrom framfor det som høyrer under."
        ),
        en=(
            "{file}: “{sheet}” cannot be read as a form; it stops at line {found}. Write “field: value” on"
            " each line, with two spaces before what belongs below."
        ),
    ),
    "signed_copy": Words(
        nb=(
            "{file}: den signerte avtalen «{sheet}» blir ikke lest. Den tas vare på med leveransen (sha256"
            " {found})."
        ),
        nn=(
            "{file}: den signerte avtalen «{sheet}» vert ikkje lesen. Han vert teken vare på med leveransen"
            " (sha256 {found})."
        ),
        en=(
            "{file}: the signed agreement “{sheet}” is not read. It is kept with the delivery (sha256"
            " {found})."
        ),
    ),
    "no_signed_copy": Words(
        nb=(
            "{file}: «{sheet}» sier at den signerte avtalen er «{found}», men den ligger ikke ved. Legg den"
            " ved."
        ),
        nn=(
            "{file}: «{sheet}» seier at den signerte avtalen er «{found}», men han ligg ikkje ved. Legg han"
            " ved."
        ),
        en=(
            "{file}: “{sheet}” says that the signed agreement is “{found}”, but it is not there. Put it"
            " beside."
        ),
    ),
    "unknown_part": Words(
        nb=(
            "{file}: «{sheet}» ble ikke lest, fordi vi ikke vet hva den er. Gi den navn som arket i malen,"
            " eller ta den bort."
        ),
        nn=(
            "{file}: «{sheet}» vart ikkje lesen, fordi vi ikkje veit kva ho er. Gje henne namn som arket i"
            " malen, eller ta henne bort."
        ),
        en=(
            "{file}: “{sheet}” was not read, because we do not know what it is. Name it as the template's"
            " sheet, or take it away."
        ),
    ),
    "letter_alone": Words(
        nb=(
            "{file}: dette er et brev, et dokument eller en utskrift, og det kan ikke telles; utskrifter skal"
            " ikke leveres. Skriv tallene i leveransemalen (XLSX) og lever den."
        ),
        nn=(
            "{file}: dette er eit brev, eit dokument eller ei utskrift, og det kan ikkje teljast; utskrifter"
            " skal ikkje leverast. Skriv tala i leveransemalen (XLSX) og lever han."
        ),
        en=(
            "{file}: this is a letter, a document or a transcript, and cannot be counted; transcripts must"
            " not be delivered. Write the numbers in the delivery template (XLSX) and deliver that."
        ),
    ),
    "picture_alone": Words(
        nb=(
            "{file}: bilder kan ikke leses, og kan vise personer. Skriv det som står der, i leveransemalen"
            " (XLSX)."
        ),
        nn=(
            "{file}: bilete kan ikkje lesast, og kan vise personar. Skriv det som står der, i leveransemalen"
            " (XLSX)."
        ),
        en=(
            "{file}: pictures cannot be read and may show people. Write what stands there in the delivery"
            " template (XLSX)."
        ),
    ),
    "two_schools": Words(
        nb="{file}: filen gjelder {found} skoler ({expected}); lever én fil per skole.",
        nn="{file}: fila gjeld {found} skular ({expected}); lever éi fil per skule.",
        en="{file}: the file is for {found} schools ({expected}); deliver one file per school.",
    ),
    "no_manifest": Words(
        nb=(
            "{file}: leveransearket (manifest) er ikke med, så vi går ut fra at arkene er fullstendige. Legg"
            " det ved hvis noe mangler eller rettes."
        ),
        nn=(
            "{file}: leveransearket (manifest) er ikkje med, så vi går ut frå at arka er fullstendige. Legg"
            " det ved om noko manglar eller blir retta."
        ),
        en=(
            "{file}: the delivery sheet (manifest) is not there, so the sheets are taken to be complete. Add"
            " it if something is missing or corrected."
        ),
    ),
    "no_period": Words(
        nb=(
            "{file}, ark «{sheet}»: vi vet ikke hvilket skoleår og hvilken sløyfe arket gjelder, og hva det"
            " erstatter. Legg ved leveransearket (manifest) med én rad for «{expected}»."
        ),
        nn=(
            "{file}, ark «{sheet}»: vi veit ikkje kva skuleår og kva sløyfe arket gjeld, og kva det"
            " erstattar. Legg ved leveransearket (manifest) med éi rad for «{expected}»."
        ),
        en=(
            "{file}, sheet “{sheet}”: we do not know which school year and loop the sheet is for, and what it"
            " replaces. Add the delivery sheet (manifest) with one row for “{expected}”."
        ),
    ),
    "hollow_sheet": Words(
        nb="{file}: arket «{sheet}» er med, men har ingen rader. Det leses som at det ikke er noe å levere.",
        nn=(
            "{file}: arket «{sheet}» er med, men har ingen rader. Det blir lese som at det ikkje er noko å"
            " levere."
        ),
        en="{file}: the sheet “{sheet}” is there but has no rows. It is read as nothing to deliver.",
    ),
    "hidden_sheet": Words(
        nb=(
            "{file}: det skjulte arket «{sheet}» er ikke kjent og ble ikke lest (det har {found}). Vis arket,"
            " og slett det eller gi det et navn fra malen."
        ),
        nn=(
            "{file}: det gøymde arket «{sheet}» er ikkje kjent og vart ikkje lese (det har {found}). Vis"
            " arket, og slett det eller gje det eit namn frå malen."
        ),
        en=(
            "{file}: the hidden sheet “{sheet}” is not known and was not read (it has {found}). Show it, and"
            " delete it or give it a name of the template."
        ),
    ),
    "doubled_hidden_sheet": Words(
        nb=(
            "{file}, ark «{sheet}»: det skjulte arket «{found}» har det samme innholdet, og vi kan ikke vite"
            " hvilket som gjelder. Høyreklikk på arkfanene, velg «Vis», og slett det ene."
        ),
        nn=(
            "{file}, ark «{sheet}»: det gøymde arket «{found}» har det same innhaldet, og vi kan ikkje vite"
            " kva for eit som gjeld. Høgreklikk på arkfanene, vel «Vis», og slett det eine."
        ),
        en=(
            "{file}, sheet “{sheet}”: the hidden sheet “{found}” is of the same kind, and we cannot know"
            " which of them counts. Right-click on the sheet tabs, choose “Unhide”, and delete one."
        ),
    ),
    "formulas": Words(
        nb="{file}, ark «{sheet}»: arket har formler; verdiene som Excel sist regnet ut, er lest.",
        nn="{file}, ark «{sheet}»: arket har formlar; verdiane som Excel sist rekna ut, er lesne.",
        en=(
            "{file}, sheet “{sheet}”: the sheet has formulas; the values that Excel last worked out were"
            " read."
        ),
    ),
    "far_cells": Words(
        nb=(
            "{file}, ark «{sheet}»: det står noe langt utenfor tabellen ({found}), og det er ikke lest. Slett"
            " det."
        ),
        nn=(
            "{file}, ark «{sheet}»: det står noko langt utanfor tabellen ({found}), og det er ikkje lese."
            " Slett det."
        ),
        en=(
            "{file}, sheet “{sheet}”: something stands far outside the table ({found}) and was not read."
            " Delete it."
        ),
    ),
    "other_charset": Words(
        nb=(
            "{file}, ark «{sheet}»: bokstavene er lest som {found}. Kontroller æ, ø og å, og lagre som «CSV"
            " UTF-8»."
        ),
        nn=(
            "{file}, ark «{sheet}»: bokstavane er lesne som {found}. Kontroller æ, ø og å, og lagre som «CSV"
            " UTF-8»."
        ),
        en=(
            "{file}, sheet “{sheet}”: the letters were read as {found}. Check æ, ø and å, and save as “CSV"
            " UTF-8”."
        ),
    ),
    "mixed_charset": Words(
        nb=(
            "{file}, ark «{sheet}»: {found} linjer (den første er {row}) har et annet tegnsett enn de andre"
            " og er lest hver for seg. Kontroller æ, ø og å der."
        ),
        nn=(
            "{file}, ark «{sheet}»: {found} linjer (den første er {row}) har eit anna teiknsett enn dei andre"
            " og er lesne kvar for seg. Kontroller æ, ø og å der."
        ),
        en=(
            "{file}, sheet “{sheet}”: {found} lines (the first is {row}) have another character set than the"
            " others and were read one by one. Check æ, ø and å there."
        ),
    ),
    "doubly_encoded": Words(
        nb="{file}, ark «{sheet}»: æ, ø og å var ødelagt (som «Ã¥») og er satt tilbake. Kontroller dem.",
        nn="{file}, ark «{sheet}»: æ, ø og å var øydelagde (som «Ã¥») og er sette tilbake. Kontroller dei.",
        en="{file}, sheet “{sheet}”: æ, ø and å were broken (as “Ã¥”) and were put right. Check them.",
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
    "no_school_list": Words(
        nb=(
            "{file}: dette ser ut som en liste over skoler, men kolonnene {expected} mangler. Hent hele"
            " listen fra Nasjonalt skoleregister."
        ),
        nn=(
            "{file}: dette ser ut som ei liste over skular, men kolonnane {expected} manglar. Hent heile"
            " lista frå Nasjonalt skuleregister."
        ),
        en=(
            "{file}: this looks like a list of schools, but the columns {expected} are missing. Fetch the"
            " whole list from the national school register."
        ),
    ),
    "no_list_in_workbook": Words(
        nb=(
            "{file}: det første arket er ikke en liste over skoler (kolonnene {expected}). Lagre listen som"
            " CSV, og gi andre registre navn etter registeret, som school_owner.csv."
        ),
        nn=(
            "{file}: det første arket er ikkje ei liste over skular (kolonnane {expected}). Lagre lista som"
            " CSV, og gje andre register namn etter registeret, som school_owner.csv."
        ),
        en=(
            "{file}: the first sheet is no list of schools (columns {expected}). Save the list as CSV, and"
            " name other registers by the register, as school_owner.csv."
        ),
    ),
    "one_page": Words(
        nb="{file}: filen er side {found} av {expected}. De andre sidene må lastes inn også.",
        nn="{file}: fila er side {found} av {expected}. Dei andre sidene må lastast inn òg.",
        en="{file}: the file is page {found} of {expected}. The other pages must be loaded too.",
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
            "{file}: eksporten fra skjemaet sier ikke hvilken sløyfe og runde den gjelder. Legg ved"
            " log_rounds.csv med én rad."
        ),
        nn=(
            "{file}: eksporten frå skjemaet seier ikkje kva sløyfe og runde han gjeld. Legg ved"
            " log_rounds.csv med éi rad."
        ),
        en=(
            "{file}: the form's export does not say which loop and round it is for. Add log_rounds.csv"
            " with one row."
        ),
    ),
    "reports_and_rounds": Words(
        nb=(
            "{file}: det er {found} eksporter, men «{sheet}» har {expected} rader. Det skal være én rad for"
            " hver eksport, i samme rekkefølge som filnavnene."
        ),
        nn=(
            "{file}: det er {found} eksportar, men «{sheet}» har {expected} rader. Det skal vere éi rad for"
            " kvar eksport, i same rekkjefølgje som filnamna."
        ),
        en=(
            "{file}: there are {found} exports, but “{sheet}” has {expected} rows. There must be one row for"
            " each export, in the order of the file names."
        ),
    ),
    "shared_submissions": Words(
        nb=(
            "{file}: de samme svarene står både i «{sheet}» og i «{found}». Lever bare svarene fra sin egen"
            " runde i hver fil."
        ),
        nn=(
            "{file}: dei same svara står både i «{sheet}» og i «{found}». Lever berre svara frå sin eigen"
            " runde i kvar fil."
        ),
        en=(
            "{file}: the same answers stand both in “{sheet}” and in “{found}”. Deliver only the answers of"
            " its own round in each file."
        ),
    ),
    "other_elements": Words(
        nb=(
            "{file}: elementene (JSON) hører til et annet skjema enn «{sheet}». Hent elementene for samme"
            " skjema."
        ),
        nn="{file}: elementa (JSON) høyrer til eit anna skjema enn «{sheet}». Hent elementa for same skjema.",
        en=(
            "{file}: the elements (JSON) belong to another form than “{sheet}”. Fetch the elements of the"
            " same form."
        ),
    ),
    "no_codebook": Words(
        nb=(
            "{file}: skjemaet bak «{sheet}» har ikke kodebok, så spørsmålene har ingen koder. Slå på"
            " kodeboken i Nettskjema (gamle svar får koder da), og hent rapport og elementer på nytt."
        ),
        nn=(
            "{file}: skjemaet bak «{sheet}» har ikkje kodebok, så spørsmåla har ingen kodar. Slå på kodeboka"
            " i Nettskjema (gamle svar får kodar då), og hent rapport og element på nytt."
        ),
        en=(
            "{file}: the form behind “{sheet}” has no codebook, so its questions have no codes. Turn on the"
            " codebook in Nettskjema (old answers get codes then), and fetch report and elements again."
        ),
    ),
    "needs_form_map": Words(
        nb=(
            "{file}: «{sheet}» ser ut som en eksport fra {found}. Legg ved log_rounds.csv (hvilken sløyfe og"
            " runde) og log_map.csv (koder for spørsmål og svar), så blir svarene talt. Spørsmålene er"
            " {expected}."
        ),
        nn=(
            "{file}: «{sheet}» ser ut som ein eksport frå {found}. Legg ved log_rounds.csv (kva sløyfe og"
            " runde) og log_map.csv (kodar for spørsmål og svar), så blir svara talde. Spørsmåla er"
            " {expected}."
        ),
        en=(
            "{file}: “{sheet}” looks like an export from {found}. Add log_rounds.csv (which loop and round)"
            " and log_map.csv (codes for questions and answers), and the answers are counted. The questions"
            " are {expected}."
        ),
    ),
    "unmapped_question": Words(
        nb="{file}: «{sheet}» har spørsmål som ikke står i log_map.csv og ikke er talt: {column}.",
        nn="{file}: «{sheet}» har spørsmål som ikkje står i log_map.csv og ikkje er talde: {column}.",
        en="{file}: “{sheet}” has questions that are not in log_map.csv and were not counted: {column}.",
    ),
    "unmapped_answer": Words(
        nb=(
            "{file}, «{sheet}»: spørsmålet «{column}» har svar som ikke står i log_map.csv: {found}. Før dem"
            " opp der."
        ),
        nn=(
            "{file}, «{sheet}»: spørsmålet «{column}» har svar som ikkje står i log_map.csv: {found}. Før dei"
            " opp der."
        ),
        en=(
            "{file}, “{sheet}”: the question “{column}” has answers that are not in log_map.csv: {found}."
            " List them there."
        ),
    ),
    "not_submitted": Words(
        nb="{file}: {found} påbegynte svar i «{sheet}» er ikke sendt inn og er ikke talt.",
        nn="{file}: {found} påbyrja svar i «{sheet}» er ikkje sende inn og er ikkje talde.",
        en="{file}: {found} answers begun in “{sheet}” were not submitted and are not counted.",
    ),
    "needs_coding": Words(
        nb=(
            "{file}: «{sheet}» ser ut som kodet materiale fra {found}. Legg ved coding.csv (skole, sløyfe,"
            " arena, kodebok) og code_map.csv (kode og kategori for hvert navn). Dette mangler kode:"
            " {expected}."
        ),
        nn=(
            "{file}: «{sheet}» ser ut som koda materiale frå {found}. Legg ved coding.csv (skule, sløyfe,"
            " arena, kodebok) og code_map.csv (kode og kategori for kvart namn). Dette manglar kode:"
            " {expected}."
        ),
        en=(
            "{file}: “{sheet}” looks like coded material from {found}. Add coding.csv (school, loop, arena,"
            " codebook) and code_map.csv (code and category for each name). Without a code: {expected}."
        ),
    ),
    "nothing_coded": Words(
        nb="{file}: det er ikke kodet noe i «{sheet}».",
        nn="{file}: det er ikkje koda noko i «{sheet}».",
        en="{file}: nothing is coded in “{sheet}”.",
    ),
    "one_coding_at_a_time": Words(
        nb="{file}: «{sheet}» er ikke lest; lever ett prosjekt eller én kodebok om gangen.",
        nn="{file}: «{sheet}» er ikkje lese; lever eitt prosjekt eller éi kodebok om gongen.",
        en="{file}: “{sheet}” was not read; deliver one project or one codebook at a time.",
    ),
    "moved_units": Words(
        nb=(
            "{file}: i «{sheet}» sto {found} kodinger et annet sted enn prosjektet sier; de er funnet igjen i"
            " teksten."
        ),
        nn=(
            "{file}: i «{sheet}» stod {found} kodingar ein annan stad enn prosjektet seier; dei er funne att"
            " i teksten."
        ),
        en=(
            "{file}: in “{sheet}”, {found} codings stood elsewhere than the project says; they were found in"
            " the text."
        ),
    ),
    "unknown_codes": Words(
        nb="{file}: {found} kodinger i «{sheet}» viser til koder som ikke er i kodeboken, og er ikke talt.",
        nn="{file}: {found} kodingar i «{sheet}» viser til kodar som ikkje er i kodeboka, og er ikkje talde.",
        en=(
            "{file}: {found} codings in “{sheet}” refer to codes that are not in the codebook, and are not"
            " counted."
        ),
    ),
    "doubled_units": Words(
        nb=(
            "{file}: «{sheet}» har samme utdrag og kode flere ganger, slik et utvalg av kodene gir. Eksporter"
            " alle koder."
        ),
        nn=(
            "{file}: «{sheet}» har same utdrag og kode fleire gonger, slik eit utval av kodane gjev."
            " Eksporter alle kodar."
        ),
        en=(
            "{file}: “{sheet}” has the same excerpt and code several times, as an export of some codes has."
            " Export all codes."
        ),
    ),
    "untagged_units": Words(
        nb="{file}: {found} utdrag i «{sheet}» har ingen kode og er ikke talt.",
        nn="{file}: {found} utdrag i «{sheet}» har ingen kode og er ikkje talde.",
        en="{file}: {found} excerpts in “{sheet}” have no code and are not counted.",
    ),
    "transcript": Words(
        nb=(
            "{file}: utskrifter av samtaler skal ikke leveres, fordi de har navn og det folk sa. Slett den"
            " her, og lever bare tellinger (coded_counts, meetings)."
        ),
        nn=(
            "{file}: utskrifter av samtalar skal ikkje leverast, fordi dei har namn og det folk sa. Slett ho"
            " her, og lever berre teljingar (coded_counts, meetings)."
        ),
        en=(
            "{file}: transcripts of talk must not be delivered, because they hold names and what people said."
            " Delete it here, and deliver counts only (coded_counts, meetings)."
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
        nb=(
            "{file}: leveringen {found} er alt erstattet av {expected}, som kom før. Det som står her, teller"
            " ikke der den andre har det samme."
        ),
        nn=(
            "{file}: leveringa {found} er alt erstatta av {expected}, som kom før. Det som står her, tel"
            " ikkje der den andre har det same."
        ),
        en=(
            "{file}: the delivery {found} is already replaced by {expected}, which came before. What stands"
            " here does not count where the other has the same."
        ),
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


CELL_MESSAGES: dict[str, Words] = {
    "open_quote": Words(
        nb=(
            '{where}: et anførselstegn (") blir ikke lukket, så vi vet ikke hvor feltet slutter. Ta det bort'
            " eller lukk det."
        ),
        nn=(
            '{where}: eit hermeteikn (") blir ikkje lukka, så vi veit ikkje kvar feltet sluttar. Ta det bort'
            " eller lukk det."
        ),
        en=(
            '{where}: a quotation mark (") is not closed, so we do not know where the cell ends. Take it away'
            " or close it."
        ),
    ),
    "date_cell": Words(
        nb=(
            "{where}: cellen er en dato ({found}), men her skal det ikke stå en dato. Regnearket har gjort om"
            " det som ble skrevet; formater cellen som tekst og skriv det på nytt."
        ),
        nn=(
            "{where}: cella er ein dato ({found}), men her skal det ikkje stå ein dato. Reknearket har gjort"
            " om det som vart skrive; formater cella som tekst og skriv det på nytt."
        ),
        en=(
            "{where}: the cell is a date ({found}), but no date belongs here. The spreadsheet changed what"
            " was written; format the cell as text and write it again."
        ),
    ),
    "merged_cells": Words(
        nb=(
            "{where}: cellene {found} er slått sammen, så bare den første har en verdi. Del dem (Hjem > Slå"
            " sammen), og fyll ut hver rad."
        ),
        nn=(
            "{where}: cellene {found} er slått saman, så berre den første har ein verdi. Del dei (Heim > Slå"
            " saman), og fyll ut kvar rad."
        ),
        en=(
            "{where}: the cells {found} are merged, so only the first one has a value. Unmerge them (Home >"
            " Merge), and fill in each row."
        ),
    ),
    "totals_row": Words(
        nb="{where}: raden ser ut som en sum («{found}»). Slett den; summer regnes ut her.",
        nn="{where}: rada ser ut som ein sum («{found}»). Slett ho; summar blir rekna ut her.",
        en="{where}: the row looks like a total (“{found}”). Delete it; totals are worked out here.",
    ),
    "unworked_formula": Words(
        nb="{where}: cellen {found} har en formel uten ferdig verdi. Skriv verdien i stedet for formelen.",
        nn="{where}: cella {found} har ein formel utan ferdig verdi. Skriv verdien i staden for formelen.",
        en="{where}: the cell {found} has a formula whose value was not stored. Write the value instead.",
    ),
    "mended": Words(
        nb="{where}: fant «{found}» og leste det som «{expected}». Kontroller at det er riktig.",
        nn="{where}: fann «{found}» og las det som «{expected}». Kontroller at det er rett.",
        en="{where}: found “{found}” and read it as “{expected}”. Check that it is right.",
    ),
    "error_cell": Words(
        nb="{where}: cellen har feilen {found}. Skriv verdien, eller la cellen stå tom.",
        nn="{where}: cella har feilen {found}. Skriv verdien, eller lat cella stå tom.",
        en="{where}: the cell has the error {found}. Write the value, or leave the cell empty.",
    ),
    "not_in_own_sheet": Words(
        nb=(
            "{where}: «{found}» står ikke i arket «{expected}» i samme levering. Rett det ene, eller legg det"
            " til."
        ),
        nn=(
            "{where}: «{found}» står ikkje i arket «{expected}» i same levering. Rett det eine, eller legg"
            " det til."
        ),
        en=(
            "{where}: “{found}” is not on the sheet “{expected}” of the same delivery. Correct one of them,"
            " or add it."
        ),
    ),
}
"""Sentences on what a reader saw in a cell or row, by rule; filled in with `where`, `found`, `expected`."""

MEANT = Words(nb="Mente du «{meant}»?", nn="Meinte du «{meant}»?", en="Did you mean “{meant}”?")


def cell_message(rule: str, where: Words, found: str = "", expected: str = "") -> Words:
    """The sentence of `CELL_MESSAGES[rule]` with its parts filled in."""
    pattern = CELL_MESSAGES[rule]
    return Words(
        *(
            pattern[language].format(where=where[language], found=found, expected=expected)
            for language in ("nb", "nn", "en")
        )
    )


def row_place(file_name: str, sheet: str, rows: str) -> Words:
    """Where a whole row stands, as a sentence begins."""
    if sheet == file_name:
        return Words(
            nb=f"{file_name}, rad {rows}", nn=f"{file_name}, rad {rows}", en=f"{file_name}, row {rows}"
        )
    return Words(
        nb=f"{file_name}, ark «{sheet}», rad {rows}",
        nn=f"{file_name}, ark «{sheet}», rad {rows}",
        en=f"{file_name}, sheet “{sheet}”, row {rows}",
    )


def file_message(rule: str, **parts: str) -> Words:
    """The sentence of `FILE_MESSAGES[rule]` with its parts filled in."""
    pattern = FILE_MESSAGES[rule]
    return Words(*(pattern[language].format(**parts) for language in ("nb", "nn", "en")))


TYPE_WORDS: dict[type, Words] = {
    int: Words(nb="et helt tall", nn="eit heilt tal", en="a whole number"),
    float: Words(nb="et tall", nn="eit tal", en="a number"),
    dt.date: Words(
        nb="en dato som 31.12.2025 eller 2025-12-31 (dag først, årstall med fire siffer)",
        nn="ein dato som 31.12.2025 eller 2025-12-31 (dag først, årstal med fire siffer)",
        en="a date such as 31.12.2025 or 2025-12-31 (day first, four digits for the year)",
    ),
}
"""How a type is said to a person, when a value cannot be read as it."""

FILLED_IN = Words(nb="fylt ut", nn="fylt ut", en="filled in")
YES_OR_NO = Words(nb="ja eller nei", nn="ja eller nei", en="yes or no")
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
