"""No BLAS computes on several threads while a song is made, and all of them may afterwards."""

from threadpoolctl import threadpool_info, threadpool_limits

from backend.pipeline.artifacts import Done, MixSettings, SongRequest, StageName
from backend.pipeline.one_thread import one_thread
from backend.pipeline.runner import Runner
from tests.pipeline.builders import small_bank


def blas_threads() -> set[int]:
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


def test_one_thread_inside_and_as_many_as_before_outside() -> None:
    with threadpool_limits(2, user_api="blas"):
        with one_thread():
            assert blas_threads() == {1}
            with one_thread():
                pass
            assert blas_threads() == {1}
        assert blas_threads() == {2}


def test_every_stage_of_a_song_has_one_thread() -> None:
    seen: dict[StageName, set[int]] = {}
    Runner(
        request=SongRequest("calm piano", 3, duration_seconds=10.0),
        bank=small_bank(),
        settings=MixSettings(),
        report=lambda _stage, _progress, _message: None,
        checkpoint=lambda stage, _artifact: seen.update({stage: blas_threads()}),
    ).run(Done())
    assert seen == {stage: {1} for stage in StageName}
