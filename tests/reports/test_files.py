"""Reports written as files and opened again by other libraries: tags, language, titles, headings, alternative
texts, notes, numbers. No database."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import openpyxl
import pptx
import pypdf
import pytest

from innenfra.errors import UserError
from innenfra.reports.gather import Facts
from innenfra.reports.make import FORMATS, name_file, render
from innenfra.reports.model import (
    KINDS,
    Cell,
    Kind,
    Picture,
    Report,
    Section,
    Table,
    Text,
    as_document,
    check,
    differences,
    fingerprint,
)
from innenfra.reports.pdf import as_pages
from innenfra.reports.picture import as_png
from innenfra.reports.sections import told_range, write
from innenfra.schemes import load_schemes
from innenfra.settings import LANGUAGES, Language
from innenfra.wording import texts

SEEDS = Path(__file__).parents[2] / "dbt_project" / "seeds"
YEARS = ("2023/24", "2024/25", "2025/26")
LINK = "http://127.0.0.1:8501/rapport?rolle=school_owner&enhet=O1&periode=2026"
EVIL = '#panic("x") *nå* _hva_ <script> $x$ = Tittel @kilde \\ " /*'


def value(
    indicator: str, cut: str, period: str, school: str | None, status: str = "observed", **more: Any
) -> dict[str, Any]:
    row: dict[str, Any] = {
        "unit_level": "school" if school else "school_owner",
        "unit_id": school or "O1",
        "school_id": school,
        "partnership_id": "P1" if school else None,
        "indicator_id": indicator,
        "definition_version": 2,
        "comparability_class": "K1",
        "period_type": "school_year",
        "period": period,
        "slice": cut,
        "numerator": None,
        "numerator_high": None,
        "denominator": None,
        "value": None,
        "value_high": None,
        "value_below": None,
        "unit": "share",
        "n_respondents": None,
        "interval_low": None,
        "interval_high": None,
        "coverage_observed": 3,
        "coverage_expected": 3,
        "status": status,
        "status_reason": None,
        "note": None,
        "bound": "=",
        "break_before": False,
        "family": "agreement",
        "sort_no": 1,
    }
    return row | more


def seed(name: str) -> list[dict[str, Any]]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


VALUES = (
    *(value("A1", "{}", y, s, numerator=2, denominator=2, value=1.0) for y in YEARS for s in ("s1", "s2")),
    value("A1", "{}", YEARS[2], "s3", "suppressed", status_reason=None),
    value("A1", "{}", YEARS[1], "s3", "provisional", numerator=1, denominator=2, value=0.5),
    value("A1", '{"structure": "as_it_was"}', YEARS[2], None, numerator=5, denominator=6, value=5 / 6),
    value(
        "C4",
        '{"measure": "attendance", "structure": "as_it_was"}',
        YEARS[2],
        None,
        numerator=20,
        numerator_high=25,
        denominator=30,
        value=2 / 3,
        value_high=5 / 6,
        bound="range",
    ),
    value(
        "C1",
        '{"structure": "as_it_was"}',
        YEARS[2],
        None,
        numerator=40,
        denominator=50,
        value=0.8,
        bound=">=",
    ),
    value(
        "A2",
        '{"party": "school_owner", "assessor": "own"}',
        YEARS[2],
        "s1",
        numerator=3,
        denominator=3,
        value=1.0,
    ),
    value("A2", '{"party": "school_owner", "assessor": "other"}', YEARS[2], "s1", "not_collected"),
    value(
        "C1", "{}", "9", "s1", numerator=0, denominator=5, value=0.0, status="stated_zero", period_type="loop"
    ),
    value(
        "E3",
        "{}",
        "9",
        "s1",
        numerator=22,
        denominator=28,
        value=22 / 28,
        family="ownership",
        period_type="loop",
    ),
    value(
        "L1",
        '{"item": "utbytte", "answer": "3"}',
        "9",
        "s1",
        value=0.2,
        family="log_themes",
        period_type="loop",
    ),
    value(
        "L1",
        '{"item": "utbytte", "answer": "4"}',
        "9",
        "s1",
        value=0.35,
        value_below=0.4,
        family="log_themes",
        period_type="loop",
    ),
    value(
        "L1",
        '{"item": "utbytte", "answer": "5"}',
        "9",
        "s1",
        "suppressed",
        family="log_themes",
        period_type="loop",
    ),
)
SCHOOLS = [
    {
        "school_id": f"s{n}",
        "school_code": f"S0{n}",
        "name": name,
        "owner_id": "O1",
        "owner_name": "Bodø kommune",
        "partnership_ids": ["P1"],
        "invited_only": n == 4,
    }
    for n, name in enumerate(("Holmen skole", "Vestbrekka skole", "Åsgrenda oppvekstsenter", "Øyra skole"), 1)
]
PERIOD: dict[Kind, tuple[str, str]] = {
    "county": ("O1", "2026"),
    "council": ("O1", "2026"),
    "mirror": ("s1", "9"),
    "yearly": ("P1", YEARS[2]),
}


DECISIONS = (
    {
        "decision_id": "app-1",
        "decided_on": "2026-11-01",
        "decision_type": "organisation",
        "decided_by": "development_group",
        "text": EVIL,
    },
)


def report_of(
    kind: Kind,
    language: Language = "nb",
    values: tuple[dict[str, Any], ...] = VALUES,
    decisions: tuple[dict[str, Any], ...] = (),
    words: str = "Vi prøver å stille åpne spørsmål.",
    agreements: tuple[dict[str, Any], ...] = (),
    grants: tuple[dict[str, Any], ...] = (),
    amended_on: str = "2021-08-01",
) -> Report:
    unit, period = PERIOD[kind]
    current = [row for row in seed("indicator") if row["is_current"] == "true"]
    known = {(row["indicator_id"], row["definition_version"]) for row in current}
    facts = Facts(
        release=12,
        released_on="2026-11-27",
        unit_name="Bodø kommune",
        schools=SCHOOLS,
        partnerships=[{"partnership_id": "P1", "title": f"Lærende skoler {EVIL}"}],
        agreements=[
            {
                "school_id": "s1",
                "partnership_id": "P1",
                "agreement_id": "A",
                "version_no": 2,
                "valid_from": amended_on,
                "valid_to": None,
                "planned_years": 3,
                "change_reason": "evaluation",
                "is_amendment": True,
            },
            *agreements,
        ],
        values=[row for row in values if row["period"] in (*YEARS, "9")],
        measures=[
            m for m in seed("indicator_measure") if (m["indicator_id"], m["definition_version"]) in known
        ],
        indicators=current,
        commitments=[
            {
                "school_id": "s1",
                "partnership_id": "P1",
                "agreement_id": "A",
                "version_no": version,
                "party": "school_owner",
                "commitment_type": kind,
                "quantity": quantity,
                "unit": unit,
                "per": per,
            }
            for version, kind, quantity, unit, per in (
                (1, "funding", 1, "yes_no", "loop"),
                (2, "team_time", 90, "minutes", "loop"),
                (2, "substitute_cover", 1, "yes_no", "loop"),
            )
        ],
        voices=[{"school_id": "s2", "period": None, "comment": EVIL}],
        items=[
            {
                "mirror_id": f"S-9-{number}",
                "dimension": "content",
                "topic_code": "observation",
                "form": "question",
                "desired_practice": "yes",
                "seed": "no",
                "text": text,
                "outcome": outcome,
                "partnership_id": "P1",
            }
            for number, (text, outcome) in enumerate(((EVIL * 8, "partly"), (None, None)), 1)
        ],
        decisions=decisions,
        grants=grants,
        needs=[
            {"school_id": "s1", "school_year": YEARS[2], "need_type": "substitute_cover", "text": EVIL},
            {"school_id": "s2", "school_year": YEARS[2], "need_type": "substitute_cover", "text": None},
            {"school_id": "s2", "school_year": YEARS[1], "need_type": "funding", "text": None},
        ],
        words={"needs": EVIL, "next_loop": words},
    )
    return write(facts, kind, unit, period, language, LINK)


def cases() -> Iterator[tuple[Kind, Language]]:
    for kind in KINDS:
        for language in LANGUAGES:
            yield kind, language


# ---------------------------------------------------------------- PDF


@pytest.mark.parametrize(("kind", "language"), list(cases()))
def test_pdf_is_for_everybody(kind: Kind, language: Language) -> None:
    report = report_of(kind, language)
    opened = pypdf.PdfReader(io.BytesIO(render(report, "pdf")))
    root = opened.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert str(root["/Lang"]).lower().startswith(language)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert opened.metadata is not None
    assert opened.metadata.title == report.title
    xmp = root["/Metadata"].get_data()
    parts = [
        e for e in ElementTree.fromstring(xmp).iter() if e.tag == "{http://www.aiim.org/pdfua/ns/id/}part"
    ]
    assert [part.text for part in parts] == ["1"]
    tags = list(tree_of(root["/StructTreeRoot"]))
    figures = [tag for tag in tags if tag.get("/S") == "/Figure"]
    assert sorted(str(f["/Alt"]) for f in figures) == sorted(p.alternative for p in report.pictures())
    headings = [tag for tag in tags if str(tag.get("/S")) in ("/H1", "/H2")]
    assert len(headings) >= len(report.sections)
    assert sum(tag.get("/S") == "/Table" for tag in tags) == len(list(report.tables()))
    assert sum(tag.get("/S") == "/TH" for tag in tags) >= len(list(report.tables()))
    for page in opened.pages:
        assert page["/Tabs"] == "/S"
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert any(file in inner for file in ("/FontFile2", "/FontFile3"))


MCID = re.compile(rb"/MCID\s+(\d+)")
STANDARD = frozenset(
    f"/{role}"
    for line in (
        "Document Part Sect Div BlockQuote Caption TOC TOCI Index NonStruct P H H1 H2 H3 L LI Lbl LBody",
        "Table TR TH TD THead TBody TFoot Span Quote Note Reference Code Link Annot Figure Formula Form",
    )
    for role in line.split()
)
"""Roles of structure of PDF 1.7, which all others must be mapped to."""


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_machine_can_check_of_ua_1_holds(kind: Kind) -> None:
    """The rules of PDF/UA-1 that a machine can check and that such a file can break, by their clauses of ISO
    14289-1."""
    report = report_of(kind, grants=(grant("O1", 2025, "dekomp_2021", 600_000, 180_000),))
    opened = pypdf.PdfReader(io.BytesIO(render(report, "pdf")))
    root = opened.trailer["/Root"]
    tags = list(tree_of(root["/StructTreeRoot"]))
    roles = dict(root["/StructTreeRoot"].get("/RoleMap", {}))
    # 5: no scripts, no forms of another kind, nothing that keeps readers out, no marks that say "perhaps"
    assert not opened.is_encrypted
    assert not ({"/OpenAction", "/AA"} & set(root))
    assert "/XFA" not in root.get("/AcroForm", {})
    assert str(root["/MarkInfo"].get("/Suspects", False)).lower() == "false"
    # 7.1: every role is a standard one or is mapped to one, in no circle
    for tag in tags:
        if "/S" in tag:
            role = str(tag["/S"])
            assert role in STANDARD or str(roles.get(role)) in STANDARD, role
    # 7.1: all content is marked, as a part of the structure or as an artifact, and each part of it is in the
    # tree; content of the one is never within the other
    parents = root["/StructTreeRoot"]["/ParentTree"].get_object()
    known = {int(n): one.get_object() for n, one in _pairs(parents)}
    for page in opened.pages:
        data = page.get_contents().get_data()
        depth, marked = 0, []
        for operands, operator in pypdf.generic.ContentStream(page.get_contents(), opened).operations:
            if operator in (b"BDC", b"BMC"):
                marked.append(str(operands[0]))
                assert not ("/Artifact" in marked and any(one != "/Artifact" for one in marked)), marked
                depth += 1
            elif operator == b"EMC":
                marked.pop()
                depth -= 1
            elif operator in (b"Tj", b"TJ", b"'", b'"', b"f", b"S", b"B", b"f*", b"Do", b"sh"):
                assert depth, operator
        assert depth == 0
        in_tree = known[int(page["/StructParents"])]
        assert {int(n) for n in MCID.findall(data)} == set(range(len(in_tree)))
    # 7.2: the language of the whole; 7.3: a picture has words and a place; 7.5: heads say what they are of
    for tag in tags:
        if tag.get("/S") == "/Figure":
            assert str(tag["/Alt"]).strip()
        if tag.get("/S") == "/TH":
            assert _attribute(tag, "/Scope") in ("/Column", "/Row", "/Both")
    # 7.4: headings begin at the first level and leave none out
    levels = [int(str(tag["/S"])[2]) for tag in tags if re.fullmatch("/H[1-6]", str(tag.get("/S")))]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    # 7.5: every row of a table has as many cells
    for table in (tag for tag in tags if tag.get("/S") == "/Table"):
        rows = [row for row in tree_of(table["/K"]) if row.get("/S") == "/TR"]
        widths = {
            sum(
                int(_attribute(c, "/ColSpan") or 1)
                for c in tree_of(row["/K"])
                if c.get("/S") in ("/TH", "/TD")
            )
            for row in rows
        }
        assert len(widths) == 1
    # 7.18: what can be pressed is in the tree, says what it is, and is reached in the tree's order
    for page in opened.pages:
        for one in (found.get_object() for found in page.get("/Annots", [])):
            assert one["/Subtype"] == "/Link"
            assert str(one["/Contents"]).strip()
            assert known[int(one["/StructParent"])]["/S"] == "/Link"
    # 7.21: letters come with the file, and each is known by what it means
    fonts = {
        id(f.get_object()): f.get_object() for p in opened.pages for f in p["/Resources"]["/Font"].values()
    }
    for font in fonts.values():
        assert "/ToUnicode" in font
        inner = font["/DescendantFonts"][0].get_object()
        assert inner["/CIDSystemInfo"]["/Ordering"] == "Identity"
        assert inner.get("/CIDToGIDMap", "/Identity") is not None


def _pairs(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Numbers and what stands under them, of a number tree."""
    tree = tree.get_object()
    for child in tree.get("/Kids", []):
        yield from _pairs(child)
    listed = list(tree.get("/Nums", []))
    yield from zip(listed[::2], listed[1::2], strict=True)


