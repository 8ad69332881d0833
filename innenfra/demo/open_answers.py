"""One log round as the form service exports it: answers one by one, and what people wrote in their own words.

Belongs here: the form's elements and the report of that round; its counts are those of the school's own
sheet.
Does not belong here: counts (`logs.py`).
"""

from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path

from innenfra.demo.writing import Package, Rows, write_folder

_OPEN = "egne_ord"
_WRITTEN = (
    "Det å observere eleven, ikke læreren, gjorde at jeg så ting jeg aldri har sett i min egen time.",
    "Vi brukte for lang tid på å velge tema. Neste gang må målet være klart før vi møtes.",
    "Nyttig at lærerutdanneren stilte spørsmål i stedet for å gi svar.",
    "Eg skulle ønskje vi hadde meir tid til etterarbeidet. Vi var så vidt i gang då tida var ute.",
    "Teamet snakker mer om læring nå enn i fjor. Før handlet det mest om ark og aktiviteter.",
    "Speildataene var ubehagelige, men riktige. Det var vår egen praksis vi så.",
    "Det ble litt mye papir. Malen kunne vært kortere.",
    "Vikar kom ikke, så jeg mistet observasjonen. Da blir evalueringen mest prat.",
    "Forskningstimen gikk annerledes enn vi trodde, og det var det beste med den.",
    "Jeg fikk god hjelp av kollegaen på kari.eksempel@skolen.example til å lage oppgaven.",
    "Fint å dele i hele kollegiet, men ti minutter per team er for lite.",
    "Ring meg gjerne på 912 34 567 om dere vil ha opplegget.",
    "Eg tek med meg spørsmåla frå fase to til eiga undervisning.",
    "For oss nye var det vanskelig å følge med i begynnelsen. Noen burde forklart hva en sløyfe er.",
    "Vi var uenige om hva elevene hadde forstått. Det var en god uenighet.",
    "Ledelsen var med og planla. Det gjorde at vi fikk satt av tid.",
)
"""Some with what must be taken out before it is written: an address of mail and a number of a telephone."""


def write_export(folder: Path, manifest: Rows, forms: Rows, counts: Rows, seed: str) -> None:
    """The export of the round that `counts` tells of, beside the sheet that says which round it is."""
    chance = random.Random(seed)
    first = counts[0]
    items = list(dict.fromkeys(row["item_id"] for row in counts))
    chosen = {
        item: [row["answer_code"] for row in counts if row["item_id"] == item for _ in range(row["n"])]
        for item in items
    }
    for given in chosen.values():
        chance.shuffle(given)
    written = [*_WRITTEN, *[""] * first["submitted_n"]][: first["submitted_n"]]
    chance.shuffle(written)
    package: Package = {"manifest": manifest, "log_rounds": [first]}
    write_folder(folder, package, 1)
    report = io.StringIO()
    writer = csv.writer(report, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(["$submission_id", "$created", *items, _OPEN, "$answer_time_ms"])
    for number in range(first["submitted_n"]):
        handed_in = f"2025-03-03T14:{number:02d}:{chance.randint(10, 59)}+01:00"
        writer.writerow(
            [
                30_000_000 + number,
                handed_in,
                *(chosen[item][number] for item in items),
                written[number],
                chance.randint(60_000, 400_000),
            ]
        )
    (folder / "data-100001.csv").write_text(report.getvalue(), encoding="utf-8")
    (folder / "elements.json").write_text(
        json.dumps(_elements(forms, items), ensure_ascii=False), encoding="utf-8"
    )


def _elements(forms: Rows, items: list[str]) -> Rows:
    """The form: one choice for each item, and a question to answer freely."""
    asked = {row["item_id"]: row for row in forms}
    closed = [
        {
            "elementId": number,
            "sequence": number,
            "elementType": "RADIO",
            "externalElementId": item,
            "text": asked[item]["wording_nb"],
            "isMandatory": True,
            "answerOptions": [
                {"sequence": n, "text": code, "externalAnswerOptionId": code}
                for n, code in enumerate(asked[item]["answer_codes"].split(), start=1)
            ],
        }
        for number, item in enumerate(items, start=1)
    ]
    number = len(closed) + 1
    words = {
        "elementId": number,
        "sequence": number,
        "elementType": "QUESTION_MULTILINE",
        "externalElementId": _OPEN,
        "text": "Med egne ord: hva tar du med deg?",
        "isMandatory": False,
        "answerOptions": [],
    }
    return [*closed, words]
