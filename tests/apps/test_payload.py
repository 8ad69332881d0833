"""Nothing that is protected reaches a browser: every page, every role, all that is sent and all that can be
downloaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from conftest import copy_of
from payload import Received
from planted import AWAITED, FIRST, LAST, WITHHELD, Planted, plant
from playwright.sync_api import BrowserContext, Page, expect
from serving import chromium, free_port, served

from apps import navigation
from apps.words import translator
from innenfra.contracts.access import ROLES
from innenfra.database.local import Server
from innenfra.demo.plants import AWAITING, BREAK
from innenfra.settings import Settings

CHOSEN = f"valgt={AWAITING}&indikator=E3&periode=2024%2F25&klokke=school_year&familie=log_themes"
"""What is chosen in the address: a school that waits, an indicator and a family with withheld numbers, and
the year that waits."""


@dataclass(frozen=True)
class Demonstration:
    """The demonstration's app over planted numbers, and the units of those who have the waiting school in
    sight."""

    app: str
    planted: Planted
    units: dict[str, str]


@pytest.fixture(scope="module")
def demonstration(settings: Settings, server: Server, built_database: str) -> Iterator[Demonstration]:
    url = copy_of(server, built_database)
    planted = plant(url)
    with psycopg.connect(url) as connection:
        owner = connection.execute(
            "select owner_id, left(municipality_no, 2) from register.school where school_id = %s order by"
            " valid_from desc limit 1",
            (AWAITING,),
        ).fetchone()
        university = connection.execute(
            "select party_id from register.partnership_party inner join register.partnership_school using"
            " (partnership_id) where party_type = 'institution' and school_id = %s",
            (AWAITING,),
        ).fetchone()
    assert owner
    assert university
    units = {
        "university": university[0],
        "school_owner": owner[0],
        "school": BREAK,
        "county": owner[1],
        "coder": "all",
        "engineer": "all",
    }
    with served(settings.model_copy(update={"app_port": free_port()}), url) as base:
        yield Demonstration(base, planted, units)


@pytest.fixture(scope="module")
def context() -> Iterator[BrowserContext]:
    with chromium() as browser:
        yield browser.new_context(accept_downloads=True, viewport={"width": 1280, "height": 1000})


def drawers_of(page: Page, received: Received) -> int:
    """Open what stands behind the first and the last number of the page; how many were opened."""
    opening = page.get_by_role("button", name=translator("nb")("drawer.open"))
    n = opening.count()
    wanted = sorted({0, n - 1}) if n else []
    for number in wanted:
        received.press(opening.nth(number))
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
    return len(wanted)


def received_by(
    context: BrowserContext, demonstration: Demonstration, role: str, unit: str, folder: Path
) -> Received:
    """Everything that one person is sent over all pages of their role, files included."""
    page = context.new_page()
    received = Received(page)
    for place in navigation.PAGES:
        received.goto(f"{demonstration.app}/{place.address}?rolle={role}&enhet={unit}&{CHOSEN}")
        assert f"enhet={unit}" in page.url
        assert page.locator("[data-testid='stException']").count() == 0, place.name
        # most pages keep what can be taken away behind one word, some have it in the open
        behind = page.locator(".st-key-take button")
        if received.buttons and behind.count():
            behind.first.click()
        buttons = page.locator("[data-testid='stDownloadButton'] button")
        expect(buttons).to_have_count(len(received.buttons), timeout=30_000)
        for number, button in enumerate(buttons.all()):
            with page.expect_download() as download:
                button.click()
            path = folder / f"{place.name}-{number}"
            download.value.save_as(path)
            received.add_file(path)
        page.keyboard.press("Escape")
        received.drawers += drawers_of(page, received)
    received.opened()
    page.close()
    return received


SEEN: dict[str, str] = {}


@pytest.mark.parametrize("role", ROLES.codes)
def test_no_protected_number_reaches_a_browser(
    context: BrowserContext, demonstration: Demonstration, role: str, tmp_path: Path, figures: dict[str, str]
) -> None:
    received = received_by(context, demonstration, role, demonstration.units[role], tmp_path)
    # an engineer reads behind the gate, as the database lets them
    protected = received.numbers(AWAITED, WITHHELD if role == "engineer" else LAST)
    assert protected == set()
    # what is shown is found, so that what is not found was not there
    if role in navigation.READERS:
        assert received.numbers(FIRST, AWAITED - 1)
        assert received.files > 0
        assert received.drawers > 0
    SEEN[role] = (
        f"{received.frames} frames, {received.files} files, {received.drawers} drawers,"
        f" {len(received.opened()[1]) / 1e6:.1f} MB"
    )
    figures["payload by role"] = (
        "; ".join(f"{one}: {seen}" for one, seen in SEEN.items()) + "; 0 protected numbers"
    )


def test_the_school_itself_receives_what_waits_for_it(
    context: BrowserContext, demonstration: Demonstration, tmp_path: Path
) -> None:
    received = received_by(context, demonstration, "school", AWAITING, tmp_path)
    assert received.numbers(AWAITED, WITHHELD - 1)
    assert received.numbers(WITHHELD, LAST) == set()
