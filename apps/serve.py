"""Starting the app: Streamlit's options in one place, no request to any other host but the login's.

Belongs here: how the app is served, and when it refuses to be. Does not belong here: what it shows, who may
see it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from innenfra.contracts.access import ROLES
from innenfra.contracts.words import Words
from innenfra.database.app_login import app_url
from innenfra.database.local import is_private
from innenfra.derive.operation import variable
from innenfra.errors import UserError
from innenfra.own import own_folder
from innenfra.settings import Settings, inherited

OPTIONS = {
    "browser.gatherUsageStats": "false",
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    # a text that stands by itself in a page's code is not for its readers
    "runner.magicEnabled": "false",
    # Python collects by itself; a full collection after each run holds up everybody for 150 ms
    "runner.postScriptGC": "false",
    "server.headless": "true",
    "server.enableXsrfProtection": "true",
    "server.fileWatcherType": "none",
    "theme.baseFontSize": "15",
    "theme.baseRadius": "6px",
    "theme.showWidgetBorder": "true",
    "theme.headingFontSizes": '["1.75rem", "1.15rem", "1rem"]',
    "theme.headingFontWeights": "[700, 600, 600]",
    "theme.light.grayTextColor": "#4A5568",
    "theme.dark.grayTextColor": "#A7B1BD",
    "theme.light.primaryColor": "#1F5FA8",
    "theme.light.textColor": "#101828",
    "theme.light.backgroundColor": "#FFFFFF",
    "theme.light.secondaryBackgroundColor": "#F4F6FA",
    "theme.dark.primaryColor": "#7FB2EA",
    "theme.dark.textColor": "#F2F4F7",
    "theme.dark.backgroundColor": "#12161D",
    "theme.dark.secondaryBackgroundColor": "#1C222C",
}


COOKIE_SECRET_BYTES = 32


def secrets_file(settings: Settings) -> Path:
    """Where Streamlit finds the login; nowhere else is looked."""
    return settings.home.absolute() / "app" / "secrets.toml"


def check(settings: Settings) -> None:
    """Refuse to serve without a login, but for the demonstration on the private server."""
    given = settings.app_database_url or settings.database_url
    url = given.get_secret_value() if given else ""
    if settings.demo:
        if url and not settings.demo_anywhere and not is_private(settings, url):
            raise UserError(
                Words(
                    nb=(
                        "Demonstrasjonen har ingen innlogging og vises ikke på basen i DATABASE_URL. Sett"
                        " INNENFRA_DEMO=false og en innlogging, eller INNENFRA_DEMO_ANYWHERE=true hvis alle"
                        " kan se alt som er der."
                    ),
                    nn=(
                        "Demonstrasjonen har inga innlogging og blir ikkje vist på basen i DATABASE_URL. Set"
                        " INNENFRA_DEMO=false og ei innlogging, eller INNENFRA_DEMO_ANYWHERE=true dersom alle"
                        " kan sjå alt som er der."
                    ),
                    en=(
                        "The demonstration has no login and is not shown on the database of DATABASE_URL. Set"
                        " INNENFRA_DEMO=false and a login, or INNENFRA_DEMO_ANYWHERE=true if everybody may"
                        " see all that is there."
                    ),
                )
            )
        return
    needed = (
        "auth_metadata_url",
        "auth_client_id",
        "auth_client_secret",
        "auth_cookie_secret",
        "auth_redirect_url",
    )
    missing = [variable(name) for name in needed if not _plain(settings, name)]
    if missing:
        named = ", ".join(missing)
        raise UserError(
            Words(
                nb=(
                    f"Appen vises ikke uten innlogging. Sett {named}, eller INNENFRA_DEMO=true for"
                    " eksempeldata."
                ),
                nn=(
                    f"Appen blir ikkje vist utan innlogging. Set {named}, eller INNENFRA_DEMO=true for"
                    " eksempeldata."
                ),
                en=(
                    f"The app is not shown without a login. Set {named}, or INNENFRA_DEMO=true for example"
                    " data."
                ),
            )
        )
    if len(_plain(settings, "auth_cookie_secret").encode()) < COOKIE_SECRET_BYTES:
        raise UserError(
            Words(
                nb=(
                    f"INNENFRA_AUTH_COOKIE_SECRET er for kort. Lag minst {COOKIE_SECRET_BYTES} tilfeldige"
                    " byte, for eksempel med «openssl rand -base64 48»."
                ),
                nn=(
                    f"INNENFRA_AUTH_COOKIE_SECRET er for kort. Lag minst {COOKIE_SECRET_BYTES} tilfeldige"
                    " byte, til dømes med «openssl rand -base64 48»."
                ),
                en=(
                    f"INNENFRA_AUTH_COOKIE_SECRET is too short. Make at least {COOKIE_SECRET_BYTES} random"
                    " bytes, for instance with “openssl rand -base64 48”."
                ),
            )
        )
    back = urlsplit(settings.auth_redirect_url)
    if back.path != "/oauth2callback" or (
        back.scheme != "https" and back.hostname not in ("127.0.0.1", "localhost")
    ):
        raise UserError(
            Words(
                nb="INNENFRA_AUTH_REDIRECT_URL må være appens egen adresse, https://…/oauth2callback.",
                nn="INNENFRA_AUTH_REDIRECT_URL må vere adressa til appen sjølv, https://…/oauth2callback.",
                en="INNENFRA_AUTH_REDIRECT_URL must be the app's own address, https://…/oauth2callback.",
            )
        )


def write_secrets(settings: Settings) -> None:
    """The login, where Streamlit reads it: a file that only its owner opens, or none for the
    demonstration."""
    path = secrets_file(settings)
    path.unlink(missing_ok=True)
    if settings.demo:
        return
    own_folder(path.parent)
    told = {
        "redirect_uri": settings.auth_redirect_url,
        "cookie_secret": _plain(settings, "auth_cookie_secret"),
        "client_id": settings.auth_client_id,
        "client_secret": _plain(settings, "auth_client_secret"),
        "server_metadata_url": settings.auth_metadata_url,
    }
    path.touch(mode=0o600)
    # no name and no e-mail address is asked for: the subject is enough
    path.write_text(
        "[auth]\n"
        + "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in told.items())
        + 'client_kwargs = {scope = "openid"}\n'
    )


def _plain(settings: Settings, name: str) -> str:
    value = getattr(settings, name)
    return str(value.get_secret_value() if hasattr(value, "get_secret_value") else value or "")


def command(settings: Settings) -> list[str]:
    """The command line that serves the app."""
    options = {
        **OPTIONS,
        "server.port": str(settings.app_port),
        "server.maxUploadSize": str(settings.max_upload_mb),
        "server.address": settings.app_host,
        "secrets.files": str(secrets_file(settings)),
    }
    main = Path(__file__).parent / "main.py"
    return [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(main),
        *(f"--{name}={value}" for name, value in options.items()),
    ]


def environment(settings: Settings, url: str) -> dict[str, str]:
    """The environment of the app's process: the same settings, the database by the URL of the app's own
    login."""
    kept = (
        "home",
        "inbox",
        "language",
        "demo",
        "demo_anywhere",
        "auth_metadata_url",
        "auth_client_id",
        "auth_redirect_url",
        "auth_name",
        "session_hours",
        "max_upload_mb",
        "parse_seconds",
        "parse_memory_mb",
    )
    secret = ("auth_client_secret", "auth_cookie_secret")
    # the owner's way into the database stays with the process that starts the app
    owners = ("DATABASE_URL", variable("app_database_url"), variable("app_password"))
    return {
        **{name: value for name, value in inherited().items() if name not in owners},
        **{variable(name): str(getattr(settings, name)) for name in kept},
        **{variable(name): _plain(settings, name) for name in secret},
        "INNENFRA_HOME": str(settings.home.absolute()),
        "DATABASE_URL": url,
    }


def serve(settings: Settings) -> None:
    """Serve until stopped; prints one link per role of the demonstration."""
    check(settings)
    url = app_url(settings)
    write_secrets(settings)
    base = f"http://{settings.app_host}:{settings.app_port}"
    for role in ROLES.codes if settings.demo else ():
        print(f"  {role:<14}{base}/?rolle={role}", file=sys.stderr)
    if not settings.demo:
        print(f"  {settings.auth_redirect_url.removesuffix('oauth2callback')}", file=sys.stderr)
    subprocess.run(command(settings), env=environment(settings, url), check=False)
