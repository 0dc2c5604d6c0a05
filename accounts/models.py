"""People, and the keys to what they wrote."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self, cast
from uuid import UUID, uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import keys
from accounts.by_owner import ByOwner
from accounts.closings import Closing as Closing
from accounts.invited import Invitation as Invitation
from accounts.invited import NoticeRead as NoticeRead
from accounts.invited import Staff as Staff
from accounts.prepared import prepared
from accounts.sealed import SealedTextField


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save()
        return user

    def get(self, *args: Any, **kwargs: Any) -> "User":
        """By an id alone, as each request asks, by a question that is written already."""
        by_id = not args and kwargs.keys() == {"pk"} and isinstance(kwargs["pk"], UUID)
        if not by_id or type(self) is not UserManager:
            return super().get(*args, **kwargs)
        for user in _with_id(kwargs["pk"]):
            return cast(User, user)
        raise self.model.DoesNotExist


@prepared
def _with_id(id: UUID) -> Any:
    return User.objects.filter(pk=id)


class User(AbstractBaseUser):
    class Theme(models.TextChoices):
        AUTO = "auto", _("As my device")
        LIGHT = "light", _("Paper")
        DARK = "dark", _("Evening")

    class Face(models.TextChoices):
        BOOK = "book", _("Book")
        PLAIN = "plain", _("Plain")

    class Size(models.TextChoices):
        USUAL = "usual", _("Usual size")
        LARGE = "large", _("Larger")

    class Enough(models.TextChoices):
        ENOUGH = "enough", _("Good enough for today")
        WILL_DO = "will_do", _("That will do")
        STOP = "stop", _("I’ll stop here")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = SealedTextField(label="user.name", owner="id")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)
    time_zone = models.CharField(max_length=64, blank=True)
    day_starts_at = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(6)])
    language = models.CharField(max_length=12, default="en")
    theme = models.CharField(max_length=5, choices=Theme, default=Theme.AUTO)
    face = models.CharField(max_length=5, choices=Face, default=Face.BOOK)
    size = models.CharField(max_length=5, choices=Size, default=Size.USUAL)
    enough = models.CharField(max_length=8, choices=Enough, default=Enough.ENOUGH)
    counts_hidden = models.BooleanField(default=False)
    only_good_days_back = models.BooleanField(default=True)
    find_by_key = models.BooleanField(default=True)
    # Something may be waiting that was written and not kept: pages look for it only then.
    has_drafts = models.BooleanField(default=False)
    hide_by_key = models.BooleanField(default=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A person and their first data key are one: neither stands without the other."""
        with transaction.atomic():
            if self._state.adding:
                keys.create(self.pk)
            super().save(*args, **kwargs)

    def __str__(self) -> str:
        return str(self.pk)


class DataKey(models.Model):
    """One person's key, wrapped by the ring's key `kek_id`. Kept in a backup of its own (accounts.keys)."""

    pk = models.CompositePrimaryKey("owner_id", "no")
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="data_keys")
    no = models.PositiveSmallIntegerField(default=1)
    kek_id = models.CharField(max_length=16, db_index=True)
    wrapped = models.BinaryField()


