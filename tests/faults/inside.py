"""What has to happen inside a place, in a process that knows its settings: it reads which of these functions to call
with what, one a line, and answers with what that returns.
"""

import json
import sys
import traceback
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import django

from tests.faults import brought, crowds, nouns, strangers, writing

MINUTE = timedelta(minutes=1)
OPEN = ("planned", "claimed", "handed")


def prepare() -> None:
    from django.core.management import call_command

    for words in (["migrate", "-v0"], ["createcachetable"], ["keys", "add"]):
        call_command(*words, stdout=sys.stderr)


def crowd(people: int, due: str, zone: str, apart: float = 0) -> list[str]:
    """So many people, alone in the place, with a weekly letter due at `due`, each `apart` seconds after the last."""
    from accounts.models import User
    from reminders.models import Schedule

    User.objects.all().delete()
    first = datetime.fromisoformat(due)
    names = [f"p{number}@example.com" for number in range(people)]
    users = User.objects.bulk_create([User(email=name, time_zone=zone, password="!") for name in names])
    rows = [_agreed(user, first + timedelta(seconds=apart * number)) for number, user in enumerate(users)]
    Schedule.objects.bulk_create(rows)
    return names


def _agreed(user: Any, due: datetime) -> Any:
    """Said yes two days before."""
    from reminders.models import Schedule

    there, since = due.astimezone(ZoneInfo(user.time_zone)), due - timedelta(days=2)
    schedule = Schedule.weekly(user)
    schedule.weekday, schedule.local_time, schedule.active = there.weekday(), there.time(), True
    schedule.agreed_at = schedule.since = since
    schedule.next_at = schedule.next_after(since)
    assert schedule.next_at == due
    return schedule


def passes(instants: list[str]) -> None:
    """One after the other in one process, as a loop's are."""
    from django.core.management import call_command

    for instant in instants:
        call_command("tick", "--now", instant)


def finish(now: str, until: str = "") -> dict[str, Any]:
    """Healthy passes, five minutes apart, until no letter is open; then every row of a letter."""
    from reminders.models import Delivery

    at = datetime.fromisoformat(now)
    last = datetime.fromisoformat(until) if until else at + timedelta(days=3)
    while at < last:
        passes([at.isoformat()])
        if not until and not Delivery.objects.filter(state__in=OPEN).exists():
            break
        at += 5 * MINUTE
    return rows()


def rows() -> dict[str, Any]:
    from django.db.models import Count

    from reminders.models import Delivery

    twice = Delivery.objects.values("owner", "kind", "slot").annotate(n=Count("pk")).filter(n__gt=1).count()
    names = ("owner__email", "owner__time_zone", "kind", "slot", "state", "reason", "message_id", "due_at")
    found = Delivery.objects.values(*names, "handed_at", "token")
    return {"twice": twice, "rows": [_plain(row) for row in found]}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) if value is not None else None for name, value in row.items()}


def change_minds(now: str, stop: list[str], leave: list[str], move: list[str]) -> None:
    """Between a claim and its gate: some stop their letters, some go for good, some move to Tokyo."""
    from accounts.models import User
    from reminders.models import Schedule

    at = datetime.fromisoformat(now)
    for user in User.objects.filter(email__in=stop):
        Schedule.weekly(user).change(at, active=False)
    for user in User.objects.filter(email__in=leave):
        user.delete()
    for user in User.objects.filter(email__in=move):
        Schedule.objects.move(user, "Asia/Tokyo", at)


def writer(email: str, password: str) -> None:
    """Somebody alone in the place who can sign in, and the files that pages need."""
    from accounts.models import User

    User.objects.all().delete()
    User.objects.create_user(email, password, time_zone="Europe/Lisbon")
    files_of_pages()


def files_of_pages() -> None:
    """Collected once for a place."""
    from django.conf import settings
    from django.core.management import call_command

    if not settings.STATIC_ROOT.exists():
        call_command("collectstatic", "--noinput", "-v0", stdout=sys.stderr)


def kept() -> int:
    from journal.models import Entry

    return Entry.objects.count()


def readers(people: int, entries: int) -> None:
    """So many people alone in the place, each with a key of their own and so many lines sealed with it."""
    from django.db import transaction

    from accounts import keys
    from accounts.models import User
    from accounts.scope import scope
    from journal.models import Entry

    User.objects.all().delete()
    with transaction.atomic(), scope():
        users = User.objects.bulk_create(
            [User(email=f"r{number}@example.com", password="!") for number in range(people)]
        )
        for user in users:
            keys.create(user.pk)
            lines = [Entry(owner=user, kind="note", body=f"{user.pk} {no}", **_day()) for no in range(entries)]
            Entry.objects.bulk_create(lines)


def _day() -> dict[str, Any]:
    from datetime import date

    return {"local_date": date(2026, 11, 20)}


def unreadable(people: int, entries: int) -> int:
    """Of so many people's lines, how many are not there or do not open as what they were."""
    from accounts.keys import Locked
    from accounts.models import User
    from accounts.scope import scope
    from journal.models import Entry

    sound = 0
    for user in User.objects.all():
        with scope():
            try:
                sound += sum(line.body == f"{user.pk} {no}" for no, line in enumerate(_lines(Entry, user)))
            except Locked:
                continue
    return people * entries - sound


def _lines(entry: Any, user: Any) -> Any:
    return sorted(entry.objects.filter(owner=user), key=lambda line: int(str(line.body).split()[1]))


def command(words: list[str]) -> str:
    from io import StringIO

    from django.core.management import call_command

    call_command(*words, stdout=(said := StringIO()))
    return said.getvalue()


def main() -> None:
    """One answer a line, until nobody asks any more. Each begins with a connection of its own."""
    from django.conf import settings
    from django.db import connection

    known = globals() | brought.INSIDE | crowds.INSIDE | nouns.INSIDE | strangers.INSIDE | writing.INSIDE
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        name, port, what = json.loads(line)
        settings.EMAIL_PORT = port
        try:
            answer = ["done", known[name](**what)]
        except Exception:
            answer = ["broken", traceback.format_exc()]
        connection.close()
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    django.setup()
    main()
