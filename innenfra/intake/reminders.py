"""What is missing and when it was or is due: as a list, as a calendar, and as one mail a week for each unit.

Belongs here: the list, the iCalendar text, the mails and sending them. Nothing is sent in the demonstration,
nor without a mail server in the settings.
Does not belong here: what is expected (`gate_delivery_cell`), when the week's mails go
(`orchestration/schedules.py`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import smtplib
from collections.abc import Iterable, Sequence
from email.message import EmailMessage

from innenfra.contracts.words import Words
from innenfra.database.acting import Actor
from innenfra.database.engine import connect
from innenfra.errors import UserError
from innenfra.intake.cells import Cell, name_cell, read_cells, say_cell
from innenfra.settings import Settings

SENT_BY_ROLE = {
    "school": ("school", "partnership"),
    "university": ("university", "partnership"),
    "school_owner": (),
}
"""Whose deliveries each role is reminded of. Owners are told the state and deliver what they choose."""

REMINDED_DAYS = 365
"""For how long after its day something missing is asked for."""

SUBJECT = Words(
    nb="Innenfra: {n} leveranser mangler", nn="Innenfra: {n} leveransar manglar",
    en="Innenfra: {n} deliveries are missing",
)  # fmt: skip
LEAD = Words(
    nb="Dette mangler eller må rettes. Lever på siden «Lever data».",
    nn="Dette manglar eller må rettast. Lever på sida «Lever data».",
    en="This is missing or must be mended. Deliver on the page “Deliver data”.",
)
LINE = Words(
    nb="{school}: {what} – {state}, frist {due}",
    nn="{school}: {what} – {state}, frist {due}",
    en="{school}: {what} – {state}, due {due}",
)
DUE = Words(nb="Frist: {what}", nn="Frist: {what}", en="Due: {what}")
NO_SERVER = Words(
    nb="Ingen e-posttjener er satt opp. Sett INNENFRA_SMTP_HOST og INNENFRA_SMTP_SENDER.",
    nn="Ingen e-posttenar er sett opp. Set INNENFRA_SMTP_HOST og INNENFRA_SMTP_SENDER.",
    en="No mail server is set up. Set INNENFRA_SMTP_HOST and INNENFRA_SMTP_SENDER.",
)
IN_DEMONSTRATION = Words(
    nb="Demonstrasjonen sender ikke e-post.", nn="Demonstrasjonen sender ikkje e-post.",
    en="The demonstration sends no mail.",
)  # fmt: skip
NO_ADDRESS = Words(
    nb="«{address}» er ikke en e-postadresse.",
    nn="«{address}» er ikkje ei e-postadresse.",
    en="“{address}” is no mail address.",
)


def select_missing(cells: Iterable[Cell], role: str, today: dt.date) -> list[Cell]:
    """What a role must do something about, the earliest due first. What has been due for longer than
    `REMINDED_DAYS` stays in the grid, and nobody is reminded of it any more."""
    since = today - dt.timedelta(days=REMINDED_DAYS)
    mine = [
        cell
        for cell in cells
        if cell.is_to_do
        and cell.sender in SENT_BY_ROLE.get(role, ())
        and (cell.state == "rejected" or cell.due_on is None or cell.due_on >= since)
    ]
    return sorted(mine, key=lambda cell: (cell.due_on or dt.date.max, cell.school_id, cell.file_type))


def select_dated(cells: Sequence[Cell], role: str, today: dt.date) -> list[Cell]:
    """What a role has a day for: what must be done, and what is not yet due."""
    waiting = [
        cell for cell in cells if cell.state == "awaited" and cell.sender in SENT_BY_ROLE.get(role, ())
    ]
    mine = [cell for cell in (*select_missing(cells, role, today), *waiting) if cell.due_on is not None]
    return sorted(mine, key=lambda cell: (cell.due_on or dt.date.max, cell.school_id, cell.file_type))


def name_schools(url: str) -> dict[str, str]:
    """Names of schools by organisation number, as the platform knows them."""
    with connect(url) as connection:
        found = connection.execute("select school_id, name from published.school").fetchall()
    return {row[0]: row[1] for row in found}


def say_missing(cell: Cell, schools: dict[str, str], language: str) -> str:
    """One line: school, what, state and day."""
    return LINE[language].format(
        school=schools.get(cell.school_id, cell.school_id),
        what=name_cell(cell, language),
        state=say_cell(cell, language).split(" ", 1)[1],
        due=f"{cell.due_on:%d.%m.%Y}" if cell.due_on else "–",
    )


# ---------------------------------------------------------------- calendar


def write_calendar(cells: Sequence[Cell], schools: dict[str, str], language: str) -> str:
    """An iCalendar (RFC 5545) with one day for each delivery that is due."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Innenfra//Leveranser//NB", "CALSCALE:GREGORIAN"]
    for cell in cells:
        if cell.due_on is None:
            continue
        key = "/".join((cell.school_id, cell.partnership_id, cell.file_type, cell.period_type, cell.period))
        school = schools.get(cell.school_id, cell.school_id)
        summary = f"{DUE[language].format(what=name_cell(cell, language))} ({school})"
        lines += [
            "BEGIN:VEVENT",
            f"UID:{hashlib.sha256(key.encode()).hexdigest()[:32]}@innenfra",
            f"DTSTAMP:{cell.due_on:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{cell.due_on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{cell.due_on + dt.timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escape(summary)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "\r\n".join(part for line in (*lines, "END:VCALENDAR") for part in _fold(line)) + "\r\n"


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _fold(line: str) -> list[str]:
    """Lines of at most 75 bytes; the following parts begin with a space."""
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > 75:
            parts.append(part)
            part = " "
        part += letter
    return [*parts, part]


# ---------------------------------------------------------------- mail


def keep_address(url: str, role: str, scope_id: str, address: str) -> None:
    """Write down the mailbox of a unit's role; an empty address takes it away."""
    if address and ("@" not in address.strip("@") or any(sign.isspace() for sign in address)):
        raise UserError(Words(*(NO_ADDRESS[lang].format(address=address) for lang in ("nb", "nn", "en"))))
    with connect(url) as connection:
        connection.execute(
            "delete from authz.unit_address where role = %s and scope_id = %s", (role, scope_id)
        )
        if address:
            connection.execute(
                "insert into authz.unit_address values (%s, %s, %s)", (role, scope_id, address)
            )


def list_addresses(url: str) -> list[tuple[str, str, str]]:
    """Role, unit and mailbox of every unit that is reminded."""
    with connect(url) as connection:
        found = connection.execute(
            "select role, scope_id, address from authz.unit_address order by role, scope_id"
        ).fetchall()
    return [(row[0], row[1], row[2]) for row in found]


def write_mails(url: str, settings: Settings, today: dt.date) -> list[EmailMessage]:
    """One mail for each unit with a mailbox that misses something. What a unit is told is what a person of
    the unit sees."""
    schools, mails = name_schools(url), []
    for role, scope_id, address in list_addresses(url):
        subject = _someone_of(url, role, scope_id)
        cells = read_cells(url, Actor(subject, role, scope_id)) if subject is not None else []
        missing = select_missing(cells, role, today)
        if missing:
            mails.append(_mail(address, missing, schools, settings))
    return mails


def _someone_of(url: str, role: str, scope_id: str) -> str | None:
    with connect(url) as connection:
        row = connection.execute(
            "select subject from authz.role_grant inner join authz.person using (subject) where active"
            " and role = %s and scope_id = %s and valid_from <= current_date"
            " and coalesce(valid_to > current_date, true) order by subject limit 1",
            (role, scope_id),
        ).fetchone()
    return None if row is None else str(row[0])


def _mail(address: str, missing: Sequence[Cell], schools: dict[str, str], settings: Settings) -> EmailMessage:
    language = settings.language
    mail = EmailMessage()
    mail["From"], mail["To"] = settings.smtp_sender, address
    mail["Subject"] = SUBJECT[language].format(n=len(missing))
    lines = [f"- {say_missing(cell, schools, language)}" for cell in missing]
    mail.set_content("\n".join((LEAD[language], "", *lines, "")))
    mail.add_attachment(
        write_calendar(missing, schools, language).encode(),
        maintype="text", subtype="calendar", filename="innenfra.ics",
    )  # fmt: skip
    return mail


def send_mails(url: str, settings: Settings, today: dt.date) -> int:
    """Send this week's mails; how many were sent. Raises `UserError` in the demonstration and where no mail
    server is set up."""
    if settings.demo:
        raise UserError(IN_DEMONSTRATION)
    if not settings.smtp_host or not settings.smtp_sender:
        raise UserError(NO_SERVER)
    mails = write_mails(url, settings, today)
    if not mails:
        return 0
    with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=30) as server:
        if settings.smtp_starttls:
            server.starttls()
        if settings.smtp_user and settings.smtp_password:
            server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
        for mail in mails:
            server.send_message(mail)
    return len(mails)


def is_on(settings: Settings) -> bool:
    """Whether reminders are sent from here."""
    return not settings.demo and bool(settings.smtp_host and settings.smtp_sender)
