"""From the plan to the lead sheet: melody, counter-line and lyrics."""

from backend.pipeline.generation.composer import generate

__all__ = ["generate"]
