"""Words and numbers that mean music only in the right company."""

import pytest

from backend.pipeline.planning.understanding import understand


def _wanted(prompt):
    return {wish.id for wish in understand(prompt).instruments}


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        ("saxes, bones and trumpets", {"saxophone", "trombone", "trumpet"}),
        ("marimba and vibes", {"marimba", "vibraphone"}),
        ("vibes, bones, sax", {"vibraphone", "trombone", "saxophone"}),
        ("bossa nova, 172 bpm, vibes, sampled upright bass", {"vibraphone", "double_bass"}),
        ("kick, snare, hats", {"drums"}),
        ("strings, winds and brass", {"strings", "woodwinds", "brass"}),
    ],
)
def test_short_names_count_in_the_company_of_instruments(prompt, wanted):
    assert _wanted(prompt) == wanted


@pytest.mark.parametrize(
    "prompt",
    [
        "good vibes",
        "summer vibes only",
        "lofi, vibes",
        "feel it in my bones",
        "skin and bones",
        "hats off to the chef",
        "the winds of change",
        "make no bones about it",
    ],
)
def test_short_names_are_ordinary_words_elsewhere(prompt):
    wishes = understand(prompt)
    assert wishes.instruments == ()
    assert wishes.without == ()


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        ("skin and bones, drums", {"drums"}),
        ("piano, chill vibes", {"piano"}),
        ("chill vibes and piano", {"piano"}),
        ("black hats and violins", {"violin"}),
        ("piano, hats and coats", {"piano"}),
    ],
)
def test_what_is_joined_to_an_ordinary_word_stays_one(prompt, wanted):
    assert _wanted(prompt) == wanted


@pytest.mark.parametrize("prompt", ["boom bap, no hats", "no hats please", "techno without hats"])
def test_a_refusal_needs_no_list(prompt):
    assert [wish.id for wish in understand(prompt).without] == ["hi_hat"]


@pytest.mark.parametrize("word", ["hate", "hates", "batteries", "heartbeats", "corn", "bosses"])
def test_ordinary_words_do_not_become_instruments(word):
    wishes = understand(f"a song, {word}")
    assert wishes.instruments == ()


def test_what_is_hated_is_refused():
    assert [wish.id for wish in understand("I hate drums").without] == ["drums"]


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        ("12 bar blues with harp", "harmonica"),
        ("slow bluesy tune, harp and guitar", "harmonica"),
        ("harp in a celtic song", "harp"),
        ("blues with a celtic harp", "harp"),
        ("no blues, just a harp", "harp"),
    ],
)
def test_the_harp_of_a_blues_is_a_harmonica(prompt, wanted):
    assert wanted in _wanted(prompt)


def test_a_musette_is_a_waltz_with_an_accordion():
    wishes = understand("a musette, slow")
    assert wishes.genre == "waltz"
    assert [wish.id for wish in wishes.instruments] == ["accordion"]


def test_bass_and_drums_need_no_comma():
    assert _wanted("two guitars bass drums, fast") == {"guitar", "bass", "drums"}
    assert _wanted("a bass drum") == {"drums"}


@pytest.mark.parametrize(
    ("prompt", "bpm"),
    [
        ("phonk drift 150 cowbells evil choir", 150),
        ("house, at around 92ish no wait 122, add some sax", 122),
        ("drum n bass at 174 but the drums come later", 174),
        ("psytrance 145 F#m acid line", 145),
        ("techno 130 dark", 130),
        ("one piano, 70ish", 70),
        ("metal, 200+ bpm", 200),
        ("tempo's 120", 120),
        ("ska, 160 beats a minute", 160),
        ("76 trombones", None),
        ("an orchestra of 100 strings", None),
        ("pop song with 80 violins", None),
        ("jazz for 120 people", None),
        ("rock from 50 years ago", None),
        ("house number 42 is on fire", None),
        ("I drove at 100 with no lights", None),
        ("grandma turned 92, but she still dances", None),
    ],
)
def test_a_bare_number_is_a_tempo_where_it_counts_nothing_else(prompt, bpm):
    wishes = understand(prompt)
    assert wishes.tempo_bpm == bpm
    assert wishes.duration_seconds is None


@pytest.mark.parametrize("prompt", ["half as fast as usual, trap", "trap, half as quick"])
def test_half_as_fast_is_slow(prompt):
    assert understand(prompt).tempo_feel == "slow"
