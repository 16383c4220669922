"""Pads, strings, brass, timpani and arpeggios: what fills the picture."""

from collections.abc import Iterator

from backend.pipeline.arrangement.leading import voicings_of
from backend.pipeline.arrangement.scene import Scene
from backend.pipeline.artifacts import Note, Role, TrackPlan
from backend.pipeline.styles.kinds import family
from backend.pipeline.styles.patterns import comping_pattern
from backend.pipeline.theory.instruments import INSTRUMENTS, MONOPHONIC
from backend.pipeline.theory.metre import halves, pulses, transplant
from backend.pipeline.theory.pitch import into_range, nearest

REGISTERS = {Role.PAD: (50, 72), Role.STRINGS: (55, 81), Role.BRASS: (50, 74), Role.KEYS: (52, 74),
             Role.GUITAR: (50, 72)}  # fmt: skip

ARPEGGIO = "arp16 0 1 2 3 2 1 2 3"
CALM_ARPEGGIO = "arp8 0 2 1 3 2 1 3 2"


def span(track: TrackPlan, low: int, high: int) -> tuple[int, int]:
    """Return a register moved into the instrument's range."""
    instrument = INSTRUMENTS[track.program]
    while low < instrument.low and high + 12 <= instrument.high + 6:
        low, high = low + 12, high + 12
    low, high = max(low, instrument.low), min(high, instrument.high)
    return (low, high) if high - low >= 12 else (max(instrument.low, high - 16), high)


def play_pad(scene: Scene, track: TrackPlan) -> list[Note]:
    """Hold led chords, or their top line where others play them; strings rise with the energy."""
    low, high = REGISTERS.get(track.role, (50, 72))
    lift = 5 if scene.energy >= 0.8 and track.role is Role.STRINGS else 0
    low, high = span(track, low + lift, high + lift)
    alone = not scene.plays("keys") and not scene.plays("guitar")
    voices = max(1, 4 - scene.harmonists()) if alone and track.program not in MONOPHONIC else 1
    if voices == 1 and track.role is Role.PAD:
        return _tied(_common_tones(scene, low, high))
    voicings = voicings_of(scene, low, high, max(voices, 3))
    notes = []
    for chord in scene.section.chords:
        length = min(chord.duration_beats, scene.stop - chord.start_beat)
        if length > 0.1:
            voicing = voicings[chord.start_beat][-voices:]
            notes += [Note(p, chord.start_beat, length * 0.99, 68) for p in voicing]
    return _tied(notes)


def _common_tones(scene: Scene, low: int, high: int) -> list[Note]:
    """Hold the tonic through the chords that have it, else the tone that lies nearest to it."""
    home = into_range(nearest(scene.section.key.tonic, (low + high) / 2), low, high)
    notes = []
    for chord in scene.section.chords:
        length = min(chord.duration_beats, scene.stop - chord.start_beat)
        pitch = min((nearest(tone, home) for tone in chord.tones[:4]), key=lambda p: abs(p - home))
        if length > 0.1:
            pitch = into_range(pitch, low, high)
            notes.append(Note(pitch, chord.start_beat, length * 0.99, 68))
    return notes


def _tied(notes: list[Note]) -> list[Note]:
    """Hold common tones over chord changes instead of striking them again."""
    last: dict[int, int] = {}
    result: list[Note] = []
    for note in notes:
        place = last.get(note.pitch)
        if place is not None:
            before = result[place]
            joined = note.end_beat - before.start_beat
            if note.start_beat - before.end_beat < 0.1 and joined <= 12:
                result[place] = Note(note.pitch, before.start_beat, joined, before.velocity)
                continue
        last[note.pitch] = len(result)
        result.append(note)
    return result


