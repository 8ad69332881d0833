"""Reports on the demonstration: as the one who asks, equal to what is published, kept as they were handed on,
and extracts for research."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import dagster as dg
import docx
import psycopg
import pytest
from conftest import copy_of

from innenfra.database import local
from innenfra.database.access import WRITER
from innenfra.database.acting import Actor, acting
from innenfra.demo.plants import SJOSIDEN, TWO_INSTITUTIONS
from innenfra.errors import UserError
from innenfra.reports.drafts import Round, write_drafts
from innenfra.reports.extract import (
    KEPT,
    approve,
    list_projects,
    make_again,
    make_extract,
    make_own_extract,
)
from innenfra.reports.issue import find_differences, issue, list_issued, read_issued, write_words
from innenfra.reports.make import Wish, choose_language, make_for_owners, make_report
from innenfra.reports.model import Report
from innenfra.settings import Settings
from orchestration.definitions import definitions

APP = "https://innenfra.example"
LAST = "2025"


@pytest.fixture(scope="module")
def url(server: local.Server, built_database: str) -> str:
    return copy_of(server, built_database)


def owner(owner_id: str) -> Actor:
    return Actor(f"demonstration|school_owner|{owner_id}", "school_owner", owner_id)


def school(school_id: str) -> Actor:
    return Actor(f"demonstration|school|{school_id}", "school", school_id)


@pytest.fixture(scope="module")
def owners(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "select owner_id from published.school group by 1 order by count(*) desc, owner_id"
        ).fetchall()
    return [row[0] for row in found]


def numbers(report: Report, key: str) -> dict[tuple[str, str], tuple[str, float | None]]:
    return {
        (row[0].written, name): (cell.written, cell.number)
        for section, table in report.tables()
        if section.key == key
        for row in table.rows
        for name, cell in zip(table.header[1:], row[1:], strict=True)
    }


def test_numbers_are_those_that_are_published(url: str, owners: list[str]) -> None:
    report = make_report(url, owner(owners[0]), Wish("county", owners[0], LAST), APP)
    told = numbers(report, "measures")
    with psycopg.connect(url) as connection:
        published = connection.execute(
            "select school.school_code || ' ' || school.name, value.period, value.value::float, value.bound"
            " from published.indicator_value as value inner join published.school as school using (school_id)"
            " inner join published.indicator as indicator using (indicator_id, definition_version)"
            " where indicator.is_current and indicator_id = 'A1' and value.slice = '{}' and owner_id = %s"
            " and period_type = 'school_year' and period in ('2022/23', '2023/24', '2024/25')"
            " and value.status in ('observed', 'stated_zero', 'provisional')",
            (owners[0],),
        ).fetchall()
        sums = connection.execute(
            "select value::float from published.indicator_value as value inner join published.indicator using"
            " (indicator_id, definition_version) where is_current and indicator_id = 'C1' and unit_id = %s"
            " and unit_level = 'school_owner' and period = '2024/25' and slice = '{\"structure\":"
            ' "as_it_was"}\'',
            (owners[0],),
        ).fetchone()
    assert published
    for name, period, value, bound in published:
        assert told[name, period][1] == (pytest.approx(value) if bound == "=" else None)
    council = make_report(url, owner(owners[0]), Wish("council", owners[0], LAST), APP)
    assert sums is not None
    assert numbers(council, "together")["Gjennomførte teamsløyfer", "2024/25"][1] == pytest.approx(sums[0])
    assert f"gjelder={owners[0]}" in report.link
    assert report.link.startswith(f"{APP}/rapport?")


def test_fewer_than_three_schools_have_no_sum(url: str, owners: list[str]) -> None:
    few = owners[-1]
    report = make_report(url, owner(few), Wish("council", few, LAST), APP)
    together = next(section for section in report.sections if section.key == "together")
    assert together.lacks == ("data",)
    assert "færre enn tre skoler" in together.blocks[0].words  # type: ignore[union-attr]


def test_a_report_is_in_the_language_form_that_most_of_its_schools_have(
    server: local.Server, built_database: str, owners: list[str]
) -> None:
    url = copy_of(server, built_database)
    wish = Wish("county", owners[0], LAST)
    assert make_report(url, owner(owners[0]), wish, APP).language == "nb"
    with psycopg.connect(url) as connection:
        connection.execute(
            "update published.school set language_form = 'nn' where owner_id = %s", (owners[0],)
        )
    made = make_report(url, owner(owners[0]), wish, APP)
    assert (made.language, made.sections[0].title) == ("nn", "Behov og mål")
    assert made.subtitle.endswith("til statsforvaltaren")
    assert "lang=nn" in made.link
    english = make_report(url, owner(owners[0]), replace(wish, language="en"), APP)
    assert english.language == "en"


@pytest.mark.parametrize(
    ("forms", "language"),
    [
        ((), "nb"),
        ((None, None), "nb"),
        (("nn", None), "nn"),
        (("nn", "nn", "nb"), "nn"),
        (("nn", "nb"), "nb"),
    ],
)
def test_half_and_half_is_as_the_reader_has_it(forms: tuple[str | None, ...], language: str) -> None:
    assert choose_language([{"language_form": form} for form in forms]) == language
    assert choose_language([{"language_form": "nn"}, {"language_form": "nb"}], "nn") == "nn"


def test_nobody_makes_a_report_about_others(url: str, owners: list[str]) -> None:
    mine, other = owner(owners[0]), owners[1]
    with pytest.raises(UserError):
        make_report(url, mine, Wish("county", other, LAST), APP)
    with pytest.raises(UserError):
        make_report(url, mine, Wish("mirror", SJOSIDEN, "9"), APP)
    with pytest.raises(UserError):
        write_words(url, mine, Wish("county", other, LAST), "needs", "Noe")
    with pytest.raises(UserError):
        write_words(url, mine, Wish("county", owners[0], LAST), "measures", "Noe")


def test_a_mirror_sheet_of_the_school_tells_its_log(url: str) -> None:
    report = make_report(url, school(TWO_INSTITUTIONS), Wish("mirror", TWO_INSTITUTIONS, "9"), APP)
    assert "av" in report.answer or "/" in report.answer
    assert [picture.caption for picture in report.pictures()]
    university = Actor("demonstration|university|UH2", "university", "UH2")
    with psycopg.connect(url) as connection:
        partnership = connection.execute(
            "select partnership_id from register.partnership_party where party_id = 'UH2' order by 1 limit 1"
        ).fetchone()
    assert partnership is not None
    yearly = make_report(url, university, Wish("yearly", partnership[0], "2024/25"), APP)
    assert {section.key for section in yearly.sections} >= {"words_school", "words_university", "loops"}


def test_own_words_are_masked_and_the_newest_count(url: str, owners: list[str]) -> None:
    wish = Wish("county", owners[0], LAST)
    write_words(url, owner(owners[0]), wish, "needs", "Først dette.")
    kept = write_words(url, owner(owners[0]), wish, "needs", "Ring 99 88 77 66 om behovet.")
    assert kept.was_masked
    assert "99 88 77 66" not in kept.words
    report = make_report(url, owner(owners[0]), wish, APP)
    needs = next(section for section in report.sections if section.key == "needs")
    assert needs.is_filled
    assert needs.blocks[0].words == kept.words  # type: ignore[union-attr]
    with pytest.raises(UserError):
        write_words(url, owner(owners[0]), wish, "needs", "x" * 3000)


def test_an_issued_report_is_kept_and_never_changes(url: str, owners: list[str]) -> None:
    wish, me = Wish("council", owners[0], LAST), owner(owners[0])
    kept = issue(url, me, wish, APP, "docx")
    with acting(url, me) as connection:
        listed = list_issued(connection, "council", owners[0])
        again = read_issued(connection, kept.report_id)
    assert [row["report_id"] for row in listed] == [kept.report_id]
    assert bytes(again["file"]) == kept.data
    assert again["sha256"] == kept.sha256
    assert find_differences(url, me, kept.report_id, APP) == []
    write_words(url, me, wish, "plan", "Vi fortsetter med to sløyfer i året.")
    found = find_differences(url, me, kept.report_id, APP)
    assert [one.after for one in found] == ["Vi fortsetter med to sløyfer i året."]
    with psycopg.connect(url) as connection:
        for statement in (
            "update dialogue.issued_report set says = '{}'",
            "delete from dialogue.issued_report",
            "update dialogue.report_words set words = 'annet'",
            "delete from authz.research_extract",
        ):
            with pytest.raises(psycopg.errors.RaiseException), connection.transaction():
                connection.execute(statement)
    with acting(url, owner(owners[1])) as connection:
        assert list_issued(connection, "council", owners[0]) == []
        with pytest.raises(UserError):
            read_issued(connection, kept.report_id)


def test_all_owners_one_at_a_time(url: str, owners: list[str]) -> None:
    made = {one: (report, files) for one, report, files in make_for_owners(url, APP, LAST)}
    assert {one for one, (report, _) in made.items() if report} == set(owners)
    for report, files in made.values():
        if report:
            assert set(files) == {"docx", "pdf"}


def test_a_research_extract(url: str) -> None:
    researcher = "demonstration|university|UH2"
    today = dt.date(2026, 11, 27)
    with pytest.raises(UserError):
        make_extract(url, "2026-17", today=today)
    with pytest.raises(UserError):
        approve(url, "2026-17", "GDPR art. 6 (1) e", ["quote"], researcher, today, "data protection officer")
    approve(
        url, "2026-17", "GDPR art. 6 (1) e", ["indicator_value", "agreement"], researcher, today, "officer"
    )
    one, other = (make_extract(url, "2026-17", "UH2", today) for _ in range(2))
    again = make_again(url, one.extract_id, "UH2", today)
    assert again.data == one.data
    assert other.sha256 != one.sha256
    with pytest.raises(UserError):
        make_extract(url, "2026-17", "UH2", today + dt.timedelta(days=1))
    with psycopg.connect(url) as connection:
        secrets = connection.execute("select school_id, name, school_code from published.school").fetchall()
        kept = connection.execute("select count(*), min(length(salt)) from authz.research_extract").fetchone()
    assert kept == (2, 32)
    with zipfile.ZipFile(io.BytesIO(one.data)) as packed:
        assert set(packed.namelist()) == {
            "agreement.csv",
            "coding.csv",
            "family_crosswalk.csv",
            "indicator.csv",
            "indicator_value.csv",
            "README.json",
        }
        texts = {name: packed.read(name).decode("utf-8-sig") for name in packed.namelist()}
    for name, text in texts.items():
        assert not [s for s in secrets if s[0] in text or s[1] in text], name
    readme = json.loads(texts["README.json"])
    assert readme["legal_basis"] == "GDPR art. 6 (1) e"
    lines = texts["agreement.csv"].splitlines()
    assert lines[0].split(",") == list(KEPT["agreement"])
    place = KEPT["agreement"].index("valid_from")
    assert len(lines) > 1
    for line in lines[1:]:
        assert line.startswith("S-")
        assert len(line.split(",")[place]) == len("2019-08")


def test_an_extract_in_the_app_is_for_ones_own_project_and_until_its_day(url: str) -> None:
    own, other = (Actor(f"demonstration|university|{unit}", "university", unit) for unit in ("UH2", "UH1"))
    today = dt.date.today()
    for project, until in (("open-1", today), ("over-1", today - dt.timedelta(days=1))):
        approve(url, project, "Sikt 1", ["agreement"], own.subject, until, "officer")
    with acting(url, own) as connection:
        assert [one["project_id"] for one in list_projects(connection)] == ["open-1"]
    for actor, project in (
        (other, "open-1"),
        (own, "over-1"),
        (own, "unknown"),
        (replace(own, role="engineer", unit="all"), "open-1"),
    ):
        with pytest.raises(UserError, match="not approved"):
            make_own_extract(url, actor, project)
    made = make_own_extract(url, own, "open-1")
    with psycopg.connect(url) as connection:
        kept = connection.execute(
            "select project_id, sha256, rows_n, length(salt) from authz.research_extract where extract_id ="
            " %s",
            (made.extract_id,),
        ).fetchone()
    assert kept == ("open-1", hashlib.sha256(made.data).hexdigest(), made.rows_n, 32)
    assert make_again(url, made.extract_id, "UH2", today).data == made.data
    # nor may anybody write one down past the page
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="not_your_project"),
        acting(url, other, WRITER) as connection,
    ):
        connection.execute("select dialogue.keep_extract('open-1', 1, ''::bytea, 0, '')")


def test_drafts_are_made_again_only_where_something_else_would_be_said(
    url: str, owners: list[str], settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "reports"
    first = write_drafts(url, APP, folder)
    files = {path.name: path.stat().st_mtime_ns for path in folder.glob("innenfra-*")}
    assert (
        (first.reports, first.written) == (2 * len(owners), len(files)) == (2 * len(owners), 4 * len(owners))
    )
    assert first.size == sum(path.stat().st_size for path in folder.glob("innenfra-*"))
    assert folder.stat().st_mode & 0o077 == 0
    assert write_drafts(url, APP, folder) == Round(is_unchanged=True)
    wish = Wish("county", owners[1], LAST)
    write_words(url, owner(owners[1]), wish, "goals", "Vi er kommet halvveis.")
    second = write_drafts(url, APP, folder)
    assert (second.reports, second.written, second.taken_away) == (2 * len(owners), 2, 0)
    changed = {path.name for path in folder.glob("innenfra-*") if path.stat().st_mtime_ns != files[path.name]}
    assert {name.split(".")[0] for name in changed} == {f"innenfra-statsforvalter-{owners[1]}-{LAST}-r1"}
    drafted = docx.Document(str(folder / f"innenfra-statsforvalter-{owners[1]}-{LAST}-r1.docx"))
    assert "Vi er kommet halvveis." in [paragraph.text for paragraph in drafted.paragraphs]


def test_dagster_makes_drafts_after_a_release_and_says_how_many(
    url: str, owners: list[str], settings: Settings, tmp_path: Path
) -> None:
    made = definitions(settings.model_copy(update={"home": tmp_path}), url)
    job = made.resolve_job_def("reports")
    with dg.DagsterInstance.ephemeral() as instance:

        def materialize() -> dict[str, object]:
            result = job.execute_in_process(instance=instance)
            (event,) = result.get_asset_materialization_events()
            return {name: one.value for name, one in event.materialization.metadata.items()}

        told = materialize()
        assert told["reports"] == 2 * len(owners)
        assert told["files_written"] == len(list((tmp_path / "reports").glob("innenfra-*")))
        assert isinstance(told["bytes"], int)
        assert "seconds" in told
        assert materialize() == {"unchanged": True}

        @dg.op
        def nothing() -> None:
            pass

        @dg.job(name="release")
        def release() -> None:
            nothing()

        result = release.execute_in_process(instance=instance)
        context = dg.build_run_status_sensor_context(
            sensor_name="reports_after_release",
            dagster_instance=instance,
            dagster_run=result.dagster_run,
            dagster_event=result.get_run_success_event(),
        )
        asked = made.resolve_sensor_def("reports_after_release")(context)
    assert asked.run_key == result.run_id
