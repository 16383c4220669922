"""What the model writes, judged as music; figures are those of held-out pop within wide margins."""

from dataclasses import fields, replace
from itertools import pairwise

import numpy as np
import pytest

from backend.pipeline.artifacts import Key, Metre, Note
from backend.pipeline.generation.neural import MelodyModel, MelodyStyle, longest_copied_run
from tests.pipeline.generation.neural.tunes import chord, held_out, pop_phrase

MODEL = MelodyModel.load()
CONTEXT = pop_phrase(density=(6,) * 8, breath_bars=(1, 3, 5, 7))
PHRASES = MODEL.sample(CONTEXT, np.random.default_rng(1), candidates=24)
NOTES = [note for phrase in PHRASES for note in phrase]


def test_the_same_generator_state_gives_the_same_phrases() -> None:
    again = MODEL.sample(CONTEXT, np.random.default_rng(1), candidates=24)
    other = MODEL.sample(CONTEXT, np.random.default_rng(2), candidates=24)
    assert again == PHRASES
    assert not set(other) & set(PHRASES)


def test_sums_that_differ_in_the_last_bits_give_the_same_phrases() -> None:
    """As on another processor: every bias is moved by one unit in the last place."""
    network = MODEL.network
    moved = {
        field.name: np.nextafter(getattr(network, field.name), np.float32(9))
        for field in fields(network)
        if field.name.endswith("bias")
    }
    elsewhere = MelodyModel(replace(network, **moved))
    assert elsewhere.sample(CONTEXT, np.random.default_rng(1), candidates=24) == PHRASES


def test_every_candidate_is_another_phrase() -> None:
    assert len(PHRASES) == len(set(PHRASES)) == 24


def test_notes_lie_on_sixteenths_inside_the_phrase_one_at_a_time() -> None:
    for phrase in PHRASES:
        assert all((4 * note.start_beat).is_integer() for note in phrase)
        assert all((4 * note.duration_beats).is_integer() for note in phrase)
        assert all(a.end_beat <= b.start_beat for a, b in pairwise(phrase))
        assert phrase[0].start_beat >= 0
        assert phrase[-1].end_beat <= 32


@pytest.mark.parametrize(("lowest", "highest"), [(40, 52), (60, 72), (67, 91)])
def test_the_range_is_kept(lowest: int, highest: int) -> None:
    phrases = MODEL.sample(
        replace(CONTEXT, lowest=lowest, highest=highest), np.random.default_rng(3)
    )
    assert all(lowest <= note.pitch <= highest for phrase in phrases for note in phrase)


def test_another_key_is_the_same_music_transposed() -> None:
    chords = tuple(
        replace(c, root=(c.root + 2) % 12, tones=tuple((t + 2) % 12 for t in c.tones))
        for c in CONTEXT.chords
    )
    in_d = replace(
        CONTEXT, key=Key(2, "major", "D"), chords=chords, lowest=59, highest=78, start_beat=0.0
    )
    phrases = MODEL.sample(in_d, np.random.default_rng(1), candidates=24)
    assert [tuple(replace(n, pitch=n.pitch - 2) for n in phrase) for phrase in phrases] == PHRASES


def test_another_place_in_the_song_is_the_same_music_moved() -> None:
    chords = tuple(replace(c, start_beat=c.start_beat + 64) for c in CONTEXT.chords)
    later = replace(CONTEXT, chords=chords, start_beat=64.0)
    phrases = MODEL.sample(later, np.random.default_rng(1), candidates=24)
    back = [tuple(replace(n, start_beat=n.start_beat - 64) for n in phrase) for phrase in phrases]
    assert back == PHRASES


def test_nothing_is_copied_from_the_training_data() -> None:
    assert [longest_copied_run(phrase) for phrase in PHRASES] == [0] * 24


def test_nothing_is_copied_across_the_seam_of_two_phrases() -> None:
    for tune in held_out()[:4]:
        half = tune.context.bars // 2
        seam = half * tune.context.metre.bar_beats
        before = tuple(note for note in tune.notes if note.start_beat < seam)[-9:]
        rest = replace(
            tune.context, start_beat=seam, bars=1, density=(), previous=before, bars_after=half - 1
        )
        for phrase in MODEL.sample(rest, np.random.default_rng(4), candidates=12, temperature=0.6):
            joined = [note for note in before if note.end_beat <= seam] + list(phrase)
            assert longest_copied_run(joined) == 0


