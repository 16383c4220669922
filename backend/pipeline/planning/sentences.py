"""What was assumed, in sentences for the user."""

from backend.pipeline.artifacts import Key, Metre
from backend.pipeline.planning.brief import Brief
from backend.pipeline.planning.form import Form
from backend.pipeline.planning.seating import unmet
from backend.pipeline.planning.timing import Timing
from backend.pipeline.planning.words import too_long
from backend.pipeline.styles.kinds import label


def describe(brief: Brief, key: Key, metre: Metre, clock: Timing, form: Form) -> tuple[str, ...]:
    """Return notes about what the planner chose by itself."""
    notes = []
    open_choices = []
    if brief.tempo_bpm is None:
        open_choices.append(f"{clock.tempo_bpm:g} BPM")
    if brief.tonic is None or brief.mode is None:
        open_choices.append(str(key))
    if brief.metre is None and str(metre) != "4/4":
        open_choices.append(str(metre))
    if metre.grouping:
        notes.append(f"{metre} is counted {'+'.join(map(str, metre.grouping))}.")
    if open_choices:
        notes.append(f"Chosen for {brief.style.name}: {', '.join(open_choices)}.")
    notes.append("Form: " + ", ".join(f"{label(step.name)} ({step.bars})" for step in form) + ".")
    if brief.duration_seconds is not None and brief.tempo_bpm is not None:
        notes.append("Tempo and length were both given, so the number of bars was fitted to them.")
    if brief.form.bars is not None and brief.form.bars != clock.bars:
        notes.append(
            f"{brief.form.bars} bars were asked for; at this tempo and length it has {clock.bars}."
        )
    notes += unmet(brief.places, form)
    text = too_long(brief.lyrics, clock.duration_seconds)
    return (*notes, text) if text else tuple(notes)
