"""What people write finds its way into files and headers as text, and as nothing else."""

from urllib.parse import unquote
from xml.etree import ElementTree

import httpx
import pytest

from backend.pipeline.artifacts import LyricsRequest
from backend.pipeline.formats.lrc import lrc_file
from backend.pipeline.formats.musicxml import lead_sheet
from backend.services import files
from backend.services.platform import Platform
from backend.storage import content_key
from tests.fixtures.api import Api
from tests.pipeline.songs import finished, planned

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=HYPERLINK(1)",
    "@SUM(1+1)",
    "]]> & <!ENTITY x SYSTEM 'file:///etc/passwd'>",
    "..\\..\\evil.exe",
    "../../evil.sh",
    'x"; filename="evil.exe',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_score_shows_what_was_written(text: str) -> None:
    song = finished(
        planned("a ballad", genre="ballad", title=text, lyrics=LyricsRequest(text="Morning comes"))
    )
    score = lead_sheet(song.plan, song.composition)
    root = ElementTree.fromstring(score)  # noqa: S314 - our own file; it must parse
    assert text in {element.text for element in root.iter()}
    assert {element.tag for element in root.iter()}.isdisjoint({"script", "img"})
    assert b"<!ENTITY" not in score.replace(b"<!DOCTYPE", b"")
    assert lrc_file(song.plan, song.composition).count(b"\r") == 0


@pytest.mark.parametrize("text", HOSTILE)
async def test_a_file_is_called_what_was_written_and_is_no_page(
    api: Api, backstage: Platform, text: str
) -> None:
    key = content_key("ab" * 32, "master.wav")
    await backstage.storage.put(key, b"RIFF")
    address = files.sign(backstage, key, f"{text}.wav")
    async with httpx.AsyncClient(base_url=api.url) as client:
        answer = await client.get(address)
    kind, _, name = answer.headers["content-disposition"].partition("; ")
    assert (answer.status_code, kind) == (200, "inline")
    assert unquote(name.removeprefix("filename*=UTF-8''")) == f"{text}.wav"
    assert not set('";\\/ <>') & set(name)
    assert answer.headers["content-type"] == "audio/wav"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"
