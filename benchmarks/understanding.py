"""How well prompts are understood, per facet, on the labelled prompts.

``python -m benchmarks.understanding`` prints *development* (the rules were tuned on it), *test* (no
rule was ever tuned on it) and three sets that were labelled before any rule had read them, measured
once with the rules of the time and learnt from afterwards: *second_sight*, 60 adversarial prompts
as musicians, teenagers, game developers, wedding planners and people with little English write
them; *third_sight*, 59 with slang, shorthand, typing errors and odd units; *fourth_sight*, 40 more
of that kind. ``FIRST_SIGHT`` holds what those first readings gave; it is printed beside what the
rules give now, which says nothing about prompts that nobody has seen. ``--half`` prints one set,
also *wild* and *fresh*, two earlier sets of that kind; at first sight they gave 0.88 and 0.90 for
the instruments, 0.87 and 0.83 for the genre and 0.95 to 1.00 for the other facets that are law.

``--unread`` prints every note on words that had no effect instead, and how many prompts have one.
``--misses`` shows every prompt that was read differently, and ``--lexicon-only`` does without the
sentence embeddings. A facet is right when everything it says is as labelled, and it says nothing
where the label says nothing. *said* counts the prompts that speak of the facet, *recall* the share
of those read rightly, *false* the silent ones on which the facet spoke.
"""

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from backend.pipeline.planning.understanding import sentence_embedding, understand
from backend.pipeline.planning.understanding.unread import UNREAD
from backend.pipeline.planning.understanding.wishes import Wishes

PROMPTS = Path("tests/pipeline/planning/understanding/prompts")
Label = dict[str, Any]
Facts = dict[str, Any]


def said(wishes: Wishes) -> dict[str, Facts]:
    """Return what was understood, per facet, in the labels' words; empty entries left out."""
    chords = wishes.chords
    bars = "|".join(" ".join(bar) for bar in chords.bars) if chords else None
    facets: dict[str, Facts] = {
        "tempo": {
            "bpm": wishes.tempo_bpm,
            "range": list(wishes.tempo_range) if wishes.tempo_range else None,
            "feel": wishes.tempo_feel and wishes.tempo_feel.value,
            "pulse": wishes.pulse and wishes.pulse.value,
        },
        "key": {"tonic": wishes.spelling, "mode": wishes.mode},
        "metre": {"metre": wishes.metre and str(wishes.metre)},
        "duration": {"seconds": wishes.duration_seconds},
        "instruments": {
            "with": sorted(wish.id for wish in wishes.instruments),
            "without": sorted(wish.id for wish in wishes.without),
            "only": wishes.only_these_instruments,
            "no_drums": wishes.no_drums,
        },
        "chords": {
            "chords": bars if chords and not chords.roman else None,
            "roman": bars if chords and chords.roman and not chords.name else None,
            "named": chords.name if chords else None,
            "section_chords": {
                kind: "|".join(" ".join(bar) for bar in own.bars)
                for kind, own in wishes.section_chords
            },
        },
        "places": {"places": sorted(map(str, wishes.places))},
        "form": _said_of_form(wishes),
        "vocals": {"vocals": wishes.vocals},
        "era": {"era": wishes.era},
        "words": {
            "title": wishes.title,
            "theme": wishes.lyrics and wishes.lyrics.theme,
            "lyrics_text": wishes.lyrics and wishes.lyrics.text,
        },
        "loudness": {"loudness": wishes.loudness},
    }
    return {name: {k: v for k, v in facts.items() if _is_said(v)} for name, facts in facets.items()}


def _said_of_form(wishes: Wishes) -> Facts:
    form = wishes.form
    return {
        "sections": [section.name for section in form.sections],
        "section_bars": [s.bars for s in form.sections if s.bars],
        "bars": form.bars,
        "include": sorted(form.included),
        "exclude": sorted(form.excluded),
        "intro": form.intro,
        "outro": form.outro,
        "builds": form.builds,
        "big_finish": form.big_finish,
        "key_change": form.key_change is not None,
        "tempo_change": form.tempo_change,
        "ending": form.ending and form.ending.value,
        "loop": form.is_loop,
    }


