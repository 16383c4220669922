"""What every resolver gets besides its arguments."""

import asyncio
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import strawberry

from backend.auth import Viewer
from backend.errors import NotAuthenticated
from backend.rates import Place
from backend.schema.loaders import Loaders
from backend.services.admission import admit_mutation, admit_request
from backend.services.platform import Platform


@dataclass(slots=True)
class Context:
    """The surroundings of one request, or of one WebSocket connection.

    Parameters
    ----------
    platform : Platform
        The parts that the services stand on.
    viewer : Viewer or None
        Who asks; None for an anonymous request.
    remember : bool
        Whether loaders keep what they have read. A request does; a connection that lives for hours
        must not.
    authorization : str or None
        The header of a connection's handshake.
    connection_params : dict or None
        What a connection's first message says.
    address : str
        Where the client is.
    place : Place or None
        What a connection has taken and leaves when it ends.
    ending : asyncio.TimerHandle, asyncio.Task or None
        Closes a connection when its token expires or its key is revoked.
    """

    platform: Platform
    viewer: Viewer | None
    remember: bool = True
    authorization: str | None = None
    connection_params: dict[str, Any] | None = None
    address: str = ""
    place: Place | None = None
    ending: asyncio.TimerHandle | asyncio.Task[None] | None = None
    _loaders: Loaders | None = field(default=None, init=False)

    @property
    def signed_in(self) -> Viewer:
        """The viewer.

        Raises
        ------
        NotAuthenticated
            If the request is anonymous, or the connection has outlived the token.
        """
        return signed_in(self.viewer)

    @property
    def writing(self) -> Viewer:
        """The viewer, who may change something.

        Raises
        ------
        NotAuthenticated, Forbidden
            If there is none, or they may only read.
        """
        viewer = self.signed_in
        viewer.require_write()
        return viewer

    async def admit(self) -> None:
        """Count a request, or an operation of a connection.

        Raises
        ------
        RateLimited
            If there were too many.
        """
        await admit_request(self.platform, self.viewer, self.address)

    async def admit_mutation(self, name: str) -> None:
        """Count one mutation by its name in the schema.

        Raises
        ------
        RateLimited
            If there were too many.
        """
        await admit_mutation(self.platform, self.viewer, self.address, name)

    @property
    def loaders(self) -> Loaders:
        """The loaders; what is only the viewer's needs one who is signed in."""
        if self._loaders is None:
            viewer = partial(signed_in, self.viewer)  # which does not hold this context
            self._loaders = Loaders(self.platform, viewer, remember=self.remember)
        return self._loaders


def signed_in(viewer: Viewer | None) -> Viewer:
    """Return a viewer whose proof is good; NotAuthenticated if there is none."""
    if viewer is None:
        raise NotAuthenticated("Sign in first: send a token as “Authorization: Bearer <token>”.")
    viewer.require_unexpired()
    return viewer


Info = strawberry.Info[Context, None]
