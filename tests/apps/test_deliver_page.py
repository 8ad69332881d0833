"""Lever data and Leveranser in a real browser, on a copy of the demonstration: from a file with an error to
the school's own number."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import psycopg
import pytest
from conftest import copy_of
from intake.drops import LOOP, PARTNERSHIP, YEAR, write_loop, write_workbook
from playwright.sync_api import Browser, FilePayload, Page, expect
from serving import chromium, free_port, served, settled
from test_pages import find_barriers

from apps.words import translator
from innenfra.database.acting import Actor
from innenfra.database.local import Server
from innenfra.demo.plants import LATE
from innenfra.intake.following import list_findings, list_submissions
from innenfra.settings import LANGUAGES, Settings
from orchestration.publishing import publish
from orchestration.run import run_job

NB = translator("nb")
SCHOOL = Actor(f"demonstration|school|{LATE}", "school", LATE)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLACES = ("lever-data", "leveranser")


@pytest.fixture(scope="module")
def url(server: Server, built_database: str) -> str:
    return copy_of(server, built_database)


@pytest.fixture(scope="module")
def own(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The demonstration's settings, with an inbox in which nothing lies."""
    inbox = tmp_path_factory.mktemp("inbox")
    return settings.model_copy(update={"app_port": free_port(), "inbox": str(inbox)})


@pytest.fixture(scope="module")
def address(url: str, own: Settings) -> Iterator[str]:
    with served(own, url) as base:
        yield base


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as made:
        yield made


def opened(
    browser: Browser, address: str, page: str, role: str = "school", unit: str = LATE, look: str = "light",
    width: int = 1280, **more: str,
) -> Page:  # fmt: skip
    asked = "&".join(f"{name}={value}" for name, value in {"rolle": role, "enhet": unit, **more}.items())
    made = browser.new_page(
        viewport={"width": width, "height": 1200}, color_scheme="dark" if look == "dark" else "light"
    )
    made.goto(f"{address}/{page}?{asked}")
    settled(made)
    return made


def drop(page: Page, *files: tuple[str, bytes]) -> None:
    """Drop files where they are dropped, and wait until they are told of."""
    given: list[FilePayload] = [{"name": name, "mimeType": XLSX, "buffer": data} for name, data in files]
    page.locator("input[type=file]").set_input_files(given)
    for name, _ in files:
        page.locator("[class*=st-key-file]").get_by_text(name, exact=True).first.wait_for(timeout=60_000)
    settled(page)


def said(page: Page) -> str:
    return page.get_by_test_id("stAlert").first.inner_text().replace("\u2060", "")


def states(page: Page) -> list[str]:
    """The states of what was sent, the newest first."""
    table = page.locator("main table").filter(has_text=NB("deliver.receipt")).last
    return [row.locator("td").last.inner_text() for row in table.locator("tbody tr").all()]


def send(page: Page) -> int:
    """Press what sends in, and read the number on the receipt."""
    page.locator(".st-key-send0 button").click()
    page.get_by_test_id("stAlert").filter(has_text="Kvittering").wait_for(timeout=30_000)
    settled(page)
    found = re.search(r"Kvittering (\d+): ", said(page))
    assert found
    return int(found[1])


