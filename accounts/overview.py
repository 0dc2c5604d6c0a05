"""What the operator’s page says of people: how many, and of nobody in particular (config.overview)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Invitation, Leaving, User
from accounts.notices import current
from config.overview import Row, counted, rounded

A_WEEK = timedelta(days=7)


def people(now: datetime) -> Iterator[Row]:
    yield Row(_("Journals"), counted(User.objects.count()))
    seen = UserSession.objects.filter(last_seen_at__gte=now - A_WEEK).order_by().values("user").distinct().count()
    yield Row(_("Opened in the last seven days"), rounded(seen))
    yield Row(_("Closed, with days left to come back"), counted(Leaving.objects.filter(goes_at__gt=now).count()))
    waiting = Invitation.objects.filter(expires_at__gt=now, used_at__isnull=True).count()
    yield Row(_("Invitations that nobody has used yet"), counted(waiting))


def notice(now: datetime) -> Iterator[Row]:
    """The operator’s own words, which everybody here can read."""
    stands = current()
    if stands is None:
        yield Row(_("A notice to everybody"), _("none"))
        return
    yield Row(_("A notice to everybody"), stands.text)
    if stands.until:
        yield Row(_("It stands until"), date_format(stands.until), look=stands.until < now.date())