def _attribute(tag: Any, name: str) -> Any:
    given = tag.get("/A", [])
    listed = given if isinstance(given, list) else [given]
    return next((one.get_object()[name] for one in listed if name in one.get_object()), None)


def tree_of(node: Any) -> Iterator[Any]:
    node = node.get_object()
    if isinstance(node, pypdf.generic.ArrayObject):
        for child in node:
            yield from tree_of(child)
    elif isinstance(node, pypdf.generic.DictionaryObject):
        yield node
        if "/K" in node:
            yield from tree_of(node["/K"])


def test_what_people_wrote_is_never_an_instruction() -> None:
    read = "".join(
        p.extract_text() for p in pypdf.PdfReader(io.BytesIO(render(report_of("county"), "pdf"))).pages
    )
    for piece in ('#panic("x")', "*nå*", "_hva_", "<script>", "@kilde"):
        assert piece in read


def test_mirror_sheet_is_one_page_and_looks_the_same_twice() -> None:
    report = report_of("mirror")
    assert len(as_pages(report)) == 1
    for file_format in ("pdf", "docx", "pptx", "xlsx"):
        assert render(report, file_format) == render(report, file_format)


# ---------------------------------------------------------------- Word, slides, workbook


@pytest.mark.parametrize(("kind", "language"), list(cases()))
def test_word_document(kind: Kind, language: Language) -> None:
    report = report_of(kind, language)
    made = docx.Document(io.BytesIO(render(report, "docx")))
    headings = [p.text for p in made.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert headings[: len(report.sections)] == [f"{n} {s.title}" for n, s in enumerate(report.sections, 1)]
    assert made.core_properties.title == report.title
    assert made.core_properties.language.startswith(language)
    assert [i._inline.docPr.get("descr") for i in made.inline_shapes] == [
        p.alternative for p in report.pictures()
    ]
    told = [[[c.text for c in row.cells] for row in table.rows] for table in made.tables]
    assert told == [
        [list(table.header), *([cell.written for cell in row] for row in table.rows)]
        for _, table in report.tables()
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_slides(language: Language) -> None:
    report = report_of("mirror", language)
    made = pptx.Presentation(io.BytesIO(render(report, "pptx")))
    slides = list(made.slides)
    assert 3 <= len(slides) <= 5
    pictures = [s for slide in slides for s in slide.shapes if s.shape_type == 13]
    assert [s._element.nvPicPr.cNvPr.get("descr") for s in pictures] == [
        p.alternative for p in report.pictures()
    ]
    for slide in slides:
        assert slide.shapes.title is not None
        assert slide.shapes.title.text_frame.text
        assert report.caveats[0] in slide.notes_slide.notes_text_frame.text
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= made.slide_width
            assert shape.top + shape.height <= made.slide_height


@pytest.mark.parametrize("kind", KINDS)
def test_workbook_has_numbers_only_where_there_is_exactly_one(kind: Kind) -> None:
    report = report_of(kind)
    book = openpyxl.load_workbook(io.BytesIO(render(report, "xlsx")))
    assert book.sheetnames == [texts("nb")[f"report.sheet.{name}"] for name in ("numbers", "about", "readme")]
    rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    told = [
        (section.title, row[0].written, name, cell.written, cell.number)
        for section, table in report.tables()
        for row in table.rows
        for name, cell in zip(table.header[1:], row[1:], strict=True)
    ]
    assert [tuple(row) for row in rows] == told
    readme = [row[0] for row in book.worksheets[2].iter_rows(values_only=True)]
    assert report.stamp in readme
    assert any(LINK in str(line) for line in readme)


def test_a_state_is_never_a_number_and_a_range_stays_a_range() -> None:
    cells = {
        (row[0].written, name): cell
        for _, table in report_of("council").tables()
        for row in table.rows
        for name, cell in zip(table.header[1:], row[1:], strict=True)
    }
    assert cells["S01 Holmen skole", YEARS[2]] == Cell("2/2", 1.0)
    protected = cells["S03 Åsgrenda oppvekstsenter", YEARS[2]]
    assert protected == Cell("Skjermet")
    assert cells["S03 Åsgrenda oppvekstsenter", YEARS[1]] == Cell("1/2, foreløpig", 0.5)
    assert cells["S03 Åsgrenda oppvekstsenter", YEARS[0]] == Cell("Ikke levert")
    ranged = cells["Oppmøte på utviklingsgruppas møter", YEARS[2]]
    assert ranged == Cell("mellom 20 og 25 av 30 (66,7–83,3\u00a0%)")
    assert cells["Gjennomførte teamsløyfer", YEARS[2]].number is None


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (value("A1", "{}", "x", "s", value=0.5), (50, 50)),
        (value("A1", "{}", "x", "s", value=0.8, bound=">="), (80, 100)),
        (value("A1", "{}", "x", "s", value=0.2, bound="<="), (0, 20)),
        (value("A1", "{}", "x", "s", value=0.35, value_below=0.4), (35, 39)),
        (value("A1", "{}", "x", "s", value=0.2, value_high=0.3, bound="range"), (20, 30)),
    ],
)
def test_a_picture_draws_what_is_known(row: dict[str, Any], told: tuple[float, float]) -> None:
    assert told_range(row) == pytest.approx(told)


