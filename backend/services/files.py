"""Signed, expiring addresses of files, and the peaks for drawing them."""

import hashlib
import hmac
import time
from typing import Literal
from urllib.parse import quote, urlencode

import numpy as np

from backend.errors import InvalidInput, NotAuthenticated, NotFound
from backend.services.platform import Platform
from backend.services.song_summary import FileRef

GOOD_FOR_SECONDS = 24 * 3600
STEP_SECONDS = 3600
"""Addresses change once an hour, not with every query, so that browsers keep what they have."""
MOST_PEAKS = 2000

Disposition = Literal["inline", "attachment"]


def sign(
    platform: Platform,
    key: str,
    filename: str,
    *,
    disposition: Disposition = "inline",
) -> str:
    """Return an address of the file that anybody may read for the next 24 hours.

    Those of takes and of shared songs come from ``services.addresses``.

    Returns
    -------
    str
        ``/files/{key}?name=…&disposition=…&expires=…&signature=…``.
    """
    expires = (int(time.time()) // STEP_SECONDS + 1) * STEP_SECONDS + GOOD_FOR_SECONDS
    query = {
        "name": filename,
        "disposition": disposition,
        "expires": str(expires),
        "signature": _signature(
            platform.settings.secret_key, key, filename, disposition, str(expires)
        ),
    }
    return f"/files/{key}?{urlencode(query, quote_via=quote)}"


def check(
    platform: Platform, path: str, name: str, disposition: str, expires: str, signature: str
) -> None:
    """Accept only an address that ``sign`` made and that is still good.

    Those that were signed with a previous key are good, too.

    Raises
    ------
    NotFound
        If it was not made by ``sign``.
    NotAuthenticated
        If it has expired.
    """
    settings, given = platform.settings, signature.encode(errors="replace")
    expected = (
        _signature(secret, path, name, disposition, expires).encode()
        for secret in (settings.secret_key, *settings.previous_secret_keys)
    )
    if not any(hmac.compare_digest(one, given) for one in expected):
        raise NotFound("There is no such file.")
    if int(expires) < time.time():
        raise NotAuthenticated("This address has expired; reload the page for a new one.")


async def peaks(platform: Platform, file: FileRef, points: int = 800) -> list[float]:
    """Return the waveform for drawing.

    Parameters
    ----------
    points : int
        How many columns, 1 to 2000.

    Returns
    -------
    list of float
        min, max, min, max …, −1 to 1, two per column; empty when the file has no waveform.

    Raises
    ------
    InvalidInput
        If ``points`` is out of range.
    """
    if not 1 <= points <= MOST_PEAKS:
        raise InvalidInput(f"Ask for 1 to {MOST_PEAKS} points.", field="points")
    if file.peaks is None:
        return []
    stored = np.frombuffer(await platform.storage.read(file.peaks), dtype="<f4").reshape(-1, 2)
    starts = np.arange(points) * len(stored) // points
    columns = np.empty((points, 2), dtype=np.float32)
    columns[:, 0] = np.minimum.reduceat(stored[:, 0], starts)
    columns[:, 1] = np.maximum.reduceat(stored[:, 1], starts)
    return [float(value) for value in columns.reshape(-1)]


def _signature(secret: str, key: str, filename: str, disposition: str, expires: str) -> str:
    """HMAC-SHA256 (RFC 2104) over everything that the address promises."""
    promise = f"files\n{key}\n{filename}\n{disposition}\n{expires}".encode()
    return hmac.new(secret.encode(), promise, hashlib.sha256).hexdigest()
