"""When letters come: off until the person says so, by one clock, and the next one in plain words."""

import re
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from accounts.models import User
from journal.models import Milestone
from reminders import delivery
from reminders.models import Delivery, Discretion, Offer, Schedule, WriteLink
from scripts import services
from tests import make
from tests.reminders.conftest import DUE, FRIDAY, MINUTE, agree

PAGE = "/settings/reminders/"
YES = {"weekly": "on", "weekday": "6", "local_time": "18:00", "time_zone": "Europe/Lisbon"}


@pytest.fixture(autouse=True)
def on_friday() -> Any:
    with time_machine.travel(FRIDAY, tick=False) as clock:
        yield clock


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def next_time(answer: Any) -> str | None:
    found = re.search(r'<time datetime="([^"]+)"', answer.content.decode())
    return found and found[1]


def test_it_is_off_until_the_person_says_so(ada_client: Client) -> None:
    page = ada_client.get(PAGE)
    assert 'name="weekly">' in page.content.decode()
    assert "None, until you say so." in text(page)
    assert next_time(page) is None
    assert Schedule.objects.count() == 0


def test_yes_is_kept_and_the_next_letter_named(ada_client: Client, ada: User) -> None:
    answer = ada_client.post(PAGE, YES)
    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    schedule = Schedule.objects.get(owner=ada)
    assert (schedule.active, schedule.agreed_at, schedule.next_at) == (True, FRIDAY, DUE)
    page = ada_client.get(PAGE)
    assert 'name="weekly" checked>' in page.content.decode()
    assert next_time(page) == "2026-11-22T18:00:00+00:00"
    assert "Sunday 22 November, 18:00" in text(page)
    assert "In two days, by the clocks in Lisbon. It asks about 16 to 22 November;" in text(page)
    assert "Off until you said yes, on 20 November." in text(page)
    assert "ada@example.com" in text(page)


def test_no_turns_it_off_again(ada_client: Client, agreed: Schedule) -> None:
    ada_client.post(PAGE, {name: value for name, value in YES.items() if name != "weekly"})
    agreed.refresh_from_db()
    assert (agreed.active, agreed.next_at, agreed.agreed_at) == (False, None, None)


def test_the_zone_is_the_persons_only_one(ada_client: Client, ada: User, agreed: Schedule) -> None:
    ada_client.post(PAGE, YES | {"time_zone": "Asia/Tokyo"})
    ada.refresh_from_db()
    agreed.refresh_from_db()
    assert ada.time_zone == "Asia/Tokyo"
    assert agreed.next_at == datetime(2026, 11, 22, 9, tzinfo=UTC)
    assert next_time(ada_client.get(PAGE)) == "2026-11-22T18:00:00+09:00"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"weekday": "7"}, "One of the seven days"),
        ({"weekday": "someday"}, "One of the seven days"),
        ({"local_time": "03:00"}, "Letters come between 5:00 and 22:30."),
        ({"local_time": "22:31"}, "Letters come between 5:00 and 22:30."),
        ({"local_time": "25:99"}, "A time goes here"),
        ({"time_zone": "Mars/Olympus"}, "isn’t a time zone we know"),
        ({"time_zone": ""}, "A time zone goes here"),
        ({"time_zone": "../../etc/passwd"}, "isn’t a time zone we know"),
    ],
)
def test_what_cannot_be_read_changes_nothing(
    ada_client: Client, ada: User, agreed: Schedule, wrong: dict[str, str], words: str
) -> None:
    answer = ada_client.post(PAGE, YES | {"weekday": "1"} | wrong)
    assert answer.status_code == 422
    assert words in text(answer)
    ada.refresh_from_db()
    before = (agreed.version, agreed.weekday)
    agreed.refresh_from_db()
    assert (agreed.version, agreed.weekday) == before
    assert ada.time_zone == "Europe/Lisbon"
    if "local_time" in wrong:
        assert f'value="{wrong["local_time"]}"' in answer.content.decode()


