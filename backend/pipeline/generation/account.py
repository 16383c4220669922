"""What the user is told about the melody: who composed it, and that it is nobody's."""

from collections.abc import Sequence

from backend.pipeline.artifacts import Note, SongPlan
from backend.pipeline.generation.neural import RUN_NOTES, longest_copied_run

PATHS = {
    "neural": "by the neural melody model",
    "phrase rules": "by phrase rules",
    "chord-scale rules": "by chord-scale rules",
}


def account(plan: SongPlan, melody: Sequence[Note], paths: Sequence[str]) -> tuple[str, ...]:
    """Return sentences on the paths that composed the sections and on the originality.

    Parameters
    ----------
    paths : sequence of str
        One for each section, empty where nobody sings.
    """
    if not melody:
        return ("The song has no melody.",)
    told = []
    for path in dict.fromkeys(filter(None, paths)):
        labels = [s.label for s, own in zip(plan.sections, paths, strict=True) if own == path]
        told.append(f"Melody composed {PATHS[path]}: {', '.join(labels)}.")
    longest = longest_copied_run(melody)
    found = (
        f"No {RUN_NOTES} notes in a row of the melody stand in the training data."
        if longest == 0
        else f"{longest} notes in a row of the melody stand in the training data as well."
    )
    return (*told, found)
