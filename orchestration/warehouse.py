"""dbt's models as assets, dbt's tests as checks.

Belongs here: the dbt project, its profile from the settings, and how models are named as assets.
Does not belong here: SQL.
"""

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
import psycopg
import yaml
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, DbtCliResource, DbtProject, dbt_assets

from innenfra.database.engine import parts
from innenfra.disclosure.release import remember
from innenfra.settings import Settings, inherited

PROJECT = Path(__file__).parents[1] / "dbt_project"
LAYERS = ("staging", "intermediate", "marts", "gate", "published")


class Translator(DagsterDbtTranslator):
    """Key = schema and relation; group = schema."""

    def __init__(self) -> None:
        super().__init__(settings=DagsterDbtTranslatorSettings(enable_asset_checks=True))

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        """Schema and relation; sources keep the key that their table declares."""
        if dbt_resource_props["resource_type"] == "source":
            return super().get_asset_key(dbt_resource_props)
        return dg.AssetKey([dbt_resource_props["schema"], dbt_resource_props.get("alias") or dbt_resource_props["name"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """The schema."""
        return str(dbt_resource_props["schema"])


def write_profile(settings: Settings, url: str) -> Path:
    """A profile for this database in the state folder, readable by the owner only."""
    folder = settings.home.absolute() / "dbt"
    folder.mkdir(parents=True, exist_ok=True)
    reach = parts(url)
    output = {
        "type": "postgres", "host": reach["host"], "port": int(reach["port"]), "user": reach["user"], "password": reach["password"],
        "dbname": reach["name"], "schema": "marts", "threads": 4,
    }  # fmt: skip
    path = folder / "profiles.yml"
    path.touch(mode=0o600)
    path.write_text(yaml.safe_dump({"innenfra": {"target": "main", "outputs": {"main": output}}}))
    return folder


def manifest(profiles: Path = PROJECT, variables: str = "{}") -> Path:
    """dbt's manifest, made anew where a file of the project is newer. Needs no database.

    With the profile and variables of the runs to come, they need not read the project anew.
    """
    path = PROJECT / "target" / "manifest.json"
    sources = [p for p in PROJECT.rglob("*") if p.suffix in (".sql", ".yml", ".csv") and "target" not in p.parts]
    if not path.exists() or path.stat().st_mtime < max(p.stat().st_mtime for p in sources):
        environment = {**inherited(), "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
        subprocess.run(
            [str(Path(sys.executable).parent / "dbt"), "parse", "--quiet", "--project-dir", str(PROJECT), "--profiles-dir", str(profiles), "--vars", variables],
            check=True, env=environment, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    return path


def dbt_resource(settings: Settings, url: str) -> DbtCliResource:
    """dbt on the database of the settings."""
    dbt = Path(sys.executable).parent / "dbt"
    return DbtCliResource(project_dir=str(PROJECT), profiles_dir=str(write_profile(settings, url)), dbt_executable=str(dbt))


def models_version() -> str:
    """Twelve characters that change with any model, macro or seed below the gate."""
    parts = ("models/_generated", "models/staging", "models/intermediate", "models/marts", "macros", "seeds")
    files = sorted(p for part in parts for p in (PROJECT / part).rglob("*") if p.suffix in (".sql", ".yml", ".csv"))
    return hashlib.sha256(b"".join(p.read_bytes() for p in files)).hexdigest()[:12]


def built_by(url: str, version: str) -> bool:
    """Whether every school's values were built by these very models; otherwise all are built anew."""
    with psycopg.connect(url) as connection:
        row = connection.execute("select to_regclass('marts.built_school') is not null").fetchone()
        if not (row and row[0]):
            return False
        row = connection.execute("select count(*) from marts.built_school where models_version <> %s", (version,)).fetchone()
        return bool(row and row[0] == 0)


def warehouse_assets(settings: Settings, url: str) -> list[dg.AssetsDefinition]:
    """Three sets: staging to gate, built by every run; the candidate and what is published, built by a release."""
    project = DbtProject(project_dir=PROJECT, profiles_dir=PROJECT)
    version = models_version()
    # the same for all three, so that dbt need not read the project anew
    variables = json.dumps({"models_version": version})
    path = manifest(write_profile(settings, url), variables)

    @dbt_assets(manifest=path, project=project, dagster_dbt_translator=Translator(), exclude="tag:published tag:candidate", name="warehouse", pool="dbt")
    def warehouse(context: dg.AssetExecutionContext, dbt: DbtCliResource) -> Iterator[Any]:
        again = ["--full-refresh"] if context.run.tags.get("innenfra/full_refresh") or not built_by(url, version) else []
        yield from dbt.cli(["build", "--vars", variables, *again], context=context).stream()

    @dbt_assets(manifest=path, project=project, dagster_dbt_translator=Translator(), select="tag:candidate", name="candidate", pool="dbt")
    def candidate(context: dg.AssetExecutionContext, dbt: DbtCliResource) -> Iterator[Any]:
        yield from dbt.cli(["build", "--vars", variables], context=context).stream()

    @dbt_assets(manifest=path, project=project, dagster_dbt_translator=Translator(), select="tag:published", name="published", pool="dbt")
    def published(context: dg.AssetExecutionContext, dbt: DbtCliResource) -> Iterator[Any]:
        with psycopg.connect(url) as connection:
            remember(connection)
        yield from dbt.cli(["build", "--vars", variables], context=context).stream()

    return [warehouse, candidate, published]
