"""What partners write in the app about their work: masked, short, and refused in sentences.

Belongs here: making words fit to be written, and the sentences for what the database refuses.
Does not belong here: who may write (`innenfra/database/written`), the tables
(`innenfra/contracts/spoken.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

from innenfra.contracts.spoken import LETTERS
from innenfra.contracts.words import Words
from innenfra.errors import UserError
from innenfra.masking import ambiguous, masked

REFUSALS = {
    "not_the_school": Words(
        nb="Bare skolens egne skriver dette. Be skoleledelsen om det.",
        nn="Berre skulens eigne skriv dette. Be skuleleiinga om det.",
        en="Only the school's own people write this. Ask the school's leadership.",
    ),
    "not_the_university": Words(
        nb="Bare institusjonen i partnerskapet skriver tekst til speildata.",
        nn="Berre institusjonen i partnarskapet skriv tekst til speildata.",
        en="Only the partnership's institution writes the texts of mirror data.",
    ),
    "not_a_party": Words(
        nb="Bare partene i avtalen vurderer forpliktelsene i den.",
        nn="Berre partane i avtalen vurderer pliktene i han.",
        en="Only the parties to the agreement assess its commitments.",
    ),
    "not_your_grant": Words(
        nb="Dere skriver bare om egne tilskudd, i partnerskap som dere er med i.",
        nn="De skriv berre om eigne tilskot, i partnarskap som de er med i.",
        en="You write about your own grants only, in partnerships that you are part of.",
    ),
    "owner_is_not_in_the_partnership": Words(
        nb="Skoleeieren har ingen skole i dette partnerskapet. Velg et annet partnerskap.",
        nn="Skuleeigaren har ingen skule i dette partnarskapet. Vel eit anna partnarskap.",
        en="The school owner has no school in this partnership. Choose another partnership.",
    ),
    "no_such_item": Words(
        nb="Fant ikke dette i speildataene. Last siden på nytt og prøv igjen.",
        nn="Fann ikkje dette i speildataa. Last sida på nytt og prøv igjen.",
        en="This was not found in the mirror data. Load the page again and try once more.",
    ),
    "no_such_partnership": Words(
        nb="Skolen er ikke med i dette partnerskapet.",
        nn="Skulen er ikkje med i dette partnarskapet.",
        en="The school is not part of this partnership.",
    ),
    "no_such_commitment": Words(
        nb="Fant ikke forpliktelsen i avtalen. Last siden på nytt og prøv igjen.",
        nn="Fann ikkje plikta i avtalen. Last sida på nytt og prøv igjen.",
        en="The commitment was not found in the agreement. Load the page again and try once more.",
    ),
    "no_such_loop": Words(
        nb="Skolen har ikke denne sløyfa. Last siden på nytt og prøv igjen.",
        nn="Skulen har ikkje denne sløyfa. Last sida på nytt og prøv igjen.",
        en="The school does not have this loop. Load the page again and try once more.",
    ),
    "no_such_day": Words(
        nb="En lenke kan vare fra i dag og høyst ett år.",
        nn="Ei lenkje kan vare frå i dag og høgst eitt år.",
        en="A link may last from today and for one year at most.",
    ),
}
"""What the database says no to, by its code."""

TOO_LONG = Words(
    nb="Teksten har {n} tegn. Kort den ned til høyst {most}.",
    nn="Teksten har {n} teikn. Kort han ned til høgst {most}.",
    en="The text has {n} characters. Shorten it to at most {most}.",
)
BROKEN_RULE = Words(
    nb="Teksten er tom, for lang, eller har fortsatt noe som ligner et nummer eller en adresse. Rett den.",
    nn="Teksten er tom, for lang, eller har framleis noko som liknar eit nummer eller ei adresse. Rett han.",
    en="The text is empty, too long, or still has something like a number or an address in it. Correct it.",
)


@dataclass(frozen=True)
class Prepared:
    """Words as they would be written. `taken_out` says whether something was masked, `names` what in them
    looks
    like names."""

    text: str
    taken_out: bool
    names: tuple[str, ...]


def prepare(words: str) -> Prepared:
    """Words without identifiers, with what looks like a name; UserError where they are too long."""
    said = " ".join(words.split())
    if len(said) > LETTERS:
        values = {"n": len(said), "most": LETTERS}
        raise UserError(Words(*(TOO_LONG[lang].format(**values) for lang in ("nb", "nn", "en"))))
    text = masked(said).text
    return Prepared(text, text != said, ambiguous(text))


@contextmanager
def told() -> Iterator[None]:
    """What the database refuses, as a sentence."""
    try:
        yield
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.NoDataFound) as error:
        code = error.diag.message_primary or ""
        if code not in REFUSALS:
            raise
        raise UserError(REFUSALS[code]) from error
    except (psycopg.errors.CheckViolation, psycopg.errors.NotNullViolation) as error:
        raise UserError(BROKEN_RULE) from error