@pytest.mark.parametrize("kind", KINDS)
def test_every_section_is_filled_or_named_as_missing(kind: Kind) -> None:
    report = report_of(kind)
    for section in report.sections:
        manners = {getattr(block, "manner", "") for block in section.blocks}
        assert section.blocks
        assert section.is_filled == ("missing" not in manners)
    assert all(picture.alternative for picture in report.pictures())
    assert {"pdf", "xlsx"} < set(FORMATS[kind])
    assert name_file(report, "pdf").isascii()


def grant(
    owner: str, year: int, scheme: str, granted: int | None, own: int | None, by: str = "school_owner"
) -> dict[str, Any]:
    return {
        "owner_id": owner,
        "owner_name": {"O1": "Bodø kommune", "O0": "Skjerstad kommune"}[owner],
        "owner_today": "O1",
        "budget_year": year,
        "scheme_code": scheme,
        "partnership_id": "P1",
        "reported_by": by,
        "reported_by_id": owner if by == "school_owner" else "UH1",
        "decided_on": dt.date(year, 4, 1),
        "granted": None if granted is None else Decimal(granted),
        "own_share_time": None if own is None else Decimal(own),
        "own_share_substitutes": None,
        "own_share_money": None,
        **dict.fromkeys(("needs_year_1", "needs_year_2", "needs_year_3")),
    }


