"""The genre that fits a prompt which names none.

Two voices are added: scenes of the lexicon ("warehouse", "saddle", a soloist's home) and, when the
embedding model is installed, the nearness of the prompt to descriptions of every genre. The weights
were set on the development prompts only.
"""

import re
from collections import Counter
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.planning.understanding.genre_names import without_idioms
from backend.pipeline.planning.understanding.lexicon import lexicon
from backend.pipeline.planning.understanding.phrases import PhraseBook
from backend.pipeline.planning.understanding.reading import Reading
from backend.pipeline.planning.understanding.sentence_embedding import sentence_embedding

_SCENE_WEIGHT = 0.15
_MOST_SCENES = 3.0
_SCENE_KINDS = ("scene", "artists", "ambiguous", "names")
"""A name counts as a scene where it names no genre: "flamenco guitar"."""
_NEAREST, _AVERAGE = 0.6, 0.4
_LEAST_NEARNESS = 0.16
"""Below this a prompt is near to nothing that can be played ("asdf qwer")."""


_OF_ERA = {
    "1910s": ("jazz_swing",), "1920s": ("jazz_swing",), "1930s": ("jazz_swing",),
    "1940s": ("jazz_swing",), "1950s": ("rock", "ballad"), "1960s": ("rock", "pop"),
    "1970s": ("disco", "funk", "rock"), "1980s": ("synthwave", "pop"), "1990s": ("pop", "hip_hop"),
    "medieval": ("folk",), "renaissance": ("folk", "classical"), "baroque": ("classical",),
    "victorian": ("classical", "waltz"),
}  # fmt: skip
"""What an era speaks for when no genre is named."""

_ALONE = ("solo", "unaccompanied")
_SOLOIST_SCENES = 2
"""A bare instrument has no wording that could be near to anything; only its home speaks."""


def inferred_genre(
    reading: Reading, refused: set[str], era: str | None = None
) -> tuple[str, float, str] | None:
    """Style, confidence 0 to 1 and the reason; None when nothing speaks for any style."""
    scenes = _scene_scores(reading)
    for style in _OF_ERA.get(era or "", ()):
        scenes[style] += 1
    for hit in _soloists().find(reading.whole):
        scenes[hit.value] += 0 if reading.negates(hit.start) else _SOLOIST_SCENES
    nearness = _nearness(reading)
    scores = {
        style: nearness.get(style, 0.0) + _SCENE_WEIGHT * min(scenes[style], _MOST_SCENES)
        for style in lexicon("genres")
        if style not in refused
    }
    ranked = sorted(scores, key=lambda style: (-scores[style], style))
    best, second = ranked[0], ranked[1]
    if scenes[best] == 0 and scores[best] < _LEAST_NEARNESS:
        return None
    confidence = min(0.9, 0.3 + 3 * (scores[best] - scores[second]))
    return best, round(confidence, 2), "the scene" if scenes[best] else "the wording"


@cache
def scenes() -> PhraseBook[tuple[str, ...]]:
    """Words that speak for styles without naming them, each with its styles."""
    meanings: dict[str, tuple[str, ...]] = {}
    for style, genre in lexicon("genres").items():
        for phrase in (p for kind in _SCENE_KINDS for p in genre[kind]):
            meanings[phrase] = (*meanings.get(phrase, ()), style)
    return PhraseBook(meanings)


@cache
def _soloists() -> PhraseBook[str]:
    """Instruments that are said to play alone, each with the style in which it mostly does."""
    return PhraseBook(
        {
            f"{alone} {instrument}": style
            for style, genre in lexicon("genres").items()
            for instrument in genre.get("soloists", ())
            for alone in _ALONE
        }
    )


def _scene_scores(reading: Reading) -> Counter[str]:
    """How many scenes of each style are mentioned; one that many styles share counts less."""
    scores: Counter[str] = Counter()
    for hit in scenes().find(without_idioms(reading.whole)):
        if not reading.negates(hit.start):
            for style in hit.value:
                scores[style] += 1 / len(hit.value)  # type: ignore[assignment]
    return scores


@cache
def _descriptions() -> tuple[tuple[str, ...], NDArray[np.float32]]:
    """Style and unit vector of every genre description, by ``training/genre_embeddings.py``."""
    with as_file(files(__package__).joinpath("lexicon", "genre_embeddings.npz")) as path:
        data = np.load(path)
        return tuple(data["styles"].tolist()), data["vectors"].astype(np.float32)


def _nearness(reading: Reading) -> dict[str, float]:
    model = sentence_embedding()
    wanted = "".join(c for place, c in enumerate(reading.text) if not reading.negates(place))
    text = re.sub(r"[\s\x00]+", " ", wanted).strip()
    if model is None or not re.search(r"[a-z]{2}", text):
        return {}
    styles, vectors = _descriptions()
    similarity = vectors @ model.embed(text)
    by_style: dict[str, list[float]] = {}
    for style, value in zip(styles, similarity.tolist(), strict=True):
        by_style.setdefault(style, []).append(value)
    return {
        style: _NEAREST * max(values) + _AVERAGE * sum(values) / len(values)
        for style, values in by_style.items()
    }
