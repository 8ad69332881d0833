"""Pages of records in a real browser: what each answers, and what is written in them."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from conftest import copy_of
from playwright.sync_api import Browser, Page
from serving import chromium, free_port, served, settled

from apps.words import translator
from innenfra.database.local import Server
from innenfra.demo.plants import LATE, SJOSIDEN
from innenfra.settings import Settings

PAGES = {
    "sloyfer": ("school", "university"),
    "stotte": ("school", "university"),
    "utvikling": ("school", "university"),
    "avtalen": ("school", "university", "school_owner"),
    "forbered-speildata": ("university",),
    "var-del": ("university",),
}
UNITS = {"school": LATE, "university": "UH2", "school_owner": ""}


@pytest.fixture(scope="module")
def url(server: Server, built_database: str) -> str:
    return copy_of(server, built_database)


@pytest.fixture(scope="module")
def address(url: str, settings: Settings) -> Iterator[str]:
    with served(settings.model_copy(update={"app_port": free_port()}), url) as base:
        yield base


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as made:
        yield made


def opened(
    browser: Browser, address: str, page: str, role: str, unit: str, width: int = 1280, **more: str
) -> Page:
    made = browser.new_page(viewport={"width": width, "height": 1200})
    asked = "&".join(
        f"{name}={value}" for name, value in {"rolle": role, "enhet": unit, **more}.items() if value
    )
    made.goto(f"{address}/{page}?{asked}")
    settled(made)
    return made


@pytest.mark.parametrize("page", PAGES)
def test_each_page_answers_each_of_its_roles(browser: Browser, address: str, page: str) -> None:
    for role in PAGES[page]:
        for width, language in ((1280, "nb"), (390, "nn"), (1280, "en")):
            made = opened(browser, address, page, role, UNITS[role], width, lang=language)
            assert made.locator("[data-testid='stException']").count() == 0, (page, role, language)
            assert len(made.locator("h1").first.inner_text()) > 15
            assert made.evaluate("document.documentElement.scrollWidth") <= width
            # every chart says what it shows to those who do not see it
            for chart in made.locator("[data-testid='stVegaLiteChart']").all():
                assert chart.locator("[aria-label], [role='img']").count() or chart.get_attribute(
                    "aria-label"
                )
            made.close()


def test_the_first_screen_says_what_is_done_of_what_was_agreed(browser: Browser, address: str) -> None:
    made = opened(browser, address, "sloyfer", "school", SJOSIDEN)
    assert made.locator("h1").first.inner_text() == "Ni av ni avtalte sløyfer er gjennomført."
    chart = made.locator("[data-testid='stVegaLiteChart']").first.bounding_box()
    assert chart
    assert chart["y"] < 320
    assert "Avtalen ble endret" in made.inner_text("body")
    made.close()


def test_the_school_answers_an_item_and_decides_what_the_next_loop_tries(
    browser: Browser, address: str, url: str
) -> None:
    t = translator("nb")
    made = opened(browser, address, "sloyfer", "school", LATE)
    made.locator(".st-key-answer_form summary").click()
    made.get_by_text("Vi kjenner oss delvis igjen", exact=True).click()
    made.get_by_label(t("forms.comment")).fill("Ring 01020312345 om dette")
    made.get_by_role("button", name=t("forms.save_answer")).click()
    made.get_by_text(t("forms.taken_out")).wait_for(timeout=20_000)
    made.locator(".st-key-decide_form summary").click()
    made.locator(".st-key-decide_form textarea").fill("Vi prøver lengre etteranalyse")
    # a form that is drawn anew may stand there twice for a moment
    form = made.locator(".st-key-decide_form")
    form.get_by_role("button", name=t("forms.save_decision")).last.click()
    made.get_by_text("«Vi prøver lengre etteranalyse»").first.wait_for(timeout=20_000, state="attached")
    made.close()
    with psycopg.connect(url) as connection:
        answered = connection.execute(
            "select school_id, answer, comment from dialogue.mirror_answer"
        ).fetchall()
        decided = connection.execute(
            "select school_id, text, mirror_id from dialogue.decision order by decision_no desc limit 1"
        ).fetchall()
    assert answered == [(LATE, "partly", "Ring […] om dette")]
    assert decided == [(LATE, "Vi prøver lengre etteranalyse", None)]


def test_the_university_writes_the_words_of_an_item_and_sees_them(
    browser: Browser, address: str, url: str
) -> None:
    t = translator("nb")
    made = opened(browser, address, "forbered-speildata", "university", "UH2")
    made.get_by_label(t("draft.words")).fill("Når ber dere om hypoteser før timen?")
    made.get_by_role("button", name=t("draft.save")).click()
    made.get_by_text("«Når ber dere om hypoteser før timen?»").first.wait_for(timeout=20_000)
    made.close()
    with psycopg.connect(url) as connection:
        newest = connection.execute(
            "select text, held_up_against from dialogue.mirror_text order by mirror_text_id desc limit 1"
        ).fetchall()
    assert newest == [("Når ber dere om hypoteser før timen?", None)]


def test_a_party_assesses_a_commitment(browser: Browser, address: str, url: str) -> None:
    t = translator("nb")
    made = opened(browser, address, "avtalen", "school", LATE)
    made.locator(".st-key-assess summary").click()
    made.locator(".st-key-assess").get_by_text("Holdt", exact=True).click()
    made.get_by_role("button", name=t("agreement.save")).click()
    made.get_by_text("Skrevet nå, med i tallene fra neste utgivelse").first.wait_for(timeout=20_000)
    made.close()
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "select school_id, assessed_by, result from dialogue.commitment_review"
        ).fetchall()
    assert rows == [(LATE, "school", "kept")]


def test_a_team_is_named_to_its_own_school_only(browser: Browser, address: str) -> None:
    t = translator("nb")
    for role, unit, is_named in (("school", LATE, True), ("university", "UH2", False)):
        made = opened(browser, address, "sloyfer", role, unit, valgt=LATE if role == "university" else "")
        titles = " ".join(made.locator("summary").all_inner_texts())
        assert (t("loops.sheet.team_list") in titles) == is_named
        assert made.locator(".st-key-sheet_team_list").count() == is_named
        made.close()
