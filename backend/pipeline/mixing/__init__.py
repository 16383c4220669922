"""Stems become a song: strips, effects, balance, master, and what was measured on it."""

from backend.pipeline.mixing.mixer import mix

__all__ = ["mix"]
