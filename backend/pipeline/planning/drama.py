"""The energy of the sections and how each leads into the next."""

from backend.pipeline.planning.brief import Brief
from backend.pipeline.styles.kinds import ELECTRONIC, ENERGY, family, label
from backend.pipeline.styles.patterns import FormStep

Form = tuple[FormStep, ...]


def energies(brief: Brief, form: Form) -> tuple[float, ...]:
    """Return the energy of each section, 0 to 1.

    Later returns of a kind carry a little more; the last peak carries the most. A wish to build
    tilts the whole song.
    """
    values = []
    for index, step in enumerate(form):
        earlier = sum(other.name == step.name for other in form[:index])
        value = ENERGY.get(step.name, 0.5) + 0.05 * min(earlier, 2)
        if brief.form.builds and family(step.name) != "frame":
            value *= 0.6 + 0.5 * index / max(1, len(form) - 1)
        values.append(value)
    peaks = [index for index, step in enumerate(form) if family(step.name) == "peak"]
    if peaks:
        values[peaks[-1]] += 0.15 if brief.form.big_finish or brief.form.builds else 0.08
    scale = 0.72 + 0.56 * brief.energy
    return tuple(round(min(1.0, max(0.1, value * scale)), 3) for value in values)


def labels(form: Form) -> tuple[str, ...]:
    """Return each section's name as shown, numbered where a kind comes more than once."""
    shown = []
    for index, step in enumerate(form):
        count = sum(other.name == step.name for other in form)
        number = 1 + sum(other.name == step.name for other in form[:index])
        shown.append(f"{label(step.name)} {number}" if count > 1 else label(step.name))
    return tuple(shown)


def repeats(form: Form) -> tuple[int | None, ...]:
    """Return for each section the first one whose material it brings back."""
    return tuple(
        next((p for p, other in enumerate(form[:index]) if other.name == step.name), None)
        for index, step in enumerate(form)
    )


def transition(brief: Brief, form: Form, energy: tuple[float, ...], index: int) -> str | None:
    """Return how a section leads into the next one, or how the song ends."""
    if index == len(form) - 1:
        return None
    rise = energy[index + 1] - energy[index]
    electronic = any(part in ELECTRONIC for part in brief.style.id.split("+"))
    following = family(form[index + 1].name)
    if not brief.style.drums or brief.style.kit is None:
        return "pickup" if following in {"peak", "body", "contrast"} else None
    if family(form[index].name) == "lift" and following == "peak" and electronic:
        return "drop"
    if electronic and rise > 0.2:
        return "riser"
    if following == "rest" and rise < -0.2:
        return "break"
    if family(form[index].name) == "frame" and following == "body" and rise < 0.25:
        return "pickup"
    return "fill"


def ending(brief: Brief) -> str:
    """Return how the song ends: as asked, else by the habit of the style."""
    if brief.form.is_loop:
        return "cold"
    if brief.form.ending is not None:
        return brief.form.ending.value
    if brief.style.id in {"classical", "waltz", "ballad", "folk", "cinematic", "gospel",
                          "jazz_swing", "blues", "bossa_nova", "rnb_soul"}:  # fmt: skip
        return "ritardando"
    if brief.style.id in {"ambient", "lofi_hip_hop", "reggae", "hip_hop", "afrobeat"}:
        return "fade"
    return "cold"
