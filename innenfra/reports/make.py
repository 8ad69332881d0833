"""Making a report: what the app, the command and Dagster call.

Belongs here: from somebody's wish to a report and to files. Does not belong here: keeping it (`issue.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, Literal, cast
from urllib.parse import urlencode

import psycopg

from innenfra.contracts.reports import READERS_OF_KIND
from innenfra.contracts.words import Words
from innenfra.database.acting import Actor, acting
from innenfra.database.engine import connect
from innenfra.errors import UserError
from innenfra.reports.docx import as_docx
from innenfra.reports.gather import gather
from innenfra.reports.model import Kind, Report
from innenfra.reports.pdf import as_pdf
from innenfra.reports.pptx import as_pptx
from innenfra.reports.sections import write
from innenfra.reports.xlsx import as_xlsx
from innenfra.settings import Language, Settings
from innenfra.wording import translator

FileFormat = Literal["pdf", "docx", "pptx", "xlsx"]
WRITERS: dict[FileFormat, Callable[[Report], bytes]] = {
    "pdf": as_pdf,
    "docx": as_docx,
    "pptx": as_pptx,
    "xlsx": as_xlsx,
}
MIME: dict[FileFormat, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FORMATS: dict[Kind, tuple[FileFormat, ...]] = {
    "county": ("docx", "pdf", "xlsx"),
    "council": ("docx", "pdf", "xlsx"),
    "mirror": ("pptx", "pdf", "xlsx"),
    "yearly": ("docx", "pdf", "xlsx"),
}
"""What each kind is handed on as."""


@dataclass(frozen=True)
class Wish:
    """Which report: its kind, the unit and period it is about, and the language; without one, that of the
    schools it is about."""

    kind: Kind
    unit: str
    period: str
    language: Language | None = None


def make(connection: psycopg.Connection, actor: Actor, wish: Wish, app: str) -> Report:
    """The report as the actor may see it, in the actor's own transaction. `app` is the app's address."""
    if actor.role not in READERS_OF_KIND[wish.kind]:
        raise _not_yours(actor.role)
    facts = gather(connection, actor, wish.kind, wish.unit, wish.period)
    language = wish.language or choose_language(facts.schools)
    link = link_of(app, actor, replace(wish, language=language))
    return write(facts, wish.kind, wish.unit, wish.period, language, link)


def choose_language(schools: Iterable[Mapping[str, Any]], otherwise: Language = "nb") -> Language:
    """The language form that most of some schools have, of which it is known."""
    forms = Counter(form for school in schools if (form := school.get("language_form")))
    most = max(forms.values(), default=0)
    found = [form for form, n in forms.items() if n == most]
    return otherwise if not found or otherwise in found else cast(Language, found[0])


def make_report(url: str, actor: Actor, wish: Wish, app: str) -> Report:
    """The same, in a transaction of its own."""
    with acting(url, actor) as connection:
        connection.execute("set transaction read only")
        return make(connection, actor, wish, app)


def render(report: Report, file_format: FileFormat) -> bytes:
    """The report as a file."""
    return WRITERS[file_format](report)


def name_file(report: Report, file_format: FileFormat) -> str:
    """What the file is called."""
    t = translator(report.language)
    parts = ("innenfra", t(f"report.file.{report.kind}"), report.unit_id, report.period.replace("/", "-"))
    return f"{'-'.join(parts)}-r{report.release}.{file_format}"


def link_of(app: str, actor: Actor, wish: Wish) -> str:
    """The address that opens this very report in the app."""
    asked = {
        "rolle": actor.role,
        "enhet": actor.unit or wish.unit,
        "rapport": wish.kind,
        "gjelder": wish.unit,
        "periode": wish.period,
        "lang": wish.language or "nb",
    }
    return f"{app.rstrip('/')}/rapport?{urlencode(asked)}"


def app_address(settings: Settings) -> str:
    """Where people open the app: where the login comes back to, else this machine's."""
    known = settings.auth_redirect_url.removesuffix("/oauth2callback")
    return known or f"http://{settings.app_host}:{settings.app_port}"


def list_owners(url: str) -> list[tuple[str, str]]:
    """School owners that somebody may act for, each with who: reports are made in the name of one who may
    read
    them."""
    query = (
        "select given.scope_id, min(given.subject) from authz.role_grant as given inner join authz.person as"
        " person using (subject) where given.role = 'school_owner' and person.active and given.valid_from <="
        " current_date and (given.valid_to is null or given.valid_to > current_date) group by 1 order by 1"
    )
    with connect(url) as connection:
        return [(str(owner), str(subject)) for owner, subject in connection.execute(query).fetchall()]


def make_for_owners(
    url: str,
    app: str,
    period: str,
    kind: Kind = "county",
    language: Language | None = None,
    formats: tuple[FileFormat, ...] = ("docx", "pdf"),
) -> Iterator[tuple[str, Report | None, dict[FileFormat, bytes]]]:
    """The reports of all owners with their files, one at a time and none kept; None where an owner has no
    school to report on."""
    for owner, report in list_drafts_of_owners(url, app, period, kind, language):
        yield owner, report, {one: render(report, one) for one in formats} if report else {}


def list_drafts_of_owners(
    url: str, app: str, period: str, kind: Kind, language: Language | None
) -> Iterator[tuple[str, Report | None]]:
    """The reports of all owners, one at a time, each as somebody may see it who acts for the owner."""

    def draft(owner: str, subject: str) -> tuple[str, Report | None]:
        actor = Actor(subject, "school_owner", owner)
        try:
            return owner, make_report(url, actor, Wish(kind, owner, period, language), app)
        except UserError:
            return owner, None

    # the database answers for the next owner while the files of this one are written
    with ThreadPoolExecutor(1) as ahead:
        coming: Future[tuple[str, Report | None]] | None = None
        for owner, subject in list_owners(url):
            here, coming = coming, ahead.submit(draft, owner, subject)
            if here is not None:
                yield here.result()
        if coming is not None:
            yield coming.result()


def _not_yours(role: str) -> UserError:
    return UserError(
        Words(
            nb=f"Rollen {role} lager ikke denne rapporten.",
            nn=f"Rolla {role} lagar ikkje denne rapporten.",
            en=f"The role {role} does not make this report.",
        )
    )
