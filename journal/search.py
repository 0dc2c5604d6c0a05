"""Search: everything that one person wrote is opened, folded and looked through; nothing of it is kept anywhere.

Each of the words asked for has to stand somewhere in an entry: in its text, its deed, its lesson, its answer, one of
its themes or the title of its milestone. A whole word comes before the beginning of one, that before the inside of
one; lessons, themes and titles come a little before other texts; among equals the newest comes first.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils.text import capfirst
from django.utils.translation import ngettext_lazy

from accounts.models import User
from journal import folding
from journal.filters import Filters
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
from journal.models.kinds import Deed
from journal.models.owned import dashed
from journal.numbers import in_words

SHOWN = 20
INSIDE, BEGINS, WHOLE = 2, 4, 6
HEAVY = 1
# What stands beside entries: its texts, and how many of them, from the first on, weigh more.
RECORDS: tuple[tuple[Any, tuple[str, ...], int], ...] = (
    (Lesson, ("lesson", *(name for name in Lesson.WORDS if name != "lesson")), 1),
    (Sequel, Sequel.WORDS, 0),
    (Answer, Answer.WORDS, 0),
    (Doubt, ("fear", "guard", "still_true"), 0),
    (Revisit, Revisit.WORDS, 0),
    (Decision, ("about_deciding", "decided", "options", "want", "in_the_way", "whom"), 1),
    (Meeting, ("takeaway", "helpful"), 1),
    (Kindness, Kindness.WORDS, 0),
    (Encouragement, Encouragement.WORDS, 0),
)
# What a page shows of an entry only where words in it were looked for.
LONGER = ("doubt", "revisit")
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
    kept = Entry.objects.of(user).with_records().select_related(*LONGER)
    rows = {str(row.pk): row for row in kept.filter(pk__in=best)}
    entries = [rows[id] for id in best if id in rows]
    return Found(terms, entries, skip, len(ranks), len({score for _id, score in ranks}) <= 1)


class Scan:
    """One look through everything. Ids are texts here, as the database prints them: 10,000 objects fewer."""

    def __init__(self, user: User, filters: Filters, terms: tuple[str, ...]) -> None:
        self.user, self.filters, self.words, self.terms = user, filters, terms, [Term(term) for term in terms]
        # Of each entry in which anything was found, the best score of each term.
        self.scores: dict[str, list[int]] = defaultdict(lambda: [0] * len(terms))

    def ranks(self) -> list[tuple[str, int]]:
        """(id, score) of every entry that holds all the terms, the newest first."""
        order, along = self._entries()
        for noun, names, heavy in RECORDS:
            self._beside(noun, names, heavy)
        self._themes()
        self._milestones(along)
        scores = self.scores
        return [(id, sum(scores[id])) for id in order if id in scores and all(scores[id])]

    def _entries(self) -> tuple[list[str], dict[str, list[str]]]:
        """The ids of all that the filters let through, the newest first, and those along each milestone."""
        order: list[str] = []
        along: dict[str, list[str]] = defaultdict(list)
        deeds = {deed.value.encode(): self._title(str(deed.label).encode()) for deed in Deed}
        # A letter that is closed is not looked into.
        closed = Later.objects.of(self.user).filter(opened_at__isnull=True)
        entries = self.filters.of(self.user).exclude(pk__in=closed.values("entry")).newest_first()
        for ids, milestones, kept, bodies in entries.opened(self.user, "milestone_id", "deed", "body"):
            order += ids
            self._texts(ids, bodies)
            for id, deed in zip(ids, kept, strict=True):
                if deed in deeds:
                    self._all(id, deeds[deed])
            for id, milestone in zip(ids, milestones, strict=True):
                if milestone:
                    along[milestone].append(id)
        return order, along

    def _beside(self, noun: Any, names: tuple[str, ...], heavy: int) -> None:
        """Records of entries; the first `heavy` of their texts weigh more."""
        for _ids, entries, *columns in noun.objects.opened(self.user, "entry_id", *names):
            for at, texts in enumerate(columns):
                self._texts(entries, texts, HEAVY if at < heavy else 0)

    def _themes(self) -> None:
        scores = self._titles(Theme, "name")
        pairs = Entry.themes.through.objects.filter(theme_id__in=[dashed(theme) for theme in scores])
        for theme, entry in pairs.values_list(Cast("theme_id", CharField()), Cast("entry_id", CharField())):
            self._all(entry, scores[theme])

    def _milestones(self, along: dict[str, list[str]]) -> None:
        for milestone, scores in self._titles(Milestone, "title").items():
            for entry in along[milestone]:
                self._all(entry, scores)

    def _titles(self, noun: Any, name: str) -> dict[str, list[int]]:
        """The rows of which something is found in their name, and the scores."""
        rows = [row for columns in noun.objects.opened(self.user, name) for row in zip(*columns, strict=True)]
        return {id: scores for id, text in rows if any(scores := self._title(text))}

    def _texts(self, ids: list[str], texts: list[bytes], weight: int = 0) -> None:
        sweep = folding.Sweep(texts, self.words)
        for at, term in enumerate(self.terms):
            if term.text in sweep.whole:
                for id, text in zip(ids, sweep.parts, strict=True):
                    if term.text in text:
                        self._raise(id, at, term.standing(text) + weight)

    def _title(self, text: bytes) -> list[int]:
        """The score of each term."""
        folded = folding.fold(text.decode())
        return [score + HEAVY if (score := term.standing(folded)) else 0 for term in self.terms]

    def _all(self, id: str, scores: list[int]) -> None:
        for at, score in enumerate(scores):
            if score:
                self._raise(id, at, score)

    def _raise(self, id: str, at: int, score: int) -> None:
        scores = self.scores[id]
        if score > scores[at]:
            scores[at] = score
