"""Loops over samples, compiled to machine code."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a numeric function at its first call.

    The machine code is kept on disk: beside the source where that can be written, else in the
    user's cache, or where ``NUMBA_CACHE_DIR`` says. Where none of them can be written, the function
    is compiled anew in each process. While it runs, other Python threads run as well.
    """
    try:
        return cast("Callable[P, R]", numba.njit(cache=True, nogil=True, fastmath=True)(function))
    except RuntimeError:  # numba finds no place for its cache
        return cast("Callable[P, R]", numba.njit(nogil=True, fastmath=True)(function))
