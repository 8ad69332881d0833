"""What the demonstration's partners have written in the app about the last loops of each school.

Belongs here: texts of mirror data, what a school decided to try next, written before the first job so that
the first release shows them. Does not belong here: what files say (`network.py`), who may write
(`innenfra/database/written`).
"""

from __future__ import annotations

import psycopg

from innenfra.demo.access import ISSUER
from innenfra.demo.network import last_loops

ITEMS = (
    (
        (
            "Alle team planla timen sammen, og de fleste skrev ned hva de ventet at elevene ville gjøre.",
            "Hypoteser om elevenes læring",
        ),
        ("Hva gjorde elevene som dere ikke hadde ventet, og hva sier det om oppgaven?", None),
    ),
    (
        (
            "Etteranalysen begynte i det elevene sa og gjorde, ikke i hva læreren burde ha gjort.",
            "Dialogisk etteranalyse",
        ),
        ("Når spurte dere hverandre «hva mener du med det»?", None),
    ),
    (
        (
            "Teamene delte det de fant, i plenum, og flere tok det med til egne timer.",
            "Deling i profesjonsfellesskapet",
        ),
        ("Hvem leder samtalen når prosesslederen ikke er der?", None),
    ),
)
"""Two items a loop, a statement and a question: what it says, and what it was held up against."""

TRIED = (
    "Vi skriver hypotesen ned før timen og leser den høyt først i etteranalysen.",
    "Én i hvert team noterer bare hva elevene sier.",
    "Teamene bytter prosessleder annenhver gang.",
)


def write_story(url: str, schools: int, years: int) -> None:
    """Texts for the mirror data of each school's last two loops, and what is tried after the last."""
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        if cursor.execute("select 1 from dialogue.mirror_text limit 1").fetchone():
            return
        for number, (school_id, partnership, institution, loop_no) in enumerate(last_loops(schools, years)):
            for back in (1, 0):
                items = ITEMS[(number + back) % len(ITEMS)]
                cursor.executemany(
                    "insert into dialogue.mirror_text (school_id, partnership_id, by_subject, mirror_id,"
                    " text, held_up_against) values (%s, %s, %s, %s, %s, %s)",
                    [
                        (
                            school_id,
                            partnership,
                            f"{ISSUER}|university|{institution}",
                            f"S-{loop_no - back}-{n}",
                            text,
                            against,
                        )
                        for n, (text, against) in enumerate(items, start=1)
                    ],
                )
            cursor.execute(
                "insert into dialogue.decision (school_id, partnership_id, by_subject, decided_on,"
                " decision_type, proposed_by, decided_by, mirror_id, effective_loop_no, text)"
                " values (%s, %s, %s, date '2025-06-20', 'organisation', 'teachers', 'development_group', %s,"
                " %s, %s)",
                (
                    school_id,
                    partnership,
                    f"{ISSUER}|school|{school_id}",
                    f"S-{loop_no}-1",
                    loop_no + 1,
                    TRIED[number % len(TRIED)],
                ),
            )
