"""How much one client may ask for: every limit in one place.

Each is a setting (``AIMUSIC_RATE_LIMIT_REQUESTS`` …), with a default that the studio and ordinary
clients never reach. Whoever goes beyond one reads which it was and what is allowed.
"""

import re
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic_settings import NoDecode

SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}


class MutationRate(NamedTuple):
    """How often one user, or one address without a token, may ask for a mutation.

    Parameters
    ----------
    mutation : str
        The field's name in the schema, such as ``shareProject``.
    times : int
        How often, at least once.
    seconds : int
        Within how long.
    """

    mutation: str
    times: int
    seconds: int

    @classmethod
    def read(cls, text: str) -> "MutationRate":
        """Read one such as ``shareProject=30/minute``.

        Raises
        ------
        ValueError
            If it cannot be read.
        """
        units = "|".join(SECONDS)
        found = re.fullmatch(rf"(\w+)\s*=\s*(0*[1-9]\d{{0,8}})\s*/\s*({units})", text, re.ASCII)
        if found is None:
            raise ValueError(
                f"{text!r} is not a rate such as shareProject=30/minute "
                f"(1 or more within a {', '.join(SECONDS)})"
            )
        return cls(found[1], int(found[2]), SECONDS[found[3]])


MUTATION_RATES = (
    MutationRate("createApiKey", 10, 60),
    MutationRate("refreshSignIn", 60, 60),
    MutationRate("shareProject", 30, 60),
)
"""What hands out secrets or takes them. What makes songs is counted as songs."""


class Limits(BaseModel):
    """The limits of one process; ``Settings`` has them among its fields."""

    model_config = ConfigDict(frozen=True)

    rate_limit_requests: int = Field(default=600, ge=1)
    """Requests of one user, or of one address without a token, within ``rate_limit_window``."""
    rate_limit_songs: int = Field(default=60, ge=1)
    """Songs that one user may start within ``rate_limit_window``."""
    rate_limit_window: int = Field(default=60, ge=1)
    """Seconds."""
    mutation_rates: Annotated[tuple[MutationRate, ...], NoDecode] = MUTATION_RATES
    """Besides all that, how often single mutations may be asked for."""

    access_token_seconds: int = Field(default=900, ge=60, le=86_400)
    """How long an access token is good that comes with a refresh token."""
    refresh_token_days: int = Field(default=30, ge=1, le=365)
    """How long nobody need come before a sign-in ends."""

    max_page_size: int = Field(default=100, ge=20, le=1000)
    """Projects on one page."""
    max_event_page_size: int = Field(default=1000, ge=100, le=10_000)
    max_body_bytes: int = Field(default=1024 * 1024, ge=64 * 1024)
    """The longest lyrics and prompt together have a twentieth of the default."""
    max_message_characters: int = Field(default=64 * 1024, ge=8 * 1024, le=256 * 1024)
    """In one message of a WebSocket."""

    max_running_songs_per_user: int = Field(default=4, ge=1)
    """Songs of one user that all workers together make at the same time; more of them wait."""

    max_query_depth: int = Field(default=10, ge=3)
    """Levels of fields within each other."""
    max_query_aliases: int = Field(default=30, ge=0)
    max_query_characters: int = Field(default=50_000, ge=5_000)
    """Length of a document's text."""
    max_query_tokens: int = Field(default=2000, ge=500)
    """Words and punctuation of a document; the full introspection query has about 300."""
    max_query_fields: int = Field(default=400, ge=50)
    """Fields written in a document, before anything is looked up."""
    max_query_directives: int = Field(default=20, ge=0)
    max_query_mutations: int = Field(default=5, ge=1)
    """Changes in one document: who guesses or floods has to come again, and is counted."""
    max_query_cost: int = Field(default=20_000, ge=100)
    """Fields that an answer may have: length of each list times the cost of its entries."""
    max_query_seconds: float = Field(default=10.0, gt=0)
    """How long a query or a mutation may take."""

    max_operations_per_socket: int = Field(default=50, ge=1)
    max_sockets_per_user: int = Field(default=1000, ge=1)
    """WebSockets of one user in one process."""
    max_sockets_per_address: int = Field(default=2000, ge=1)

    @field_validator("mutation_rates", mode="before")
    @classmethod
    def _read_rates(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(MutationRate.read(part.strip()) for part in value.split(",") if part.strip())

    @field_validator("mutation_rates")
    @classmethod
    def _one_rate_each(cls, value: tuple[MutationRate, ...]) -> tuple[MutationRate, ...]:
        names = [rate.mutation for rate in value]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f"{twice} has two rates; give it one")
        return value
