"""The third stage: every player reads the lead sheet and plays."""

from collections.abc import Callable, Sequence

from backend.pipeline.arrangement.automation import automate
from backend.pipeline.arrangement.bass import play_bass
from backend.pipeline.arrangement.comping import play_comp
from backend.pipeline.arrangement.drums import play_drums, play_percussion
from backend.pipeline.arrangement.expression import bends_of, controls_of
from backend.pipeline.arrangement.finale import final_beat, last_chord
from backend.pipeline.arrangement.performance import perform, separated
from backend.pipeline.arrangement.scene import Scene
from backend.pipeline.arrangement.sustained import (
    play_arp,
    play_brass,
    play_effects,
    play_pad,
    play_pedal,
)
from backend.pipeline.arrangement.voices import play_counter, play_lead
from backend.pipeline.artifacts import (
    Arrangement,
    Composition,
    Note,
    Role,
    SectionPlan,
    SongPlan,
    Track,
    TrackPlan,
)
from backend.pipeline.progress import StageContext
from backend.pipeline.styles import style

Player = Callable[[Scene, TrackPlan], list[Note]]

PLAYERS: dict[Role, Player] = {
    Role.DRUMS: play_drums, Role.BASS: play_bass, Role.KEYS: play_comp, Role.GUITAR: play_comp,
    Role.PAD: play_pad, Role.STRINGS: play_pad, Role.BRASS: play_brass, Role.ARP: play_arp,
    Role.LEAD: play_lead, Role.COUNTER: play_counter, Role.EFFECTS: play_effects,
}  # fmt: skip
"""Who plays what; percussion is a drum track or a pitched one."""

SUNG = frozenset({Role.LEAD, Role.COUNTER})


def arrange(plan: SongPlan, composition: Composition, context: StageContext) -> Arrangement:
    """Play the song.

    Parameters
    ----------
    plan : SongPlan
        Who plays where.
    composition : Composition
        Melody and counter-line.
    context : StageContext
        Seed and progress.

    Returns
    -------
    Arrangement
        One track per planned track, in its order.
    """
    scenes = _scenes(plan, composition, context)
    tracks = []
    for number, track in enumerate(plan.tracks):
        notes = _played(plan, track, scenes, context)
        tracks.append(Track(
            track_id=track.id, notes=notes, controls=controls_of(plan, track, notes),
            bends=bends_of(plan, track, notes, context),
        ))  # fmt: skip
        context.report((number + 1) / len(plan.tracks), f"{track.name} arranged")
    return Arrangement(tuple(tracks), automate(plan))


def _scenes(plan: SongPlan, composition: Composition, context: StageContext) -> list[Scene]:
    genre = style(plan.genre)
    finale = final_beat(plan)
    scenes = []
    for section in plan.sections:
        start = section.start_bar * plan.metre.bar_beats
        end = start + section.bars * plan.metre.bar_beats
        stop = end - 1.0 if section.transition == "drop" and section.bars > 1 else end
        after = plan.sections[section.index + 1] if section.index + 1 < len(plan.sections) else None
        scenes.append(Scene(
            plan=plan, genre=genre, section=section,
            melody=_between(composition.melody, start, end, plan, section),
            counter=_between(composition.counter, start, end, plan, section),
            stop=min(stop, finale), following=after.chords[0] if after is not None else None,
            context=context,
        ))  # fmt: skip
    return scenes


def _between(
    notes: Sequence[Note], start: float, end: float, plan: SongPlan, section: SectionPlan
) -> tuple[Note, ...]:
    """Return the notes of a section, with a pickup that nobody else would play."""
    sings = {
        other.index: any(t.id in other.track_ids for t in plan.tracks if t.role is Role.LEAD)
        for other in plan.sections
    }
    early = start if section.index == 0 or sings.get(section.index - 1) else start - 2.0
    return tuple(note for note in notes if early <= note.start_beat < end)


def _played(
    plan: SongPlan, track: TrackPlan, scenes: Sequence[Scene], context: StageContext
) -> tuple[Note, ...]:
    """Return a track's notes through the whole song."""
    player = PLAYERS.get(track.role)
    if player is None:
        player = play_percussion if track.is_drums else play_pedal
    notes: list[Note] = []
    for scene in scenes:
        if track.id in scene.section.track_ids:
            written = player(scene, track)
            notes += perform(written, plan, scene.section, track, scene.genre, context)
    notes += perform(
        last_chord(plan, track), plan, plan.sections[-1], track, scenes[-1].genre, context
    )
    return separated(notes, track, plan.total_beats)
