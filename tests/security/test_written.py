"""What partners write in the app: who may, about what, and that only added rows are left of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from conftest import copy_of

from innenfra import spoken
from innenfra.contracts.spoken import SPOKEN
from innenfra.database.access import READER, WRITER
from innenfra.database.acting import Actor, take_on
from innenfra.database.local import Server
from innenfra.demo.plants import SJOSIDEN, TWO_INSTITUTIONS
from innenfra.errors import UserError


@pytest.fixture(scope="module")
def url(server: Server, built_database: str) -> str:
    return copy_of(server, built_database)


@contextmanager
def written_by(url: str, role: str, unit: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(url) as connection, connection.transaction(force_rollback=True):
        take_on(connection, Actor(f"demonstration|{role}|{unit}", role, unit), WRITER)
        yield connection


@pytest.fixture(scope="module")
def item(url: str) -> tuple[str, str, str]:
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "select school_id, partnership_id, mirror_id from published.mirror_item where school_id = %s"
            " order by 3 limit 1",
            (TWO_INSTITUTIONS,),
        ).fetchone()
    assert row
    return row


@pytest.fixture(scope="module")
def agreed(url: str) -> tuple[str, str, str, int, int]:
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "select school_id, partnership_id, agreement_id, version_no, commitment_no from"
            " published.commitment where school_id = %s order by 3, 4, 5 limit 1",
            (TWO_INSTITUTIONS,),
        ).fetchone()
    assert row
    return row


ANSWER = "select dialogue.answer_mirror(%s, %s, %s, 'partly', 'Dette er vi enige om')"
DECIDE = (
    "select dialogue.decide(%s, %s, 'organisation', 'teachers', 'development_group', %s, 3, 'Vi prøver"
    " igjen')"
)
TEXT = "select dialogue.write_mirror_text(%s, %s, %s, 'Når ber dere om hypoteser?', '')"
ASSESS = "select dialogue.assess(%s, %s, %s, %s, %s, '2031/32', 'kept')"


def refusal(url: str, role: str, unit: str, query: str, values: tuple[object, ...]) -> str:
    """The code of the refusal; fails where it is let through."""
    with pytest.raises(psycopg.Error) as raised, written_by(url, role, unit) as connection:
        connection.execute(query.encode(), values)
    return raised.value.diag.message_primary or ""


def test_only_the_schools_own_people_answer_and_decide(url: str, item: tuple[str, str, str]) -> None:
    for query in (ANSWER, DECIDE):
        with written_by(url, "school", TWO_INSTITUTIONS) as connection:
            connection.execute(query.encode(), item)
        for role, unit in (("school", SJOSIDEN), ("university", "UH1"), ("engineer", "all")):
            assert refusal(url, role, unit, query, item) == "not_the_school"


def test_only_an_institution_of_the_partnership_writes_texts(url: str, item: tuple[str, str, str]) -> None:
    with written_by(url, "university", "UH1") as connection:
        connection.execute(TEXT.encode(), item)
    assert refusal(url, "school", TWO_INSTITUTIONS, TEXT, item) == "not_the_university"
    with psycopg.connect(url) as connection:
        other = connection.execute(
            "select school_id, partnership_id, mirror_id from published.mirror_item where author_id = 'UH2'"
            " limit 1"
        ).fetchone()
    assert other
    assert refusal(url, "university", "UH1", TEXT, other) == "not_the_university"


def test_each_party_assesses_in_its_own_name(url: str, agreed: tuple[str, str, str, int, int]) -> None:
    for role, unit, expected in (
        ("school", TWO_INSTITUTIONS, ("school", None)),
        ("university", "UH2", ("institution", "UH2")),
    ):
        with written_by(url, role, unit) as connection:
            connection.execute(ASSESS.encode(), agreed)
            connection.execute("reset role")
            row = connection.execute(
                "select assessed_by, assessed_by_id from dialogue.commitment_review order by"
                " commitment_review_id desc limit 1"
            ).fetchone()
        assert row == expected
    assert refusal(url, "school", SJOSIDEN, ASSESS, agreed) == "not_a_party"
    unknown = (*agreed[:4], 999)
    assert refusal(url, "school", TWO_INSTITUTIONS, ASSESS, unknown) == "no_such_commitment"


def test_an_owner_assesses_where_it_is_a_party_only(url: str) -> None:
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "select distinct on (agreement.owner_is_party) agreement.owner_is_party, school.owner_id,"
            " agreement.school_id, agreement.partnership_id, commitment.agreement_id, commitment.version_no,"
            " commitment.commitment_no from published.agreement as agreement inner join published.commitment"
            " as commitment using (school_id, partnership_id, agreement_id, version_no) inner join"
            " published.school as school using (school_id) order by 1, 2, 3, 5, 6, 7"
        ).fetchall()
    said = {row[0]: row[1:] for row in rows}
    assert "yes" in said
    assert len(said) > 1
    for is_party, (owner, *about) in said.items():
        if is_party == "yes":
            with written_by(url, "school_owner", owner) as connection:
                connection.execute(ASSESS.encode(), about)
        else:
            assert refusal(url, "school_owner", owner, ASSESS, tuple(about)) == "not_a_party"


NEED = "select dialogue.state_need(%s, %s, '2031/32', 'substitute_cover', 'Vikar i forskningstimen', true)"


def test_only_the_school_states_what_it_needs(url: str, item: tuple[str, str, str]) -> None:
    about = item[:2]
    with written_by(url, "school", TWO_INSTITUTIONS) as connection:
        connection.execute(NEED.encode(), about)
    for role, unit in (("school", SJOSIDEN), ("university", "UH1"), ("county", "18"), ("engineer", "all")):
        assert refusal(url, role, unit, NEED, about) == "not_the_school"
    elsewhere = (TWO_INSTITUTIONS, "PS-SJO")
    assert refusal(url, "school", TWO_INSTITUTIONS, NEED, elsewhere) == "no_such_partnership"


GRANT = (
    "select dialogue.report_grant(%s, 2026, 'kollektiv_2026', %s, '2026-05-02', 500000,"
    " '{700000, null, null}', '{0, null, 25000}', 'yes')"
)


def test_an_owner_tells_of_its_own_grants_and_an_institution_of_its_partnerships(url: str) -> None:
    with psycopg.connect(url) as connection:
        told = connection.execute(
            "select distinct owner_id, partnership_id, reported_by_id from published.grant_year where"
            " reported_by = 'institution' order by 1, 2, 3"
        ).fetchall()
    (owner, partnership, institution), *_ = told
    (other, elsewhere, _) = next(row for row in told if row[0] != owner and row[1] != partnership)
    kept = (
        "select reported_by, reported_by_id, granted, needs_year_2, own_share_time, own_share_money from"
        " dialogue.grant_year order by grant_year_id desc limit 1"
    )
    for role, unit, by in (
        ("school_owner", owner, "school_owner"),
        ("university", institution, "institution"),
    ):
        with written_by(url, role, unit) as connection:
            connection.execute(GRANT.encode(), (owner, partnership))
            connection.execute("reset role")
            # nought is a number, nothing told stays empty
            assert connection.execute(kept).fetchone() == (by, unit, 500_000, None, 0, 25_000)
    for role, unit in (
        ("school_owner", other),
        ("school", TWO_INSTITUTIONS),
        ("county", "18"),
        ("engineer", "all"),
    ):
        assert refusal(url, role, unit, GRANT, (owner, partnership)) == "not_your_grant", role
    assert refusal(url, "school_owner", owner, GRANT, (owner, "PS-NONE")) == "not_your_grant"
    # an institution of the partnership, of an owner that is not in it
    refused = refusal(url, "university", institution, GRANT, ("998871034", partnership))
    assert refused == "owner_is_not_in_the_partnership"
    assert elsewhere != partnership


def test_what_one_side_wrote_of_a_grant_is_its_own_to_read(url: str) -> None:
    with psycopg.connect(url) as connection, connection.transaction(force_rollback=True):
        owner, partnership, institution = connection.execute(
            "select owner_id, partnership_id, reported_by_id from published.grant_year where reported_by ="
            " 'institution' order by 1, 2, 3 limit 1"
        ).fetchone() or ("", "", "")
        for role, unit in (("school_owner", owner), ("university", institution)):
            with connection.transaction():
                take_on(connection, Actor(f"demonstration|{role}|{unit}", role, unit), WRITER)
                connection.execute(GRANT.encode(), (owner, partnership))
                connection.execute("reset role")
        for role, unit, n in (
            ("school_owner", owner, 1),
            ("university", institution, 1),
            ("county", "18", 0),
            ("school", TWO_INSTITUTIONS, 0),
        ):
            with connection.transaction(force_rollback=True):
                take_on(connection, Actor(f"demonstration|{role}|{unit}", role, unit), READER)
                seen = connection.execute("select count(*) from dialogue.grant_year").fetchone()
            assert seen == (n,), role


def test_what_is_not_there_is_not_written_about(url: str, item: tuple[str, str, str]) -> None:
    unknown = (*item[:2], "S-none")
    assert refusal(url, "school", TWO_INSTITUTIONS, ANSWER, unknown) == "no_such_item"
    assert refusal(url, "school", TWO_INSTITUTIONS, DECIDE, unknown) == "no_such_item"
    elsewhere = (item[0], "PS-SJO", None)
    assert refusal(url, "school", TWO_INSTITUTIONS, DECIDE, elsewhere) == "no_such_partnership"


@pytest.mark.parametrize("words", ["x" * 401, "Ring 010203 12345 i morgen", "skriv til a@b.no"])
def test_words_that_could_identify_or_are_too_long_are_refused(
    url: str, item: tuple[str, str, str], words: str
) -> None:
    query = "select dialogue.answer_mirror(%s, %s, %s, 'partly', %s)"
    with pytest.raises(UserError), spoken.told(), written_by(url, "school", TWO_INSTITUTIONS) as connection:
        connection.execute(query.encode(), (*item, words))


def test_words_are_masked_before_they_are_written() -> None:
    made = spoken.prepare("Ring  01020312345 eller skriv til kari@skole.no. Liv likte det.")
    assert made.text == "Ring […] eller skriv til […]. Liv likte det."
    assert made.taken_out
    assert made.names == ("Liv",)
    assert not spoken.prepare("Vi møttes 01.02.2025, 10.30–11.15").taken_out
    with pytest.raises(UserError):
        spoken.prepare("x" * 401)


def test_what_was_written_is_only_added_to(url: str, item: tuple[str, str, str]) -> None:
    with psycopg.connect(url) as connection, connection.transaction(force_rollback=True):
        for table in (table.name for table in SPOKEN):
            for statement in (f"truncate dialogue.{table}", f"delete from dialogue.{table}"):
                with pytest.raises(psycopg.errors.RaiseException), connection.transaction():
                    connection.execute(statement.encode())


def test_an_unrecognised_item_is_the_schools_and_its_authors_until_it_is_revised(url: str) -> None:
    with psycopg.connect(url) as connection, connection.transaction(force_rollback=True):
        one, other = (
            connection.execute(
                "update published.mirror_item set is_unrecognised = true where ctid = (select min(ctid) from"
                " published.mirror_item where author_id is not distinct from %s) returning school_id,"
                " mirror_id",
                (author,),
            ).fetchone()
            for author in ("UH2", None)
        )
        assert one
        assert other
        seen = (
            "select count(*) from published.mirror_item where is_unrecognised and (school_id, mirror_id) ="
            " (%s, %s)"
        )
        for about, expected in (
            (one, {("school", one[0]): 1, ("university", "UH2"): 1, ("university", "UH1"): 0}),
            # of two institutions nobody says which one made it
            (other, {("school", other[0]): 1, ("university", "UH2"): 0, ("university", "UH1"): 0}),
        ):
            for (role, unit), n in expected.items():
                with connection.transaction(force_rollback=True):
                    take_on(connection, Actor(f"demonstration|{role}|{unit}", role, unit), READER)
                    assert connection.execute(seen.encode(), about).fetchone() == (n,), (role, unit)
