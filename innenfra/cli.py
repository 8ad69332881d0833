"""The command `innenfra`. Every command is thin, and imports what it needs when it runs.

Belongs here: arguments, exit codes, and turning errors into sentences. The only module of this package
that may call Dagster, the app and the checks, and only from within a command.
Does not belong here: anything that a test would call without a command line.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, TextIO

import pydantic
import typer
from typer.exceptions import TyperException

from innenfra.contracts.words import Words
from innenfra.errors import JobFailedError, UserError
from innenfra.ingest.worker import start_worker
from innenfra.settings import Settings, load, setting_name

app = typer.Typer(
    help="Innenfra: from delivered files to honest comparison.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
database = typer.Typer(help="The private PostgreSQL, or migrations on DATABASE_URL.")
schools = typer.Typer(help="Schools, owners and partnerships.")
registers = typer.Typer(help="Registers.")
people = typer.Typer(help="People who may log in, and their roles.")
demo = typer.Typer(help="The demonstration.")
text = typer.Typer(help="Open log answers.")
quote = typer.Typer(help="Quotes from open answers: two people release one, and the school clears it.")
releases = typer.Typer(help="Releases.")
report = typer.Typer(help="Reports that people hand on, and extracts for research.")
erase = typer.Typer(help="Erasing: a tombstone is left, and nothing of what it was.")
deliver = typer.Typer(help="Delivering as on the page: check, send in, follow, take back, answer.")
deliveries = typer.Typer(help="What is delivered, missing, late or refused.")
reminders = typer.Typer(help="Reminders of what is missing: a list, a calendar, and one mail a week.")
app.add_typer(deliver, name="deliver")
app.add_typer(deliveries, name="deliveries")
app.add_typer(reminders, name="reminders")
app.add_typer(database, name="db")
app.add_typer(schools, name="schools")
app.add_typer(registers, name="registers")
app.add_typer(people, name="people")
app.add_typer(demo, name="demo")
app.add_typer(text, name="text")
app.add_typer(quote, name="quote")
app.add_typer(report, name="report")
app.add_typer(erase, name="erase")
app.add_typer(releases, name="releases")

Paths = Annotated[list[Path], typer.Argument(help="Files or folders.")]
School = Annotated[
    str | None, typer.Option("--school", help="Organisation number, where the file does not say.")
]
NamesFile = Annotated[
    Path | None,
    typer.Option(
        "--names",
        help=(
            "Text file with the school's own list of names, one person a line: taken out of what the files"
            " say, and kept nowhere."
        ),
    ),
]
Unit = Annotated[str, typer.Argument(help="Code or organisation number of the school.")]
IndicatorId = Annotated[str, typer.Argument(help="Indicator of the catalogue, as A1.")]
Period = Annotated[
    str, typer.Argument(help="project, 2025/26, a block of years as 2018/19-2020/21, loop:3 or year:2.")
]
By = Annotated[
    str, typer.Option("--by", help="Who does it: a name of the role, not of the person where that will do.")
]
Reason = Annotated[str, typer.Option("--reason", help="Why, in a word or two; it is kept.")]
NOT_ASKED = Words(
    nb="Registeret kunne ikke spørres, så skolenes numre er ikke kontrollert.",
    nn="Registeret kunne ikkje spørjast, så numra til skulane er ikkje kontrollerte.",
    en="The register could not be asked, so the schools' numbers are not checked.",
)
AsSubject = Annotated[str, typer.Option("--as", help="The login it is asked as, https://issuer|subject.")]
AsRole = Annotated[
    str, typer.Option("--role", help="The role it is asked in: school, university or school_owner.")
]
AsUnit = Annotated[
    str, typer.Option("--unit", help="The unit it is asked for, where the person has several.")
]
Receipt = Annotated[int, typer.Argument(help="Number of the receipt.")]
DONE = "Exit codes: 0 done · 1 it failed."
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


def _url(settings: Settings) -> str:
    from innenfra.database.engine import database_url

    return database_url(settings)


def _show(receipts: list[Any], settings: Settings, as_json: bool) -> None:
    if as_json:
        print(json.dumps([r.as_json() for r in receipts], ensure_ascii=False, indent=1, default=str))
        return
    said = {
        "nb": "{name}: {read} rader lest · {landed} tatt inn · {held} holdt tilbake ({status}, sha256 {sha})",
        "nn": (
            "{name}: {read} rader lesne · {landed} tekne inn · {held} haldne tilbake ({status}, sha256 {sha})"
        ),
        "en": "{name}: {read} rows read · {landed} landed · {held} held back ({status}, sha256 {sha})",
    }[settings.language]
    for r in receipts:
        print(
            said.format(
                name=r.file_name,
                read=r.rows_read,
                landed=r.rows_landed,
                held=r.rows_held_back,
                status=r.status,
                sha=r.sha256[:12],
            )
        )
        _show_findings(r.findings, settings)


@app.command(epilog="Exit codes: 0 fine · 1 findings that block · 2 unreadable or unknown format.")
def check(paths: Paths, school: School = None, names: NamesFile = None, as_json: AsJson = False) -> None:
    """Check files with the very rules of ingest; nothing is stored."""
    settings = load()
    start_worker(settings)
    from innenfra.ingest.names import read_names
    from innenfra.ingest.receive import check_paths, exit_code, registered_schools

    registered = None
    try:
        registered = registered_schools(settings)
    except UserError as error:
        print(f"{NOT_ASKED[settings.language]} {error.words[settings.language]}", file=sys.stderr)
    receipts = check_paths(paths, settings, school, registered, names=read_names(names) if names else ())
    _show(receipts, settings, as_json)
    raise typer.Exit(exit_code(receipts))


@app.command(
    epilog="Exit codes: 0 fine or already delivered · 1 findings that block · 2 unreadable or unknown format."
)
def ingest(paths: Paths, school: School = None, names: NamesFile = None, as_json: AsJson = False) -> None:
    """Take files in and print a receipt for each."""
    settings = load()
    start_worker(settings)
    from innenfra.ingest.names import read_names
    from innenfra.ingest.receive import exit_code, ingest_paths

    receipts = ingest_paths(paths, settings, _url(settings), school, names=read_names(names) if names else ())
    _show(receipts, settings, as_json)
    raise typer.Exit(exit_code(receipts))


@app.command(epilog="Exit codes: 0 done · 1 a step failed.")
def run(
    school: School = None,
    full_refresh: Annotated[
        bool,
        typer.Option("--full-refresh", help="Count every school anew, not only those with new deliveries."),
    ] = False,
    as_of: Annotated[
        dt.datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="The day that numbers are told as of, as 2026-11-27; else today."
        ),
    ] = None,
) -> None:
    """Run the job in process: inbox, checks, models, gate."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from innenfra.database.engine import connect

    settings = load()
    url = _url(settings)
    from orchestration.run import count_of_parts, log_file, run_job

    # that there is no database is told before anything is drawn
    connect(url).close()
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(file=sys.stderr)) as progress:
        task = progress.add_task("inbox", total=count_of_parts(settings, url))
        outcome = run_job(
            settings, url, school, full_refresh=full_refresh, as_of=as_of.date() if as_of else None,
            told=lambda name: progress.update(task, advance=1, description=name),
        )  # fmt: skip
        # what had nothing to do told nothing
        progress.update(task, completed=progress.tasks[task].total)
    for step, seconds in list(outcome.seconds.items())[:5]:
        print(f"  {step:<60}{seconds:6.1f} s", file=sys.stderr)
    if not outcome.succeeded:
        raise JobFailedError(outcome.failed, log_file(settings))


