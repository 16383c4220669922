"""Tokens: what is let in, and everything that is not."""

import base64
import json
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.auth.tokens import issue, key_id, verify
from backend.errors import NotAuthenticated

SECRET = "a-secret-for-tests-that-is-long-enough"
LATER = datetime.now(UTC) + timedelta(hours=1)


@given(st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=128))
def test_a_token_names_its_user(user_id: str) -> None:
    assert verify(SECRET, issue(SECRET, user_id, 60)).user_id == user_id


@given(st.text(max_size=300))
def test_no_other_text_is_a_token(text: str) -> None:
    with pytest.raises(NotAuthenticated):
        verify(SECRET, text)


def test_another_secret_is_refused() -> None:
    with pytest.raises(NotAuthenticated, match="not valid"):
        verify("another-secret-that-is-long-enough-too", issue(SECRET, "alice", 60))


def test_an_expired_token_says_so() -> None:
    with pytest.raises(NotAuthenticated, match="expired"):
        verify(SECRET, issue(SECRET, "alice", -1))


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "alice"},
        {"exp": LATER},
        {"sub": "", "exp": LATER},
        {"sub": "x" * 129, "exp": LATER},
        {"sub": "line\nbreak", "exp": LATER},
        {"sub": 5, "exp": LATER},
        {"sub": "alice", "exp": "never"},
        {"sub": "alice", "exp": LATER, "nbf": LATER},
    ],
)
def test_claims_that_name_no_user_or_no_end_are_refused(claims: dict[str, object]) -> None:
    token = encoded({"alg": "HS256", "typ": "JWT"}, claims)
    with pytest.raises(NotAuthenticated):
        verify(SECRET, token)


def test_a_token_without_signature_is_refused() -> None:
    header, claims = {"alg": "none", "typ": "JWT"}, {"sub": "alice", "exp": LATER}
    unsigned = ".".join([part(header), part(claims), ""])
    with pytest.raises(NotAuthenticated):
        verify(SECRET, unsigned)


@pytest.mark.parametrize("algorithm", ["HS384", "HS512"])
def test_the_algorithm_is_pinned(algorithm: str) -> None:
    long_secret = SECRET * 2
    token = jwt.encode({"sub": "alice", "exp": LATER}, long_secret, algorithm=algorithm)
    with pytest.raises(NotAuthenticated):
        verify(long_secret, token)


def test_keys_can_be_changed_without_signing_anybody_out() -> None:
    new = "a-newer-secret-for-tests-that-is-long-enough"
    old_token, new_token = issue(SECRET, "alice", 60), issue(new, "alice", 60)
    assert verify(new, old_token, [SECRET]).user_id == "alice"
    assert verify(new, new_token, [SECRET]).user_id == "alice"
    for token, secret, previous in ((old_token, new, []), (new_token, SECRET, ["x" * 40])):
        with pytest.raises(NotAuthenticated):
            verify(secret, token, previous)


def test_a_key_named_in_a_forged_token_must_have_signed_it() -> None:
    forged = jwt.encode(
        {"sub": "alice", "exp": LATER}, "y" * 40, "HS256", headers={"kid": key_id(SECRET)}
    )
    with pytest.raises(NotAuthenticated):
        verify("x" * 40, forged, [SECRET])


def encoded(header: dict[str, object], claims: dict[str, object]) -> str:
    """Sign claims that the library itself would not."""
    signing_input = f"{part(header)}.{part(claims)}".encode()
    signature = jwt.get_algorithm_by_name("HS256").sign(signing_input, SECRET.encode())
    return f"{signing_input.decode()}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def part(content: dict[str, object]) -> str:
    plain = {
        name: int(value.timestamp()) if isinstance(value, datetime) else value
        for name, value in content.items()
    }
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).rstrip(b"=").decode()
