"""Words on the melody: a given text, word for word, or lines written by rules on a theme."""

from backend.pipeline.generation.lyrics.again import sung_again
from backend.pipeline.generation.lyrics.singing import sung

__all__ = ["sung", "sung_again"]
