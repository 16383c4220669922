from backend.pipeline.generation.neural.events import Event
from backend.pipeline.generation.neural.vocabulary import REST
from training.harmonise import harmonise


def quarters(*pitches: int) -> list[Event]:
    return [Event(12 * index, 12, pitch) for index, pitch in enumerate(pitches)]


def test_arpeggios_get_their_own_chords() -> None:
    tonic, dominant, subdominant = (12, 16, 19, 12), (19, 14, 23, 19), (17, 21, 12, 17)
    tune = quarters(*tonic, *subdominant, *dominant, *tonic)
    roots = [chord.root for chord in harmonise(tune, "4/4", "major")]
    assert roots == [0, 0, 5, 5, 7, 7, 0, 0]


def test_minor_tunes_end_on_the_minor_tonic() -> None:
    tune = quarters(12, 15, 19, 15, 14, 11, 19, 14, 12, 15, 12, 12)
    last = harmonise(tune, "4/4", "minor")[-1]
    assert (last.root, last.tones) == (0, (0, 3, 7))


def test_each_window_has_one_chord_inside_the_tune() -> None:
    waltz = [Event(12 * i, 12, 12 + i % 3 * 4 if i % 4 else REST) for i in range(12)]
    assert [chord.start for chord in harmonise(waltz, "3/4", "major")] == [0, 36, 72, 108]
