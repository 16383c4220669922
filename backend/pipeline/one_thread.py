"""Matrix products on the calling thread: as quick, and the same sums on every machine."""

from contextlib import AbstractContextManager
from functools import cache

import scipy.linalg  # noqa: F401 - brings a BLAS of its own, which is to be found as well
from threadpoolctl import ThreadpoolController


def one_thread() -> AbstractContextManager[object]:
    """Let matrix products run on the calling thread only, inside a ``with``.

    The matrices are small, and both cores have something to do anyway: threads of a BLAS would
    wait for each other, spinning, longer than they compute (a song took a tenth more processor
    time). One thread adds up in the same order whatever the number of cores.
    """
    limited: AbstractContextManager[object] = _thread_pools().limit(limits=1, user_api="blas")
    return limited


@cache
def _thread_pools() -> ThreadpoolController:
    return ThreadpoolController()
