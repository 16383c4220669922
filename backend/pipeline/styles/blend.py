"""Two styles in one song: the rhythm of the first under the harmony and melody of the second."""

from dataclasses import replace

from backend.pipeline.styles.model import Style

RHYTHM_PARTS = frozenset({"bass"})
"""Parts that belong to the rhythm section besides the drums."""


def blended(rhythm: Style, song: Style) -> Style:
    """Return a style whose groove, bass, tempo and form come from one style, the rest from another.

    The band takes the bass and one harmony instrument of the first, and melody, chords and colours
    of the second.
    """
    if rhythm.id == song.id:
        return rhythm
    if not rhythm.drums or rhythm.kit is None:
        rhythm, song = song, rhythm
    kept = [seat for seat in rhythm.instruments if seat.part in RHYTHM_PARTS]
    texture = [seat for seat in rhythm.instruments if seat.part in {"arp", "pad", "comp"}][:1]
    melodic = [seat for seat in song.instruments if seat.part not in RHYTHM_PARTS]
    taken = {seat.slot for seat in melodic}
    seats = (*melodic, *(seat for seat in texture if seat.slot not in taken), *kept)
    low = (rhythm.tempo[0] * 2 + song.tempo[0]) / 3
    high = (rhythm.tempo[2] * 2 + song.tempo[2]) / 3
    return replace(
        rhythm,
        id=f"{rhythm.id}+{song.id}",
        name=f"{rhythm.name} × {song.name}",
        aliases=(),
        tempo=(round(low), min(round(high), max(round(low), round(rhythm.tempo[1]))), round(high)),
        modes=song.modes,
        swing=max(rhythm.swing, min(song.swing, 0.6)),
        progressions=_matched(rhythm, song),
        harmony=song.harmony,
        instruments=seats,
        melody=song.melody,
    )


def _matched(rhythm: Style, song: Style) -> dict[str, tuple[str, ...]]:
    """Give every kind of section of the first style a progression of the second."""
    options = list(song.progressions.values())
    return {
        kind: options[min(place, len(options) - 1)]
        for place, kind in enumerate(rhythm.progressions)
    } | song.progressions
