from typing import Any, ClassVar

from django.db import models

from accounts.models import User
from journal.models.owned import Owned, OwnedQuerySet


class NotForMe(Owned):
    """A practice that somebody said is not for them. It stays where it lives, and no longer offers itself."""

    class Practice(models.TextChoices):
        KINDNESS = "kindness", "And to yourself?"
        STEP = "step", "One small step"
        THEMES = "themes", "A theme’s page"
        DOUBT = "doubt", "A doubt and its other side"
        LONGER_LOOK = "longer_look", "A longer look at a week"
        LOOK_BACK = "look_back", "Looking back"
        SHAPES = "shapes", "Patterns"
        THEN_NOW = "then_now", "Then and now"

    practice = models.CharField(max_length=20, choices=Practice)

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("owner", "practice", name="said_once")]

    @classmethod
    def say(cls, owner: User, practice: str) -> None:
        """However often it is said, there is one."""
        cls.objects.get_or_create(owner=owner, practice=practice)

    @classmethod
    def withdraw(cls, owner: User, practice: str) -> None:
        cls.objects.of(owner).filter(practice=practice).delete()