@app.command(epilog="Exit codes: 0 released · 3 the disclosure audit refused.")
def publish(note: Annotated[str | None, typer.Option(help="Why this release is made.")] = None) -> None:
    """Make a release of what passed the gate, or refuse it (exit 3) and name the cells."""
    from orchestration.publishing import publish as make

    settings = load()
    release = make(settings, _url(settings), note)
    print(json.dumps(release.__dict__, ensure_ascii=False))
    raise typer.Exit(3 if release.refused else 0)


@releases.command("diff", epilog="Exit codes: 0 done · 4 no such release.")
def releases_diff(
    one: Annotated[int, typer.Argument(help="Number of the earlier release.")],
    other: Annotated[int, typer.Argument(help="Number of the later release.")],
) -> None:
    """Compare two releases: cells that are new, changed, withdrawn or gone, one JSON document a line."""
    from innenfra.disclosure.comparing import differences_between

    _print_rows(differences_between(_url(load()), one, other))


@app.command(epilog=DONE)
def export(
    relation: Annotated[str, typer.Argument(help="What is published: indicator_value, school, agreement …")],
    subject: Annotated[str, typer.Option("--as", help="The login it is asked as, https://issuer|subject.")],
    role: Annotated[
        str, typer.Option(help="The role it is asked in: university, school_owner, school or engineer.")
    ],
    out: Annotated[Path, typer.Option(help="File to write, ending with .csv or .xlsx.")],
    where: Annotated[
        list[str] | None, typer.Option(help="column=value, once for each column to choose by.")
    ] = None,
) -> None:
    """Take out published rows that a person may see, as a file; every export is written down."""
    from innenfra.database.acting import Actor
    from innenfra.exports import export as take_out

    settings = load()
    wanted = dict(one.split("=", 1) for one in where or [] if "=" in one)
    made = take_out(
        _url(settings),
        Actor(subject, role),
        relation,
        wanted,
        "xlsx" if out.suffix.lower() == ".xlsx" else "csv",
        settings.language,
    )
    out.write_bytes(made.data)
    print(
        json.dumps(
            {"file": out.name, "rows": made.rows_n, "release": made.release_id, "sha256": made.sha256},
            ensure_ascii=False,
        )
    )


@app.command(epilog="Exit codes: 0 found · 4 no such value.")
def explain(
    unit: Unit,
    indicator: IndicatorId,
    period: Period,
    as_json: AsJson = False,
) -> None:
    """Walk a number back to file and row. PERIOD is project, 2025/26, 2018/19-2020/21, loop:3 or year:2."""
    from innenfra.explain import as_text
    from innenfra.explain import explain as look_up

    settings = load()
    found = look_up(_url(settings), unit, indicator, period)
    print(
        json.dumps([e.as_json() for e in found], ensure_ascii=False, indent=1)
        if as_json
        else "\n\n".join(as_text(e, settings.language) for e in found)
    )


@app.command(epilog="Exit codes: 0 done · 1 it is withdrawn already · 4 no such value.")
def withdraw(unit: Unit, indicator: IndicatorId, period: Period, by: By, reason: Reason) -> None:
    """Take a number back until it is issued anew: the next run and release show it to nobody, and earlier
    releases lose it."""
    from innenfra.disclosure.withdrawal import withdraw as start

    print(
        json.dumps(
            {
                "withdrawal": start(_url(load()), unit, indicator, period, by, reason),
                "takes_effect": "innenfra run, then innenfra publish",
            }
        )
    )


@app.command(epilog="Exit codes: 0 done · 1 it is not withdrawn · 4 no such value.")
def reissue(unit: Unit, indicator: IndicatorId, period: Period, by: By) -> None:
    """Lift a withdrawal: the next run and release may show the number again."""
    from innenfra.disclosure.withdrawal import reissue as start

    print(
        json.dumps(
            {
                "withdrawal": start(_url(load()), unit, indicator, period, by),
                "takes_effect": "innenfra run, then innenfra publish",
            }
        )
    )


