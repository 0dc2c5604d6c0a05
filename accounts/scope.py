"""How long opened keys are held: one request, one command, one stream; never longer, never elsewhere.

Outside a scope every opening asks the database, so that a destroyed key is gone at once in every process.
"""

import contextvars
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import TypeVar
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

# For whoever works in a scope and may not ask for keys themselves.
from accounts.ring import Locked as Locked

T = TypeVar("T")
Held = dict[UUID, dict[int, AESGCM]]  # a person's opened keys by number
_held: contextvars.ContextVar[Held | None] = contextvars.ContextVar("opened_keys", default=None)


def held() -> Held | None:
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


def streamed(chunks: Generator[T, None, None]) -> Iterator[T]:
    """The chunks, made within one scope of their own, whichever thread asks for the next.

    The first is made at once, so that a missing key is noticed while there is still a page to answer with.
    """
    context = contextvars.copy_context()
    context.run(_held.set, {})
    first = context.run(next, chunks, None)
    return _rest(context, first, chunks)


def _rest(context: contextvars.Context, first: T | None, chunks: Generator[T, None, None]) -> Iterator[T]:
    try:
        chunk = first
        while chunk is not None:
            yield chunk
            chunk = context.run(next, chunks, None)
    finally:
        chunks.close()  # the reader went away
        context.run(_held.set, None)