def test_from_an_error_over_the_receipt_to_the_own_number(
    browser: Browser, address: str, url: str, own: Settings, tmp_path: Path
) -> None:
    loops = opened(browser, address, "sloyfer")
    before = loops.locator("h1").inner_text()
    loops.close()
    page = opened(browser, address, "lever-data")

    # the error is told with sheet, row, column and what to do
    drop(page, ("sloyfe.xlsx", write_workbook(LATE, [240, "4 timer", 240])))
    assert page.locator("h1").inner_text() == "5 av 6 rader er i orden. Én må rettes før den teller med."
    cells = page.locator("main table tbody tr").first.locator("td").all_inner_texts()
    assert [cell.replace("\u2060", "") for cell in cells] == [
        "Teamsløyfer",
        "4",
        "Brukt tid: planlegging",
        "4 timer",
        "Skriv et helt tall.",
    ]
    boxes = page.locator("[data-testid='stVegaLiteChart'] svg")
    boxes.wait_for()
    assert "Teamsløyfer: 3 rader, 1 å rette" in page.content()

    # the same workbook comes back with the cell marked
    with page.expect_download() as download:
        page.get_by_role("button", name=NB("deliver.marked")).click()
    kept = tmp_path / download.value.suggested_filename
    download.value.save_as(kept)
    sheet = openpyxl.load_workbook(kept)["team_loops"]
    (marked,) = [cell for row in sheet.iter_rows(min_row=3) for cell in row if cell.comment]
    assert (marked.value, marked.row) == ("4 timer", 4)

    # nothing is delivered yet; the corrected file of the same name takes its place
    assert list_submissions(url, SCHOOL, LATE) == []
    drop(page, ("sloyfe.xlsx", write_workbook(LATE, [240, 240, 240])))
    expect(page.locator("h1")).to_have_text("Alle 6 radene er i orden.")
    number = send(page)
    assert states(page) == ["Mottatt"]
    assert [path.name for path in Path(own.inbox).iterdir()] == [f"{number:06d}-sloyfe.xlsx"]
    page.close()

    # the run takes it in and checks it; the release shows it
    assert run_job(own, url, school=LATE).succeeded
    page = opened(browser, address, "lever-data")
    assert states(page) == ["I skolens tall"]
    page.close()
    assert not publish(own, url, "slipp").refused
    page = opened(browser, address, "lever-data")
    assert states(page) == ["Utgitt"]
    page.close()
    loops = opened(browser, address, "sloyfer")
    after = loops.locator("h1").inner_text()
    loops.close()
    assert before.startswith("Seks av ti")
    assert after.startswith("Sju av ti")
    grid = opened(browser, address, "leveranser", skolear=YEAR)
    assert f"Teamsløyfer, sløyfe {LOOP}: levert" in grid.content()
    grid.close()


def test_a_correction_takes_the_place_and_the_old_one_is_kept(
    browser: Browser, address: str, url: str, own: Settings
) -> None:
    page = opened(browser, address, "lever-data")
    corrected = write_workbook(
        LATE, [240, 240, 300], delivery_id="slipp-2", supersedes="slipp-1", day=dt.date(2025, 10, 30)
    )
    drop(page, ("sloyfe rettet.xlsx", corrected))
    send(page)
    page.close()
    assert run_job(own, url, school=LATE).succeeded
    page = opened(browser, address, "lever-data")
    assert states(page) == ["I skolens tall", "Erstattet"]
    page.close()
    with psycopg.connect(url) as connection:
        kept = connection.execute(
            "select file_name from inbox.file where received_by = 'upload' and school_id = %s"
            " order by file_id",
            (LATE,),
        ).fetchall()
    assert kept == [("sloyfe.xlsx",), ("sloyfe rettet.xlsx",)]
    grid = opened(browser, address, "leveranser", skolear=YEAR, rute=f"team_loops-{LOOP}-{PARTNERSHIP}")
    shown = grid.locator(".st-key-open_cell").inner_text()
    assert "sloyfe rettet.xlsx" in shown
    grid.close()


def test_what_was_sent_is_taken_back(browser: Browser, address: str, own: Settings) -> None:
    page = opened(browser, address, "lever-data")
    drop(page, ("loops.csv", write_loop(LATE, plan_planning_min=250).getvalue()))
    number = send(page)
    page.get_by_role("button", name=NB("deliver.take_back", number=number)).click()
    page.get_by_text(NB("deliver.taken_back", number=number)).wait_for(timeout=30_000)
    settled(page)
    assert states(page)[0] == "Trukket tilbake"
    assert not list(Path(own.inbox).glob(f"{number:06d}-*"))
    page.close()


def test_several_files_are_told_together_and_taken_away(browser: Browser, address: str) -> None:
    page = opened(browser, address, "lever-data")
    drop(
        page,
        ("loops.csv", write_loop(LATE, plan_planning_min=251).getvalue()),
        ("brev.pdf", b"%PDF-1.7 brev"),
    )
    assert page.locator("[class*=st-key-send] button").count() == 1
    page.locator(".st-key-away1 button").click()
    expect(page.locator("h1")).to_have_text(re.compile("Raden er i orden|Fila kan ikke"))
    page.locator(".st-key-away0 button").click()
    expect(page.locator("h1")).to_have_text(NB("deliver.title"))
    page.close()