@app.command(epilog=DONE)
def withdrawals() -> None:
    """Everything that was withdrawn: what, when, by whom and why, and when it was lifted."""
    from innenfra.disclosure.withdrawal import withdrawals as list_withdrawals

    for one in list_withdrawals(_url(load())):
        print(json.dumps(one, ensure_ascii=False, default=str))


def generated() -> dict[str, Callable[[], str]]:
    """Writers of all generated files, by path."""
    from expectations.document import render_checks
    from innenfra.derive.files import GENERATED
    from innenfra.derive.operation import render_commands

    return {
        **GENERATED,
        "docs/reference/checks.md": render_checks,
        "docs/reference/commands.md": lambda: render_commands(app),
    }


@app.command(epilog="Exit codes: 0 current · 1 something is stale.")
def generate(
    check: Annotated[bool, typer.Option("--check", help="Only tell what is stale.")] = False,
) -> None:
    """Write the generated files."""
    from innenfra.derive.files import stale, write_all

    root = Path(__file__).parents[1]
    paths = stale(root, generated()) if check else write_all(root, generated())
    for path in paths:
        print(path)
    raise typer.Exit(1 if check and paths else 0)


@app.command(epilog=DONE)
def template(
    out: Annotated[Path, typer.Option(help="File to write, ending with .xlsx.")],
    school: Annotated[
        str | None,
        typer.Option("--school", help="Organisation number, to begin with what it delivered last."),
    ] = None,
    subject: AsSubject = "",
    role: AsRole = "school",
) -> None:
    """Write the delivery template that schools fill in; with --school and --as, with the school's teams, its
    next loop and what it delivered last."""
    settings = load()
    if school is None:
        from innenfra.derive.template import write_template

        write_template(out, language=settings.language)
        return
    from innenfra.database.acting import Actor
    from innenfra.intake.prefilled import prefill

    made = prefill(_url(settings), Actor(subject, role), school, settings.language, dt.date.today())
    out.write_bytes(made)


def _check_kept(settings: Settings, paths: list[Path], school: str | None, names: Path | None) -> list[Any]:
    """The files as the page keeps and checks them."""
    from innenfra.ingest.names import read_names
    from innenfra.intake.checking import check_uploads
    from innenfra.intake.uploads import keep_paths

    uploads = keep_paths(settings, paths, read_names(names) if names else ())
    return check_uploads(uploads, settings, school, None)


