"""dbt's models as assets, dbt's tests as checks.

Belongs here: the dbt project, its profile from the settings, and how models are named as assets.
Does not belong here: SQL.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import Any

import dagster as dg
import psycopg
import yaml
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, DbtCliResource, DbtProject, dbt_assets
from packaging import version

from innenfra.database.engine import parts
from innenfra.disclosure.readers import open_up
from innenfra.disclosure.release import remember
from innenfra.own import own_folder
from innenfra.settings import Settings, inherited
from orchestration.changes import BROKEN_OFF, PROJECT, built_from, models_version, write_built_from
from orchestration.controls import tell_controls

FULL_REFRESH = "innenfra/full_refresh"
"""Tag of runs that count every school anew."""

UNCHANGED = ["--exclude-resource-type", "seed", "--exclude", "config.materialized:view"]
"""What a build leaves as it is while the models are the same: views and seeds hold no deliveries."""

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
    folder = own_folder(settings.home.absolute() / "dbt")
    reach = parts(url)
    output = {
        "type": "postgres", "host": reach["host"], "port": int(reach["port"]), "user": reach["user"], "password": reach["password"],
        "dbname": reach["name"], "schema": "marts", "threads": 4,
    }  # fmt: skip
    path = folder / "profiles.yml"
    said = yaml.safe_dump({"innenfra": {"target": "main", "outputs": {"main": output}}})
    # left as it is where nothing changed: a newer profile makes dbt read the whole project anew
    if not path.exists() or path.read_text() != said:
        path.touch(mode=0o600)
        path.write_text(said)
    return folder


def manifest(profiles: Path = PROJECT, variables: str = "{}") -> Path:
    """dbt's manifest in `target` beside the profile, made anew where the profile or a file of the project is newer. Needs no database.

    Runs with the same profile, variables and target need not read the project anew.
    """
    path = profiles / "target" / "manifest.json"
    sources = [profiles / "profiles.yml"]
    sources += [p for p in PROJECT.rglob("*") if p.suffix in (".sql", ".yml", ".csv") and "target" not in p.parts]
    if not path.exists() or path.stat().st_mtime < max(p.stat().st_mtime for p in sources):
        environment = {**inherited(), "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
        subprocess.run(
            [str(Path(sys.executable).parent / "dbt"), "parse", "--quiet", "--project-dir", str(PROJECT), "--profiles-dir", str(profiles), "--vars", variables,
             "--target-path", str(path.parent)],
            check=True, env=environment, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    return path


class Dbt(DbtCliResource):
    """dbt of this environment. Its version is read from the package: `dbt --version` takes seconds, and asks a host outside for the newest."""

    @cached_property
    def _cli_version(self) -> version.Version:
        return version.parse(metadata.version("dbt-core"))


def dbt_resource(settings: Settings, url: str) -> Dbt:
    """dbt on the database of the settings."""
    dbt = Path(sys.executable).parent / "dbt"
    return Dbt(project_dir=str(PROJECT), profiles_dir=str(write_profile(settings, url)), dbt_executable=str(dbt))


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
    models = models_version()
    # the same for all three, so that dbt need not read the project anew
    variables = json.dumps({"models_version": models})
    path = manifest(write_profile(settings, url), variables)

    @dbt_assets(
        manifest=path, project=project, dagster_dbt_translator=Translator(), exclude="tag:published tag:candidate", name="warehouse", pool="dbt",
        required_resource_keys={"dbt", "turn"},
    )  # fmt: skip
    def warehouse(context: dg.AssetExecutionContext) -> Iterator[Any]:
        dbt: Dbt = context.resources.dbt
        run_id = context.run.run_id
        again = bool(context.run.tags.get(FULL_REFRESH)) or not built_by(url, models)
        with psycopg.connect(url) as connection:
            fingerprint = built_from(connection)
            write_built_from(connection, run_id, BROKEN_OFF)
        # unit tests ask the models, not the data, and are run where the models are changed
        how = ["--exclude-resource-type", "unit_test", *(["--full-refresh"] if again else UNCHANGED)]
        yield from dbt.cli(["build", "--vars", variables, *how], target_path=path.parent, context=context).stream()
        with psycopg.connect(url) as connection:
            for said in tell_controls(connection, run_id):
                context.log.warning(said)
            write_built_from(connection, run_id, fingerprint)

    @dbt_assets(
        manifest=path,
        project=project,
        dagster_dbt_translator=Translator(),
        select="tag:candidate",
        name="candidate",
        pool="dbt",
        required_resource_keys={"dbt", "turn"},
    )
    def candidate(context: dg.AssetExecutionContext) -> Iterator[Any]:
        dbt: Dbt = context.resources.dbt
        yield from dbt.cli(["build", "--vars", variables], target_path=path.parent, context=context).stream()

    @dbt_assets(
        manifest=path,
        project=project,
        dagster_dbt_translator=Translator(),
        select="tag:published",
        name="published",
        pool="dbt",
        required_resource_keys={"dbt", "turn"},
    )
    def published(context: dg.AssetExecutionContext) -> Iterator[Any]:
        dbt: Dbt = context.resources.dbt
        with psycopg.connect(url) as connection:
            remember(connection)
            open_up(connection)
        yield from dbt.cli(["build", "--vars", variables], target_path=path.parent, context=context).stream()

    return [warehouse, candidate, published]