def test_the_questions_of_a_form_are_said_once(browser: Browser, address: str, fixtures: Path) -> None:
    """An export of a form is asked about on the page, taken in by what is said, and asked about the next time
    as it was said."""
    (export,) = (fixtures / "formats" / "microsoft_forms" / "without_map").iterdir()
    page = opened(browser, address, "lever-data")
    drop(page, (export.name, export.read_bytes()))
    assert page.locator("h1").inner_text() == NB("log_form.answer")
    assert page.get_by_text(NB("log_form.lead")).is_visible()
    assert find_barriers(page) == []
    button = page.get_by_role("button", name=NB("log_form.confirm"))
    button.click()
    page.get_by_test_id("stAlert").filter(has_text=NB("log_form.invited_n")).wait_for()
    page.get_by_label("Stort utbytte", exact=True).fill("4")
    page.get_by_label(NB("log_form.invited_n")).fill("20")
    page.get_by_label(NB("log_form.submitted_n")).fill("4")
    button.click()
    page.locator("h1", has_text="radene er i orden").wait_for(timeout=60_000)
    settled(page)
    drop(page, (export.name, export.read_bytes()))
    assert page.get_by_text(NB("log_form.kept")).is_visible()
    assert page.get_by_label("Stort utbytte", exact=True).input_value() == "4"
    page.close()


def test_a_file_for_a_school_of_others_is_told_at_once(browser: Browser, address: str) -> None:
    page = opened(browser, address, "lever-data")
    drop(page, ("loops.csv", write_loop("998870011").getvalue()))
    assert "998870011" in said(page)
    assert page.locator("[class*=st-key-send] button").count() == 0
    page.close()


def test_a_school_answers_what_was_found_and_the_partner_sees_it(
    browser: Browser, address: str, url: str, own: Settings
) -> None:
    page = opened(browser, address, "lever-data")
    drop(
        page,
        (
            "sloyfe delvis.xlsx",
            write_workbook(
                LATE,
                [240, 240, "fem timer"],
                delivery_id="slipp-3",
                supersedes="slipp-2",
                day=dt.date(2025, 11, 3),
            ),
        ),
    )
    page.locator(".st-key-send0 button").click()
    page.get_by_test_id("stAlert").filter(has_text="Kvittering").wait_for(timeout=30_000)
    page.close()
    assert run_job(own, url, school=LATE).succeeded
    assert list_findings(url, SCHOOL, LATE)
    page = opened(browser, address, "leveranser", skolear=YEAR, rute=f"team_loops-{LOOP}-{PARTNERSHIP}")
    assert "fem timer" in page.locator(".st-key-open_cell").inner_text()
    page.get_by_label(NB("deliveries.answer"), exact=True).fill("Teamet delte seg i to.")
    page.get_by_role("button", name=NB("deliveries.answer_send")).click()
    beside = page.locator(".st-key-open_cell").get_by_text("Teamet delte seg i to.")
    beside.wait_for(timeout=30_000)
    page.close()


def test_pressing_a_box_opens_it(browser: Browser, address: str) -> None:
    page = opened(browser, address, "leveranser", skolear="2024/25")
    page.locator("[data-testid='stVegaLiteChart'] svg").wait_for()
    heading = page.locator(".st-key-open_cell h2")
    before = heading.inner_text()
    page.locator("[data-testid='stVegaLiteChart'] svg .mark-rect path").nth(3).click(force=True)
    expect(heading).not_to_have_text(before)
    assert "rute=" in page.url
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("width", "look"), [(1400, "light"), (1400, "dark"), (390, "light"), (390, "dark")])
def test_no_barriers_in_any_language_or_look(
    browser: Browser, address: str, language: str, width: int, look: str
) -> None:
    for role, unit in (("school", LATE), ("university", "UH2")):
        for place in PLACES:
            page = opened(browser, address, place, role, unit, look, width, lang=language)
            if place == "lever-data":
                drop(page, ("sloyfe.xlsx", write_workbook(LATE, [240, "4 timer", 240])))
            assert page.locator("[data-testid='stException']").count() == 0
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert find_barriers(page) == [], (role, place)
            page.close()
