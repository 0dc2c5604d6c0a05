"""Whatever somebody does to their clock and their days, no local date ever has two letters."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.core import mail
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.days import zones
from accounts.models import User
from reminders import delivery
from reminders.models import Delivery, Schedule
from reminders.models.delivery import State

START = datetime(2027, 3, 20, tzinfo=UTC)
FAR = ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Beirut", "Australia/Lord_Howe", "America/New_York"]
moves = st.sampled_from([*FAR, *zones()]).map(lambda zone: ("move", zone))
days = st.integers(0, 6).map(lambda weekday: ("day", weekday))
times = st.integers(5, 22).map(lambda hour: ("time", time(hour)))
waits = st.integers(1, 40).map(lambda hours: ("wait", timedelta(hours=hours)))


def lived(user: User, steps: list[tuple[str, Any]]) -> list[tuple[str, datetime]]:
    """Does one after the other, with a tick after each and each hour between. Where each letter found its reader."""
    now, came = START, []
    for step, value in steps:
        schedule = Schedule.weekly(user)
        if step == "move":
            Schedule.objects.move(user, value, now)
        elif step != "wait":
            schedule.change(now, **{"weekday" if step == "day" else "local_time": value})
        for _ in range(int(value / timedelta(hours=1)) if step == "wait" else 1):
            now += timedelta(hours=1) if step == "wait" else timedelta(minutes=7)
            before = len(mail.outbox)
            delivery.tick(now)
            came += [(user.time_zone, now)] * (len(mail.outbox) - before)
    return came


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(moves, days, times, waits), min_size=4, max_size=20))
def test_no_local_date_has_two_letters(db: None, steps: list[tuple[str, Any]]) -> None:
    user = User.objects.create_user(f"{uuid4()}@example.com", "a long enough secret", time_zone="Europe/Lisbon")
    Schedule.weekly(user).change(START, active=True)
    try:
        came = lived(user, steps)
        sent = Delivery.objects.of(user).filter(state=State.SENT).count()
    finally:
        user.delete()
    dates = Counter(now.astimezone(ZoneInfo(zone)).date() for zone, now in came)
    assert [day for day, letters in dates.items() if letters > 1] == []
    assert sent == len(came)
    assert all(5 <= now.astimezone(ZoneInfo(zone)).hour <= 23 for zone, now in came)
