"""Letters of the place to everybody: that it closes, once more a week before, that it stays; each once."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.closings import Closing
from accounts.models import User
from config import passes
from reminders import circulars, delivery
from reminders.kinds import CLOSING, OF_PLACE, SOON, STAYING, WEEKLY
from reminders.models import Circular, Delivery, Discretion, Schedule, Silence
from reminders.models.delivery import State
from tests import make
from tests.house.test_mails import ADDRESS, elsewhere, holds_nothing_of, lines_fit, raw
from tests.house.test_words import shaming
from tests.reading import Reader, flat, html_of
from tests.reminders.conftest import DUE, FRIDAY, HOUR, MINUTE, agree
from tests.walks.crawl import text_of

ON = date(2027, 1, 31)
THEN = datetime(2027, 1, 31, 12, tzinfo=UTC)
WEEK_BEFORE = THEN - timedelta(days=7)


def tick(now: datetime) -> None:
    circulars.tick(now)
    delivery.tick(now)


def subjects() -> list[tuple[str, str]]:
    """Who got which, since they were last asked for."""
    found = sorted((one.to[0].partition("@")[0], one.subject) for one in mail.outbox)
    mail.outbox.clear()
    return found


def test_everybody_is_told_once_whatever_letters_they_have(ada: User, bea: User) -> None:
    """ada has letters, bea never had any."""
    agree(ada)
    Closing.decide(ON, FRIDAY)
    tick(FRIDAY)
    tick(FRIDAY + MINUTE)
    assert subjects() == [("ada", "This place closes on 31 January 2027")]
    tick(FRIDAY + 11 * HOUR)  # it was nine in the evening in Tokyo
    assert subjects() == [("bea", "This place closes on 31 January 2027")]
    tick(WEEK_BEFORE - MINUTE)
    mail.outbox.clear()
    tick(WEEK_BEFORE)
    tick(WEEK_BEFORE + 12 * HOUR)
    closes = [one for one in subjects() if "week this place" in one[1]]
    assert closes == [("ada", "In a week this place closes"), ("bea", "In a week this place closes")]
    tick(THEN - MINUTE)
    assert [one for one in subjects() if "place" in one[1]] == []


def test_it_takes_no_other_letters_day(ada: User) -> None:
    agree(ada)
    Closing.decide(ON, DUE - HOUR)
    tick(DUE - HOUR)
    tick(DUE)
    assert [who for who, _ in subjects()] == ["ada", "ada"]
    sent = Delivery.objects.filter(state=State.SENT).order_by("kind")
    assert list(sent.values_list("kind", "handed_on")) == [(CLOSING, None), (WEEKLY, DUE.date())]
    assert Schedule.weekly(ada).unanswered == 1


def test_one_who_said_no_more_is_told_and_a_mailbox_that_is_not_there_is_not(ada: User, bea: User) -> None:
    Silence.begin(ada.pk, Silence.Why.UNWANTED, FRIDAY)
    Silence.begin(bea.pk, Silence.Why.BOUNCED, FRIDAY)
    cleo = User.objects.create_user("cleo@example.com", is_active=False)
    Closing.decide(ON, FRIDAY)
    passes.run(FRIDAY)
    assert [who for who, _ in subjects()] == ["ada"]
    tick(FRIDAY + 12 * HOUR)
    assert subjects() == []
    assert list(Delivery.objects.of(bea).values_list("state", "reason")) == [("skipped", "silent")]
    assert not Delivery.objects.of(cleo).exists()


def test_another_day_is_another_letter_and_the_same_one_again_as_well(ada: User) -> None:
    for on in (ON, date(2027, 3, 1), ON):
        Closing.decide(on, FRIDAY)
        tick(FRIDAY)
    days = [one.subject.removeprefix("This place closes on ") for one in mail.outbox]
    assert days == ["31 January 2027", "1 March 2027", "31 January 2027"]
    assert len({one.extra_headers["Message-ID"] for one in mail.outbox}) == 3


def test_what_was_planned_for_a_day_that_holds_no_more_stays_here(ada: User, bea: User) -> None:
    """It is evening in Tokyo: bea's waits for the morning."""
    closing = Closing.decide(ON, FRIDAY)
    tick(FRIDAY)
    assert [who for who, _ in subjects()] == ["ada"]
    closing.take_back(FRIDAY + HOUR)
    tick(FRIDAY + HOUR)
    assert subjects() == [("ada", "This place stays open")]
    tick(FRIDAY + 12 * HOUR)
    assert subjects() == []
    assert list(Delivery.objects.of(bea).values_list("kind", "state", "reason")) == [(CLOSING, "skipped", "changed")]


