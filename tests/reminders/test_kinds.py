"""Each kind of letter by its own rule, and one letter a day however many were agreed to."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from accounts.models import User
from journal.models import Entry, Milestone
from reminders import delivery
from reminders.kinds import DAILY, KINDS, MONTH, ORDER, STEP, WEEKLY, YEAR, before
from reminders.models import Delivery, Discretion, Schedule, WriteLink
from reminders.models.delivery import Reason, State
from reminders.upcoming import Taken, coming
from tests import make
from tests.reminders.conftest import DAY, FRIDAY, HOUR, MINUTE

SATURDAY = date(2026, 11, 21)


def agree_to(user: User, kind: str, **rule: Any) -> Schedule:
    schedule = Schedule.one(user, kind)
    schedule.change(FRIDAY, active=True, **rule)
    return schedule


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """By the wall in Lisbon, in winter."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def pass_by(day: date) -> None:
    """The passes of a day at which some kind is due, here or in Tokyo, as proposed."""
    for hour, minute in ((0, 0), (8, 0), (9, 0), (11, 30), (18, 0), (20, 30), (23, 0)):
        delivery.tick(at(day, hour, minute))


def fates(kind: str | None = None) -> list[tuple[str, date, str, str]]:
    rows = Delivery.objects.filter(kind=kind) if kind else Delivery.objects.all()
    return list(rows.order_by("due_at").values_list("kind", "slot", "state", "reason"))


def subjects() -> list[str]:
    return [letter.subject for letter in mail.outbox]


def test_each_kind_has_its_own_place_in_the_order_of_a_day() -> None:
    assert ORDER == [WEEKLY, MONTH, YEAR, STEP, DAILY]
    assert [before(kind) for kind in (WEEKLY, YEAR)] == [[], [WEEKLY, MONTH]]


def test_a_schedule_is_proposed_as_its_kind_says(ada: User) -> None:
    proposed = {kind: Schedule.one(ada, kind) for kind in ORDER}
    assert {kind: (one.weekday, one.local_time, one.active) for kind, one in proposed.items()} == {
        WEEKLY: (6, time(18), False),
        MONTH: (None, time(9), False),
        YEAR: (None, time(9), False),
        STEP: (None, time(8), False),
        DAILY: (None, time(20, 30), False),
    }
    assert Schedule.objects.count() == 0


def test_saying_yes_keeps_what_was_proposed(ada: User) -> None:
    agree_to(ada, DAILY)
    kept = Schedule.objects.get()
    assert (kept.kind, kept.weekday, kept.local_time, kept.next_at) == (
        DAILY,
        None,
        time(20, 30),
        at(FRIDAY.date(), 20, 30),
    )


# The daily line


def test_the_daily_letter_comes_each_evening(ada: User) -> None:
    agree_to(ada, DAILY)
    for days in range(3):
        delivery.tick(at(SATURDAY + days * DAY, 20, 30))
    assert subjects() == ["One line, if you like"] * 3


@pytest.mark.parametrize("dated", [SATURDAY, SATURDAY - DAY, SATURDAY + DAY])
def test_no_daily_letter_on_a_day_with_something_written_whatever_day_it_was_written_for(
    ada: User, dated: date
) -> None:
    agree_to(ada, DAILY)
    make.entry(ada, on=dated, now=at(SATURDAY, 7))
    delivery.tick(at(SATURDAY, 20, 30))
    assert fates() == [(DAILY, SATURDAY, State.SKIPPED, Reason.QUIET)]


def test_what_was_written_yesterday_or_by_somebody_else_keeps_no_daily_letter_away(ada: User, bea: User) -> None:
    agree_to(ada, DAILY)
    make.entry(ada, on=SATURDAY - DAY, now=at(SATURDAY - DAY, 23))
    make.entry(bea, on=SATURDAY, now=at(SATURDAY, 12))
    make.entry(ada, on=SATURDAY, now=at(SATURDAY, 12)).remove(at(SATURDAY, 13))
    delivery.tick(at(SATURDAY, 20, 30))
    assert fates() == [(DAILY, SATURDAY, State.SENT, "")]


@pytest.mark.parametrize(("starts", "wrote", "state"), [(0, 1, "skipped"), (4, 1, "sent"), (4, 5, "skipped")])
def test_the_day_of_whoever_sits_up_late_begins_when_they_say(ada: User, starts: int, wrote: int, state: str) -> None:
    """Written at one in the night where the day begins at four: that was the day before; this one has no line yet."""
    ada.day_starts_at = starts
    ada.save()
    agree_to(ada, DAILY)
    make.entry(ada, now=at(SATURDAY, wrote))
    ahead = [
        one.slot.day
        for one in coming(list(Schedule.objects.of(ada)), Taken.of(ada, at(SATURDAY, 9)), at(SATURDAY, 9), 1)
    ]
    delivery.tick(at(SATURDAY, 20, 30))
    assert fates() == [(DAILY, SATURDAY, state, "" if state == "sent" else Reason.QUIET)]
    assert ahead == [SATURDAY if state == "sent" else SATURDAY + DAY]