def test_money_is_told_by_year_and_scheme_and_what_is_not_known_is_no_nought() -> None:
    grants = (
        grant("O1", 2025, "dekomp_2021", 600_000, 180_000),
        grant("O1", 2025, "dekomp_2021", 550_000, None, "institution"),
        grant("O0", 2024, "dekomp_2021", 100_000, None),
        grant("O1", 2026, "kollektiv_2026", 700_000, 90_000),
        grant("O1", 2019, "dekomp_2017", 1, 1),
    )
    report = report_of("county", grants=grants)
    (table,) = [table for section, table in report.tables() if section.key == "money"]
    assert [[cell.written.replace("\u00a0", " ") for cell in row] for row in table.rows] == [
        ["2024 (Skjerstad kommune)", *_of("2021–2025"), "100 000", "30 000", "ikke kjent"],
        ["2025 (Bodø kommune)", *_of("2021–2025"), "600 000", "180 000", "180 000"],
        ["2026 (Bodø kommune)", *_of("kollektiv"), "700 000", "ikke kjent", "90 000"],
    ]
    # the longest word of each column is whole: "egenandel" in the head, an amount in a cell
    for share, name in zip(table.share_width(), table.header, strict=True):
        assert share * 88 >= max(len(word) for word in name.split()) * 1.15
    assert [cell.number for cell in table.rows[2]] == [None, None, None, 700_000, None, 90_000]
    money = next(section for section in report.sections if section.key == "money")
    told = " ".join(block.words for block in money.blocks if isinstance(block, Text))
    assert "står skoleeiers" in told
    assert "ikke har funnet noen regel" in told
    assert money.lacks == ("own_words",)
    nothing = next(one for one in report_of("county").sections if one.key == "money")
    assert (nothing.filled_by, len(nothing.blocks)) == ("own_words", 1)


