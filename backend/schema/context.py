"""What every resolver gets besides its arguments."""

from dataclasses import dataclass, field
from typing import Any

import strawberry

from backend.auth import Viewer
from backend.errors import NotAuthenticated
from backend.schema.loaders import Loaders
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
    """

    platform: Platform
    viewer: Viewer | None
    remember: bool = True
    authorization: str | None = None
    connection_params: dict[str, Any] | None = None
    _loaders: Loaders | None = field(default=None, init=False)

    @property
    def signed_in(self) -> Viewer:
        """The viewer.

        Raises
        ------
        NotAuthenticated
            If the request is anonymous.
        """
        if self.viewer is None:
            raise NotAuthenticated(
                "Sign in first: send a token as “Authorization: Bearer <token>”."
            )
        return self.viewer

    @property
    def loaders(self) -> Loaders:
        """The loaders, for the signed-in viewer."""
        if self._loaders is None:
            self._loaders = Loaders(self.platform, self.signed_in, remember=self.remember)
        return self._loaders


Info = strawberry.Info[Context, None]
