"""From a request to a plan a musician could read."""

from backend.pipeline.planning.planner import plan

__all__ = ["plan"]