@deliver.command("check", epilog="Exit codes: 0 fine · 1 rows to mend · 2 nothing of it can be taken in.")
def deliver_check(
    paths: Paths,
    school: School = None,
    names: NamesFile = None,
    marked: Annotated[
        Path | None,
        typer.Option(
            help="Folder for the files with remarks, one workbook a file, and for maps of forms to confirm."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check files as the page does: how many rows are in order, and where and what to do where one is not."""
    settings = load()
    start_worker(settings)
    from innenfra.intake.advice import answer_check
    from innenfra.intake.form_map import write_beside
    from innenfra.intake.marked import mark_workbook
    from innenfra.intake.uploads import forget_upload

    code, told = 0, []
    for one in _check_kept(settings, paths, school, names):
        receipt = one.receipt
        code = max(code, 2 if one.is_refused else int(bool(one.errors)))
        if marked is not None and receipt.findings:
            marked.mkdir(parents=True, exist_ok=True)
            made = mark_workbook(one.upload.path, receipt.findings, settings, settings.language)
            (marked / f"{one.upload.path.stem}-merknader.xlsx").write_bytes(made)
        if marked is not None and receipt.form_map is not None:
            marked.mkdir(parents=True, exist_ok=True)
            beside = write_beside(receipt.form_map, school)
            (marked / f"{one.upload.path.stem}-kart.zip").write_bytes(beside)
        forget_upload(one.upload)
        told.append(receipt.as_json())
        if not as_json:
            held = receipt.rows_held_back
            said = answer_check(receipt.rows_read, held, one.is_refused, settings.language)
            print(f"{receipt.file_name}: {said}")
            _show_findings(receipt.findings, settings)
    if as_json:
        print(json.dumps(told, ensure_ascii=False, indent=1, default=str))
    raise typer.Exit(code)


@deliver.command(
    "send", epilog="Exit codes: 0 all sent in · 1 something was not; nothing of that file is in the inbox."
)
def deliver_send(
    paths: Paths,
    subject: AsSubject,
    role: AsRole,
    unit: AsUnit = "",
    school: School = None,
    names: NamesFile = None,
    partly: Annotated[
        bool, typer.Option("--partly", help="Also files of which some rows must be mended first.")
    ] = False,
) -> None:
    """Check files and send them in as someone; each gets a receipt with a number."""
    settings = load()
    start_worker(settings)
    from innenfra.database.acting import Actor
    from innenfra.intake.sending import send_upload
    from innenfra.intake.uploads import forget_upload

    url, code = _url(settings), 0
    for one in _check_kept(settings, paths, school, names):
        receipt = one.receipt
        if one.errors and not (partly and not one.is_refused):
            _show_findings(receipt.findings, settings)
            print(json.dumps({"file": receipt.file_name, "sent": False}, ensure_ascii=False))
            forget_upload(one.upload)
            code = 1
            continue
        number = send_upload(one, Actor(subject, role, unit), settings, url)
        print(
            json.dumps(
                {"file": receipt.file_name, "receipt": number, "school": receipt.school_id},
                ensure_ascii=False,
            )
        )
    raise typer.Exit(code)


@deliver.command("list", epilog=DONE)
def deliver_list(subject: AsSubject, role: AsRole, unit: AsUnit = "", school: School = None) -> None:
    """What was sent in, the newest first, and how far it has come; one JSON document a line."""
    from innenfra.database.acting import Actor
    from innenfra.intake.following import list_submissions

    _print_rows(list_submissions(_url(load()), Actor(subject, role, unit), school or ""))


@deliver.command("status", epilog="Exit codes: 0 found · 4 no such receipt for this person.")
def deliver_status(receipt: Receipt, subject: AsSubject, role: AsRole, unit: AsUnit = "") -> None:
    """How far one receipt has come."""
    from innenfra.database.acting import Actor
    from innenfra.intake.following import STATES, find_submission

    settings = load()
    found = find_submission(_url(settings), Actor(subject, role, unit), receipt)
    print(f"{receipt} {found['file_name']}: {STATES.labels[found['state']][settings.language]}")


@deliver.command("take-back", epilog="Exit codes: 0 done · 1 it is not the sender's, or taken in already.")
def deliver_take_back(receipt: Receipt, subject: AsSubject, role: AsRole, unit: AsUnit = "") -> None:
    """Take back what was sent in and is not taken in yet."""
    from innenfra.database.acting import Actor
    from innenfra.intake.sending import take_back

    settings = load()
    take_back(receipt, Actor(subject, role, unit), settings, _url(settings))


@deliver.command("findings", epilog=DONE)
def deliver_findings(subject: AsSubject, role: AsRole, unit: AsUnit = "", school: School = None) -> None:
    """Open findings on delivered files, each with its number and the school's answer; one JSON document a
    line."""
    from innenfra.database.acting import Actor
    from innenfra.intake.following import list_findings

    _print_rows(list_findings(_url(load()), Actor(subject, role, unit), school or ""))


@deliver.command("answer", epilog="Exit codes: 0 written down · 1 it is not the school's own finding.")
def deliver_answer(
    finding: Annotated[int, typer.Argument(help="Number of the finding, from `innenfra deliver findings`.")],
    words: Annotated[str, typer.Argument(help="Why it is right as it is, in the school's own words.")],
    subject: AsSubject,
    unit: AsUnit = "",
) -> None:
    """Write down why what was found is right as it is; it stands beside the finding from now on."""
    from innenfra.database.acting import Actor
    from innenfra.intake.sending import answer_finding

    answer_finding(finding, words, Actor(subject, "school", unit), _url(load()))


@deliveries.command("list", epilog=DONE)
def deliveries_list(
    subject: AsSubject, role: AsRole, unit: AsUnit = "", school: School = None, as_json: AsJson = False
) -> None:
    """The grid of deliveries that someone may see: a line for each school, file type and period."""
    from dataclasses import asdict

    from innenfra.database.acting import Actor
    from innenfra.intake.cells import answer_cells, name_cell, read_cells, say_cell

    settings = load()
    cells = read_cells(_url(settings), Actor(subject, role, unit))
    cells = [cell for cell in cells if school in (None, cell.school_id)]
    if as_json:
        print(json.dumps([asdict(cell) for cell in cells], ensure_ascii=False, indent=1, default=str))
        return
    print(answer_cells(cells, settings.language))
    for cell in cells:
        print(f"{cell.school_id}  {name_cell(cell, settings.language)}: {say_cell(cell, settings.language)}")


@reminders.command("list", epilog=DONE)
def reminders_list(subject: AsSubject, role: AsRole, unit: AsUnit = "") -> None:
    """What a role of a unit must deliver or mend, the earliest due first."""
    from innenfra.database.acting import Actor
    from innenfra.intake.cells import read_cells
    from innenfra.intake.reminders import name_schools, say_missing, select_missing

    settings = load()
    url = _url(settings)
    schools = name_schools(url)
    for cell in select_missing(read_cells(url, Actor(subject, role, unit)), role, dt.date.today()):
        print(say_missing(cell, schools, settings.language))


@reminders.command("calendar", epilog=DONE)
def reminders_calendar(
    out: Annotated[Path, typer.Option(help="File to write, ending with .ics.")],
    subject: AsSubject,
    role: AsRole,
    unit: AsUnit = "",
) -> None:
    """Write the days on which a role of a unit has something to deliver, as iCalendar."""
    from innenfra.database.acting import Actor
    from innenfra.intake.cells import read_cells
    from innenfra.intake.reminders import name_schools, select_dated, write_calendar

    settings = load()
    url = _url(settings)
    cells = select_dated(read_cells(url, Actor(subject, role, unit)), role, dt.date.today())
    out.write_text(write_calendar(cells, name_schools(url), settings.language), encoding="utf-8", newline="")


@reminders.command("address", epilog="Exit codes: 0 done · 1 no mail address.")
def reminders_address(
    role: Annotated[str, typer.Argument(help="school, university or school_owner.")],
    unit: Annotated[str, typer.Argument(help="Organisation number or code of the unit.")],
    address: Annotated[
        str, typer.Argument(help="Mailbox of the role, never of a person; empty takes it away.")
    ],
) -> None:
    """Write down the mailbox that a unit is reminded at."""
    from innenfra.intake.reminders import keep_address

    keep_address(_url(load()), role, unit, address)


@reminders.command(
    "send", epilog="Exit codes: 0 sent · 1 no mail server is set up, or it is the demonstration."
)
def reminders_send() -> None:
    """Send each unit with a mailbox one mail about what is missing."""
    from innenfra.intake.reminders import send_mails

    settings = load()
    print(json.dumps({"mails": send_mails(_url(settings), settings, dt.date.today())}))


@app.command(epilog=DONE)
def fetch(
    form: Annotated[int, typer.Argument(help="Number of the form at Nettskjema.")],
    into: Annotated[Path, typer.Option(help="Folder for the export; log_rounds.csv is put there by hand.")],
) -> None:
    """Fetch a form's elements and answers from Nettskjema's interface into a folder to deliver."""
    from innenfra.formats.nettskjema.interface import client_of, count_of_submissions

    parts = client_of(load()).parts_of(form)
    into.mkdir(parents=True, exist_ok=True)
    for name, data in parts.items():
        (into / name).write_bytes(data)
    submitted = count_of_submissions(b"".join(d for n, d in parts.items() if n.endswith(".ndjson")))
    print(
        json.dumps(
            {"folder": str(into), "files": sorted(parts), "submitted_n": submitted}, ensure_ascii=False
        )
    )


@app.command("open-data", epilog=DONE)
def open_data(
    out: Annotated[Path, typer.Option(help="Folder to write to; what it holds is what is compared with.")],
    address: Annotated[str, typer.Option(help="Address at which the folder is published, and stays.")],
    organisation: Annotated[str, typer.Option(help="Number of the organisation that publishes.")],
    name: Annotated[str, typer.Option(help="Its name.")],
    contact: Annotated[str, typer.Option(help="E-mail address for questions.")],
    licence: Annotated[str, typer.Option(help="Address of the licence; CC BY 4.0 where not given.")] = "",
) -> None:
    """Write what may be public of the current release: CSV, JSON, a description and what changed."""
    from innenfra.open_data import LICENCE, Publisher, write_open_data

    publisher = Publisher(address, organisation, name, contact, licence or LICENCE)
    for path in write_open_data(_url(load()), out, publisher):
        print(path)


@app.command(epilog=DONE)
def up() -> None:
    """Serve the app."""
    from apps.serve import serve

    serve(load())


@database.command("start", epilog=DONE)
def db_start() -> None:
    """Start the private PostgreSQL."""
    _url(load())


@database.command("stop", epilog=DONE)
def db_stop() -> None:
    """Stop the private PostgreSQL."""
    from innenfra.database import local

    local.stop(load())


@database.command("url", epilog=DONE)
def db_url() -> None:
    """Print the URL of the database in use."""
    print(_url(load()))


@database.command("migrate", epilog=DONE)
def db_migrate() -> None:
    """Bring the database to the newest tables."""
    from innenfra.database import migrate
    from innenfra.database.app_login import set_configured_password

    settings = load()
    url = _url(settings)
    migrate.upgrade(url)
    set_configured_password(settings, url)


@schools.command("load", epilog="Exit codes: 0 done · 1 it failed, or rows were held back.")
def schools_load(
    paths: Paths,
    on: Annotated[
        str,
        typer.Option(
            help=(
                "The day that a list of the national school register is from, as 2026-08-01; empty means"
                " today."
            )
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Load lists of the national school register (NSR), or register CSV files each named by its table."""
    import datetime as dt

    from innenfra.registers import load_klass
    from innenfra.school_register import is_school_register, load_school_register

    settings = load()
    url = _url(settings)
    try:
        day = dt.date.fromisoformat(on) if on else dt.date.today()
    except ValueError as error:
        raise UserError(
            Words(
                nb=f"--on {on}: skriv dagen som 2026-08-01.",
                nn=f"--on {on}: skriv dagen som 2026-08-01.",
                en=f"--on {on}: write the day as 2026-08-01.",
            )
        ) from error
    load_klass(url)
    lists = [path for path in paths if is_school_register(path)]
    _load_registers([path for path in paths if path not in lists], url, sys.stderr if as_json else sys.stdout)
    receipts = [load_school_register(path, url, day) for path in lists]
    if as_json:
        print(json.dumps([r.as_json() for r in receipts], ensure_ascii=False, indent=1, default=str))
    else:
        _show_registers(receipts, settings)
    raise typer.Exit(1 if any(r.held_back for r in receipts) else 0)


@registers.command("load", epilog=DONE)
def registers_load(paths: Paths) -> None:
    """Load register CSV files, each named by its table (school.csv, partnership.csv …)."""
    from innenfra.registers import load_klass

    url = _url(load())
    load_klass(url)
    _load_registers(paths, url, sys.stdout)


def _load_registers(paths: list[Path], url: str, out: TextIO) -> None:
    from innenfra.registers import load_registers

    for name, rows in load_registers(paths, url).items():
        print(f"{name}: {rows}", file=out)


def _show_registers(receipts: list[Any], settings: Settings) -> None:
    said = {
        "nb": (
            "{name}: {read} rader lest · {added} nye skoler · {changed} nye utgaver · {closed} lagt ned ·"
            " {unchanged} som før · {over} ikke skoler · {held} holdt tilbake"
        ),
        "nn": (
            "{name}: {read} rader lesne · {added} nye skular · {changed} nye utgåver · {closed} lagde ned ·"
            " {unchanged} som før · {over} ikkje skular · {held} haldne tilbake"
        ),
        "en": (
            "{name}: {read} rows read · {added} new schools · {changed} new versions · {closed} closed ·"
            " {unchanged} as before · {over} not schools · {held} held back"
        ),
    }[settings.language]
    for r in receipts:
        print(
            said.format(
                name=r.file_name,
                read=r.rows_read,
                added=r.added,
                changed=r.changed,
                closed=r.closed,
                unchanged=r.unchanged,
                over=r.passed_over,
                held=r.held_back,
            )
        )
        _show_findings(r.findings, settings)


def _show_findings(findings: list[Any], settings: Settings) -> None:
    for finding in findings:
        print(f"  {'✗' if finding.severity == 'error' else '!'} {finding.message[settings.language]}")


@people.command("add", epilog=DONE)
def people_add(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="CSV files with subject, label, role, scope and, where wanted, valid_from and valid_to."
        ),
    ] = None,
    subject: Annotated[
        str, typer.Option(help="Issuer and subject of the login, as https://issuer|subject.")
    ] = "",
    label: Annotated[str, typer.Option(help="What the person is called on the list of people.")] = "",
    role: Annotated[str, typer.Option(help="university, school_owner, school, coder or engineer.")] = "",
    scope: Annotated[
        str, typer.Option(help="The institution, owner or school that the role is for; all for engineers.")
    ] = "",
    valid_from: Annotated[
        str, typer.Option("--from", help="First day, as 2026-08-01; empty means today.")
    ] = "",
    valid_to: Annotated[
        str, typer.Option("--to", help="First day that no longer counts; empty means until further notice.")
    ] = "",
) -> None:
    """Add people and roles, from CSV files or from the options."""
    from innenfra.people import Person, add, read_people

    given = [one for path in paths or [] for one in read_people(path)]
    if subject or not given:
        given.append(Person(subject, label or subject, role, scope, valid_from, valid_to))
    print(add(_url(load()), given))


@people.command("deactivate", epilog=DONE)
def people_deactivate(
    subject: Annotated[str, typer.Argument(help="Issuer and subject of the login.")],
) -> None:
    """Take all sight from a person, from the next question on."""
    from innenfra.people import deactivate

    deactivate(_url(load()), subject)


@people.command("list", epilog=DONE)
def people_list(as_json: AsJson = False) -> None:
    """Everybody with their roles."""
    from innenfra.people import list_people

    found = [one.__dict__ for one in list_people(_url(load()))]
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for one in found:
        print("\t".join("" if value is None else str(value) for value in one.values()))


def _print_rows(rows: list[Any]) -> None:
    """Rows, one JSON document per line."""
    for row in rows:
        plain = row if isinstance(row, dict) else row.__dict__
        print(json.dumps(plain, ensure_ascii=False, default=str))


@text.command("retention", epilog=DONE)
def text_retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what is due.")] = False,
) -> None:
    """Erase open answers of the rounds whose last day has passed, and tell how many."""
    import datetime as dt

    from innenfra.erasure import retention

    settings = load()
    _print_rows(retention(_url(settings), settings, dt.date.today(), dry_run=dry_run))


