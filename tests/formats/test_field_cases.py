"""What senders really deliver, kind by kind: each is taken in, or told in a sentence that is true and helps.

Belongs here: the small invented files under `tests/fixtures/field`, through the whole way of a check, and
what is expected of each. Registers are in `tests/database/test_register_files.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from innenfra.ingest.receive import Receipt, check_paths
from innenfra.settings import Settings, load

SCHOOLS = frozenset({"998870046", "998870038", "998870054"})


@dataclass(frozen=True)
class Expected:
    """What is expected of a case: rows landed and held, and for each rule that is told, what must stand in
    some finding of it, in Norwegian. `only`: nothing else is told."""

    landed: int
    held: int = 0
    told: tuple[tuple[str, str], ...] = ()
    status: str = ""
    only: bool = True
    school: str | None = None


def refused(rule: str, said: str) -> Expected:
    return Expected(0, 0, ((rule, said),), "rejected")


NO_MANIFEST = ("no_manifest", "leveransearket (manifest) er ikke med")
CASES: dict[str, Expected] = {
    "001-printersettings": Expected(15),
    "002-password": refused("unsafe_file", "åpnes med passord"),
    "007-zip": Expected(15),
    "013-lockfile": Expected(15),
    "014-docx-beside": Expected(15, told=(("not_read", "Følgebrev.docx"),)),
    "015-nested": Expected(15),
    "016-half-nested": Expected(10, told=(NO_MANIFEST,)),
    "017-xlsx-and-csv": Expected(15),
    "020-csv-copies": Expected(15),
    "022-csv-txt": Expected(15),
    "033-totals-row": Expected(15, 1, (("totals_row", "rad 5: raden ser ut som en sum"),)),
    "034-totals-row-id": Expected(16, told=(("not_in_own_sheet", "«Sum» står ikke i arket «teams»"),)),
    "036-formula-in-cell": Expected(
        14, 1, (("formulas", "team_loops"), ("unworked_formula", "cellen F2 har en formel"))
    ),
    "040-hidden-sheet": refused("doubled_hidden_sheet", "det skjulte arket «Team»"),
    "041-merged-id": Expected(13, 2, (("merged_cells", "A2:A4"), ("merged_cells", "B2:B4"))),
    "060-team-id-date": Expected(14, 1, (("date_cell", "team_id"),), only=False),
    "061-design-version-date": Expected(14, 1, (("date_cell", "design_version"),), only=False),
    "067-schoolyear-wrong": Expected(14, 1, (("matches", "«2025/27», men det skal være ett skoleår"),)),
    "068-date-2digit": Expected(14, 1, (("type", "årstall med fire siffer"),)),
    "087-ref-error": Expected(14, 1, (("error_cell", "#REF!"),)),
    "088-na-error": Expected(13, 2, (("error_cell", "#N/A"), ("error_cell", "#REF!"))),
    "094-zwsp": Expected(15, told=(("mended", "«yes»"),)),
    "095-zwsp-id": Expected(15, told=(("mended", "«T1»"),)),
    "099-id-number": Expected(15, told=(("not_in_own_sheet", "«01» står ikke i arket «teams»"),)),
    "100-id-endash": Expected(15, told=(("mended", "«M21-1»"),)),
    "111-org-spaces-nomanifest": Expected(10, told=(NO_MANIFEST,)),
    "116-org-dots-nomanifest": Expected(10, told=(NO_MANIFEST, ("mended", "«998870046»")), only=False),
    "119-org-thin": Expected(15, told=(("mended", "«998870046»"),), only=False),
    "123-two-schools": refused("two_schools", "lever én fil per skole"),
    "124-school-name": refused(
        "organisation_number", "fant «Sjøsiden skole», men det skal være et organisasjonsnummer"
    ),
    "134-cp850": Expected(15, told=(("other_charset", "cp850"),), only=False),
    "135-double-utf8": Expected(15, told=(("doubly_encoded", "er satt tilbake"),), only=False),
    "136-utf16-nobom": Expected(15, told=(("other_charset", "utf-16-le"),), only=False),
    "140-open-quote": Expected(14, 1, (("open_quote", "teams.csv», rad 2: et anførselstegn"),), only=False),
    "142-quote-then-text": Expected(15),
    "157-ctrl-z": Expected(15),
    "160-header-only": Expected(12, told=(("hollow_sheet", "har ingen rader"),)),
    "170-formatted-column": Expected(15),
    "177-embedded": refused("unsafe_file", "innebygd objekt"),
    "182-no-manifest": Expected(10, told=(NO_MANIFEST,)),
    "183b-nomanifest-meetings": Expected(0, 2, (("no_period", "hvilket skoleår"),), "rejected", only=False),
    "201-template-excel-saved": Expected(15, only=False),
    "210-other-school-dots": Expected(14, 1, (("other_school", "998.870.054"),), only=False),
    "213-div0-required": Expected(14, 1, (("error_cell", "#DIV/0!"),)),
    "214-year-2027-both": Expected(0, 0, (("matches", "2025/27"),), "rejected", only=False),
    "215-manifest-typo": refused("known", "Mente du «loops»?"),
    "222-label-newline": Expected(15),
    "224-label-softhyphen": Expected(15, told=(("mended", "leste det som «full_staff»"),), only=False),
    "227-two-numbers": Expected(14, 1, (("type", "«2 3», men det skal være et helt tall"),)),
    "230-300-same": Expected(0, 300, (("organisation_number", "rad 2–301 (300)"),), "rejected"),
    "231-used-range-wide": Expected(15, told=(("far_cells", "XFD1"),)),
    "237-quote-5": Expected(15),
    "238-quote-open-single": Expected(2, 1, (("open_quote", "rad 2"),)),
    "240-quote-swallow-lastcol": Expected(18, 1, (("open_quote", "loops.csv», rad 2"),)),
    "302-ns-xlsx": refused("no_elements", "mangler skjemaets elementer"),
    "304-ns-two-reports": refused("reports_and_rounds", "det er 2 (data-"),
    "305-ns-two-rounds": refused("reports_and_rounds", "«log_rounds.csv» har 2 rader"),
    "306-ns-with-others": Expected(52),
    "308-ns-other-elements": refused("other_elements", "hører til et annet skjema"),
    "311-ns-rounds-name": Expected(37),
    "315-ns-api-wrapped": Expected(37),
    "320-msforms": refused("needs_form_map", "ser ut som en eksport fra Microsoft Forms"),
    "322-gforms-zip": refused("needs_form_map", "ser ut som en eksport fra Google Forms"),
    "323-limesurvey": refused("needs_form_map", "ser ut som en eksport fra LimeSurvey"),
    "341-vtt": refused("transcript", "utskrifter av samtaler skal ikke leveres"),
    "342-transcript-docx": refused("letter_alone", "utskrifter skal ikke leveres"),
    "344-nvivo-docx-codebook": refused("needs_coding", "ser ut som kodet materiale fra NVivo"),
    "345-audio": refused("sound_file", "lyd- og filmopptak skal ikke leveres"),
    "500-more-time-than-planned": Expected(15),
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return load(home=tmp_path_factory.mktemp("home"), database_url=None, _env_file=None)


def checked(case: Path, settings: Settings, school: str | None = None) -> Receipt:
    """What `innenfra check` makes of the one file or folder of a case."""
    (path,) = case.iterdir()
    (receipt,) = check_paths([path], settings, school, SCHOOLS)
    return receipt


def says(receipt: Receipt) -> str:
    return "\n".join(f"{f.severity} {f.rule}: {f.message.nb}" for f in receipt.findings)


@pytest.mark.parametrize("name", CASES)
def test_each_kind_of_delivery_is_met_as_expected(name: str, fixtures: Path, settings: Settings) -> None:
    expected = CASES[name]
    receipt = checked(fixtures / "field" / name, settings, expected.school)
    status = expected.status or ("partly_landed" if expected.held else "landed")
    assert (receipt.status, receipt.rows_landed, receipt.rows_held_back) == (
        status,
        expected.landed,
        expected.held,
    ), says(receipt)
    for rule, said in expected.told:
        assert any(f.rule == rule and said in f.message.nb for f in receipt.findings), says(receipt)
    if expected.only:
        assert {f.rule for f in receipt.findings} == {rule for rule, _ in expected.told}, says(receipt)
    for finding in receipt.findings:
        assert len({finding.message[lang] for lang in ("nb", "nn", "en")}) > 1
        assert finding.rule not in ("unreadable_file", "slow_file")
