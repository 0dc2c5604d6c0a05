"""Search: everything that one person wrote is opened, folded and looked through; nothing of it is kept anywhere.

Each of the words asked for has to stand somewhere in an entry: in its text, its deed, its lesson, its answer, one of
its themes or the title of its milestone. A whole word comes before the beginning of one, that before the inside of
one; lessons, themes and titles come a little before other texts; among equals the newest comes first.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils.text import capfirst
from django.utils.translation import ngettext_lazy

from accounts.models import User
from journal import folding
from journal.filters import Filters
from journal.listed import listed
from journal.models import (
    Answer,
    Decision,
    Doubt,
    Encouragement,
    Entry,
    Kindness,
    Later,
    Lesson,
    Meeting,
    Milestone,
    Revisit,
    Sequel,
    Theme,
)
from journal.models.entry import EntryQuerySet
from journal.models.kinds import Deed
from journal.models.owned import streamed
from journal.models.telling import dashed
from journal.models.together import Part, opened
from journal.numbers import in_words

T = TypeVar("T")

SHOWN = 20
INSIDE, BEGINS, WHOLE = 2, 4, 6
HEAVY = 1
# What stands beside entries, and the names of what they stand under.
BESIDE = (
    Part(Lesson, ("lesson", *(name for name in Lesson.WORDS if name != "lesson")), "entry_id"),
    Part(Sequel, Sequel.WORDS, "entry_id"),
    Part(Answer, Answer.WORDS, "entry_id"),
    Part(Doubt, ("fear", "guard", "still_true"), "entry_id"),
    Part(Revisit, Revisit.WORDS, "entry_id"),
    Part(Decision, ("about_deciding", "decided", "options", "want", "in_the_way", "whom"), "entry_id"),
    Part(Meeting, ("takeaway", "helpful"), "entry_id"),
    Part(Kindness, Kindness.WORDS, "entry_id"),
    Part(Encouragement, Encouragement.WORDS, "entry_id"),
    Part(Theme, ("name",)),
    Part(Milestone, ("title",)),
)
# Of these the first text weighs more.
HEAVIER = (Lesson, Decision, Meeting)
AT_ONCE = 200
# Thai, Lao, Burmese, Khmer, Japanese, Chinese: a word has no spaces around it.
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")


# How so many of one kind are called.
CALLED = {
    "win": ngettext_lazy("%(count)s win", "%(count)s wins", "number"),
    "setback": ngettext_lazy("%(count)s hard thing", "%(count)s hard things", "number"),
    "lesson": ngettext_lazy("%(count)s lesson", "%(count)s lessons", "number"),
    "proud": ngettext_lazy("%(count)s proud thing", "%(count)s proud things", "number"),
    "doubt": ngettext_lazy("%(count)s doubt", "%(count)s doubts", "number"),
    "milestone": ngettext_lazy("%(count)s milestone", "%(count)s milestones", "number"),
    "note": ngettext_lazy("%(count)s note", "%(count)s notes", "number"),
    "decision": ngettext_lazy("%(count)s decision", "%(count)s decisions", "number"),
    "meeting": ngettext_lazy("%(count)s page before a meeting", "%(count)s pages before a meeting", "number"),
    "then_now": ngettext_lazy("%(count)s page of then and now", "%(count)s pages of then and now", "number"),
    "encouragement": ngettext_lazy("%(count)s kind word", "%(count)s kind words", "number"),
    "letter": ngettext_lazy("%(count)s letter to later", "%(count)s letters to later", "number"),
}
THINGS = ngettext_lazy("%(count)s thing", "%(count)s things", "number")


@dataclass(frozen=True)
class Found:
    terms: tuple[str, ...]
    # Best first: some of them, on from `skipped`, of so many in all.
    entries: list[Entry]
    skipped: int
    total: int
    newest_first: bool

    @property
    def so_far(self) -> int:
        return self.skipped + len(self.entries)

    @property
    def more(self) -> int:
        return self.total - self.so_far


def said(total: int, kinds: tuple[str, ...], hidden: bool = False) -> str:
    """Two lessons; without a figure for who keeps counts out of sight."""
    called = CALLED[kinds[0]] if len(kinds) == 1 else THINGS
    count = "" if hidden else in_words(total)
    return str(capfirst((called % {"number": total, "count": count}).strip()))


class Term:
    """A part of a word, folded."""

    def __init__(self, text: str) -> None:
        self.text = text
        here = re.escape(text)
        # The letters stand first, so that nothing is looked at around places where they are not.
        self.begins = re.compile(rf"{here}(?<!\w{here})")
        self.whole = re.compile(rf"{here}(?<!\w{here})(?!\w)")
        self.unspaced = bool(UNSPACED.search(text))

    def standing(self, text: str) -> int:
        """How well it stands in a folded text: WHOLE, BEGINS, INSIDE, or 0 where it does not."""
        if self.text not in text:
            return 0
        if self.unspaced or self.whole.search(text):
            return WHOLE
        return BEGINS if self.begins.search(text) else INSIDE


def terms_of(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(folding.fold(words).split()))


def find(user: User, filters: Filters, words: str, skip: int = 0) -> Found:
    terms = terms_of(words)
    ranks = Scan(user, filters, terms).ranks() if terms else []
    best = [dashed(id) for id, _score in sorted(ranks, key=lambda rank: -rank[1])[skip : skip + SHOWN]]
    kept = listed(Entry.objects.of(user).filter(pk__in=best), longer=True)
    rows = {str(row.pk): row for row in kept}
    entries = [rows[id] for id in best if id in rows]
    return Found(terms, entries, skip, len(ranks), len({score for _id, score in ranks}) <= 1)


class Scores:
    """Of each id in which anything was found, the best score of each term."""

    def __init__(self, terms: int) -> None:
        self.best: dict[str, list[int]] = defaultdict(lambda: [0] * terms)

    def lift(self, id: str, term: int, score: int) -> None:
        scores = self.best[id]
        if score > scores[term]:
            scores[term] = score

    def lift_all(self, id: str, scores: list[int]) -> None:
        for term, score in enumerate(scores):
            if score:
                self.lift(id, term, score)


class Scan:
    """One look through everything. Ids are texts here, as the database prints them: 10,000 objects fewer."""

    def __init__(self, user: User, filters: Filters, terms: tuple[str, ...]) -> None:
        self.user, self.filters, self.words, self.terms = user, filters, terms, [Term(term) for term in terms]
        self.entries, self.themes, self.milestones = (Scores(len(terms)) for _ in range(3))

    def ranks(self) -> list[tuple[str, int]]:
        """(id, score) of every entry that holds all the terms, the newest first."""
        self._beside()
        self._themes()
        with streamed():
            order = self._entries()
        scores = self.entries.best
        return [(id, sum(scores[id])) for id in order if id in scores and all(scores[id])]

    def _beside(self) -> None:
        """Records of entries; what themes and milestones are called, for those that stand under them."""
        named = {Theme: self.themes, Milestone: self.milestones}
        texts = opened(self.user, BESIDE)
        while chunk := list(islice(texts, AT_ONCE)):
            records = [text for text in chunk if text.part.noun not in named]
            for text, term, score in self._standing(records, [text.words for text in records]):
                heavy = HEAVY if text.at == 0 and text.part.noun in HEAVIER else 0
                self.entries.lift(text.of, term, score + heavy)
            for text in chunk:
                if text.part.noun in named:
                    named[text.part.noun].lift_all(text.of, self._title(text.words.decode()))

    def _themes(self) -> None:
        found = self.themes.best
        pairs = Entry.themes.through.objects.filter(theme_id__in=[dashed(theme) for theme in found])
        for theme, entry in pairs.values_list(Cast("theme_id", CharField()), Cast("entry_id", CharField())):
            self.entries.lift_all(entry, found[theme])

    def _entries(self) -> list[str]:
        """The ids of all that the filters let through, the newest first."""
        order: list[str] = []
        deeds = {deed.value.encode(): scores for deed in Deed if any(scores := self._title(str(deed.label)))}
        # What is the same for many, and found there already; a column in which nothing can be found is not asked for.
        found = {name: by for name, by in (("deed", deeds), ("milestone_id", self.milestones.best)) if by}
        for ids, bodies, *columns in self._let_through().opened(self.user, "body", *found):
            order += ids
            for id, term, score in self._standing(ids, bodies):
                self.entries.lift(id, term, score)
            for by, column in zip(found.values(), columns, strict=True):
                for id, value in zip(ids, column, strict=True):
                    if value in by:
                        self.entries.lift_all(id, by[value])
        return order

    def _let_through(self) -> EntryQuerySet:
        # A letter that is closed is not looked into.
        closed = Later.objects.of(self.user).filter(opened_at__isnull=True)
        return self.filters.of(self.user).exclude(pk__in=closed.values("entry")).newest_first()

    def _standing(self, owners: Sequence[T], texts: list[bytes]) -> Iterator[tuple[T, int, int]]:
        """Where something is found: whose text it is, the place of the term, how well it stands there."""
        for place, text in folding.holding(texts, self.words):
            for at, term in enumerate(self.terms):
                if score := term.standing(text):
                    yield owners[place], at, score

    def _title(self, text: str) -> list[int]:
        """The score of each term."""
        folded = folding.fold(text)
        return [score + HEAVY if (score := term.standing(folded)) else 0 for term in self.terms]
