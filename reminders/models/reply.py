"""Answering by replying to a letter: off until its owner says yes, and then an address of its own for each letter."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from accounts.by_owner import ByOwner
from accounts.models import User


class ReplyConsent(models.Model):
    """Its owner said yes: a mail provider then keeps a copy of each reply."""

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="reply_consent"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)


class ReplyAddress(ByOwner):
    """Where one letter can be answered. The token itself stands in the letter alone."""

    LIFE = timedelta(days=14)

    digest = models.CharField(max_length=64, primary_key=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12)
    monday = models.DateField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.digest[:8]


class TakenReply(ByOwner):
    """A mail that was taken in: the same one never counts twice. Nothing is known of it but that it came."""

    MOST_A_DAY = 20
    REMEMBERED = timedelta(days=30)

    # SHA-256 of its owner and its Message-ID.
    digest = models.CharField(max_length=64, primary_key=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "taken replies"
        indexes = [models.Index(fields=["owner", "at"], name="reply_taken")]

    def __str__(self) -> str:
        return self.digest[:8]


class Overflow(models.Model):
    """More replies came in this person's name than are taken in. One row a person: when it last was so."""

    TOLD = timedelta(days=14)

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+")
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def note(cls, owner: User, now: datetime) -> None:
        cls.objects.update_or_create(owner=owner, defaults={"at": now})
