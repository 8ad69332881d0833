"""The project keeps its own rules: layers, one reader of the environment, generated files, gate ancestry."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from apps.words import wording
from innenfra.cli import generated
from innenfra.contracts.declare import all_rules
from innenfra.contracts.deliveries import delivery_tables
from innenfra.contracts.indicators import INDICATORS
from innenfra.contracts.vocabulary import VERDICT_REASONS, VERDICTS
from innenfra.database.access import RULES
from innenfra.derive.files import stale
from innenfra.derive.operation import COMPOSE
from innenfra.settings import Settings
from orchestration.warehouse import manifest

ROOT = Path(__file__).parents[2]
PACKAGES = ("innenfra", "expectations", "orchestration", "apps")


def sources(package: str) -> list[Path]:
    found = sorted((ROOT / package).rglob("*.py"))
    assert found
    return found


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {a.name.split(".")[0] for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_imports_point_one_way() -> None:
    allowed = {ROOT / "innenfra" / "cli.py", ROOT / "innenfra" / "demo" / "up.py"}
    for path in sources("innenfra"):
        if path not in allowed:
            assert not imported(path) & {
                "apps",
                "orchestration",
                "expectations",
                "dagster",
                "streamlit",
            }, path
    for path in sources("expectations"):
        assert not imported(path) & {"apps", "orchestration"}, path
    for path in sources("apps"):
        assert not imported(path) & {"orchestration", "expectations", "great_expectations"}, path


def test_only_settings_read_the_environment() -> None:
    for package in PACKAGES:
        for path in sources(package):
            if path.name != "settings.py":
                assert "os.environ" not in path.read_text(encoding="utf-8"), path
                assert "getenv" not in path.read_text(encoding="utf-8"), path


def test_sql_of_the_app_is_in_one_place_and_published_only() -> None:
    behind = re.compile(r"\b(marts|gate|landed|staging|intermediate|restricted)\.\w")
    files = sorted((ROOT / "apps" / "sql").glob("*.sql"))
    assert len(files) > 10
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert text.startswith("-- "), path
        assert not behind.search(text), path
    for path in sources("apps"):
        text = path.read_text(encoding="utf-8").lower()
        if path.name != "reader.py":
            assert "psycopg" not in text, path
            assert not re.search(r"\bselect\b.*\bfrom\b", text), path
        else:
            assert not behind.search(text)


def test_no_page_has_a_text_that_stands_by_itself() -> None:
    """Streamlit would write it on the page."""
    for path in [ROOT / "apps" / "shell.py", *sorted((ROOT / "apps" / "app_pages").glob("*.py"))]:
        bare = [
            n
            for n in ast.parse(path.read_text(encoding="utf-8")).body[1:]
            if isinstance(n, ast.Expr) and not isinstance(n.value, ast.Call)
        ]
        assert bare == [], path


def test_generated_files_are_current() -> None:
    assert stale(ROOT, generated()) == []


def test_lock_has_hashes_and_no_address() -> None:
    text = (ROOT / "requirements.lock").read_text()
    assert text.count("--hash=") > 300
    assert not re.search(r"https?://|index-url|find-links", text)


def test_no_machine_path_in_tracked_files() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert listed
    for name in listed:
        path = ROOT / name
        if (
            path.suffix in (".py", ".sql", ".toml", ".yml", ".md", ".sh")
            and path.is_file()
            and "test_structure" not in name
        ):
            assert not re.search(r"/(work|root|home)/[a-z]", path.read_text(encoding="utf-8")), name


def test_each_reason_of_the_models_has_words_and_each_word_is_used() -> None:
    folder = ROOT / "dbt_project"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("m*/**/*.sql"))]
    quoted = {word for text in texts for word in re.findall(r"'([a-z_]+)'", text)}
    kinds = {kind for one in INDICATORS.values() for kind in one.break_on}
    assert kinds
    renewed = {
        reason
        for reason in VERDICT_REASONS.codes
        if reason.removeprefix("new_") in kinds and reason.startswith("new_")
    }
    assert renewed == {f"new_{kind}" for kind in kinds}
    assert set(VERDICT_REASONS.codes) - renewed - quoted == set()
    # what is told as a reason: after `then` or `else` in the verdict's own columns, and in the lists of the
    # loops over reasons
    verdict = (folder / "macros" / "verdict.sql").read_text(encoding="utf-8")
    told = {word for word in re.findall(r"(?:then|else) '([a-z_]+)'", verdict) if word != "new_"}
    told |= {
        word
        for line in re.findall(r"for reason in \[(.*?)\]", verdict)
        for word in re.findall(r"'([a-z_]+)'", line)
    }
    assert told <= {*VERDICTS.codes, *VERDICT_REASONS.codes}


def ancestors(nodes: dict[str, list[str]], name: str) -> set[str]:
    found: set[str] = set()
    waiting = list(nodes[name])
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += nodes.get(one, [])
    return found


@pytest.fixture(scope="module")
def dbt() -> dict[str, dict[str, list[str]]]:
    made: dict[str, dict[str, list[str]]] = json.loads(manifest().read_text())
    return made


def test_published_descends_from_the_gate_and_nothing_beside_it(dbt: dict[str, dict[str, list[str]]]) -> None:
    published = [
        n for n in dbt["nodes"] if n.startswith("model.") and dbt["nodes"][n]["schema"] == "published"
    ]  # type: ignore[call-overload]
    assert len(published) >= 6
    for name in published:
        parents = dbt["parent_map"][name]
        assert parents
        assert all(p.split(".")[-1].startswith(("gate_", "published_")) for p in parents), (
            f"{name}: {parents}"
        )


def test_only_staging_reads_sources(dbt: dict[str, dict[str, list[str]]]) -> None:
    models = {n: p for n, p in dbt["parent_map"].items() if n.startswith("model.")}
    assert len(models) > 30
    for name, parents in models.items():
        if any(p.startswith("source.") for p in parents):
            assert name.split(".")[-1].startswith("stg_"), name


def test_whatever_is_published_is_for_someone(dbt: dict[str, dict[str, Any]]) -> None:
    """Every published model is in an exposure, and what people meet rests on nothing else."""
    published = {
        n for n, node in dbt["nodes"].items() if n.startswith("model.") and node["schema"] == "published"
    }
    used = {one["name"]: set(one["depends_on"]["nodes"]) for one in dbt["exposures"].values()}
    assert len(used) >= 8
    assert set().union(*used.values()) == published
    # the rows that people take out are those that policies let them read
    readable = {rule.relation.split(".")[1] for rule in RULES if rule.relation.startswith("published.")}
    taken = {name.split(".published_")[1] for name in used["taken_out_rows"]}
    assert taken == readable & {name.split(".published_")[1] for name in published}


def test_models_say_their_grain() -> None:
    models = list((ROOT / "dbt_project" / "models").rglob("*.sql"))
    assert len(models) > 30
    for path in models:
        assert "-- grain:" in "\n".join(path.read_text(encoding="utf-8").splitlines()[:2]), path


def test_every_model_and_column_is_documented(dbt: dict[str, dict[str, Any]]) -> None:
    models = [n for name, n in dbt["nodes"].items() if name.startswith("model.")]
    assert len(models) > 60
    for model in models:
        assert model["description"], model["name"]
        assert model["columns"], model["name"]
        assert all(c["description"] for c in model["columns"].values()), model["name"]


def test_texts_of_columns_are_said_once() -> None:
    """Files of contracts and tests name the words of `columns.toml`, and each of those is used."""
    folder = ROOT / "dbt_project"
    declared = tomllib.loads((folder / "columns.toml").read_text(encoding="utf-8"))
    named = set()
    for path in sorted((folder / "models").rglob("*.yml")):
        if path.parent.name != "_generated":
            for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", []):
                for column in model.get("columns", []):
                    word = re.fullmatch(r"\{\{ doc\('(\w+)'\) \}\}", column["description"])
                    assert word, f"{path.name}: {model['name']}.{column['name']}"
                    named.add(word[1])
    assert len(named) > 100
    words = {word.replace(".", "_of_"): word for word in declared["words"]}
    assert named <= set(words)
    used = {column for columns in declared["models"].values() for column in columns}
    assert {word for name, word in words.items() if name not in named} <= used


def test_wording_has_the_same_keys_in_all_languages() -> None:
    texts = {code: wording(code) for code in ("nb", "nn", "en")}
    assert len(texts["nb"]) > 60
    assert texts["nb"].keys() == texts["nn"].keys() == texts["en"].keys()


def test_every_rule_speaks_three_languages() -> None:
    count = 0
    for table in delivery_tables().values():
        for _, rule in all_rules(table):
            said = rule.says()
            assert said.nb
            assert said.nn
            assert said.en
            count += 1
    assert count > 200


def test_compose_publishes_only_the_app() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    services = compose["services"]
    assert set(services) == {"postgres", "code", "webserver", "daemon", "app"}
    assert [n for n, s in services.items() if "ports" in s] == ["app"]
    assert all("healthcheck" in s for s in services.values())
    text = (ROOT / "docker-compose.yml").read_text()
    used = set(re.findall(r"\$\{([A-Z_]+)", text))
    assert used <= {f"INNENFRA_{n.upper()}" for n in Settings.model_fields} | set(COMPOSE)
    # no secret stands in the file: each comes from .env, which the example lists, and is asked for where it
    # is missing
    example = (ROOT / ".env.example").read_text()
    assert all(f"#{name}=" in example for name in used)
    assert len(re.findall(r"PASSWORD[^\n]*\$\{POSTGRES_PASSWORD:\?", text)) == 1
    assert not re.search(r"PASSWORD: (?!\$)", text)
    ours = {name: s for name, s in services.items() if name != "postgres"}
    assert all(
        s["build"] == "." and s["depends_on"]["postgres"]["condition"] == "service_healthy"
        for s in ours.values()
    )
    assert all(
        {"DATABASE_URL", "DAGSTER_HOME", "INNENFRA_HOME"} <= set(s["environment"]) for s in ours.values()
    )
    workspace = yaml.safe_load((ROOT / "docker" / "workspace.yaml").read_text())["load_from"][0][
        "grpc_server"
    ]
    assert workspace["host"] in services
    assert f"-p {workspace['port']}" in services[workspace["host"]]["command"]


def test_one_image_is_built_from_the_lock() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert sum(line.startswith("FROM ") for line in lines) == 1
    (install,) = [line for line in lines if "requirements.lock" in line and line.startswith("RUN")]
    assert "--require-hashes" in install
    # the lock is copied before the rest, so that a change of code installs nothing anew
    assert lines.index("COPY requirements.lock ./") < lines.index(install) < lines.index("COPY . .")
    assert "USER innenfra" in lines
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".git", ".venv", ".innenfra", ".env"} <= set(ignored)
    lock = (ROOT / "requirements.lock").read_text()
    assert lock.count("--hash=sha256:") > 200
    assert "://" not in lock
