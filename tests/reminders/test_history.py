"""Why did I not get it? Each letter of the last sixty days, and what became of it in plain words."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from journal.models import Milestone, Step
from reminders import delivery
from reminders.history import FAREWELL, NAMES, REASONS
from reminders.kinds import KINDS, OF_PLACE
from reminders.models import Bounce, Delivery, Schedule, Silence
from reminders.models.delivery import Reason, State
from tests import make
from tests.reminders.conftest import DAY, DUE, FRIDAY, HOUR, MINUTE, agree

PAGE = "/settings/reminders/history/"
NOW = DUE + 2 * DAY


@pytest.fixture(autouse=True)
def on_tuesday() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def letter(user: User, due: datetime = DUE, kind: str = "weekly", **what: Any) -> Delivery:
    standard = {"slot": due.date(), "due_at": due, "not_before": due, "schedule_version": 1}
    return Delivery.objects.create(owner=user, kind=kind, **standard | what)


def past(client: Client) -> list[str]:
    return listed(client, "past-h")


def to_come(client: Client) -> list[str]:
    return listed(client, "next-h")


def listed(client: Client, heading: str) -> list[str]:
    page = client.get(PAGE).content.decode()
    section = page.split(f'aria-labelledby="{heading}"')[1].split("</section>")[0]
    found = re.findall(r"<li>(.*?)</li>", section, flags=re.S)
    return [" · ".join(part for part in re.split(r"<[^>]+>", line) if part.strip()) for line in found]


UNSURE = "Handed over; whether it was taken nobody told us, so it was not sent again."
FATES: list[tuple[dict[str, Any], str]] = [
    ({"state": State.PLANNED}, "Waiting to go."),
    ({"state": State.PLANNED, "not_before": DUE + 14 * HOUR}, "Waiting for the morning."),
    (
        {"state": State.PLANNED, "not_before": DUE + MINUTE, "tries": 1},
        "Waiting: the mail server did not take it yet. It is tried again.",
    ),
    ({"state": State.CLAIMED}, "On its way."),
    ({"state": State.HANDED}, "On its way."),
    ({"state": State.SENT, "handed_at": DUE + MINUTE}, "Sent."),
    ({"state": State.SENT, "handed_at": DUE + 14 * HOUR}, "Sent later: Monday 23 November, 08:00."),
    ({"state": State.FAILED}, "Refused by a mail server; that says nothing about your mailbox."),
    ({"state": State.UNSURE}, UNSURE),
    *[({"state": State.SKIPPED, "reason": reason}, str(words)) for reason, words in REASONS.items()],
]


@pytest.mark.parametrize(("what", "words"), FATES, ids=[words[:40] for _, words in FATES])
def test_what_became_of_it_is_said_in_plain_words(
    ada: User, ada_client: Client, settings: Any, what: dict[str, Any], words: str
) -> None:
    settings.EMAIL_URL = "smtp://127.0.0.1"
    letter(ada, kind="daily", **what)
    [line] = past(ada_client)
    assert line.split(" · ")[0] == "One quiet line"
    assert "Sunday 22 November, 18:00" in line
    assert line.endswith(words)


def test_every_state_reason_and_kind_has_its_words() -> None:
    said = {(what["state"], what.get("reason", "")) for what, _ in FATES}
    # Of what is past nothing is known any more, and nothing is shown.
    assert {state for state, _ in said} == set(State) - {State.PAST}
    assert {reason for _, reason in said} - {""} == set(Reason)
    assert set(NAMES) == {*KINDS, *OF_PLACE}
    sentences = [str(words) for words in REASONS.values()]
    assert len(set(sentences)) == len(sentences)


@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [
        ("hard", "5.1.1", "It came back: that mailbox takes no mail."),
        ("soft", "4.2.2", "It came back: the mailbox was full."),
        ("soft", "550", "It came back: the mailbox could not take it then."),
        ("complaint", "", "Refused by a mail server; that says nothing about your mailbox."),
    ],
)
def test_of_one_that_came_back_it_is_said_what_the_mailbox_said(
    ada: User, ada_client: Client, kind: str, code: str, words: str
) -> None:
    row = letter(ada, state=State.FAILED)
    Bounce.objects.create(delivery=row, owner=ada, at=DUE, kind=kind, code=code)
    assert past(ada_client)[0].endswith(words)


def test_a_weekly_letter_that_was_not_needed_says_what_for(ada: User, ada_client: Client) -> None:
    letter(ada, state=State.SKIPPED, reason=Reason.QUIET)
    assert past(ada_client)[0].endswith("Not sent: three things were named already.")


def test_the_note_before_the_silence_is_named_as_such(ada: User, ada_client: Client) -> None:
    letter(ada, state=State.SENT, farewell=True)
    [line] = past(ada_client)
    assert line.startswith(str(FAREWELL))


def test_where_no_mail_leaves_it_lies_in_the_folder(ada: User, ada_client: Client, settings: Any) -> None:
    settings.EMAIL_URL = ""
    letter(ada, state=State.SENT, handed_at=DUE)
    assert past(ada_client)[0].endswith("Put into the outbox folder.")


def test_the_newest_stands_first_and_sixty_days_are_shown(ada: User, ada_client: Client) -> None:
    for due in (NOW - timedelta(days=59), DUE, NOW - timedelta(days=61), NOW - DAY):
        letter(ada, due, state=State.SENT)
    days = [line.split(" · ")[-2] for line in past(ada_client)]
    assert days == ["Monday 23 November, 18:00", "Sunday 22 November, 18:00", "Saturday 26 September, 19:00"]


def test_times_are_told_by_the_persons_clock(ada: User, ada_client: Client) -> None:
    User.objects.filter(pk=ada.pk).update(time_zone="Asia/Kolkata")
    letter(ada, state=State.FAILED)
    assert "Sunday 22 November, 23:30" in past(ada_client)[0]
    assert '<time datetime="2026-11-22T23:30:00+05:30">' in ada_client.get(PAGE).content.decode()


def test_bea_sees_her_own_alone(ada: User, bea: User, bea_client: Client) -> None:
    letter(ada, state=State.SENT)
    assert past(bea_client) == []
    letter(bea, state=State.FAILED)
    assert len(past(bea_client)) == 1


def test_a_letter_that_really_went_is_told(ada: User, ada_client: Client, agreed: Schedule, settings: Any) -> None:
    delivery.tick(DUE)
    assert past(ada_client) == ["Three things · Sunday 22 November, 18:00 · Put into the outbox folder."]


# What comes next


def test_the_next_three_of_all_that_are_switched_on(ada: User, ada_client: Client, agreed: Schedule) -> None:
    Schedule.one(ada, "daily").change(FRIDAY, active=True)
    Schedule.one(ada, "month").change(FRIDAY, active=False)
    with time_machine.travel(datetime(2026, 11, 27, 21, tzinfo=UTC), tick=False):
        assert to_come(ada_client) == [
            "One quiet line · Saturday 28 November, 20:30",
            "Three things · Sunday 29 November, 18:00",
            "One quiet line · Monday 30 November, 20:30",
        ]


def test_every_kind_has_its_place_in_the_order(ada: User, ada_client: Client, agreed: Schedule) -> None:
    for kind in ("month", "year", "step", "daily"):
        Schedule.one(ada, kind).change(FRIDAY, active=True)
    make.entry(ada, on=date(2025, 11, 29))
    make.entry(ada, on=date(2025, 11, 30))
    with time_machine.travel(datetime(2026, 11, 28, 22, tzinfo=UTC), tick=False):
        assert to_come(ada_client) == [
            "Three things · Sunday 29 November, 18:00",
            "A page from a year ago · Monday 30 November, 09:00",
            "The month, looking back · Tuesday 1 December, 09:00",
        ]


def test_what_brings_something_back_is_named_only_where_there_is_something(ada: User, ada_client: Client) -> None:
    for kind in ("year", "step"):
        Schedule.one(ada, kind).change(FRIDAY, active=True)
    assert to_come(ada_client) == []
    assert "None in sight: what is switched on has nothing to bring for now." in text(ada_client.get(PAGE))
    make.entry(ada, on=date(2025, 12, 3))
    make.setback(ada, on=date(2025, 12, 4))
    assert to_come(ada_client) == ["A page from a year ago · Thursday 3 December, 09:00"]
    Milestone.keep(ada, FRIDAY, title="The long one", step="Open the folder")
    Step.objects.update(rests_until=date(2026, 12, 2))
    assert to_come(ada_client) == [
        "One small step · Wednesday 2 December, 08:00",
        "A page from a year ago · Thursday 3 December, 09:00",
        "One small step · Friday 4 December, 08:00",
    ]


def test_a_letter_that_was_put_off_says_so(ada: User, ada_client: Client) -> None:
    due = datetime(2026, 11, 25, 9, tzinfo=UTC)
    letter(ada, due, kind="month", slot=date(2026, 11, 24), state=State.PLANNED)
    assert past(ada_client) == [
        "The month, looking back · Wednesday 25 November, 09:00 · "
        "Waiting: its day was another letter’s, so it comes the day after."
    ]


def test_a_rest_is_waited_for(ada: User, ada_client: Client, agreed: Schedule) -> None:
    agreed.rest(date(2026, 12, 18))
    assert to_come(ada_client)[0] == "Three things · Sunday 20 December, 18:00"
    assert "Letters rest until Friday 18 December 2026." in text(ada_client.get(PAGE))


def test_none_comes_in_a_silence(ada: User, ada_client: Client, agreed: Schedule) -> None:
    Silence.begin(ada.pk, Silence.Why.UNANSWERED, NOW)
    assert to_come(ada_client) == []
    assert "None, while letters are quiet." in text(ada_client.get(PAGE))


def test_none_is_switched_on(ada_client: Client) -> None:
    page = text(ada_client.get(PAGE))
    assert "None: no letter is switched on." in page
    assert "No letter was due in these days." in page


def test_no_zone_no_time(ada: User, ada_client: Client, agreed: Schedule) -> None:
    User.objects.filter(pk=ada.pk).update(time_zone="")
    assert to_come(ada_client) == []
    assert "as soon as we know your time zone" in text(ada_client.get(PAGE))


def unanswered(user: User, kind: str) -> None:
    """Three letters that nobody answered."""
    for days in (3, 2, 1):
        letter(user, NOW - days * DAY, kind=kind, state=State.SENT)
    Schedule.objects.filter(owner=user, kind=kind).update(unanswered=3, since=NOW - 9 * DAY)


def test_daily_letters_that_slowed_down_come_on_sundays(ada: User, ada_client: Client) -> None:
    Schedule.one(ada, "daily").change(FRIDAY, active=True)
    unanswered(ada, "daily")
    assert to_come(ada_client) == [
        f"One quiet line · Sunday {day}, 20:30" for day in ("29 November", "6 December", "13 December")
    ]
    make.entry(ada, now=NOW - HOUR)
    assert to_come(ada_client)[0] == "One quiet line · Wednesday 25 November, 20:30"


def test_beside_a_weekly_one_they_stay_away(ada: User, ada_client: Client, agreed: Schedule) -> None:
    Schedule.one(ada, "daily").change(FRIDAY, active=True)
    unanswered(ada, "daily")
    assert [line.split(" · ")[0] for line in to_come(ada_client)] == ["Three things"] * 3


def test_after_the_note_there_is_none(ada: User, ada_client: Client, agreed: Schedule) -> None:
    unanswered(ada, "weekly")
    assert to_come(ada_client) == [f"{FAREWELL} · Sunday 29 November, 18:00"]


@pytest.mark.parametrize("rows", [1, 3])
def test_it_asks_as_much_for_three_as_for_one(
    rows: int, ada: User, ada_client: Client, bea: User, django_assert_num_queries: Any
) -> None:
    agree(ada)
    for days in range(rows):
        letter(ada, NOW - (days + 1) * DAY, state=State.SENT)
    ada_client.get(PAGE)
    # The session, the person, silence, the schedules, the letters, whether today has its line.
    with django_assert_num_queries(6):
        ada_client.get(PAGE)


def test_letters_leads_there_and_back(ada_client: Client) -> None:
    assert f'href="{PAGE}"' in ada_client.get("/settings/reminders/").content.decode()
    assert 'href="/settings/reminders/"' in ada_client.get(PAGE).content.decode()
    assert ada_client.post(PAGE).status_code == 405
