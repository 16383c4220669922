"""Songs for tests, written down as artifacts without the composing stages."""

import importlib.util
from pathlib import Path

import numpy as np

from backend.pipeline.artifacts import (
    Arrangement,
    Chord,
    ControlChange,
    Key,
    Metre,
    Note,
    Role,
    SectionPlan,
    SongPlan,
    SoundBank,
    TempoPoint,
    Track,
    TrackPlan,
)

TAIL_SECONDS = 3.0

PLAYERS: dict[str, tuple[Role, int]] = {
    "drums": (Role.DRUMS, 0),
    "bass": (Role.BASS, 33),
    "keys": (Role.KEYS, 0),
    "pad": (Role.PAD, 89),
    "strings": (Role.STRINGS, 48),
    "guitar": (Role.GUITAR, 25),
    "lead": (Role.LEAD, 81),
    "arp": (Role.ARP, 88),
}

TRIADS = {"I": (0, 4, 7), "vi": (9, 0, 4), "IV": (5, 9, 0), "V": (7, 11, 2)}
SPELLINGS = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")
PROGRESSION = ("I", "vi", "IV", "V")
TUNE = (0, 2, 4, 7, 9, 7, 4, 2)


def small_bank() -> SoundBank:
    """Return the SoundFont that is always installed."""
    spec = importlib.util.find_spec("pretty_midi")
    assert spec is not None
    assert spec.origin is not None
    path = Path(spec.origin).parent / "TimGM6mb.sf2"
    return SoundBank(path=str(path), name="TimGM6mb", licence="GPL-2.0", sha256="0" * 64)


def song_plan(
    *,
    bars: int = 8,
    tempo_bpm: float = 120.0,
    genre: str = "pop",
    tonic: int = 0,
    players: tuple[str, ...] = tuple(PLAYERS),
    voices: dict[str, str] | None = None,
    asked: dict[str, str] | None = None,
) -> SongPlan:
    """Return the plan of one section in 4/4 major."""
    key = Key(tonic, "major", SPELLINGS[tonic])
    chords = []
    for bar in range(bars):
        roman = PROGRESSION[bar % len(PROGRESSION)]
        tones = tuple((tone + tonic) % 12 for tone in TRIADS[roman])
        chords.append(Chord(roman, tones[0], tones, tones[0], bar * 4.0, 4.0, roman))
    section = SectionPlan(0, "chorus", "Chorus", 0, bars, 0.8, key, tuple(chords), players)
    tracks = tuple(
        TrackPlan(
            id=name,
            name=name.title(),
            role=PLAYERS[name][0],
            instrument=name,
            program=PLAYERS[name][1],
            is_drums=name == "drums",
            voice=(voices or {}).get(name, "soundfont"),
        )
        for name in players
    )
    return SongPlan(
        title="Test song",
        seed=7,
        genre=genre,
        mood=None,
        energy=0.7,
        tempo_bpm=tempo_bpm,
        key=key,
        metre=Metre(4, 4),
        duration_seconds=bars * 240.0 / tempo_bpm + TAIL_SECONDS,
        swing=0.5,
        sections=(section,),
        tracks=tracks,
        tempo_points=(TempoPoint(0.0, tempo_bpm),),
        ending="cold",
        asked=asked or {},
    )


def arrangement(plan: SongPlan) -> Arrangement:
    """Return something to play for every track of the plan."""
    rng = np.random.default_rng(3)
    tracks = []
    for track in plan.tracks:
        notes = [
            Note(pitch, beat, length, int(np.clip(velocity + rng.integers(-6, 7), 1, 127)))
            for pitch, beat, length, velocity in _PARTS[track.id](plan)
        ]
        controls = (ControlChange(0.0, 11, 110),) if track.id == "strings" else ()
        tracks.append(Track(track.id, tuple(notes), controls))
    return Arrangement(tuple(tracks))


Part = list[tuple[int, float, float, int]]


def _drums(plan: SongPlan) -> Part:
    part: Part = [(49, 0.0, 1.0, 100)]
    for bar in range(plan.total_bars):
        start = bar * 4.0
        part += [(36, start + beat, 0.2, 110) for beat in (0.0, 1.5, 2.0)]
        part += [(38, start + beat, 0.2, 104) for beat in (1.0, 3.0)]
        part += [(42, start + step / 2, 0.2, 90 if step % 2 == 0 else 60) for step in range(8)]
    return part


def _bass(plan: SongPlan) -> Part:
    return [
        (36 + chord.root, chord.start_beat + step / 2, 0.45, 96)
        for chord in plan.chords
        for step in range(8)
    ]


def _chords(octave: int, starts: tuple[float, ...], length: float, velocity: int):
    def part(plan: SongPlan) -> Part:
        return [
            (octave + tone, chord.start_beat + start, length, velocity)
            for chord in plan.chords
            for start in starts
            for tone in chord.tones
        ]

    return part


def _lead(plan: SongPlan) -> Part:
    return [
        (72 + (plan.key.tonic + TUNE[step % len(TUNE)]) % 12, step * 0.5, 0.45, 92)
        for step in range(plan.total_bars * 8)
    ]


def _arp(plan: SongPlan) -> Part:
    return [
        (72 + chord.tones[step % 3], chord.start_beat + step / 4, 0.24, 76)
        for chord in plan.chords
        for step in range(16)
    ]


_PARTS = {
    "drums": _drums,
    "bass": _bass,
    "keys": _chords(60, (0.0, 2.0), 1.8, 80),
    "pad": _chords(60, (0.0,), 4.0, 70),
    "strings": _chords(60, (0.0,), 3.9, 72),
    "guitar": _chords(52, (0.0, 1.0, 2.5, 3.0), 0.6, 78),
    "lead": _lead,
    "arp": _arp,
}
