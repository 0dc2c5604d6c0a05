"""How long opened keys are held: one request, one command, one stream; never longer, never elsewhere.

Outside a scope every opening asks the database, so that a destroyed key is gone at once in every process.
"""

import contextvars
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")
_held: contextvars.ContextVar[dict[Any, Any] | None] = contextvars.ContextVar("opened_keys", default=None)


def held() -> dict[Any, Any] | None:
    return _held.get()


@contextmanager
def scope() -> Iterator[None]:
    """Joins the scope around it, if there is one."""
    if _held.get() is not None:
        yield
        return
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


def streamed(chunks: Iterable[T]) -> Iterator[T]:
    """The chunks, made within one scope of their own, whichever thread asks for the next."""
    context = contextvars.copy_context()
    context.run(_held.set, {})
    source = iter(chunks)
    while True:
        try:
            chunk = context.run(next, source)
        except StopIteration:
            return
        yield chunk
