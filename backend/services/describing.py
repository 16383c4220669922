"""What an edit changes, in a few words for the list of takes."""

from collections.abc import Mapping
from typing import Any

from backend.pipeline.styles import all_styles
from backend.services.mix_request import MixChange, Values

LONGEST_SUMMARY = 160
SENDS = {"room_db": "room", "hall_db": "hall", "echo_db": "echo"}
REQUEST_WORDS: Mapping[str, str] = {
    "prompt": "another prompt",
    "genre": "genre {}",
    "mood": "mood {}",
    "energy": "energy {:g}",
    "tempo_bpm": "{:g} BPM",
    "key": "in {}",
    "time_signature": "in {}",
    "instruments": "with {}",
    "without_instruments": "without {}",
    "lyrics": "other words",
    "duration_seconds": "{:g} s long",
    "seed": "seed {}",
}

SINGING: Mapping[object, str] = {
    True: "instrumental",
    False: "with words",
    None: "words as the prompt says",
}


def describe_mix(change: MixChange, track_names: Mapping[str, str]) -> str:
    """Return such as "Electric Bass -3 dB, Piano muted, -16 LUFS"."""
    parts = [
        f"{track_names[track_id]} {_strip_words(name, value)}"
        for track_id, values in change.strips.items()
        for name, value in values.items()
    ]
    return _sentence([*parts, *_settings_words(change.settings)], "Mixed again")


def describe_request(changed: Mapping[str, Any]) -> str:
    """Return such as "90 BPM, in A minor, mood sad"."""
    return _sentence([_request_words(name, value) for name, value in changed.items()], "Made again")


def _strip_words(name: str, value: float | bool | None) -> str:
    if name == "muted":
        return "muted" if value else "unmuted"
    word = {"gain_db": "level", "pan": "place", **SENDS}[name]
    if value is None:
        return f"{word} as in the style"
    if name == "gain_db":
        return f"{value:+g} dB"
    return f"{word} {value:+g}" if name == "pan" else f"{word} {value:g} dB"


def _settings_words(values: Values) -> list[str]:
    names = {style.id: style.name for style in all_styles()}
    preset = values.get("preset")
    words = {
        "loudness_lufs": "usual loudness"
        if values.get("loudness_lufs") is None
        else f"{values['loudness_lufs']:g} LUFS",
        "dynamic": "dynamic" if values.get("dynamic") else "not dynamic",
        "preset": "mixed in its own style"
        if preset is None
        else f"mixed as {names.get(preset, preset)}",
    }
    return [words[name] for name in values]


def _request_words(name: str, value: object) -> str:
    if name == "instrumental":
        return SINGING[value]
    label = REQUEST_WORDS[name]
    if "{" not in label:
        return label
    if value is None or value == ():
        return f"any {name.replace('_', ' ').removesuffix(' bpm').removesuffix(' seconds')}"
    return label.format(", ".join(value) if isinstance(value, tuple) else value)


def _sentence(parts: list[str], otherwise: str) -> str:
    text = ", ".join(parts) or otherwise
    return text if len(text) <= LONGEST_SUMMARY else f"{text[: LONGEST_SUMMARY - 2]} …"