def test_planning_that_was_cut_off_goes_on_and_plans_nobody_twice(
    ada: User, bea: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(circulars, "BATCH", 1)
    Closing.decide(ON, FRIDAY)
    circulars._begin(Closing.objects.get(), FRIDAY)
    circular = Circular.objects.get(kind=CLOSING)
    steps = iter([True, False])
    circulars.plan(circular, FRIDAY, lambda: next(steps))
    assert Delivery.objects.count() == 1
    Circular.objects.update(reached=None)  # as if it had ended between the rows and where it was
    circulars.tick(FRIDAY)
    assert sorted(Delivery.objects.values_list("owner_id", flat=True)) == sorted([ada.pk, bea.pk])
    circular.refresh_from_db()
    assert circular.planned_at == FRIDAY


def test_less_than_two_weeks_before_there_is_one_letter(ada: User) -> None:
    Closing.decide(date(2026, 12, 3), FRIDAY)
    circulars.tick(FRIDAY)
    Closing.decide(date(2026, 12, 4), FRIDAY)
    circulars.tick(FRIDAY)
    assert sorted(Circular.objects.values_list("closing__closes_at__day", "kind")) == [
        (3, CLOSING),
        (4, CLOSING),
        (4, SOON),
    ]


def test_after_the_day_none_leaves(ada: User, settings: Any, tmp_path: Path) -> None:
    settings.ONWARD_LEDGER_FILE = tmp_path / "deleted"
    agree(ada)
    Closing.decide(ON, FRIDAY)
    circulars.tick(FRIDAY)
    passes.run(THEN)
    assert subjects() == []
    assert User.objects.count() == 0


def test_the_history_names_them(ada: User, ada_client: Client) -> None:
    Closing.decide(ON, FRIDAY)
    tick(FRIDAY)
    Delivery.objects.update(due_at=datetime.now(UTC))
    page = text_of(ada_client.get("/settings/reminders/history/"))
    assert "That this place closes" in page


def test_they_speak_as_all_letters_do_and_cannot_be_stopped(ada: User, settings: Any) -> None:
    """Both parts alike, kind, of nobody's words, with the three ways that somebody needs."""
    settings.ONWARD_URL, settings.ONWARD_OPERATOR = "https://onward.example", "the Harbour Library"
    settings.EMAIL_URL = "smtp://127.0.0.1:1"
    ada.name = "heliotrope-canary Ada Vesterholm"
    ada.save()
    make.entry(ada, "heliotrope-canary")
    closing = Closing.decide(ON, FRIDAY)
    tick(FRIDAY)
    tick(WEEK_BEFORE)
    closing.take_back(WEEK_BEFORE + HOUR)
    tick(WEEK_BEFORE + HOUR)
    assert len(mail.outbox) == len(OF_PLACE)
    for message in mail.outbox:
        text, read = str(message.body), Reader(html_of(message))
        holds_nothing_of(ada, message)
        assert shaming([message.subject, ADDRESS.sub(" ", text), read.text]) == []
        assert lines_fit(text) == [] and elsewhere(set(read.links)) == set()
        assert set(ADDRESS.findall(text)) - {"https://onward.example"} == set(read.links)
        sentences = [flat(part) for part in re.split(r"\n\n|\n--\n", text)]
        assert [part for part in sentences if part.endswith(".") and part.removeprefix("-- ") not in read.text] == []
        assert b"List-Unsubscribe" not in raw(message) and "/u/" not in text
        assert "the Harbour Library" in flat(text)
    first = flat(str(mail.outbox[0].body))
    assert "on Sunday, 31 January 2027, at 12:00 by the clocks in Lisbon" in first
    assert "https://onward.example/export/" in first and "https://onward.example/account/login/" in first


def test_a_discreet_one_says_nothing_in_its_subject(ada: User) -> None:
    Discretion.objects.create(owner=ada, at=FRIDAY)
    Closing.decide(ON, FRIDAY)
    tick(FRIDAY)
    assert subjects() == [("ada", "A letter for you")]
    assert STAYING not in Delivery.objects.values_list("kind", flat=True)
