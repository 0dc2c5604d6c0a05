"""What each page of the journal says, piece by piece, for the formats that lay it out: the archive, the book."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from journal.export import markdown
from journal.export.leaves import Leaf
from journal.plot import Drawing

# How a text that lies beside an entry is set; what is not named here is a text with a label.
WAYS = {("lesson", "lesson"): "lesson", ("lesson", "kind_words"): "friend", ("answer", "answer"): "answer"}


class Passage(NamedTuple):
    """`way` is how it is set: text, lesson, friend, answer; item of a list; fact for what is said of it and not by it;
    readings, a line a day, with a tab before the value.
    """

    text: str
    label: str = ""
    way: str = "text"


@dataclass
class Page:
    """One entry, or one thing of another noun. `day` is None for what is of no day.

    `own`: its head is the person's own words; `month`: the first day of the month that it is of as a whole; `drawing`
    goes beside its readings.
    """

    head: str
    passages: list[Passage]
    kind: str = ""
    sign: str = ""
    day: date | None = None
    themes: list[str] = field(default_factory=list)
    own: bool = False
    month: date | None = None
    drawing: Drawing | None = None

    @property
    def lesson(self) -> str:
        return next((passage.text for passage in self.passages if passage.way == "lesson"), "")


class Pages(markdown.Journal):
    """The words around entries, looked up once for all of them."""

    def page(self, leaf: Leaf) -> Page:
        kind = "hard" if leaf.kind == "setback" and leaf.acceptance__way else leaf.kind
        return Page(self.head(leaf), list(self._said(leaf)), kind, leaf.sign, leaf.local_date, leaf.themes)

    def _said(self, leaf: Leaf) -> Iterator[Passage]:
        if leaf.text:
            yield Passage(leaf.text)
        for name, labels in self.records.items():
            if record := getattr(leaf, name, None):
                for word, label in labels.items():
                    if text := getattr(record, word):
                        said = self.whose.get(text, text) if word == "whose" else text
                        yield Passage(said, label, WAYS.get((name, word), "text"))
        for said in self._facts(leaf):
            yield Passage(said, way="fact")

    def _facts(self, leaf: Leaf) -> Iterator[str]:
        for name, label in self.laid.items():
            if days := getattr(leaf, name):
                yield f"{label}: {', '.join(date_format(day, 'j F Y') for day in days)}"
        if old := leaf.then_now__old__local_date:
            yield _("Beside the page of %(day)s") % {"day": date_format(old, "j F Y")}
        if opens := leaf.later__opens_on:
            said = _("Closed. It is for %(day)s.") if leaf.is_closed else _("For %(day)s")
            yield said % {"day": date_format(opens, "j F Y")}
        if leaf.acceptance__way:
            yield self.ways[leaf.acceptance__way]
        if leaf.milestone:
            yield f"{self.milestone}: {leaf.milestone}"
        if leaf.themes:
            yield f"{self.themes}: {', '.join(leaf.themes)}"