As = Annotated[str, typer.Option("--as", help="The login it is done as, https://issuer|subject.")]
Quote = Annotated[int, typer.Argument(help="Number of the quote.")]


@quote.command("propose", epilog=DONE)
def quote_propose(
    answer: Annotated[int, typer.Argument(help="Number of the answer.")],
    coder: As,
    words: Annotated[str, typer.Option(help="The quote.")],
    speaker: Annotated[
        str, typer.Option(help="school_staff or university_staff; never a nearer role.")
    ] = "school_staff",
    paraphrase: Annotated[
        bool, typer.Option("--paraphrase", help="It is told in other words than the answer's.")
    ] = False,
) -> None:
    """Propose a quote from an open answer, and print its number."""
    from innenfra.quotes import propose

    print(propose(_url(load()), coder, answer, speaker, words, in_other_words=paraphrase))


@quote.command("release", epilog=DONE)
def quote_release(number: Quote, coder: As) -> None:
    """Release a quote that another coder proposed. The school sees it, and others when the school has cleared
    it."""
    from innenfra.quotes import release

    release(_url(load()), coder, number)


@quote.command("answer", epilog=DONE)
def quote_answer(
    number: Quote,
    subject: As,
    show: Annotated[bool, typer.Option("--show/--refuse", help="Whether others may see it.")],
) -> None:
    """The school's answer to a released quote: others may see it, or it is withdrawn."""
    from innenfra.quotes import answer

    answer(_url(load()), subject, number, may_be_shown=show)


