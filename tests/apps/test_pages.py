"""The app in a real browser, on the demonstration's release."""

from __future__ import annotations

import re
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from conftest import copy_of
from playwright.sync_api import Browser, Page, expect
from serving import chromium, free_port, served, settled

from apps.navigation import Page as Named
from apps.navigation import pages_of
from apps.sentences import shown
from apps.words import norwegian_sort_key, translator
from innenfra.contracts.access import ROLES
from innenfra.database.local import Server
from innenfra.demo.plants import BREAK, SJOSIDEN
from innenfra.settings import Settings

WORDS = translator("nb")


@pytest.fixture(scope="module")
def address(built_database: str, settings: Settings) -> Iterator[str]:
    with served(settings.model_copy(update={"app_port": free_port()}), built_database) as base:
        yield base


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as made:
        yield made


def opened(browser: Browser, url: str, width: int = 1280, scheme: str = "light") -> tuple[Page, set[str]]:
    page = browser.new_page(
        viewport={"width": width, "height": 1000}, color_scheme="dark" if scheme == "dark" else "light"
    )
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.goto(url)
    settled(page)
    return page, hosts


def look(page: Page, width: int, scheme: str) -> None:
    """Have the page as wide and as dark as it is to be looked at, and drawn anew so."""
    page.set_viewport_size({"width": width, "height": 1000})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.reload()
    settled(page)


UNITS = {
    "university": "UH2",
    "school": BREAK,
    "school_owner": "",
    "county": "18",
    "coder": "all",
    "engineer": "all",
}
LOOKS = ((1400, "light"), (1400, "dark"), (390, "light"))
EVERY_PAGE = [(role, page) for role in ROLES.codes for page in pages_of(role)]
AXE = (Path(__file__).parents[1] / "fixtures" / "axe" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
FIRST_SCREEN = {1400: 320, 390: 560}
"""Pixels above which a page's main visual begins."""


def find_barriers(page: Page) -> list[str]:
    """What axe-core finds."""
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:160]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize(("role", "of"), EVERY_PAGE, ids=[f"{role}-{page.name}" for role, page in EVERY_PAGE])
def test_every_page_answers_without_barriers(browser: Browser, address: str, role: str, of: Named) -> None:
    unit = f"&enhet={UNITS[role]}" if UNITS[role] else ""
    page, hosts = opened(browser, f"{address}/{of.address}?rolle={role}{unit}", *LOOKS[0])
    for width, scheme in LOOKS:
        if (width, scheme) != LOOKS[0]:
            look(page, width, scheme)
        assert page.locator("h1").count() == 1
        sentence = page.locator("h1").inner_text()
        assert sentence not in (WORDS(f"page.{of.name}"), "Innenfra")
        assert page.evaluate("document.documentElement.lang") == "nb"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("[data-testid='stException']").count() == 0
        assert page.get_by_role("navigation", name=WORDS("frame.part.menu")).count() == 1
        assert hosts == {urlsplit(address).netloc}
        visuals = page.locator("[data-testid='stVegaLiteChart']")
        tables = page.locator("main table")
        assert visuals.count() <= 8
        assert page.locator("main button, main input, main textarea").count() <= 60
        if visuals.count():
            visuals.first.locator("svg").wait_for(timeout=30_000)
            # a page's main visual is a chart or a table
            firsts = [visuals.first, *([tables.first] if tables.count() else [])]
            tops = [box["y"] for box in (one.bounding_box() for one in firsts) if box]
            assert min(tops) <= FIRST_SCREEN[width], (of.name, width)
        assert find_barriers(page) == [], (of.name, width, scheme)
    page.close()


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_each_page_speaks_its_readers_language(browser: Browser, address: str, language: str) -> None:
    words = translator(language)
    page, _ = opened(browser, f"{address}/speildata?rolle=school&enhet={BREAK}&lang={language}")
    assert page.evaluate("document.documentElement.lang") == language
    question = words("log.item.utbytte")
    assert page.get_by_text(question).first.is_visible()
    charts = page.locator("[data-testid='stVegaLiteChart']")
    charts.first.locator("svg").wait_for(timeout=30_000)
    told = " ".join(one.get_attribute("aria-label") or "" for one in page.locator("[aria-label]").all())
    assert question in told
    page.close()


def test_back_undoes_a_choice_and_a_link_holds_it(browser: Browser, address: str) -> None:
    page, _ = opened(browser, f"{address}/skolene?rolle=university&enhet=UH2")
    pressed = page.locator(".st-key-choice_vis button[aria-checked='true']")
    before = pressed.inner_text()
    page.locator(".st-key-choice_vis button").last.click()
    page.wait_for_url("**vis=school**")
    settled(page)
    assert pressed.inner_text() != before
    chosen = page.url
    page.go_back()
    page.wait_for_function("!location.search.includes('vis=')")
    settled(page)
    expect(pressed).to_have_text(before)
    page.close()
    again, _ = opened(browser, chosen)
    expect(again.locator(".st-key-choice_vis button[aria-checked='true']")).not_to_have_text(before)
    # what was chosen is there when one comes back over the menu
    again.get_by_role("link", name=WORDS("page.compare")).click()
    again.wait_for_url("**/sammenlign**")
    settled(again)
    again.get_by_role("link", name=WORDS("page.schools")).click()
    again.wait_for_url("**/skolene?**vis=school**")
    again.close()


