"""The tour of the demonstration, and results handed back to those who answered, in a browser."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect
from serving import chromium, free_port, served, settled

from apps import tour
from apps.results import hash_of
from apps.words import translator
from innenfra.database.acting import Actor, acting
from innenfra.demo.plants import BREAK
from innenfra.settings import Settings

WORDS = translator("nb")
LOOP = "select max(loop_no) from published.loop where school_id = %s"


@pytest.fixture(scope="module")
def address(built_database: str, settings: Settings) -> Iterator[str]:
    with served(settings.model_copy(update={"app_port": free_port()}), built_database) as base:
        yield base


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as made:
        yield made


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    made = browser.new_page(viewport={"width": 1400, "height": 1000})
    yield made
    made.close()


def test_the_tour_leads_over_five_pages(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}/speildata?rolle=school")
    settled(page)
    page.get_by_role("button", name=WORDS("frame.more"), exact=True).click()
    page.get_by_role("link", name=WORDS("tour.start")).click()
    for number in range(1, len(tour.STEPS) + 1):
        dialog = page.locator("section[role='dialog']")
        expect(dialog).to_contain_text(WORDS(f"tour.{number}.title"), timeout=60_000)
        expect(dialog).to_contain_text(WORDS(f"tour.{number}")[:60])
        if tour.STEPS[number - 1].page == "deliver":
            with page.expect_download() as waited:
                dialog.get_by_role("button", name=WORDS("tour.planted")).click()
            planted = tmp_path / "planted.xlsx"
            waited.value.save_as(planted)
        if number < len(tour.STEPS):
            dialog.get_by_role("link").click()
    page.keyboard.press("Escape")
    expect(page.locator("section[role='dialog']")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("tur="))

    page.goto(f"{address}/lever-data?rolle=school")
    settled(page)
    page.locator("input[type=file]").set_input_files(planted)
    for told in ("-120", "nesten", "trinnet"):
        expect(page.locator("main")).to_contain_text(told, timeout=60_000)


def test_an_address_of_a_step_that_is_none_shows_the_page_alone(page: Page, address: str) -> None:
    page.goto(f"{address}/speildata?rolle=school&tur=9")
    settled(page)
    expect(page.locator("section[role='dialog']")).to_have_count(0)


def test_results_go_back_to_those_who_answered(page: Page, address: str, built_database: str) -> None:
    page.goto(f"{address}/speildata?rolle=school&enhet={BREAK}")
    settled(page)
    page.get_by_text(WORDS("results.hand_back")).click()
    page.get_by_role("button", name=WORDS("results.make"), exact=True).click()
    link = page.locator("[data-testid='stCode']").filter(has_text="svar=")
    expect(link).to_be_visible(timeout=60_000)
    handed = link.inner_text().strip()
    secret = handed.split("svar=")[1]
    with psycopg.connect(built_database) as connection:
        kept = connection.execute(
            "select token_hash, to_jsonb(link)::text from dialogue.results_link as link"
        ).fetchall()
    assert [one for one, _ in kept] == [hash_of(secret)]
    assert secret not in kept[0][1]

    stranger = page.context.browser.new_page()  # type: ignore[union-attr]
    stranger.goto(f"{address}/?svar={secret}")
    settled(stranger)
    sentence = stranger.locator("h1").inner_text()
    assert "svarte" in sentence or "svarandel" in sentence
    assert stranger.locator("[data-testid='stVegaLiteChart']").count() >= 1
    expect(stranger.locator("main, [data-testid='stMain']").first).to_contain_text(WORDS("results.items"))
    assert stranger.get_by_role("link", name=WORDS("page.compare")).count() == 0

    page.get_by_role("button", name=WORDS("results.close")).click()
    expect(page.get_by_role("button", name=WORDS("results.make"), exact=True)).to_be_visible(timeout=60_000)
    stranger.reload()
    settled(stranger)
    assert stranger.locator("h1").inner_text() == WORDS("results.nothing")


@pytest.mark.parametrize("secret", ["", "x", "0" * 43, "../" * 20, "' or 1=1 --"])
def test_any_other_link_leads_nowhere(page: Page, address: str, secret: str) -> None:
    page.goto(f"{address}/?svar={secret}")
    settled(page)
    assert page.locator("h1").inner_text() == WORDS("results.nothing")


def test_a_link_shows_what_partners_see_and_ends_on_its_day(built_database: str) -> None:
    with psycopg.connect(built_database) as connection:
        row = connection.execute(LOOP, (BREAK,)).fetchone()
        assert row is not None
        partnership = connection.execute(
            "select partnership_id from published.loop where school_id = %s and loop_no = %s",
            (BREAK, row[0]),
        ).fetchone()
        assert partnership is not None
        for secret, until, closed in (
            ("open", dt.date.today(), None),
            ("over", dt.date.today() - dt.timedelta(days=1), None),
            ("closed", dt.date.today(), dt.datetime.now(dt.UTC)),
        ):
            connection.execute(
                "insert into dialogue.results_link (school_id, partnership_id, by_subject, loop_no,"
                " token_hash, expires_on, closed_at) values (%s, %s, 'test|1', %s, %s, %s, %s)",
                (BREAK, partnership[0], row[0], hash_of(secret), until, closed),
            )
        shown = {
            secret: connection.execute("select authz.results_of(%s)", (hash_of(secret),)).fetchone()
            for secret in ("open", "over", "closed")
        }
        assert shown["over"] in (None, (None,))
        assert shown["closed"] in (None, (None,))
        assert shown["open"] is not None
        told = shown["open"][0]
        people = connection.execute(
            "select subject from authz.role_grant where role = 'university'"
        ).fetchall()
        seen: set[str] = set()
        for (subject,) in people:
            with acting(built_database, Actor(subject, "university")) as eyes:
                rows = eyes.execute(
                    "select to_jsonb(shown) from published.indicator_value as shown where school_id = %s",
                    (BREAK,),
                ).fetchall()
                seen |= {json.dumps(one, sort_keys=True) for (one,) in rows}
        assert told["answers"]
        rows = [
            {name: one for name, one in row.items() if name not in ("item", "answer")}
            for row in told["answers"]
        ]
        assert {json.dumps(row, sort_keys=True) for row in rows} <= seen
        waiting = [one for one in told["answers"] if one["status"] == "awaiting_member_check"]
        assert all(one["value"] is None and one["numerator"] is None for one in waiting)
        connection.rollback()
