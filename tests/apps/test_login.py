"""Logging in with a real OpenID Connect provider on this machine, in a real browser."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass

import oidc_provider_mock
import psycopg
import pytest
from conftest import copy_of
from payload import Received
from planted import FIRST, LAST, Planted, plant
from playwright.sync_api import BrowserContext, Page, expect
from pydantic import SecretStr
from serving import chromium, free_port, served, settled
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from apps import navigation
from apps.serve import secrets_file
from apps.words import translator
from innenfra.database.local import Server
from innenfra.demo.plants import SJOSIDEN, SMALL
from innenfra.people import Person, add, deactivate
from innenfra.settings import Settings

COOKIE_SECRET = "a-secret-of-the-tests-that-is-long-enough-for-a-cookie"
COOKIE = "_streamlit_user"
t = translator("nb")


@dataclass(frozen=True)
class Place:
    """The app with its login."""

    app: str
    issuer: str
    planted: Planted

    def subject(self, name: str) -> str:
        return f"{self.issuer}|{name}"


@pytest.fixture(scope="module")
def place(
    settings: Settings, server: Server, built_database: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    url, port = copy_of(server, built_database), free_port()
    planted = plant(url)
    home = tmp_path_factory.mktemp("login")
    with oidc_provider_mock.run_server_in_thread(require_nonce=True) as provider:
        issuer = f"http://localhost:{provider.server_port}"
        with_login = settings.model_copy(
            update={
                "home": home,
                "app_port": port,
                "demo": False,
                "auth_metadata_url": f"{issuer}/.well-known/openid-configuration",
                "auth_client_id": "innenfra",
                "auth_client_secret": SecretStr("of the tests"),
                "auth_cookie_secret": SecretStr(COOKIE_SECRET),
                "auth_redirect_url": f"http://127.0.0.1:{port}/oauth2callback",
                "auth_name": "Feide",
            }
        )
        with served(with_login, url) as base:
            assert secrets_file(with_login).stat().st_mode & 0o777 == 0o600
            yield Place(base, issuer, planted)


@pytest.fixture(scope="module")
def opened() -> Iterator[BrowserContext]:
    with chromium() as browser:
        yield browser.new_context(viewport={"width": 1280, "height": 1000})


@pytest.fixture
def context(opened: BrowserContext) -> Iterator[BrowserContext]:
    """A browser that nobody is logged in with; only Streamlit's own files are still in it."""
    opened.clear_cookies()
    yield opened
    for page in opened.pages:
        page.close()


def registered(place: Place, name: str, *roles: tuple[str, str]) -> str:
    """Put a person with roles on the list of people; their name at the provider."""
    add(
        place.planted.url,
        [Person(place.subject(name), f"Person {name}", role, scope) for role, scope in roles],
    )
    return name


def logged_in(context: BrowserContext, place: Place, name: str) -> Page:
    """A page of someone who has just logged in at the provider."""
    page = context.new_page()
    page.goto(place.app)
    page.get_by_role("button", name=t("entrance.login", name="Feide")).click()
    page.locator("input[name=sub]").fill(name)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(f"{place.app}/**")
    return page


def cookie(context: BrowserContext, place: Place, name: str, age: float) -> None:
    """The cookie that the app itself gives for a login, of another age."""
    claims = {
        "iss": place.issuer,
        "sub": name,
        "iat": int(time.time() - age),
        "origin": place.app,
        "is_logged_in": True,
        "provider": "default",
    }
    value = create_signed_value(COOKIE_SECRET, COOKIE, json.dumps(claims)).decode()
    context.add_cookies([{"name": COOKIE, "value": value, "url": place.app}])


def entered(context: BrowserContext, place: Place, name: str) -> Page:
    """An empty page of someone who logged in a minute ago."""
    cookie(context, place, name, 60)
    return context.new_page()


def schools_of(place: Place, name: str, role: str) -> set[str]:
    """What the database lets a person see, asked past the app."""
    with psycopg.connect(place.planted.url) as connection, connection.transaction(force_rollback=True):
        connection.execute(
            "select set_config('app.subject', %s, true), set_config('app.role', %s, true)",
            (place.subject(name), role),
        )
        return set(connection.execute("select authz.visible_schools()").fetchone()[0])  # type: ignore[index]


def invited_by(place: Place, name: str, role: str) -> set[str]:
    """Schools whose name and state the database tells a person beside those."""
    with psycopg.connect(place.planted.url) as connection, connection.transaction(force_rollback=True):
        connection.execute(
            "select set_config('app.subject', %s, true), set_config('app.role', %s, true)",
            (place.subject(name), role),
        )
        return set(connection.execute("select authz.invited_schools()").fetchone()[0])  # type: ignore[index]


def counted(place: Place, received: Received) -> set[str]:
    """Schools of which a number was received."""
    return {place.planted.school_of(n) for n in received.numbers(FIRST, LAST) if n < FIRST + 900_000}


def named(place: Place, received: Received, asked_for: str = "") -> set[str]:
    """Schools that something in what was received is about; a number that the address itself held is no
    answer."""
    text, _ = received.opened()
    by_name = {
        school
        for school, name in place.planted.names.items()
        if name in text or (school in text and school != asked_for)
    }
    return by_name | counted(place, received)


