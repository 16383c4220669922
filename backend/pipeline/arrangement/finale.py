"""The last chord: everybody lands together and lets it ring."""

from backend.pipeline.arrangement.bass import reach
from backend.pipeline.arrangement.grooves import KEYS
from backend.pipeline.arrangement.sustained import REGISTERS, span
from backend.pipeline.arrangement.voicing import lead_voices
from backend.pipeline.artifacts import Chord, Note, Role, SongPlan, TrackPlan
from backend.pipeline.theory.instruments import INSTRUMENTS, MONOPHONIC
from backend.pipeline.theory.pitch import into_range, nearest

SUNG = frozenset((Role.LEAD, Role.COUNTER))


def final_beat(plan: SongPlan) -> float:
    """Return where the last chord begins; the end of the song when it fades or loops."""
    last_bar = plan.total_beats - plan.metre.bar_beats
    if plan.ending == "fade" or "loop" in plan.asked or plan.total_bars < 2:
        return plan.total_beats
    return last_bar


def last_chord(plan: SongPlan, track: TrackPlan) -> list[Note]:
    """Return what a track plays in the last bar of a song that does not fade."""
    start = final_beat(plan)
    section = plan.sections[-1]
    if start >= plan.total_beats or track.id not in section.track_ids:
        return []
    chord = section.chords[-1]
    length = plan.metre.bar_beats * 0.98
    if track.is_drums:
        return _drums(track, start, section.energy)
    if track.role is Role.BASS:
        low, high = reach(track)
        return [Note(into_range(nearest(chord.bass, low + 8), low, high), start, length, 90)]
    if track.role in SUNG or track.role is Role.EFFECTS:
        return []
    return _chord(track, chord, start, length)


def _drums(track: TrackPlan, start: float, energy: float) -> list[Note]:
    if track.role is Role.PERCUSSION:
        return [Note(KEYS["SH"], start, 0.25, 70)]
    velocity = round(80 + 30 * energy)
    return [Note(KEYS["K"], start, 0.5, velocity), Note(KEYS["A"], start, 2.0, velocity)]


def _chord(track: TrackPlan, chord: Chord, start: float, length: float) -> list[Note]:
    low, high = span(track, *REGISTERS.get(track.role, (52, 74)))
    voices = 1 if track.program in MONOPHONIC else 4
    voicing = lead_voices((chord.tones,), max(3, voices), low, high)[0]
    chosen = voicing[-voices:]
    spread = 0.04 if track.role in {Role.KEYS, Role.GUITAR, Role.ARP} else 0.0
    notes = [
        Note(pitch, start + spread * order, length - spread * order, 78)
        for order, pitch in enumerate(chosen)
    ]
    if track.role is Role.KEYS and low >= 48:
        bottom = max(36, INSTRUMENTS[track.program].low)
        root = into_range(nearest(chord.bass, bottom + 6), bottom, bottom + 12)
        notes.append(Note(root, start, length, 76))
    return notes
