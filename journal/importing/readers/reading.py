"""What every reader has in common: it opens the upload, keeps to the caps, and ends in nothing but Unreadable."""

from collections.abc import Callable, Iterator
from functools import wraps

from journal.importing.found import Found, Number, Page, Reader, Skipped, Unreadable, Upload
from journal.importing.readers.opened import ROWS, Folder, opened
from journal.importing.readers.text import LONGEST


def reader(read: Callable[[Folder], Iterator[Found]]) -> Reader:
    """Raises Unreadable("empty") where there is nothing at all in a file of the right kind."""

    @wraps(read)
    def reading(upload: Upload, /) -> Iterator[Found]:
        with opened(upload) as folder:
            yield from _within_caps(read(folder))

    return reading


def _within_caps(found: Iterator[Found]) -> Iterator[Found]:
    pages = numbers = 0
    for one in found:
        numbers += isinstance(one, Number)
        pages += not isinstance(one, Number)
        if max(pages, numbers) > ROWS:
            raise Unreadable("too_many_rows")
        yield _placed(one, pages)
    if not pages and not numbers:
        raise Unreadable("empty")


def _placed(one: Found, place: int) -> Found:
    """A row that does not say where it stands is told by its place."""
    if isinstance(one, Skipped):
        return one if one.where else Skipped(str(place), one.reason)
    return Skipped(str(place), "too_long") if isinstance(one, Page) and len(one.text) > LONGEST else one
