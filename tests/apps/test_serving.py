"""When the app refuses to be served, and what is written for Streamlit to read."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import psycopg
import pytest
from pydantic import SecretStr

from apps.login import is_fresh, subject_of
from apps.serve import check, command, environment, secrets_file, write_secrets
from innenfra.database.access import SCHEMAS
from innenfra.database.app_login import app_url
from innenfra.database.local import Server, is_private
from innenfra.errors import UserError
from innenfra.settings import Settings

LOGIN = {
    "demo": False,
    "auth_metadata_url": "https://login.example/.well-known/openid-configuration",
    "auth_client_id": "innenfra",
    "auth_client_secret": SecretStr('quoted " and \\ and æ'),
    "auth_cookie_secret": SecretStr("x" * 32),
    "auth_redirect_url": "https://innenfra.example/oauth2callback",
}


def refused(settings: Settings) -> str:
    with pytest.raises(UserError) as error:
        check(settings)
    words = error.value.words
    assert words.nb
    assert words.nn
    return words.en


def test_private_server_is_told_from_every_other(settings: Settings, server: Server, tmp_path: Path) -> None:
    assert is_private(settings, server.url)
    assert is_private(settings, server.url.rsplit("/", 1)[0] + "/another")
    for other in (
        server.url.replace(server.password, "guessed"),
        server.url.replace(f":{server.port}/", f":{server.port + 1}/"),
        server.url.replace("127.0.0.1", "db.example"),
        server.url.replace("//innenfra:", "//postgres:"),
    ):
        assert not is_private(settings, other), other
    assert not is_private(settings.model_copy(update={"home": tmp_path}), server.url)


def test_demonstration_stays_on_the_private_server(settings: Settings, server: Server) -> None:
    check(settings)
    check(settings.model_copy(update={"database_url": SecretStr(server.url)}))
    elsewhere = settings.model_copy(
        update={"database_url": SecretStr("postgresql://a:b@127.0.0.1:5432/innenfra")}
    )
    assert "INNENFRA_DEMO_ANYWHERE" in refused(elsewhere)
    check(elsewhere.model_copy(update={"demo_anywhere": True}))


def test_the_app_is_given_its_own_login_and_nobody_elses(
    settings: Settings, server: Server, built_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert built_database == server.url
    monkeypatch.setenv("DATABASE_URL", server.url)
    monkeypatch.setenv("INNENFRA_APP_PASSWORD", "of the login")
    given = environment(settings, app_url(settings, server.url))
    assert given["DATABASE_URL"].startswith("postgresql://innenfra_app:")
    assert server.password not in "\n".join(given.values())
    assert "INNENFRA_APP_PASSWORD" not in given
    assert is_private(settings, given["DATABASE_URL"])
    kept = settings.home.absolute() / "app" / "database_password"
    assert kept.stat().st_mode & 0o077 == 0
    # a second start does not lock the first one out
    assert app_url(settings, server.url) == given["DATABASE_URL"]
    elsewhere = settings.model_copy(
        update={
            "app_database_url": SecretStr("postgres://innenfra_app:x@db.example/innenfra"),
            "home": tmp_path,
        }
    )
    assert app_url(elsewhere) == "postgresql://innenfra_app:x@db.example/innenfra"
    assert "INNENFRA_DEMO_ANYWHERE" in refused(elsewhere)


def test_the_apps_login_can_do_nothing_by_itself(settings: Settings, built_database: str) -> None:
    with psycopg.connect(app_url(settings, built_database), autocommit=True) as connection:
        (name,) = connection.execute("select session_user").fetchall()[0]
        relations = connection.execute(
            "select format('%%I.%%I', nspname, relname) from pg_class inner join pg_namespace as schema on"
            " schema.oid = relnamespace where nspname = any(%s) and relkind in ('r', 'p', 'v')",
            (list(SCHEMAS),),
        ).fetchall()
        assert name == "innenfra_app"
        assert len(relations) > 150
        for (relation,) in relations:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"select 1 from {relation} limit 1".encode())
        for forbidden in (
            "create schema own",
            "create table public.own (x int)",
            "set role innenfra",
            "create role another",
            "alter role innenfra_app superuser",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(forbidden.encode())


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        *(
            ({name: ""}, f"INNENFRA_{name.upper()}")
            for name in LOGIN
            if name not in ("demo", "auth_client_secret", "auth_cookie_secret")
        ),
        ({"auth_client_secret": None}, "INNENFRA_AUTH_CLIENT_SECRET"),
        ({"auth_cookie_secret": SecretStr("")}, "INNENFRA_AUTH_COOKIE_SECRET"),
        ({"auth_cookie_secret": SecretStr("x" * 31)}, "32"),
        ({"auth_redirect_url": "http://innenfra.example/oauth2callback"}, "INNENFRA_AUTH_REDIRECT_URL"),
        ({"auth_redirect_url": "https://innenfra.example/"}, "INNENFRA_AUTH_REDIRECT_URL"),
    ],
)
def test_without_a_whole_login_nothing_is_served(
    settings: Settings, changed: dict[str, object], named: str
) -> None:
    check(settings.model_copy(update=LOGIN))
    assert named in refused(settings.model_copy(update=LOGIN | changed))


def test_secrets_are_for_their_owner_alone(settings: Settings, tmp_path: Path) -> None:
    with_login = settings.model_copy(update={"home": tmp_path, **LOGIN})
    path = secrets_file(with_login)
    path.parent.mkdir()
    path.write_text("open to all")
    path.chmod(0o644)
    write_secrets(with_login)
    assert path.stat().st_mode & 0o777 == 0o600
    written = tomllib.loads(path.read_text(encoding="utf-8"))["auth"]
    assert written["client_secret"] == 'quoted " and \\ and æ'
    assert written["client_kwargs"] == {"scope": "openid"}
    line = " ".join(command(with_login))
    assert str(path) in line
    assert "xxxx" not in line
    write_secrets(with_login.model_copy(update={"demo": True}))
    assert not path.exists()


@pytest.mark.parametrize(
    ("demo", "said"), [(True, "INNENFRA_DEMO_ANYWHERE"), (False, "INNENFRA_AUTH_METADATA_URL")]
)
def test_commands_refuse_in_one_sentence(settings: Settings, tmp_path: Path, demo: bool, said: str) -> None:
    refusing = settings.model_copy(update={"home": tmp_path, "demo": demo})
    inherited = environment(refusing, "postgresql://a:b@127.0.0.1:1/innenfra")
    innenfra = str(Path(sys.executable).parent / "innenfra")
    for arguments in ([innenfra, "up"], [innenfra, "demo", "up"]) if demo else ([innenfra, "up"],):
        done = subprocess.run(
            arguments, env=inherited, capture_output=True, text=True, timeout=60, cwd=tmp_path, check=False
        )
        assert done.returncode == 1
        assert said in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
    # and Streamlit started past the command
    done = subprocess.run(
        command(refusing),
        env=inherited,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("made", "fresh"),
    [
        (1_000_000, True),
        (1_000_000 + 59, True),
        (1_000_000 + 61, False),
        (1_000_000 - 8 * 3600 + 1, True),
        (1_000_000 - 8 * 3600, False),
        (None, False),
        ("999999", False),
    ],
)
def test_a_login_without_an_age_is_too_old(made: object, fresh: bool) -> None:
    assert is_fresh({"iat": made}, 1_000_000, 8) is fresh


def test_people_are_issuer_and_subject_never_an_address() -> None:
    assert (
        subject_of({"iss": "https://auth.example", "sub": "76a7", "email": "kari@example.no"})
        == "https://auth.example|76a7"
    )
    assert subject_of({"iss": "https://other.example", "sub": "76a7"}) != subject_of(
        {"iss": "https://auth.example", "sub": "76a7"}
    )
