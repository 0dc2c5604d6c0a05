"""The operator’s page: counts alone, for staff with a second factor; for everybody else it is not there."""

import os
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.usersessions.models import UserSession
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Access, Staff, User
from config import backed_up, tally
from config.overview import rounded
from reminders import heartbeat, overview
from reminders.models import Delivery, Heartbeat
from reminders.models.delivery import State
from tests import make
from tests.accounts.test_ways_in import code_of, set_up_app, sign_in
from tests.house.test_access import METHODS
from tests.reminders.conftest import DAY, DUE, HOUR

PAGE = "/operator/"


def proved(user: User) -> Client:
    """A browser in which this person has opened a passkey."""
    client, key = Client(), make.passkey(user)
    client.force_login(user)
    session = client.session
    shown = {"method": "mfa", "type": key.type, "id": key.pk, "at": 0}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": 0}, shown]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


@pytest.fixture
def operator(ada: User) -> Client:
    Staff.objects.create(owner=ada, since=DUE)
    return proved(ada)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(DUE, tick=False) as clock:
        yield clock


def told(client: Client) -> dict[str, str]:
    """Label → figure, of every line."""
    page = client.get(PAGE).content.decode()
    rows = re.findall(r"<dt>(.*?)(?: <span class=\"vh\">.*?</span>)?</dt><dd dir=\"auto\">(.*?)</dd>", page, flags=re.S)
    assert len(dict(rows)) == len(rows) > 20
    return {label: figure.replace("\xa0", " ") for label, figure in rows}


def wanting(client: Client) -> set[str]:
    page = client.get(PAGE).content.decode()
    return set(re.findall(r"<div class=\"look\"><dt>(.*?) <span", page))


# Who may look


def test_for_everybody_else_it_is_not_there(ada: User, bea: User, ada_client: Client, bea_client: Client) -> None:
    Staff.objects.create(owner=ada, since=DUE)
    for client in (Client(), ada_client, bea_client, proved(bea)):
        for method in METHODS:
            assert getattr(client, method)(PAGE).status_code == 404
    assert proved(ada).get(PAGE).status_code == 200


def test_whoever_signs_in_with_a_code_from_an_app_sees_it(ada: User) -> None:
    home = Client(SERVER_NAME="localhost")
    call_command("person", "staff", "ada@example.com")
    sign_in(home)
    secret = set_up_app(home)
    assert home.get(PAGE).status_code == 404
    home.post("/account/reauthenticate/code/", {"code": code_of(secret)})
    assert home.get(PAGE).status_code == 200


def test_a_factor_that_is_gone_a_book_that_is_locked_and_an_end_close_it(ada: User, operator: Client) -> None:
    assert operator.get(PAGE).status_code == 200
    session = operator.session
    session["locked"] = True
    session.save()
    assert operator.get(PAGE).status_code == 404
    session["locked"] = False
    session.save()
    assert operator.get(PAGE).status_code == 200
    ada.authenticator_set.all().delete()
    assert operator.get(PAGE).status_code == 404
    again = proved(ada)
    call_command("person", "staff", "ada@example.com", "--end")
    assert again.get(PAGE).status_code == 404


def test_nothing_can_be_done_there(operator: Client) -> None:
    assert {operator.get(PAGE).status_code, operator.head(PAGE).status_code} == {200}
    assert operator.post(PAGE).status_code == 405
    assert "<form" not in re.sub(r"<header.*?</header>", "", operator.get(PAGE).content.decode(), flags=re.S)


def test_who_it_is_opened_to_sees_it_among_what_was_done(ada: User, capsys: Any) -> None:
    for words in ((), (), ("--end",)):
        call_command("person", "staff", "ADA@example.com", *words)
    assert list(Access.objects.filter(owner=ada).order_by("at").values_list("what", "more")) == [
        ("staff", "operator"),
        ("no_staff", "operator"),
    ]
    with pytest.raises(Exception, match="not open to this account"):
        call_command("person", "staff", "ada@example.com", "--end")
    assert "/operator/" in capsys.readouterr().out


# What it says


def test_it_knows_nothing_of_anybody(ada: User, bea: User, operator: Client) -> None:
    make.one_of_each(ada, "heliotrope")
    bea.name = "Beatrice Heliotrope"
    bea.save()
    page = operator.get(PAGE).content.decode().lower()
    main = page[page.index("<main") :]
    assert [word for word in ("heliotrope", "@example", str(ada.pk), str(bea.pk), "beatrice") if word in main] == []
    assert int(told(operator)["Entries"]) > 10


