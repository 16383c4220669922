"""A short excerpt that can be heard long before the song is finished."""

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import Arrangement, MixSettings, SongPlan, SoundBank, StageName
from backend.pipeline.mixing import mix
from backend.pipeline.preview.excerpt import cut
from backend.pipeline.preview.hook import hook_bars
from backend.pipeline.progress import StageContext
from backend.pipeline.rendering import render


def preview(
    plan: SongPlan, arrangement: Arrangement, bank: SoundBank, settings: MixSettings
) -> NDArray[np.float32] | None:
    """Render and master the song's hook, about 20 s.

    The hook is cut out of the score and made like a song of its own, so that it costs no more than
    its share of the whole. Its balance is close to the song's, not equal: levels are measured on
    what is played here.

    Parameters
    ----------
    plan, arrangement : SongPlan, Arrangement
        The whole song.
    bank : SoundBank
        What to play with.
    settings : MixSettings
        Loudness, ceiling and the user's changes.

    Returns
    -------
    ndarray or None
        The master of the excerpt, shape (2, frames); None if nobody plays in it.

    Raises
    ------
    StageFailed
        If the sound bank cannot be read.
    """
    part, played = cut(plan, arrangement, hook_bars(plan))
    if not played.tracks:
        return None
    stems = render(part, played, bank, StageContext(plan.seed, StageName.RENDERING))
    return mix(part, played, stems, settings, StageContext(plan.seed, StageName.MIXING)).audio
