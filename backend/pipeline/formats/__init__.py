"""Artifacts as files: pure functions from an artifact to bytes."""
