"""Keys that say what a file holds: equal bytes, equal key."""

import re
from pathlib import PurePosixPath

KEY = re.compile(r"[0-9a-f]{2}/[0-9a-f]{64}(\.[a-z0-9]{1,12})?")


def content_key(sha256: str, name: str) -> str:
    """Return the key of a file.

    Parameters
    ----------
    sha256 : str
        Hash of the content, 64 hexadecimal digits.
    name : str
        The file's name; its suffix is kept, so that the store shows what lies in it.
    """
    return f"{sha256[:2]}/{sha256}{PurePosixPath(name).suffix.lower()}"


def is_key(text: str) -> bool:
    """Return whether this could be a key of ours; nothing else may reach the store."""
    return KEY.fullmatch(text) is not None


def sha256_of(key: str) -> str:
    """Return the hash of the content, good as an ETag."""
    return key[3:67]
