"""Starting the app: Streamlit's options in one place, no request to any other host.

Belongs here: how the app is served. Does not belong here: what it shows.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from apps.registry import ROLES
from innenfra.contracts.words import Words
from innenfra.database.engine import database_url, parts
from innenfra.errors import UserError
from innenfra.settings import Settings, inherited

OPTIONS = {
    "browser.gatherUsageStats": "false",
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    "server.headless": "true",
    "server.enableXsrfProtection": "true",
    "server.maxUploadSize": "20",
    "server.fileWatcherType": "none",
    "theme.light.primaryColor": "#1F5FA8",
    "theme.light.textColor": "#101828",
    "theme.light.backgroundColor": "#FFFFFF",
    "theme.light.secondaryBackgroundColor": "#F4F6FA",
    "theme.dark.primaryColor": "#7FB2EA",
    "theme.dark.textColor": "#F2F4F7",
    "theme.dark.backgroundColor": "#12161D",
    "theme.dark.secondaryBackgroundColor": "#1C222C",
}


def command(settings: Settings) -> list[str]:
    """The command line that serves the app."""
    options = {**OPTIONS, "server.port": str(settings.app_port), "server.address": settings.app_host}
    main = Path(__file__).parent / "main.py"
    return [sys.executable, "-m", "streamlit", "run", str(main), *(f"--{name}={value}" for name, value in options.items())]


def environment(settings: Settings, url: str) -> dict[str, str]:
    """The environment of the app's process: the same settings, the database by its URL."""
    return {
        **inherited(),
        "DATABASE_URL": url,
        "INNENFRA_HOME": str(settings.home.absolute()),
        "INNENFRA_LANGUAGE": settings.language,
        "INNENFRA_DEMO": str(settings.demo).lower(),
    }


def serve(settings: Settings) -> None:
    """Serve until stopped; prints one link per role."""
    url = database_url(settings)
    if settings.demo and settings.database_url is not None and parts(url)["host"] not in ("127.0.0.1", "localhost"):
        raise UserError(
            Words(
                nb="Demonstrasjonen har ingen innlogging og vises ikke mot en delt database. Sett INNENFRA_DEMO=false.",
                nn="Demonstrasjonen har inga innlogging og blir ikkje vist mot ein delt database. Set INNENFRA_DEMO=false.",
                en="The demonstration has no login and is not shown on a shared database. Set INNENFRA_DEMO=false.",
            )
        )
    base = f"http://{settings.app_host}:{settings.app_port}"
    for role in ROLES:
        print(f"  {role:<14}{base}/?rolle={role}", file=sys.stderr)
    subprocess.run(command(settings), env=environment(settings, url), check=False)
