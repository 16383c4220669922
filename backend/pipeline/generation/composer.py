"""The second stage: a melody for every section that has one, and a line that answers it."""

from dataclasses import replace

from backend.pipeline.artifacts import Composition, Note, Role, SectionPlan, SongPlan
from backend.pipeline.generation.answers import answers, separated
from backend.pipeline.generation.lyrics import sung_text
from backend.pipeline.generation.model_themes import ModelThemer, can_sing
from backend.pipeline.generation.themes import Sung, Themer, as_notes, monophonic
from backend.pipeline.progress import StageContext
from backend.pipeline.styles import style
from backend.pipeline.styles.kinds import family

Theme = tuple[Sung, ...]

PHRASE_RULES = "phrase rules"
CHORD_SCALE_RULES = "chord-scale rules"
NEURAL = "neural"


def generate(plan: SongPlan, context: StageContext) -> Composition:
    """Compose melody, counter-line and the placing of the lyrics.

    Parameters
    ----------
    plan : SongPlan
        Sections with chords; sections of one kind share a theme.
    context : StageContext
        Seed and progress.

    Returns
    -------
    Composition
        The lead sheet; ``composed_by`` says how each section's melody came about.
    """
    themes: dict[str, Theme] = {}
    melody: list[Note] = []
    composed_by: dict[int, str] = {}
    for section in plan.sections:
        theme, path = _section_theme(plan, section, themes, context)
        if theme:
            start = section.start_bar * plan.metre.bar_beats
            melody += as_notes(theme, start, 84)
            composed_by[section.index] = path
        context.report(0.7 * (section.index + 1) / len(plan.sections), f"{section.label} composed")
    line = separated(melody)
    counter = answers(plan, line, context)
    context.report(0.9, "The counter-line answers")
    return Composition(
        melody=line,
        counter=counter,
        lyrics=sung_text(plan, line, context),
        composed_by=composed_by,
    )


def _section_theme(
    plan: SongPlan, section: SectionPlan, themes: dict[str, Theme], context: StageContext
) -> tuple[Theme, str]:
    """Return a section's melody: fresh, or brought back."""
    leads = {track.id for track in plan.tracks if track.role is Role.LEAD}
    if not leads & set(section.track_ids):
        return (), ""
    themer = Themer(plan, section)
    is_frame = family(section.name) == "frame"
    if is_frame and themes:
        return _farewell(plan, section, themes, themer), PHRASE_RULES
    path = _rules(plan, section)
    if can_sing(plan, section):
        path = NEURAL
    first = plan.sections[section.repeat_of if section.repeat_of is not None else section.index]
    if section.name not in themes:
        rng = context.generator(section.name, "melody")
        closing = family(section.name) in {"peak", "frame"} or section is plan.sections[-1]
        if path == NEURAL:
            theme = ModelThemer(plan, section, themer).compose(rng, closing=closing)
        else:
            theme = themer.settled(themer.compose(rng, closing=closing))
        themes[section.name] = theme
        return theme, path
    shift = (section.key.tonic - first.key.tonic + 6) % 12 - 6
    theme = _extended(themes[section.name], first, section, plan)
    theme = tuple(replace(note, pitch=note.pitch + shift) for note in theme)
    if family(section.name) in {"body", "contrast"}:
        theme = themer.varied(theme, context.generator(section.index, "melody", "variation"))
    return themer.brought_back(theme), path


def _rules(plan: SongPlan, section: SectionPlan) -> str:
    """Name the rules that write a section's melody."""
    improvised = section.name in {"solo", "trades"} or style(plan.genre).melody.scale != "diatonic"
    return CHORD_SCALE_RULES if improvised else PHRASE_RULES


def _extended(theme: Theme, first: SectionPlan, section: SectionPlan, plan: SongPlan) -> Theme:
    """Fit a theme to a longer or shorter section by going round again or stopping."""
    bar = plan.metre.bar_beats
    length, wanted = first.bars * bar, section.bars * bar
    rounds = -(-section.bars // first.bars)
    notes = [replace(note, at=note.at + turn * length) for turn in range(rounds) for note in theme]
    return monophonic([note for note in notes if note.at < wanted - 0.1])


def _farewell(
    plan: SongPlan, section: SectionPlan, themes: dict[str, Theme], themer: Themer
) -> Theme:
    """Recall the hook in an outro, and end on a long tonic in its last bar."""
    bar = plan.metre.bar_beats
    peaks = [name for name in themes if family(name) == "peak"]
    hook = themes[peaks[0] if peaks else next(iter(themes))]
    last = (section.bars - 1) * bar
    recalled = [note for note in hook if -0.1 < note.at < min(4 * bar, last) - 0.5]
    if section is not plan.sections[-1]:
        return themer.mended(recalled)
    tones = themer.chord_at(last).tones
    tonic = section.key.tonic if section.key.tonic in tones else tones[0]
    near = recalled[-1].pitch if recalled else round(themer.centre)
    options = [p for p in themer.path.pitches.tolist() if p % 12 == tonic]
    final = min(options, key=lambda pitch: abs(pitch - near), default=near)
    kept = [replace(n, length=min(n.length, last - n.at)) for n in recalled]
    return (*themer.mended(kept), Sung(last, bar * 0.9, final))
