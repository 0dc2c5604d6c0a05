"""A month or a year in somebody's own words."""

import re
from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import models

from accounts.sealed import SealedTextField
from journal.models.owned import OwnedQuerySet
from journal.models.sheet import Sheet
from journal.models.week import FIRST


class Span(models.TextChoices):
    MONTH = "month"
    YEAR = "year"

    def last_day(self, first: date) -> date:
        if self is Span.YEAR:
            return first.replace(month=12, day=31)
        return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)

    def named(self, name: str) -> date:
        """The first day of a month such as 2026-11 or of a year such as 2026, from 1900 on. Raises ValueError."""
        if not re.fullmatch(r"[0-9]{4}" if self is Span.YEAR else r"[0-9]{4}-[0-9]{2}", name):
            raise ValueError("neither a month nor a year")
        first = date.fromisoformat(f"{name}-01-01" if self is Span.YEAR else f"{name}-01")
        if first < FIRST:
            raise ValueError("further back than these pages go")
        return first

    def name_of(self, day: date) -> str:
        return f"{day.year:04d}" if self is Span.YEAR else f"{day.year:04d}-{day.month:02d}"


class ChapterQuerySet(OwnedQuerySet):
    def months_of(self, year: date) -> "ChapterQuerySet":
        """Those of its months that something was written for."""
        return self.filter(span=Span.MONTH, first__year=year.year).order_by("first")


class Chapter(Sheet):
    Span = Span
    WORDS = ("words", "easier", "heavy", "carry_on")

    first = models.DateField()
    span = models.CharField(max_length=5, choices=Span)
    words = SealedTextField(label="chapter.words")
    easier = SealedTextField(label="chapter.easier")
    heavy = SealedTextField(label="chapter.heavy")
    carry_on = SealedTextField(label="chapter.carry_on")
    wordings = SealedTextField(label="chapter.wordings")

    objects: ClassVar[Any] = ChapterQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("owner", "span", "first", name="one_chapter_each")]

    @property
    def opening(self) -> str:
        """What it is told by among others: its own words, else the first answer."""
        return next((text for text in map(self.text_of, self.WORDS) if text), "")
