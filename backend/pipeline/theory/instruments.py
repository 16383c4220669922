"""The instruments of General MIDI: names, ranges, and the words people use for them."""

from dataclasses import dataclass
from difflib import get_close_matches

from backend.pipeline.artifacts import Role


@dataclass(frozen=True, slots=True)
class Instrument:
    """A General MIDI program and the notes a player would accept.

    Parameters
    ----------
    low, high : int
        Written range as MIDI pitches.
    """

    program: int
    name: str
    low: int
    high: int


_PROGRAMS = (
    ("acoustic grand piano", 21, 108), ("bright piano", 21, 108),
    ("electric grand piano", 28, 103), ("honky-tonk piano", 21, 108),
    ("electric piano", 28, 103), ("FM electric piano", 28, 103), ("harpsichord", 29, 89),
    ("clavinet", 29, 88), ("celesta", 60, 108), ("glockenspiel", 72, 108), ("music box", 60, 96),
    ("vibraphone", 53, 89), ("marimba", 45, 96), ("xylophone", 65, 108),
    ("tubular bells", 60, 77), ("dulcimer", 48, 84), ("drawbar organ", 36, 96),
    ("percussive organ", 36, 96), ("rock organ", 36, 96), ("church organ", 36, 96),
    ("reed organ", 36, 96), ("accordion", 53, 89), ("harmonica", 60, 84), ("bandoneon", 50, 84),
    ("nylon guitar", 40, 84), ("acoustic guitar", 40, 84), ("jazz guitar", 40, 86),
    ("clean electric guitar", 40, 86), ("muted electric guitar", 40, 86),
    ("overdriven guitar", 40, 86), ("distortion guitar", 40, 86), ("guitar harmonics", 40, 86),
    ("upright bass", 28, 55), ("electric bass (finger)", 28, 60),
    ("electric bass (pick)", 28, 60), ("fretless bass", 28, 60), ("slap bass", 28, 60),
    ("slap bass 2", 28, 60), ("synth bass", 24, 60), ("synth bass 2", 24, 60),
    ("violin", 55, 98), ("viola", 48, 86), ("cello", 36, 76), ("contrabass", 28, 60),
    ("tremolo strings", 36, 96), ("pizzicato strings", 36, 96), ("harp", 24, 103),
    ("timpani", 36, 57), ("string ensemble", 36, 96), ("slow strings", 36, 96),
    ("synth strings", 36, 96), ("synth strings 2", 36, 96), ("choir", 48, 79),
    ("voice oohs", 48, 79), ("synth voice", 48, 84), ("orchestra hit", 48, 72),
    ("trumpet", 55, 82), ("trombone", 40, 72), ("tuba", 29, 55), ("muted trumpet", 55, 82),
    ("french horn", 41, 77), ("brass section", 40, 84), ("synth brass", 36, 96),
    ("synth brass 2", 36, 96), ("soprano sax", 56, 87), ("alto sax", 49, 80),
    ("tenor sax", 44, 75), ("baritone sax", 37, 68), ("oboe", 58, 91), ("english horn", 52, 81),
    ("bassoon", 34, 72), ("clarinet", 50, 91), ("piccolo", 74, 108), ("flute", 60, 96),
    ("recorder", 60, 96), ("pan flute", 60, 96), ("bottle", 60, 96), ("shakuhachi", 55, 84),
    ("whistle", 60, 96), ("ocarina", 60, 84), ("square lead", 36, 96), ("saw lead", 36, 96),
    ("calliope lead", 36, 96), ("chiff lead", 36, 96), ("charang lead", 36, 96),
    ("voice lead", 36, 96), ("fifths lead", 36, 96), ("bass lead", 24, 84),
    ("new age pad", 36, 96), ("warm pad", 36, 96), ("polysynth pad", 36, 96),
    ("choir pad", 36, 96), ("bowed pad", 36, 96), ("metallic pad", 36, 96), ("halo pad", 36, 96),
    ("sweep pad", 36, 96), ("rain", 36, 96), ("soundtrack", 36, 96), ("crystal", 36, 96),
    ("atmosphere", 36, 96), ("brightness", 36, 96), ("goblins", 36, 96), ("echoes", 36, 96),
    ("sci-fi", 36, 96), ("sitar", 48, 77), ("banjo", 48, 84), ("shamisen", 50, 79),
    ("koto", 55, 84), ("kalimba", 48, 79), ("bagpipe", 36, 77), ("fiddle", 55, 96),
    ("shanai", 48, 72), ("tinkle bell", 72, 84), ("agogo", 60, 72), ("steel drums", 52, 76),
    ("woodblock", 60, 72), ("taiko", 60, 72), ("melodic tom", 60, 72), ("synth drum", 60, 72),
    ("reverse cymbal", 60, 72), ("fret noise", 36, 84), ("breath noise", 36, 84),
    ("seashore", 36, 84), ("bird tweet", 36, 84), ("telephone", 36, 84), ("helicopter", 36, 84),
    ("applause", 36, 84), ("gunshot", 36, 84),
)  # fmt: skip