def test_a_university_person_logs_in_and_sees_its_schools_alone(
    context: BrowserContext, place: Place
) -> None:
    name = registered(place, "anna", ("university", "UH1"))
    page = logged_in(context, place, name)
    page.wait_for_selector("table", timeout=30_000)
    settled(page)
    codes = {
        c.inner_text().split()[0]
        for c in page.locator("table tbody tr th, table tbody tr td:first-child").all()
    }
    with psycopg.connect(place.planted.url) as connection:
        own = schools_of(place, name, "university")
        listed = [*own, *invited_by(place, name, "university")]
        expected = {
            r[0]
            for r in connection.execute(
                "select school_code from published.school where school_id = any(%s)", (listed,)
            ).fetchall()
        }
    assert codes == expected
    assert 0 < len(own) < len(place.planted.schools)
    assert page.get_by_text(t("demo.notice")).count() == 0


def test_another_sees_theirs_and_only_their_roles(context: BrowserContext, place: Place) -> None:
    name = registered(place, "berit", ("school", SJOSIDEN), ("school", SMALL), ("school_owner", "998871018"))
    page = logged_in(context, place, name)
    settled(page)
    page.locator(".st-key-role button").click()
    offered = page.locator("[data-testid=stRadio] label", has=page.locator("input"))
    expect(offered).to_have_count(2)
    assert set(offered.all_inner_texts()) == {t("role.school_owner"), t("role.school")}
    page.keyboard.press("Escape")
    received = Received(page)
    received.goto(f"{place.app}/skolen?rolle=school&enhet={SMALL}")
    # the unit that is chosen, and nothing of the other unit of the same role
    assert place.planted.schools[SMALL] <= min(received.numbers(FIRST, LAST))
    assert {place.planted.school_of(n) for n in received.numbers(FIRST, LAST)} == {SMALL}


def test_a_role_of_others_in_the_address_gives_nothing(context: BrowserContext, place: Place) -> None:
    name = registered(place, "carl", ("school", SMALL))
    closed = t("frame.closed", what="", instead="").split("«")[0]
    page = entered(context, place, name)
    received = Received(page)
    for address in (
        "?rolle=university&enhet=UH1",
        f"?rolle=school&enhet={SJOSIDEN}",
        f"skolen?rolle=engineer&enhet=all&valgt={SJOSIDEN}",
    ):
        received.goto(f"{place.app}/{address}")
        # what the address asked for is answered in a sentence, and not given
        expect(page.get_by_test_id("stAlert").first).to_contain_text(closed)
    assert named(place, received, SJOSIDEN) == {SMALL}


def test_an_unknown_person_gets_one_sentence(context: BrowserContext, place: Place) -> None:
    page = logged_in(context, place, "nobody")
    settled(page)
    received = Received(page)
    received.goto(f"{place.app}/skolen?rolle=university&enhet=UH1")
    expect(page.get_by_text(t("entrance.nothing"))).to_be_visible()
    expect(page.get_by_text(place.subject("nobody"))).to_be_visible()
    assert named(place, received) == set()
    assert page.locator("table, canvas").count() == 0


def test_before_the_login_nothing_is_there(context: BrowserContext, place: Place) -> None:
    page = context.new_page()
    received = Received(page)
    for one in navigation.PAGES:
        for language in ("nb", "nn", "en") if one is navigation.PAGES[0] else ("nb",):
            received.goto(f"{place.app}/{one.address}?lang={language}&rolle=university&enhet=UH1")
            expect(
                page.get_by_role("button", name=translator(language)("entrance.login", name="Feide"))
            ).to_be_visible(timeout=30_000)
            expect(page.get_by_text(translator(language)("entrance.lead"))).to_be_visible()
    assert received.frames > len(navigation.PAGES)
    assert named(place, received) == set()


def test_who_is_deactivated_loses_sight_at_the_next_run(
    context: BrowserContext, place: Place, figures: dict[str, str]
) -> None:
    name = registered(place, "dag", ("university", "UH2"))
    page = entered(context, place, name)
    page.goto(place.app)
    page.wait_for_selector("table", timeout=30_000)
    settled(page)
    deactivate(place.planted.url, place.subject(name))
    started = time.monotonic()
    received = Received(page)
    page.locator(".st-key-choice_vis button").last.click()
    expect(page.get_by_text(t("entrance.nothing"))).to_be_visible(timeout=10_000)
    settled(page)
    figures["sight lost after deactivation, s"] = f"{time.monotonic() - started:.1f}"
    assert page.locator("table").count() == 0
    received.goto(f"{place.app}/skolen")
    assert named(place, received) == set()
    # and back again with a new role, without a new login
    registered(place, "dag", ("university", "UH2"))
    received.goto(place.app)
    page.wait_for_selector("table", timeout=30_000)


