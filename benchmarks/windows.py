"""Between which values the metrics of a song may lie, and where a genre differs, why.

The windows come from POP909, fiddle tunes, five hits and thirty-one songs with drums, as does every
definition in ``song_metrics``. Pop-like are the styles of songs with verses and choruses: what
those collections hold. The others are held to windows of their own.
"""

Window = tuple[float, float]
Difference = tuple[float, float, str]
"""Least, most, and why."""

POP_LIKE = frozenset({
    "pop", "ballad", "rock", "punk", "metal", "country", "folk", "disco", "synthwave", "rnb_soul",
    "gospel", "reggae", "funk",
})  # fmt: skip

WINDOWS: dict[str, Window] = {
    "in_key": (0.90, 1.0),
    "pc_entropy": (2.4, 3.0),
    "strong_chord_tones": (0.65, 0.90),
    "steps": (0.35, 0.60),
    "repeats": (0.10, 0.35),
    "large_leaps": (0.0, 0.05),
    "turn_after_leap": (0.70, 1.0),
    "range": (10, 19),
    "notes_per_bar": (4.0, 8.0),
    "rests": (0.05, 0.20),
    "bar_repeats": (0.15, 0.40),
    "self_similarity": (0.65, 1.0),
    "similarity_gain": (0.0, 1.0),
    "drum_repeat": (0.70, 0.90),
    "drum_unique": (0.08, 0.30),
    "energy_variation": (0.20, 0.45),
    "groove": (0.75, 0.97),
    "polyphony": (3.0, 6.0),
    "notes_per_beat": (5.0, 9.0),
}

_LOOPED: dict[str, Difference] = {
    "bar_repeats": (0.15, 0.9, "riffs return all the time"),
    "rests": (0.05, 0.5, "the riff leaves room for the beat"),
    "similarity_gain": (-0.1, 1.0, "loops of one or two bars: neighbours are as alike"),
    "groove": (0.75, 1.0, "a sequencer repeats the bar"),
    "notes_per_bar": (2.0, 10.0, "hooks of few notes, or runs of sixteenths"),
}
_CLUB: dict[str, Difference] = _LOOPED | {
    "energy_variation": (0.2, 0.7, "breaks without drums, drops with everything"),
    "notes_per_beat": (2.0, 12.0, "drums and bass alone for long, or arpeggios of sixteenths"),
    "polyphony": (2.5, 7.5, "wide pads"),
}
_IMPROVISED: dict[str, Difference] = {
    "pc_entropy": (2.4, 3.4, "every chord has a scale of its own"),
    "strong_chord_tones": (0.5, 0.97, "ninths and thirteenths are chord tones"),
    "in_key": (0.75, 1.0, "chord scales and blue notes"),
    "bar_repeats": (0.0, 0.45, "improvised lines"),
    "self_similarity": (0.5, 1.0, "the harmony moves on for a whole chorus"),
    "similarity_gain": (-0.15, 1.0, "the harmony moves on for a whole chorus"),
    "drum_repeat": (0.7, 1.0, "the ride keeps its pattern, the comping varies"),
    "drum_unique": (0.03, 0.3, "the ride keeps its pattern, the comping varies"),
    "energy_variation": (0.1, 0.45, "one small group plays from the first bar to the last"),
    "polyphony": (1.8, 7.0, "three or four people, chords of four tones"),
    "notes_per_beat": (3.5, 9.0, "three or four people who leave room"),
}
_CHAMBER: dict[str, Difference] = {
    "polyphony": (2.0, 8.0, "from one voice to all strings"),
    "notes_per_beat": (0.8, 9.0, "long tones"),
    "notes_per_bar": (1.0, 8.0, "long tones"),
    "rests": (0.0, 0.5, "silence is part of it"),
    "bar_repeats": (0.0, 0.55, "themes spun out, or a few tones that return"),
    "strong_chord_tones": (0.65, 1.0, "long tones rest on the chord"),
    "energy_variation": (0.1, 0.75, "from a solo to all, or one texture throughout"),
}
_CHROMATIC: Difference = (2.4, 3.4, "borrowed chords, applied dominants, a lift at the end")
_CLAVE: dict[str, Difference] = {
    "drum_repeat": (0.7, 1.0, "the beat of the dance never changes"),
    "drum_unique": (0.03, 0.3, "the beat of the dance never changes"),
    "groove": (0.75, 1.0, "the beat of the dance never changes"),
}
_FIDDLE: Difference = (0.65, 1.0, "fiddle tunes measure 0.84 to 0.86, ± 0.13")
_RIFFING = "riffs leave room and return"