def test_strong_beats_prefer_chord_tones_and_all_notes_the_scale() -> None:
    strong = [note for note in NOTES if note.start_beat % 2 == 0]
    tones = [CONTEXT.chords[int(note.start_beat // 4)].tones for note in strong]
    fitting = [note.pitch % 12 in chord for note, chord in zip(strong, tones, strict=True)]
    scale = [note.pitch % 12 in {0, 2, 4, 5, 7, 9, 11} for note in NOTES]
    assert np.mean(fitting) > 0.65
    assert np.mean(scale) > 0.97


def test_most_intervals_are_small_and_leaps_are_rare() -> None:
    steps = [abs(b.pitch - a.pitch) for phrase in PHRASES for a, b in pairwise(phrase)]
    assert np.mean([step <= 2 for step in steps]) > 0.5
    assert np.mean([step > 7 for step in steps]) < 0.12


def notes_per_bar(density: int) -> float:
    context = pop_phrase(density=(density,) * 8)
    phrases = MODEL.sample(context, np.random.default_rng(7), candidates=12)
    return float(np.mean([len(phrase) / 8 for phrase in phrases]))


def test_density_is_followed() -> None:
    assert notes_per_bar(2) < notes_per_bar(6) < notes_per_bar(10)
    assert notes_per_bar(6) == pytest.approx(6.5, abs=1.5)


def longest_silence(phrase: tuple[Note, ...], bar: int) -> float:
    """Return the longest rest that starts in a bar, in beats."""
    ends = [0.0, *(note.end_beat for note in phrase)]
    starts = [*(note.start_beat for note in phrase), 32.0]
    gaps = [(end, start - end) for end, start in zip(ends, starts, strict=True)]
    return max((gap for end, gap in gaps if 4 * bar <= end < 4 * bar + 4), default=0.0)


def test_breaths_are_taken_where_they_are_wanted() -> None:
    assert all(longest_silence(phrase, bar) >= 1 for phrase in PHRASES for bar in (1, 3, 5, 7))
    elsewhere = [longest_silence(phrase, bar) >= 1 for phrase in PHRASES for bar in (0, 2, 4)]
    assert np.mean(elsewhere) < 0.2


def endings_at_home(last_density: int | None, bars_after: int) -> float:
    tonic = chord(0, [0, 4, 7], 28.0)
    context = pop_phrase(
        chords=(*CONTEXT.chords[:7], tonic),
        density=(*[None] * 7, last_density),
        bars_after=bars_after,
    )
    phrases = MODEL.sample(context, np.random.default_rng(8), candidates=64)
    return float(np.mean([phrase[-1].pitch % 12 == 0 for phrase in phrases]))


def test_a_closing_phrase_ends_at_home_more_often_than_an_open_one() -> None:
    assert endings_at_home(None, bars_after=0) > endings_at_home(None, bars_after=8) + 0.1
    assert endings_at_home(1, bars_after=0) > 0.55


def test_a_continued_melody_alludes_to_what_came_before() -> None:
    """Four bars after the same four bars: more of its bars are known than without memory."""
    first = MODEL.sample(pop_phrase(bars=4), np.random.default_rng(9), candidates=1)[0]
    following = pop_phrase(bars=4, start_beat=16.0)
    heard = MODEL.sample(
        replace(following, previous=first), np.random.default_rng(9), candidates=24
    )
    alone = MODEL.sample(following, np.random.default_rng(9), candidates=24)
    motifs = {(b.pitch - a.pitch, b.start_beat - a.start_beat) for a, b in pairwise(first)}

    def allusion(phrases: list[tuple[Note, ...]]) -> float:
        moves = [
            (b.pitch - a.pitch, b.start_beat - a.start_beat)
            for p in phrases
            for a, b in pairwise(p)
        ]
        return float(np.mean([move in motifs for move in moves]))

    assert allusion(heard) > allusion(alone)


@pytest.mark.parametrize(("metre", "beats"), [(Metre(3, 4), 3.0), (Metre(6, 8), 3.0)])
def test_metres_of_three_quarters_have_their_bars(metre: Metre, beats: float) -> None:
    chords = tuple(chord(0, [0, 4, 7], beats * bar, beats) for bar in range(8))
    context = pop_phrase(metre=metre, chords=chords, style=MelodyStyle.FOLK)
    phrases = MODEL.sample(context, np.random.default_rng(10))
    on_bar_lines = [
        any(n.start_beat == beats * bar for n in p) for p in phrases for bar in range(8)
    ]
    assert all(phrase[-1].end_beat <= 8 * beats for phrase in phrases)
    assert np.mean(on_bar_lines) > 0.7


def test_held_out_folk_tunes_surprise_the_model_little() -> None:
    surprises = [MODEL.score(tune.context, [tune.notes])[0] for tune in held_out()]
    assert np.mean([surprise.duration for surprise in surprises]) < 0.40
    assert np.mean([surprise.pitch for surprise in surprises]) < 1.10


def test_a_real_tune_surprises_less_than_its_notes_in_another_order() -> None:
    draw = np.random.default_rng(12)
    better = []
    for tune in held_out():
        pitches = draw.permutation([note.pitch for note in tune.notes])
        shuffled = [replace(n, pitch=int(p)) for n, p in zip(tune.notes, pitches, strict=True)]
        real, other = MODEL.score(tune.context, [tune.notes, shuffled])
        better.append(real.pitch < other.pitch)
    assert all(better)


def test_scores_do_not_depend_on_what_else_is_scored() -> None:
    together = MODEL.score(CONTEXT, PHRASES[:5])
    for phrase, surprise in zip(PHRASES[:5], together, strict=True):
        alone = MODEL.score(CONTEXT, [phrase])[0]
        assert alone.total == pytest.approx(surprise.total, abs=1e-4)


def test_nothing_to_score_is_no_score() -> None:
    assert MODEL.score(CONTEXT, []) == []


def test_metres_and_modes_without_training_are_for_rules() -> None:
    c_major = Key(0, "major", "C")
    assert MelodyModel.supports(Metre(6, 8), Key(9, "dorian", "A"))
    assert not MelodyModel.supports(Metre(7, 8), c_major)
    assert not MelodyModel.supports(Metre(4, 4), Key(0, "lydian", "C"))