def test_a_role_taken_away_takes_what_was_kept_with_it(context: BrowserContext, place: Place) -> None:
    name = registered(place, "eva", ("school", SJOSIDEN), ("school", SMALL))
    page = entered(context, place, name)
    page.goto(f"{place.app}/?rolle=school&enhet={SJOSIDEN}")
    settled(page)
    with psycopg.connect(place.planted.url) as connection:
        connection.execute(
            "update authz.role_grant set valid_to = current_date where subject = %s and scope_id = %s",
            (place.subject(name), SJOSIDEN),
        )
    received = Received(page)
    received.goto(f"{place.app}/?rolle=school&enhet={SJOSIDEN}")
    # the address still names it; nothing else does
    assert named(place, received, SJOSIDEN) == {SMALL}


def test_logging_out(context: BrowserContext, place: Place) -> None:
    page = logged_in(context, place, registered(place, "finn", ("university", "UH1")))
    settled(page)
    page.get_by_role("button", name=t("entrance.logout")).click()
    page.get_by_role("button", name="End session").click()
    expect(page.get_by_role("button", name=t("entrance.login", name="Feide"))).to_be_visible(timeout=30_000)
    assert not [c for c in context.cookies() if c["name"] == COOKIE and c["value"]]
    received = Received(page)
    received.goto(f"{place.app}/skolen?rolle=university&enhet=UH1")
    expect(page.get_by_role("button", name=t("entrance.login", name="Feide"))).to_be_visible(timeout=30_000)
    assert named(place, received) == set()


@pytest.mark.parametrize(("hours", "enters"), [(7.9, True), (8.1, False), (24 * 29, False)])
def test_a_login_lasts_eight_hours(context: BrowserContext, place: Place, hours: float, enters: bool) -> None:
    name = registered(place, "gro", ("school", SMALL))
    cookie(context, place, name, hours * 3600)
    page = context.new_page()
    received = Received(page)
    received.goto(place.app)
    assert (page.get_by_text(t("entrance.expired", hours=8)).count() == 0) == enters
    assert named(place, received) == ({SMALL} if enters else set())


def test_an_open_page_is_asked_again_when_the_hours_are_over(context: BrowserContext, place: Place) -> None:
    name = registered(place, "hans", ("school", SMALL))
    cookie(context, place, name, 8 * 3600 - 8)
    page = context.new_page()
    page.goto(f"{place.app}/gjennomgang?vis=all")
    page.wait_for_selector("table", timeout=8_000)
    page.wait_for_timeout(8_000)
    page.locator(".st-key-choice_vis button").first.click()
    expect(page.get_by_text(t("entrance.expired", hours=8))).to_be_visible(timeout=10_000)
    expect(page.locator("table")).to_have_count(0)


def test_a_cookie_of_another_secret_is_nobody(context: BrowserContext, place: Place) -> None:
    claims = {
        "iss": place.issuer,
        "sub": registered(place, "ida", ("school", SMALL)),
        "iat": int(time.time()),
        "origin": place.app,
        "is_logged_in": True,
    }
    context.add_cookies(
        [
            {
                "name": COOKIE,
                "value": create_signed_value("another" * 8, COOKIE, json.dumps(claims)).decode(),
                "url": place.app,
            }
        ]
    )
    page = context.new_page()
    page.goto(place.app)
    expect(page.get_by_role("button", name=t("entrance.login", name="Feide"))).to_be_visible(timeout=30_000)


UNITS = {
    "university": ("UH1", "UH2"),
    "school_owner": ("998871018", "998871026"),
    "school": (SJOSIDEN, SMALL),
    "county": ("18", "46"),
    "coder": (SJOSIDEN, SMALL),
    "engineer": ("all", "all"),
}


def two_of(place: Place, role: str) -> tuple[str, str]:
    """Two people with one role and different units; nobody is more than an engineer, so the other there is a
    school's."""
    one, other = (f"{role}-{number}" for number in (1, 2))
    registered(place, one, (role, UNITS[role][0]))
    registered(place, other, ("school", SMALL) if role == "engineer" else (role, UNITS[role][1]))
    return one, other


@pytest.mark.parametrize("page_of", navigation.PAGES, ids=lambda one: one.name)
def test_two_people_after_each_other_never_see_each_others_rows(
    context: BrowserContext, place: Place, page_of: navigation.Page, figures: dict[str, str]
) -> None:
    role = next(
        r
        for r in ("university", "school", "school_owner", "county", "coder", "engineer")
        if r in page_of.roles
    )
    seen: list[set[str]] = []
    for name in two_of(place, role):
        own = schools_of(place, name, role) or schools_of(place, name, "school")
        context.clear_cookies()
        page = entered(context, place, name)
        received = Received(page)
        received.goto(f"{place.app}/{page_of.address}")
        assert page.locator("[data-testid='stException']").count() == 0
        found, of_numbers = named(place, received), counted(place, received)
        page.close()
        assert of_numbers <= own, f"{name} on {page_of.name}: {sorted(of_numbers - own)}"
        assert found <= own | invited_by(place, name, role), (
            f"{name} on {page_of.name}: {sorted(found - own)}"
        )
        seen.append(found)
    if page_of.name in ("compare", "school"):
        assert all(seen)
        assert seen[0] != seen[1]
    figures["pages with two people after each other"] = f"{len(navigation.PAGES)} pages, 0 rows of another"
