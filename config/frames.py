"""Room for the frames of Python's functions, once for a whole answer.

CPython lays them into chunks of 16 KB and gives a chunk back to the system as soon as its last frame ends (pystate.c,
push_chunk and _PyThreadState_PopFrame). Where a page's loop happens to lie at the edge of one, each of its calls asks
the kernel for memory and lets go of it: one middleware more, and the Journal took twice as long (docs/decisions/0032).
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
# A frame of half a megabyte, which nobody writes into: its chunk is twice as large, and has room for what is called.
SLOTS = 1 << 16


def with_room(called: Callable[P, T]) -> Callable[P, T]:
    def enter(*args: P.args, **named: P.kwargs) -> T:
        return called(*args, **named)

    enter.__code__ = enter.__code__.replace(co_stacksize=SLOTS)
    return enter