@quote.command("withdraw", epilog=DONE)
def quote_withdraw(number: Quote, coder: As) -> None:
    """Take a quote back, released or not; its words are deleted."""
    from innenfra.quotes import withdraw

    withdraw(_url(load()), coder, number)


@quote.command("list", epilog=DONE)
def quote_list(coder: As) -> None:
    """Quotes that the coder may see, the newest first."""
    from innenfra.quotes import listed

    for one in listed(_url(load()), coder):
        print(json.dumps(one, ensure_ascii=False, default=str))


@erase.command("delivery", epilog=DONE)
def erase_delivery(
    sha256: Annotated[
        str, typer.Argument(help="The file's hash from its receipt, or its first eight characters or more.")
    ],
    by: By,
    reason: Reason,
) -> None:
    """Erase a file's open answers, quotes from it, and its kept bytes. Another file for the round may be
    delivered."""
    from innenfra.erasure import erase_delivery as start

    settings = load()
    _print_rows(start(_url(settings), settings, sha256, by, reason))


@erase.command("round", epilog=DONE)
def erase_round(
    school: Annotated[str, typer.Option(help="Organisation number of the school.")],
    partnership: Annotated[str, typer.Option(help="Code of the partnership.")],
    loop: Annotated[int, typer.Option(help="Number of the loop.")],
    round_no: Annotated[int, typer.Option("--round", help="Number of the log round within the loop.")],
    by: By,
    reason: Reason,
) -> None:
    """Erase all open answers of a log round, quotes from it, and the kept bytes. Later files bring counts
    only."""
    from innenfra.erasure import erase_round as start

    settings = load()
    which = {"school_id": school, "partnership_id": partnership, "loop_no": loop, "round_no": round_no}
    _print_rows([start(_url(settings), settings, which, by, reason)])


@erase.command("person", epilog=DONE)
def erase_person(
    subject: Annotated[str, typer.Argument(help="Issuer and subject of the login.")], by: By, reason: Reason
) -> None:
    """Take someone out of the list of people, and their login out of what they wrote and released."""
    from innenfra.erasure import erase_person as start

    _print_rows([start(_url(load()), subject, by, reason)])


@erase.command("list", epilog=DONE)
def erase_list() -> None:
    """Everything that was erased: who, when, why and how much."""
    from innenfra.erasure import tombstones

    for one in tombstones(_url(load())):
        print(json.dumps(one, ensure_ascii=False, default=str))


