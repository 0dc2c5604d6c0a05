"""Which kind words come back when: one sentence of one's own on Today, a few of them on a heavy day."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from accounts.days import local_date
from accounts.models import User
from accounts.prepared import prepared
from journal import kind_words
from journal.dealt import dealt
from journal.kind_words import Kind
from journal.models import Entry, HeavyPage, PutAway
from journal.months import month_called

# A sentence rests so long before it comes back.
RESTS = timedelta(days=14)
OWN, OTHERS = 2, 2
NEWEST = 100


@dataclass(frozen=True)
class Said:
    """Kind words, the month they are of, and from whom they came where that was kept and can be read."""

    words: str
    when: str
    from_whom: str = ""


@dataclass(frozen=True)
class HeavyDay:
    page: HeavyPage
    said: list[Said]


def back_on(user: User, today: date) -> Kind | None:
    """The sentence that comes back on this day: the same all day long. Put away, it leaves its place blank that day."""
    found = kind_words.chosen(user, today - RESTS, most=1)
    return found[0] if found and not _put_away_on(user, today) else None


def _put_away_on(user: User, day: date) -> bool:
    return any(local_date(user, last) == day for (last,) in _last_put_away(user))


@prepared
def _last_put_away(user: User) -> Any:
    return PutAway.objects.of(user).order_by("-created_at", "pk").values_list("created_at")[:1]


def heavy_day(user: User, today: date) -> HeavyDay:
    own = [Said(one.words, one.when(today)) for one in kind_words.chosen(user, today, most=OWN)]
    return HeavyDay(HeavyPage.of(user), own + from_others(user, today))


def from_others(user: User, today: date) -> list[Said]:
    """Some of what others said, others each day and the same all day long."""
    kept = Entry.objects.of(user).filter(kind=Entry.Kind.ENCOURAGEMENT)
    newest = kept.newest_first().values_list("pk", flat=True)[:NEWEST]
    some = dealt(newest, by=today)[:OTHERS]
    entries = kept.select_related("encouragement").filter(pk__in=some).newest_first() if some else []
    return [_said(entry, today) for entry in entries if not entry.damaged]


def _said(entry: Entry, today: date) -> Said:
    from_whom = entry.encouragement.text_of("from_whom") if hasattr(entry, "encouragement") else ""
    when = _("Kept in %(month)s.") % {"month": month_called(entry.local_date, today)}
    return Said(entry.text, when, from_whom or "")
