"""What a school owner and a county come for, walked in a real browser: clicks are counted, and the answer
stands on the first screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest
from conftest import copy_of
from playwright.sync_api import Browser, Locator, Page, expect
from serving import chromium, free_port, served, settled
from test_roles_pages import read

from apps.words import translator
from innenfra.contracts.access import ROLES
from innenfra.database.local import Server
from innenfra.demo.plants import BREAK
from innenfra.settings import Settings

BODO, FJELLVANG = "998871026", "998871034"
NORDLAND = "18"
SCREEN = 900
TEXT = """() => {
    const copy = document.querySelector("[data-testid='stMain']").cloneNode(true);
    copy.querySelectorAll("[data-testid='stIconMaterial'], style, script").forEach(one => one.remove());
    return copy.textContent;
}"""
"""What stands on the page, without the names of icons."""

t = translator("nb")


@dataclass
class Walk:
    """One person's way through the app, with the clicks it took."""

    page: Page
    clicks: int = 0

    def click(self, place: Locator) -> None:
        """One click, and the page that comes of it."""
        place.click()
        self.clicks += 1
        settled(self.page)

    def is_on_first_screen(self, place: Locator) -> bool:
        """Whether it begins within the window, unscrolled."""
        box = place.first.bounding_box()
        return box is not None and 0 <= box["y"] < SCREEN

    @property
    def text(self) -> str:
        said: str = self.page.evaluate(TEXT)
        return read(said)

    @property
    def answer(self) -> str:
        return read(self.page.locator("h1").inner_text())


@dataclass(frozen=True)
class Place:
    """The app over a copy of the demonstration."""

    app: str
    url: str


@pytest.fixture(scope="module")
def place(built_database: str, server: Server, settings: Settings) -> Iterator[Place]:
    url = copy_of(server, built_database)
    with served(settings.model_copy(update={"app_port": free_port()}), url) as base:
        yield Place(base, url)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as made:
        yield made


@pytest.fixture
def walk(browser: Browser) -> Iterator[Walk]:
    page = browser.new_page(viewport={"width": 1400, "height": SCREEN})
    yield Walk(page)
    page.close()


def go(walk: Walk, place: Place, role: str, unit: str, address: str = "") -> None:
    walk.page.goto(f"{place.app}/{address}?rolle={role}&enhet={unit}&lang=nb")
    settled(walk.page)


def test_an_owner_sees_its_own_commitments_and_the_loops_without_a_click(
    walk: Walk, place: Place, figures: dict[str, str]
) -> None:
    """US-15: the owner's own commitments stand on the first screen, beside rhythm against the plan."""
    go(walk, place, "school_owner", BODO)
    assert walk.page.url.split("?")[0].endswith("/status")
    assert re.match(r"\w+ av \w+ skoler er i rute med avtalen i 20\d\d/\d\d", walk.answer)
    for heading in ("owner.promised", "owner.loops", "owner.money"):
        there = walk.page.get_by_role("heading", name=t(heading), exact=True)
        assert walk.is_on_first_screen(there), heading
    table = walk.page.locator("main table").first
    assert walk.is_on_first_screen(table)
    heads = [one.inner_text() for one in table.locator("th").all()]
    assert [t("owner.we_say"), t("owner.they_say")] == heads[1:3]
    # the schools stand by code, whatever their numbers are
    loops = walk.page.locator("[aria-label^='Sløyfer gjennomført av avtalte']").first
    codes = re.findall(r"S\d\d", loops.get_attribute("aria-label") or "")
    assert codes == sorted(codes)
    assert len(set(codes)) > 2
    # what schools need is there in their own words
    assert "Fast vikar i den timen teamet forsker." in walk.text
    assert re.search(r"av \w+ ber om: vikarordning", walk.text)
    assert walk.clicks == 0
    figures["owner: commitments, loops, money, needs"] = "0 clicks"


def test_an_owner_assesses_what_it_has_promised(walk: Walk, place: Place) -> None:
    go(walk, place, "school_owner", BODO)
    step = walk.page.locator(".st-key-next a")
    assert step.count() == 1
    walk.click(step)
    assert re.search(r"/(avtalen|rapport)\?", walk.page.url)


