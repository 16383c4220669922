"""Going on without signing in again, and signing out."""

from typing import Annotated

import strawberry

from backend.schema.context import Info
from backend.schema.described import mutation, object_type
from backend.schema.problems import LimitExceeded, NotAuthenticated
from backend.services import sign_ins

RefreshToken = Annotated[
    str, strawberry.argument(description="The refresh token that came last; it is good once.")
]


@object_type
class SignInRefreshed:
    """A new pair of tokens; the refresh token that was sent is good for nothing any more."""

    access_token: str = strawberry.field(description="Send it as `Authorization: Bearer <token>`.")
    refresh_token: str = strawberry.field(description="For the next pair; keep it instead.")
    expires_in_seconds: int = strawberry.field(
        description="How long the access token is good from now on."
    )


@object_type
class SignedOut:
    """Nothing is refreshed any more; access tokens end within minutes by themselves."""

    ended: bool = strawberry.field(description="Always true.")


RefreshSignInResult = Annotated[
    SignInRefreshed | NotAuthenticated | LimitExceeded,
    strawberry.union("RefreshSignInResult", description="What came of asking for new tokens."),
]
SignOutResult = Annotated[
    SignedOut | NotAuthenticated | LimitExceeded,
    strawberry.union("SignOutResult", description="What came of signing out."),
]


@object_type
class SignInMutation:
    """What can be done with a refresh token; no access token is needed."""

    @mutation
    async def refresh_sign_in(self, info: Info, refresh_token: RefreshToken) -> RefreshSignInResult:
        """Get a new pair of tokens. A refresh token that comes twice ends the sign-in."""
        tokens = await sign_ins.refresh(info.context.platform, refresh_token)
        return SignInRefreshed(
            access_token=tokens.access,
            refresh_token=tokens.refresh,
            expires_in_seconds=tokens.access_seconds,
        )

    @mutation
    async def sign_out(self, info: Info, refresh_token: RefreshToken) -> SignOutResult:
        """End the sign-in that a refresh token belongs to; twice is the same as once."""
        await sign_ins.end(info.context.platform, refresh_token)
        return SignedOut(ended=True)