def _of(part: str) -> tuple[str, str]:
    name = next(one.name["nb"] for one in load_schemes().schemes if part in one.name["nb"])
    return name, f"Lærende skoler {EVIL}"


def test_what_schools_need_is_counted_and_their_words_stay_with_those_they_wrote_to() -> None:
    report = report_of("county")
    (table,) = [table for section, table in report.tables() if section.key == "needs"]
    assert [[cell.written for cell in row] for row in table.rows] == [["Vikarordning", "2 av 3"]]
    needs = next(section for section in report.sections if section.key == "needs")
    # the owner's own words are there, a school's are not
    assert [block.words for block in needs.blocks if isinstance(block, Text)] == [EVIL]


def test_what_fewer_than_three_schools_need_is_the_owners_to_write() -> None:
    ended = {
        "school_id": "s3",
        "partnership_id": "P1",
        "agreement_id": "B",
        "version_no": 1,
        "valid_from": "2015-08-01",
        "valid_to": "2018-07-31",
        "planned_years": 3,
        "change_reason": None,
        "is_amendment": False,
    }
    report = report_of("county", agreements=(ended,))
    assert [table for section, table in report.tables() if section.key == "needs"] == []


def test_schools_stand_by_code_and_who_delivered_nothing_is_named() -> None:
    report = report_of("county")
    table = next(t for s, t in report.tables() if s.key == "measures")
    names = [row[0].written for row in table.rows]
    assert names == sorted(names)
    assert "Øyra" not in " ".join(names)
    told = next(s for s in report.sections if s.key == "measures")
    assert any("S04 Øyra skole" in getattr(b, "words", "") for b in told.blocks)
    assert report.answer.startswith("3 av 4 skoler")


