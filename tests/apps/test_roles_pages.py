"""Each page as its people meet it, on a copy of the demonstration: what it shows, what it writes, what it
refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import streamlit as st
from conftest import copy_of
from streamlit.testing.v1 import AppTest

from apps import dialogue, error_page
from apps.navigation import PAGES, pages_of
from apps.words import translator
from innenfra import quotes
from innenfra.contracts.access import ROLES
from innenfra.contracts.vocabulary import STATUSES, VERDICT_REASONS, VERDICTS, verdict_in_words
from innenfra.database import local
from innenfra.database.acting import Actor
from innenfra.database.app_login import app_url
from innenfra.demo.plants import AWAITING, SJOSIDEN
from innenfra.explain import explain, explain_to
from innenfra.settings import Settings

APPS = Path(__file__).parents[2] / "apps"
MARKUP = "**Vi** [les](http://evil.example) :red[rødt] <b>x</b> $y$ :material/home: a@b.no www.evil.no"


@pytest.fixture(scope="module")
def url(server: local.Server, built_database: str) -> str:
    made = copy_of(server, built_database)
    with psycopg.connect(made) as connection:
        plant_answers(connection)
    return made


def plant_answers(connection: psycopg.Connection) -> None:
    """Two rounds with open answers at one school: one large enough to be read, one too small."""
    for round_no, submitted in ((1, 30), (2, 9)):
        planted = connection.execute(
            "insert into landed.log_round (school_id, partnership_id, loop_no, round_no,"
            " log_instrument_version_id, invited_n, submitted_n, collection_mode, period, file_id,"
            " row_number) select school_id, partnership_id, loop_no, %s, 'LOGG-v1', 40, %s, 'link', period,"
            " case when %s < 10 then (select max(file_id) from inbox.file) else file_id end, 900 from"
            " landed.loop where school_id = %s and loop_no = 1 limit 1 returning school_id, file_id,"
            " partnership_id, loop_no, round_no",
            (round_no, submitted, submitted, SJOSIDEN),
        ).fetchone()
        assert planted
        for number in range(submitted):
            connection.execute(
                "insert into restricted.log_text (school_id, file_id, partnership_id, loop_no, round_no,"
                " item_id, answer, delete_after, is_flagged) values (%s, %s, %s, %s, %s, 'fritekst', %s,"
                " '2099-01-01', %s)",
                (
                    *planted,
                    "Liv og røre i gruppa." if number == 3 else f"Svar {number}: vi lærte *mye*",
                    number == 3,
                ),
            )


class Opener:
    """Opens a page as a person."""

    def __call__(self, page: str, role: str, unit: str, **query: str) -> AppTest:
        test = AppTest.from_file(str(APPS / "shell.py"), default_timeout=60)
        for name, value in {"rolle": role, "enhet": unit, "lang": "nb", **query}.items():
            test.query_params[name] = value
        test.run()
        address = next(one.address for one in PAGES if one.name == page)
        # pages are functions; the test runner itself switches between files only
        test._page_hash = next(
            known for known, one in test._registered_pages.items() if one["url_pathname"] == address
        )
        test.run()
        assert not test.exception, test.exception
        return test


@pytest.fixture
def app(url: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opener]:
    monkeypatch.setenv("DATABASE_URL", app_url(settings, url))
    st.cache_data.clear()
    yield Opener()
    st.cache_data.clear()


def text_of(test: AppTest) -> str:
    """All that stands on the page."""
    parts = [
        str(e.value)
        for kind in (
            "title",
            "header",
            "subheader",
            "markdown",
            "text",
            "info",
            "warning",
            "error",
            "success",
        )
        for e in getattr(test, kind)
    ]
    return read("\n".join([*parts, *(table.value.to_string() for table in test.table)]))


def read(text: str) -> str:
    """Text as it is read: without what keeps Streamlit from taking it for Markdown."""
    return re.sub(r"\\([^\w\s])", r"\1", text).replace("\u2060", "")


def button(test: AppTest, label: str) -> None:
    next(b for b in test.button if b.label == label).click().run()
    assert not test.exception, test.exception


@pytest.mark.parametrize("role", ROLES.codes)
def test_every_role_opens_each_of_its_pages(app: Opener, role: str) -> None:
    unit = {"university": "UH1", "school": SJOSIDEN, "coder": "all", "engineer": "all"}.get(role, "")
    assert pages_of(role)
    for page in pages_of(role):
        assert app(page.name, role, unit).title, page.name


def test_the_school_sees_first_and_answers(app: Opener, url: str) -> None:
    t = translator("nb")
    test = app("member_check", "school", AWAITING)
    assert re.search(r"\d+ tall i \d+ perioder venter på skolen\. \d+ dager igjen\.", text_of(test))
    assert "neste utgivelse" in text_of(test)
    own = test.table[0].value
    assert len(own) > 0
    assert not own.iloc[:, 1].str.contains("Venter på").any()
    assert next(r for r in test.radio if r.label == t("look.answer")).value is None
    next(r for r in test.radio if r.label == t("look.answer")).set_value("partly")
    test.text_area[0].set_value(MARKUP)
    button(test, t("look.send"))
    assert t("look.sent") in text_of(test)
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "select school_id, answer, comment, by_subject from dialogue.member_check order by"
            " member_check_id desc limit 1"
        ).fetchone()
    assert row == (AWAITING, "partly", MARKUP, f"demonstration|school|{AWAITING}")
    beside = " ".join(test.table[0].value.iloc[:, 4])
    assert "Vi kjenner oss delvis igjen" in beside
    assert dialogue.plain(MARKUP) in beside


def test_no_response_is_said_when_the_time_has_run_out(app: Opener, url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(
            "insert into published.member_check (member_check_id, school_id, release_id, answer) values (0,"
            " %s, 1, 'no_response')",
            (AWAITING,),
        )
    assert translator("nb")("look.no_response", release=1) in text_of(app("member_check", "school", AWAITING))
    with psycopg.connect(url) as connection:
        connection.execute("delete from published.member_check where answer = 'no_response'")


def test_comments_are_words_and_never_markup() -> None:
    said = dialogue.plain(MARKUP)
    for sign in ("**", "](", ":red[", "$y$", ":material", "a@b", "www.", "://"):
        assert sign not in said
    assert not re.search(r"(?<!\\)<", said)
    assert re.sub(r"\\(.)", r"\1", said).replace("\u2060", "") == MARKUP


def test_a_comment_stands_beside_the_number_for_the_university(app: Opener, url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(
            "select set_config('app.subject', %s, true)", (f"demonstration|school|{SJOSIDEN}",)
        )
        connection.execute(
            "select dialogue.write(%s, 1, 'A1', null, null, null, %s)", (SJOSIDEN, "Vi *tok* det med ro")
        )
    table = app("school", "university", "UH1", valgt=SJOSIDEN, familie="agreement").table[0].value
    assert "Vi \\*tok\\* det med ro" in table.to_string()
    assert "Vi kjenner oss igjen" in table.to_string()


def test_explanations_are_as_the_person_may_know(url: str) -> None:
    (whole,) = [e for e in explain(url, SJOSIDEN, "A1", "year:3") if not e.slice]
    asked = (SJOSIDEN, "A1", "partnership_year", "3")
    for subject, role, files in (
        (f"demonstration|school|{SJOSIDEN}", "school", True),
        ("demonstration|university|UH1", "university", True),
    ):
        (one,) = [e for e in explain_to(url, Actor(subject, role), *asked) if not e.slice]
        assert (one.numerator, one.denominator, one.definition, one.checks) == (
            whole.numerator,
            whole.denominator,
            whole.definition,
            whole.checks,
        )
        assert one.sources == whole.sources if files else not one.sources
        assert whole.sources
    with psycopg.connect(url) as connection:
        owner = connection.execute(
            "select owner_id from register.school where school_id = %s order by valid_from desc limit 1",
            (SJOSIDEN,),
        ).fetchone()
    assert owner
    (seen,) = [
        e
        for e in explain_to(url, Actor(f"demonstration|school_owner|{owner[0]}", "school_owner"), *asked)
        if not e.slice
    ]
    assert seen.numerator == whole.numerator
    assert seen.sources == []
    assert explain_to(url, Actor("nobody|1", "university"), *asked) == []


def test_rows_behind_peoples_answers_are_the_schools_own(url: str) -> None:
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "select school_id, indicator_id, period_type, period from published.indicator_value where n_band"
            " is not null and value is not null and numerator is null and school_id in (select school_id from"
            " published.agreement inner join register.partnership_party as party using (partnership_id) where"
            " party.party_id = 'UH1') order by 1, 2, 3, 4 limit 1"
        ).fetchone()
    assert found
    own = explain_to(url, Actor(f"demonstration|school|{found[0]}", "school"), *found)
    others = explain_to(url, Actor("demonstration|university|UH1", "university"), *found)
    assert any(s.rows for e in own for s in e.sources)
    assert any(e.sources for e in others)
    assert any(e.numerator is None for e in others)
    assert not any(s.rows for e in others for s in e.sources if e.numerator is None)


def test_the_drawer_opens(app: Opener) -> None:
    test = app("school", "university", "UH1", valgt=SJOSIDEN, familie="agreement")
    before = len(test.table)
    button(test, translator("nb")("drawer.open"))
    told = [table.value.to_string() for table in test.table]
    assert len(told) > before
    assert any("Kommer fra" in one and "rad " in one and "Slik er det regnet" in one for one in told)


def test_a_school_is_told_by_each_clock_it_has_and_by_no_other(app: Opener, url: str) -> None:
    t = translator("nb")
    with psycopg.connect(url) as connection:
        (school,) = connection.execute(
            "select school_id from published.school_indicator_value where period_type = 'budget_year' and"
            " value is not null limit 1"
        ).fetchone() or ("",)
        (loops,) = connection.execute(
            "select max(period::int) from published.school_indicator_value where school_id = %s and"
            " period_type = 'loop' and indicator_id = 'C1'",
            (school,),
        ).fetchone() or (0,)
    assert school
    for clock, said in (
        ("loop", f"Sløyfe {loops}: "),
        ("budget_year", "Forpliktelser holdt"),
        ("year_block", t("school.not_by_clock", clock="tre skoleår samlet")),
    ):
        family = {"loop": "collaboration", "budget_year": "agreement", "year_block": "agreement"}[clock]
        test = app("school", "school", school, klokke=clock, familie=family)
        assert said in text_of(test), clock
        offered = next(s for s in test.selectbox if s.label == t("school.clock")).options
        assert [
            t(f"clock.{c}") for c in ("partnership_year", "school_year", "loop", "year_block", "budget_year")
        ] == list(offered)
    # Sjøsiden delivered no commitments with money, and no answers
    test = app("school", "school", SJOSIDEN, familie="agreement")
    offered = next(s for s in test.selectbox if s.label == t("school.clock")).options
    assert t("clock.budget_year") not in offered
    assert t("clock.loop") in offered


def test_compare_says_the_verdict_for_each_pair(app: Opener, url: str) -> None:
    t = translator("nb")
    of_university = (
        "select agreement.school_id from published.agreement as agreement inner join"
        " register.partnership_party as party using (partnership_id) where party.party_id = 'UH1'"
    )
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "select pair.school_id, other_school_id, period, other.school_code from published.comparison as"
            " pair inner join published.school as other on pair.other_school_id = other.school_id where"
            " indicator_id = 'C1' and period_type = 'school_year' and comparability = 'comparable' and"
            f" pair.school_id in ({of_university}) and other_school_id in ({of_university}) order by 3 desc,"
            " 1, 2 limit 1"
        ).fetchone()
        beside = {
            row[0]
            for row in connection.execute(
                "select label_nb from published.indicator where is_current and comparability_class <> 'K3'"
            ).fetchall()
        }
    assert found, "no two schools of the demonstration have comparable values"
    own, other, year, code = found

    def against() -> dict[str, str]:
        test = app(
            "compare", "university", "UH1", indikator="C1", egen=own, klokke="school_year", periode=year
        )
        table = test.table[0].value
        column = next(c for c in table.columns if str(c).startswith("Mot "))
        offered = next(s for s in test.selectbox if s.label == t("compare.indicator")).options
        # what is told within a school only is offered to nobody
        assert set(offered) <= beside
        return {
            str(school).split()[0]: str(said)
            for school, said in zip(table.iloc[:, 0], table[column], strict=True)
        }

    before = against()
    assert t("compare.itself") in before.values()
    assert all(
        v == t("compare.itself") or v.startswith(tuple(words.nb for words in VERDICTS.labels.values()))
        for v in before.values()
    )
    assert before[code] == verdict_in_words("comparable", None, "nb")
    change = (
        "update published.indicator_value set comparability = %s, comparability_reason = %s"
        " where school_id = %s and indicator_id = 'C1' and period_type = 'school_year' and period = %s"
    )
    with psycopg.connect(url) as connection:
        connection.execute(change, ("with_care", "incomplete_coverage", other, year))
    st.cache_data.clear()
    after = against()
    assert after[code] == verdict_in_words("with_care", "incomplete_coverage", "nb")
    assert {school for school in before if before[school] != after[school]} == {code}
    with psycopg.connect(url) as connection:
        connection.execute(change, ("comparable", None, other, year))
    st.cache_data.clear()


OTHER_FAMILY = VERDICT_REASONS.labels["other_family"].nb


def test_schools_outside_the_family_are_refused_in_words(app: Opener, url: str) -> None:
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "with seen as (select * from published.indicator_value where comparability_class = 'K2' and value"
            " is not null and period_type = 'school_year' and comparison_family is not null and school_id in"
            " (select school_id from published.agreement inner join register.partnership_party as party using"
            " (partnership_id) where party.party_id = 'UH1'))"
            " select indicator_id, period, min(school_id), slice::text from seen group by indicator_id,"
            " period, slice having count(distinct school_id) > 1 order by 1, 2 desc, 3 limit 1"
        ).fetchone()
        assert found, "no K2 value of the demonstration has a family"
        connection.execute(
            "update published.indicator_value set comparison_family = 'another' where indicator_id = %s and"
            " period = %s and period_type = 'school_year' and school_id <> %s",
            found[:3],
        )
    test = app(
        "compare",
        "university",
        "UH1",
        indikator=found[0],
        klokke="school_year",
        periode=found[1],
        egen=found[2],
        **{f"utsnitt_{found[0]}": found[3]},
    )
    told = [t for t in map(read, (str(e.value) for e in test.markdown)) if OTHER_FAMILY in t]
    assert told
    lines = [line for line in told[0].splitlines() if OTHER_FAMILY in line]
    refused = [code for line in lines for code in re.findall(r"S\d\d", line)]
    assert refused
    assert not any(str(s).startswith(tuple(refused)) for s in test.table[0].value.iloc[:, 0])


def test_school_page_says_the_change_and_its_verdict(app: Opener) -> None:
    said = text_of(app("school", "university", "UH1", valgt=SJOSIDEN, familie="agreement"))
    assert "Mot perioden før" in said
    assert re.search(r"nå, .* i forrige prosjektår", said)


def test_two_coders_and_the_school(app: Opener, url: str) -> None:
    t = translator("nb")
    test = app("coder", "coder", "all")
    shown = test.table[0].value
    assert len(shown) == 25
    assert "Liv" in set(shown.iloc[:, 2])
    assert "\\*mye\\*" in shown.to_string()
    test.text_area[0].set_value("vi lærte *mye*")
    button(test, t("coder.propose"))
    assert t("coder.proposed") in text_of(test)
    button(test, t("quote.release"))
    assert quotes.REFUSALS["ck_quote_two_people"].nb in text_of(test)
    second = app("coder", "coder", "second")
    button(second, t("quote.release"))
    assert t("quote.released") in text_of(second)
    school = app("member_check", "school", SJOSIDEN)
    assert "«vi lærte *mye*»" in [e.value for e in school.text]
    button(school, t("quote.show"))
    assert t("quote.cleared") in text_of(school)
    button(app("coder", "coder", "second"), t("quote.withdraw"))
    assert "«vi lærte *mye*»" not in [e.value for e in app("member_check", "school", SJOSIDEN).text]


def test_operations_and_a_release_as_it_stood(app: Opener, url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(
            'insert into quality.finding (file_id, sheet, "column", row_number, value_shown, rule,'
            " severity, message_nb, message_nn, message_en, owner) select min(file_id), 'ark', 'navn', 2,"
            " 'Hemmelig Navn', 'Matches', 'error', 'fant «Hemmelig Navn»', 'x', 'x', 'school' from inbox.file"
        )
    said = text_of(app("operations", "engineer", "all"))
    assert re.search(r"filer landet, én avvist", said)
    assert "hører ikke hjemme her" in said
    assert "Hemmelig" not in said
    assert "Matches" not in said
    assert "Fullført" in text_of(app("operations", "engineer", "all", vis="runs"))
    checks = text_of(app("operations", "engineer", "all", vis="checks"))
    assert re.search(r"0 funn i \d\d prøver", checks)
    past = app(
        "operations", "engineer", "all", vis="releases", indikator="A1", utgivelse="1",
        periode="partnership_year|1",
    )  # fmt: skip
    assert "utgitt" in text_of(past)
    assert "3/3" in text_of(past)
    summed = text_of(
        app(
            "operations", "engineer", "all", vis="releases", indikator="A1", utgivelse="1",
            periode="school_year|2022/23",
        )
    )  # fmt: skip
    for name in ("hele nettverket", "slik det var", "Nordland"):
        assert name in summed
    assert "as_it_was" not in summed


def test_a_release_is_compared_with_the_one_before(app: Opener, url: str) -> None:
    chosen = {"vis": "releases", "indikator": "A1"}
    assert "Utgivelse 1 er den første" in text_of(
        app("operations", "engineer", "all", utgivelse="1", **chosen)
    )
    with psycopg.connect(url) as connection:
        connection.execute(
            "insert into published.release (release_id, released_at, state, note, run_id, cells_shown,"
            " cells_pooled, cells_withheld, audit) overriding system value select 2, now(), state, note,"
            " 'next', cells_shown, cells_pooled, cells_withheld, audit from published.release where"
            " release_id = 1"
        )
        ((changed, gone),) = connection.execute(
            "select min(past_value_id), max(past_value_id) from published.past_value where indicator_id ="
            " 'A1' and seen_by = 'others' and cell ->> 'status' = 'observed' and unit_level = 'school'"
        ).fetchall()
        connection.execute(
            "update published.past_value set last_release = 1 where past_value_id in (%s, %s)",
            (changed, gone),
        )
        connection.execute(
            "insert into published.past_value (seen_by, first_release, unit_level, unit_id, indicator_id,"
            " cell_key, content, cell) select seen_by, 2, unit_level, unit_id, indicator_id, cell_key,"
            " 'other',"
            ' cell || \'{"numerator": 77, "denominator": 88}\' from published.past_value where'
            " past_value_id = %s",
            (changed,),
        )
    try:
        said = text_of(app("operations", "engineer", "all", utgivelse="2", mot="1", **chosen))
        assert (
            "Utgivelse 2 sier 2 tall annerledes enn utgivelse 1 (endret 1, borte 1), for 1 indikatorer"
            in said
        )
        assert "77/88" in said
        assert "borte" in said
        # of another indicator nothing differs, and that is not hidden by the choice
        other = text_of(
            app("operations", "engineer", "all", utgivelse="2", mot="1", vis="releases", indikator="C1")
        )
        assert "77/88" not in other
        assert "2 tall annerledes" in other
    finally:
        with psycopg.connect(url) as connection:
            connection.execute("delete from published.past_value where first_release = 2")
            connection.execute("update published.past_value set last_release = null where last_release = 1")
            connection.execute("delete from published.release where release_id = 2")


def test_a_stopped_run_is_said_on_every_page(app: Opener, url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(
            "insert into quality.run (run_id, started_at, finished_at, outcome) values ('night', now() +"
            " interval '1 hour', now(), 'failed')"
        )
    try:
        for role, unit in (
            ("university", "UH1"),
            ("school", SJOSIDEN),
            ("coder", "all"),
            ("engineer", "all"),
        ):
            for page in pages_of(role):
                assert any("Siste kjøring stoppet" in w.value for w in app(page.name, role, unit).warning), (
                    page.name
                )
    finally:
        with psycopg.connect(url) as connection:
            connection.execute("delete from quality.run where run_id = 'night'")


def test_a_failing_page_tells_a_code_and_logs_no_words(caplog: pytest.LogCaptureFixture) -> None:
    told: list[str] = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(error_page.st, "error", told.append)
        assert error_page.on_script_error(ValueError("noen sa noe hemmelig"))
    found = re.fullmatch(r"Noe gikk galt hos oss\. Tallene er trygge\. Oppgi kode (\w{8})\.", told[0])
    assert found
    assert found[1] in caplog.text
    assert "hemmelig" not in caplog.text


@pytest.mark.parametrize(
    ("page", "role", "unit"),
    [("compare", "university", "UH1"), ("school", "university", "UH1"), ("school", "school", SJOSIDEN)],
)
def test_each_status_has_its_own_words_on_each_page(
    app: Opener, url: str, page: str, role: str, unit: str
) -> None:
    relation = "school_indicator_value" if role == "school" else "indicator_value"
    said: dict[str, str] = {}
    key = "A1" if page == "school" else "C1"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            f"create table public.kept as select * from published.{relation} where indicator_id = '{key}'"
        )
        for status in STATUSES.codes:
            number = {"observed": "3", "stated_zero": "0", "provisional": "2"}.get(status, "null")
            connection.execute(
                f"update published.{relation} set status = '{status}', numerator = {number}, denominator ="
                f" {number} + 4, value = {number} / 7.0, bound = '=' where indicator_id = '{key}'"
            )
            st.cache_data.clear()
            test = app(page, role, unit, indikator=key, valgt=SJOSIDEN, familie="agreement")
            if page == "compare":
                said[status] = (
                    " | ".join(
                        sorted(
                            set(test.table[0].value.iloc[:, 1]) - {translator("nb")("state.not_collected")}
                        )
                    )
                    or "not_collected"
                )
            else:
                said[status] = "\n".join(e.value for e in test.markdown) + (
                    test.table[0].value.to_string() if test.table else ""
                )
            wording = (
                translator("nb")(f"state.{status}") if number == "null" else f"{number}/{int(number) + 4}"
            )
            assert wording in said[status] or said[status] == status, (status, said[status])
        connection.execute(f"delete from published.{relation} where indicator_id = '{key}'")
        connection.execute(f"insert into published.{relation} select * from public.kept")
        connection.execute("drop table public.kept")
    assert len(set(said.values())) == len(STATUSES.codes)
