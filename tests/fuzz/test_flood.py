"""A short flood; ``python -m tests.fuzz.flood 20000`` is the long one."""

from backend.settings import Settings
from tests.fixtures.api_process import api_process
from tests.fuzz.flood import ALLOWANCE_MEGABYTES, UNLIMITED, flood

COUNT = 400


def test_anything_is_answered_and_nothing_is_kept(api_settings: Settings) -> None:
    with api_process(api_settings, **UNLIMITED) as api:
        seen, megabytes, descriptors = flood(api, COUNT)
    assert sum(seen.values()) >= COUNT * 0.9
    assert len({ending.partition(" ")[0] for ending in seen}) >= 5, seen
    assert megabytes[-1] - megabytes[-2] < ALLOWANCE_MEGABYTES
    assert descriptors[-1] - descriptors[-2] < 10
