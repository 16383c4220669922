"""Kinds of section: how much energy they carry, and which may stand in for which."""

from collections.abc import Iterable

ENERGY = {
    "intro": 0.3, "verse": 0.45, "loopA": 0.45, "A": 0.45, "partA": 0.35, "theme": 0.55,
    "groove": 0.55, "head": 0.5, "pre": 0.6, "build": 0.65, "chorus": 0.85, "hook": 0.8,
    "drop": 1.0, "loopB": 0.6, "B": 0.6, "partB": 0.5, "C": 0.65, "D": 0.7, "solo": 0.75,
    "montuno": 0.8, "mambo": 0.95, "climax": 1.0, "bridge": 0.5, "break": 0.3, "breakdown": 0.35,
    "dub": 0.4, "trades": 0.7, "var": 0.6, "vamp": 0.9, "coda": 0.4, "outro": 0.3,
    "interlude": 0.4, "instrumental": 0.6, "turnaround": 0.5, "tag": 0.6,
}  # fmt: skip
"""Usual energy of a kind, 0 to 1."""

FAMILIES = {
    "peak": ("chorus", "hook", "drop", "climax", "mambo", "vamp", "tag"),
    "body": ("verse", "groove", "theme", "head", "A", "loopA", "partA", "montuno"),
    "contrast": (
        "bridge", "B", "loopB", "partB", "C", "D", "solo", "trades", "var", "instrumental",
        "interlude", "turnaround",
    ),
    "lift": ("pre", "build"),
    "rest": ("break", "breakdown", "dub"),
    "frame": ("intro", "outro", "coda"),
}  # fmt: skip

_NEXT_BEST = {
    "peak": ("peak", "body", "contrast"),
    "body": ("body", "peak", "contrast"),
    "contrast": ("contrast", "peak", "body"),
    "lift": ("lift", "body", "peak"),
    "rest": ("rest", "body", "contrast"),
    "frame": ("body", "peak", "contrast"),
}

ELECTRONIC = frozenset({
    "house", "techno", "trance", "drum_and_bass", "dubstep", "synthwave", "trap", "reggaeton",
})  # fmt: skip
"""Styles made with machines: risers and drops lead from section to section."""

LABELS = {
    "pre": "Pre-Chorus", "loopA": "Loop A", "loopB": "Loop B", "partA": "Part A",
    "partB": "Part B", "A": "Part A", "B": "Part B", "C": "Part C", "D": "Part D",
    "var": "Variation",
}  # fmt: skip


def family(kind: str) -> str:
    """Return the family of a kind: peak, body, contrast, lift, rest or frame."""
    return next((name for name, kinds in FAMILIES.items() if kind in kinds), "body")


def matching(kind: str, available: Iterable[str]) -> str | None:
    """Return which of the available kinds serves best for ``kind``; None when there are none."""
    kinds = list(available)
    if kind in kinds:
        return kind
    for name in _NEXT_BEST[family(kind)]:
        fitting = [known for known in kinds if family(known) == name]
        if fitting:
            energy = ENERGY.get(kind, 0.5)
            return min(fitting, key=lambda known: abs(ENERGY.get(known, 0.5) - energy))
    return kinds[0] if kinds else None


def label(kind: str) -> str:
    """Return the kind as shown to the user."""
    return LABELS.get(kind, kind.capitalize())
