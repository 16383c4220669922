"""Events survive the way through Redis."""

from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st

from backend.events.messages import decode, encode
from backend.models import EventType, ProjectEvent

text = st.none() | st.text(st.characters(codec="utf-8"), max_size=50)


@given(
    st.builds(
        ProjectEvent,
        project_id=st.uuids().map(str),
        seq=st.integers(1, 2**31),
        type=st.sampled_from(EventType),
        stage=text,
        progress=st.none() | st.floats(0, 1),
        message=text,
        error=text,
        at=st.datetimes(timezones=st.just(UTC)),
    )
)
def test_an_event_comes_back_as_it_was(event: ProjectEvent) -> None:
    assert decode(encode(event)).model_dump() == event.model_dump()