def test_a_daily_letter_is_stale_after_three_hours(ada: User) -> None:
    agree_to(ada, DAILY, local_time=time(9))
    delivery.plan(at(SATURDAY, 9))
    delivery.deliver(lambda: at(SATURDAY, 12, 1))
    assert fates() == [(DAILY, SATURDAY, State.SKIPPED, Reason.LATE)]


def test_its_link_writes_one_line_for_two_days(ada: User) -> None:
    agree_to(ada, DAILY)
    delivery.tick(at(SATURDAY, 20, 30))
    link = WriteLink.objects.get()
    assert (link.kind, link.day, link.monday) == (DAILY, SATURDAY, date(2026, 11, 16))
    assert timedelta(0) <= link.expires_at - at(SATURDAY + 2 * DAY, 20, 30) < MINUTE


# The others


def test_the_month_comes_on_the_first_where_the_month_has_pages(ada: User, bea: User) -> None:
    for user in (ada, bea):
        user.time_zone = "Europe/Lisbon"
        user.save()
        agree_to(user, MONTH)
    make.entry(ada, on=date(2026, 11, 30))
    make.entry(bea, on=date(2026, 12, 1))
    delivery.tick(at(date(2026, 12, 1), 9))
    assert Delivery.objects.get(owner=ada).state == State.SENT
    assert Delivery.objects.get(owner=bea).reason == Reason.NOTHING
    [letter] = mail.outbox
    assert "http://127.0.0.1:8000/months/2026-11/" in letter.body
    assert WriteLink.objects.count() == 0


def a_win(ada: User, day: date) -> None:
    make.entry(ada, on=day)


def a_proud_thing(ada: User, day: date) -> None:
    make.entry(ada, kind=Entry.Kind.PROUD, on=day)


def something_hard(ada: User, day: date) -> None:
    make.setback(ada, on=day)


def a_note(ada: User, day: date) -> None:
    make.entry(ada, kind=Entry.Kind.NOTE, on=day)


@pytest.mark.parametrize(
    ("kept", "fate"),
    [
        (a_win, (State.SENT, "")),
        (a_proud_thing, (State.SENT, "")),
        (something_hard, (State.SKIPPED, Reason.NOTHING)),
        (a_note, (State.SKIPPED, Reason.NOTHING)),
    ],
)
def test_a_year_ago_brings_only_what_is_gladly_met_again(ada: User, kept: Any, fate: tuple[str, str]) -> None:
    agree_to(ada, YEAR)
    kept(ada, date(2025, 11, 21))
    delivery.tick(at(SATURDAY, 9))
    assert fates() == [(YEAR, SATURDAY, *fate)]


def test_the_step_of_today_comes_where_one_waits(ada: User) -> None:
    agree_to(ada, STEP)
    delivery.tick(at(SATURDAY, 8))
    Milestone.keep(ada, FRIDAY, title="The long one", step="Open the folder")
    delivery.tick(at(SATURDAY + DAY, 8))
    assert [fate[2:] for fate in fates()] == [(State.SKIPPED, Reason.NOTHING), (State.SENT, "")]
    assert "folder" not in mail.outbox[0].body
    assert "http://127.0.0.1:8000/steps/" in mail.outbox[0].body


@pytest.mark.parametrize("kind", [MONTH, YEAR, STEP])
def test_a_letter_leads_to_the_page_that_it_asks_for(
    kind: str, ada: User, ada_client: Client, bea_client: Client
) -> None:
    agree_to(ada, kind)
    make.entry(ada, body="The kiln was too hot.", on=date(2025, 12, 1))
    make.setback(ada, body="The glaze ran.", on=date(2025, 12, 1))
    make.entry(ada, body="A bowl with a rim.", on=date(2026, 11, 10))
    Milestone.keep(ada, FRIDAY, title="The long one", step="Open the folder")
    first = date(2026, 12, 1)
    with time_machine.travel(at(first, 9), tick=False):
        pass_by(first)
        body = str(mail.outbox[0].body)
        [link] = [link for link in re.findall(r"http://127.0.0.1:8000(\S+)", body) if not link.startswith("/u/")]
        theirs, others = ada_client.get(link).content.decode(), bea_client.get(link).content.decode()
    words = ["The kiln was too hot.", "The glaze ran.", "A bowl with a rim.", "Open the folder"]
    meant = {MONTH: "A bowl with a rim.", YEAR: "The kiln was too hot.", STEP: "Open the folder"}
    assert [word for word in words if word in theirs] == [meant[kind]]
    assert [word for word in words if word in others or word in body] == []


