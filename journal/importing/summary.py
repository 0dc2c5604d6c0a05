"""What is said of a file before anything of it is kept: how much, from when to when, what will stay behind."""

import json
from collections import Counter
from datetime import date
from typing import Any

from journal.importing.found import Found, Number, Page, Row, Skipped
from journal.importing.keeping import clean
from journal.models.theme import folded

SHOWN, OPENING = 3, 280
MOST_TAGS = 2000
# What of it holds somebody's own words.
WORDS = ("texts", "tags", "tag_counts", "moods", "mood_counts")


class Summary:
    """Kept sealed, as JSON, while the file waits."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.kinds: Counter[str] = Counter(told.get("kinds", {}))
        self.nouns: Counter[str] = Counter(told.get("nouns", {}))
        self.left_out: Counter[str] = Counter(told.get("left_out", {}))
        self.skipped: Counter[str] = Counter(told.get("skipped", {}))
        self.known: int = told.get("known", 0)
        self.first: str = told.get("first", "")
        self.last: str = told.get("last", "")
        self.texts: list[list[str]] = told.get("texts", [])
        # By folded spelling: the first spelling, and how often it comes.
        self.tags: dict[str, str] = told.get("tags", {})
        self.tag_counts: Counter[str] = Counter(told.get("tag_counts", {}))
        # Names of moods that nobody can place, likewise.
        self.moods: dict[str, str] = told.get("moods", {})
        self.mood_counts: Counter[str] = Counter(told.get("mood_counts", {}))
        self.settings: bool = told.get("settings", False)

    @property
    def as_text(self) -> str:
        return json.dumps(self.__dict__, ensure_ascii=True)

    def without_words(self) -> str:
        return json.dumps({name: told for name, told in self.__dict__.items() if name not in WORDS})

    def add(self, batch: list[Found], known: int) -> None:
        self.known += known
        for one in batch:
            if isinstance(one, Page):
                self._add_page(one)
            elif isinstance(one, Number):
                self._add_number(one)
            elif isinstance(one, Row):
                self._add_row(one)
            elif isinstance(one, Skipped):
                self.skipped[one.reason] += 1

    def _add_page(self, page: Page) -> None:
        self.kinds[page.kind] += 1
        self._span(page.local_date.isoformat())
        self.left_out.update(set(page.left_out))
        self._show(page.local_date.isoformat(), page.kind, clean(page.text))
        for tag in page.tags:
            _count(tag, self.tags, self.tag_counts)

    def _add_number(self, number: Number) -> None:
        self.nouns["readings"] += 1
        self._span(number.local_date.isoformat())
        self.left_out.update(number.left_out)
        if number.is_mood and number.level is None:
            _count(str(number.value), self.moods, self.mood_counts)

    def _add_row(self, row: Row) -> None:
        if row.noun == "person":
            self.settings = bool(row.told)
            return
        self.nouns[row.noun] += 1
        if row.noun == "entries":
            kind, day = str(row.told.get("kind")), str(row.told.get("local_date"))
            self.kinds[kind] += 1
            self._span(day)
            # A letter that is closed stays closed, also here.
            if kind != "letter":
                self._show(day, kind, clean(row.told.get("body")))

    def _span(self, day: str) -> None:
        try:
            date.fromisoformat(day)
        except ValueError:
            return
        self.first = min(filter(None, (self.first, day)))
        self.last = max(self.last, day)

    def _show(self, day: str, kind: str, text: str) -> None:
        if len(self.texts) < SHOWN and text.strip():
            self.texts.append([day, kind, _opening(text.strip())])


def _count(word: str, spelling: dict[str, str], counts: Counter[str]) -> None:
    name = " ".join(clean(word).split())[:200]
    if folded(name) and (folded(name) in spelling or len(spelling) < MOST_TAGS):
        spelling.setdefault(folded(name), name)
        counts[folded(name)] += 1


def _opening(text: str) -> str:
    """Whole words, and a sign that there is more."""
    return text if len(text) <= OPENING else f"{text[:OPENING].rsplit(None, 1)[0]} …"