class KeptSecret(ByOwner):
    """What an authenticator app, or the codes for a lost phone, share with us. allauth's row holds this row's id."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    secret = SealedTextField(label="authenticator.secret")


class Device(ByOwner):
    """A browser in which somebody signed in: known again by a cookie, whose SHA-256 with its owner stands here.

    Signing out takes the cookie away; the next sign-in with a browser of the same name is then taken for this one.
    """

    KEPT = timedelta(days=400)

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    mark = models.CharField(max_length=64)
    browser = models.CharField(max_length=12, blank=True)
    machine = models.CharField(max_length=12, blank=True)
    seen_at = models.DateTimeField(db_index=True)
    closed_at = models.DateTimeField(null=True)
    # Minutes without a press; 0 is never, and None was not answered yet.
    locks_after = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "mark"], name="one_mark_a_device")]


class Leaving(models.Model):
    """A journal that its owner closed. Until `goes_at` (UTC) they can come back; nobody is let in meanwhile."""

    DAYS = timedelta(days=7)

    owner = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="leaving")
    asked_at = models.DateTimeField()
    goes_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    @transaction.atomic
    def begin(cls, user: User, now: datetime, at_once: bool) -> Self:
        """Asked again, the earlier day stands, but `now` is always sooner."""
        goes_at = now if at_once else now + cls.DAYS
        leaving, _new = cls.objects.get_or_create(owner=user, defaults={"asked_at": now, "goes_at": goes_at})
        if goes_at < leaving.goes_at:
            leaving.goes_at = goes_at
            leaving.save(update_fields=["goes_at"])
        user.is_active = False
        user.save(update_fields=["is_active"])
        return leaving

    @transaction.atomic
    def come_back(self, now: datetime) -> bool:
        """False where it is too late."""
        if self.goes_at <= now or not type(self).objects.filter(pk=self.pk).delete()[0]:
            return False
        self.owner.is_active = True
        self.owner.save(update_fields=["is_active"])
        return True


class Access(models.Model):
    """Something that was done with a journal as such, for its owner to see. It holds no words, no network address and
    no raw name of a browser. Without an owner it was done for everybody here."""

    KEPT = timedelta(days=400)
    # In `more`: done by whoever runs this place, for this one person.
    BY_OPERATOR = "operator"

    class What(models.TextChoices):
        JOINED = "joined", _("The journal was begun")
        SIGNED_IN = "signed_in", _("Signed in")
        REFUSED = "refused", _("A password that didn’t fit; nobody was let in")
        CLOSED = "closed", _("The book was closed on other devices")
        PASSWORD = "password", _("The password was changed")
        RESET = "reset", _("The password was changed, by a code from a mail")
        ADDRESS = "address", _("The email address was changed")
        PASSKEY = "passkey", _("A passkey was added")
        NO_PASSKEY = "no_passkey", _("A passkey was taken away")
        APP = "app", _("Codes from an app are asked for when signing in")
        NO_APP = "no_app", _("Codes from an app are no longer asked for")
        CODES = "codes", _("Codes for a lost phone were made")
        EXPORT = "export", _("A copy was downloaded")
        IMPORT = "import", _("Pages were brought in")
        REVERSAL = "reversal", _("Pages that were brought in were taken out again")
        LETTERS = "letters", _("The letters were changed")
        LOOK = "look", _("How it looks was changed")
        NAME = "name", _("Your name was changed")
        LEAVING = "leaving", _("The journal was closed, with seven days to come back")
        RETURN = "return", _("The closed journal was brought back")
        WRAPPED = "wrapped", _("The key that guards everybody’s keys here was changed")
        RESEALED = "resealed", _("Your words were sealed anew, with a new key")
        STAFF = "staff", _("The operator’s page was opened to this account")
        NO_STAFF = "no_staff", _("The operator’s page was closed to this account")
        RESTORED = "restored", _("The journal was brought back from a backup")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    # Found through the index, which begins with it.
    owner = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    what = models.CharField(max_length=12, choices=What)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    times = models.PositiveIntegerField(default=1)
    # A word of ours, such as the format of a file; never one of the person's.
    more = models.CharField(max_length=24, blank=True)
    browser = models.CharField(max_length=12, blank=True)
    machine = models.CharField(max_length=12, blank=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "at"], name="access_of_owner")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_by_operator(self) -> bool:
        of_the_place = self.what in (self.What.WRAPPED, self.What.RESEALED, self.What.RESTORED)
        return of_the_place or self.more == self.BY_OPERATOR


class DeviceKey(ByOwner):
    """One half of a key: what was written on a device without a network opens with it (accounts.device_keys).

    It goes when its owner closes the book on that device, or when the device was not seen for `KEPT`.
    """

    KEPT = timedelta(days=400)

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    private = SealedTextField(label="device.private")
    seen_at = models.DateTimeField(db_index=True)
