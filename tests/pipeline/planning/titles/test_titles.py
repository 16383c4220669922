"""Names of songs that nobody has named: what they are about or show, or how they are."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.pipeline.planning.titles import Character, make_title
from backend.pipeline.planning.titles.phrases import MOST_WORDS
from backend.pipeline.planning.titles.vocabulary import ADJECTIVES, CRAFT, IMAGES, OTHERS, SMALL
from backend.pipeline.planning.understanding import understand
from backend.pipeline.styles import all_styles

PLAIN = Character("pop", 0.0, 0.5)
PROMPTS = Path(__file__).parents[1] / "understanding" / "prompts"


def titled(prompt: str, character: Character = PLAIN, seed: int = 1) -> str:
    wishes = understand(prompt)
    theme = wishes.lyrics.theme if wishes.lyrics else None
    return make_title(prompt, theme, wishes.evidence, character, np.random.default_rng(seed))


def is_invented(title: str) -> bool:
    adjective, image = title.split(" ", 1)
    return image in "|".join(IMAGES.values()).split("|") and any(
        adjective in words.split() for words in ADJECTIVES.values()
    )


@pytest.mark.parametrize(
    ("prompt", "title"),
    [
        ("sad piano song about losing my dog", "Losing My Dog"),
        ("Bright pop about the first day of summer, 118 BPM", "First Day of Summer"),
        ("a song about the sea, shanty, accordion", "The Sea"),
        ("kids song about a dinosaur who loves pancakes", "The Dinosaur"),
        ("a soul song about freedom", "Freedom"),
        ("song about the feeling of walking home alone after the last bus has left",
         "Walking Home Alone"),
        ("indie pop about my best friend moving away", "My Best Friend Moving Away"),
        ("a rap about NYC", "NYC"),
        ("indie rock about growing up in a small town", "Growing Up in a Small Town"),
    ],
)  # fmt: skip
def test_what_it_is_about_names_it(prompt, title):
    assert titled(prompt) == title


@pytest.mark.parametrize(
    ("prompt", "title"),
    [
        ("Happy birthday song for my daughter Emma who loves horses", "For Emma"),
        ("a song for my grandmother who loved the garden", "For My Grandmother"),
        ("a love song for Lisa", "For Lisa"),
        ("for my C major students: simple piano study", None),
    ],
)
def test_whom_it_is_for_names_it(prompt, title):
    made = titled(prompt)
    assert is_invented(made) if title is None else made == title


@pytest.mark.parametrize(
    ("prompt", "title"),
    [
        ("rain on a night bus, but hopeful", "Rain on a Night Bus"),
        ("epic orchestral battle for the northern kingdom", "Battle for the Northern Kingdom"),
        ("a driving synthwave night on the coast road, 30 seconds", "Night on the Coast Road"),
        ("a warm lo-fi tune with piano and vinyl crackle for a rainy night train, 74 BPM",
         "Rainy Night Train"),
        ("a thunderstorm over the mountains, timpani, tension", "Thunderstorm over the Mountains"),
        ("old western duel at noon, whistle and a bell", "Duel at Noon"),
        ("sea of tranquility", "Sea of Tranquility"),
        ("A lazy Sunday: brushed snare, muted trumpet; tempo 72", "Lazy Sunday"),
        ("viking war drums and deep male chanting, E minor", "Viking War"),
    ],
)  # fmt: skip
def test_a_picture_in_the_prompt_names_it(prompt, title):
    assert titled(prompt) == title


@pytest.mark.parametrize("prompt", [
    "", "🎉🎉", "techno 128 bpm A minor", "swing 8ths, bpm 176, Bb, alto sax, rhythm section",
    "epic orchestral trailer, 90 seconds, like Hans Zimmer", "reggae cover of a country song",
    "be sharp, be flat, be yourself", "choral piece, SATB choir a cappella, ends on a ritardando",
    "Advert for a coffee brand, whistling and finger snaps", "melody in the first 8 bars",
])  # fmt: skip
def test_words_of_music_and_of_asking_name_nothing(prompt):
    assert is_invented(titled(prompt))


def test_an_image_alone_gets_an_adjective_of_the_mood():
    sad = Character("ballad", -0.7, 0.2)
    adjective, image = titled("stars", sad).split()
    assert image == "Stars"
    assert adjective in ADJECTIVES["dark", "calm"].split()


def test_an_invented_title_suits_the_style_and_the_mood():
    glad = Character("techno", 0.6, 0.9)
    adjective, image = titled("", glad).split(" ", 1)
    assert adjective in ADJECTIVES["bright", "lively"].split()
    assert image in IMAGES["techno"].split("|")
    assert len({titled("", glad, seed) for seed in range(40)}) > 15


def test_every_style_has_images():
    assert set(IMAGES) == {style.id for style in all_styles()}


def test_titles_of_every_fourth_labelled_prompt_read_well():
    prompts = [case["prompt"] for file in sorted(PROMPTS.glob("*.json"))
               for case in json.loads(file.read_text()) if "prompt" in case]  # fmt: skip
    assert len(prompts) > 250
    # To read a prompt takes long, and all of them are read elsewhere.
    asking = CRAFT | OTHERS
    for prompt in prompts[::4]:
        wishes = understand(prompt)
        if wishes.lyrics is not None and wishes.lyrics.theme:
            continue
        words = titled(prompt).removeprefix("For My ").split()
        assert words
        assert len(words) <= MOST_WORDS, prompt
        assert words[-1].lower() not in SMALL, prompt
        assert not {word.lower() for word in words} & asking, prompt
        assert not re.search(r"\d", " ".join(words)), prompt


@given(st.text(max_size=80), st.none() | st.text(max_size=80))
def test_any_text_gets_a_title(prompt, theme):
    title = make_title(prompt, theme, (), PLAIN, np.random.default_rng(1))
    assert title.strip()
    assert len(title.split()) <= MOST_WORDS + 1
