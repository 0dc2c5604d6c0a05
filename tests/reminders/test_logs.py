"""What stands in a log line, and what never does."""

import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings as kept
from django.db import DatabaseError
from django.test import Client

from accounts.models import User
from config import logs, passes
from config.errors import WithoutWords
from reminders import delivery, tokens
from reminders.models import Schedule
from tests.house.test_access import ALL, filled
from tests.reminders.conftest import DAY, DUE, FRIDAY, HOUR, MINUTE, agree
from tests.running import ROOT

CANARY = "heliotrope-canary"
ADDRESS = "ada@example.com"


@pytest.fixture
def lines() -> Iterator[Callable[[], list[str]]]:
    """All that the product's own handler would print, as text; then as JSON."""
    kept_handlers = logging.root.handlers
    streams = []
    for form in (logs.Pairs(), logs.Json()):
        handler = logging.StreamHandler(io.StringIO())
        handler.addFilter(WithoutWords())
        handler.setFormatter(form)
        streams.append(handler)
    logging.root.handlers = [*kept_handlers, *streams]
    yield lambda: [line for handler in streams for line in handler.stream.getvalue().splitlines()]
    logging.root.handlers = kept_handlers


def record(message: str, *args: Any, name: str = "reminders.delivery", **more: Any) -> logging.LogRecord:
    made = logging.makeLogRecord({"msg": message, "args": args, "name": name, "levelname": "INFO", "created": 0} | more)
    WithoutWords().filter(made)
    return made


# Its form


def test_a_line_is_pairs() -> None:
    line = logs.Pairs().format(record("Letters.", said={"planned": 3, "skipped_late": 1}))
    begin = "time=1970-01-01T00:00:00.000Z level=info part=reminders.delivery"
    assert line == f"{begin} event=Letters. planned=3 skipped_late=1"


def test_what_is_no_single_word_stands_in_quotes() -> None:
    line = logs.Pairs().format(record("The cache does not count: %s.", 'it’s "gone"\nfor good\x1b[2J\u2028'))
    assert line.endswith(r'event="The cache does not count: it\u2019s \"gone\"\nfor good\u001b[2J\u2028."')
    assert line.isprintable()


def test_json_holds_the_same() -> None:
    made = record("Letters.", said={"planned": 3})
    assert json.loads(logs.Json().format(made)) == {
        "time": "1970-01-01T00:00:00.000Z",
        "level": "info",
        "part": "reminders.delivery",
        "event": "Letters.",
        "planned": 3,
    }


def test_the_lines_of_a_request_or_a_pass_share_a_number() -> None:
    with logs.numbered("pass"):
        one, two = (logs.told(record(word)) for word in "ab")
    with logs.numbered("pass"):
        other = logs.told(record("c"))
    assert one["pass"] == two["pass"] != other["pass"]
    assert "pass" not in logs.told(record("d"))


def test_the_product_uses_them() -> None:
    assert kept.LOGGING["handlers"]["stderr"]["formatter"] == "text"
    assert {name: form["()"] for name, form in kept.LOGGING["formatters"].items()} == {
        "text": "config.logs.Pairs",
        "json": "config.logs.Json",
    }


def test_a_request_is_numbered(db: None, client: Client, lines: Callable[[], list[str]]) -> None:
    client.get("/nowhere/")
    text, as_json = lines()
    told = json.loads(as_json)
    assert (told["event"], told["part"], len(told["request"])) == ("Not Found", "django.request", 16)
    assert f"request={told['request']}" in text


# The one line of a pass


def counts(lines: list[str]) -> list[dict[str, Any]]:
    """Less the begin of the line and what a test cannot know."""
    found = [json.loads(line) for line in lines if line.startswith("{")]
    begin = {"time", "level", "part", "pass", "event", "seconds"}
    return [{k: v for k, v in one.items() if k not in begin and v} for one in found if one["event"] == "Letters."]


def test_a_pass_says_in_one_line_what_became_of_the_letters(
    agreed: Schedule, ada: User, bea: User, lines: Callable[[], list[str]]
) -> None:
    Schedule.objects.move(bea, "Europe/Lisbon", FRIDAY)
    agree(bea)
    delivery.plan(DUE)
    Schedule.objects.get(owner=bea).change(DUE, active=False)
    delivery.plan(DUE)
    passes.run(DUE)
    passes.run(DUE + MINUTE)
    assert counts(lines()) == [{"sent": 1}]


