import re
from datetime import datetime
from typing import Any, ClassVar

from django.db import models, transaction

from accounts.days import local_date, zone_of
from accounts.models import User
from accounts.sealed import SealedTextField
from journal.models.owned import Dated, OwnedQuerySet
from journal.models.reworded import Reworded

# A telephone number in a text: five digits at least, and no day such as 2026-11-20.
NUMBER = re.compile(r"(?<![\w.-])(?!\d{4}-\d{2}-\d{2})\+?\(?\d(?:[ ()/.\u00a0-]{0,2}\d){4,14}(?!\w)")
MOST_CALLS = 3


class HeavyPage(Reworded, Dated):
    """Three things that somebody wrote on a good day, for a heavy one. `local_date` is the day of the last change."""

    WORDS = ("helps", "whom", "remember")

    helps = SealedTextField(label="heavypage.helps")
    whom = SealedTextField(label="heavypage.whom")
    remember = SealedTextField(label="heavypage.remember")
    wordings = SealedTextField(label="heavypage.wordings")

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("owner", name="one_heavy_page")]

    @classmethod
    def of(cls, owner: User) -> "HeavyPage":
        """The one that stands, or a blank one."""
        return cls.objects.of(owner).first() or cls(owner=owner)

    @classmethod
    @transaction.atomic
    def write(cls, owner: User, now: datetime, version: int | None = None, **words: str) -> "HeavyPage":
        """Raises Stale (`reword`)."""
        day = {"local_date": local_date(owner, now), "zone": zone_of(owner).key}
        cls.objects.get_or_create(owner=owner, defaults=day)
        page: HeavyPage = cls.objects.of(owner).select_for_update().get()
        page.reword(words, version, **day)
        return page

    @property
    def calls(self) -> list[tuple[str, str]]:
        """The numbers among `whom`: as they were written, and what a telephone is given."""
        found = NUMBER.findall(self.text_of("whom") or "")[:MOST_CALLS]
        return [(shown, "".join(sign for sign in shown if sign.isdigit() or sign == "+")) for shown in found]

    @property
    def says_something(self) -> bool:
        """What does not open is there all the same."""
        return any(self.text_of(name) != "" for name in self.WORDS)
