"""Notes become sound: one stem of audio per track."""

from backend.pipeline.rendering.stems import render

__all__ = ["render"]
