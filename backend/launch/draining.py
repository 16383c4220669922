"""How the web server ends: what can end by itself does, what never would is cut."""

import socket
from typing import cast

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

ENDLESS = "/graphql/stream"
"""Subscriptions over HTTP. Clients take a connection that was cut up again, with their cursor."""


class DrainingServer(uvicorn.Server):
    """Lets requests finish, sends WebSockets away with 1012, and cuts endless answers."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop; called when the server is told to."""
        for connection in list(self.server_state.connections):
            if isinstance(connection, HttpToolsProtocol) and _is_endless(connection):
                connection.transport.close()
        await super().shutdown(sockets)


def _is_endless(connection: HttpToolsProtocol) -> bool:
    cycle = cast("RequestResponseCycle | None", connection.cycle)  # none before the first request
    return cycle is not None and not cycle.response_complete and cycle.scope["path"] == ENDLESS
