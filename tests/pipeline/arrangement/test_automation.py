from dataclasses import replace

import numpy as np
import pytest

from backend.pipeline.arrangement.automation import OPEN_HZ, automate
from backend.pipeline.artifacts import Role, SongPlan
from backend.pipeline.styles import style
from backend.pipeline.styles.kinds import family
from tests.pipeline.songs import planned


def line(plan: SongPlan, parameter: str, role: Role) -> tuple[list[float], list[float]]:
    ids = {track.id for track in plan.tracks if track.role is role}
    found = [a for a in automate(plan) if a.parameter == parameter and a.track_id in ids]
    points = found[0].points if found else ()
    return [point.beat for point in points], [point.value for point in points]


def level_in(plan: SongPlan, index: int) -> float:
    """Return the drums' automated level in the middle of a section."""
    section = plan.sections[index]
    middle = (section.start_bar + section.bars / 2) * plan.metre.bar_beats
    return float(np.interp(middle, *line(plan, "gain_db", Role.DRUMS)))


@pytest.mark.parametrize("genre", ["drum_and_bass", "funk", "gospel", "jazz_swing"])
def test_calm_sections_stand_below_full_ones_as_far_as_the_style_says(genre):
    plan = planned("a song", genre=genre, duration_seconds=120)
    steady = [s for s in plan.sections if family(s.name) != "lift"]
    fullest = max(plan.sections, key=lambda section: section.energy)
    calmest = min(steady, key=lambda section: section.energy)
    depth = style(genre).mix.dynamics_db * (fullest.energy - calmest.energy)
    assert level_in(plan, fullest.index) == pytest.approx(0.0, abs=0.01)
    assert level_in(plan, calmest.index) == pytest.approx(-min(depth, 9.0), abs=0.05)


def test_a_build_rises_to_the_level_of_what_it_leads_to():
    plan = planned("a song", genre="drum_and_bass", duration_seconds=120)
    build = next(
        s for s in plan.sections if s.name == "build" and plan.sections[s.index + 1].name == "drop"
    )
    beats, values = line(plan, "gain_db", Role.DRUMS)
    start = build.start_bar * plan.metre.bar_beats
    end = start + build.bars * plan.metre.bar_beats
    course = np.interp(np.linspace(start, end, 9), beats, values)
    assert (np.diff(course) > 0).all()
    assert course[-1] == pytest.approx(level_in(plan, build.index + 1), abs=0.01)


def test_what_steps_back_gets_more_room():
    plan = planned("a song", genre="pop", duration_seconds=120)
    calm = min(plan.sections, key=lambda section: section.energy)
    middle = (calm.start_bar + calm.bars / 2) * plan.metre.bar_beats
    assert np.interp(middle, *line(plan, "send_db", Role.KEYS)) > 0.5
    assert line(plan, "send_db", Role.BASS) == ([], [])


def test_a_fade_goes_on_top_of_the_levels():
    plan = replace(planned("a song", genre="funk", duration_seconds=90), ending="fade")
    cold = replace(plan, ending="cold")
    end = plan.total_beats
    faded, steady = (
        float(np.interp(end, *line(one, "gain_db", Role.DRUMS))) for one in (plan, cold)
    )
    assert faded == pytest.approx(steady - 42.0, abs=0.1)


def test_filters_open_only_where_the_style_sweeps():
    break_beats = planned("a song", genre="drum_and_bass", duration_seconds=120)
    swept = [a for a in automate(break_beats) if a.parameter == "filter_hz"]
    assert swept
    assert all(a.points[-1].value == OPEN_HZ for a in swept)
    jazz = planned("a song", genre="jazz_swing", duration_seconds=120)
    assert not [a for a in automate(jazz) if a.parameter == "filter_hz"]


def test_the_lead_is_thrown_into_the_echo_where_the_style_does_so():
    beats, values = line(planned("a song", genre="reggae", duration_seconds=90), "send_db",
                         Role.LEAD)  # fmt: skip
    assert max(values) > min(values) + 10
    assert beats == sorted(beats)
