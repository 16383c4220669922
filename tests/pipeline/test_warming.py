from backend.pipeline.formats import rendered
from backend.pipeline.mixing import blend, chain, limiter, loudness
from backend.pipeline.rendering.voices import subtractive
from backend.pipeline.warming import warm_up


def test_the_loops_of_the_mix_are_loaded_before_the_first_song():
    warm_up()
    for loop in (
        chain._run,
        blend._fade_and_send,
        loudness._fill_energies,
        limiter._fill_peaks,
        rendered._settle,
        subtractive._play,
    ):
        assert loop.signatures
