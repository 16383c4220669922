"""What contradicts itself or cannot be had is told, with the rule that decided."""

import pytest

from backend.pipeline.planning.understanding import understand


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        ("a fast slow song", "contradict each other"),
        ("instrumental with vocals", "both asks for “vocals” and refuses singing"),
        ("half jazz, half techno, and a bit of country", "left out: country"),
        ("over Am F C G, then over Dm G C F", "Am | F | C | G was taken, not Dm | G | C | F"),
        ("verse: C F G, verse: Am Dm E", "Two progressions were named in the verse"),
        ("3/4 and 4/4 waltz", "Several metres"),
        ("2 minutes but not longer than 90 seconds", "Several lengths"),
        ("A minor, then C minor", "Several keys"),
        ("fade out and a cold ending", "Several endings"),
        ("no drums but a drum solo", "both names and refuses drums"),
        ("double-time feel in the last chorus", "lasts the whole song"),
        ("1980s pop", "“1980s” guides"),
        ("techno at -8 LUFS", "set in the mixer"),
        ("dub with heavy reverb", "“heavy reverb”: the effects"),
        ("dub, no reverb", "“reverb”: the effects"),
        ("lofi with vinyl crackle and rain sounds", "“rain sounds”: only instruments"),
        ("a remix of yesterday", "no existing song"),
        ("ballad, lyrics in Spanish", "in English only"),
        ("piano, rubato", "the tempo stays steady"),
        ("oud improvisation in maqam hijaz", "church modes"),
        ("a drone, no melody", "every song has one"),
        ("everything at 432 Hz", "440 Hz"),
        ("3000 bpm", "can be played"),
    ],
)
def test_it_is_told(prompt, told):
    assert any(told in note for note in understand(prompt).notes), understand(prompt).notes


@pytest.mark.parametrize(
    "prompt",
    ["a song about the sound of rain", 'called "Delay in Spanish"', "no rain sounds",
     "techno 128 bpm", "slow jazz waltz in F minor", "very slow ambient"],
)  # fmt: skip
def test_nothing_is_told_without_need(prompt):
    assert not any("“" in note for note in understand(prompt).notes)


def test_nothing_is_told_twice():
    notes = understand("verse: Am F C G " * 100).notes
    assert len(notes) == len(set(notes))


def test_what_was_said_first_is_taken_unless_corrected():
    assert understand("a fast slow song").tempo_feel.value == "fast"
    assert understand("a slow fast song").tempo_feel.value == "slow"
    assert understand("100 bpm or 120 bpm").tempo_bpm == 100
    assert understand("100 bpm, actually make it 120 bpm").tempo_bpm == 120


@pytest.mark.parametrize(
    ("prompt", "key"),
    [("cumbia en la menor", "A minor"), ("si bemol mayor", "Bb major"),
     ("waltz, B flat", "Bb None"), ("lydian on F", "F lydian"), ("slow, D, harp", "D None"),
     ("plan A, B, C", "None None")],
)  # fmt: skip
def test_keys_are_read_as_people_write_them(prompt, key):
    wishes = understand(prompt)
    assert f"{wishes.spelling} {wishes.mode}" == key
