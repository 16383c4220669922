"""Messages over a stream socket: each one behind its length."""

import socket
import struct
from asyncio import IncompleteReadError, StreamReader

_LENGTH = struct.Struct(">I")


def pack(message: bytes) -> bytes:
    """Return the message behind its length."""
    return _LENGTH.pack(len(message)) + message


async def read(reader: StreamReader) -> bytes | None:
    """Return the next message, or None when the other side is gone."""
    try:
        (length,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
        return await reader.readexactly(length)
    except (IncompleteReadError, ConnectionError):
        return None


def receive(connection: socket.socket) -> bytes | None:
    """Return the next message, or None when the other side is gone; blocks."""
    head = _receive_exactly(connection, _LENGTH.size)
    return None if head is None else _receive_exactly(connection, *_LENGTH.unpack(head))


def _receive_exactly(connection: socket.socket, size: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        part = connection.recv(size - len(parts))
        if not part:
            return None
        parts += part
    return bytes(parts)
