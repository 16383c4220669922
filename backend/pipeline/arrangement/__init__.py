"""From the lead sheet to what every player plays."""

from backend.pipeline.arrangement.arranger import arrange

__all__ = ["arrange"]
