"""Taking an address: free ports, taken ports, foreign addresses."""

import socket

import pytest

from backend.errors import ConfigurationError
from backend.launch.listening import listen


def test_port_zero_takes_a_free_one_that_children_inherit() -> None:
    with listen("127.0.0.1", 0) as listener:
        assert listener.getsockname()[1] > 0
        assert listener.get_inheritable()


def test_taken_port_says_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigurationError, match=f"Port {port} is taken.*--port") as caught:
            listen("127.0.0.1", port)
    assert caught.value.field == "AIMUSIC_PORT"


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host"])
def test_foreign_address_is_named(host: str) -> None:
    with pytest.raises(ConfigurationError, match=host) as caught:
        listen(host, 0)
    assert caught.value.field == "AIMUSIC_HOST"
