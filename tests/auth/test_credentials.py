"""Who is let in by a header, and where the open door of development stands."""

import time

import pytest

from backend.auth.credentials import (
    DEVELOPMENT_VIEWER,
    development_token,
    development_viewer,
    viewer_of_header,
    viewer_of_token,
)
from backend.auth.tokens import issue, verify
from backend.errors import NotAuthenticated
from backend.settings import Settings

SECRET = "a-secret-for-tests-that-is-long-enough"
SETTINGS = Settings(_env_file=None, secret_key=SECRET)


def test_a_bearer_token_is_read_in_any_case() -> None:
    token = issue(SECRET, "alice", 60)
    for scheme in ("Bearer", "bearer", "BEARER"):
        viewer = viewer_of_header(SETTINGS, f"{scheme}  {token} ")
        assert viewer is not None
        assert viewer.user_id == "alice"


def test_previous_keys_and_expiry_count_for_remembered_tokens() -> None:
    token = issue(SECRET, "alice", 1)
    changed = SETTINGS.model_copy(
        update={"secret_key": "n" * 40, "previous_secret_keys": (SECRET,)}
    )
    assert viewer_of_token(changed, token).user_id == "alice"
    time.sleep(1.1)
    with pytest.raises(NotAuthenticated, match="expired"):
        viewer_of_token(changed, token)


@pytest.mark.parametrize("header", [None, ""])
def test_no_header_is_anonymous(header: str | None) -> None:
    assert viewer_of_header(SETTINGS, header) is None


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic YTpi", "x.y.z", "Bearer a b"])
def test_a_header_without_a_valid_token_is_refused(header: str) -> None:
    with pytest.raises(NotAuthenticated):
        viewer_of_header(SETTINGS, header)


def test_development_is_open_only_when_asked_for() -> None:
    assert development_viewer(SETTINGS) is None
    with pytest.raises(NotAuthenticated):
        development_token(SETTINGS)
    fast = SETTINGS.model_copy(update={"fast_dev": True})
    assert development_viewer(fast) == DEVELOPMENT_VIEWER
    assert verify(SECRET, development_token(fast)) == DEVELOPMENT_VIEWER


def test_production_stays_shut_whatever_else_is_set() -> None:
    wrong = SETTINGS.model_copy(update={"fast_dev": True, "environment": "production"})
    assert development_viewer(wrong) is None
    with pytest.raises(NotAuthenticated):
        development_token(wrong)
