"""Where instruments play, and what plays instruments that have no sound of their own."""

import pytest

from backend.pipeline.planning.understanding import understand
from backend.pipeline.planning.understanding.instrument_book import entries
from backend.pipeline.planning.understanding.lexicon import lexicon


@pytest.mark.parametrize(
    ("prompt", "places"),
    [
        ("rock, no drums in the intro", ["drums not in the intro"]),
        ("drums only in the chorus", ["drums only in the chorus"]),
        ("piano enters at the second verse", ["piano from the 2. verse"]),
        ("no guitar until the bridge", ["guitar from the bridge"]),
        ("strings come in at the last chorus", ["strings from the last chorus"]),
        (
            "bass and drums only in the verses",
            ["bass only in the verse", "drums only in the verse"],
        ),
        ("intro with just a harp, then strings", ["harp alone in the intro"]),
        ("starts with solo cello, then a waltz", ["cello alone in the start"]),
        ("drums drop out in the bridge", ["drums not in the bridge"]),
        ("chorus without piano", ["piano not in the chorus"]),
        ("trumpet at the end", ["trumpet only in the end"]),
        ("keep the verses to acoustic guitar only", ["acoustic guitar alone in the verse"]),
        ("drums (brushes) enter at the bridge", ["drums from the bridge"]),
        ("half-time drums on the chorus", []),
        ("drop the bass", []),
        ("a song with piano and drums", []),
        ("no drums, with a chorus", []),
    ],
)
def test_places_are_read(prompt, places):
    assert [str(place) for place in understand(prompt).places] == places


def test_silent_in_one_section_is_not_refused():
    wishes = understand("rock, no drums in the intro")
    assert not wishes.no_drums
    assert wishes.without == ()


def test_a_piece_of_the_kit_is_silent_everywhere_or_nowhere():
    wishes = understand("boom bap, no hats in the intro")
    assert [wish.id for wish in wishes.without] == ["hi_hat"]
    assert any("silent in the whole song or not" in note for note in wishes.notes)


@pytest.mark.parametrize(
    "prompt", ["drums only in the second half", "flute from bar 9", "no bass in the first 8 bars"]
)
def test_bars_and_halves_are_told(prompt):
    assert any("not by bars" in note for note in understand(prompt).notes)


@pytest.mark.parametrize(
    ("word", "sound"),
    [("hurdy-gurdy", "fiddle"), ("ney flute", "flute"), ("oud", "nylon guitar"),
     ("djembe", "percussion"), ("theremin", "square lead"), ("sackbuts", "trombone")],
)  # fmt: skip
def test_rare_instruments_get_the_nearest_sound_and_a_note(word, sound):
    wishes = understand(f"a folk tune with a {word}")
    assert len(wishes.instruments) == 1
    assert any(sound in note and "no sound of its own" in note for note in wishes.notes)


def test_refused_or_sung_about_instruments_need_no_stand_in():
    assert not any("no sound" in n for n in understand("no djembe").notes)
    assert not any("no sound" in n for n in understand("a song about my old oud").notes)


def test_every_stand_in_can_be_played():
    assert sum(map(len, lexicon("stand_ins").values())) > 380
    for entry in entries().values():
        assert entry.wish.programs or entry.wish.is_drums
