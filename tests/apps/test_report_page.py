"""Reports in a real browser: what a school owner hands the county governor and the council, and what a school
takes to its staff. Files are opened again by other libraries, and their numbers are those that are published.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pptx
import psycopg
import pypdf
import pytest
from conftest import copy_of
from playwright.sync_api import Browser, Locator, Page
from serving import chromium, free_port, served, settled

from apps.words import translator
from innenfra.database.access import WRITER
from innenfra.database.acting import Actor, acting
from innenfra.database.local import Server
from innenfra.demo.plants import LATE, SJOSIDEN, TWO_INSTITUTIONS
from innenfra.reports.extract import approve
from innenfra.settings import Settings

T = translator("nb")
AXE = (Path(__file__).parents[1] / "fixtures" / "axe" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
BUDGET_YEAR = 2025
YEARS = ("2022/23", "2023/24", "2024/25")


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


class Visit:
    """A page as one person uses it; every press is counted."""

    def __init__(self, browser: Browser, address: str, width: int = 1280, scheme: Any = "light") -> None:
        self.page: Page = browser.new_page(viewport={"width": width, "height": 1000}, color_scheme=scheme)
        self.presses = 0
        self.page.goto(address)
        settled(self.page)

    def press(self, what: Locator) -> None:
        what.click()
        self.presses += 1
        settled(self.page)

    def press_button(self, name: str) -> None:
        self.press(self.page.get_by_role("button", name=name, exact=True))

    def take(self, name: str) -> bytes:
        """The file behind a button."""
        with self.page.expect_download(timeout=60_000) as download:
            self.page.get_by_role("button", name=name, exact=True).click()
        self.presses += 1
        return Path(download.value.path()).read_bytes()

    def text(self) -> str:
        return self.page.inner_text("[data-testid='stMain']").replace("\u2060", "")

    def find_barriers(self) -> list[str]:
        self.page.evaluate(AXE)
        found = self.page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        return [
            f"{one['id']} ({one['impact']}): {node['html'][:160]}"
            for one in found["violations"]
            for node in one["nodes"]
        ]


def owners(url: str) -> list[str]:
    """School owners, the one with most schools first."""
    with psycopg.connect(url) as connection:
        return [
            row[0]
            for row in connection.execute(
                "select owner_id from published.school group by 1 order by count(*) desc, owner_id"
            ).fetchall()
        ]


def ask(url: str, query: str, *values: Any) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query.encode(), values).fetchall()


CURRENT = (
    "published.indicator_value as value inner join published.indicator using (indicator_id,"
    " definition_version)"
)


def test_an_owner_hands_the_county_governor_a_report(browser: Browser, address: str, url: str) -> None:
    owner = owners(url)[0]
    visit = Visit(browser, f"{address}/rapport?rolle=school_owner&enhet={owner}")
    assert visit.page.locator("h1").inner_text() == "3 av 9 avsnitt er fylt. Egne ord mangler i 5."
    checklist = visit.page.locator("main table").first.inner_text()
    assert all(word in checklist for word in ("Behov og mål", "egne ord mangler", "● fylt", "○ mangler"))
    # the first section that is missing stands ready to be written
    visit.page.get_by_role("textbox", name="Hva trengte skolene, og hva var målet?").fill(
        "Vi trengte *tid* til å lære. Ring 99887766."
    )
    visit.press_button("Lagre avsnittet")
    visit.page.get_by_text(T("reports.masked")).wait_for(timeout=20_000)
    assert visit.page.locator("h1").inner_text() == "4 av 9 avsnitt er fylt. Egne ord mangler i 4."
    visit.press_button(T("reports.download"))
    written = docx.Document(io.BytesIO(visit.take(T("reports.format.docx"))))
    assert visit.presses <= 3
    paragraphs = [paragraph.text for paragraph in written.paragraphs]
    assert "Vi trengte *tid* til å lære. Ring […]." in paragraphs
    titles = [p.text for p in written.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert (
        titles[:9]
        == visit.page.locator("main table").first.locator("tbody tr td:first-child").all_inner_texts()
    )

    # a line for each school by its code; each number as it is published
    of_schools = next(one for one in written.tables if one.rows[0].cells[0].text == "Skole")
    by_school = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in of_schools.rows[1:]}
    assert list(by_school) == sorted(by_school)
    published = ask(
        url,
        "select school_code || ' ' || name, period, numerator::int || '/' || denominator::int,"
        f" value.value::float from {CURRENT} inner join published.school using (school_id) where is_current"
        " and indicator_id = 'A1' and slice = '{}' and owner_id = %s and period = any(%s) and status in"
        " ('observed', 'stated_zero')",
        owner,
        list(YEARS),
    )
    assert len(published) > 6
    for name, period, fraction, _ in published:
        assert by_school[name][YEARS.index(period)].startswith(fraction)
    book = openpyxl.load_workbook(io.BytesIO(visit.take(T("reports.format.xlsx"))))
    numbers = {
        (r[1], r[2]): r[4] for r in book.worksheets[0].iter_rows(values_only=True) if r[0] == titles[1][2:]
    }
    for name, period, _, share in published:
        assert numbers[name, period] == pytest.approx(share)
    pdf = pypdf.PdfReader(io.BytesIO(visit.take(T("reports.format.pdf"))))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"].value is True
    said = " ".join(page.extract_text() for page in pdf.pages)
    assert all(name in said for name in by_school)
    assert f"gjelder={owner}" in said.replace("\n", "")


def test_what_is_handed_on_is_kept_with_its_hash_and_held_against_what_would_be_said_now(
    browser: Browser, address: str, url: str
) -> None:
    owner = owners(url)[0]
    visit = Visit(browser, f"{address}/rapport?rolle=school_owner&enhet={owner}&rapport=council")
    assert T("reports.none_earlier") in visit.text()
    visit.press_button(T("reports.download"))
    visit.press_button(f"{T('reports.issue')}: {T('reports.format.pdf')}")
    visit.page.get_by_text("Rapporten er tatt vare på som nummer").wait_for(timeout=30_000)
    assert visit.presses == 2
    visit.page.keyboard.press("Escape")
    visit.press(visit.page.locator(".st-key-issued summary").first)
    assert "ville si det samme" in visit.text()
    shown = visit.page.locator(".st-key-issued code").first.inner_text().strip()
    data = visit.take(T("reports.format.pdf"))
    assert hashlib.sha256(data).hexdigest() == shown
    assert ask(url, "select file, sha256 from dialogue.issued_report where unit_id = %s", owner) == [
        (data, shown)
    ]
    visit.page.get_by_role("textbox", name="Hva har skolene fått ut av arbeidet?").fill(
        "Lærerne planlegger sammen."
    )
    visit.press_button("Lagre avsnittet")
    visit.page.get_by_text(T("reports.saved")).wait_for(timeout=20_000)
    settled(visit.page)
    said = visit.text()
    assert "ville si 1 ting annerledes" in said
    assert "Nytten av tiltakene" in said
    assert visit.find_barriers() == []


def test_the_council_is_told_of_agreed_and_done_loops_arenas_new_staff_areas_and_amendments(
    browser: Browser, address: str, url: str
) -> None:
    owner = owners(url)[0]
    visit = Visit(browser, f"{address}/rapport?rolle=school_owner&enhet={owner}")
    visit.press(visit.page.locator(".st-key-choice_rapport button").last)
    visit.page.wait_for_url("**rapport=council**")
    visit.press_button(T("reports.download"))
    written = docx.Document(io.BytesIO(visit.take(T("reports.format.docx"))))
    assert visit.presses == 3
    text = "\n".join(p.text for p in written.paragraphs)
    (partnerships,) = ask(
        url,
        "select count(distinct one) from published.school, unnest(partnership_ids) as one where owner_id"
        " = %s",
        owner,
    )
    assert f"Partnerskap ({partnerships[0]}):" in text
    told = {row.cells[0].text: row.cells[1].text for table in written.tables for row in table.rows[1:]}
    published = ask(
        url,
        "select indicator_id, slice - 'structure', numerator::int || '/' || denominator::int"
        f" from {CURRENT} where is_current and unit_level = 'school_owner' and unit_id = %s and period = %s"
        " and slice ->> 'structure' = 'as_it_was' and status in ('observed', 'stated_zero') and bound = '='"
        " and denominator is not null and coverage_observed >= 3",
        owner,
        YEARS[-1],
    )
    fractions = {(indicator, tuple(cut.values())): fraction for indicator, cut, fraction in published}
    for label, key in {
        "Sløyfer gjennomført mot gjeldende avtale": ("A1", ()),
        "Arenaer i bruk": ("C3", ("arenas",)),
        "Presentasjon for nytilsatte holdt": ("I2", ("held",)),
        "Sløyfer med felles utviklingsområde": ("U4", ("loops_with_collective_area",)),
    }.items():
        assert told[label].startswith(fractions[key]), label
    (alternative,) = [shape._inline.docPr.get("descr") for shape in written.inline_shapes]
    assert f"Arenaer i bruk: {told['Arenaer i bruk']}" in alternative
    # nothing of logs, of talk or of teacher educators leaves for an owner
    about = "\n".join(told) + text
    assert not [word for word in ("utbytte", "samtale", "Loggtema", "lærerutdanner") if word in about]

    # the amendment of a school of another owner, with its reason; fewer than three schools have no sum
    (late,) = ask(url, "select owner_id from published.school where school_id = %s", LATE)
    other = Visit(browser, f"{address}/rapport?rolle=school_owner&enhet={late[0]}&rapport=council")
    other.press(other.page.locator(".st-key-read summary"))
    said = other.text()
    assert "avtalens versjon 2 gjelder fra 01.08.2021. Grunn: evaluering." in said
    assert "Med færre enn tre skoler ville en sum være skolenes egne tall." in said


def test_a_school_takes_the_mirror_sheet_of_a_loop_with_what_it_decided(
    browser: Browser, address: str, url: str
) -> None:
    (found,) = ask(
        url,
        "select max(loop_no), min(partnership_id) from published.mirror_item where school_id = %s",
        TWO_INSTITUTIONS,
    )
    loop, partnership = found
    actor = Actor(f"demonstration|school|{TWO_INSTITUTIONS}", "school", TWO_INSTITUTIONS)
    words = "Vi prøver å stille åpne spørsmål før timen."
    with acting(url, actor, WRITER) as connection:
        connection.execute(
            "select dialogue.decide(%s, %s, 'organisation', 'teachers', 'development_group', null, %s, %s)",
            (TWO_INSTITUTIONS, partnership, loop + 1, words),
        )
    visit = Visit(browser, f"{address}/speildata?rolle=school&enhet={TWO_INSTITUTIONS}&sloyfe={loop}")
    visit.press(visit.page.locator(".st-key-take button").first)
    opened = pptx.Presentation(io.BytesIO(visit.take(T("take.sheet_pptx"))))
    assert visit.presses == 2
    slides = list(opened.slides)
    assert 3 <= len(slides) <= 5
    texts = [s.text_frame.text for slide in slides for s in slide.shapes if s.has_text_frame]
    assert any(f"«{words}»" in text for text in texts)
    assert all("Arket er til samtale" in slide.notes_slide.notes_text_frame.text for slide in slides)
    pictures = [
        s._element.nvPicPr.cNvPr.get("descr") for slide in slides for s in slide.shapes if hasattr(s, "image")
    ]
    assert pictures
    assert all(pictures)
    told = {
        row.cells[0].text: row.cells[1].text
        for slide in slides
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
    }
    (held,) = ask(
        url,
        f"select numerator::int || '/' || denominator::int from {CURRENT} where is_current and indicator_id ="
        " 'C1' and slice = '{}' and school_id = %s and period_type = 'loop' and period = %s",
        TWO_INSTITUTIONS,
        str(loop),
    )
    assert told["Gjennomførte teamsløyfer"].startswith(held[0])
    assert told["Speildata"] == "Hva skolen svarte"
    pdf = pypdf.PdfReader(io.BytesIO(visit.take(T("take.sheet_pdf"))))
    assert len(pdf.pages) == 1
    assert "åpne spørsmål" in pdf.pages[0].extract_text()

    # the university has the same sheet where it prepares it, and what is not released yet is the school's own
    other = Visit(
        browser,
        f"{address}/forbered-speildata?rolle=university&enhet=UH2&skole={TWO_INSTITUTIONS}&sloyfe={loop}",
    )
    other.press(other.page.locator(".st-key-take button").first)
    sheet = pypdf.PdfReader(io.BytesIO(other.take(T("take.sheet_pdf"))))
    assert len(sheet.pages) == 1
    assert "Hva la universitetet fram?" in sheet.pages[0].extract_text()
    assert "åpne spørsmål" not in sheet.pages[0].extract_text()


def test_a_researcher_takes_an_extract_of_an_approved_project(
    browser: Browser, address: str, url: str
) -> None:
    visit = Visit(browser, f"{address}/rapport?rolle=university&enhet=UH2")
    visit.press(visit.page.locator(".st-key-research summary"))
    assert visit.page.get_by_text(T("reports.research_none")).is_visible()
    visit.page.close()
    until = dt.date.today() + dt.timedelta(days=30)
    approve(url, "Sikt-17", "Artikkel 6 (1) e", ["agreement"], "demonstration|university|UH2", until, "ombud")
    visit = Visit(browser, f"{address}/rapport?rolle=university&enhet=UH2")
    visit.press(visit.page.locator(".st-key-research summary"))
    assert visit.find_barriers() == []
    with zipfile.ZipFile(io.BytesIO(visit.take(T("reports.research_make", project="Sikt-17")))) as packed:
        told = packed.read("agreement.csv").decode("utf-8-sig").splitlines()
        readme = json.loads(packed.read("README.json"))
    assert visit.presses == 2
    assert (readme["project"], readme["legal_basis"]) == ("Sikt-17", "Artikkel 6 (1) e")
    (counted,) = ask(
        url,
        "select count(*) from published.agreement where school_id in (select school_id from published.school"
        " where 'UH2' = any(institution_ids))",
    )
    assert len(told) == counted[0] + 1 > 1
    assert ask(url, "select project_id from authz.research_extract") == [("Sikt-17",)]
    # a school has no such word on the page
    other = Visit(browser, f"{address}/rapport?rolle=school&enhet={SJOSIDEN}")
    assert other.page.get_by_text(T("reports.research")).count() == 0


@pytest.mark.parametrize(
    ("role", "unit", "kind"),
    [
        ("school_owner", "", "council"),
        ("school", SJOSIDEN, "mirror"),
        ("school", TWO_INSTITUTIONS, "yearly"),
        ("university", "UH2", "mirror"),
        ("university", "UH2", "yearly"),
    ],
)
def test_every_kind_is_read_without_barriers(
    browser: Browser, address: str, role: str, unit: str, kind: str
) -> None:
    for width, scheme, language in ((1280, "light", "nb"), (1280, "dark", "en"), (390, "light", "nn")):
        visit = Visit(
            browser,
            f"{address}/rapport?rolle={role}&rapport={kind}&lang={language}"
            + (f"&enhet={unit}" if unit else ""),
            width,
            scheme,
        )
        visit.press(visit.page.locator(".st-key-read summary"))
        assert visit.page.locator("[data-testid='stException']").count() == 0
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        assert visit.find_barriers() == [], (role, kind, width)
        visit.page.close()
