"""Words to be sung or printed: the title, a given text, what the lyrics are about, vocals."""

import re
from dataclasses import replace

from backend.pipeline.planning.understanding.reading import Reading
from backend.pipeline.planning.understanding.wishes import LyricsWish, Wishes

_TITLE = re.compile(
    r"\b(?:called|titled|entitled|named|name it|call it|title ?[:=]?)"
    r" ?[\"'](?P<quoted>[^\"\n]{1,80}?)[\"'](?!\w)"
    r"|\b(?:called|titled|entitled|title ?[:=]) ?(?P<plain>[A-Z][\w']*(?: (?:of|the|a|in|and|to"
    r"|[A-Z][\w']*))*)"
    r"|\btitle ?[:=] ?(?P<rest>[^,;\n]{1,80})"
)
_TEXT = re.compile(
    r"\b(?:lyrics|words|text) ?(?:are|is|go)? ?[:=]\s*[\"']?(?P<text>\S[\s\S]*?)[\"']?\s*$"
    r"|\b(?:sings?|lyrics|the words|with words|chorus goes) [\"](?P<quoted>[^\"]+)[\"]",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?<!how )(?<!what )(?<!just )(?<!or )(?<!for )(?<!lasting )(?<!care )\babout (?P<theme>[a-z]"
    r"[^.;\n,/()]*?)(?= with\b| over\b| in the (?:style|key)\b| at \d| in (?:[b-g](?:[b#]|\b)|a[b#]"
    r"|a m(?:ajor|inor))| in \d"
    r"| for \d|[.;\n,/()!?]|\x00|$)"
)
_NOT_A_THEME = re.compile(
    r"(?:a |an |half |\d|the length|that long|this long)?(?:\d|minute|hour|seconds)"
)
_VOCALS = re.compile(
    r"\bvocals?\b(?! (?:chops?|samples?))|\bvocalists?\b|\bvox\b|\bcroon\w*|\blyrics\b"
    r"|\bsing(?:ers?|ing|s)?\b(?!-songwriter| songwriter| bowls?|-song)|\bsung\b"
    r"|\ba ?cap?pella\b|\brapp(?:ed|ing|er)s?\b|\bvoice and\b"
    r"|\b(?:and|with|for|solo|,|(?:fe)?male|girl|boy|woman|man|soul|human|my|lead|backing|soft"
    r"|whispered) (?:a )?voices?\b"
)
_VOICES = re.compile(r"\bvoice ?[:=]|\b\d voices?\b|\bchild(?:ren)?'?s voices?\b")
_COUNTERPOINT = re.compile(r"\bfug(?:ue|al|ato)\b|\bcounterpoint\b|\binvention\b|\bcanon\b")
"""Its voices are parts."""
_NO_VOCALS = re.compile(
    r"\binstrumentals?\b(?! (?:break|solo|bridge|section|intro|outro))|\bwordless\b|\bvo(?:cal"
    r"|ice)-?less\b|\bkaraoke\b"
)
_NO_WORDS = re.compile(r"\b(?:no|without(?: any)?) words\b")


def read_title(reading: Reading, wishes: Wishes) -> Wishes:
    """Fill ``title`` and keep its words from all other facets."""
    match = next(iter(reading.find(_TITLE, cased=True)), None)
    if match is None:
        return wishes
    name = next(name for name in ("quoted", "plain", "rest") if match[name])
    title = reading.typed(*match.span(name)).strip()
    reading.claim("title", match.span(), title)
    return replace(wishes, title=title or None)


def read_lyrics(reading: Reading, wishes: Wishes) -> Wishes:
    """Fill ``lyrics`` with a given text, kept word for word and kept from all other facets."""
    match = next(iter(reading.find(_TEXT, cased=True)), None)
    if match is None or reading.negates(match.start()):
        return wishes
    name = "text" if match["text"] else "quoted"
    text = reading.typed(*match.span(name))
    reading.claim("lyrics", match.span(), "a given text")
    return replace(wishes, lyrics=LyricsWish(text=text), vocals=True)


def read_theme(reading: Reading, wishes: Wishes) -> Wishes:
    """Fill what the lyrics are about; the words stay open to mood and genre."""
    for match in reading.find(_ABOUT):
        span = match.span("theme")
        if _NOT_A_THEME.match(match["theme"]):
            continue
        theme = reading.typed(*span).strip()
        reading.theme = span
        reading.cite("lyrics", span, f"about {theme}")
        text = wishes.lyrics.text if wishes.lyrics else None
        return replace(wishes, lyrics=LyricsWish(theme=theme, text=text))
    return wishes


def read_vocals(reading: Reading, wishes: Wishes) -> Wishes:
    """Fill ``vocals``: an explicit no wins over words that speak of singing."""
    refused = next(
        (m for m in reading.find(_VOCALS) if reading.negates(m.start())),
        reading.wanted(_NO_VOCALS) or next(iter(reading.find(_NO_WORDS)), None),
    )
    asked = reading.wanted(_VOCALS)
    if asked is None and not _COUNTERPOINT.search(reading.whole):
        asked = reading.wanted(_VOICES)
    for match in reading.find(_VOCALS):
        reading.hear(match.span())
    if refused is not None:
        reading.cite("vocals", refused.span(), "instrumental")
        if asked is not None:
            reading.notes.append(
                f"The prompt both asks for “{asked.group().strip()}” and refuses singing; "
                "the song is instrumental."
            )
        if wishes.lyrics and wishes.lyrics.text:
            reading.notes.append("A text was given and singing refused; the song is instrumental.")
        return replace(wishes, vocals=False)
    if asked is not None:
        reading.cite("vocals", asked.span(), "vocals")
        return replace(wishes, vocals=True)
    return wishes
