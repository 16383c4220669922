"""The web server of one process.

``python -m backend.launch.api --fd N`` serves on a socket that the supervisor holds: while a
crashed server is started again, clients wait in the socket's queue instead of being refused.
"""

import argparse
import socket

import uvicorn

from backend.app import create_app
from backend.launch.draining import DrainingServer
from backend.launch.light_socket import LightSocket
from backend.launch.patient_http import PatientHttp
from backend.settings import Settings, load_settings

DRAIN_SECONDS = 10
"""For requests and subscriptions in flight when the server is told to stop."""
LARGEST_WEBSOCKET_MESSAGE = 256 * 1024
"""Bytes; prompts and lyrics are far shorter."""


def run(settings: Settings, listener: socket.socket) -> None:
    """Serve until SIGTERM or SIGINT; blocks."""
    DrainingServer(configuration(settings)).run(sockets=[listener])


def configuration(settings: Settings) -> uvicorn.Config:
    """Return how the product is served."""
    return uvicorn.Config(
        create_app(settings),
        http=PatientHttp,
        ws=LightSocket,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=DRAIN_SECONDS,
        reset_contextvars=True,  # requests that come at once on one connection share nothing
        ws_max_size=LARGEST_WEBSOCKET_MESSAGE,
        # Frames are small and encoded once for all who watch; packing them again for each socket
        # would cost more than it saves.
        ws_per_message_deflate=False,
    )


def main() -> None:
    """Serve on an inherited socket."""
    parser = argparse.ArgumentParser(prog="python -m backend.launch.api")
    parser.add_argument("--fd", type=int, required=True, help="the listening socket's descriptor")
    run(load_settings(), socket.socket(fileno=parser.parse_args().fd))


if __name__ == "__main__":
    main()
