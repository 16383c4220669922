"""Chord symbols and spelling in MusicXML."""

from xml.etree.ElementTree import Element, SubElement

from backend.pipeline.artifacts import Chord, Key
from backend.pipeline.theory.chords import QUALITIES
from backend.pipeline.theory.pitch import LETTERS
from backend.pipeline.theory.scales import key_signature, prefers_flats, relative_key

KINDS = {
    "": "major", "m": "minor", "dim": "diminished", "aug": "augmented", "5": "power",
    "sus2": "suspended-second", "sus4": "suspended-fourth", "6": "major-sixth",
    "m6": "minor-sixth", "7": "dominant", "maj7": "major-seventh", "m7": "minor-seventh",
    "m7b5": "half-diminished", "dim7": "diminished-seventh", "mmaj7": "major-minor",
    "9": "dominant-ninth", "maj9": "major-ninth", "m9": "minor-ninth", "11": "dominant-11th",
    "m11": "minor-11th", "13": "dominant-13th", "add9": "major", "madd9": "minor",
    "6/9": "major-sixth", "7sus4": "dominant", "7b9": "dominant", "7#9": "dominant",
    "7#5": "dominant", "7b5": "dominant", "maj7#11": "major-seventh",
}  # fmt: skip

DEGREES = {
    "add9": (("add", 9, 0),), "madd9": (("add", 9, 0),), "6/9": (("add", 9, 0),),
    "7sus4": (("subtract", 3, 0), ("add", 4, 0)), "7b9": (("add", 9, -1),),
    "7#9": (("add", 9, 1),), "7#5": (("alter", 5, 1),), "7b5": (("alter", 5, -1),),
    "maj7#11": (("add", 11, 1),), "11": (("subtract", 3, 0),), "m11": (("subtract", 9, 0),),
    "13": (("subtract", 11, 0),),
}  # fmt: skip
"""What a quality changes about its kind: how, which degree of the scale, by how many semitones."""


def write_chord(measure: Element, chord: Chord, key: Key) -> None:
    """Write a chord symbol at this place of a measure."""
    harmony = SubElement(measure, "harmony")
    root = SubElement(harmony, "root")
    name = spelled(chord.root, key)
    SubElement(root, "root-step").text = name[0]
    if len(name) > 1:
        SubElement(root, "root-alter").text = str(name.count("#") - name.count("b"))
    steps = tuple((tone - chord.root) % 12 for tone in chord.tones)
    quality = next((q for q, tones in QUALITIES.items() if tones == steps), "")
    kind = SubElement(harmony, "kind", text=quality)
    kind.text = KINDS[quality]
    if chord.bass != chord.root:
        bass = SubElement(harmony, "bass")
        low = spelled(chord.bass, key)
        SubElement(bass, "bass-step").text = low[0]
        if len(low) > 1:
            SubElement(bass, "bass-alter").text = str(low.count("#") - low.count("b"))
    for degree in DEGREES.get(quality, ()):
        _degree(harmony, *degree)


def _degree(harmony: Element, change: str, value: int, semitones: int) -> None:
    """Write what the kind leaves out; its text names it already, so it is not printed again."""
    degree = SubElement(harmony, "degree", {"print-object": "no"})
    SubElement(degree, "degree-value").text = str(value)
    SubElement(degree, "degree-alter").text = str(semitones)
    SubElement(degree, "degree-type").text = change


def spelled(pitch_class: int, key: Key) -> str:
    """Spell a pitch class so that the notes of the scale need no accidentals."""
    fifths = key_signature(relative_key(key))
    sharps, flats = "FCGDAEB", "BEADGCF"
    for letter, natural in LETTERS.items():
        alter = 0
        if letter in sharps[: max(0, fifths)]:
            alter = 1
        elif letter in flats[: max(0, -fifths)]:
            alter = -1
        if (natural + alter) % 12 == pitch_class:
            return letter + {1: "#", 0: "", -1: "b"}[alter]
    names = {1: ("C#", "Db"), 3: ("D#", "Eb"), 6: ("F#", "Gb"), 8: ("G#", "Ab"), 10: ("A#", "Bb")}
    naturals = {natural: letter for letter, natural in LETTERS.items()}
    if pitch_class in naturals:
        return naturals[pitch_class]
    return names[pitch_class][1 if prefers_flats(key) else 0]