@demo.command("data", epilog=DONE)
def demo_data(
    out: Annotated[Path, typer.Option(help="Folder to write into.")],
    number: Annotated[int, typer.Option("--schools", help="How many schools.")] = 12,
    years: Annotated[int, typer.Option(help="How many school years.")] = 6,
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")] = 2019,
) -> None:
    """Write the delivery files of an invented network; the same bytes for the same seed."""
    from innenfra.demo import write_demo

    write_demo(out, schools=number, years=years, seed=seed)


@demo.command("up", epilog=DONE)
def demo_up(
    serve: Annotated[bool, typer.Option(help="Serve the app at the end.")] = True,
    dagster: Annotated[
        bool, typer.Option(help="Serve Dagster's pages beside it, with the runs of the demonstration.")
    ] = True,
) -> None:
    """Everything from an empty machine to the running app."""
    from innenfra.demo.up import bring_up

    settings = load()
    if serve:
        from apps.serve import check
        from apps.serve import serve as start

        check(settings)
    bring_up(settings, dagster=serve and dagster)
    if serve and dagster:
        from orchestration.serve import dagster_running

        with dagster_running(settings, _url(settings)) as address:
            print(f"  {'Dagster':<14}{address}", file=sys.stderr)
            start(settings)
    elif serve:
        start(settings)


Kind = Annotated[str, typer.Argument(help="county, council, mirror or yearly.")]
About = Annotated[
    str, typer.Option("--about", help="The owner, the school or the partnership that it is about.")
]
ReportPeriod = Annotated[
    str,
    typer.Option("--period", help="Budget year (county, council), loop (mirror) or school year (yearly)."),
]
Subject = Annotated[str, typer.Option("--as", help="The login it is made as, https://issuer|subject.")]
Role = Annotated[str, typer.Option(help="The role it is made in: school_owner, school or university.")]
ReportLanguage = Annotated[
    str, typer.Option("--language", help="nb, nn or en; empty is the language form of the schools.")
]


def _wish(kind: str, about: str, period: str, language: str) -> Any:
    from innenfra.reports.make import Wish
    from innenfra.reports.model import KINDS
    from innenfra.settings import LANGUAGES

    for value, known in ((kind, KINDS), (language, ("", *LANGUAGES))):
        if value not in known:
            listed = ", ".join(filter(None, known))
            raise UserError(
                Words(
                    nb=f"{value} finnes ikke. Velg blant {listed}.",
                    nn=f"{value} finst ikkje. Vel mellom {listed}.",
                    en=f"There is no {value}. Choose among {listed}.",
                )
            )
    return Wish(kind, about, period, language or None)  # type: ignore[arg-type]


@report.command("make", epilog=DONE)
def report_make(
    kind: Kind,
    about: About,
    period: ReportPeriod,
    subject: Subject,
    role: Role,
    out: Annotated[Path, typer.Option(help="File to write, ending with .pdf, .docx, .pptx or .xlsx.")],
    issue: Annotated[bool, typer.Option("--issue", help="Hand it on: kept with its hash.")] = False,
    unit: Annotated[str, typer.Option(help="The unit one acts for, of several.")] = "",
    language: ReportLanguage = "",
) -> None:
    """Make a report as a person may see it; with --issue it is kept and never changes."""
    from innenfra.database.acting import Actor
    from innenfra.reports.issue import keep
    from innenfra.reports.make import WRITERS, app_address, make_report, render

    settings = load()
    wish, actor, url = (
        _wish(kind, about, period, language),
        Actor(subject, role, unit),
        _url(settings),
    )
    file_format = next((known for known in WRITERS if out.suffix.lower() == f".{known}"), None)
    if file_format is None:
        raise UserError(
            Words(
                nb=f"En rapport kan ikke skrives som {out.suffix or out.name}.",
                nn=f"Ein rapport kan ikkje skrivast som {out.suffix or out.name}.",
                en=f"A report cannot be written as {out.suffix or out.name}.",
            )
        )
    made = make_report(url, actor, wish, app_address(settings))
    told: dict[str, Any] = {"file": out.name, "release": made.release}
    if issue:
        kept = keep(url, actor, made, file_format)
        out.write_bytes(kept.data)
        told |= {"report": kept.report_id, "sha256": kept.sha256}
    else:
        out.write_bytes(render(made, file_format))
    told["missing"] = [section.title for section in made.sections if not section.is_filled]
    print(json.dumps(told, ensure_ascii=False))


@report.command("owners", epilog=DONE)
def report_owners(
    period: Annotated[str, typer.Option("--period", help="Budget year.")],
    folder: Annotated[Path, typer.Option(help="Folder to write to, one file for each owner and format.")],
    kind: Annotated[str, typer.Option(help="county or council.")] = "county",
    language: ReportLanguage = "",
) -> None:
    """Make the reports of all school owners that somebody may act for, as drafts."""
    from innenfra.reports.make import app_address, make_for_owners, name_file

    settings = load()
    wish = _wish(kind, "", period, language)
    folder.mkdir(parents=True, exist_ok=True)
    told = {"owners": 0, "without_schools": 0}
    made = make_for_owners(_url(settings), app_address(settings), period, wish.kind, wish.language)
    for _, one, files in made:
        told["owners" if one else "without_schools"] += 1
        for file_format, data in files.items():
            if one:
                (folder / name_file(one, file_format)).write_bytes(data)
    print(json.dumps(told))


@report.command("list", epilog=DONE)
def report_list(kind: Kind, about: About, subject: Subject, role: Role) -> None:
    """Reports that were handed on, the newest first."""
    from innenfra.database.acting import Actor, acting
    from innenfra.reports.issue import list_issued

    settings = load()
    wish = _wish(kind, about, "", "")
    with acting(_url(settings), Actor(subject, role)) as connection:
        for row in list_issued(connection, wish.kind, about):
            print(json.dumps(row, ensure_ascii=False, default=str))


