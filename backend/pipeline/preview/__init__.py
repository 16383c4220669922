"""The hook of a song, played and mastered while the rest is still to be rendered."""

from backend.pipeline.preview.preview import preview

__all__ = ["preview"]