INSTRUMENTS = tuple(
    Instrument(program, name, low, high) for program, (name, low, high) in enumerate(_PROGRAMS)
)
"""By program number."""

NAMED: dict[str, tuple[Role, tuple[int, ...]]] = {
    "piano": (Role.KEYS, (0,)), "grand piano": (Role.KEYS, (0,)), "keys": (Role.KEYS, (0, 4)),
    "keyboard": (Role.KEYS, (0, 4)), "electric piano": (Role.KEYS, (4,)),
    "rhodes": (Role.KEYS, (4,)), "wurlitzer": (Role.KEYS, (4,)),
    "harpsichord": (Role.KEYS, (6,)), "clavinet": (Role.KEYS, (7,)), "organ": (Role.KEYS, (16,)),
    "hammond": (Role.KEYS, (16,)), "church organ": (Role.KEYS, (19,)),
    "accordion": (Role.KEYS, (21,)), "celesta": (Role.ARP, (8,)),
    "glockenspiel": (Role.ARP, (9,)), "music box": (Role.ARP, (10,)),
    "vibraphone": (Role.ARP, (11,)), "vibes": (Role.ARP, (11,)), "marimba": (Role.ARP, (12,)),
    "xylophone": (Role.ARP, (13,)), "bells": (Role.ARP, (14,)), "kalimba": (Role.ARP, (108,)),
    "steel drums": (Role.ARP, (114,)), "harp": (Role.ARP, (46,)), "koto": (Role.ARP, (107,)),
    "sitar": (Role.ARP, (104,)), "guitar": (Role.GUITAR, (25,)),
    "acoustic guitar": (Role.GUITAR, (25,)), "nylon guitar": (Role.GUITAR, (24,)),
    "classical guitar": (Role.GUITAR, (24,)), "spanish guitar": (Role.GUITAR, (24,)),
    "electric guitar": (Role.GUITAR, (27,)), "clean guitar": (Role.GUITAR, (27,)),
    "jazz guitar": (Role.GUITAR, (26,)), "distorted guitar": (Role.GUITAR, (30,)),
    "overdriven guitar": (Role.GUITAR, (29,)), "banjo": (Role.GUITAR, (105,)),
    "ukulele": (Role.GUITAR, (24,)), "mandolin": (Role.GUITAR, (25,)),
    "bass": (Role.BASS, (33,)), "electric bass": (Role.BASS, (33,)),
    "bass guitar": (Role.BASS, (33,)), "upright bass": (Role.BASS, (32,)),
    "double bass": (Role.BASS, (32,)), "contrabass": (Role.BASS, (43,)),
    "slap bass": (Role.BASS, (36,)), "fretless bass": (Role.BASS, (35,)),
    "synth bass": (Role.BASS, (38,)), "808": (Role.BASS, (38,)), "sub bass": (Role.BASS, (38,)),
    "tuba": (Role.BASS, (58,)), "strings": (Role.STRINGS, (48,)),
    "string section": (Role.STRINGS, (48,)), "orchestra": (Role.STRINGS, (48,)),
    "string quartet": (Role.STRINGS, (48,)), "pizzicato": (Role.STRINGS, (45,)),
    "violin": (Role.COUNTER, (40,)), "viola": (Role.COUNTER, (41,)),
    "cello": (Role.COUNTER, (42,)), "fiddle": (Role.COUNTER, (110,)),
    "brass": (Role.BRASS, (61,)), "horns": (Role.BRASS, (61,)),
    "horn section": (Role.BRASS, (61,)), "trombone": (Role.BRASS, (57,)),
    "french horn": (Role.BRASS, (60,)), "horn": (Role.BRASS, (60,)),
    "synth brass": (Role.BRASS, (62,)), "trumpet": (Role.LEAD, (56,)),
    "muted trumpet": (Role.LEAD, (59,)), "sax": (Role.LEAD, (65,)),
    "saxophone": (Role.LEAD, (65,)), "alto sax": (Role.LEAD, (65,)),
    "tenor sax": (Role.LEAD, (66,)), "soprano sax": (Role.LEAD, (64,)),
    "baritone sax": (Role.LEAD, (67,)), "flute": (Role.LEAD, (73,)),
    "piccolo": (Role.LEAD, (72,)), "clarinet": (Role.LEAD, (71,)), "oboe": (Role.LEAD, (68,)),
    "english horn": (Role.LEAD, (69,)), "bassoon": (Role.LEAD, (70,)),
    "recorder": (Role.LEAD, (74,)), "pan flute": (Role.LEAD, (75,)),
    "shakuhachi": (Role.LEAD, (77,)), "whistle": (Role.LEAD, (78,)),
    "harmonica": (Role.LEAD, (22,)), "bagpipes": (Role.LEAD, (109,)),
    "synth": (Role.LEAD, (81,)), "synth lead": (Role.LEAD, (81,)), "lead": (Role.LEAD, (81,)),
    "square lead": (Role.LEAD, (80,)), "supersaw": (Role.LEAD, (81,)), "pluck": (Role.ARP, (5,)),
    "arpeggiator": (Role.ARP, (81,)), "arp": (Role.ARP, (81,)), "pad": (Role.PAD, (89,)),
    "synth pad": (Role.PAD, (89,)), "pads": (Role.PAD, (89,)), "choir": (Role.PAD, (52,)),
    "voices": (Role.PAD, (53,)), "vocals": (Role.LEAD, (53,)), "voice": (Role.LEAD, (53,)),
    "drums": (Role.DRUMS, ()), "drum kit": (Role.DRUMS, ()), "drum machine": (Role.DRUMS, ()),
    "beat": (Role.DRUMS, ()), "percussion": (Role.PERCUSSION, ()),
    "congas": (Role.PERCUSSION, ()), "bongos": (Role.PERCUSSION, ()),
    "shaker": (Role.PERCUSSION, ()), "tambourine": (Role.PERCUSSION, ()),
    "timpani": (Role.PERCUSSION, (47,)), "taiko": (Role.PERCUSSION, ()),
}  # fmt: skip
"""What people write, to the role it usually takes and its programs (none: drum sounds)."""

