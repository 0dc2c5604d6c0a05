"""Our own plain text, as `journal/export/markdown.py` writes it: a file a month, days and entries under headings.

The copy called “Everything” brings back more, and exactly: here a lesson is a part of its entry’s text.
"""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from journal.importing.found import Found, Page
from journal.importing.readers.taken import Ids, words
from journal.importing.readers.text import tidy
from journal.importing.readers.when import day_of
from journal.models.kinds import WRITTEN, Kind

DAY = re.compile(r"^## (\d{4}-\d{2}-\d{2}) · [^\n]*(?:\n|\Z)", re.M)
ENTRY = re.compile(r"^### ([^\n]*)(?:\n|\Z)", re.M)
THEMES = "Themes"


def pages(body: str, ids: Ids) -> Iterator[Found]:
    """Of one month. A person’s words are not escaped there: a line that looks like a heading of ours is one."""
    kinds = {str(kind.label): kind.value for kind in Kind}
    kinds |= {_("A setback, and its lesson"): Kind.SETBACK, _("A doubt, and its answer"): Kind.DOUBT}
    for head, text in _parts(body, DAY.finditer(body)):
        day = day_of(head)
        if day is not None:
            yield from _entries(text, day, kinds, ids)


def _entries(text: str, day: date, kinds: dict[str, str], ids: Ids) -> Iterator[Found]:
    heads = (head for head in ENTRY.finditer(text) if head[1].partition(" · ")[0] in kinds)
    for head, below in _parts(text, heads):
        called, _point, deed = head.partition(" · ")
        written, themes = _themes(tidy(below))
        kind = kinds[called] if kinds[called] in WRITTEN else Kind.NOTE
        said = written or deed or called
        yield Page(ids.of("onward", day, kind, deed, said), day, kind=str(kind), text=said, tags=themes)


def _parts(text: str, heads: Iterator[re.Match[str]]) -> Iterator[tuple[str, str]]:
    """What each heading says, and what stands under it up to the next."""
    found = [*heads]
    for at, head in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(text)
        yield head[1], text[head.end() : end]


def _themes(text: str) -> tuple[str, tuple[str, ...]]:
    """Its last line names its themes, in the language of now or in English."""
    above, _end, last = text.rpartition("\n")
    for label in (_("Themes"), THEMES):
        if last.startswith(f"{label}: "):
            return above.rstrip(), words(last.removeprefix(f"{label}: ").split(", "))
    return text, ()
