"""What a database or a disk says no to, as a sentence for whoever meets it.

Belongs here: one sentence for each trouble, and which error is which. Does not belong here: findings about
what was
delivered (`innenfra/findings.py`).
"""

from __future__ import annotations

import errno

import psycopg
from psycopg import errors

from innenfra.contracts.words import Words

DISK_FULL = Words(
    nb="Disken er full. Gi mer plass, og kjør kommandoen igjen; det som var tatt inn, er der.",
    nn="Disken er full. Gje meir plass, og køyr kommandoen igjen; det som var teke inn, er der.",
    en="The disk is full. Make room, and run the command again; what was taken in is there.",
)
READ_ONLY = Words(
    nb=(
        "Databasen tar ikke imot endringer: tjeneren er bare til lesing. Sett DATABASE_URL til den som kan"
        " skrives til."
    ),
    nn=(
        "Databasen tek ikkje imot endringar: tenaren er berre til lesing. Set DATABASE_URL til den som kan"
        " skrivast til."
    ),
    en=(
        "The database takes no changes: the server is read-only. Set DATABASE_URL to the one that can be"
        " written to."
    ),
)
NO_CONNECTION_FREE = Words(
    nb="Databasen har ingen ledig tilkobling. Vent litt og prøv igjen, eller øk max_connections på tjeneren.",
    nn="Databasen har ingen ledig tilkopling. Vent litt og prøv igjen, eller auk max_connections på tenaren.",
    en=(
        "The database has no free connection. Wait a little and try again, or raise max_connections on the"
        " server."
    ),
)
CANCELLED = Words(
    nb="En spørring ble avbrutt, av noen eller fordi den tok for lang tid. Kjør kommandoen igjen.",
    nn="Ei spørjing vart avbroten, av nokon eller fordi ho tok for lang tid. Køyr kommandoen igjen.",
    en="A query was cancelled, by somebody or because it took too long. Run the command again.",
)
WRONG_PASSWORD = Words(
    nb="Databasen kjenner ikke brukernavnet og passordet i DATABASE_URL. Kontroller dem.",
    nn="Databasen kjenner ikkje brukarnamnet og passordet i DATABASE_URL. Kontroller dei.",
    en="The database does not know the user name and password in DATABASE_URL. Check them.",
)
NO_SUCH_DATABASE = Words(
    nb=(
        "Tjeneren har ingen database med det navnet. Kontroller slutten av DATABASE_URL, eller opprett"
        " databasen."
    ),
    nn=(
        "Tenaren har ingen database med det namnet. Kontroller slutten av DATABASE_URL, eller opprett"
        " databasen."
    ),
    en="The server has no database of that name. Check the end of DATABASE_URL, or create the database.",
)
NEWER = Words(
    nb="Databasen er laget av en nyere versjon av Innenfra. Oppgrader programmet; databasen er ikke rørt.",
    nn="Databasen er laga av ein nyare versjon av Innenfra. Oppgrader programmet; databasen er ikkje rørt.",
    en=(
        "The database was made by a newer version of Innenfra. Upgrade the program; the database is left as"
        " it is."
    ),
)

_BY_KIND: tuple[tuple[type[psycopg.Error], Words], ...] = (
    (errors.DiskFull, DISK_FULL),
    (errors.ReadOnlySqlTransaction, READ_ONLY),
    (errors.TooManyConnections, NO_CONNECTION_FREE),
    (errors.QueryCanceled, CANCELLED),
    (errors.InvalidPassword, WRONG_PASSWORD),
    (errors.InvalidAuthorizationSpecification, WRONG_PASSWORD),
    (errors.InvalidCatalogName, NO_SUCH_DATABASE),
)
_BY_WORDS = (
    # a connection that is not made has no code, only the server's words
    ("password authentication failed", WRONG_PASSWORD),
    ("no password supplied", WRONG_PASSWORD),
    ("role ", WRONG_PASSWORD),
    ("too many clients", NO_CONNECTION_FREE),
    ("remaining connection slots", NO_CONNECTION_FREE),
    ("too many connections", NO_CONNECTION_FREE),
    ("no more connections allowed", NO_CONNECTION_FREE),
    ("database ", NO_SUCH_DATABASE),
)
_NOT_THERE = "does not exist"


def trouble_of(error: BaseException) -> Words | None:
    """The sentence for an error, or for what caused it; None where there is none of its own."""
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        words = _of_one(one)
        if words is not None:
            return words
        one = getattr(one, "orig", None) or one.__cause__ or one.__context__
    return None


def _of_one(error: BaseException) -> Words | None:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DISK_FULL
    for kind, words in _BY_KIND:
        if isinstance(error, kind):
            return words
    if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
        said = str(error)
        for part, words in _BY_WORDS:
            if part in said and (not part.endswith(" ") or _NOT_THERE in said):
                return words
    return None