FAMILIES = {
    "keys": range(8), "organ": range(16, 22), "guitar": range(24, 32), "bass": range(32, 40),
    "strings": range(40, 52), "choir": range(52, 55), "brass": range(56, 64),
    "sax": range(64, 68), "winds": range(64, 80), "synth": range(80, 104), "pad": range(88, 96),
}  # fmt: skip
"""Words that exclude a whole family."""

MONOPHONIC = frozenset(
    {22, *range(40, 44), 56, 57, 58, 59, 60, *range(64, 80), *range(80, 88), 109, 110, 111}
)
"""Programs that sound one note at a time."""


def named(text: str) -> tuple[str, Role, tuple[int, ...]]:
    """Return name, usual role and programs of an instrument as people write it.

    Small misspellings are forgiven.

    Raises
    ------
    ValueError
        If no instrument is meant; the message names some that are known.
    """
    word = " ".join(text.lower().replace("_", " ").replace("-", " ").split())
    for candidate in (word, word.removesuffix("s"), word + "s"):
        if candidate in NAMED:
            return candidate, *NAMED[candidate]
    for instrument in INSTRUMENTS:
        if instrument.name == word:
            return word, _usual_role(instrument.program), (instrument.program,)
    close = get_close_matches(word, NAMED, n=1, cutoff=0.8)
    if close:
        return close[0], *NAMED[close[0]]
    raise ValueError(
        f"'{text.strip()[:40]}' is not an instrument that can play here; "
        "piano, guitar, bass, drums, strings, cello, sax, flute, trumpet, choir, synth or pad can."
    )


def _usual_role(program: int) -> Role:
    roles = {
        0: Role.KEYS, 1: Role.ARP, 2: Role.KEYS, 3: Role.GUITAR, 4: Role.BASS, 5: Role.STRINGS,
        6: Role.STRINGS, 7: Role.BRASS, 8: Role.LEAD, 9: Role.LEAD, 10: Role.LEAD, 11: Role.PAD,
    }  # fmt: skip
    return roles.get(program // 8, Role.LEAD)
