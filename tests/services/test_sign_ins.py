"""Refresh tokens: each is good once, and a copied one ends the sign-in."""

from dataclasses import replace
from datetime import timedelta

import pytest

from backend.auth.credentials import viewer_of_token
from backend.auth.tokens import RefreshClaims, issue, issue_refresh, verify_refresh
from backend.errors import NotAuthenticated
from backend.models.base import now
from backend.models.sign_in import SignIn
from backend.services import sign_ins
from backend.services.platform import Platform

pytestmark = pytest.mark.api


async def begin(platform: Platform) -> sign_ins.Tokens:
    return await sign_ins.begin(platform.database, platform.settings, "alice")


async def age(platform: Platform, token: str, **changes: object) -> None:
    """Let time pass for the sign-in of a token."""
    async with platform.database.write() as work:
        row = await work.session.get(SignIn, claims(platform, token).sign_in_id)
        assert row is not None
        for name, value in changes.items():
            setattr(row, name, value)


def claims(platform: Platform, token: str) -> RefreshClaims:
    return verify_refresh(platform.settings.secret_key, token)


async def test_the_access_token_opens_and_the_refresh_token_does_not(platform: Platform) -> None:
    tokens = await begin(platform)
    assert viewer_of_token(platform.settings, tokens.access).user_id == "alice"
    with pytest.raises(NotAuthenticated):
        viewer_of_token(platform.settings, tokens.refresh)
    with pytest.raises(NotAuthenticated):
        await sign_ins.refresh(platform, tokens.access)


async def test_a_sign_in_goes_on_from_token_to_token(platform: Platform) -> None:
    tokens = await begin(platform)
    seen = {tokens.refresh}
    for _ in range(3):
        tokens = await sign_ins.refresh(platform, tokens.refresh)
        assert viewer_of_token(platform.settings, tokens.access).user_id == "alice"
        seen.add(tokens.refresh)
    assert len(seen) == 4


async def test_a_token_that_comes_again_ends_the_sign_in_for_everybody(platform: Platform) -> None:
    first = await begin(platform)
    second = await sign_ins.refresh(platform, first.refresh)
    await age(platform, first.refresh, rotated_at=now() - timedelta(seconds=11))
    for token in (first.refresh, second.refresh):
        with pytest.raises(NotAuthenticated, match="ended"):
            await sign_ins.refresh(platform, token)


async def test_two_windows_may_refresh_at_the_same_time(platform: Platform) -> None:
    first = await begin(platform)
    one = await sign_ins.refresh(platform, first.refresh)
    other = await sign_ins.refresh(platform, first.refresh)
    assert claims(platform, one.refresh) == claims(platform, other.refresh)
    assert (await sign_ins.refresh(platform, other.refresh)).access


async def test_a_token_before_the_last_two_is_a_copy_at_any_time(platform: Platform) -> None:
    first = await begin(platform)
    second = await sign_ins.refresh(platform, first.refresh)
    third = await sign_ins.refresh(platform, second.refresh)
    with pytest.raises(NotAuthenticated, match="ended"):
        await sign_ins.refresh(platform, first.refresh)
    with pytest.raises(NotAuthenticated, match="ended"):
        await sign_ins.refresh(platform, third.refresh)


async def test_who_signs_out_is_out_and_others_stay(platform: Platform) -> None:
    mine, other = await begin(platform), await begin(platform)
    await sign_ins.end(platform, mine.refresh)
    await sign_ins.end(platform, mine.refresh)
    with pytest.raises(NotAuthenticated, match="ended"):
        await sign_ins.refresh(platform, mine.refresh)
    assert (await sign_ins.refresh(platform, other.refresh)).access


async def test_made_up_sign_ins_and_those_of_others_prolong_nothing(platform: Platform) -> None:
    secret, tokens = platform.settings.secret_key, await begin(platform)
    genuine = claims(platform, tokens.refresh)
    for forged in (genuine._replace(user_id="mallory"), genuine._replace(sign_in_id="none")):
        with pytest.raises(NotAuthenticated):
            await sign_ins.refresh(platform, issue_refresh(secret, forged, 60))
    with pytest.raises(NotAuthenticated):
        await sign_ins.refresh(platform, issue(secret, "alice", 60))
    with pytest.raises(NotAuthenticated, match="expired"):
        await sign_ins.refresh(platform, issue_refresh(secret, genuine, -1))


async def test_expired_sign_ins_are_forgotten(platform: Platform) -> None:
    old = await begin(platform)
    await age(platform, old.refresh, expires_at=now() - timedelta(seconds=1))
    await begin(platform)
    async with platform.database.read() as session:
        assert await session.get(SignIn, claims(platform, old.refresh).sign_in_id) is None


async def test_keys_can_be_changed_without_signing_anybody_out(platform: Platform) -> None:
    tokens = await begin(platform)
    settings = platform.settings
    changed = replace(
        platform,
        settings=settings.model_copy(
            update={"secret_key": "n" * 40, "previous_secret_keys": (settings.secret_key,)}
        ),
    )
    assert (await sign_ins.refresh(changed, tokens.refresh)).access
