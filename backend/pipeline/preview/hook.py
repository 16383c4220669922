"""Which bars of a song one plays to somebody who has a few seconds."""

from backend.pipeline.artifacts import SectionPlan, SongPlan
from backend.pipeline.styles.kinds import family
from backend.pipeline.theory.tempo_map import TempoMap

PREVIEW_SECONDS = 20.0


def hook_bars(plan: SongPlan) -> range:
    """Return about 20 s of whole bars from where the hook begins; a short song entirely.

    The hook is the first chorus, drop or head, else the most energetic section. One that begins
    too near the end is joined by the bars before it.
    """
    tempo = TempoMap.from_plan(plan)
    bar_beats = plan.metre.bar_beats
    section = _hook(plan)
    start = tempo.seconds(section.start_bar * bar_beats)
    ends = range(section.start_bar + 1, plan.total_bars + 1)
    end = next(
        (bar for bar in ends if tempo.seconds(bar * bar_beats) - start >= PREVIEW_SECONDS),
        plan.total_bars,
    )
    stop = tempo.seconds(end * bar_beats)
    first = section.start_bar
    while first > 0 and stop - tempo.seconds(first * bar_beats) < PREVIEW_SECONDS:
        first -= 1
    return range(first, end)


def _hook(plan: SongPlan) -> SectionPlan:
    peaks = (section for section in plan.sections if family(section.name) == "peak")
    return next(peaks, max(plan.sections, key=lambda section: section.energy))
