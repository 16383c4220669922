"""Addresses that only we can make, and outlines of any width."""

from contextlib import nullcontext
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from backend.errors import InvalidInput, NotAuthenticated, NotFound
from backend.services import files
from backend.services.platform import Platform
from backend.services.song_summary import FileRef
from backend.storage import content_key

pytestmark = [
    pytest.mark.api,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]

KEY = content_key("ab" * 32, "master.wav")
NAME = 'Straße & "Sommer".wav'


def parts_of(address: str) -> dict[str, str]:
    split = urlsplit(address)
    found = {name: values[0] for name, values in parse_qs(split.query).items()}
    return {"path": split.path.removeprefix("/files/")} | found


async def test_a_signed_address_is_accepted(platform: Platform) -> None:
    parts = parts_of(files.sign(platform, KEY, NAME, disposition="attachment"))
    assert (parts["name"], parts["disposition"]) == (NAME, "attachment")
    files.check(platform, **parts)


@pytest.mark.parametrize(
    ("part", "other"),
    [
        ("path", content_key("cd" * 32, "master.wav")),
        ("path", "../../etc/passwd"),
        ("name", "other.wav"),
        ("disposition", "inline; evil"),
        ("expires", "99999999999"),
        ("expires", "ü"),
        ("signature", ""),
        ("signature", "ü"),
    ],
)
async def test_a_changed_address_does_not_exist(platform: Platform, part: str, other: str) -> None:
    parts = parts_of(files.sign(platform, KEY, NAME))
    with pytest.raises(NotFound):
        files.check(platform, **(parts | {part: other}))


async def test_an_address_expires(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = parts_of(files.sign(platform, KEY, NAME))
    later = int(parts["expires"]) + 1
    monkeypatch.setattr(files.time, "time", lambda: later)
    with pytest.raises(NotAuthenticated):
        files.check(platform, **parts)


async def test_an_address_of_a_previous_key_is_good(platform: Platform) -> None:
    old = platform.settings
    parts = parts_of(files.sign(platform, KEY, NAME))
    for previous, good in (((old.secret_key,), True), ((), False)):
        changes = {"secret_key": "n" * 40, "previous_secret_keys": previous}
        changed = replace(platform, settings=old.model_copy(update=changes))
        with nullcontext() if good else pytest.raises(NotFound):
            files.check(changed, **parts)


async def test_addresses_stay_the_same_within_the_hour(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files.time, "time", lambda: 1_000_000 * 3600 + 1)
    first = files.sign(platform, KEY, NAME)
    monkeypatch.setattr(files.time, "time", lambda: 1_000_000 * 3600 + 3599)
    assert files.sign(platform, KEY, NAME) == first
    monkeypatch.setattr(files.time, "time", lambda: 1_000_001 * 3600)
    assert files.sign(platform, KEY, NAME) != first


@pytest.mark.parametrize("points", [1, 7, 800, 1999, 2000])
async def test_an_outline_of_any_width_keeps_the_extremes(platform: Platform, points: int) -> None:
    outline = np.zeros((2000, 2), dtype="<f4")
    outline[:, 0] = -0.25
    outline[:, 1] = 0.25
    outline[1234] = (-1.0, 1.0)
    key = content_key("ef" * 32, "master.wav.peaks")
    await platform.storage.put(key, outline.tobytes())
    drawn = await files.peaks(platform, _file(peaks=key), points)
    assert len(drawn) == 2 * points
    assert (min(drawn), max(drawn)) == (-1.0, 1.0)
    if points > 1:
        assert drawn.count(1.0) == 1


async def test_what_has_no_outline_draws_nothing(platform: Platform) -> None:
    assert await files.peaks(platform, _file(peaks=None)) == []


@pytest.mark.parametrize("points", [0, -1, 2001])
async def test_a_width_has_limits(platform: Platform, points: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        await files.peaks(platform, _file(peaks=None), points)
    assert refused.value.field == "points"


def _file(peaks: str | None) -> FileRef:
    return FileRef("master.wav", KEY, 1, "audio/wav", "wav", 2.0, peaks)
