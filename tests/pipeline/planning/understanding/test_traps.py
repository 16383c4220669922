"""Words that look like music and are none, and the other way round."""

import pytest

from backend.pipeline.artifacts import Key, Metre
from backend.pipeline.planning.understanding import understand


@pytest.mark.parametrize(
    "prompt",
    [
        "a minor disagreement",
        "signed to a C major label",
        "a major victory",
        "I am a minor",
        "Am I right?",
        "vitamin C and plan B",
        "A minor setback, a major key role",
    ],
)
def test_these_name_no_tonic(prompt):
    assert understand(prompt).tonic is None


@pytest.mark.parametrize(
    ("prompt", "key"),
    [
        ("techno in A minor", Key(9, "minor", "A")),
        ("E♭ major waltz", Key(3, "major", "Eb")),
        ("C sharp dorian", Key(1, "dorian", "C#")),
        ("Bbm, 90 bpm", Key(10, "minor", "Bb")),
        ("b flat minor nocturne", Key(10, "minor", "Bb")),
        ("h-moll", Key(11, "minor", "B")),
        ("G aeolian drone", Key(7, "minor", "G")),
    ],
)
def test_these_name_a_key(prompt, key):
    assert understand(prompt).key == key


@pytest.mark.parametrize(
    ("prompt", "seconds", "bpm"),
    [
        ("120 seconds", 120, None),
        ("120 bpm", None, 120),
        ("90s synth pop", None, None),
        ("90 sec synth pop", 90, None),
        ("in 7 minutes we leave", None, None),
        ("15 minutes of fame", None, None),
        ("a minute and a half at one hundred and ten bpm", 90, 110),
        ("half an hour of rain", 1800, None),
        ("2:05 at 99.5 BPM", 125, 99.5),
        ("a 20 second intro", None, None),
        ("length: 1m30s", 90, None),
        ("3 minute song with the last 30 seconds quiet", 180, None),
    ],
)
def test_numbers_find_their_unit(prompt, seconds, bpm):
    wishes = understand(prompt)
    assert (wishes.duration_seconds, wishes.tempo_bpm) == (seconds, bpm)


@pytest.mark.parametrize(
    ("prompt", "metre"),
    [
        ("7/8 groove", Metre(7, 8)),
        ("on 7/8/2024 we met", None),
        ("24/7 hustle", None),
        ("six eight ballad", Metre(6, 8)),
        ("waltz", Metre(3, 4)),
        ("wedding march", None),
        ("open 9 to 5", None),
    ],
)
def test_metres_are_not_dates(prompt, metre):
    assert understand(prompt).metre == metre


@pytest.mark.parametrize(
    ("prompt", "wanted", "unwanted"),
    [
        ("no drums", set(), {"drums"}),
        (
            "no piano, guitar or drums, but lots of strings",
            {"strings"},
            {"piano", "guitar", "drums"},
        ),
        ("piano without any strings", {"piano"}, {"strings"}),
        ("not only piano but also cello", {"piano", "cello"}, set()),
        ("nothing but a harp", {"harp"}, set()),
        ("no strings attached", set(), set()),
        ("drum and bass", set(), set()),
        ("drums and bass", {"drums", "bass"}, set()),
        ("beatless pads", {"pad"}, {"drums"}),
        ("a song I don't hate with banjo", {"banjo"}, set()),
    ],
)
def test_negation_reaches_as_far_as_it_is_meant(prompt, wanted, unwanted):
    wishes = understand(prompt)
    assert {wish.id for wish in wishes.instruments} == wanted
    assert {wish.id for wish in wishes.without} == unwanted


@pytest.mark.parametrize(
    ("prompt", "only"),
    [
        ("just piano and cello", True),
        ("solo piano", True),
        ("piano solo", False),
        ("guitar, nothing else", True),
        ("just a happy tune with piano", False),
        ("only drums in the intro", False),
    ],
)
def test_only_means_only(prompt, only):
    assert understand(prompt).only_these_instruments is only


@pytest.mark.parametrize(
    ("prompt", "genre"),
    [
        ("deep house by candlelight", "house"),
        ("pop song", "pop"),
        ("no techno, trance please", "trance"),
        ("anything but jazz; give me rock", "rock"),
        ("in the style of Chopin", "classical"),
        ("blues harp over a reggae skank", "reggae"),
        ("no drums no bass ambient", "ambient"),
        ("without drums techno", "techno"),
        ("no vocals no guitar lofi", "lofi_hip_hop"),
        ("I want rock, no guitar jazz", "rock"),
    ],
)
def test_named_genres(prompt, genre):
    wishes = understand(prompt)
    assert wishes.genre == genre
    assert wishes.genre_confidence == 1.0


@pytest.mark.parametrize(
    "prompt", ["a house by the sea", "pop the champagne", "the rock on the hill"]
)
def test_ordinary_words_name_no_genre(prompt):
    assert understand(prompt).genre_confidence < 1.0
