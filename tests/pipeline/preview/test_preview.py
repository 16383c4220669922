from dataclasses import replace

import numpy as np
import pytest

from backend.pipeline.artifacts import (
    SAMPLE_RATE,
    Arrangement,
    Automation,
    AutomationPoint,
    ControlChange,
    MixSettings,
    Note,
    PitchBend,
    SongPlan,
    TempoPoint,
    Track,
)
from backend.pipeline.mixing.loudness import integrated_lufs, k_weighted_energies
from backend.pipeline.preview import preview
from backend.pipeline.preview.excerpt import TAIL_SECONDS, cut
from backend.pipeline.preview.hook import hook_bars
from tests.pipeline.builders import arrangement, small_bank, song_plan


def in_sections(*parts: tuple[str, int, float]) -> SongPlan:
    """Return a plan with sections of (kind, bars, energy) at 2 s per bar."""
    plan = song_plan(bars=sum(bars for _, bars, _ in parts))
    (whole,) = plan.sections
    sections, start = [], 0
    for index, (name, bars, energy) in enumerate(parts):
        sections.append(
            replace(whole, index=index, name=name, start_bar=start, bars=bars, energy=energy)
        )
        start += bars
    return replace(plan, sections=tuple(sections))


@pytest.mark.parametrize(
    ("parts", "bars"),
    [
        ((("verse", 8, 0.5), ("chorus", 16, 0.8), ("chorus", 16, 0.9)), range(8, 18)),
        ((("verse", 16, 0.5), ("build", 16, 0.9), ("outro", 8, 0.2)), range(16, 26)),
        ((("verse", 16, 0.5), ("chorus", 4, 0.9)), range(10, 20)),
        ((("verse", 4, 0.5),), range(4)),
    ],
)
def test_the_hook_is_twenty_seconds_of_the_chorus_or_the_loudest_part(parts, bars):
    assert hook_bars(in_sections(*parts)) == bars


def test_an_excerpt_starts_with_what_holds_at_its_first_bar():
    plan = replace(
        in_sections(("verse", 8, 0.5), ("chorus", 8, 0.9)),
        tempo_points=(TempoPoint(0.0, 120.0), TempoPoint(16.0, 60.0), TempoPoint(60.0, 30.0)),
    )
    track = Track(
        "keys",
        (Note(60, 28, 8, 90), Note(62, 31.95, 1, 90), Note(64, 30, 1, 90), Note(65, 47, 9, 90)),
        (ControlChange(3.0, 11, 70), ControlChange(40.0, 11, 90)),
        (PitchBend(31.0, 1.0), PitchBend(33.0, 0.0)),
    )
    line = Automation("keys", "gain_db", (AutomationPoint(0, -8.0), AutomationPoint(64, 8.0)))
    resting = Track("bass", (Note(40, 0, 4, 90),))
    part, played = cut(plan, Arrangement((track, resting), (line,)), range(8, 12))
    assert [(n.pitch, n.start_beat, n.duration_beats) for n in played.tracks[0].notes] == [
        (60, 0, 4), (62, 0, pytest.approx(0.95)), (65, 15, 1),
    ]  # fmt: skip
    assert [track.track_id for track in played.tracks] == ["keys"]
    assert played.tracks[0].controls == (ControlChange(0.0, 11, 70), ControlChange(8.0, 11, 90))
    assert played.tracks[0].bends == (PitchBend(0.0, 1.0), PitchBend(1.0, 0.0))
    assert played.automation[0].points == (AutomationPoint(-32, -8.0), AutomationPoint(32, 8.0))
    assert part.total_bars == 4
    assert part.tempo_points == (TempoPoint(0.0, 60.0), TempoPoint(28.0, 30.0))
    assert part.duration_seconds == pytest.approx(16 + TAIL_SECONDS)


def test_a_preview_is_a_mastered_excerpt_and_always_the_same():
    plan = in_sections(("verse", 12, 0.5), ("chorus", 12, 0.9))
    heard = [preview(plan, arrangement(plan), small_bank(), MixSettings()) for _ in range(2)]
    assert heard[0].tobytes() == heard[1].tobytes()
    assert heard[0].shape[1] / SAMPLE_RATE == pytest.approx(20 + TAIL_SECONDS, abs=0.01)
    assert integrated_lufs(k_weighted_energies(heard[0])) == pytest.approx(-14, abs=0.3)
    assert np.abs(heard[0][:, : SAMPLE_RATE // 5]).max() > 0.01
    assert np.abs(heard[0][:, -441:]).max() < 1e-3
