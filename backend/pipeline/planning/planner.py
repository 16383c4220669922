"""The first stage: everything that is decided before a note is written."""

from dataclasses import replace
from functools import lru_cache
from itertools import accumulate

from backend.errors import InvalidInput
from backend.pipeline.artifacts import (
    Key,
    Metre,
    SectionPlan,
    SectionSeed,
    SongPlan,
    SongRequest,
)
from backend.pipeline.planning import drama, harmony, timing, tonality
from backend.pipeline.planning.band import cast, hire
from backend.pipeline.planning.brief import Brief, make_brief
from backend.pipeline.planning.form import Form, fitted, total_bars, wished_form
from backend.pipeline.planning.sentences import describe
from backend.pipeline.planning.titles import Character, make_title
from backend.pipeline.planning.understanding import understand
from backend.pipeline.planning.understanding.wishes import Wishes
from backend.pipeline.progress import StageContext
from backend.pipeline.theory.metre import grouped, parse_metre

_understood = lru_cache(maxsize=64)(understand)
"""Takes of one project share their prompt."""


def plan(request: SongRequest, context: StageContext) -> SongPlan:
    """Sketch the song: style, key, tempo, form, harmony, band and energy.

    Parameters
    ----------
    request : SongRequest
        The prompt and the structured fields; fields win.
    context : StageContext
        Seed and progress.

    Returns
    -------
    SongPlan
        Everything explicit obeyed; what was assumed stands in its notes.

    Raises
    ------
    backend.errors.InvalidInput
        If a field asks for what cannot be played.
    """
    wishes = _understood(request.prompt)
    brief = make_brief(request, wishes)
    context.report(0.3, f"Understood: {brief.style.name}")
    metre = brief.metre or _usual_metre(brief, context)
    metre = grouped(metre, context.generator("grouping").random())
    key = tonality.choose_key(brief, context.generator("key"))
    end = drama.ending(brief)
    form, clock = _form_and_timing(brief, metre, end, context)
    context.report(0.6, "Form and tempo are set")
    chairs, playing = cast(hire(brief, context), form, drama.energies(brief, form), brief.places)
    sections = _seeded(_sections(brief, key, metre, form, playing, context), request.section_seeds)
    title = request.title or wishes.title or _title(request, wishes, brief, context)
    song = SongPlan(
        title=title.strip()[:200],
        seed=request.seed,
        genre=brief.style.id,
        mood=brief.mood,
        energy=round(brief.energy, 3),
        tempo_bpm=clock.tempo_bpm,
        key=key,
        metre=metre,
        duration_seconds=clock.duration_seconds,
        swing=_swing(brief, metre),
        sections=sections,
        tracks=tuple(chair.track for chair in chairs),
        tempo_points=clock.points,
        ending=end,
        asked=brief.asked,
        notes=(*brief.notes, *describe(brief, key, metre, clock, form)),
        pulse=brief.pulse,
        lyrics=brief.lyrics,
    )
    context.report(1.0, "The plan is ready")
    return song


def _title(request: SongRequest, wishes: Wishes, brief: Brief, context: StageContext) -> str:
    said = request.lyrics if request.lyrics and request.lyrics.theme else wishes.lyrics
    return make_title(
        request.prompt, said.theme if said else None, wishes.evidence,
        Character(brief.style.id, brief.valence, brief.energy), context.generator("title"),
    )  # fmt: skip


def _usual_metre(brief: Brief, context: StageContext) -> Metre:
    metres = brief.style.metres
    if brief.style.id == "blues" and brief.tempo_bpm is None:
        return parse_metre("4/4")
    rare = context.generator("metre").random() < 0.12
    return parse_metre(metres[1] if rare and len(metres) > 1 else metres[0])


def _form_and_timing(
    brief: Brief, metre: Metre, end: str, context: StageContext
) -> tuple[Form, timing.Timing]:
    natural = wished_form(brief, context.generator("form"))
    tempo = timing.usual_tempo(brief, context.generator("tempo"))
    clock = timing.settle(brief, metre, tempo, total_bars(natural), end)
    return fitted(natural, clock.bars, keep_order=bool(brief.form.sections)), clock


def _sections(
    brief: Brief, home: Key, metre: Metre, form: Form, tracks: tuple[tuple[str, ...], ...],
    context: StageContext,
) -> tuple[SectionPlan, ...]:  # fmt: skip
    keys = tonality.section_keys(brief, home, form, context.generator("lift"))
    energy = drama.energies(brief, form)
    shown = drama.labels(form)
    back = drama.repeats(form)
    writer = harmony.Harmonist(brief, home, metre, context)
    starts = [0, *accumulate(step.bars for step in form)]
    sections = []
    for index, step in enumerate(form):
        bars = writer.section(form, index, keys[index])
        start_beat = starts[index] * metre.bar_beats
        sections.append(SectionPlan(
            index=index, name=step.name, label=shown[index], start_bar=starts[index],
            bars=step.bars, energy=energy[index], key=keys[index],
            chords=harmony.placed(bars, keys[index], metre, start_beat),
            track_ids=tracks[index], repeat_of=back[index],
            transition=drama.transition(brief, form, energy, index)
            or (drama.ending(brief) if index == len(form) - 1 else None),
        ))  # fmt: skip
    return tuple(sections)


def _seeded(
    sections: tuple[SectionPlan, ...], seeds: tuple[SectionSeed, ...]
) -> tuple[SectionPlan, ...]:
    """Give sections their own seeds; the plan is the same in everything else."""
    own = {wish.index: wish.seed for wish in seeds}
    if len(own) < len(seeds):
        raise InvalidInput("Give each section one seed only.", field="sectionSeeds")
    strange = next((index for index in own if not 0 <= index < len(sections)), None)
    if strange is not None:
        raise InvalidInput(
            f"There is no section {strange}; the sections of this song are 0 to "
            f"{len(sections) - 1}.", field="sectionSeeds",
        )  # fmt: skip
    return tuple(replace(section, seed=own.get(section.index)) for section in sections)


def _swing(brief: Brief, metre: Metre) -> float:
    if metre.denominator == 8:
        return 0.5
    swing = brief.swing if brief.swing is not None else brief.style.swing
    return round(min(0.67, max(0.5, swing)), 3)
