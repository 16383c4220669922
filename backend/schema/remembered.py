"""What is worked out once per document, within a bound on what that may hold in memory."""

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

Rest = ParamSpec("Rest")
T = TypeVar("T")

MOST_CHARACTERS = 100_000
"""Of all documents together; parsed, a character takes up to 300 bytes. The studio's have 7000."""


def remembered(
    function: Callable[Concatenate[str, Rest], T],
) -> Callable[Concatenate[str, Rest], T]:
    """Remember results by document and other arguments; the least recent ones are forgotten.

    An exception is not remembered.

    Parameters
    ----------
    function : callable
        Takes the document's text first; the other arguments can be keys of a dictionary, and come
        by place.
    """
    known: OrderedDict[tuple[object, ...], T] = OrderedDict()
    characters = 0

    @wraps(function)
    def call(text: str, /, *rest: Rest.args, **named: Rest.kwargs) -> T:
        nonlocal characters
        key = (text, *rest)
        if key in known:
            known.move_to_end(key)
            return known[key]
        result = known[key] = function(text, *rest, **named)
        characters += len(text)
        while characters > MOST_CHARACTERS and len(known) > 1:
            (oldest, *_), _ = known.popitem(last=False)
            characters -= len(str(oldest))
        return result

    return call
