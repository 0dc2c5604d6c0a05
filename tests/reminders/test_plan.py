"""Which slots are due: the newest alone, after the yes, by the person's own clock."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from accounts.models import User
from reminders import delivery
from reminders.models import Delivery, Schedule
from reminders.models.delivery import State
from tests.reminders.conftest import DAY, DUE, FRIDAY, HOUR, MINUTE, agree


def slots() -> list[tuple[date, datetime]]:
    return list(Delivery.objects.order_by("due_at").values_list("slot", "due_at"))


def test_nothing_is_planned_before_the_slot(agreed: Schedule) -> None:
    assert delivery.plan(DUE - MINUTE) == 0
    assert slots() == []


def test_a_slot_that_is_due_gets_one_row_and_the_schedule_goes_on(agreed: Schedule) -> None:
    assert delivery.plan(DUE) == 1
    assert delivery.plan(DUE + MINUTE) == 0
    assert slots() == [(date(2026, 11, 22), DUE)]
    agreed.refresh_from_db()
    assert agreed.next_at == DUE + 7 * DAY


def test_after_a_long_sleep_the_newest_slot_alone_has_a_row(agreed: Schedule) -> None:
    delivery.plan(DUE + 21 * DAY + HOUR)
    assert slots() == [(date(2026, 12, 13), DUE + 21 * DAY)]
    agreed.refresh_from_db()
    assert agreed.next_at == DUE + 28 * DAY


def test_nobody_is_written_to_who_did_not_say_yes(ada: User) -> None:
    Schedule.kept_weekly(ada)
    assert delivery.plan(DUE) == 0


def test_slots_before_the_yes_are_not_due(ada: User) -> None:
    Schedule.weekly(ada).change(DUE + HOUR, active=True)
    delivery.plan(DUE + 2 * HOUR)
    assert slots() == []
    delivery.plan(DUE + 7 * DAY)
    assert slots() == [(date(2026, 11, 29), DUE + 7 * DAY)]


def test_slots_before_the_last_change_are_not_due(agreed: Schedule) -> None:
    agreed.change(DUE + 10 * MINUTE, local_time=time(18, 5))
    delivery.plan(DUE + HOUR)
    assert slots() == []
    assert agreed.next_at == DUE + 7 * DAY + 5 * MINUTE


def test_keeping_the_same_rule_again_changes_nothing(agreed: Schedule) -> None:
    before = (agreed.version, agreed.since, agreed.next_at)
    agreed.change(DUE + HOUR, weekday=6, local_time=time(18), active=True)
    assert (agreed.version, agreed.since, agreed.next_at) == before


def test_a_letter_planned_by_the_old_rule_makes_room_for_the_new_one(agreed: Schedule) -> None:
    """Moved from six to eight after six, on a server that was behind: it comes at eight."""
    delivery.plan(DUE)
    agreed.change(DUE + MINUTE, local_time=time(20))
    delivery.plan(DUE + 2 * HOUR)
    assert slots() == [(date(2026, 11, 22), DUE + 2 * HOUR)]


@pytest.mark.parametrize("state", sorted(set(State) - {State.PLANNED}))
def test_a_letter_that_may_have_left_keeps_its_slot_whatever_changes(agreed: Schedule, state: State) -> None:
    delivery.plan(DUE)
    Delivery.objects.update(state=state)
    agreed.change(DUE + MINUTE, local_time=time(20))
    delivery.plan(DUE + 2 * HOUR)
    assert slots() == [(date(2026, 11, 22), DUE)]


def test_without_a_known_zone_nothing_is_planned(ada: User) -> None:
    ada.time_zone = ""
    ada.save()
    schedule = agree(ada)
    assert schedule.next_at is None
    assert delivery.plan(DUE + DAY) == 0
    Schedule.objects.move(ada, "Asia/Tokyo", DUE)
    schedule.refresh_from_db()
    assert schedule.next_at == datetime(2026, 11, 29, 9, tzinfo=UTC)


def test_a_zone_that_is_known_no_more_stops_nobody_else(agreed: Schedule, bea: User) -> None:
    agree(bea)
    User.objects.filter(pk=bea.pk).update(time_zone="Asia/Atlantis")
    assert delivery.plan(DUE) == 2
    assert list(Delivery.objects.values_list("owner", flat=True)) == [agreed.owner_id]


def test_moving_moves_the_next_letter_and_no_row(agreed: Schedule, ada: User) -> None:
    Schedule.objects.move(ada, "America/New_York", FRIDAY)
    delivery.plan(DUE)
    assert slots() == []
    delivery.plan(DUE + 5 * HOUR)
    assert slots() == [(date(2026, 11, 22), DUE + 5 * HOUR)]


def test_moving_west_after_the_letter_brings_no_second_one(agreed: Schedule, ada: User) -> None:
    delivery.plan(DUE)
    Delivery.objects.update(state=State.SENT)
    Schedule.objects.move(ada, "Pacific/Honolulu", DUE + MINUTE)
    delivery.plan(DUE + 11 * HOUR)
    assert slots() == [(date(2026, 11, 22), DUE)]


def test_each_is_asked_by_their_own_clock(agreed: Schedule, bea: User) -> None:
    agree(bea)
    delivery.plan(DUE - 9 * HOUR)
    assert list(Delivery.objects.values_list("owner", flat=True)) == [bea.pk]
    delivery.plan(DUE)
    assert Delivery.objects.count() == 2


def test_a_pass_by_an_earlier_clock_leaves_later_rows_alone(agreed: Schedule) -> None:
    delivery.plan(DUE + 7 * DAY)
    delivery.tick(DUE)
    assert list(Delivery.objects.values_list("state", flat=True)) == [State.PLANNED]


@pytest.mark.parametrize("people", [1, 3])
def test_planning_takes_as_many_statements_for_three_as_for_one(
    people: int, db: None, django_assert_num_queries: Any
) -> None:
    for number in range(people):
        user = User.objects.create_user(f"p{number}@example.com", "a long enough secret", time_zone="Europe/Lisbon")
        agree(user)
    # Within the test's transaction: begin, look, insert, update, end; and once more, begin, look, end.
    with django_assert_num_queries(8):
        delivery.plan(DUE)
    assert Delivery.objects.count() == people