def test_looking_ahead_keeps_nothing(ada_client: Client, agreed: Schedule) -> None:
    asked = YES | {"weekday": "2", "local_time": "07:30", "time_zone": "America/New_York"}
    part = ada_client.get(PAGE, asked, headers={"HX-Request": "true"})
    assert next_time(part) == "2026-11-25T07:30:00-05:00"
    assert "by the clocks in New York. It asks about 16 to 22 November" in text(part)
    assert "It’s Wednesday. Was there something last week" in text(part)
    assert "<form" not in part.content.decode()
    before = agreed.version
    agreed.refresh_from_db()
    assert agreed.version == before


def test_looking_ahead_without_a_script_is_the_whole_page(ada_client: Client, agreed: Schedule) -> None:
    page = ada_client.get(PAGE, YES | {"weekday": "2"})
    assert next_time(page) == "2026-11-25T18:00:00+00:00"
    assert "<form" in page.content.decode()


def test_the_day_after_summer_time_began_is_told_by_it(ada_client: Client, ada: User, on_friday: Any) -> None:
    on_friday.move_to(datetime(2027, 3, 27, 12, tzinfo=UTC))
    ada_client.force_login(ada)
    part = ada_client.get(
        PAGE, YES | {"local_time": "05:00", "time_zone": "Asia/Beirut"}, headers={"HX-Request": "true"}
    )
    assert next_time(part) == "2027-03-28T05:00:00+03:00"


def test_an_unknown_zone_is_asked_for_and_nothing_is_due(ada_client: Client, ada: User) -> None:
    User.objects.filter(pk=ada.pk).update(time_zone="")
    page = ada_client.get(PAGE)
    assert "Choose a city near you" in text(page)
    assert "data-zone" in page.content.decode()


def test_a_rest_as_long_as_a_calendar_still_has_an_end(ada_client: Client, agreed: Schedule) -> None:
    agreed.rest(date.max)
    assert next_time(ada_client.get(PAGE)) == "9900-01-07T18:00:00+00:00"


def test_where_no_mail_leaves_the_page_says_so(ada_client: Client, settings: Any) -> None:
    assert "No mail leaves this server" in text(ada_client.get(PAGE))
    settings.EMAIL_URL = "smtp://127.0.0.1"
    assert "No mail leaves this server" not in text(ada_client.get(PAGE))


def test_what_it_would_be_follows_its_sentence(ada_client: Client, settings: Any) -> None:
    settings.EMAIL_URL = ""
    said = text(ada_client.get(PAGE))
    assert "This is what it would be: From Onward, to ada@example.com Three things" in said
    assert said.index("See the whole letter") < said.index("No mail leaves this server")


def test_whoever_kept_this_page_is_not_asked_on_today(ada_client: Client, ada: User) -> None:
    ada_client.post(PAGE, YES)
    assert Offer.objects.get(owner=ada).answer == "yes"


def test_bea_sees_and_changes_her_own(bea_client: Client, bea: User, agreed: Schedule) -> None:
    assert next_time(bea_client.get(PAGE)) is None
    bea_client.post(PAGE, YES | {"weekday": "3", "time_zone": "Asia/Tokyo"})
    before = agreed.weekday
    agreed.refresh_from_db()
    assert agreed.weekday == before
    assert Schedule.objects.get(owner=bea).weekday == 3


# Other letters

DAILY = YES | {"daily": "on", "daily_time": "07:15"}


def test_the_daily_letter_is_off_until_the_person_says_so(ada_client: Client, agreed: Schedule) -> None:
    page = ada_client.get(PAGE).content.decode()
    assert 'name="daily">' in page
    assert re.search(r'name="daily_time"[^>]* value="20:30"', page)
    assert '<details class="more">' in page
    ada_client.post(PAGE, YES | {"daily_time": "07:15"})
    assert [schedule.kind for schedule in Schedule.objects.all()] == ["weekly"]


def test_the_daily_letter_comes_by_its_own_time(ada_client: Client, ada: User) -> None:
    assert ada_client.post(PAGE, DAILY).status_code == 303
    daily = Schedule.objects.get(owner=ada, kind="daily")
    assert (daily.active, daily.weekday, daily.local_time) == (True, None, time(7, 15))
    page = ada_client.get(PAGE)
    assert next_time(page) == "2026-11-21T07:15:00+00:00"
    assert "Tomorrow, by the clocks in Lisbon. On a day that you have written on, it stays away." in text(page)
    assert "One line, if you like It’s Saturday. What did you do, or try, or leave alone today?" in text(page)
    assert '<details class="more" open>' in page.content.decode()
    assert "/letters/sample/?kind=daily" in page.content.decode()


