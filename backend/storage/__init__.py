"""The files of songs: content-addressed, on a disk or in an object store."""

from backend.storage.keys import content_key, is_key, sha256_of
from backend.storage.storage import Storage, open_storage

__all__ = ["Storage", "content_key", "is_key", "open_storage", "sha256_of"]