# One a day


SUNDAY = SATURDAY + DAY


def test_a_daily_letter_gives_way_to_the_weekly_one_of_that_evening(ada: User) -> None:
    agree_to(ada, WEEKLY)
    agree_to(ada, DAILY, local_time=time(9))
    for hour in (9, 18):
        delivery.tick(at(SUNDAY, hour))
    assert fates() == [(DAILY, SUNDAY, State.SKIPPED, Reason.OTHER), (WEEKLY, SUNDAY, State.SENT, "")]


def test_where_both_are_due_at_once_the_weekly_one_goes(ada: User) -> None:
    agree_to(ada, DAILY, local_time=time(18))
    agree_to(ada, WEEKLY)
    delivery.tick(at(SUNDAY, 18))
    assert sorted(fates()) == [(DAILY, SUNDAY, State.SKIPPED, Reason.OTHER), (WEEKLY, SUNDAY, State.SENT, "")]


def test_where_the_weekly_one_is_still_to_be_tried_again_the_daily_one_gives_way(ada: User) -> None:
    agree_to(ada, DAILY, local_time=time(20))
    agree_to(ada, WEEKLY)
    delivery.tick(at(SATURDAY, 20))
    delivery.plan(at(SUNDAY, 18))
    Delivery.objects.filter(kind=WEEKLY).update(not_before=at(SUNDAY, 20, 30), tries=3)
    delivery.tick(at(SUNDAY, 20))
    assert [fate[2:] for fate in fates(DAILY)] == [(State.SENT, ""), (State.SKIPPED, Reason.OTHER)]


@pytest.mark.parametrize("meanwhile", ["stopped", "resting", "another day"])
def test_a_weekly_letter_that_will_not_come_today_keeps_no_daily_one_away(ada: User, meanwhile: str) -> None:
    weekly = agree_to(ada, WEEKLY)
    agree_to(ada, DAILY, local_time=time(9))
    if meanwhile == "stopped":
        weekly.change(FRIDAY + HOUR, active=False)
    elif meanwhile == "resting":
        weekly.rest(SUNDAY + 3 * DAY)
    else:
        weekly.change(FRIDAY + HOUR, weekday=0)
    delivery.tick(at(SUNDAY, 9))
    assert fates(DAILY) == [(DAILY, SUNDAY, State.SENT, "")]


# The month waits a day


FIRST = date(2026, 11, 1)  # a Sunday
SECOND = FIRST + DAY
OCTOBER = datetime(2026, 10, 28, 12, tzinfo=UTC)


def agree_in_october(user: User, *kinds: str, **rule: Any) -> None:
    for kind in kinds:
        Schedule.one(user, kind).change(OCTOBER, active=True, **rule)


def pass_by_the_first() -> None:
    for day in (FIRST, SECOND, SECOND + DAY):
        pass_by(day)


def of_the_month() -> list[tuple[date, str, str, datetime, date | None]]:
    rows = Delivery.objects.filter(kind=MONTH)
    return list(rows.values_list("slot", "state", "reason", "due_at", "handed_on"))


@pytest.mark.parametrize("wall", [time(7), time(9), time(18)], ids=["before it", "with it", "after it"])
def test_a_month_whose_first_is_the_weekly_ones_day_comes_the_day_after(ada: User, wall: time) -> None:
    make.entry(ada, on=date(2026, 10, 5), now=OCTOBER)
    agree_in_october(ada, MONTH)
    agree_in_october(ada, WEEKLY, local_time=wall)
    pass_by_the_first()
    assert of_the_month() == [(FIRST, State.SENT, "", at(SECOND, 9), SECOND)]
    assert fates(WEEKLY) == [(WEEKLY, FIRST, State.SENT, "")]
    assert "http://127.0.0.1:8000/months/2026-10/" in str(mail.outbox[1].body)


def test_where_three_are_named_the_month_has_its_own_day(ada: User) -> None:
    for day in (26, 27, 28):
        make.entry(ada, kind=Entry.Kind.PROUD, on=date(2026, 10, day), now=at(date(2026, 10, day), 12))
    agree_in_october(ada, WEEKLY, MONTH)
    pass_by_the_first()
    assert of_the_month() == [(FIRST, State.SENT, "", at(FIRST, 9), FIRST)]


def test_a_month_without_pages_waits_for_nothing(ada: User) -> None:
    agree_in_october(ada, WEEKLY, MONTH)
    pass_by_the_first()
    assert of_the_month() == [(FIRST, State.SKIPPED, Reason.NOTHING, at(FIRST, 9), None)]


