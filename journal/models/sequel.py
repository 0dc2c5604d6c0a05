"""Did anything come of it? Asked once about an old lesson; what is said stands beside it."""

from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import Exists

from accounts.days import local_date
from accounts.models import User
from accounts.prepared import prepared
from accounts.sealed import SealedTextField
from journal.models.entry import Entry
from journal.models.owned import OwnedQuerySet
from journal.models.record import Record

# A lesson is old after three months, and is asked about for one week then.
OLD = timedelta(days=91)
WEEK = timedelta(days=7)


class SequelQuerySet(OwnedQuerySet):
    def declined(self) -> Self:
        """Those that say: not for me."""
        return self.filter(way=Sequel.Way.NEVER)


class Sequel(Record):
    """What came of a lesson. Without words it was asked and left blank, or the question itself was declined."""

    WORDS: ClassVar = ("came_of_it",)

    class Way(models.TextChoices):
        TOLD = "told"
        BLANK = "blank"
        NEVER = "never"

    entry = models.OneToOneField("journal.Entry", on_delete=models.CASCADE, related_name="sequel")
    came_of_it = SealedTextField(label="sequel.came_of_it")
    way = models.CharField(max_length=5, choices=Way, default=Way.TOLD)

    objects: ClassVar[Any] = SequelQuerySet.as_manager()

    @classmethod
    @transaction.atomic
    def tell(cls, entry: Entry, words: str, way: str = "") -> None:
        """Keeps what came of it; without words it is left blank, or declined. Earlier words stay among the earlier."""
        cls.write(entry, came_of_it=words)
        way = cls.Way.TOLD if words else way or cls.Way.BLANK
        cls.objects.update_or_create(owner=entry.owner, entry=entry, defaults={"way": way})

    @staticmethod
    def is_old(entry: Entry, today: date) -> bool:
        return entry.local_date <= today - OLD

    @classmethod
    def ask_again(cls, user: User) -> None:
        """The question was declined; now it may come again."""
        cls.objects.of(user).declined().update(way=cls.Way.BLANK)

    @classmethod
    def to_ask(cls, user: User, now: datetime) -> Entry | None:
        """The lesson to ask about today, in one query: at most one a week, for a week; never where that was declined.

        Never on a day that something hard was kept for, never about words that were written only lately, and never
        about what was only hard: that was promised, whatever else was written there.
        """
        today = local_date(user, now)
        first, last = today - OLD - WEEK + timedelta(days=1), today - OLD
        found: Entry | None = next(iter(_oldest(user, today, first, last, now - WEEK)), None)
        return found if found and not found.lesson.damaged else None


@prepared
def _oldest(user: User, today: date, first: date, last: date, since: datetime) -> Any:
    asked = Sequel.objects.of(user).filter(models.Q(created_at__gt=since) | models.Q(way=Sequel.Way.NEVER))
    hard = Entry.objects.of(user).filter(kind=Entry.Kind.SETBACK, local_date__gte=today)
    old = Entry.objects.of(user).within(first, last).filter(created_at__lte=since)
    old = old.filter(kind=Entry.Kind.SETBACK, lesson__lesson__filled=True, sequel__isnull=True)
    old = old.filter(acceptance__isnull=True).exclude(Exists(asked)).exclude(Exists(hard))
    return old.select_related("lesson").order_by("local_date", "created_at", "pk")[:1]
