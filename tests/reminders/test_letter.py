"""What a letter says, and what it never does."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from accounts.models import User
from journal.models import Entry
from reminders import delivery
from reminders.letters import asked_monday, week_days
from reminders.models import Schedule, WriteLink
from tests import make
from tests.reading import Reader, flat, html_of
from tests.reminders.conftest import DAY, DUE, agree

CANARY = "heliotrope-canary"
MONDAY = date(2026, 11, 16)


@pytest.fixture
def letter(agreed: Schedule) -> EmailMultiAlternatives:
    return sent_at(DUE)


def sent_at(now: datetime) -> EmailMultiAlternatives:
    delivery.tick(now)
    [message] = mail.outbox
    assert isinstance(message, EmailMultiAlternatives)
    return message


def test_it_asks_and_says_which_week(letter: EmailMultiAlternatives) -> None:
    assert letter.subject == "Three things, whenever you’re ready"
    body = flat(str(letter.body))
    assert "It’s Sunday. Was there something this week that you did, or tried, or put down in time?" in body
    assert "The page asks about 16 to 22 November." in body
    assert "It works until Sunday 6 December." in body


def test_both_twins_say_the_same(letter: EmailMultiAlternatives) -> None:
    body, read = str(letter.body), Reader(html_of(letter))
    text = [flat(part) for part in body.split("\n\n")]
    sentences = [part for part in text if part.endswith((".", "impressed."))]
    assert len(sentences) >= 2
    assert [part.removeprefix("-- ") for part in sentences if part.removeprefix("-- ") not in read.text] == []
    assert set(re.findall(r"http\S+", body)) == set(read.links)


def test_no_line_of_the_text_is_longer_than_a_narrow_window(letter: EmailMultiAlternatives) -> None:
    assert [line for line in str(letter.body).splitlines() if len(line) > 72 and "http" not in line] == []


def test_the_header_that_stops_is_one_click_and_never_folded(mail_server: Any, agreed: Schedule, settings: Any) -> None:
    settings.ONWARD_URL = "https://onward.example"
    delivery.tick(DUE)
    [letter] = mail_server.mails
    stop = f"https://onward.example/u/{agreed.stop_token}/"
    assert letter["List-Unsubscribe"] == f"<{stop}>"
    assert f"List-Unsubscribe: <{stop}>\n" in letter.as_string()
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (letter["Auto-Submitted"], letter["X-Auto-Response-Suppress"]) == ("auto-generated", "All")


def test_nothing_in_it_calls_home(letter: EmailMultiAlternatives) -> None:
    html = html_of(letter)
    assert {"img", "link", "script", "iframe", "form"} & set(Reader(html).tags) == set()
    assert re.findall(r"url\(|@import|src=", html) == []
    assert [link for link in Reader(html).links if not link.startswith("http://127.0.0.1:8000/")] == []


def test_it_is_dark_where_its_reader_is(letter: EmailMultiAlternatives) -> None:
    html = html_of(letter)
    used = set(re.findall(r'class="([\w ]+)"', html))
    dark = html.split("prefers-color-scheme: dark")[1].split("</style>")[0]
    coloured = {name for names in used for name in names.split()} - {"pad", "h1"}
    assert {name for name in coloured if f".{name} {{" not in dark} == set()


def test_it_holds_no_word_and_no_name_of_its_reader(ada: User) -> None:
    ada.name = f"{CANARY} Ada"
    ada.save()
    make.one_of_each(ada, CANARY)
    Entry.objects.of(ada).filter(kind=Entry.Kind.PROUD).first().remove(DUE)
    agree(ada)
    letter = sent_at(DUE)
    assert CANARY not in letter.message().as_string()
    assert CANARY not in str(letter.body) + html_of(letter)
    assert "Ada" not in str(letter.body)


def test_the_token_stands_in_the_letter_alone(letter: EmailMultiAlternatives) -> None:
    [token] = re.findall(r"/w/([\w-]+)/", str(letter.body))
    assert len(token) == 32
    link = WriteLink.objects.get()
    assert link.digest != token
    assert link.expires_at - DUE >= timedelta(days=14)
    assert link.monday == MONDAY


def test_a_letter_of_monday_asks_about_the_week_that_has_ended(ada: User) -> None:
    agree(ada, weekday=0)
    body = flat(str(sent_at(DUE + DAY).body))
    assert "It’s Monday. Was there something last week that you did" in body
    assert "The page asks about 16 to 22 November. One is fine. So is letting that week go by." in body


def test_a_letter_of_sunday_that_leaves_on_monday_still_asks_about_its_week(agreed: Schedule) -> None:
    delivery.plan(DUE)
    delivery.deliver(lambda: DUE + timedelta(hours=15))
    body = flat(str(mail.outbox[0].body))
    assert "It’s Monday. Was there something last week" in body
    assert "16 to 22 November" in body


@pytest.mark.parametrize(
    ("day", "monday"),
    [
        (date(2026, 11, 16), date(2026, 11, 9)),
        (date(2026, 11, 18), date(2026, 11, 9)),
        (date(2026, 11, 19), date(2026, 11, 16)),
        (date(2026, 11, 22), date(2026, 11, 16)),
        (date(2027, 1, 1), date(2026, 12, 28)),
    ],
)
def test_from_thursday_on_this_week_is_asked_about(day: date, monday: date) -> None:
    assert asked_monday(day) == monday


@pytest.mark.parametrize(
    ("monday", "days"),
    [(date(2026, 11, 16), "16 to 22 November"), (date(2026, 11, 30), "30 November to 6 December")],
)
def test_a_week_is_named_by_its_days(monday: date, days: str) -> None:
    assert week_days(monday) == days
