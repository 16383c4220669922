"""Failures of the set-up, told in one line."""

import re


class SetupError(Exception):
    """A step cannot be done; the message is one line that says what to do."""


NETWORK_WORDS = (
    "name resolution|Name or service not known|ENOTFOUND|EAI_AGAIN|Network is unreachable"
    "|ENETUNREACH|ECONNREFUSED|Connection refused|ECONNRESET|ETIMEDOUT|timed out"
    "|Max retries exceeded|Failed to establish a new connection"
)
KNOWN_CAUSES = (
    (
        r"libatomic\.so",
        "the system lacks libatomic; on Debian and Ubuntu: sudo apt install libatomic1",
    ),
    (
        r"No space left on device|ENOSPC|Disk quota exceeded|EDQUOT",
        "the disk is full; free about 2 GB and run it again",
    ),
    (
        r"do not match the hashes|EINTEGRITY",
        "a downloaded package is not the one that was locked; do not use it, try again later",
    ),
    (
        NETWORK_WORDS,
        "packages could not be downloaded; check the network and the proxy and run it again",
    ),
    (
        r"Permission denied|EACCES|Read-only file system|EROFS",
        "this folder cannot be written to; clone into one that is yours",
    ),
    (
        r"No matching distribution found|Could not find a version",
        "a package has no build for this machine; use Python 3.11 to 3.13 on Linux or macOS",
    ),
)


def cause_of(output: str) -> str | None:
    """Return what to do about a tool's complaint, or None when it is not a known one."""
    for pattern, advice in KNOWN_CAUSES:
        if re.search(pattern, output, re.IGNORECASE):
            return advice
    return None
