"""The studio shows what is understood while one types; no token is needed."""

import httpx

from tests.fixtures.api import Api
from tests.schema.asking import ask, data

UNDERSTAND = """query($prompt: String!) {
  understand(prompt: $prompt) { facets { name label words } instrumental notes }
}"""


async def test_everybody_may_ask_what_is_understood(api: Api) -> None:
    async with httpx.AsyncClient(base_url=api.url) as anonymous:
        answer = await data(anonymous, UNDERSTAND, prompt="A waltz at 150 bpm")
        refused = await ask(anonymous, UNDERSTAND, prompt="x" * 3000)
    assert {"name": "tempo", "label": "150 BPM", "words": "150 bpm"} in answer["understand"][
        "facets"
    ]
    assert answer["understand"]["instrumental"] is None
    assert refused["errors"][0]["extensions"] == {"code": "INVALID_INPUT", "field": "prompt"}
