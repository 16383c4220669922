"""The arrangement as a Standard MIDI File, type 1."""

from collections.abc import Iterable
from io import BytesIO

import mido

from backend.pipeline.artifacts import Arrangement, Composition, SongPlan, Track, TrackPlan
from backend.pipeline.theory.scales import is_minor, key_signature, relative_key
from backend.pipeline.theory.tempo_map import TempoMap

TICKS_PER_BEAT = 960

DRUM_CHANNEL = 9

BEND_STEPS = 4096
"""Steps of pitch wheel per semitone, at the usual range of two semitones."""

Timed = tuple[int, int, mido.Message | mido.MetaMessage]
"""Tick, order within the tick, message."""


def midi_file(plan: SongPlan, arrangement: Arrangement, composition: Composition) -> bytes:
    """Write the song: a conductor track, then one track per instrument.

    The conductor track holds title, tempo map, metre, key signatures and section markers, and ends
    where the last sound has rung out, so that the file lasts as long as the song; the lead track
    holds the lyrics.

    Parameters
    ----------
    plan : SongPlan
        Tempo, key, metre, sections, instruments.
    arrangement : Arrangement
        The notes as played.
    composition : Composition
        Its lyrics.

    Returns
    -------
    bytes
        The file; equal songs give equal bytes.
    """
    file = mido.MidiFile(type=1, ticks_per_beat=TICKS_PER_BEAT, charset="utf-8")
    end = _tick(TempoMap.from_plan(plan).beats(plan.duration_seconds))
    file.tracks.append(_track(_conductor(plan), end))
    channels = _channels(plan)
    for track in plan.tracks:
        events = list(_player(track, arrangement.track(track.id), channels[track.id]))
        if track.role.value == "lead":
            events += _lyrics(composition)
        file.tracks.append(_track(events))
    buffer = BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


def _channels(plan: SongPlan) -> dict[str, int]:
    """Give every pitched track a channel of its own as long as there are any."""
    free = [channel for channel in range(16) if channel != DRUM_CHANNEL]
    pitched = [track.id for track in plan.tracks if not track.is_drums]
    channels = {track_id: free[place % len(free)] for place, track_id in enumerate(pitched)}
    return channels | {track.id: DRUM_CHANNEL for track in plan.tracks if track.is_drums}


def _conductor(plan: SongPlan) -> Iterable[Timed]:
    meta = mido.MetaMessage
    yield 0, 0, meta("track_name", name=plan.title)
    yield 0, 1, meta(
        "time_signature", numerator=plan.metre.numerator, denominator=plan.metre.denominator,
        clocks_per_click=36 if plan.metre.denominator == 8 else 24,
    )  # fmt: skip
    before = None
    for section in plan.sections:
        tick = _tick(section.start_bar * plan.metre.bar_beats)
        if section.key != before:
            before = section.key
            yield tick, 2, meta("key_signature", key=_signature(plan, section.index))
        yield tick, 4, meta("marker", text=section.label)
    for point in plan.tempo_points:
        yield _tick(point.beat), 3, meta("set_tempo", tempo=round(60_000_000 / point.tempo_bpm))
    yield _tick(plan.total_beats), 9, meta("marker", text="End")


def _signature(plan: SongPlan, index: int) -> str:
    """Return mido's name of the key signature; modes are written as their relative key."""
    key = relative_key(plan.sections[index].key)
    fifths = key_signature(key)
    majors = ("Cb", "Gb", "Db", "Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "C#")
    minors = ("Abm", "Ebm", "Bbm", "Fm", "Cm", "Gm", "Dm", "Am", "Em", "Bm", "F#m", "C#m", "G#m",
              "D#m", "A#m")  # fmt: skip
    return (minors if is_minor(key) else majors)[fifths + 7]


def _player(track: TrackPlan, played: Track, channel: int) -> Iterable[Timed]:
    yield 0, 0, mido.MetaMessage("track_name", name=track.name)
    yield 0, 1, mido.MetaMessage("instrument_name", name=track.instrument)
    yield 0, 2, mido.Message("program_change", channel=channel, program=track.program)
    for change in played.controls:
        yield (
            _tick(change.beat),
            3,
            mido.Message(
                "control_change", channel=channel, control=change.controller, value=change.value
            ),
        )
    for bend in played.bends:
        pitch = max(-8192, min(8191, round(bend.semitones * BEND_STEPS)))
        yield _tick(bend.beat), 4, mido.Message("pitchwheel", channel=channel, pitch=pitch)
    for note in played.notes:
        start = _tick(note.start_beat)
        end = max(start + 1, _tick(note.end_beat))
        yield (
            start,
            6,
            mido.Message("note_on", channel=channel, note=note.pitch, velocity=note.velocity),
        )
        yield end, 5, mido.Message("note_off", channel=channel, note=note.pitch, velocity=0)


def _lyrics(composition: Composition) -> Iterable[Timed]:
    for syllable in composition.lyrics:
        text = syllable.text + (" " if syllable.word_end else "-")
        yield _tick(syllable.start_beat), 7, mido.MetaMessage("lyrics", text=text)


def _tick(beat: float) -> int:
    return max(0, round(beat * TICKS_PER_BEAT))


def _track(events: Iterable[Timed], end: int = 0) -> mido.MidiTrack:
    """Order events and write the time between them; end at ``end`` or with the last event."""
    track = mido.MidiTrack()
    before = 0
    for tick, _, message in sorted(events, key=lambda event: event[:2]):
        track.append(message.copy(time=tick - before))
        before = tick
    track.append(mido.MetaMessage("end_of_track", time=max(0, end - before)))
    return track
