"""docker-compose.yml and the Dockerfile, checked as far as that goes without a container engine."""

import json
import re
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from click.testing import CliRunner

from service import config
from service.cli.registry import COMMANDS
from service.cli.root import kawal
from tests.support.postgres import Cluster

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
OURS = {"web", "worker", "clock", "migrate"}
OTHERS = {"database", "valkey", "mail"}
SECRETS = {"KAWAL_DB_PASSWORD": "geheim-1", "KAWAL_APP_PASSWORD": "geheim-2"}
FULL_TAG = re.compile(r"^[a-z0-9./-]+:v?\d+\.\d+(\.\d+)?(-[a-z]+)*$")


def interpolated(text: str) -> str:
    """Compose's ${NAME:-default} and ${NAME:?message}, as it replaces them."""

    def value(match: re.Match[str]) -> str:
        name, kind, rest = match.groups()
        return SECRETS.get(name, rest if kind == ":-" else "")

    return re.sub(r"\$\{(\w+)(:-|:\?)([^}]*)\}", value, text)


def compose() -> dict[str, Any]:
    return yaml.safe_load(interpolated((ROOT / "docker-compose.yml").read_text()))


SERVICES: dict[str, dict[str, Any]] = compose()["services"]


def test_the_topology_is_web_worker_clock_postgresql_valkey_and_a_mail_catcher() -> None:
    assert set(SERVICES) == OURS | OTHERS
    assert SERVICES["database"]["image"].startswith("postgres:")
    assert SERVICES["valkey"]["image"].startswith("valkey/valkey:")


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_service_of_ours_runs_a_command_that_exists(name: str) -> None:
    command = SERVICES[name]["command"]
    assert command[0] in {entry.name for entry in COMMANDS}
    shown = CliRunner().invoke(kawal, [*command, "--help"])
    assert shown.exit_code == 0, shown.output


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_service_of_ours_has_settings_that_can_be_read(name: str) -> None:
    found = config.load(SERVICES[name]["environment"])
    assert found.database_url.startswith("postgresql+psycopg://")
    assert found.redis_url is not None
    assert not found.is_loopback


def test_the_database_starts_with_settings_that_keep_its_write_ahead_log_small() -> None:
    command = SERVICES["database"]["command"]
    assert command[0] == "postgres"
    assert command[1::2] == ["-c"] * (len(command) // 2)
    settings = dict(word.split("=") for word in command[2::2])
    assert set(settings) == {"wal_compression", "checkpoint_timeout", "max_wal_size"}
    cluster = Cluster(**settings)
    try:
        cluster.start()
        with psycopg.connect(cluster.url()) as connection:
            shown = {name: connection.execute(f"SHOW {name}".encode()).fetchone() for name in settings}
    finally:
        cluster.remove()
    assert shown == {"wal_compression": ("pglz",), "checkpoint_timeout": ("30min",), "max_wal_size": ("4GB",)}


def test_only_the_migration_owns_the_tables() -> None:
    users = {
        name: config.load(SERVICES[name]["environment"]).database_url.split("//")[1].split(":")[0] for name in OURS
    }
    assert users == {"migrate": "kawal", "web": "kawal_app", "worker": "kawal_app", "clock": "kawal_app"}
    assert SERVICES["migrate"]["command"][-2:] == ["--app-role", "kawal_app"]


@pytest.mark.parametrize("name", sorted((OURS | OTHERS) - {"migrate"}))
def test_a_service_that_runs_on_has_a_health_check_and_comes_back(name: str) -> None:
    check = SERVICES[name]["healthcheck"]
    assert check["test"][0] == "CMD"
    assert {"interval", "timeout", "retries"} <= set(check)
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", sorted(OURS - {"migrate"}))
def test_a_health_check_of_ours_is_a_command_that_exists(name: str) -> None:
    words = SERVICES[name]["healthcheck"]["test"]
    assert words[1:4] == ["python", "-m", "service.cli"]
    assert words[5] == name
    shown = CliRunner().invoke(kawal, [*words[4:], "--help"])
    assert shown.exit_code == 0, shown.output


def test_everything_waits_for_the_migration_which_runs_once() -> None:
    for name in OURS - {"migrate"}:
        assert SERVICES[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert SERVICES["migrate"]["restart"] == "no"
    assert SERVICES["migrate"]["depends_on"]["database"]["condition"] == "service_healthy"


@pytest.mark.parametrize("name", sorted(OURS | OTHERS))
def test_every_image_is_built_here_or_has_a_full_version_tag(name: str) -> None:
    built_here = "build" in SERVICES[name]
    assert built_here or FULL_TAG.match(SERVICES[name]["image"]), SERVICES[name]["image"]


def test_every_volume_is_named_and_declared_and_every_mounted_file_exists() -> None:
    mounted = [volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", ())]
    assert {name for name in mounted if not name.startswith(".")} == set(compose()["volumes"])
    assert all((ROOT / name).is_file() for name in mounted if name.startswith("."))


def test_nothing_is_published_beyond_this_machine_and_no_password_has_a_default() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", ())]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)
    text = (ROOT / "docker-compose.yml").read_text()
    assert re.findall(r"\$\{\w*PASSWORD:-", text) == []
    assert "geheim" not in text


def test_the_image_installs_the_lock_with_hashes_and_runs_the_command_line() -> None:
    assert "--require-hashes -r requirements.lock" in DOCKERFILE
    entry = json.loads(re.findall(r"^ENTRYPOINT (.*)$", DOCKERFILE, re.MULTILINE)[0])
    assert entry == ["python", "-m", "service.cli"]
    assert re.findall(r"^USER (\w+)$", DOCKERFILE, re.MULTILINE) == ["kawal"]


def test_the_image_is_built_from_full_tags_and_from_files_that_exist_and_are_sent() -> None:
    images = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert images
    assert all(FULL_TAG.match(image) for image in images)
    sent = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = {line.split()[1] for line in DOCKERFILE.splitlines() if line.startswith("COPY ") and "--from" not in line}
    assert copied == sent
    assert all((ROOT / name).exists() for name in copied)


def test_the_image_uses_the_python_that_is_asked_for() -> None:
    assert 'requires-python = ">=3.11"' in (ROOT / "pyproject.toml").read_text()
    assert all(image.startswith("python:3.11.") for image in re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE))
