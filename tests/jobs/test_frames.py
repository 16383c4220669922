"""Messages arrive whole, however the stream is cut."""

import asyncio
import socket
import threading

from hypothesis import given
from hypothesis import strategies as st

from backend.jobs import frames


@given(messages=st.lists(st.binary(max_size=300), max_size=5), cut=st.integers(1, 50))
async def test_messages_come_back_from_any_pieces(messages: list[bytes], cut: int) -> None:
    reader = asyncio.StreamReader()
    stream = b"".join(map(frames.pack, messages))
    for start in range(0, len(stream), cut):
        reader.feed_data(stream[start : start + cut])
    reader.feed_eof()
    assert [await frames.read(reader) for _ in messages] == messages
    assert await frames.read(reader) is None


async def test_a_cut_message_is_none() -> None:
    reader = asyncio.StreamReader()
    reader.feed_data(frames.pack(b"whole")[:-1])
    reader.feed_eof()
    assert await frames.read(reader) is None


def test_a_large_message_crosses_a_socket() -> None:
    ours, theirs = socket.socketpair()
    message = bytes(range(256)) * 20_000
    with ours, theirs:
        sending = threading.Thread(target=ours.sendall, args=(frames.pack(message),))
        sending.start()
        assert frames.receive(theirs) == message
        sending.join()
        ours.shutdown(socket.SHUT_WR)
        assert frames.receive(theirs) is None
