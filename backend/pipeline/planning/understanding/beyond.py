"""Wishes that are understood but cannot be met here: each is told, none is passed over."""

import re

from backend.pipeline.planning.understanding.reading import Reading
from backend.pipeline.planning.understanding.wishes import Wishes

_LANGUAGES = (
    "spanish|french|german|italian|portuguese|japanese|korean|chinese|mandarin|hindi|arabic|russian"
    "|turkish|polish|dutch|swedish|latin|greek|hebrew|ukrainian"
)
_BEYOND = (
    (
        (
            r"\b(?:(?:spring|plate|hall|heavy|big|lots of|long) )?(?:reverb|delay|echo)\b"
            r"|\bside-?chain\w*|\bauto-?tuned?\b|\bbit-?crush\w*|\b8d(?: audio)?\b|\bbinaural\b"
            r"|\b(?:vinyl|tape|record) (?:crackle|hiss|noise)\b|\bbass[ -]?boosted\b"
            r"|\b(?:wide|narrow|mono|stereo) (?:mix|image|panning)\b|\bpanned\b|\bflanger\b"
            r"|\bphaser\b"
        ),
        "{}: the effects of the mix follow the genre and cannot be asked for one by one.",
    ),
    (
        (
            r"\b(?:sounds?|noises?|recordings?|samples?) of (?:\w+ ?){1,3}"
            r"|\b(?:rain|thunder|wind|wave|ocean|bird|nature|crowd|city|street|traffic|forest"
            r"|animal|engine"
            r"|gun|siren)s? (?:sounds?|noises?|samples?|ambience|recordings?)\b"
            r"|\bsound effects?\b|\bsfx\b|\bfoley\b|\bfield recordings?\b|\b(?:dj )?scratch(?:es"
            r"|ing)\b"
        ),
        "{}: only instruments play here; recordings and noises cannot be mixed in.",
    ),
    (
        r"\b(?:cover|remix|mash-?up|remake) of (?:\w+ ?){1,4}",
        "{}: no existing song can be used; this one is new.",
    ),
    (
        (
            rf"\b(?:lyrics|words|vocals|text|sing|sings|singing|sung) (?:\w+ )?in"
            rf" (?:{_LANGUAGES})\b"
            rf"|\b(?:{_LANGUAGES}) (?:lyrics|words|vocals|text)\b"
        ),
        "{}: words can be written in English only; a given text may be in any language.",
    ),
    (r"\brubato\b|\bfree tempo\b|\bout of time\b", "{}: the tempo stays steady here."),
    (
        (
            r"\b(?:hijaz|maqam|raga|whole[ -]tone|octatonic|atonal|12[ -]tone|microtonal\w*"
            r"|quarter[ -]tones?|hungarian minor|double harmonic|altered scale|chromatic scale)\b"
        ),
        "{}: there are major, minor and the church modes here; the nearest was left to the genre.",
    ),
    (
        r"\bkey of [h-z]\b|\bin [h-z] (?:major|minor)\b",
        "{}: there is no such key; the genre chose one.",
    ),
    (
        r"\bno instruments?\b(?! solo)",
        "{}: nobody sings here, so without instruments there would be no song.",
    ),
    (
        r"\b4\d\d ?hz\b|\bdrop(?:ped)? [a-g] tuning\b|\btuned (?:down|up)\b|\bjust intonation\b",
        "{}: all instruments are tuned to 440 Hz, in equal temperament.",
    ),
)
_PATTERNS = tuple((re.compile(pattern), note) for pattern, note in _BEYOND)
_EFFECTS = _PATTERNS[0][0]
"""They are there unasked: to refuse them is in vain, too."""
_NO_MELODY = re.compile(r"\b(?:no|without(?: an?)?) (?:lead )?(?:melody|melodies|tune)\b")
_IN_A_SECTION = re.compile(
    r"\b(?:half|double)[ -]?time(?: feel| drums| groove)? (?:in|for|on|at|during) (?:the )?(?:\w+"
    r" )?"
    r"(?:verse|chorus|bridge|intro|outro|drop|breakdown|end)"
)


def read_beyond(reading: Reading, wishes: Wishes) -> Wishes:
    """Note what the finished wishes ask for in vain; call it after all other facets."""
    text = reading.whole
    for pattern, note in _PATTERNS:
        for found in pattern.finditer(text):
            reading.hear(found.span())
        match = next((m for m in pattern.finditer(text) if _is_meant(reading, m)), None)
        if match is not None:
            reading.notes.append(note.format(f"“{reading.typed(*match.span()).strip()}”"))
    if _NO_MELODY.search(text):
        reading.notes.append("“no melody”: every song has one here; it can be muted in the mixer.")
    if wishes.pulse is not None and _IN_A_SECTION.search(text):
        reading.notes.append(f"The {wishes.pulse} feel lasts the whole song, not one section.")
    if wishes.era is not None:
        reading.notes.append(
            f"“{wishes.era}” guides which genre it becomes; the sounds are those of the genre."
        )
    if wishes.loudness is not None:
        reading.notes.append(f"“{wishes.loudness}”: how loud the song is, is set in the mixer.")
    return wishes


def _is_meant(reading: Reading, match: re.Match[str]) -> bool:
    """Whether it is asked for, and not part of a title, a text or what the song is about."""
    first, last = reading.theme or (0, 0)
    if first <= match.start() < last or (
        reading.negates(match.start()) and match.re is not _EFFECTS
    ):
        return False
    return "\x00" not in reading.text[match.start() : match.end()]
