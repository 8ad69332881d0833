"""A number that is not released yet, as its school meets it, and nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from conftest import copy_of
from playwright.sync_api import expect
from serving import chromium, free_port, served, settled

from apps.navigation import PAGES
from apps.words import translator
from innenfra.contracts.vocabulary import VALUE_MARKS
from innenfra.database import local
from innenfra.demo.plants import TWO_INSTITUTIONS
from innenfra.settings import Settings
from orchestration.early import show_early

INDICATOR = "C1"
PAGE = next(page.address for page in PAGES if page.name == "school")


@dataclass(frozen=True)
class Corrected:
    """A school of which one count is another since the release."""

    url: str
    family: str
    period: str
    now: int
    released: int
    out_of: int


@pytest.fixture(scope="module")
def corrected(server: local.Server, built_database: str) -> Corrected:
    url = copy_of(server, built_database)
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "update gate.indicator_value set numerator = numerator - 1, value = (numerator - 1) / denominator"
            " where ctid = (select ctid from gate.indicator_value where school_id = %s and indicator_id = %s"
            " and period_type = 'school_year' and slice = '{}' and numerator > 2 order by period desc limit"
            " 1) returning period, numerator::int, denominator::int",
            (TWO_INSTITUTIONS, INDICATOR),
        ).fetchone()
        family = connection.execute(
            "select family from published.indicator where indicator_id = %s and is_current", (INDICATOR,)
        ).fetchone()
        assert row
        assert family
        made = show_early(connection, "look")
        assert (made.schools, made.values, made.found) == (1, 1, {})
    return Corrected(url, family[0], row[0], row[1], row[1] + 1, row[2])


@pytest.fixture(scope="module")
def address(corrected: Corrected, settings: Settings) -> Iterator[str]:
    with served(settings.model_copy(update={"app_port": free_port()}), corrected.url) as base:
        yield base


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_school_reads_its_new_number_beside_the_released_one(
    address: str, corrected: Corrected, language: str, tmp_path: Path
) -> None:
    words, mark = translator(language), VALUE_MARKS.labels["not_released"][language]
    asked = f"familie={corrected.family}&klokke=school_year&indikator={INDICATOR}&lang={language}"
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.goto(f"{address}/{PAGE}?rolle=school&enhet={TWO_INSTITUTIONS}&{asked}")
        settled(page)
        box = page.locator(".st-key-early")
        expect(box).to_contain_text(words("school.early"))
        cells = box.locator("tbody td")
        assert cells.nth(1).inner_text() == corrected.period
        assert re.match(rf"{corrected.now}/{corrected.out_of}\b.*\({mark}\)$", cells.nth(2).inner_text())
        assert re.match(rf"{corrected.released}/{corrected.out_of}\b", cells.nth(3).inner_text())
        page.screenshot(path=tmp_path / f"early-{language}.png")
        page.goto(f"{address}/{PAGE}?rolle=university&{asked}")
        settled(page)
        assert page.locator(".st-key-early").count() == 0
        assert mark not in page.locator("body").inner_text()
