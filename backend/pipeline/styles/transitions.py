"""How often one chord follows another in popular and folk song.

Counted over the POP909 (MIT) and Nottingham collections; shares of the seven commonest followers.
"""

import json
from functools import cache
from importlib.resources import files

import numpy as np

from backend.pipeline.styles.patterns import progression_bars

_STARTS = {"major": ("I", "vi", "IV"), "minor": ("i", "bVI", "i")}
_CLOSES = {"major": ("V", "IV", "ii"), "minor": ("bVII", "v", "V", "iv")}


@cache
def _followers(table: str) -> dict[str, dict[str, float]]:
    text = (files("backend.pipeline.styles") / "chord_transitions.json").read_text("utf-8")
    tables: dict[str, dict[str, dict[str, dict[str, float]]]] = json.loads(text)
    return tables[table]["next"]


def walked_progression(*, minor: bool, bars: int, rng: np.random.Generator) -> str:
    """Walk a progression of ``bars`` bars through the statistics, ending where it can begin again.

    Returns
    -------
    str
        Roman numerals separated by |, one per bar.
    """
    mode = "minor" if minor else "major"
    followers = _followers("pop909_min" if minor else "pop909_maj")
    for _ in range(24):
        walk = [_STARTS[mode][int(rng.choice(3, p=(0.55, 0.3, 0.15)))]]
        while len(walk) < bars:
            options = {
                token: share
                for token, share in followers.get(walk[-1], {}).items()
                if token in followers and token not in walk[-2:] and "sus" not in token
            }
            if not options:
                break
            shares = np.array(list(options.values()))
            walk.append(list(options)[int(rng.choice(len(shares), p=shares / shares.sum()))])
        if len(walk) == bars and walk[-1] in _CLOSES[mode]:
            return "|".join(walk)
    fallback = "i|bVI|bIII|bVII" if minor else "I|V|vi|IV"
    return "|".join(bar[0] for bar in progression_bars(fallback)[:bars])