def test_a_daily_time_left_blank_stays_as_it_is(ada_client: Client, ada: User) -> None:
    ada_client.post(PAGE, DAILY)
    ada_client.post(PAGE, YES | {"daily": "on"})
    daily = Schedule.objects.get(owner=ada, kind="daily")
    assert (daily.active, daily.local_time) == (True, time(7, 15))
    ada_client.post(PAGE, YES)
    daily.refresh_from_db()
    assert (daily.active, daily.local_time) == (False, time(7, 15))


@pytest.mark.parametrize("wall", ["04:59", "22:31", "noon"])
def test_a_daily_letter_never_comes_in_the_night(ada_client: Client, agreed: Schedule, wall: str) -> None:
    answer = ada_client.post(PAGE, YES | {"daily_time": wall, "weekday": "1"})
    assert answer.status_code == 422
    assert f'value="{wall}" aria-invalid="true" aria-describedby="daily-time-error"' in answer.content.decode()
    assert '<details class="more" open>' in answer.content.decode()
    assert Schedule.objects.get().weekday == 6


def test_the_next_letter_is_the_nearest_of_any_kind(ada_client: Client, ada: User, on_friday: Any) -> None:
    ada_client.post(PAGE, DAILY)
    on_friday.move_to(datetime(2026, 11, 21, 12, tzinfo=UTC))
    page = ada_client.get(PAGE)
    # On Sunday the weekly one comes, though the daily one would be earlier.
    assert next_time(page) == "2026-11-22T18:00:00+00:00"
    assert "Three things, whenever you’re ready" in text(page)


def test_the_daily_letter_of_a_day_that_was_written_on_is_not_promised(ada_client: Client, ada: User) -> None:
    ada_client.post(PAGE, YES | {"daily": "on", "daily_time": "20:30"})
    assert next_time(ada_client.get(PAGE)) == "2026-11-20T20:30:00+00:00"
    make.entry(ada, now=FRIDAY)
    assert next_time(ada_client.get(PAGE)) == "2026-11-21T20:30:00+00:00"


def test_a_day_on_which_one_came_has_no_other(ada_client: Client, ada: User, on_friday: Any) -> None:
    agree(ada)
    on_friday.move_to(DUE + MINUTE)
    delivery.tick(DUE + MINUTE)
    later = YES | {"local_time": "21:00"}
    assert next_time(ada_client.get(PAGE, later, headers={"HX-Request": "true"})) == "2026-11-29T21:00:00+00:00"


def test_looking_ahead_at_the_daily_letter_keeps_nothing(ada_client: Client, agreed: Schedule) -> None:
    part = ada_client.get(PAGE, DAILY | {"time_zone": "Asia/Tokyo"}, headers={"HX-Request": "true"})
    assert next_time(part) == "2026-11-21T07:15:00+09:00"
    assert Schedule.objects.count() == 1


OTHERS = YES | {"step": "on", "step_time": "06:30", "month": "on", "month_time": "10:00", "year": "on"}


def test_every_other_letter_is_off_until_the_person_says_so(ada_client: Client, ada: User) -> None:
    page = ada_client.get(PAGE).content.decode()
    assert [f'name="{kind}">' in page for kind in ("daily", "step", "month", "year")] == [True] * 4
    times = re.findall(r'name="(\w+)_time"[^>]* value="([\d:]+)"', page)
    assert times == [("local", "18:00"), ("daily", "20:30"), ("step", "08:00"), ("month", "09:00"), ("year", "09:00")]
    ada_client.post(PAGE, YES | {"step_time": "06:30", "month_time": "10:00"})
    assert [schedule.kind for schedule in Schedule.objects.all()] == ["weekly"]


