"""A project event as bytes and back."""

from datetime import datetime

import orjson

from backend.models import EventType, ProjectEvent


def encode(event: ProjectEvent) -> bytes:
    """Return the event as compact JSON."""
    return orjson.dumps(
        {
            "project_id": event.project_id,
            "seq": event.seq,
            "take_id": event.take_id,
            "type": event.type.value,
            "stage": event.stage,
            "progress": event.progress,
            "message": event.message,
            "error": event.error,
            "at": event.at,
        }
    )


def decode(data: bytes) -> ProjectEvent:
    """Return the event that ``encode`` was given; it belongs to no database session.

    Nothing is checked again: every API process does this for every event.
    """
    fields = orjson.loads(data)
    fields["type"] = EventType(fields["type"])
    fields["at"] = datetime.fromisoformat(fields["at"])
    return ProjectEvent.model_construct(**fields)