def _is_said(value: object) -> bool:
    return value is not None and value is not False and value not in ([], {})


def labelled(label: Label, facet: Facts) -> Facts:
    """Return the label's part for the keys of a facet."""
    facts = {key: label[key] for key in facet if key in label}
    facts = {key: sorted(v) if key in _UNORDERED else v for key, v in facts.items()}
    if "no_drums" in facet and {"drums", "percussion"} & set(label.get("without", ())):
        facts["no_drums"] = True
    return facts


_UNORDERED = {"with", "without", "include", "exclude", "places"}
_KEYS: dict[str, Facts] = {
    "tempo": dict.fromkeys(("bpm", "range", "feel", "pulse")),
    "key": dict.fromkeys(("tonic", "mode")),
    "metre": dict.fromkeys(("metre",)),
    "duration": dict.fromkeys(("seconds",)),
    "instruments": dict.fromkeys(("with", "without", "only", "no_drums")),
    "chords": dict.fromkeys(("chords", "roman", "named", "section_chords")),
    "places": dict.fromkeys(("places",)),
    "form": dict.fromkeys(
        (
            "sections", "section_bars", "bars", "include", "exclude", "intro", "outro", "builds",
            "big_finish", "key_change", "tempo_change", "ending", "loop",
        )
    ),
    "vocals": dict.fromkeys(("vocals",)),
    "era": dict.fromkeys(("era",)),
    "words": dict.fromkeys(("title", "theme", "lyrics_text")),
    "loudness": dict.fromkeys(("loudness",)),
}  # fmt: skip
SETS = ("development", "test", "second_sight", "third_sight", "fourth_sight")
FIRST_SIGHT = {
    "second_sight": {
        "tempo": 0.900, "key": 0.917, "metre": 1.000, "duration": 0.983, "instruments": 0.633,
        "places": 0.900, "chords": 0.983, "form": 0.933, "vocals": 1.000, "era": 1.000,
        "words": 0.983, "loudness": 1.000, "genre": 0.836, "valence": 0.929, "arousal": 0.714,
    },
    "third_sight": {
        "tempo": 0.847, "key": 1.000, "metre": 1.000, "duration": 0.966, "instruments": 0.831,
        "places": 0.949, "chords": 0.983, "form": 0.966, "vocals": 0.932, "era": 1.000,
        "words": 1.000, "loudness": 1.000, "genre": 0.941, "valence": 1.000, "arousal": 1.000,
    },
    "fourth_sight": {
        "tempo": 0.950, "key": 0.975, "metre": 1.000, "duration": 1.000, "instruments": 0.850,
        "places": 0.975, "chords": 0.975, "form": 0.925, "vocals": 0.975, "era": 0.975,
        "words": 1.000, "loudness": 1.000, "genre": 0.909, "valence": 0.857, "arousal": 1.000,
    },
}  # fmt: skip
"""Accuracy of the rules that had not seen a set yet.

Of the second set, instruments that had no word then, and places, which were not read at all, count
as misses. Three labels of the later sets were mended afterwards: an instrument's id, a place and an
ending that had been left out."""
LAW = ("tempo", "key", "metre", "duration", "instruments", "places", "chords", "form")


def expected(label: Label) -> dict[str, Facts]:
    """Return what the label says, per facet."""
    facets = {name: labelled(label, keys) for name, keys in _KEYS.items()}
    return {
        name: {k: v for k, v in f.items() if _is_said(v) or k == "vocals"}
        for name, f in facets.items()
    }


def genre_is_right(label: Label, wishes: Wishes) -> bool | None:
    """Whether the first genre (or the blend) is as labelled; None when nothing is."""
    if "blend" in label:
        styles = {wish.style for wish in wishes.genres}
        first = label.get("genre", wishes.genre)
        return styles == set(label["blend"]) and wishes.genre == first
    if label.get("genre") is None:
        return None
    accepted = label["genre"] if isinstance(label["genre"], list) else [label["genre"]]
    return wishes.genre in accepted