def test_each_other_letter_is_kept_by_its_own_rule(ada_client: Client, bea_client: Client, ada: User) -> None:
    assert ada_client.post(PAGE, OTHERS).status_code == 303
    kept = Schedule.objects.filter(owner=ada).order_by("kind").values_list("kind", "active", "weekday", "local_time")
    assert list(kept) == [
        ("month", True, None, time(10)),
        ("step", True, None, time(6, 30)),
        ("weekly", True, 6, time(18)),
        ("year", True, None, time(9)),
    ]
    page = ada_client.get(PAGE).content.decode()
    assert '<details class="more" open>' in page
    assert [f'name="{kind}" checked>' in page for kind in ("daily", "step", "month", "year")] == [False] + [True] * 3
    ada_client.post(PAGE, YES)
    assert [one.kind for one in Schedule.objects.filter(owner=ada, active=True)] == ["weekly"]
    assert Schedule.objects.exclude(owner=ada).count() == 0
    assert 'name="step">' in bea_client.get(PAGE).content.decode()


@pytest.mark.parametrize("kind", ["step", "month", "year"])
@pytest.mark.parametrize("wall", ["04:59", "noon"])
def test_no_other_letter_comes_in_the_night(ada_client: Client, agreed: Schedule, kind: str, wall: str) -> None:
    answer = ada_client.post(PAGE, YES | {kind: "on", f"{kind}_time": wall})
    assert answer.status_code == 422
    assert f'value="{wall}" aria-invalid="true" aria-describedby="{kind}-time-error"' in answer.content.decode()
    assert [schedule.kind for schedule in Schedule.objects.all()] == ["weekly"]


@pytest.mark.parametrize(
    ("kind", "at", "said", "subject"),
    [
        (
            "step",
            "2026-11-21T08:00:00+00:00",
            "It comes while a step of yours waits, and leads to it;",
            "One small step",
        ),
        ("month", "2026-12-01T09:00:00+00:00", "It leads to the page of November;", "The month, looking back"),
        ("year", "2026-11-24T09:00:00+00:00", "It leads to 24 November 2025, and quotes none of it.", "A page from a"),
    ],
)
def test_what_it_would_be_is_shown_before(
    kind: str, at: str, said: str, subject: str, ada_client: Client, ada: User
) -> None:
    make.entry(ada, body="The kiln was too hot.", on=date(2025, 11, 24))
    Milestone.keep(ada, FRIDAY, title="The long one", step="Open the drawer")
    asked = {name: value for name, value in YES.items() if name != "weekly"} | {kind: "on"}
    part = ada_client.get(PAGE, asked, headers={"HX-Request": "true"})
    assert next_time(part) == at
    assert said in text(part)
    assert f"<h3>{subject}" in part.content.decode()
    assert "kiln" not in text(part)
    assert "drawer" not in text(part)
    assert Schedule.objects.count() == 0


def test_one_that_has_nothing_to_bring_is_not_promised(ada_client: Client, ada: User, bea: User) -> None:
    make.entry(bea, on=date(2025, 11, 24))
    Milestone.keep(bea, FRIDAY, title="The long one", step="Open the drawer")
    asked = {name: value for name, value in YES.items() if name != "weekly"} | {"step": "on", "year": "on"}
    part = ada_client.get(PAGE, asked, headers={"HX-Request": "true"})
    assert next_time(part) is None
    assert "None in sight: what is switched on has nothing to bring for now." in text(part)


# Discretion


def test_discretion_is_a_row_that_comes_and_goes(ada_client: Client, ada: User) -> None:
    assert 'name="discreet">' in ada_client.get(PAGE).content.decode()
    for _ in range(2):
        ada_client.post(PAGE, YES | {"discreet": "on"})
        assert [row.owner for row in Discretion.objects.all()] == [ada]
    page = ada_client.get(PAGE)
    assert 'name="discreet" checked>' in page.content.decode()
    assert "<h3>A letter for you</h3>" in page.content.decode()
    ada_client.post(f"{PAGE}letter/")
    assert mail.outbox[0].subject == "A letter for you"
    ada_client.post(PAGE, YES)
    assert Discretion.objects.count() == 0
    assert "<h3>Three things, whenever you’re ready</h3>" in ada_client.get(PAGE).content.decode()


def test_the_subject_can_be_looked_at_before(ada_client: Client, agreed: Schedule) -> None:
    part = ada_client.get(PAGE, YES | {"discreet": "on"}, headers={"HX-Request": "true"})
    assert "<h3>A letter for you</h3>" in part.content.decode()
    assert Discretion.objects.count() == 0