def test_an_address_that_names_what_is_closed_is_answered_in_a_sentence(
    browser: Browser, address: str
) -> None:
    page, _ = opened(browser, f"{address}/speildata?rolle=university&enhet=UH2&valgt={SJOSIDEN}")
    said = page.get_by_test_id("stAlert").first.inner_text()
    assert "ikke har tilgang til" in said
    assert re.search(r"Viser S\d\d .* i stedet", said)
    page.close()


def test_what_a_page_shows_can_be_taken_away(browser: Browser, address: str, tmp_path: Path) -> None:
    page, _ = opened(browser, f"{address}/sammenlign?rolle=university&enhet=UH2&indikator=C1")
    sentence = page.locator("h1").inner_text().replace("\u2060", "")
    page.locator(".st-key-take button").first.click()
    files = {}
    buttons = page.locator("[data-testid='stDownloadButton'] button")
    expect(buttons).to_have_count(4)
    for button in buttons.all():
        with page.expect_download() as download:
            button.click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        files[path.suffix] = path
    assert files.keys() == {".xlsx", ".zip", ".png", ".svg"}
    assert files[".png"].read_bytes().startswith(b"\x89PNG")
    drawn = files[".svg"].read_text(encoding="utf-8")
    assert "S04 Holmen" in drawn
    with zipfile.ZipFile(files[".zip"]) as archive:
        assert set(archive.namelist()) == {"tall.csv", "README.txt"}
        assert sentence in archive.read("README.txt").decode("utf-8-sig")
        assert archive.read("tall.csv").decode("utf-8-sig").startswith("Skole;Tallet;")
    with zipfile.ZipFile(files[".xlsx"]) as workbook:
        assert "Om tallene" in workbook.read("xl/workbook.xml").decode()
    page.close()


def test_where_a_number_comes_from_is_one_press_away(
    browser: Browser, address: str, figures: dict[str, str]
) -> None:
    page, _ = opened(browser, f"{address}/sammenlign?rolle=university&enhet=UH2&indikator=C1")
    started = time.monotonic()
    page.get_by_role("button", name=WORDS("drawer.open")).click()
    page.get_by_role("dialog").get_by_text("Slik er det regnet").wait_for(timeout=30_000)
    figures["where a number comes from, s"] = f"{time.monotonic() - started:.1f}"
    page.close()


def test_protected_number_is_said_to_be_protected(browser: Browser, address: str) -> None:
    page, _ = opened(
        browser, f"{address}/sammenlign?rolle=university&enhet=UH1&indikator=E3&klokke=school_year"
    )
    said = page.locator("[data-testid='stMarkdown']", has_text="S03 Fjordgløtt").last.inner_text()
    line = next(one for one in said.splitlines() if "S03" in one)
    assert line.startswith("▣")
    assert "Skjermet (færre enn fem personer)" in line
    page.close()


def test_a_page_that_fails_says_one_sentence_and_the_log_says_where(
    browser: Browser, built_database: str, server: Server, settings: Settings
) -> None:
    url = copy_of(server, built_database)
    with psycopg.connect(url) as connection:
        connection.execute("alter table published.indicator_measure rename to hidden")
    elsewhere = settings.model_copy(update={"app_port": free_port()})
    with served(elsewhere, url) as base:
        page = browser.new_page()
        page.goto(f"{base}/skolen?rolle=school&enhet={SJOSIDEN}")
        said = page.get_by_test_id("stAlert").filter(has_text="gikk galt").inner_text(timeout=30_000)
        everything = page.content()
        page.close()
    code = re.fullmatch(translator("nb")("error", id="([0-9a-f]{8})"), said.strip())
    assert code, said
    assert not re.search("Traceback|psycopg|indicator_measure|reader.py", everything)
    log = (settings.home / f"app-{elsewhere.app_port}.log").read_text()
    assert f"{code[1]} UndefinedTable" in log
    assert "reader.py" in log


def test_states_never_look_alike() -> None:
    t = translator("nb")
    common = {"numerator": None, "denominator": None, "value": None, "unit": "share", "bound": "="}
    states = (
        "not_collected",
        "not_in_design",
        "not_applicable",
        "insufficient",
        "suppressed",
        "awaiting_member_check",
        "withdrawn",
    )
    texts = [shown(common | {"status": s}, t) for s in states]
    zero = shown(common | {"status": "stated_zero", "numerator": 0.0, "denominator": 9.0, "value": 0.0}, t)
    assert zero == "0/9"
    assert len({*texts, zero}) == len(states) + 1


def test_per_cent_only_from_twenty() -> None:
    t = translator("nb")
    row = {
        "status": "observed",
        "unit": "share",
        "bound": "=",
        "numerator": 7.0,
        "denominator": 9.0,
        "value": 7 / 9,
    }
    assert shown(row, t) == "7/9"
    assert shown(row | {"numerator": 30.0, "denominator": 40.0, "value": 0.75}, t) == "30/40 (75\u00a0%)"


def test_norwegian_order() -> None:
    assert sorted(["Åsen", "Øvre", "Ærlig", "Aasen", "Berg"], key=norwegian_sort_key) == [
        "Berg",
        "Ærlig",
        "Øvre",
        "Åsen",
        "Aasen",
    ]
