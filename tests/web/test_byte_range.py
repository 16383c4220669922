"""Single byte ranges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.web.byte_range import ByteRange, byte_range


@pytest.mark.parametrize(
    ("header", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-", 0, 100),
        ("bytes=10-19", 10, 20),
        ("bytes=90-1000", 90, 100),
        ("bytes=-10", 90, 100),
        ("bytes=-1000", 0, 100),
        ("bytes= 5 - 9", 5, 10),
    ],
)
def test_a_range_is_a_part_of_the_file(header: str, start: int, end: int) -> None:
    assert byte_range(header, 100) == ByteRange(start, end)


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_range_outside_of_the_file_has_no_bytes(header: str) -> None:
    part = byte_range(header, 100)
    assert part is not None
    assert part.length <= 0


@pytest.mark.parametrize(
    "header",
    [None, "", "bytes", "bytes=", "bytes=-", "bytes=9-5", "bytes=a-b", "bytes=0-1,5-9", "lines=0-1",
     "bytes=--5", "bytes=1-2-3", "bytes=٣-٤", "bytes=" + "9" * 100 + "-"],
)  # fmt: skip
def test_what_cannot_be_read_is_ignored(header: str | None) -> None:
    assert byte_range(header, 100) is None


@given(st.text(max_size=40) | st.from_regex(r"bytes=\d*-\d*"), st.integers(0, 10**12))
def test_a_satisfiable_range_lies_within_the_file(header: str, size: int) -> None:
    part = byte_range(header, size)
    if part is not None and part.length > 0:
        assert 0 <= part.start < part.end <= size
