"""Synthesiser voices, for what a General MIDI bank cannot do.

``VOICES`` lists the names that ``TrackPlan.voice`` may hold besides "soundfont".
"""

from backend.pipeline.rendering.voices.drum_kits import KITS
from backend.pipeline.rendering.voices.frequency_modulation import FM_PATCHES
from backend.pipeline.rendering.voices.patches import PATCHES
from backend.pipeline.rendering.voices.synthesiser import TEXTURES, play

VOICES: tuple[str, ...] = (*PATCHES, *FM_PATCHES, *TEXTURES, *KITS)
"""supersaw, saw_lead, … pad, sub_bass, bass_808, fm_keys, chip, noise_fx, vinyl, kit_808 …"""

__all__ = ["VOICES", "play"]
