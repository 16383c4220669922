"""docker-compose.yml held against the settings and commands that exist."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from backend.settings import PREFIX, Settings, load_settings

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("migrate", "api", "worker")
GIVEN = {"AIMUSIC_SECRET_KEY": "s" * 64, "POSTGRES_PASSWORD": "p" * 32}


def filled_in(value: str) -> str:
    """The value as compose would fill it in with nothing but the two secrets given."""

    def fill(match: re.Match[str]) -> str:
        name, operator, rest = match.groups()
        return GIVEN[name] if operator == ":?" else GIVEN.get(name, rest)

    return re.sub(r"\$\{(\w+)(:[-?])([^}]*)\}", fill, value)


def test_all_the_parts_are_there() -> None:
    assert set(SERVICES) == {*OURS, "postgres", "redis"}


@pytest.mark.parametrize("name", OURS)
def test_environment_is_a_valid_production_configuration(name: str) -> None:
    environment = SERVICES[name]["environment"]
    assert set(environment) <= {f"{PREFIX}{field.upper()}" for field in Settings.model_fields}
    values = {key.removeprefix(PREFIX).lower(): filled_in(v) for key, v in environment.items()}
    settings = load_settings(**{key: value for key, value in values.items() if value})
    assert settings.is_production
    assert settings.database_url.startswith("postgresql+asyncpg://music:")
    assert not settings.embedded_valkey


def test_secrets_must_be_given() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    for secret in GIVEN:
        assert set(re.findall(rf"\$\{{{secret}(:.)", text)) == {":?"}


@pytest.mark.parametrize("name", OURS)
def test_commands_exist(name: str) -> None:
    command = [sys.executable, "-m", "backend", *SERVICES[name]["command"], "--help"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def test_start_is_ordered_by_health() -> None:
    conditions = {
        name: {other: how["condition"] for other, how in service.get("depends_on", {}).items()}
        for name, service in SERVICES.items()
    }
    served = {"migrate": "service_completed_successfully", "redis": "service_healthy"}
    assert conditions["migrate"] == {"postgres": "service_healthy"}
    assert conditions["api"] == conditions["worker"] == served
    for name in ("postgres", "redis"):
        assert SERVICES[name]["healthcheck"]["test"]


def test_worker_can_be_scaled_and_has_time_to_drain() -> None:
    worker = SERVICES["worker"]
    assert "ports" not in worker
    assert "container_name" not in worker
    assert int(worker["stop_grace_period"].rstrip("s")) >= 30


def test_state_lies_in_named_volumes() -> None:
    named = set(COMPOSE["volumes"])
    used = {mount.split(":")[0] for service in SERVICES.values() for mount in service["volumes"]}
    assert used == named
    assert {SERVICES[name]["volumes"][0] for name in OURS} == {"music-data:/data"}


def test_only_the_api_is_reachable_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["api"]


@pytest.mark.parametrize("name", OURS)
def test_containers_have_no_rights_they_do_not_need(name: str) -> None:
    assert SERVICES[name]["cap_drop"] == ["ALL"]
    assert SERVICES[name]["security_opt"] == ["no-new-privileges:true"]
