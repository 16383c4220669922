"""What the arrangement moves on the mixer: fades, filters that open, echoes at the seams."""

from backend.pipeline.artifacts import Automation, AutomationPoint, Role, SongPlan, TrackPlan

FADE_DB = -42.0
OPEN_HZ, CLOSED_HZ = 18_000.0, 450.0

FILTERED = frozenset({Role.KEYS, Role.PAD, Role.ARP, Role.STRINGS, Role.COUNTER})
FILTERING_STYLES = frozenset({"house", "techno", "trance", "disco", "dubstep", "drum_and_bass",
                              "synthwave", "lofi_hip_hop"})  # fmt: skip
ECHOING_STYLES = frozenset({"reggae", "techno", "dubstep", "ambient"})


def automate(plan: SongPlan) -> tuple[Automation, ...]:
    """Return every automation of the song."""
    result: list[Automation] = []
    for track in plan.tracks:
        if plan.ending == "fade":
            result.append(_fade(plan, track))
        filters = _filters(plan, track)
        if filters is not None:
            result.append(filters)
        echo = _echoes(plan, track)
        if echo is not None:
            result.append(echo)
    return tuple(result)


def _fade(plan: SongPlan, track: TrackPlan) -> Automation:
    """Fade over the last quarter of the song, eight bars at most."""
    end = plan.total_beats
    bars = min(8, max(1, plan.total_bars // 4))
    start = end - bars * plan.metre.bar_beats
    shape = ((0.0, 0.0), (0.4, -5.0), (0.7, -14.0), (0.9, -28.0), (1.0, FADE_DB))
    points = tuple(
        AutomationPoint(round(start + share * (end - start), 4), level) for share, level in shape
    )
    return Automation(track.id, "gain_db", points)


def _filters(plan: SongPlan, track: TrackPlan) -> Automation | None:
    """Open a low-pass through intros and builds of styles that do so."""
    if track.role not in FILTERED or not set(plan.genre.split("+")) & FILTERING_STYLES:
        return None
    points: list[AutomationPoint] = []
    for section in plan.sections:
        opens = section.name in {"build", "intro", "break", "breakdown"}
        is_last = section.index == len(plan.sections) - 1
        if not opens or is_last or track.id not in section.track_ids:
            continue
        bar = plan.metre.bar_beats
        start, end = section.start_bar * bar, (section.start_bar + section.bars) * bar
        points += [
            AutomationPoint(max(0.0, start - 0.01), OPEN_HZ if start else CLOSED_HZ),
            AutomationPoint(start, CLOSED_HZ),
            AutomationPoint((start + end) / 2, 1_600.0),
            AutomationPoint(end, OPEN_HZ),
        ]
    return Automation(track.id, "filter_hz", tuple(points)) if points else None


def _echoes(plan: SongPlan, track: TrackPlan) -> Automation | None:
    """Throw the lead into the echo at the end of its sections."""
    if track.role is not Role.LEAD or not set(plan.genre.split("+")) & ECHOING_STYLES:
        return None
    points: list[AutomationPoint] = []
    for section in plan.sections:
        if track.id in section.track_ids:
            end = (section.start_bar + section.bars) * plan.metre.bar_beats
            start = end - plan.metre.bar_beats
            steps = ((start - 0.01, -18.0), (start, -4.0), (end - 0.01, -4.0), (end, -18.0))
            points += [AutomationPoint(max(0.0, beat), level) for beat, level in steps]
    return Automation(track.id, "send_db", tuple(points)) if points else None
