"""Prompt → wishes: what a sentence asks for, in musical terms."""

from backend.pipeline.planning.understanding.understanding import understand

__all__ = ["understand"]
