"""Markdown, one file an entry with front matter, in a ZIP: for note apps, and to be read back (docs/formats.md)."""

from collections.abc import Generator, Iterator
from datetime import date, datetime
from itertools import chain

from django.utils.translation import gettext as _

from accounts.models import User
from journal.export import markdown, plain_text
from journal.export.choice import Choice
from journal.export.leaves import Leaf, leaves
from journal.export.moments import COLUMNS
from journal.export.pages import Reader
from journal.export.plain_text import File


def chunks(user: User, now: datetime, choice: Choice) -> Generator[bytes, None, None]:
    yield from plain_text.folder(user, now, choice, _pages, _read_me)


def _pages(reader: Reader) -> Iterator[File]:
    journal = markdown.Journal()
    for leaf in chain.from_iterable(leaves(reader, *COLUMNS)):
        yield f"entries/{leaf.local_date:%Y-%m}/{leaf.local_date}-{str(leaf.pk)[-12:]}.md", _page(journal, leaf)


def _page(journal: markdown.Journal, leaf: Leaf) -> Iterator[str]:
    """What names an entry stands before it, and what was written stands as it is, then what belongs to it."""
    yield markdown.front_matter(
        id=str(leaf.pk), date=str(leaf.local_date), written=leaf.created_at.isoformat(), zone=leaf.zone, kind=leaf.kind
    )[:-4]
    for name, said in (("deed", leaf.deed), ("acceptance", leaf.acceptance__way or ""), ("milestone", leaf.milestone)):
        yield f"{name}: {markdown.quoted(said)}\n" if said else ""
    if leaf.later__opens_on:
        yield f'opens_on: "{leaf.later__opens_on}"\n'
    # Both names: ours, and the one that other programs look for.
    themes = f"[{', '.join(map(markdown.quoted, leaf.themes))}]"
    yield f"themes: {themes}\ntags: {themes}\n---\n\n"
    yield "\n\n".join(journal.texts(leaf)) + "\n"


def _read_me(today: date) -> str:
    said = _(
        "What you kept, as plain text: each entry a file in a folder for its month, with its day, its kind and its "
        "themes above it; milestones, steps, lists, weeks, months and measures beside. What you took back is not in "
        "it, nor are earlier wordings or the words of a letter that is closed: the copy called “Everything” holds "
        "those too."
    )
    return markdown.front_matter(title="Onward", date=today.isoformat()) + f"\n{said}\n"