@report.command("differences", epilog=DONE)
def report_differences(
    number: Annotated[int, typer.Argument(help="Number of the report.")], subject: Subject, role: Role
) -> None:
    """What the present release would say otherwise than a report that was handed on."""
    from innenfra.database.acting import Actor
    from innenfra.reports.issue import find_differences
    from innenfra.reports.make import app_address

    settings = load()
    for one in find_differences(_url(settings), Actor(subject, role), number, app_address(settings)):
        print(f"{one.section} · {one.about}: {one.before} → {one.after}")


@report.command("approve", epilog=DONE)
def report_approve(
    project: Annotated[str, typer.Argument(help="Number of the research project.")],
    legal_basis: Annotated[str, typer.Option(help="What it rests on, as the approval says it.")],
    relation: Annotated[
        list[str], typer.Option(help="A published relation that it is given; once for each.")
    ],
    subject: Annotated[
        str, typer.Option("--for", help="The login of the researcher, https://issuer|subject.")
    ],
    until: Annotated[dt.datetime, typer.Option(formats=["%Y-%m-%d"], help="Last day of extracts.")],
    by: By,
) -> None:
    """Write down that a research project may be given extracts."""
    from innenfra.reports.extract import approve

    approve(_url(load()), project, legal_basis, relation, subject, until.date(), by)


@report.command("extract", epilog=DONE)
def report_extract(
    project: Annotated[str, typer.Argument(help="Number of the research project, or of the extract.")],
    out: Annotated[Path, typer.Option(help="File to write, ending with .zip.")],
    unit: Annotated[str, typer.Option(help="The institution one acts for, of several.")] = "",
    again: Annotated[bool, typer.Option("--again", help="An earlier extract, by its number.")] = False,
) -> None:
    """Make an extract for an approved project, with new pseudonyms; it is written down."""
    from innenfra.reports.extract import make_again, make_extract

    url = _url(load())
    made = make_again(url, int(project), unit) if again else make_extract(url, project, unit)
    out.write_bytes(made.data)
    print(json.dumps({"extract": made.extract_id, "rows": made.rows_n, "sha256": made.sha256}))


def main() -> None:
    """Run the command; an error becomes one sentence, or a traceback with --debug."""
    debug = "--debug" in sys.argv
    arguments = [a for a in sys.argv[1:] if a != "--debug"]
    command = typer.main.get_command(app)
    try:
        code = command.main(args=arguments, prog_name="innenfra", standalone_mode=False)
    except typer.Abort:
        sys.exit(130)
    except Exception as error:
        if debug:
            raise
        words, code = in_words(error)
        if words[_language()]:
            print(words[_language()], file=sys.stderr)
    sys.exit(code if isinstance(code, int) else 0)


def in_words(error: Exception) -> tuple[Words, int]:
    """The sentence for an error that stopped a command, and the exit code."""
    if isinstance(error, UserError):
        return error.words, error.exit_code
    if isinstance(error, TyperException) and hasattr(error, "format_message"):
        context = getattr(error, "ctx", None)
        path = context.command_path if context else "innenfra"
        said = error.format_message().rstrip(".")
        if not said:  # no arguments: the help is printed
            return Words("", "", ""), 2
        return (
            Words(
                nb=(
                    f"Kommandoen er ikke forstått ({said}). Skriv «{path} --help» for å se hvordan den"
                    " brukes."
                ),
                nn=(
                    f"Kommandoen er ikkje forstått ({said}). Skriv «{path} --help» for å sjå korleis han blir"
                    " brukt."
                ),
                en=f"The command is not understood ({said}). Write “{path} --help” to see how it is used.",
            ),
            2,
        )
    if isinstance(error, pydantic.ValidationError):
        names = ", ".join(setting_name(str(e["loc"][0])) for e in error.errors() if e["loc"])
        return Words(
            nb=f"Innstillingen {names} har en verdi som ikke går an. Se .env.example for hva den kan være.",
            nn=f"Innstillinga {names} har ein verdi som ikkje går an. Sjå .env.example for kva ho kan vere.",
            en=f"The setting {names} has a value that cannot be. See .env.example for what it may be.",
        ), 1  # fmt: skip
    from innenfra.database.troubles import trouble_of

    own = trouble_of(error)
    if own is not None:
        return own, 1
    kind = type(error).__name__
    if kind in ("UndefinedTable", "InvalidSchemaName", "UndefinedColumn", "UndefinedObject"):
        return (
            Words(
                nb="Databasen mangler tabeller som trengs. Kjør «innenfra db migrate» og så «innenfra run».",
                nn="Databasen manglar tabellar som trengst. Køyr «innenfra db migrate» og så «innenfra run».",
                en=(
                    "The database lacks tables that are needed. Run “innenfra db migrate” and then “innenfra"
                    " run”."
                ),
            ),
            1,
        )
    cause = (
        error if isinstance(error, OSError) else next((a for a in error.args if isinstance(a, OSError)), None)
    )
    if cause is not None and cause.filename:
        return (
            Words(
                nb=(
                    f"{cause.filename} kan ikke leses eller skrives. Kontroller at mappen finnes, og at du"
                    " har tilgang."
                ),
                nn=(
                    f"{cause.filename} kan ikkje lesast eller skrivast. Kontroller at mappa finst, og at du"
                    " har tilgang."
                ),
                en=(
                    f"{cause.filename} cannot be read or written. Check that the folder is there and that you"
                    " have access."
                ),
            ),
            1,
        )
    return (
        Words(
            nb=f"Noe gikk galt ({kind}). Kjør kommandoen igjen med --debug for å se hvor.",
            nn=f"Noko gjekk gale ({kind}). Køyr kommandoen igjen med --debug for å sjå kvar.",
            en=f"Something went wrong ({kind}). Run the command again with --debug to see where.",
        ),
        1,
    )


def _language() -> str:
    try:
        return load().language
    except ValueError:
        return "nb"
