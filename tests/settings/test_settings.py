"""Settings: names, fallbacks, defaults, refusals; and `.env.example` knows every one of them."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from backend.errors import ConfigurationError
from backend.settings import DEVELOPMENT_SECRET, OLDER_NAMES, PREFIX, Settings, load_settings

ROOT = Path(__file__).parents[2]
GOOD_SECRET = "0123456789abcdef" * 4


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing configured, in a folder without `.env`."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"{PREFIX}{name.upper()}", raising=False)
    for name in OLDER_NAMES:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def set_all(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return set_all


def test_defaults_need_no_service(tmp_path: Path) -> None:
    settings = load_settings()
    assert settings.data_dir == tmp_path / ".data"
    assert settings.database_url == f"sqlite+aiosqlite:///{tmp_path}/.data/music.db"
    assert settings.storage_url == f"file://{tmp_path}/.data/storage"
    assert settings.embedded_valkey
    assert settings.redis_dsn == f"unix://{settings.valkey_socket}?db=0"
    assert not any(getattr(settings, name) for name in Settings.model_fields if "enable" in name)
    assert settings.max_duration_seconds == 600
    assert settings.fast_dev is False


def test_defaults_follow_the_data_folder(env: Callable[..., None], tmp_path: Path) -> None:
    env(AIMUSIC_DATA_DIR="elsewhere")
    settings = load_settings()
    assert settings.data_dir == tmp_path / "elsewhere"
    assert str(tmp_path / "elsewhere") in settings.database_url


def test_prefixed_names_are_read(env: Callable[..., None]) -> None:
    env(AIMUSIC_PORT="9001", AIMUSIC_ENVIRONMENT="Staging", AIMUSIC_LOG_FORMAT="JSON")
    settings = load_settings()
    assert (settings.port, settings.environment, settings.log_format) == (9001, "staging", "json")


@pytest.mark.parametrize("name", sorted(OLDER_NAMES))
def test_older_names_still_work(name: str, env: Callable[..., None]) -> None:
    value = {"fast_dev": "true", "redis_url": "redis://r/1"}.get(name, "postgresql+asyncpg://h/d")
    env(**{name.upper(): value})
    assert str(getattr(load_settings(), name)).lower() == value


def test_unprefixed_names_beside_the_four_are_nobodys(env: Callable[..., None]) -> None:
    before = load_settings()
    env(PORT="1234", HOST="10.0.0.1", STORAGE_URL="s3://bucket")
    assert load_settings() == before


def test_prefixed_name_wins_even_from_dotenv(env: Callable[..., None], tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("AIMUSIC_REDIS_URL=redis://from-dotenv\nSECRET_KEY=old\n")
    env(REDIS_URL="redis://somebody-elses", AIMUSIC_SECRET_KEY="new")
    settings = load_settings()
    assert settings.redis_url == "redis://from-dotenv"
    assert settings.secret_key == "new"


def test_environment_wins_over_dotenv(env: Callable[..., None], tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("AIMUSIC_PORT=1\nFAST_DEV=true\n")
    env(AIMUSIC_PORT="2")
    settings = load_settings()
    assert settings.port == 2
    assert settings.fast_dev is True


def test_empty_value_means_default(env: Callable[..., None]) -> None:
    env(AIMUSIC_DATABASE_URL="", AIMUSIC_PORT="")
    assert load_settings() == load_settings(port=8000)


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://u:p@h/d", "postgresql+asyncpg://u:p@h/d"),
        ("postgresql://u:p@h/d", "postgresql+asyncpg://u:p@h/d"),
        ("sqlite:////var/music.db", "sqlite+aiosqlite:////var/music.db"),
    ],
)
def test_database_driver_is_filled_in(given: str, used: str) -> None:
    assert load_settings(database_url=given).database_url == used


def test_origins_are_a_comma_separated_list() -> None:
    settings = load_settings(allowed_origins="https://a.example, http://localhost:5173/")
    assert settings.allowed_origins == ("https://a.example", "http://localhost:5173")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "99999"),
        ("PORT", "eight"),
        ("ENVIRONMENT", "prod"),
        ("DATABASE_URL", "mysql://h/d"),
        ("REDIS_URL", "http://redis"),
        ("STORAGE_URL", "ftp://host"),
        ("ALLOWED_ORIGINS", "studio.example.com"),
        ("FAST_DEV", "perhaps"),
        ("WORKER_CONCURRENCY", "0"),
        ("MAX_DURATION_SECONDS", "-1"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_wrong_value_is_one_line_with_the_settings_name(
    name: str, value: str, env: Callable[..., None]
) -> None:
    env(**{f"{PREFIX}{name}": value})
    with pytest.raises(ConfigurationError) as caught:
        load_settings()
    assert caught.value.field == f"{PREFIX}{name}"
    assert f"{PREFIX}{name}" in caught.value.message
    assert "\n" not in caught.value.message


def test_secrets_stay_out_of_messages_and_reprs() -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_settings(database_url="mysql://user:hunter2@host/name")
    assert "hunter2" not in caught.value.message
    settings = load_settings(secret_key="hunter2", redis_url="redis://:hunter2@host")
    assert "hunter2" not in repr(settings)


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"secret_key": DEVELOPMENT_SECRET}, "SECRET_KEY"),
        ({"secret_key": "short"}, "SECRET_KEY"),
        ({"fast_dev": True}, "FAST_DEV"),
        ({"allowed_origins": "https://a.example,*"}, "ALLOWED_ORIGINS"),
        ({"worker_concurrency": 2}, "DATABASE_URL"),
        ({"worker_concurrency": 2, "database_url": "postgresql://h/d"}, "REDIS_URL"),
    ],
)
def test_production_refuses_and_names_the_setting(wrong: dict[str, object], name: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_settings(**{"environment": "production", "secret_key": GOOD_SECRET, **wrong})
    assert caught.value.field == f"{PREFIX}{name}"
    assert f"{PREFIX}{name}" in caught.value.message


def test_production_accepts_one_worker_without_services_and_many_with_them() -> None:
    load_settings(environment="production", secret_key=GOOD_SECRET)
    load_settings(
        environment="production",
        secret_key=GOOD_SECRET,
        worker_concurrency=4,
        database_url="postgresql://h/d",
        redis_url="redis://h",
    )


def test_socket_path_is_never_too_long_and_always_stands_in_an_address(tmp_path: Path) -> None:
    for folder in ("plain", "x" * 120, "with space", "späte#musik?"):
        settings = load_settings(data_dir=tmp_path / folder)
        socket = str(settings.valkey_socket)
        assert len(socket.encode()) <= 100
        assert re.fullmatch(r"unix:///[\w./+-]+\?db=0", settings.redis_dsn, re.ASCII)
    first, second = (load_settings(data_dir=tmp_path / (c * 120)).valkey_socket for c in "ab")
    assert first != second


def example_values() -> dict[str, str]:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    return dict(re.findall(r"^#? ?(AIMUSIC_[A-Z_]+)=(.*)$", text, re.MULTILINE))


def test_example_file_documents_every_setting() -> None:
    assert set(example_values()) == {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}


def test_example_file_shows_the_defaults(tmp_path: Path) -> None:
    lines = [f"{name}={value}" for name, value in example_values().items()]
    defaults = load_settings()
    (tmp_path / ".env").write_text("\n".join(lines), encoding="utf-8")
    assert load_settings() == defaults