def play_brass(scene: Scene, track: TrackPlan) -> list[Note]:
    """Stab before the bar line and hold chords at the height of the song."""
    low, high = span(track, *REGISTERS[Role.BRASS])
    full = track.program not in MONOPHONIC
    voices = (2 if scene.harmonists() >= 3 else 3) if full else 1
    strikes = list(_brass_strikes(scene, track))
    voicings = voicings_of(scene, low, high, 3, beats=[beat for beat, _ in strikes])
    return [
        Note(pitch, beat, min(length, scene.stop - beat), 92)
        for beat, length in strikes
        for pitch in voicings[scene.chord_at(beat).start_beat][-voices:]
    ]


def _brass_strikes(scene: Scene, track: TrackPlan) -> Iterator[tuple[float, float]]:
    """Yield where brass plays and how long: a figure every other bar, chords held at the peak."""
    rng = scene.rng(track.id, "figure")
    figure = ((0.0, 1.5), (1.5, 0.4)) if rng.random() < 0.5 else ((-0.5, 0.4), (0.0, 0.9))
    holds = (
        scene.energy >= 0.9 and family(scene.section.name) == "peak" and not scene.plays("strings")
    )
    for number, start in scene.bars():
        if holds and number % 2 == 0:
            moments: tuple[tuple[float, float], ...] = ((0.0, scene.metre.bar_beats * 0.9),)
        elif number % 2 == 1 or holds:
            moments = tuple((max(0.0, at + halves(scene.metre)[0]), n) for at, n in figure)
        else:
            continue
        for at, length in moments:
            beat = round(start + at, 6)
            if scene.start <= beat < scene.stop - 0.1:
                yield beat, length


def play_pedal(scene: Scene, track: TrackPlan) -> list[Note]:
    """Strike the root on downbeats, and roll into the next section."""
    instrument = INSTRUMENTS[track.program]
    notes: list[Note] = []
    for number, start in scene.bars():
        root = scene.chord_at(start).bass
        pitch = into_range(nearest(root, 45), instrument.low, instrument.high)
        last = number == scene.section.bars - 1
        places = [0.0, halves(scene.metre)[0]] if scene.energy > 0.8 else [0.0]
        if last and scene.section.transition not in {None, "cold", "fade", "break"}:
            count = round(scene.metre.bar_beats * 4)
            places = [place / 4 for place in range(count)]
        for order, at in enumerate(places):
            if start + at < scene.stop - 0.1:
                swell = 70 + round(40 * order / max(1, len(places)))
                notes.append(Note(pitch, start + at, 0.9 if len(places) < 3 else 0.3, swell))
    return notes


def play_arp(scene: Scene, track: TrackPlan) -> list[Note]:
    """Run through the chord in the pattern of the style, faster as the energy grows."""
    low, high = span(track, 57, 79)
    voicings = voicings_of(scene, low, high, 3)
    own = [t for t in scene.genre.comping if t.split()[0] in {"arp16", "arp8", "ost8", "pick8"}]
    text = own[0] if own else ARPEGGIO if scene.energy >= 0.65 else CALM_ARPEGGIO
    if scene.energy < 0.45 or scene.plan.tempo_bpm > 150:
        text = text.replace("arp16", "arp8")
    _, bars = comping_pattern(text)
    instrument = INSTRUMENTS[track.program]
    strong = {round(pulse.start, 3) for pulse in pulses(scene.metre)}
    notes: list[Note] = []
    for number, start in scene.bars():
        hits = transplant(
            bars[number % len(bars)], scene.genre.native, scene.metre,
            keeps_time=False, sustains=True,
        )  # fmt: skip
        for hit in hits:
            beat = round(start + hit.at, 6)
            if beat < scene.stop - 0.05:
                voicing = voicings[scene.chord_at(beat).start_beat]
                octave, place = divmod(int(hit.value), len(voicing))
                pitch = into_range(voicing[place] + 12 * octave, instrument.low, instrument.high)
                velocity = 80 if round(hit.at, 3) in strong else 66
                notes.append(Note(pitch, beat, hit.length * 0.9, velocity))
    return notes