def sign_is_right(wanted: str | None, value: float | None) -> bool | None:
    """Whether valence or arousal lies on the labelled side; None when nothing is labelled."""
    if wanted is None:
        return None
    return value is not None and (value > 0.05 if wanted == "+" else value < -0.05)


def read_prompts(half: str) -> list[Label]:
    """Return the labelled prompts of a half."""
    prompts: list[Label] = json.loads((PROMPTS / f"{half}.json").read_text("utf-8"))
    return prompts


def measure(
    prompts: list[Label], on_miss: Callable[[str, Label, object], None]
) -> dict[str, list[bool | None]]:
    """Return, per facet, whether each prompt was read as labelled."""
    results: dict[str, list[bool | None]] = {}
    for label in prompts:
        wishes = understand(label["prompt"])
        got, want = said(wishes), expected(label)
        if "vocals" in got["vocals"] or wishes.vocals is False:
            got["vocals"] = {"vocals": wishes.vocals}
        judged: dict[str, bool | None] = {name: got[name] == want[name] for name in _KEYS}
        judged["genre"] = genre_is_right(label, wishes)
        judged["valence"] = sign_is_right(label.get("valence"), wishes.valence)
        judged["arousal"] = sign_is_right(label.get("arousal"), wishes.arousal)
        seen = {**got, "genre": wishes.genres, "valence": wishes.valence, "arousal": wishes.arousal}
        for name, right in judged.items():
            results.setdefault(name, []).append(right)
            if right is False:
                on_miss(name, label, seen[name])
    return results


def print_table(
    prompts: list[Label], results: dict[str, list[bool | None]], first: dict[str, float]
) -> None:
    columns = f"{'facet':<12} {'judged':>6} {'accuracy':>8} {'said':>5} {'recall':>7} {'false':>5}"
    print(columns + ("  at first sight" if first else ""))
    wanted = [expected(label) for label in prompts]
    for name, rights in results.items():
        judged = [right for right in rights if right is not None]
        line = f"{name:<12} {len(judged):>6} {sum(judged) / len(judged):>8.3f}"
        if name in _KEYS:
            spoken = [r for r, want in zip(rights, wanted, strict=True) if want[name]]
            silent = [r for r, want in zip(rights, wanted, strict=True) if not want[name]]
            recall = sum(map(bool, spoken)) / max(len(spoken), 1)
            line += f" {len(spoken):>5} {recall:>7.3f} {silent.count(False):>5}"
        seen = f"  {first[name]:>14.3f}" if first else ""
        print(f"{line:<48}{seen}{'  law' if name in LAW else ''}")


def print_unread(half: str, prompts: list[Label]) -> None:
    """Print which words of which prompts were told to be without effect."""
    told = 0
    for label in prompts:
        for note in understand(label["prompt"]).notes:
            if note.startswith(UNREAD):
                told += 1
                print(f"{label['prompt']}\n    {note.removeprefix(UNREAD)}")
    print(f"\n{half}: {told} of {len(prompts)} prompts hold words without effect")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--half", choices=sorted(p.stem for p in PROMPTS.glob("*.json")))
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--lexicon-only", action="store_true")
    parser.add_argument("--unread", action="store_true")
    options = parser.parse_args()
    if options.lexicon_only:
        sentence_embedding.PACKAGE = "not_installed"

    def show(name: str, label: Label, got: object) -> None:
        if options.misses:
            print(f"{name}: {label['prompt']!r}\n    read {got}\n    label {label}")

    understand("warm up")
    for half in (options.half,) if options.half else SETS:
        prompts = read_prompts(half)
        if options.unread:
            print_unread(half, prompts)
            continue
        start = time.process_time()
        results = measure(prompts, show)
        milliseconds = (time.process_time() - start) / len(prompts) * 1000
        print(f"\n{half}: {len(prompts)} prompts, {milliseconds:.1f} ms of CPU each")
        print_table(prompts, results, FIRST_SIGHT.get(half, {}))


if __name__ == "__main__":
    main()
