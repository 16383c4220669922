"""Who may come in how often.

Reading stays possible while Redis is away; starting songs, which costs minutes of work, does not.
"""

from contextlib import suppress

from backend.auth import Viewer
from backend.errors import RateLimited, ServiceUnavailable
from backend.rates import Place, Rate
from backend.services.platform import Platform


async def admit_request(platform: Platform, viewer: Viewer | None, address: str) -> None:
    """Count one request of a viewer, or of an address when nobody is signed in.

    Raises
    ------
    RateLimited
        If there were too many.
    """
    limits = platform.settings
    rate = Rate("request", limits.rate_limit_requests, limits.rate_limit_window)
    with suppress(ServiceUnavailable):
        await _spend(platform, rate, _caller(viewer, address), "requests")


async def admit_song(platform: Platform, viewer: Viewer) -> None:
    """Count one song of a viewer, started or tried again.

    Raises
    ------
    RateLimited
        If there were too many.
    ServiceUnavailable
        If nobody can count them now.
    """
    limits = platform.settings
    rate = Rate("song", limits.rate_limit_songs, limits.rate_limit_window, exact=True)
    await _spend(platform, rate, _caller(viewer, ""), "songs")


async def admit_mutation(
    platform: Platform, viewer: Viewer | None, address: str, mutation: str
) -> None:
    """Count one mutation of a viewer, or of an address when nobody is signed in.

    While Redis is away it lets everybody through; those that make songs stop at ``admit_song``.

    Raises
    ------
    RateLimited
        If the mutation has a rate of its own and there were too many.
    """
    for name, times, seconds in platform.settings.mutation_rates:
        if name == mutation:
            rate = Rate(f"mutation:{name}", times, seconds, exact=True)
            with suppress(ServiceUnavailable):
                await _spend(platform, rate, _caller(viewer, address), f"calls of {name}")


def socket_of_address(platform: Platform, address: str) -> Place:
    """Return the place of a WebSocket among those of its address; LimitExceeded on entering."""
    most = platform.settings.max_sockets_per_address
    return platform.sockets.place(f"address:{address}", most, "connections from one address")


def socket_of_user(platform: Platform, viewer: Viewer) -> Place:
    """Return the place of a WebSocket among those of its user; LimitExceeded on taking it."""
    most = platform.settings.max_sockets_per_user
    return platform.sockets.place(f"user:{viewer.user_id}", most, "connections of one user")


def _caller(viewer: Viewer | None, address: str) -> str:
    return f"user:{viewer.user_id}" if viewer else f"address:{address}"


async def _spend(platform: Platform, rate: Rate, caller: str, what: str) -> None:
    wait = await platform.token_buckets.wait_for(rate, caller)
    if wait:
        raise RateLimited(
            f"At most {rate.count} {what} within {rate.seconds} seconds; try again in {wait} s.",
            retry_after_seconds=wait,
        )
