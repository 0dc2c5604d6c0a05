"""Write first, sign up after: the line beside the sign-up becomes the first page of the new journal."""

from typing import Any

from allauth.account.signals import user_signed_up
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from accounts.fields import TextField
from accounts.models import User
from journal.models import Entry


@receiver(user_signed_up)
def keep_first_line(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """The words go from the form straight into the sealed row; allauth sends this only for an account just made."""
    line = TextField().clean(request.POST.get("first_line", ""))
    if line.strip():
        Entry.keep(user, timezone.now(), kind=Entry.Kind.WIN, body=line)