def test_why_a_letter_stayed_is_counted(agreed: Schedule, lines: Callable[[], list[str]]) -> None:
    delivery.plan(DUE)
    delivery.tick(DUE + 3 * HOUR)
    agreed.rest((DUE + 5 * DAY).date())
    delivery.tick(DUE + 14 * HOUR)
    assert counts(lines()) == [{"for_the_day": 1}, {"skipped_paused": 1}]


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ([], {"planned": 1, "sent": 1}),
        (["550 no"], {"planned": 1, "refused": 1}),
        (["451 later"], {"planned": 1, "later": 1}),
        (["drop"], {"planned": 1, "unsure": 1}),
    ],
)
def test_what_the_mail_server_did_is_counted(
    answers: list[str], told: dict[str, int], agreed: Schedule, mail_server: Any, lines: Callable[[], list[str]]
) -> None:
    mail_server.at_data += answers
    delivery.tick(DUE)
    assert counts(lines()) == [told]


def test_a_pass_of_nothing_says_nothing(db: None, lines: Callable[[], list[str]]) -> None:
    delivery.tick(DUE)
    assert lines() == []


HEARD = """
import logging
from config.celery import app
app.log.setup(loglevel="WARNING")
logging.getLogger("reminders.delivery").info("Letters.", extra={"said": {"sent": 1}})
logging.getLogger("amqp").info("not this")
"""


def test_a_worker_that_is_told_to_be_quiet_still_says_it() -> None:
    quiet = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    words = f"import django; django.setup(){HEARD}"
    done = subprocess.run(
        [sys.executable, "-c", words], env=quiet, cwd=ROOT, capture_output=True, text=True, check=True
    )
    [line] = done.stderr.splitlines()
    assert line.endswith("level=info part=reminders.delivery event=Letters. sent=1")


# What never stands there


def test_no_page_writes_words_addresses_or_tokens_into_the_log(
    agreed: Schedule, ada: User, ada_client: Client, lines: Callable[[], list[str]], settings: Any
) -> None:
    settings.ROOT_URLCONF = "tests.config.urls_that_break"
    token = tokens.new_link(ada, "weekly", FRIDAY, monday=date(2026, 11, 16))[0]
    ada_client.raise_request_exception = False
    words = {"body": CANARY, "q": CANARY, "email": ADDRESS, "login": ADDRESS, "first_line": CANARY, "proud-0": CANARY}
    for path in ["/breaks/", *_paths({"w": token, "u": agreed.stop_token})]:
        for send in (ada_client.post, ada_client.get, ada_client.put):
            send(path, words)
    ada_client.get(f"/w/{token}/nowhere/?next={ADDRESS}")
    ada_client.get(f"/nowhere/{ADDRESS}/")
    delivery.tick(DUE)
    said = "\n".join(lines())
    assert len(lines()) > 20
    assert [word for word in (CANARY, "heliotrope", ADDRESS, token, agreed.stop_token) if word in said] == []


def _paths(rows: dict[str, str]) -> list[str]:
    return [
        filled(route, rows)
        for _, route, slots in ALL
        if "(?P" not in route and (not slots or route[:2] in ("w/", "u/"))
    ]


def test_without_the_filter_the_same_search_finds_them(lines: Callable[[], list[str]]) -> None:
    for handler in logging.root.handlers:
        for one in list(handler.filters):
            handler.removeFilter(one)
    logging.getLogger("x").error("%s of %s at /w/%s/", CANARY, ADDRESS, "a" * 32)
    said = "\n".join(lines())
    assert all(word in said for word in (CANARY, ADDRESS, "a" * 32))


@pytest.mark.parametrize(
    "words", [ADDRESS, f"<{ADDRESS}>", f"(email)=({ADDRESS})", f"'{ADDRESS}':", f"mailto:{ADDRESS}", f'"{ADDRESS}"']
)
def test_an_address_of_somebody_is_masked(words: str) -> None:
    assert "example" not in record("It says %s.", words).getMessage()


def test_what_celery_says_of_a_task_that_broke_quotes_nothing(settings: Any) -> None:
    try:
        raise DatabaseError(f"DETAIL: Key (email)=({ADDRESS}) {CANARY}")
    except DatabaseError as error:
        info = (type(error), error, error.__traceback__)
        context = {"name": "reminders.tasks.tick", "exc": repr(error)}
    said = record("Task %(name)s raised: %(exc)s", context, name="celery.app.trace", exc_info=info).getMessage()
    assert said.startswith("A task came to no end. [DatabaseError at test_logs.py:")
    assert CANARY not in said