def test_a_month_that_waited_has_the_next_day_before_what_would_come_earlier(ada: User, bea: User) -> None:
    """Two people: bea has no month to wait for, and gets her step on both days."""
    for user, kinds in ((ada, (WEEKLY, MONTH, STEP)), (bea, (STEP,))):
        user.time_zone = "Europe/Lisbon"
        user.save()
        make.entry(user, on=date(2026, 10, 5), now=OCTOBER)
        Milestone.keep(user, OCTOBER, title="The long one", step="Open the folder")
        agree_in_october(user, *kinds)
    for day in (FIRST, SECOND):
        pass_by(day)
    went = Delivery.objects.filter(state=State.SENT).order_by("handed_on")
    assert [one.kind for one in went.filter(owner=ada)] == [WEEKLY, MONTH]
    assert [one.kind for one in went.filter(owner=bea)] == [STEP, STEP]


def test_a_month_waits_once(ada: User) -> None:
    """On the second, too, another letter has left before it could go."""
    make.entry(ada, on=date(2026, 10, 5), now=OCTOBER)
    agree_in_october(ada, WEEKLY, MONTH)
    pass_by(FIRST)
    weekly = Delivery.objects.get(kind=WEEKLY)
    Delivery.objects.filter(pk=weekly.pk).update(handed_on=SECOND)
    pass_by(SECOND)
    assert of_the_month() == [(FIRST, State.SKIPPED, Reason.OTHER, at(SECOND, 9), None)]


def test_a_month_that_waits_is_late_by_the_day_it_waits_for(ada: User) -> None:
    make.entry(ada, on=date(2026, 10, 5), now=OCTOBER)
    agree_in_october(ada, WEEKLY, MONTH)
    pass_by(FIRST)
    delivery.tick(at(SECOND, 15))
    assert of_the_month() == [(FIRST, State.SENT, "", at(SECOND, 9), SECOND)]


def test_the_letters_page_knows_the_day_it_waits_for(ada: User) -> None:
    make.entry(ada, on=date(2026, 10, 5), now=OCTOBER)
    agree_in_october(ada, WEEKLY, MONTH)

    def ahead(now: datetime) -> list[tuple[str, date, datetime]]:
        letters = coming(list(Schedule.objects.of(ada).select_related("owner")), Taken.of(ada, now), now, 3)
        return [(one.schedule.kind, one.slot.day, one.at) for one in letters]

    weekly = [(WEEKLY, FIRST + n * 7 * DAY, at(FIRST + n * 7 * DAY, 18)) for n in range(3)]
    month = (MONTH, FIRST, at(SECOND, 9))
    assert ahead(at(FIRST, 8)) == [weekly[0], month, weekly[1]]
    pass_by(FIRST)
    assert ahead(at(FIRST, 23)) == [month, weekly[1], weekly[2]]
    pass_by(SECOND)
    assert ahead(at(SECOND, 23)) == [*weekly[1:], (WEEKLY, FIRST + 21 * DAY, at(FIRST + 21 * DAY, 18))]


def test_all_kinds_agreed_to_are_one_letter_a_day(ada: User) -> None:
    for kind in ORDER:
        agree_to(ada, kind)
    make.entry(ada, on=date(2025, 11, 21))
    make.entry(ada, on=date(2026, 11, 10))
    Milestone.keep(ada, FRIDAY, title="The long one", step="Open the folder")
    for number in range(12):
        pass_by(SATURDAY + number * DAY)
    days = list(Delivery.objects.filter(state=State.SENT).values_list("handed_on", flat=True))
    assert len(days) == len(set(days)) == len(mail.outbox)
    # Three steps without an answer, and the daily line has their days; then it slows down, too.
    assert {kind for kind, _, state, _ in fates() if state == State.SENT} == set(ORDER)


# Subjects


@pytest.mark.parametrize("kind", ORDER)
def test_who_asked_for_it_gets_a_subject_that_says_nothing(ada: User, bea: User, kind: str) -> None:
    Discretion.objects.create(owner=ada, at=FRIDAY)
    for user in (ada, bea):
        make.entry(user, on=date(2025, 11, 22))
        make.entry(user, on=date(2026, 11, 10))
        Milestone.keep(user, FRIDAY, title="The long one", step="Open the folder")
        agree_to(user, kind)
    for days in range(11):
        pass_by(SATURDAY + days * DAY)
    said = {letter.to[0]: letter.subject for letter in mail.outbox}
    assert said["ada@example.com"] == "A letter for you"
    assert said["bea@example.com"] not in ("A letter for you", "")
    assert KINDS[kind].name == kind
