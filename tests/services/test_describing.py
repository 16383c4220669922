"""The list of takes says in words what an edit changed."""

import pytest

from backend.services.describing import LONGEST_SUMMARY, describe_mix, describe_request
from backend.services.mix_request import MixChange

NAMES = {"bass": "Electric Bass", "keys": "Piano"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (MixChange(), "Mixed again"),
        (
            MixChange(
                {"loudness_lufs": -16.0}, {"bass": {"gain_db": -3.0}, "keys": {"muted": True}}
            ),
            "Electric Bass -3 dB, Piano muted, -16 LUFS",
        ),
        (
            MixChange({"preset": "lofi_hip_hop", "dynamic": True}, {"keys": {"hall_db": -9.5}}),
            "Piano hall -9.5 dB, mixed as Lo-fi Hip-Hop, dynamic",
        ),
        (
            MixChange({"preset": None, "loudness_lufs": None}, {"bass": {"pan": None}}),
            "Electric Bass place as in the style, mixed in its own style, usual loudness",
        ),
    ],
)
def test_mixes(change: MixChange, words: str) -> None:
    assert describe_mix(change, NAMES) == words


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (
            {"prompt": "x", "tempo_bpm": 90.0, "key": "A minor"},
            "another prompt, 90 BPM, in A minor",
        ),
        ({"lyrics": None, "instrumental": True}, "other words, instrumental"),
        ({"instrumental": None, "seed": 3}, "words as the prompt says, seed 3"),
        ({"tempo_bpm": None, "instruments": ()}, "any tempo, any instruments"),
        (
            {"instruments": ("piano", "flute"), "duration_seconds": 30},
            "with piano, flute, 30 s long",
        ),
    ],
)
def test_requests(changed: dict[str, object], words: str) -> None:
    assert describe_request(changed) == words


def test_summaries_stay_short() -> None:
    text = describe_request({"instruments": tuple("very long names" for _ in range(16))})
    assert len(text) <= LONGEST_SUMMARY
    assert text.endswith(" …")
