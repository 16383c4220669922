"""How often single mutations may be asked for: each has a rate of its own."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from graphql import GraphQLUnionType, build_schema, get_named_type

from backend.errors import ConfigurationError
from backend.launch.valkey import EmbeddedValkey
from backend.limits import MUTATION_RATES, Limits, MutationRate
from backend.schema.definition import MusicSchema
from backend.schema.export import sdl
from backend.settings import Settings, load_settings
from tests.fixtures.api import Api, serving
from tests.schema.asking import PROMPT, START, ask, started

RATES = (
    MutationRate("createApiKey", 3, 3600),
    MutationRate("generateFullSong", 2, 3600),
    MutationRate("shareProject", 2, 3600),
    MutationRate("signOut", 2, 3600),
)
PROBLEM = "__typename ... on LimitExceeded { message code retryAfterSeconds }"
SHARE = f"mutation($id: ID!) {{ shareProject(id: $id) {{ {PROBLEM} }} }}"
UNSHARE = "mutation($id: ID!) { unshareProject(id: $id) { __typename } }"
CREATE = f'createApiKey(name: "radio") {{ {PROBLEM} }}'


@pytest.fixture(scope="module")
def rated(api_settings: Settings) -> Iterator[Api]:
    with serving(api_settings.model_copy(update={"mutation_rates": RATES})) as running:
        yield running


@pytest.fixture
async def visitor(rated: Api, user_id: str) -> AsyncIterator[httpx.AsyncClient]:
    headers = rated.headers(user_id)
    async with httpx.AsyncClient(base_url=rated.url, headers=headers, timeout=30) as opened:
        yield opened


async def test_one_too_many_is_refused_and_others_go_on(
    rated: Api, visitor: httpx.AsyncClient
) -> None:
    project = await started(visitor)
    for _ in range(2):
        assert "errors" not in await ask(visitor, SHARE, id=project)
    refused = (await ask(visitor, SHARE, id=project))["data"]["shareProject"]
    assert (refused["__typename"], refused["code"]) == ("LimitExceeded", "RATE_LIMITED")
    assert refused["message"].startswith("At most 2 calls of shareProject within 3600 seconds")
    assert 1700 < refused["retryAfterSeconds"] <= 1800
    assert "errors" not in await ask(visitor, UNSHARE, id=project)
    somebody = rated.headers(f"another-{project}")
    async with httpx.AsyncClient(base_url=rated.url, headers=somebody, timeout=30) as other:
        assert "errors" not in await ask(other, SHARE, id=project)


async def test_aliases_do_not_go_round_it_and_the_union_has_it(visitor: httpx.AsyncClient) -> None:
    fields = " ".join(f"key{number}: {CREATE}" for number in range(4))
    answer = (await ask(visitor, f"mutation {{ {fields} }}"))["data"]
    kinds = [answer[f"key{number}"]["__typename"] for number in range(4)]
    assert kinds == ["ApiKeyCreated"] * 3 + ["LimitExceeded"]
    assert answer["key3"]["code"] == "RATE_LIMITED"
    assert 1100 < answer["key3"]["retryAfterSeconds"] <= 1200


async def test_who_makes_songs_counts_twice(visitor: httpx.AsyncClient) -> None:
    for _ in range(2):
        await started(visitor)
    last = (await ask(visitor, START, input={"prompt": PROMPT}))["data"]["generateFullSong"]
    assert (last["__typename"], last["code"]) == ("LimitExceeded", "RATE_LIMITED")
    assert "calls of generateFullSong" in last["message"]


async def test_without_a_token_the_address_counts(rated: Api) -> None:
    sign_out = f'mutation {{ signOut(refreshToken: "guess") {{ {PROBLEM} }} }}'
    async with httpx.AsyncClient(base_url=rated.url, timeout=30) as guesser:
        answers = [await ask(guesser, sign_out) for _ in range(3)]
    kinds = [answer["data"]["signOut"]["__typename"] for answer in answers]
    assert kinds == ["NotAuthenticated", "NotAuthenticated", "LimitExceeded"]
    assert "calls of signOut" in answers[2]["data"]["signOut"]["message"]


def test_every_mutation_can_say_that_it_was_asked_for_too_often() -> None:
    mutations = build_schema(sdl()).mutation_type
    assert mutations is not None
    for name, field in mutations.fields.items():
        union = get_named_type(field.type)
        assert isinstance(union, GraphQLUnionType), name
        assert "LimitExceeded" in {member.name for member in union.types}, name


async def test_without_redis_only_what_makes_songs_is_refused(
    sqlite_settings: Settings, valkey: EmbeddedValkey
) -> None:
    with serving(sqlite_settings.model_copy(update={"mutation_rates": RATES})) as api:
        headers = api.headers("alice")
        async with httpx.AsyncClient(base_url=api.url, headers=headers, timeout=30) as client:
            valkey.stop()
            made = await ask(client, f"mutation {{ {CREATE} }}")
            song = await ask(client, START, input={"prompt": PROMPT})
    assert made["data"]["createApiKey"]["__typename"] == "ApiKeyCreated"
    assert song["errors"][0]["extensions"]["code"] == "UNAVAILABLE"


def test_the_setting_replaces_the_defaults(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings().mutation_rates == MUTATION_RATES
    monkeypatch.setenv("AIMUSIC_MUTATION_RATES", "shareProject=5/second, signOut = 7/day")
    assert load_settings().mutation_rates == (
        MutationRate("shareProject", 5, 1),
        MutationRate("signOut", 7, 86_400),
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("shareProject", "'shareProject' is not a rate such as shareProject=30/minute"),
        ("shareProject=0/minute", "is not a rate"),
        ("shareProject=-3/minute", "is not a rate"),
        ("shareProject=3/fortnight", "second, minute, hour, day"),
        ("shareProject=3/minute,shareProject=4/day", "shareProject has two rates"),
    ],
)
def test_what_is_no_rate_is_said_in_plain_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, given: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AIMUSIC_MUTATION_RATES", given)
    with pytest.raises(ConfigurationError, match=r"^AIMUSIC_MUTATION_RATES: ") as refused:
        load_settings()
    assert said in refused.value.message


def test_a_rate_for_a_mutation_that_does_not_exist_is_refused() -> None:
    limits = Limits(mutation_rates=(MutationRate("shareSong", 3, 60),))
    with pytest.raises(ConfigurationError, match=r"no mutation 'shareSong', only .*shareProject"):
        MusicSchema(limits)
