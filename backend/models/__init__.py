"""The tables, one per file; no queries. Importing this package registers all of them."""

from backend.models.api_key import ApiKey, ApiKeyScope
from backend.models.artifact import Artifact
from backend.models.base import StageStatus, Status, metadata
from backend.models.outbox import Outbox
from backend.models.project import Project
from backend.models.project_event import EventType, ProjectEvent
from backend.models.share_link import ShareLink
from backend.models.sign_in import SignIn
from backend.models.stage import Stage
from backend.models.take import Take
from backend.models.track_progress import TrackProgress, Tracks
from backend.models.user import User

__all__ = [
    "ApiKey",
    "ApiKeyScope",
    "Artifact",
    "EventType",
    "Outbox",
    "Project",
    "ProjectEvent",
    "ShareLink",
    "SignIn",
    "Stage",
    "StageStatus",
    "Status",
    "Take",
    "TrackProgress",
    "Tracks",
    "User",
    "metadata",
]
