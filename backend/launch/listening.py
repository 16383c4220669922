"""Taking the address that the product serves at."""

import errno
import socket
from contextlib import ExitStack

from backend.errors import ConfigurationError


def listen(host: str, port: int) -> socket.socket:
    """Take an address.

    Parameters
    ----------
    host : str
        A name or address of this machine.
    port : int
        0 takes any free one.

    Returns
    -------
    socket.socket
        Bound and inheritable.

    Raises
    ------
    ConfigurationError
        If the address is taken, forbidden or not this machine's.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with ExitStack() as undo:
            listener = undo.enter_context(socket.socket(family, kind))
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            undo.pop_all()
    except OSError as error:
        raise _cannot_listen(host, port, error) from error
    listener.set_inheritable(True)
    return listener


def _cannot_listen(host: str, port: int, error: OSError) -> ConfigurationError:
    reasons = {
        errno.EADDRINUSE: ("PORT", f"Port {port} is taken; choose another one with --port."),
        errno.EACCES: ("PORT", f"Port {port} needs special rights; choose one above 1023."),
    }
    otherwise = ("HOST", f"{host} is not an address of this machine; try --host 127.0.0.1.")
    name, message = reasons.get(error.errno or 0, otherwise)
    return ConfigurationError(message, field=f"AIMUSIC_{name}")
