"""Cursors survive the round trip, and nonsense is refused by name."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import InvalidInput
from backend.persistence import keyset


@given(
    at=st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=st.just(UTC)),
    row_id=st.uuids().map(str),
)
def test_a_cursor_gives_back_its_place(at: datetime, row_id: str) -> None:
    assert keyset.decode(keyset.encode(at, row_id)) == (at, row_id)


@given(text=st.text(max_size=80) | st.binary(max_size=40).map(bytes.hex))
def test_nonsense_is_refused_or_read_as_a_place(text: str) -> None:
    try:
        at, row_id = keyset.decode(text)
    except InvalidInput as error:
        assert error.field == "after"
    else:
        assert at.tzinfo is UTC
        assert isinstance(row_id, str)


@pytest.mark.parametrize("cursor", ["", "ü", "MTIz!", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk6eA"])
def test_what_no_list_gave_out_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidInput, match="cursor"):
        keyset.decode(cursor)