def test_an_owner_finds_a_difference_and_writes_a_grant(
    walk: Walk, place: Place, figures: dict[str, str]
) -> None:
    go(walk, place, "school_owner", BODO)
    walk.click(walk.page.get_by_role("link", name=t("owner.to_grants")))
    assert "/tilskudd" in walk.page.url
    # the scheme in force first; the one before is one click away and never added to it
    walk.click(walk.page.get_by_role("radio", name="Desentralisert ordning (2021–2025)"))
    assert walk.answer.startswith("Eier og institusjon sier ulikt om")
    difference = walk.page.get_by_text("Tildelt (kr): Bodø kommune")
    assert walk.is_on_first_screen(difference)
    figures["owner: where owner and institution differ"] = f"{walk.clicks} clicks"
    rows = walk.page.locator("main table").first.locator("tbody tr")
    assert "2026" not in "".join(one.inner_text() for one in rows.all())
    before = walk.clicks
    walk.click(walk.page.get_by_text(t("grants.write"), exact=True))
    walk.page.get_by_label(t("owner.money.granted")).fill("123000")
    walk.click(walk.page.get_by_role("button", name=t("grants.send")))
    expect(walk.page.get_by_test_id("stAlert")).to_have_text(t("grants.written"))
    figures["owner: a grant written down"] = f"{walk.clicks - before} clicks"
    with psycopg.connect(place.url) as connection:
        row = connection.execute(
            "select owner_id, reported_by, granted::int, own_share_money, by_subject from dialogue.grant_year"
        ).fetchall()
    assert row == [(BODO, "school_owner", 123_000, None, f"demonstration|school_owner|{BODO}")]


def test_fewer_than_three_schools_are_never_counted_together(walk: Walk, place: Place) -> None:
    with psycopg.connect(place.url) as connection:
        schools = connection.execute(
            "select count(*) from published.school where owner_id = %s", (FJELLVANG,)
        ).fetchone()
    go(walk, place, "school_owner", FJELLVANG)
    if schools and schools[0] < 3:
        assert walk.answer.startswith("Sløyfer gjennomført av avtalte")
        assert t("owner.few") in walk.text
    else:
        assert "i rute med avtalen" in walk.answer


def test_a_school_states_a_need_that_its_owner_reads_from_the_next_release(
    walk: Walk, place: Place, figures: dict[str, str]
) -> None:
    go(walk, place, "school", BREAK, "avtalen")
    walk.click(walk.page.get_by_text(t("agreement.need_save")).first)
    walk.page.get_by_label(t("agreement.need_words")).fill("Ring 01020312345 om møterom til teamene.")
    walk.click(walk.page.get_by_test_id("stFormSubmitButton").filter(has_text=t("agreement.need_save")))
    expect(walk.page.get_by_text("Ring […] om møterom til teamene.")).to_be_visible()
    figures["school: a need stated"] = f"{walk.clicks} clicks"
    with psycopg.connect(place.url) as connection:
        row = connection.execute(
            "select text, still from dialogue.need order by need_id desc limit 1"
        ).fetchone()
    assert row == ("Ring […] om møterom til teamene.", True)
    go(walk, place, "school_owner", BODO)
    assert "om møterom" not in walk.text


def test_a_county_reads_coverage_first_and_why_a_sum_is_not_open(
    walk: Walk, place: Place, figures: dict[str, str]
) -> None:
    """US-17: coverage in the first line; sums over owners, and no school."""
    go(walk, place, "county", NORDLAND)
    assert walk.page.url.split("?")[0].endswith("/fylke")
    said = re.match(r"(\d+) av (\d+) partnerskoler har tall for 20\d\d/\d\d\.", walk.answer)
    assert said
    assert 0 < int(said[1]) <= int(said[2])
    assert walk.is_on_first_screen(walk.page.locator("main table"))
    assert walk.is_on_first_screen(walk.page.get_by_text("Ikke åpent for dere:"))
    assert t("county.who") in walk.text
    assert walk.clicks == 0
    figures["county: coverage, sums, why not"] = "0 clicks"
    with psycopg.connect(place.url) as connection:
        names = [r[0] for r in connection.execute("select distinct name from published.school").fetchall()]
    assert [name for name in names if name in walk.text] == []
    assert not re.search(r"\bS\d\d\b", walk.text)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize(
    ("role", "unit", "address"),
    [
        ("school_owner", BODO, "status"),
        ("school_owner", BODO, "tilskudd"),
        ("school_owner", BODO, "skoler"),
        ("county", NORDLAND, "fylke"),
    ],
)
def test_no_key_and_no_code_stands_on_a_page(
    walk: Walk, place: Place, role: str, unit: str, address: str, language: str
) -> None:
    walk.page.goto(f"{place.app}/{address}?rolle={role}&enhet={unit}&lang={language}")
    settled(walk.page)
    assert role in ROLES.codes
    said = walk.text
    assert not re.search(r"\b[a-z]+_[a-z_]+\b", said), re.findall(r"\b[a-z]+_[a-z_]+\b", said)
    assert not re.search(r"\b(owner|grants|county|own_schools)\.[a-z]", said)
    assert "None" not in said
    assert "nan" not in re.findall(r"\w+", said)
