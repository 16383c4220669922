"""Every word for an instrument, and what plays it here.

``lexicon/instruments.json`` names the instruments that have a sound of their own (and words that
mean them), ``lexicon/stand_ins.json`` several hundred others by the nearest sound there is.
"""

from dataclasses import dataclass
from functools import cache

from backend.pipeline.planning.understanding.lexicon import lexicon
from backend.pipeline.planning.understanding.phrases import PhraseBook
from backend.pipeline.planning.understanding.wishes import InstrumentWish
from backend.pipeline.theory.instruments import INSTRUMENTS

BEAT = frozenset({"beat", "beats", "battery"})
"""Words for the drums only where they are refused."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An instrument as a wish."""

    wish: InstrumentWish
    whole: InstrumentWish
    """The drum kit for one of its pieces, else the instrument itself."""


_NOUNS = {"percussion": "drum", "fiddle": "violin", "nylon guitar": "guitar", "banjo": "lute",
          "pan flute": "flute", "shakuhachi": "flute", "recorder": "flute"}  # fmt: skip
"""What people add to a rare name: "ney flute", "djembe drum"."""


@cache
def entries() -> dict[str, Entry]:
    """Return every instrument by its id."""
    items = lexicon("instruments")["instruments"]
    wishes = {
        item["id"]: InstrumentWish(
            item["id"], item["name"], tuple(item["programs"]), item.get("drums", False)
        )
        for item in items
    }
    known = {
        item["id"]: Entry(wishes[item["id"]], wishes[item.get("piece_of", item["id"])])
        for item in items
    }
    return known | {wish.id: Entry(wish, wish) for wish in _stand_ins() if wish.id not in known}


def _stand_ins() -> list[InstrumentWish]:
    programs = {instrument.name: instrument.program for instrument in INSTRUMENTS}
    return [
        InstrumentWish(_slug(word), word, (programs[sound],) if sound in programs else (),
                       is_drums=sound not in programs)
        for sound, words in lexicon("stand_ins").items()
        for word in words
    ]  # fmt: skip


@cache
def instrument_book() -> PhraseBook[str]:
    """Every word for an instrument, with the instrument's id."""
    meanings = {
        _plain(form): _slug(word)
        for sound, words in lexicon("stand_ins").items()
        for word in words
        for form in (word, f"{word} {_NOUNS.get(sound, sound)}")
    }
    meanings |= {
        word: item["id"] for item in lexicon("instruments")["instruments"] for word in item["words"]
    }
    return PhraseBook(meanings | dict.fromkeys(BEAT, "drums"))


@cache
def played_by() -> PhraseBook[str]:
    """Words for instruments without a sound of their own, with the name of the nearest one."""
    return PhraseBook(
        {_plain(word): sound for sound, words in lexicon("stand_ins").items() for word in words}
    )


def _plain(word: str) -> str:
    return word.lower().replace("á", "a")


def _slug(word: str) -> str:
    return _plain(word).replace(" ", "_").replace("-", "_").replace("'", "")
