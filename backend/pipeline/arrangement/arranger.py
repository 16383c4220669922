"""The third stage: every player reads the lead sheet and plays."""

from collections.abc import Callable, Sequence

from backend.pipeline.arrangement.automation import automate
from backend.pipeline.arrangement.bass import play_bass
from backend.pipeline.arrangement.comping import play_comp
from backend.pipeline.arrangement.drums import play_drums, play_percussion
from backend.pipeline.arrangement.effects import play_effects
from backend.pipeline.arrangement.expression import bends_of, controls_of
from backend.pipeline.arrangement.finale import final_beat, last_chord
from backend.pipeline.arrangement.grooves import KEYS
from backend.pipeline.arrangement.holes import held_over
from backend.pipeline.arrangement.opening import first_stroke
from backend.pipeline.arrangement.performance import perform, separated
from backend.pipeline.arrangement.scene import Scene
from backend.pipeline.arrangement.sustained import (
    play_arp,
    play_brass,
    play_pad,
    play_pedal,
)
from backend.pipeline.arrangement.voices import play_counter, play_lead
from backend.pipeline.artifacts import (
    Arrangement,
    Composition,
    Note,
    Role,
    SongPlan,
    Track,
    TrackPlan,
)
from backend.pipeline.progress import StageContext
from backend.pipeline.styles import style
from backend.pipeline.theory.instruments import INSTRUMENTS
from backend.pipeline.theory.voice_leading import unchained

Player = Callable[[Scene, TrackPlan], list[Note]]

PLAYERS: dict[Role, Player] = {
    Role.DRUMS: play_drums, Role.BASS: play_bass, Role.KEYS: play_comp, Role.GUITAR: play_comp,
    Role.PAD: play_pad, Role.STRINGS: play_pad, Role.BRASS: play_brass, Role.ARP: play_arp,
    Role.LEAD: play_lead, Role.COUNTER: play_counter, Role.EFFECTS: play_effects,
}  # fmt: skip
"""Who plays what; percussion is a drum track or a pitched one."""

SUNG = frozenset({Role.LEAD, Role.COUNTER})
ACCOMPANYING = frozenset({
    Role.KEYS, Role.GUITAR, Role.PAD, Role.STRINGS, Role.BRASS, Role.ARP,
})  # fmt: skip


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
    parts: dict[str, list[tuple[Note, ...]]] = {}
    for number, track in enumerate(plan.tracks):
        parts[track.id] = [_played(scene, track) for scene in scenes]
        context.report((number + 1) / len(plan.tracks), f"{track.name} arranged")
    players = [(track, parts[track.id][0]) for track in plan.tracks]
    if stroke := first_stroke(plan.sections[0], players):
        track_id, note = stroke
        parts[track_id][0] = (note, *parts[track_id][0])
    for number, scene in enumerate(scenes):
        heard = {track_id: played[number] for track_id, played in parts.items()}
        for track_id, notes in held_over(scene, heard).items():
            parts[track_id][number] = notes
    tracks = tuple(_track(plan, track, scenes, parts[track.id]) for track in plan.tracks)
    return Arrangement(tracks, automate(plan))


def _track(
    plan: SongPlan,
    track: TrackPlan,
    scenes: Sequence[Scene],
    parts: Sequence[tuple[Note, ...]],
) -> Track:
    """Join what a track plays in the sections, with its controllers and bends."""
    notes = tuple(note for part in parts for note in part)
    bends = (
        bend
        for scene, part in zip(scenes, parts, strict=True)
        for bend in bends_of(scene, track, part)
    )
    return Track(track.id, notes, controls_of(plan, track, notes), tuple(bends))


def _scenes(plan: SongPlan, composition: Composition, context: StageContext) -> list[Scene]:
    genre = style(plan.genre)
    finale = final_beat(plan)
    scenes = []
    for section in plan.sections:
        start, end = plan.span(section)
        stop = end - 1.0 if section.transition == "drop" and section.bars > 1 else end
        after = plan.sections[section.index + 1] if section.index + 1 < len(plan.sections) else None
        scenes.append(Scene(
            plan=plan, genre=genre, section=section,
            melody=_between(composition.melody, start, end),
            counter=_between(composition.counter, start, end),
            stop=min(stop, finale), following=after.chords[0] if after is not None else None,
            context=context.seeded(section.seed),
        ))  # fmt: skip
    return scenes


def _between(notes: Sequence[Note], start: float, end: float) -> tuple[Note, ...]:
    return tuple(note for note in notes if start <= note.start_beat < end)


def _played(scene: Scene, track: TrackPlan) -> tuple[Note, ...]:
    """Return a track's notes in one section, none of which sounds beyond it.

    Sections meet without touching: what is played here depends on nothing that another section
    draws.
    """
    player = PLAYERS.get(track.role)
    if player is None:
        player = play_percussion if track.is_drums else play_pedal
    notes: list[Note] = []
    if _takes_part(scene, track):
        notes = perform(_beside_the_bass(player(scene, track), scene, track), scene, track)
    if scene.following is None:
        notes += perform(last_chord(scene.plan, track), scene, track)
    silent = {KEYS[voice] for voice in track.silent_voices}
    return separated([note for note in notes if note.pitch not in silent], track, scene.end)


def _beside_the_bass(notes: list[Note], scene: Scene, track: TrackPlan) -> list[Note]:
    """Keep who accompanies from following the bass in fifths, unless the style wants just that."""
    if track.role in ACCOMPANYING - scene.genre.parallels.keys() and scene.plays("bass"):
        instrument = INSTRUMENTS[track.program]
        return list(unchained(notes, scene.section.chords, instrument.low, instrument.high))
    return notes


def _takes_part(scene: Scene, track: TrackPlan) -> bool:
    """Whether a track plays in a section, or leads from it into the next with a pick-up."""
    if track.id in scene.section.track_ids:
        return True
    following = scene.plan.sections[scene.section.index + 1 : scene.section.index + 2]
    picks_up = track.role is Role.LEAD and any(track.id in s.track_ids for s in following)
    return picks_up and not scene.plays("lead")