def test_a_picture_without_alternative_text_is_refused() -> None:
    report = report_of("mirror")
    bare = Section("x", "x", "data", (Picture(" ", "Uten tekst", (), "prosent"),))
    with pytest.raises(UserError):
        check(Report(**{**report.__dict__, "sections": (bare,)}))
    ragged = Section("x", "x", "data", (Table("Ujevn", ("a", "b"), ((Cell("1"),),)),))
    with pytest.raises(UserError):
        check(Report(**{**report.__dict__, "sections": (ragged,)}))


def test_pictures_are_pictures() -> None:
    for picture in (*report_of("mirror").pictures(), *report_of("council").pictures()):
        assert as_png(picture)[:4] == b"\x89PNG"


def test_differences_name_what_would_be_said_otherwise() -> None:
    before, changed = (
        report_of("council"),
        tuple(
            (
                {**v, "numerator": 1, "value": 0.5}
                if (v["school_id"], v["period"]) == ("s1", YEARS[2]) and v["indicator_id"] == "A1"
                else v
            )
            for v in VALUES
        ),
    )
    after = report_of("council", values=changed)
    assert differences(as_document(before), as_document(before)) == []
    found = differences(as_document(before), as_document(after))
    assert [(one.about, one.before, one.after) for one in found] == [
        (f"S01 Holmen skole · {YEARS[2]}", "2/2", "1/2")
    ]
    assert fingerprint(before) != fingerprint(after)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_the_same_set_in_every_language(language: Language) -> None:
    assert texts(language).keys() == texts("nb").keys()


