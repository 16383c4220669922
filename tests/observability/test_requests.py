"""What a request leaves in the log."""

import pytest

from backend.observability.requests import told

TOKEN = "Zm9yIG5vYm9keSBidXQgd2hvIGhhcyBp"


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        (f"/listen/{TOKEN}", "/listen/…"),
        (f"/files/shared/{TOKEN}/ab/master.wav", "/files/shared/…/ab/master.wav"),
        ("/api/v1/music/project/shared/status", "/api/v1/music/project/shared/status"),
        ("/graphql", "/graphql"),
    ],
)
def test_who_reads_the_log_hears_no_song(path: str, logged: str) -> None:
    assert told(path) == logged
