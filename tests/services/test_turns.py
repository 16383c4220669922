"""Everybody gets their turn, and sees when it comes."""

import asyncio
from pathlib import Path

import pytest

from backend.auth import Viewer
from backend.models import Status, Take
from backend.services import library, making, projects
from backend.services.platform import Platform
from backend.services.projects import StartSong
from backend.services.queueing import next_up, prospects
from backend.services.relay import relay
from tests.fixtures.engine import ALICE, BOB
from tests.fixtures.played_worker import PlayedWorker
from tests.services.conftest import QueuedJobs

pytestmark = pytest.mark.api

CAROL = Viewer("carol")


async def songs(platform: Platform, viewer: Viewer, count: int) -> list[Take]:
    """Start songs; return their takes."""
    found = []
    for number in range(count):
        project = await projects.start(platform, viewer, StartSong("calm", seed=number))
        found += (await library.takes_of(platform, [project.id]))[project.id]
    return found


async def turns(platform: Platform, takes: list[Take], room: int = 1) -> list[str]:
    found = await next_up(platform, [(take.id, take.attempt) for take in takes], room)
    return [take_id for take_id, _ in found]


async def served(platform: Platform, takes: list[Take], folder: Path) -> list[str]:
    """Make all songs, one at a time, in the order in which their turn comes."""
    order = []
    while left := [take for take in takes if take.id not in order]:
        take_id = (await turns(platform, left))[0]
        worker = PlayedWorker(platform, folder)
        project_id = next(take.project_id for take in takes if take.id == take_id)
        await worker.finish(project_id, reports=0)
        order.append(take_id)
    return order


async def test_one_with_many_songs_is_one_among_others(platform: Platform, tmp_path: Path) -> None:
    many = await songs(platform, ALICE, 20)
    few = await songs(platform, BOB, 2)
    one = await songs(platform, CAROL, 1)
    everybody = [*many, *few, *one]
    names = {take.id: "abc"[(take in few) + 2 * (take in one)] for take in everybody}
    seen = await prospects(platform, everybody, {take.id: 0.0 for take in everybody})
    places = {found.queue_position: take_id for take_id, found in seen.items()}
    expected = [places[place] for place in range(1, len(everybody) + 1)]
    order = await served(platform, everybody, tmp_path)
    assert "".join(names[take_id] for take_id in order) == "abcab" + 18 * "a"
    assert [names[take_id] for take_id in expected] == [names[take_id] for take_id in order]
    assert [take_id for take_id in order if names[take_id] == "a"] == [take.id for take in many]


async def test_whoever_was_served_last_comes_last(platform: Platform, tmp_path: Path) -> None:
    alice = await songs(platform, ALICE, 3)
    await PlayedWorker(platform, tmp_path).finish(alice[0].project_id, reports=0)
    bob = await songs(platform, BOB, 1)
    assert await turns(platform, [*alice[1:], *bob], 3) == [bob[0].id, alice[1].id, alice[2].id]


async def test_who_has_enough_in_work_waits(
    platform: Platform, queued: QueuedJobs, tmp_path: Path
) -> None:
    most = platform.settings.max_running_songs_per_user
    alice = await songs(platform, ALICE, most + 2)
    for take in alice[:most]:
        await PlayedWorker(platform, tmp_path).claim(take.project_id)
    bob = await songs(platform, BOB, 1)
    assert await turns(platform, [*alice[most:], *bob], 10) == [bob[0].id]
    late = alice[most]
    assert await making.claim(platform, late.id, late.attempt, "too many") is None
    assert (await library.takes(platform, [late.id]))[late.id].status is Status.QUEUED
    await queued.redis.flushall()
    await relay(platform)
    assert f"{late.id}:1" in await queued.ids()


async def test_two_workers_together_do_not_begin_too_many(
    platform: Platform, tmp_path: Path
) -> None:
    most = platform.settings.max_running_songs_per_user
    alice = await songs(platform, ALICE, most + 4)
    begun = await asyncio.gather(
        *(making.claim(platform, take.id, take.attempt, f"run {take.id[:8]}") for take in alice)
    )
    assert len([one for one in begun if one is not None]) == most


async def test_what_was_interrupted_goes_on_before_anything_begins(
    platform: Platform, tmp_path: Path
) -> None:
    alice = await songs(platform, ALICE, 2)
    await PlayedWorker(platform, tmp_path).claim(alice[1].project_id)
    cancelled = (await songs(platform, BOB, 1))[0]
    await projects.cancel(platform, BOB, cancelled.project_id)
    assert await turns(platform, [*alice, cancelled]) == [alice[1].id, cancelled.id, alice[0].id]