def test_a_sum_of_few_schools_is_not_told() -> None:
    few = tuple({**row, "coverage_observed": 2} if row["school_id"] is None else row for row in VALUES)
    cells = [
        cell.written
        for section, table in report_of("council", values=few).tables()
        if section.key == "together"
        for row in table.rows
        for cell in row[1:]
    ]
    assert set(cells) == {"Færre enn tre skoler"}
    assert not list(report_of("council", values=few).pictures())


def log_answers(*counts: int | None) -> tuple[dict[str, Any], ...]:
    """Answers to one question, of 24; None where few chose it."""
    return tuple(
        value(
            "L2",
            f'{{"item": "utbytte", "answer": "{code}"}}',
            "9",
            "s1",
            "suppressed" if count is None else "observed",
            period_type="loop",
            family="log_themes",
            status_reason="few_chose" if count is None else None,
            numerator=count,
            denominator=None if count is None else 24,
            value=None if count is None else count / 24,
        )
        for code, count in enumerate(counts, 1)
    )


def test_answers_that_few_chose_are_told_as_one() -> None:
    (picture,) = report_of("mirror", values=log_answers(None, None, 6, 12, None)).pictures()
    assert [(m.label, m.written, m.low) for m in picture.rows] == [
        ("svært lite, lite eller svært stort", "6/24 (25\u00a0%)", 25),
        ("noe", "6/24 (25\u00a0%)", 25),
        ("stort", "12/24 (50\u00a0%)", 50),
    ]
    banded = tuple({**row, "numerator": None, "denominator": None} for row in log_answers(None, 12, 6))
    (picture,) = report_of("mirror", values=banded).pictures()
    assert (picture.rows[0].written, picture.rows[0].low) == ("Skjermet", None)


