"""Talking to an embedded Valkey without a client library."""

import socket
from pathlib import Path

from backend.launch.valkey import EmbeddedValkey
from backend.settings import load_settings


def embedded(data_dir: Path) -> EmbeddedValkey:
    """A server for that folder, not yet started."""
    return EmbeddedValkey(data_dir, load_settings(data_dir=data_dir).valkey_socket)


def ask(server: EmbeddedValkey, command: str) -> str:
    """Send a command and return what comes back."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.connect(str(server.socket_path))
        client.sendall(command.encode() + b"\r\n")
        return client.recv(4096).decode()


def server_pid(server: EmbeddedValkey) -> int:
    """The process id that the server itself reports."""
    answer = ask(server, "INFO server")
    return int(next(line for line in answer.split() if line.startswith("process_id:"))[11:])
