"""Figures in Prometheus' format, for whoever has the token, and of nobody in particular."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tzdata import IANA_VERSION

from accounts.models import User
from config.exposition import Gauge, rendered
from reminders import delivery, heartbeat, pruning, tokens, zone_data
from reminders.models import Delivery, Heartbeat, Schedule, WriteLink
from reminders.models.delivery import Reason, State
from tests.house.test_access import METHODS
from tests.reminders.conftest import DAY, DUE, HOUR, MINUTE, agree

TOKEN = "only for tests, and long enough"
Figures = dict[tuple[str, frozenset[tuple[str, str]]], float]
SAMPLE = re.compile(r'([a-zA-Z_:][\w:]*)(?:\{((?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)*)\})? (\S+)')
LABEL = re.compile(r'([a-zA-Z_]\w*)="((?:[^"\\\n]|\\["\\n])*)"')
OF_LETTERS = """letters_day letters_waiting letters_waiting_oldest_seconds schedules_active schedules_overdue
write_links people zone_data clock_heard_seconds bell_heard_seconds pass_broken
imports_waiting imports_broken_week""".split()
PLAIN = {r"\\": "\\", r"\n": "\n", r"\"": '"'}


def parsed(text: str) -> Figures:
    """As strict as the format: each name has its help, then its type, then its figures, and each of these once."""
    assert text.endswith("\n")
    figures: Figures = {}
    named, kind = "", ""
    for line in text.splitlines():
        if line.startswith("# HELP "):
            named = line.split(" ", 3)[2]
        elif line.startswith("# TYPE "):
            kind = line.removeprefix(f"# TYPE {named} ")
            assert kind in ("gauge", "counter", "histogram") and named.endswith("_total") == (kind == "counter")
        else:
            found = SAMPLE.fullmatch(line)
            ends = ("_bucket", "_sum", "_count") if kind == "histogram" else ("",)
            assert found and found[1] in {named + end for end in ends}, line
            labels = frozenset((name, unescaped(value)) for name, value in LABEL.findall(found[2] or ""))
            assert (found[1], labels) not in figures
            figures[found[1], labels] = float(found[3])
    assert len(re.findall("# HELP ", text)) == len(set(re.findall(r"# HELP (\S+)", text)))
    return figures


def unescaped(value: str) -> str:
    return re.sub(r'\\[\\n"]', lambda found: PLAIN[found[0]], value)


@pytest.fixture(autouse=True)
def open_to_the_token(settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(DUE, tick=False) as clock:
        yield clock


def asked(client: Client | None = None) -> Any:
    return (client or Client()).get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})


def figures() -> Figures:
    answer = asked()
    assert answer.status_code == 200
    return parsed(answer.content.decode())


def of(name: str) -> dict[tuple[tuple[str, str], ...], float]:
    return {tuple(sorted(labels)): figure for (named, labels), figure in figures().items() if named == f"onward_{name}"}


def letter(owner: User, state: State, ago: timedelta = HOUR, number: int = 0, **what: Any) -> Delivery:
    at = {"due_at": DUE - ago, "not_before": DUE - ago, "slot": DUE.date() - number * DAY}
    return Delivery.objects.create(owner=owner, kind="weekly", schedule_version=1, state=state, **at | what)


# Who may look


def test_without_a_token_in_the_settings_it_is_not_there(settings: Any, db: None) -> None:
    settings.METRICS_TOKEN = ""
    assert asked().status_code == 404
    assert Client().get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (None, 401),
        ("", 401),
        (TOKEN, 401),
        (f"Basic {TOKEN}", 401),
        ("Bearer ", 403),
        (f"Bearer {TOKEN}x", 403),
        (f"Bearer {TOKEN[:-1]}", 403),
        ("Bearer … ", 403),
        (f"Bearer {TOKEN}", 200),
    ],
)
def test_only_the_whole_token_opens_it(said: str | None, status: int, db: None) -> None:
    headers = {} if said is None else {"Authorization": said}
    answer = Client().get("/metrics", headers=headers)
    assert answer.status_code == status
    assert (b"onward_" in answer.content) == (status == 200)
    assert answer.headers.get("WWW-Authenticate") == ("Bearer" if status == 401 else None)


def test_whoever_is_signed_in_is_nobody_here(ada_client: Client) -> None:
    for method in METHODS:
        assert getattr(ada_client, method)("/metrics").status_code in (401, 405)


def test_it_takes_no_cookie_gives_none_and_is_kept_by_no_cache(ada_client: Client) -> None:
    with CaptureQueriesContext(connection) as seen:
        answer = asked(ada_client)
    assert [query["sql"] for query in seen if "session" in query["sql"]] == []
    assert answer.cookies == {}
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("people", [1, 3])
def test_it_is_ten_questions_however_many_there_are(people: int, db: None) -> None:
    for number in range(people):
        user = User.objects.create_user(f"p{number}@example.com", "a long enough secret", time_zone="Europe/Lisbon")
        agree(user)
        letter(user, State.PLANNED)
    with CaptureQueriesContext(connection) as seen:
        asked()
    assert len(seen) == 10


# What it says


def test_where_nothing_is_everything_is_named_and_nothing_counted(db: None, clock: Any) -> None:
    told = {(f"onward_{name}", frozenset(labels)): figure for name in OF_LETTERS for labels, figure in of(name).items()}
    assert told == {
        ("onward_letters_waiting_oldest_seconds", frozenset()): 0,
        ("onward_write_links", frozenset()): 0,
        ("onward_people", frozenset()): 0,
        ("onward_pass_broken", frozenset()): 0,
        ("onward_imports_waiting", frozenset()): 0,
        ("onward_imports_broken_week", frozenset()): 0,
        ("onward_zone_data", frozenset({("version", IANA_VERSION), ("reckoned_by", "")})): 0,
    }


def test_letters_of_the_last_day_by_what_became_of_them(ada: User, bea: User, clock: Any) -> None:
    letter(ada, State.SENT, handed_on=date(2026, 11, 22))
    letter(bea, State.SENT, handed_on=date(2026, 11, 22))
    letter(ada, State.SKIPPED, number=1, reason=Reason.LATE)
    letter(bea, State.FAILED, ago=DAY - MINUTE, number=1)
    letter(bea, State.SENT, ago=DAY, number=2)
    assert of("letters_day") == {
        (("kind", "weekly"), ("reason", ""), ("state", "sent")): 2,
        (("kind", "weekly"), ("reason", "late"), ("state", "skipped")): 1,
        (("kind", "weekly"), ("reason", ""), ("state", "failed")): 1,
    }


def test_one_that_is_long_past_is_in_no_figure(ada: User, clock: Any) -> None:
    letter(ada, State.SENT, ago=500 * DAY)
    pruning.tick(DUE)
    assert (of("letters_day"), of("letters_waiting")) == ({}, {})


def test_what_waits_and_for_how_long(ada: User, bea: User, clock: Any) -> None:
    letter(ada, State.PLANNED, ago=HOUR)
    letter(bea, State.CLAIMED, ago=2 * HOUR)
    letter(bea, State.SENT, ago=3 * HOUR, number=1)
    assert of("letters_waiting") == {
        (("kind", "weekly"), ("state", "planned")): 1,
        (("kind", "weekly"), ("state", "claimed")): 1,
    }
    assert of("letters_waiting_oldest_seconds") == {(): 7200}


def test_schedules_that_are_on_and_those_that_nobody_came_to(ada: User, bea: User, clock: Any) -> None:
    agree(ada)
    agree(bea)
    Schedule.objects.filter(owner=bea).update(next_at=DUE - 5 * MINUTE)
    assert (of("schedules_active"), of("schedules_overdue")) == ({(("kind", "weekly"),): 2}, {(("kind", "weekly"),): 0})
    Schedule.objects.filter(owner=bea).update(next_at=DUE - 6 * MINUTE)
    assert of("schedules_overdue") == {(("kind", "weekly"),): 1}
    Schedule.objects.filter(owner=bea).update(active=False)
    assert (of("schedules_active"), of("schedules_overdue")) == ({(("kind", "weekly"),): 1}, {(("kind", "weekly"),): 0})


def test_links_the_heartbeat_the_zone_files_and_people(ada: User, bea: User, clock: Any) -> None:
    for ago in (1, 13, 14):
        tokens.new_link(ada, "weekly", DUE - ago * DAY, monday=date(2026, 11, 16))[1].save(force_insert=True)
    assert WriteLink.objects.count() == 3
    Heartbeat.objects.create(name=heartbeat.NAME, at=DUE - 90 * timedelta(seconds=1))
    zone_data.tick(DUE)
    assert (of("write_links"), of("clock_heard_seconds"), of("people")) == ({(): 2}, {(): 90}, {(): 2})
    assert of("zone_data_age_days") == {(): (DUE.date() - zone_data.published()).days}
    assert of("zone_data") == {(("reckoned_by", IANA_VERSION), ("version", IANA_VERSION)): 1}


def test_nothing_in_it_is_of_one_person(agreed: Schedule, ada: User) -> None:
    delivery.tick(DUE)
    text = asked().content.decode()
    told = [ada.email, str(ada.pk), agreed.stop_token, "Lisbon", Delivery.objects.get().message_id]
    assert [word for word in told if word in text] == []


# The format


def test_every_sign_of_a_label_comes_through() -> None:
    hard = 'a "quoted" back\\slash\nand a line, {brace} = ’ñ\\n'
    text = rendered([Gauge("one", 'help with "quotes", a \\ and\na line', [({"a": hard, "b": ""}, 1.5), ({}, 2)])])
    assert parsed(text) == {("one", frozenset({("a", hard), ("b", "")})): 1.5, ("one", frozenset()): 2}
    assert text.startswith('# HELP one help with "quotes", a \\\\ and\\na line\n')


def test_a_figure_that_nobody_knows_is_none() -> None:
    assert rendered([Gauge.one("one", "Help.", None)]) == "# HELP one Help.\n# TYPE one gauge\n"
