"""An answer has room for its frames, however deep it begins."""

import resource
from collections.abc import Callable

from config.frames import with_room

CALLS = 1_000


def nothing() -> None:
    pass


def a_loop() -> int:
    """How often the system was asked for memory while a thousand functions were called."""
    before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
    for _ in range(CALLS):
        nothing()
    return resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before


def deeper(depth: int, called: Callable[[], int]) -> int:
    return deeper(depth - 1, called) if depth else called()


def test_no_loop_asks_the_system_for_memory_with_each_call() -> None:
    inside = with_room(lambda: [deeper(depth, a_loop) for depth in range(200)])
    assert max(inside()) < CALLS / 10


def test_what_is_called_gets_and_gives_what_it_would() -> None:
    assert with_room(divmod)(17, 5) == (3, 2)
    assert with_room(sorted)([1, 3, 2], reverse=True) == [3, 2, 1]
