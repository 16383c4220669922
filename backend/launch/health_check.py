"""Whether the web server on this machine answers; the container's health check.

``python -m backend.launch.health_check`` exits 0 when it does and 1 when it does not.
"""

import http.client
import sys

from backend.settings import load_settings

PATIENCE_SECONDS = 4.0


def is_healthy(port: int) -> bool:
    """Return whether ``/health`` answers 200 on this machine."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if is_healthy(load_settings().port) else 1)