@pytest.mark.parametrize(("seen", "said"), [(0, "nobody"), (1, "fewer than ten"), (9, "fewer than ten")])
def test_few_people_are_not_counted_one_by_one(seen: int, said: str) -> None:
    assert rounded(seen) == said


def test_many_are_counted_by_tens() -> None:
    assert [rounded(number) for number in (10, 14, 16, 1234)] == ["about 10", "about 10", "about 20", "about 1,230"]


@pytest.mark.parametrize("people", [1, 3])
def test_it_asks_as_often_however_many_there_are(people: int, operator: Client) -> None:
    for number in range(people):
        user = User.objects.create_user(f"p{number}@example.com", "a long enough secret")
        UserSession.objects.create(user=user, session_key=f"k{number}", ip="0.0.0.0", user_agent="")
        letter(user, State.SENT)
    operator.get(PAGE)
    with CaptureQueriesContext(connection) as seen:
        operator.get(PAGE)
    assert len(seen) == 17


def letter(owner: User, state: State, ago: timedelta = HOUR, number: int = 0) -> Delivery:
    at = {"due_at": DUE - ago, "not_before": DUE - ago, "slot": DUE.date() - number * DAY}
    return Delivery.objects.create(owner=owner, kind="weekly", schedule_version=1, state=state, **at)


def test_letters_are_drawn_day_by_day_and_told_in_a_table(ada: User, bea: User, clock: Any) -> None:
    for owner, state, days in (
        (ada, State.SENT, 0),
        (bea, State.FAILED, 0),
        (ada, State.SENT, 1),
        (bea, State.SENT, 1),
        (ada, State.PAST, 2),
        (bea, State.PLANNED, 2),
        (ada, State.UNSURE, 13),
        (bea, State.SENT, 14),
    ):
        letter(owner, state, days * DAY, number=days)
    drawn = overview.drawn(DUE)
    days = drawn["days"]
    assert [(day.sent, day.waiting, day.failed) for day in days] == [
        (0, 0, 1),
        *[(0, 0, 0)] * 10,
        (0, 1, 0),
        (2, 0, 0),
        (1, 0, 1),
    ]
    assert (drawn["top"], len(days), days[-1].day) == ("2", 14, DUE.date())
    assert [(day.sent_high, day.failed_high) for day in days[-2:]] == [("78", "0"), ("39", "39")]
    assert (days[-1].sent_y, days[-1].failed_y, drawn["base"]) == ("41", "2", "80")


def test_where_there_is_nothing_it_says_so(operator: Client, clock: Any) -> None:
    rows = told(operator)
    assert (rows["Entries"], rows["Sent"], rows["Still to go, of any day"]) == ("0", "0", "0")
    assert (rows["Journals"], rows["Opened in the last seven days"]) == ("1", "fewer than ten")
    assert rows["The last pass came to its end"] == "never"
    assert rows["A notice to everybody"] == "none"


def test_what_wants_looking_at_stands_first(
    ada: User, operator: Client, clock: Any, settings: Any, tmp_path: Any
) -> None:
    settings.ONWARD_HOME, settings.EMBEDDED = tmp_path, True
    assert {"The last pass came to its end", "Backups"} <= wanting(operator)
    Heartbeat.objects.create(name=heartbeat.NAME, at=DUE - HOUR / 60)
    for part in ("texts", "keys"):
        backed_up.note(part, DUE - HOUR)
    (tmp_path / "backed-up" / "not a part").touch()
    assert {"The last pass came to its end", "Backups", "Backup: texts"} & wanting(operator) == set()
    assert told(operator)["Backup: keys"] == "1 hour ago"
    # From when on alerts.yml and `backups --look` call it late.
    backed_up.note("texts", DUE - 26 * HOUR)
    assert "Backup: texts" not in wanting(operator)
    backed_up.note("texts", DUE - 27 * HOUR)
    assert "Backup: texts" in wanting(operator)
    os.utime(tmp_path / "backed-up" / "keys", (0, 0))
    letter(ada, State.FAILED)
    letter(ada, State.PLANNED, 13 * HOUR, number=1)
    Heartbeat.objects.create(name=heartbeat.BROKEN, at=DUE)
    tally.answered("other", 500, 0.1, 0, 0)
    assert {
        "Backup: keys",
        "Refused by a mail server",
        "The one that waits longest was due",
        "A pass came to no end",
        "Of these, by an error page of ours",
    } <= wanting(operator)
