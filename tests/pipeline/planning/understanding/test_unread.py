"""No word is passed over in silence: what had no effect is told, in one note and without noise."""

import pytest

from backend.pipeline.planning.understanding import understand
from backend.pipeline.planning.understanding.unread import MOST_TOLD, UNREAD
from benchmarks.understanding import read_prompts


def _unread(prompt):
    return [
        note.removeprefix(UNREAD) for note in understand(prompt).notes if note.startswith(UNREAD)
    ]


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        ("techno with granular texture, stutter edits", "“granular texture”, “stutter edits”."),
        ("harp glissandi and a timpani roll, calm", "“glissandi”, “roll”."),
        ("jazz with gated drums", "“gated”."),
        ("pop, no fills", "“fills”."),
        ("Techno, STUTTER edits, stutter edits", "“STUTTER edits”."),
        ("asdf qwer", "“asdf qwer”."),
        ("你好", "“你好”."),
    ],
)
def test_words_without_effect_are_told_as_typed(prompt, told):
    assert _unread(prompt) == [told]


@pytest.mark.parametrize(
    "prompt",
    [
        "techno 128 bpm A minor, no vocals",
        "please make me a really nice slow jazz song with a piano, thanks",
        "a song for my grandmother who loved the garden",
        "rain on a night bus, but hopeful",
        "folk song about losing my keys in a granular desert",
        "a love song for Anna",
        "lofi beats to study to, vinyl crackle",
        "jazz meets techno",
        "no techno, trance wtih piano",
        'rock song called "Stutter Edits"',
        "lyrics: stutter edits all night long",
        "modulates up a semitone for the last chorus, power ballad",
        "a dusty, elegant waltz",
        "pop with breathy female vocals",
    ],
)
def test_what_was_heard_or_asks_for_nothing_is_not_told(prompt):
    assert _unread(prompt) == []


def test_a_long_list_is_cut():
    words = ["stutter", "granular", "wobble", "flutter", "gated", "tape", "bitten", "sliced",
             "frozen", "spliced"]  # fmt: skip
    (note,) = _unread("techno, " + ", ".join(words))
    assert note.count("“") == MOST_TOLD
    assert note.endswith(" and 2 more.")


def test_notes_on_the_labelled_prompts_are_few():
    prompts = [label for half in ("development", "wild", "fresh") for label in read_prompts(half)]
    told = [label["prompt"] for label in prompts if _unread(label["prompt"])]
    assert len(told) <= len(prompts) / 3, told


@pytest.mark.parametrize("prompt", ["no techno, something calm", "not jazz, a quiet harp"])
def test_a_refused_genre_is_shown(prompt):
    evidence = [item for item in understand(prompt).evidence if item.facet == "genre"]
    assert [item.meaning[:3] for item in evidence] == ["no "]


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        ("1000 bars of jazz", "“1000 bars”: a song has 8 to 400 bars"),
        ("4 bar loop", "“4 bar”: a song has"),
        ("energy 300%", "no more energy"),
        ("in H major", "no such key"),
        ("key of z", "no such key"),
        ("no instruments", "nobody sings"),
    ],
)
def test_what_lies_out_of_range_is_told(prompt, told):
    assert any(told in note for note in understand(prompt).notes), understand(prompt).notes
