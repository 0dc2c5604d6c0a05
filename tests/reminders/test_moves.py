"""Five hundred moves from zone to zone at random hours: on no local date do two letters come."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.core import mail

from accounts.days import zones
from accounts.models import User
from reminders import delivery
from reminders.models import Schedule

START = datetime(2027, 3, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)
PEOPLE, MOVES = 25, 20
# To these and from them a day is skipped or lived twice.
FAR = ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Pacific/Apia", "Pacific/Niue"]


def test_five_hundred_moves_bring_no_second_letter_on_a_local_date(db: None) -> None:
    """Everybody asked for a letter on each day, and moves again before three are unanswered."""
    chance, now = Random(2027), START
    people = [User.objects.create_user(f"p{n}@example.com", time_zone="Europe/Lisbon") for n in range(PEOPLE)]
    for user in people:
        Schedule.weekly(user).change(now, active=True, weekday=None)
    came: Counter[tuple[str, object]] = Counter()
    for _ in range(MOVES):
        for user in people:
            Schedule.objects.move(user, chance.choice([*FAR, *zones()] if chance.random() < 0.5 else FAR), now)
        for _ in range(chance.randint(1, 20)):
            now += HOUR
            before = len(mail.outbox)
            delivery.tick(now)
            zone = {user.email: ZoneInfo(user.time_zone) for user in people}
            came.update((to, now.astimezone(zone[to]).date()) for letter in mail.outbox[before:] for to in letter.to)
    assert [when for when, letters in came.items() if letters > 1] == []
    assert len(came) > 50
