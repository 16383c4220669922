"""Which parts of a text are said not to be wanted: "no drums", "without any piano or strings".

A negation reaches to the end of its clause: to a full stop, a bracket or a word that turns
("but", "just", "with"), at most ten words far. A comma ends it unless an "or" shows that the list
goes on; an "and" ends it before an article.
"""

import re

_TRIGGER = re.compile(
    r"\b(?:no|without|minus|sans|sin|senza|ohne|kein\w*|zero|skip|avoid|exclude|omit|neither"
    r"|ditch|leave out|remove|get(?:ting)? rid of|take out|mute"
    r"|lose the|free of|lacking|nor|not|never|don'?t(?! (?:hate|mind|forget))|do not|doesn'?t"
    r"|isn'?t|shouldn'?t|(?<!n't )(?<!not )hates?|nothing like|anything but|instead of"
    r"|rather than|other than|except(?: for)?)\b"
    r"(?!,| (?:more than|less than|only|just|longer|matter|problem|one|other instruments?|strings"
    r" attached)\b)"
)
_IDIOM_BEFORE = re.compile(r"(?:whether or|why|nothing|if)\s$")
_STOP = re.compile(
    r"[.;:!?()\n|]|\s-\s|\b(?:but|just|only|give|please|use|with|make|add|instead|then|however"
    r"|though|plus|while|over|in|into|straight|at|until|till|before|for|yes|to)\b"
    r"|\band (?:a|an|the|some|lots|plenty)\b"
)
_COMMA = re.compile(r",(?!\s*(?:(?:[\w-]+[ ,]+){1,3})?(?:or|nor)\b)")
_REPLACED = re.compile(
    r"\b(?:swap|replac(?:e|ing)|trade|switch|change)(?:ping|ing)?(?: out)? (?!(?:up|to|solos)\b)"
    r"([^.;:,!?()\n]{1,60}?) (?:for|with|by|to|into)\b"
)
"""What gives way to something else: "swap the strings for a sax"."""
_AFTERTHOUGHT = re.compile(r"([^.;:!?\n]*)\? (?:no|nope|nah)\b")
_WORDS_REACHED = re.compile(r"(?:\W*[\w'#-]+){0,10}")


def negated_spans(text: str) -> list[tuple[int, int]]:
    """Return spans of a lower-case text in which every wish is a wish against."""
    spans = [m.span(1) for pattern in (_AFTERTHOUGHT, _REPLACED) for m in pattern.finditer(text)]
    spans += [
        (trigger.end(), _scope_end(text, trigger.end()))
        for trigger in _TRIGGER.finditer(text)
        if not _IDIOM_BEFORE.search(text, 0, trigger.start())
    ]
    return spans


def _scope_end(text: str, start: int) -> int:
    reach = _WORDS_REACHED.match(text, start)
    end = reach.end() if reach else start
    first_word = start + len(text[start:]) - len(text[start:].lstrip())
    for pattern in (_STOP, _COMMA):
        stop = pattern.search(text, first_word + 1, end)
        end = stop.start() if stop else end
    return end
