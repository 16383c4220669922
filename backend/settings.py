"""Every setting of the product, read once from the environment and ``.env``.

Names carry the prefix ``AIMUSIC_``. Four older names without it (``OLDER_NAMES``) still work; the
prefixed name wins wherever it stands. An empty value means the default. Nothing else in the backend
reads the environment.
"""

import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from backend.errors import ConfigurationError
from backend.limits import Limits

PREFIX = "AIMUSIC_"
OLDER_NAMES = frozenset({"fast_dev", "secret_key", "database_url", "redis_url"})
DEVELOPMENT_SECRET = "development-only-secret-never-use-it-in-production"  # noqa: S105 - refused there
SHORTEST_SECRET = 32
"""Characters; HS256 keys should be at least as long as the hash (RFC 7518 §3.2)."""
LONGEST_SOCKET_PATH = 100
"""Bytes; the kernel allows 108 on Linux and 104 on macOS, including the final NUL."""

DATABASE_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}


class Settings(Limits, BaseSettings):
    """The configuration of one process, checked as a whole.

    ``load_settings`` is the way to make one from the environment with errors in plain words.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    environment: Literal["development", "staging", "production"] = "development"
    fast_dev: bool = False
    """Hands out a development token to everybody; refused in production."""
    secret_key: str = Field(default=DEVELOPMENT_SECRET, repr=False)
    """Signs tokens and file addresses."""
    previous_secret_keys: Annotated[tuple[str, ...], NoDecode] = Field(default=(), repr=False)
    """Keys that signed tokens before; those tokens stay good until they expire."""
    data_dir: Path = Field(default=Path(".data"), validate_default=True)
    """Absolute once loaded; a relative path counts from the working folder."""
    database_url: str = Field(
        default_factory=lambda data: f"sqlite+aiosqlite:///{data['data_dir']}/music.db", repr=False
    )
    redis_url: str = Field(default="", repr=False)
    """Empty means the embedded Valkey; ``redis_dsn`` is the address either way."""
    storage_url: str = Field(
        default_factory=lambda data: (data["data_dir"] / "storage").as_uri(), repr=False
    )
    soundfont: str | None = None
    """Path of the user's own sound bank."""

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    """0 takes any free port."""
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = ()
    """Other origins that browsers may call from; the studio's own origin needs none."""
    get_needs_header: bool = True
    """Whether a GET to GraphQL must show that no page of others caused it."""
    trusted_documents: Path | None = None
    """A JSON file from hash to GraphQL document, or "studio"; nothing else is executed then."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["console", "json"] = "console"
    sentry_dsn: str = Field(default="", repr=False)
    otlp_endpoint: str = ""

    max_duration_seconds: int = Field(default=600, ge=10, le=3600)
    worker_concurrency: int = Field(default=1, ge=1, le=64)
    """Songs that one worker makes at the same time; each uses about two cores."""
    rendered_kept_hours: float = Field(default=24, ge=0)
    """How long the tracks as rendered are kept, so that a remix need not render again."""
    rendered_kept_gb: float = Field(default=8, ge=0)
    """How much of them; beyond that the oldest go first. 0 keeps none."""

    enable_blockchain: bool = False
    enable_collaboration: bool = False
    enable_marketplace: bool = False
    enable_enterprise: bool = False

    @property
    def is_production(self) -> bool:
        """Whether real users depend on this process."""
        return self.environment == "production"

    @property
    def embedded_valkey(self) -> bool:
        """Whether the queue and the events run on the Valkey that the product starts itself."""
        return not self.redis_url

    @property
    def valkey_socket(self) -> Path:
        """Where the embedded Valkey listens.

        In the data folder, or in a short folder of the system's temporary one when the path would
        be too long for a Unix socket or could not stand in an address.
        """
        socket = self.data_dir / "valkey.sock"
        speakable = re.fullmatch(r"[\w./+-]+", str(socket), re.ASCII) is not None
        if speakable and len(str(socket)) <= LONGEST_SOCKET_PATH:
            return socket
        digest = hashlib.sha256(os.fsencode(self.data_dir)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"aimusic-{os.getuid()}-{digest}" / "valkey.sock"

    @property
    def redis_dsn(self) -> str:
        """The address of Redis: the given one, or the embedded Valkey's socket."""
        return self.redis_url or f"unix://{self.valkey_socket}?db=0"

    @field_validator("environment", "log_level", "log_format", mode="before")
    @classmethod
    def _any_case(cls, value: object) -> object:
        return value.strip().lower() if isinstance(value, str) else value

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("allowed_origins", "previous_secret_keys", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(part.strip().rstrip("/") for part in value.split(",") if part.strip())

    @field_validator("allowed_origins")
    @classmethod
    def _check_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for origin in value:
            if origin != "*" and not re.fullmatch(r"https?://[^/\s]+", origin):
                raise ValueError(f"{origin!r} is not an origin such as https://studio.example.com")
        return value

    @field_validator("database_url")
    @classmethod
    def _name_driver(cls, value: str) -> str:
        scheme, separator, rest = value.partition("://")
        if not separator or scheme not in DATABASE_DRIVERS:
            raise ValueError(
                "must start with postgresql:// or sqlite:///, as in postgresql://user:password@host/name"
            )
        return f"{DATABASE_DRIVERS[scheme]}://{rest}"

    @field_validator("redis_url")
    @classmethod
    def _check_redis(cls, value: str) -> str:
        if value and not value.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("must start with redis://, rediss:// or unix://, or be empty")
        return value

    @field_validator("storage_url")
    @classmethod
    def _check_storage(cls, value: str) -> str:
        if not value.startswith(("file:///", "s3://", "gs://", "az://")):
            raise ValueError("must start with file:///, s3://, gs:// or az://")
        return value

    @model_validator(mode="after")
    def _fit_for_production(self) -> Self:
        if self.is_production:
            refuse_unsafe(self)
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put the names without prefix behind all prefixed ones."""
        del file_secret_settings
        env_file = getattr(dotenv_settings, "env_file", None)
        return (
            init_settings,
            env_settings,
            dotenv_settings,
            _OlderEnvironment(settings_cls, env_prefix=""),
            _OlderDotEnv(settings_cls, env_file=env_file, env_prefix=""),
        )


class _OlderEnvironment(EnvSettingsSource):
    """The names without prefix that earlier versions read."""

    def __call__(self) -> dict[str, Any]:
        return {name: value for name, value in super().__call__().items() if name in OLDER_NAMES}


class _OlderDotEnv(DotEnvSettingsSource):
    """The same names in ``.env``."""

    def __call__(self) -> dict[str, Any]:
        return {name: value for name, value in super().__call__().items() if name in OLDER_NAMES}


def refuse_unsafe(settings: Settings) -> None:
    """Refuse what must not run in production.

    Raises
    ------
    ConfigurationError
        Naming the first setting at fault and what to do.
    """
    refusals = (
        (
            "SECRET_KEY",
            settings.secret_key == DEVELOPMENT_SECRET,
            "must be set in production; `openssl rand -hex 32` makes one",
        ),
        (
            "SECRET_KEY",
            len(settings.secret_key) < SHORTEST_SECRET,
            f"is shorter than {SHORTEST_SECRET} characters; `openssl rand -hex 32` makes one",
        ),
        ("FAST_DEV", settings.fast_dev, "must be false in production: it lets anybody in"),
        (
            "ALLOWED_ORIGINS",
            "*" in settings.allowed_origins,
            "must name the origins in production; * would let every page on the web call the API",
        ),
        (
            "DATABASE_URL",
            settings.worker_concurrency > 1 and settings.database_url.startswith("sqlite"),
            "must be a Postgres address when WORKER_CONCURRENCY is above 1 in production",
        ),
        (
            "REDIS_URL",
            settings.worker_concurrency > 1 and settings.embedded_valkey,
            "must be a Redis address when WORKER_CONCURRENCY is above 1 in production",
        ),
    )
    for name, wrong, advice in refusals:
        if wrong:
            raise ConfigurationError(f"{PREFIX}{name} {advice}.", field=f"{PREFIX}{name}")


def load_settings(**overrides: Any) -> Settings:  # noqa: ANN401 - each setting has its own type
    """Read the settings from the environment and ``.env``.

    Parameters
    ----------
    **overrides
        Values that win over both, by attribute name; ``None`` is left out.

    Returns
    -------
    Settings
        Checked, with an absolute ``data_dir``.

    Raises
    ------
    ConfigurationError
        One line that names the setting at fault.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        raise _in_plain_words(error) from None


def _in_plain_words(error: ValidationError) -> ConfigurationError:
    first = error.errors(include_url=False, include_context=False)[0]
    attribute = str(first["loc"][0])
    name = f"{PREFIX}{attribute.upper()}"
    reason = first["msg"].removeprefix("Value error, ")
    shown = Settings.model_fields[attribute].repr
    found = f" (found {first['input']!r})" if shown else ""
    return ConfigurationError(f"{name}: {reason}{found}.", field=name)
