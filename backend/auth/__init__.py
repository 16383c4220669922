"""Who is asking: tokens in, a viewer out."""

from backend.auth.viewer import Viewer

__all__ = ["Viewer"]