DIFFERENCES: dict[str, dict[str, Difference]] = {
    **dict.fromkeys(("hip_hop", "trap", "lofi_hip_hop", "reggaeton", "afrobeat"), _LOOPED),
    **dict.fromkeys(("house", "techno", "trance", "drum_and_bass", "dubstep"), _CLUB),
    **dict.fromkeys(("jazz_swing", "blues", "bossa_nova"), _IMPROVISED),
    **dict.fromkeys(("classical", "cinematic", "ambient"), _CHAMBER),
    "waltz": _CHAMBER
    | _CLAVE
    | {
        "similarity_gain": (-0.5, 1.0, "every chord stays for two bars and more"),
        "range": (8, 19, "a dance tune"),
    },
    "latin_salsa": _CLAVE | {"bar_repeats": (0.15, 0.6, "the coro repeats its line")},
    "chiptune": {
        "polyphony": (1.2, 4.0, "four voices at most"),
        "energy_variation": (0.1, 0.45, "the same four voices throughout"),
        "groove": (0.75, 1.0, "a machine plays it"),
    },
    "punk": {"energy_variation": (0.05, 0.45, "everybody plays all the time")},
    "gospel": {"pc_entropy": _CHROMATIC},
    "rnb_soul": {
        "pc_entropy": _CHROMATIC,
        "groove": (0.75, 1.0, "a drum loop"),
        "strong_chord_tones": (0.65, 0.97, "chords of four and five tones of a scale of seven"),
    },
    "ballad": {
        "pc_entropy": (2.4, 3.5, "the last chorus is a tone higher: twelve tones are heard"),
        "self_similarity": (0.55, 1.0, "four bars before each chorus, which ends a tone higher"),
        "notes_per_bar": (3.0, 8.0, "half as fast as pop"),
        "notes_per_beat": (3.5, 9.0, "the piano alone for half of the song"),
    },
    "funk": {
        "in_key": (0.75, 1.0, "blue notes"),
        "rests": (0.05, 0.3, _RIFFING),
        "similarity_gain": (-0.15, 1.0, "one chord for eight bars"),
        "polyphony": (2.0, 6.0, "short notes on every instrument"),
        "pc_entropy": (2.4, 3.2, "ninths and blue notes over one chord"),
        "notes_per_beat": (3.0, 9.0, "single notes on the guitar, holes everywhere"),
    },
    "reggae": {"energy_variation": (0.2, 0.6, "the dub takes away almost everything")},
    "folk": {
        "strong_chord_tones": _FIDDLE,
        "energy_variation": (0.2, 0.55, "verses of one guitar, choruses of everybody"),
        "notes_per_beat": (4.0, 9.0, "a guitar that is picked"),
    },
    "country": {
        "strong_chord_tones": _FIDDLE,
        "similarity_gain": (-0.15, 1.0, "three chords: neighbouring bars share one"),
        "notes_per_beat": (4.0, 9.0, "boom-chick: bass and chord in turn"),
    },
    "metal": {"self_similarity": (0.55, 1.0, "power chords have two tones: no third in common")},
}
DIFFERENCES["lofi_hip_hop"] = _LOOPED | {
    "polyphony": (3.0, 8.5, "chords of four and five tones under the pedal"),
    "notes_per_beat": (3.5, 9.0, "a slow beat and a chord now and then"),
}
DIFFERENCES["reggaeton"] = _LOOPED | {
    "polyphony": (3.0, 7.0, "pads under plucks and keys"),
    "notes_per_beat": (5.0, 12.0, "plucks in sixteenths"),
}
DIFFERENCES["cinematic"] = _CHAMBER | {
    "drum_repeat": (0.5, 0.9, "drums only build and crown"),
    "drum_unique": (0.08, 0.5, "drums only build and crown"),
}
for _name in ("hip_hop", "trap"):
    DIFFERENCES[_name] = _LOOPED | {
        "notes_per_beat": (2.0, 9.0, "a beat, a bass and few chords"),
        "strong_chord_tones": (0.65, 1.0, "hooks of few notes over one chord"),
        "polyphony": (3.0, 7.5, "pads and choirs held through"),
    }
DIFFERENCES["techno"] = _CLUB | {
    "pc_entropy": (1.2, 3.0, "one chord"),
    "strong_chord_tones": (0.65, 1.0, "one chord"),
}


def window_of(style: str, metric: str) -> Window:
    """Return the window that holds for a style."""
    low, high, *_ = DIFFERENCES.get(style, {}).get(metric, WINDOWS[metric])
    return float(low), float(high)


def inside(style: str, metrics: dict[str, float]) -> dict[str, bool]:
    """Return which metrics lie in the windows of a style."""
    return {
        name: low - 1e-9 <= value <= high + 1e-9
        for name, value in metrics.items()
        for low, high in (window_of(style, name),)
    }
