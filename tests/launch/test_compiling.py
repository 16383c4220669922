import importlib
import pkgutil

from numba.core.registry import CPUDispatcher

from backend.launch.compiling import compile_sound
from backend.pipeline import formats, mixing, rendering
from backend.pipeline.artifacts import MixSettings
from backend.pipeline.preview import preview
from tests.pipeline.builders import arrangement, small_bank, song_plan

ELECTRONIC = {"drums": "kit_909", "bass": "bass_808", "pad": "pad", "lead": "supersaw"}


def compiled_forms() -> dict[str, list[str]]:
    """Return for which types each loop is compiled in this process."""
    found = {}
    for package in (rendering, mixing, formats):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, CPUDispatcher):
                    found[f"{module.name}.{name}"] = [str(form) for form in value.signatures]
    return found


def test_nothing_is_left_to_compile_for_the_first_song() -> None:
    compile_sound(small_bank())
    ready = compiled_forms()
    assert ready["backend.pipeline.mixing.blend.sweep_low_pass"]
    assert ready["backend.pipeline.mixing.clipper._shave"]
    assert ready["backend.pipeline.formats.audio._pack24"]
    for genre in ("house", "folk"):
        plan = song_plan(bars=2, genre=genre, voices=ELECTRONIC)
        preview(plan, arrangement(plan), small_bank(), MixSettings())
    assert compiled_forms() == ready
