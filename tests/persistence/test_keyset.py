"""Cursors survive the round trip, and nonsense is refused by name."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import InvalidInput
from backend.persistence import keyset

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TIMES = st.integers(0, 7 * 10**15).map(lambda microseconds: EPOCH + timedelta(0, 0, microseconds))


@given(at=TIMES, row_id=st.uuids().map(str))
def test_a_cursor_gives_back_its_place(at: datetime, row_id: str) -> None:
    assert keyset.decode(keyset.encode(at, row_id)) == (at, row_id)


@given(at=TIMES, row_id=st.uuids().map(str), cut=st.integers(1, 20))
def test_a_cut_cursor_is_refused_or_read_as_a_place(at: datetime, row_id: str, cut: int) -> None:
    with suppress(InvalidInput):
        place, _ = keyset.decode(keyset.encode(at, row_id)[cut:])
        assert place.tzinfo is UTC


@pytest.mark.parametrize("cursor", ["", "ü", "MTIz!", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk6eA"])
def test_what_no_list_gave_out_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidInput, match="cursor") as refused:
        keyset.decode(cursor)
    assert refused.value.field == "after"
