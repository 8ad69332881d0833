"""dbt's models as assets, dbt's tests as checks.

Belongs here: the dbt project, its profile from the settings, and how models are named as assets.
Does not belong here: SQL.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
import yaml
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, DbtProject, dbt_assets

from innenfra.database.engine import APPLICATION, connect, parts
from innenfra.own import own_folder
from innenfra.settings import Settings
from orchestration.changes import (
    BROKEN_OFF,
    NOT_YET_SEEN,
    PROJECT,
    built_from,
    models_version,
    write_built_from,
)
from orchestration.controls import tell_controls
from orchestration.inside import build, read_project
from orchestration.switch import NEXT, NOTE, begin_release, switch_asset

FULL_REFRESH = "innenfra/full_refresh"
"""Tag of runs that count every school anew."""

UNCHANGED = [
    "--exclude-resource-type",
    "seed",
    *(
        part
        for layer in ("staging", "intermediate", "marts")
        for part in ("--exclude", f"{layer},config.materialized:view")
    ),
]
"""What a build leaves as it is while the models are the same: seeds, and views that rest on no table that is
made anew."""

LAYERS = ("staging", "intermediate", "marts", "gate", "published")


class Translator(DagsterDbtTranslator):
    """Key = schema and relation; group = schema."""

    def __init__(self) -> None:
        super().__init__(settings=DagsterDbtTranslatorSettings(enable_asset_checks=True))

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        """Schema and relation; sources keep the key that their table declares."""
        if dbt_resource_props["resource_type"] == "source":
            return super().get_asset_key(dbt_resource_props)
        return dg.AssetKey(
            [dbt_resource_props["schema"], dbt_resource_props.get("alias") or dbt_resource_props["name"]]
        )

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """The schema."""
        return str(dbt_resource_props["schema"])


def write_profile(settings: Settings, url: str) -> Path:
    """A profile for this database in the state folder, readable by the owner only."""
    folder = own_folder(settings.home.absolute() / "dbt")
    reach = parts(url)
    output = {
        "type": "postgres",
        "host": reach["host"],
        "port": int(reach["port"]),
        "user": reach["user"],
        "password": reach["password"],
        "dbname": reach["name"],
        "schema": "marts",
        "threads": 4,
        "application_name": f"{APPLICATION} dbt",
    }
    path = folder / "profiles.yml"
    said = yaml.safe_dump({"innenfra": {"target": "main", "outputs": {"main": output}}})
    # left as it is where nothing changed: a newer profile makes dbt read the whole project anew
    if not path.exists() or path.read_text() != said:
        path.touch(mode=0o600)
        path.write_text(said)
    return folder


def manifest(profiles: Path = PROJECT, variables: str = "{}") -> Path:
    """dbt's manifest in `target` beside the profile, made anew where the profile or a file of the project is
    newer. Needs no database."""
    path = profiles / "target" / "manifest.json"
    if not path.exists() or path.stat().st_mtime < newest(profiles):
        read_project(profiles, variables, newest(profiles))
    return path


def newest(profiles: Path) -> float:
    """When a file of the project, or the profile, was last changed."""
    sources = [
        p
        for p in PROJECT.rglob("*")
        if p.suffix in (".sql", ".yml", ".csv", ".md") and "target" not in p.parts
    ]
    return max(p.stat().st_mtime for p in [profiles / "profiles.yml", *sources])


def built_by(url: str, version: str) -> bool:
    """Whether every school's values were built by these very models; otherwise all are built anew."""
    with connect(url) as connection:
        row = connection.execute("select to_regclass('marts.built_school') is not null").fetchone()
        if not (row and row[0]):
            return False
        row = connection.execute(
            "select count(*) from marts.built_school where models_version <> %s", (version,)
        ).fetchone()
        return bool(row and row[0] == 0)


def warehouse_assets(settings: Settings, url: str) -> list[dg.AssetsDefinition]:
    """Staging to gate, built by every run; the candidate, what is published, and the switch, made by a
    release."""
    project = DbtProject(project_dir=PROJECT, profiles_dir=PROJECT)
    models = models_version()
    # the same for all three, so that dbt need not read the project anew
    variables = json.dumps({"models_version": models})
    profiles = write_profile(settings, url)
    path = manifest(profiles, variables)

    def build_selected(
        context: dg.AssetExecutionContext, *select: str, schema: str | None = None
    ) -> Iterator[Any]:
        # unit tests ask the models, not the data, and are run where the models are changed
        chosen = [*select, "--exclude-resource-type", "unit_test"]
        yield from build(
            context, read_project(profiles, variables, newest(profiles)), profiles, variables, chosen, schema
        )

    @dbt_assets(
        manifest=path,
        project=project,
        dagster_dbt_translator=Translator(),
        exclude="tag:published tag:candidate",
        name="warehouse",
        pool="dbt",
        required_resource_keys={"turn"},
    )
    def warehouse(context: dg.AssetExecutionContext) -> Iterator[Any]:
        run_id = context.run.run_id
        again = bool(context.run.tags.get(FULL_REFRESH)) or not built_by(url, models)
        with connect(url) as connection:
            fingerprint = built_from(connection)
            write_built_from(connection, run_id, BROKEN_OFF)
        how = ["--full-refresh"] if again else UNCHANGED
        yield from build_selected(context, "--exclude", "tag:published", "--exclude", "tag:candidate", *how)
        with connect(url) as connection:
            for said in tell_controls(connection, run_id):
                context.log.warning(said)
            write_built_from(connection, run_id, NOT_YET_SEEN + fingerprint)

    @dbt_assets(
        manifest=path,
        project=project,
        dagster_dbt_translator=Translator(),
        select="tag:candidate",
        name="candidate",
        pool="dbt",
        required_resource_keys={"turn"},
    )
    def candidate(context: dg.AssetExecutionContext) -> Iterator[Any]:
        begin_release(url, context.run.run_id, context.run.tags.get(NOTE))
        yield from build_selected(context, "--select", "tag:candidate")

    @dbt_assets(
        manifest=path,
        project=project,
        dagster_dbt_translator=Translator(),
        select="tag:published",
        name="published",
        pool="dbt",
        required_resource_keys={"turn"},
    )
    def published(context: dg.AssetExecutionContext) -> Iterator[Any]:
        with connect(url) as connection:
            connection.execute(f"drop schema if exists {NEXT} cascade")
        yield from build_selected(context, "--select", "tag:published", schema=NEXT)

    return [warehouse, candidate, published, switch_asset(url, sorted(published.keys))]
