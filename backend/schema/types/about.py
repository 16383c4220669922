"""What does not belong to a project: the viewer, the styles, the features, the version."""

from datetime import datetime
from typing import Self

import strawberry

from backend import auth
from backend.observability.version import Build
from backend.pipeline import styles
from backend.pipeline.theory.instruments import INSTRUMENTS
from backend.schema.context import Info
from backend.schema.described import object_type, resolver
from backend.schema.types.api_key import ApiKey
from backend.services import api_keys
from backend.settings import Settings


@object_type
class Viewer:
    """The signed-in user."""

    id: strawberry.ID = strawberry.field(description="The user's id, the subject of the token.")

    @resolver
    async def api_keys(self, info: Info) -> list[ApiKey]:
        """Their keys that open something, newest first."""
        keys = await api_keys.keys_of(info.context.platform, info.context.signed_in)
        return [ApiKey.from_model(key) for key in keys]

    @classmethod
    def from_viewer(cls, viewer: auth.Viewer) -> Self:
        """Make the type from the viewer of the request."""
        return cls(id=strawberry.ID(viewer.user_id))


@object_type
class TempoRange:
    """The tempos at home in a style, in quarter notes per minute."""

    low: float = strawberry.field(description="The slowest.")
    typical: float = strawberry.field(description="The one chosen when nothing else is asked.")
    high: float = strawberry.field(description="The fastest.")


@object_type
class Style:
    """A genre that the composer knows."""

    id: strawberry.ID = strawberry.field(description="Pass it as `style.genre`.")
    name: str = strawberry.field(description="As shown to people.")
    aliases: list[str] = strawberry.field(description="Other names that are understood.")
    tempo_bpm: TempoRange = strawberry.field(description="Its tempos.")
    time_signatures: list[str] = strawberry.field(description="Its metres, most usual first.")
    modes: list[str] = strawberry.field(description="Its scales, most usual first.")
    instruments: list[str] = strawberry.field(description="Its instruments.")

    @classmethod
    def from_style(cls, style: styles.Style) -> Self:
        """Make the type from the composer's style."""
        low, typical, high = style.tempo
        return cls(
            id=strawberry.ID(style.id),
            name=style.name,
            aliases=list(style.aliases),
            tempo_bpm=TempoRange(low=low, typical=typical, high=high),
            time_signatures=[str(metre) for metre in style.metres],
            modes=list(style.modes),
            instruments=_instruments(style),
        )


def _instruments(style: styles.Style) -> list[str]:
    """Return the names of those who may sit in the band, each once."""
    seated = [INSTRUMENTS[program].name for seat in style.instruments for program in seat.programs]
    return list(dict.fromkeys(["drum kit", *seated] if style.kit is not None else seated))


@object_type
class Features:
    """Optional parts of the platform that are switched on here."""

    blockchain: bool = strawberry.field(description="Registration of songs on a ledger.")
    collaboration: bool = strawberry.field(description="Several people in one project.")
    marketplace: bool = strawberry.field(description="Selling and licensing songs.")
    enterprise: bool = strawberry.field(description="Teams, roles and audit.")

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """Make the type from the switches."""
        return cls(
            blockchain=settings.enable_blockchain,
            collaboration=settings.enable_collaboration,
            marketplace=settings.enable_marketplace,
            enterprise=settings.enable_enterprise,
        )


@object_type
class Version:
    """Which build is answering."""

    release: str = strawberry.field(description="The released version.")
    commit: str | None = strawberry.field(description="The commit it was built from, if known.")
    built_at: datetime | None = strawberry.field(description="When it was built, if known.")

    @classmethod
    def from_build(cls, build: Build) -> Self:
        """Make the type from the build."""
        return cls(release=build.release, commit=build.commit, built_at=build.built_at)