def test_what_happens_unanswered_is_said_beforehand(ada_client: Client) -> None:
    assert "After three unanswered letters we stop, and wait for you. We won’t ask why." in text(ada_client.get(PAGE))


# One now


def test_one_now_takes_no_slot_and_counts_for_nothing(ada_client: Client, agreed: Schedule, client: Client) -> None:
    assert ada_client.post(f"{PAGE}letter/").status_code == 303
    assert "A letter lies in the outbox folder." in text(ada_client.get(PAGE))
    [letter] = mail.outbox
    assert Delivery.objects.count() == 0
    link = re.search(r"/w/[\w-]+/", str(letter.body))
    assert link
    assert client.post(link[0], {"proud-0": "I rested."}).status_code == 303
    delivery.tick(DUE)
    assert len(mail.outbox) == 2


def test_one_now_asks_by_todays_date(ada_client: Client, agreed: Schedule) -> None:
    ada_client.post(f"{PAGE}letter/")
    assert WriteLink.objects.get().monday == date(2026, 11, 16)
    assert "It’s Friday." in str(mail.outbox[0].body)


def test_one_now_comes_to_somebody_who_never_said_yes(ada_client: Client, ada: User) -> None:
    ada_client.post(f"{PAGE}letter/")
    assert len(mail.outbox) == 1
    assert not Schedule.objects.get(owner=ada).active


def test_one_now_where_no_server_answers_says_so_kindly(ada_client: Client, agreed: Schedule, reached: Any) -> None:
    reached(services.free_port())
    assert ada_client.post(f"{PAGE}letter/").status_code == 303
    assert "could not be handed over just now" in text(ada_client.get(PAGE))
    assert WriteLink.objects.count() == 0


def test_a_seventh_in_an_hour_waits(ada_client: Client, agreed: Schedule, on_friday: Any) -> None:
    for _ in range(6):
        assert ada_client.post(f"{PAGE}letter/").status_code == 303
    answer = ada_client.post(f"{PAGE}letter/")
    assert answer.status_code == 429
    assert "plenty" in text(answer)
    assert len(mail.outbox) == 6
    on_friday.move_to(FRIDAY + 61 * MINUTE)
    assert ada_client.post(f"{PAGE}letter/").status_code == 303


def test_the_whole_letter_is_public_and_nobodys(client: Client, ada_client: Client, ada: User) -> None:
    for who in (client, ada_client):
        page = text(who.get("/letters/sample/"))
        assert "It’s Sunday. Was there something this week" in page
        assert "16 to 22 November" in page
        assert ada.email not in page


def test_the_whole_daily_letter_is_public_and_nobodys(client: Client, ada_client: Client, ada: User) -> None:
    for who in (client, ada_client):
        page = text(who.get("/letters/sample/?kind=daily"))
        assert "It’s Friday. What did you do, or try, or leave alone today? One line is plenty. So is none." in page
        assert "It works until Sunday 22 November." in page
        assert ada.email not in page


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_asks_as_little_of_a_full_house(
    people: int, ada_client: Client, agreed: Schedule, django_assert_num_queries: Any
) -> None:
    for number in range(people):
        User.objects.create_user(f"p{number}@example.com", "a long enough secret")
    ada_client.get(PAGE)
    # The session, the person, the schedules, discretion, silence, what is taken, whether today has its line, and
    # whether letters rest because some could not be left.
    with django_assert_num_queries(8):
        ada_client.get(PAGE)


@pytest.mark.parametrize("rows", [1, 3])
def test_two_more_questions_are_asked_where_something_is_brought_back(
    rows: int, ada_client: Client, ada: User, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        make.entry(ada, on=date(2025, 11, 24 + number))
        Milestone.keep(ada, FRIDAY, title="The long one", step="Open the drawer")
    ada_client.post(PAGE, OTHERS | {"daily": "on"})
    ada_client.get(PAGE)
    with django_assert_num_queries(10):
        ada_client.get(PAGE)


def test_the_time_can_be_any_between_five_and_half_past_ten(ada_client: Client, agreed: Schedule) -> None:
    for wall in (time(5), time(22, 30)):
        assert ada_client.post(PAGE, YES | {"local_time": wall.isoformat("minutes")}).status_code == 303
        agreed.refresh_from_db()
        assert agreed.local_time == wall
