"""Refreshing and signing out over GraphQL."""

import httpx
import pytest

from tests.fixtures.api import Api, serving
from tests.schema.asking import data

REFRESH = """mutation($token: String!) { refreshSignIn(refreshToken: $token) {
  __typename
  ... on SignInRefreshed { accessToken refreshToken expiresInSeconds }
  ... on Problem { message code }
} }"""
SIGN_OUT = """mutation($token: String!) { signOut(refreshToken: $token) {
  __typename ... on Problem { code }
} }"""


@pytest.fixture(scope="module")
def open_door(api_settings):
    with serving(api_settings.model_copy(update={"fast_dev": True})) as running:
        yield running


async def test_a_client_goes_on_and_signs_out(open_door: Api) -> None:
    async with httpx.AsyncClient(base_url=open_door.url) as client:
        first = (await client.post("/api/v1/dev/token")).json()
        tokens = (await data(client, REFRESH, token=first["refresh_token"]))["refreshSignIn"]
        assert tokens["expiresInSeconds"] == 900
        headers = {"Authorization": f"Bearer {tokens['accessToken']}"}
        query = {"query": "{ viewer { id } }"}
        seen = await client.post("/graphql", json=query, headers=headers)
        assert seen.json()["data"]["viewer"]["id"] == first["user_id"]
        out = await data(client, SIGN_OUT, token=tokens["refreshToken"])
        assert out["signOut"]["__typename"] == "SignedOut"
        again = (await data(client, REFRESH, token=tokens["refreshToken"]))["refreshSignIn"]
    assert (again["__typename"], again["code"]) == ("NotAuthenticated", "NOT_AUTHENTICATED")


async def test_what_is_no_refresh_token_is_a_problem(client: httpx.AsyncClient, api: Api) -> None:
    for token in ("", "nonsense", api.token("alice"), "x" * 10_000):
        for document, name in ((REFRESH, "refreshSignIn"), (SIGN_OUT, "signOut")):
            answer = (await data(client, document, token=token))[name]
            assert answer["__typename"] == "NotAuthenticated"
