"""The error tree of the product, as both APIs show it."""

import httpx
import pytest

from backend import errors
from backend.compat.refusals import STATUS
from backend.services import library, projects
from tests.schema.asking import START, ask

REST_START = "/api/v1/music/generate/full-song"
LIST = "{ projects { totalCount } }"


def raising(error: Exception) -> object:
    async def broken(*_: object, **__: object) -> None:
        raise error

    return broken


async def test_a_limit_says_when_to_try_again(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = errors.LimitExceeded("Too many songs are waiting.", retry_after_seconds=7)
    monkeypatch.setattr(projects, "start", raising(limit))
    rest = await client.post(REST_START, json={"prompt": "A song"})
    assert (rest.status_code, rest.headers["retry-after"]) == (429, "7")
    assert rest.json() == {"detail": "Too many songs are waiting."}
    answer = await ask(client, START, input={"prompt": "A song"})
    assert answer["data"]["generateFullSong"] == {
        "__typename": "LimitExceeded",
        "message": "Too many songs are waiting.",
        "code": "LIMIT_EXCEEDED",
        "retryAfterSeconds": 7,
    }


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (errors.ServiceUnavailable("The database is away."), 503, "UNAVAILABLE"),
        (errors.NotFound("There is no such project."), 404, "NOT_FOUND"),
        (errors.Conflict("Not now."), 409, "CONFLICT"),
        (errors.NotAuthenticated("Sign in."), 401, "NOT_AUTHENTICATED"),
    ],
)
async def test_every_problem_has_a_status_and_a_code(
    client: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
    error: errors.MusicError,
    status: int,
    code: str,
) -> None:
    monkeypatch.setattr(library, "projects", raising(error))
    rest = await client.get("/api/v1/music/projects")
    assert (rest.status_code, rest.json()) == (status, {"detail": error.message})
    answer = await ask(client, LIST)
    [shown] = answer["errors"]
    assert (shown["message"], shown["extensions"]) == (error.message, {"code": code})


async def test_a_problem_that_no_union_takes_is_an_error_with_its_code(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = errors.ServiceUnavailable("The database is away.")
    monkeypatch.setattr(projects, "start", raising(away))
    answer = await ask(client, START, input={"prompt": "A song"})
    assert answer["errors"][0]["extensions"]["code"] == "UNAVAILABLE"


def test_every_member_of_the_tree_is_mapped() -> None:

    outside = {errors.ConfigurationError, errors.StageFailed}
    assert set(STATUS) == set(errors.MusicError.__subclasses__()) - outside
