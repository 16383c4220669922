"""The event words that clients of the earlier platform know."""

from backend.models import EventType

SPOKEN = frozenset(EventType) - {EventType.PREVIEW_READY}
"""The list is closed: some clients treat an unknown word as an error."""
