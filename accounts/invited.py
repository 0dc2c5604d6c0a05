"""What whoever runs the place has to do with people: invitations, which notice each has put away, who runs it along."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.db import models, transaction

from accounts import keys

if TYPE_CHECKING:
    from accounts.models import User


class Invitation(models.Model):
    """A link that opens one journal, for a week. Whoever has it has the token; here lies its SHA-256 alone."""

    LASTS = timedelta(days=7)

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    # Whom it was sent to, so that whoever runs the place knows them apart.
    email = models.EmailField(blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)
    # The account that it made. No link between rows: what becomes of the account touches no invitation.
    used_by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return str(self.pk)

    def is_open(self, now: datetime) -> bool:
        """An account that nobody has ever opened gives way: its address may have been mistyped."""
        return self.expires_at > now and (self.used_at is None or self._unopened().exists())

    @transaction.atomic
    def take(self, user: "User", now: datetime) -> bool:
        """True for one account alone, however many ask at once."""
        mine = type(self).objects.select_for_update().filter(pk=self.pk).first()
        if not mine or not mine.is_open(now):
            return False
        for former in mine._unopened():
            keys.destroy(former.pk)
            former.delete()
        mine.used_at, mine.used_by = now, user.pk
        mine.save(update_fields=["used_at", "used_by"])
        return True

    def _unopened(self) -> models.QuerySet[Any]:
        return get_user_model().objects.filter(pk__in=[self.used_by] if self.used_by else [], last_login=None)


class NoticeRead(models.Model):
    """Which notice to everybody (accounts.notices) a person has put away: the last one, by its mark."""

    owner = models.OneToOneField("accounts.User", on_delete=models.CASCADE, primary_key=True, related_name="+")
    mark = models.CharField(max_length=16)

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def put_away(cls, owner: "User", mark: str) -> None:
        """What no page of ours sends is no mark: PostgreSQL keeps no NUL."""
        if not mark.isprintable():
            return
        cls.objects.update_or_create(owner=owner, defaults={"mark": mark[:16]})


class Staff(models.Model):
    """Somebody who may open the operator’s page (accounts.staff), since when. It opens no other journal to them."""

    owner = models.OneToOneField("accounts.User", on_delete=models.CASCADE, primary_key=True, related_name="+")
    since = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)
