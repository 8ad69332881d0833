"""Every setting of the product, and the only module that reads the environment.

Belongs here: names, defaults and meanings of settings, and values derived from them alone.
Does not belong here: opening anything that a setting points to. Nothing reads settings at import;
entry points call `load()` and pass the result on.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

Language = Literal["nb", "nn", "en"]
LANGUAGES = get_args(Language)


class Settings(BaseSettings):
    """Settings as read once, at the entry point. Field descriptions become `.env.example`."""

    model_config = SettingsConfigDict(env_prefix="INNENFRA_", env_file=".env", extra="ignore", frozen=True)

    home: Path = Field(
        Path(".innenfra"), description="Folder for everything the product keeps on this machine."
    )
    inbox: str = Field(
        "", description="Folder or fsspec URL watched for delivered files; empty means <home>/inbox."
    )
    store: str = Field(
        "", description="Folder or fsspec URL for the bytes of delivered files; empty means <home>/store."
    )
    language: Language = Field(
        "nb", description="Language of messages and the app's first page: nb, nn or en."
    )
    database_url: SecretStr | None = Field(
        None,
        validation_alias="DATABASE_URL",
        description=(
            "PostgreSQL 15 or newer, as postgresql://user:password@host:port/name; empty starts a private"
            " one."
        ),
    )
    app_database_url: SecretStr | None = Field(
        None,
        description=(
            "The database by the app's own login, postgresql://innenfra_app:password@host:port/name; then the"
            " app needs no DATABASE_URL. Empty makes it from DATABASE_URL."
        ),
    )
    app_password: SecretStr | None = Field(
        None,
        description=(
            "Password that `innenfra db migrate` gives the app's login innenfra_app; empty where the app"
            " makes its own."
        ),
    )
    postgres_bin: str = Field(
        "",
        description=(
            "Folder with initdb and pg_ctl for the private PostgreSQL; empty searches the wheel, then the"
            " system."
        ),
    )
    app_port: int = Field(8501, description="Port of the app on this machine.", ge=1, le=65535)
    app_host: str = Field("127.0.0.1", description="Address the app listens on; 0.0.0.0 inside a container.")
    dagster_port: int = Field(
        3000,
        description="Port of Dagster's pages beside the demonstration, on this machine alone.",
        ge=1,
        le=65535,
    )
    demo: bool = Field(
        True, description="Demonstration mode: no login, a role switch, and a notice on every page."
    )
    demo_anywhere: bool = Field(
        False,
        description=(
            "Show the demonstration, which has no login, also on a DATABASE_URL that is not the private"
            " server."
        ),
    )
    auth_metadata_url: str = Field(
        "",
        description=(
            "The login's OpenID Connect metadata, https://…/.well-known/openid-configuration (Feide, Entra ID"
            " or another)."
        ),
    )
    auth_client_id: str = Field("", description="The app's client id at the login.")
    auth_client_secret: SecretStr | None = Field(None, description="The app's client secret at the login.")
    auth_cookie_secret: SecretStr | None = Field(
        None, description="Signs the login's cookie: 32 random bytes or more; a new one logs everybody out."
    )
    auth_redirect_url: str = Field(
        "", description="Where the login comes back to: the app's own address and /oauth2callback."
    )
    auth_name: str = Field("Feide", description="What the login is called on its button.")
    session_hours: int = Field(8, description="Hours after which one has to log in again.", ge=1)
    smtp_host: str = Field("", description="Mail server for reminders of what is missing; empty sends none.")
    smtp_port: int = Field(587, description="Port of the mail server.", ge=1, le=65535)
    smtp_starttls: bool = Field(True, description="Whether the mail server is spoken to encrypted.")
    smtp_user: str = Field("", description="Login at the mail server; empty where it asks for none.")
    smtp_password: SecretStr | None = Field(None, description="Password at the mail server.")
    smtp_sender: str = Field("", description="Address that reminders come from.")
    max_upload_mb: int = Field(20, description="Largest file that is taken in, in megabytes.", ge=1)
    parse_seconds: int = Field(
        120, description="Longest time that parsing one file may take, in seconds.", ge=1
    )
    parse_memory_mb: int = Field(
        4096, description="Most memory that parsing one file may take, in megabytes.", ge=256
    )

    nettskjema_url: str = Field(
        "https://nettskjema.no/api/v3", description="Nettskjema's interface, for `innenfra fetch`."
    )
    nettskjema_token_url: str = Field(
        "https://authorization.nettskjema.no/oauth2/token",
        description="Where the client logs in at Nettskjema.",
    )
    nettskjema_client_id: str = Field("", description="The client's id at Nettskjema; empty means no client.")
    nettskjema_client_secret: SecretStr | None = Field(None, description="The client's secret at Nettskjema.")

    @property
    def inbox_url(self) -> str:
        """The inbox in use."""
        return self.inbox or str(self.home.absolute() / "inbox")

    @property
    def store_url(self) -> str:
        """The object store in use."""
        return self.store or str(self.home.absolute() / "store")


def setting_name(field: str) -> str:
    """The name of a setting in the environment, from its field or alias."""
    return field if field.isupper() else f"INNENFRA_{field.upper()}"


def inherited() -> dict[str, str]:
    """The environment to hand on to a process of ours."""
    return dict(os.environ)


def without_telemetry() -> None:
    """Switch off what libraries would report home, for this process and those it starts."""
    os.environ.update(
        {
            "GX_ANALYTICS_ENABLED": "false",
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            "DAGSTER_DISABLE_TELEMETRY": "yes",
        }
    )


def load(**overrides: object) -> Settings:
    """Read the environment and `.env` once. `overrides` win over both (tests, command options)."""
    return Settings(**overrides)  # type: ignore[arg-type]
