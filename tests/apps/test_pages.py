"""The app in a real browser, on the demonstration's release."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
from conftest import copy_of
from playwright.sync_api import Browser, Page
from serving import chromium, free_port, served

from apps.sentences import shown
from apps.words import norwegian_sort_key, translator
from innenfra.database.local import Server
from innenfra.demo.plants import SJOSIDEN
from innenfra.settings import Settings


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
    page.wait_for_selector("h1", timeout=30_000)
    return page, hosts


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light")])
def test_comparison_page(browser: Browser, address: str, width: int, scheme: str) -> None:
    page, hosts = opened(browser, f"{address}/?rolle=university&enhet=UH2&indikator=C1", width, scheme)
    page.wait_for_selector("table", timeout=30_000)
    cells = [c.inner_text() for c in page.locator("table tbody tr th, table tbody tr td:first-child").all()]
    codes = [c.split()[0] for c in cells if c.startswith("S")]
    assert len(codes) >= 5
    assert codes == sorted(codes)
    assert page.evaluate("document.documentElement.lang") == "nb"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert "/" in page.locator("table").first.inner_text()
    assert page.locator("[data-testid='stException']").count() == 0
    assert hosts == {urlsplit(address).netloc}
    page.close()


def test_protected_number_is_said_to_be_protected(browser: Browser, address: str) -> None:
    page, _ = opened(browser, f"{address}/?rolle=university&enhet=UH1&indikator=E3")
    page.wait_for_selector("table", timeout=30_000)
    row = page.locator("table tbody tr", has_text="S03").inner_text()
    assert "Skjermet (færre enn fem personer)." in row
    assert not any(sign.isdigit() for sign in row.split("Skjermet (færre enn fem personer).")[1])
    page.close()


@pytest.mark.parametrize(
    ("language", "title"),
    [("nb", "Skolen over tid"), ("nn", "Skulen over tid"), ("en", "The school over time")],
)
def test_school_page_in_each_language(browser: Browser, address: str, language: str, title: str) -> None:
    page, hosts = opened(browser, f"{address}/skolen?lang={language}&familie=agreement")
    assert page.locator("h1").first.inner_text() == title
    assert page.evaluate("document.documentElement.lang") == language
    page.wait_for_selector("text=A1 ·", timeout=30_000)
    page.wait_for_selector("canvas, [data-testid='stVegaLiteChart'] svg", timeout=30_000)
    page.wait_for_timeout(1_000)
    assert page.locator("[data-testid='stException']").count() == 0
    assert hosts == {urlsplit(address).netloc}
    page.close()


def test_a_page_that_fails_says_one_sentence_and_the_log_says_where(
    browser: Browser, built_database: str, server: Server, settings: Settings
) -> None:
    url = copy_of(server, built_database)
    with psycopg.connect(url) as connection:
        connection.execute("alter table published.indicator_measure rename to hidden")
    elsewhere = settings.model_copy(update={"app_port": free_port()})
    with served(elsewhere, url) as base:
        page, _ = opened(browser, f"{base}/skolen?rolle=school&enhet={SJOSIDEN}")
        said = page.get_by_role("alert").filter(has_text="gikk galt").inner_text(timeout=30_000)
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