def test_what_was_decided_for_the_next_loop_is_in_the_mirror_sheet() -> None:
    section = report_of("mirror", decisions=DECISIONS, words="").sections[-1]
    assert section.is_filled
    assert [block.words for block in section.blocks] == [  # type: ignore[union-attr]
        f"«{EVIL}» (utviklingsgruppa, 01.11.2026)"
    ]
    untold = report_of("mirror", decisions=({**DECISIONS[0], "text": None},), words="").sections[-1]
    assert untold.lacks == ("own_words",)
    assert "Beslutning: organisering (utviklingsgruppa, 01.11.2026)" in [
        getattr(block, "words", "") for block in untold.blocks
    ]


def test_what_was_agreed_is_of_the_version_in_force_that_year() -> None:
    before = {
        "school_id": "s1",
        "partnership_id": "P1",
        "agreement_id": "A",
        "version_no": 1,
        "valid_from": "2019-08-01",
        "valid_to": None,
        "planned_years": 3,
        "change_reason": "initial",
        "is_amendment": False,
    }

    def promised(amended_on: str) -> str:
        report = report_of("county", agreements=(before,), amended_on=amended_on)
        table = next(t for s, t in report.tables() if s.key == "commitments")
        return table.rows[0][1].written

    assert promised("2026-02-01") == "Tid til teamene (90 minutter per sløyfe); Vikarordning"
    assert promised("2026-08-01") == "Finansiering"


def test_a_school_whose_agreement_has_ended_delivers_nothing_late() -> None:
    ended = {
        "school_id": "s3",
        "partnership_id": "P1",
        "agreement_id": "B",
        "version_no": 1,
        "valid_from": "2019-08-01",
        "valid_to": "2024-07-31",
        "planned_years": 3,
        "change_reason": "initial",
        "is_amendment": False,
    }
    report = report_of(
        "county", agreements=(ended,), values=tuple(v for v in VALUES if v["school_id"] != "s3")
    )
    cells = next(t for s, t in report.tables() if s.key == "measures").rows[2]
    assert [cell.written for cell in cells[1:]] == ["Ikke levert", "Ingen avtale", "Ingen avtale"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_words_are_never_cut_without_a_word(language: Language) -> None:
    long = "Vi prøver å stille åpne spørsmål før hver time. " * 41
    report = report_of("mirror", language, decisions=DECISIONS * 12, words=long)
    slides = list(pptx.Presentation(io.BytesIO(render(report, "pptx"))).slides)
    assert 3 <= len(slides) <= 5
    for slide in slides:
        for shape in slide.shapes:
            assert shape.top + shape.height <= pptx.util.Cm(19.05)
    last = slides[-1]
    assert long.strip() in last.notes_slide.notes_text_frame.text.replace("\n", " ")
    said = [shape.text_frame.text for shape in last.shapes if shape.has_text_frame]
    assert texts(language)["report.more_in_notes"] in said
    pages = pypdf.PdfReader(io.BytesIO(render(report, "pdf"))).pages
    assert " ".join(long.split())[-40:] in " ".join(
        " ".join(page.extract_text().replace("-\n", "").split()) for page in pages
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mirror_sheet_keeps_to_one_page(language: Language) -> None:
    questions = tuple(
        {**row, "slice": row["slice"].replace("utbytte", item)}
        for item in ("overforing", "opplevelse", "utbytte", "laererutdanner")
        for row in log_answers(None, None, 6, 12, None)
    )
    report = report_of("mirror", language, values=(*VALUES, *questions), decisions=DECISIONS)
    assert len(pypdf.PdfReader(io.BytesIO(render(report, "pdf"))).pages) == 1
    assert len(as_pages(report)) == 1
    assert len(pptx.Presentation(io.BytesIO(render(report, "pptx"))).slides) <= 5
