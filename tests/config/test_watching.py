"""What is seen of each request: a number, how long it took, what was slow; and nothing that somebody wrote."""

import json
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import DisallowedHost
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory

from accounts.models import User
from config import logs, tally, watching
from config.watching import BrokenOff, shape, watched
from reminders import tokens
from tests.reminders.conftest import FRIDAY
from tests.reminders.test_logs import CANARY, lines, record

__all__ = ["lines"]
GIVEN = "0af7651916cd43dd8448eb211c80319c"
Lines = Callable[[], list[str]]


def as_json(said: list[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said if line.startswith("{")]


# Its number


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        (GIVEN, True),
        (GIVEN.upper(), True),
        ("7b0c2a0e-5f0e-4a52-8f5e-1d2c3b4a5960", True),
        ("", False),
        (CANARY, False),
        ("ada@example.com", False),
        ("192.0.2.7", False),
        ("0af76519", False),
        (f"{GIVEN}\n", False),
        ("a" * 65, False),
        ("7b0c2a0e5f0e-4a52-8f5e-1d2c3b4a5960", False),
    ],
)
def test_a_number_is_taken_from_a_proxy_only_if_it_looks_like_one(given: str, taken: bool) -> None:
    seen = []

    def page(request: HttpRequest) -> HttpResponse:
        seen.append(logs.around()["request"])
        return HttpResponse("ok")

    answer = watched(page)(RequestFactory().get("/", headers={"X-Request-Id": given}))
    assert answer.headers["X-Request-Id"] == seen[0]
    assert (seen[0] == given.lower()) == taken
    assert taken or (len(seen[0]) == 16 and int(seen[0], 16) >= 0)


def test_every_answer_says_its_number_and_the_lines_say_it_too(client: Client, lines: Lines, db: None) -> None:
    answer = client.get("/nowhere/", headers={"X-Request-Id": GIVEN})
    assert answer.headers["X-Request-Id"] == GIVEN
    assert [line["request"] for line in as_json(lines())] == [GIVEN]
    assert client.get("/healthz").headers["X-Request-Id"] != GIVEN
    assert logs.around() == {}


# What Django says of an answer


def test_the_view_is_told_and_never_the_address(client: Client, lines: Lines, db: None) -> None:
    client.get(f"/nowhere/{CANARY}/?q={CANARY}")
    client.put("/healthz")
    client.generic("HELIOTROPE", "/words/")
    told = [(line["event"], line["status"], line["method"], line["view"]) for line in as_json(lines())]
    assert told == [
        ("Not Found", 404, "GET", "nowhere"),
        ("Method Not Allowed", 405, "PUT", "reminders:health"),
        ("Method Not Allowed", 405, "other", "accounts:words"),
    ]
    assert "heliotrope" not in "".join(lines()).lower()


def test_what_ends_before_its_view_is_told_by_it_all_the_same(lines: Lines, db: None) -> None:
    Client().post("/settings/look/", headers={"Sec-Fetch-Site": "cross-site"})
    assert counted("accounts:look").classes[2] > 0


def test_a_header_that_is_refused_is_not_quoted(lines: Lines, db: None) -> None:
    Client().get("/", headers={"Host": f"{CANARY}.example"})
    strict = Client(enforce_csrf_checks=True)
    strict.post("/account/login/", headers={"Origin": f"https://{CANARY}.example"})
    told = {line["part"]: line for line in as_json(lines())}
    assert told["django.security.csrf"]["why"].startswith("Origin checking failed")
    assert DisallowedHost.__name__ in "".join(told)
    assert CANARY not in "".join(lines())


def test_words_that_do_not_fit_their_places_are_not_printed() -> None:
    assert record("%d of %s", CANARY).getMessage() == "A line that could not be put together."


def test_a_line_of_json_is_json_whatever_is_said() -> None:
    odd = {"a": float("nan"), "b": float("inf"), "c": "\ud800 \u2028", "event": "another", "time": 0}
    told = json.loads(logs.Json().format(record("Letters.", said=odd)), parse_constant=lambda name: pytest.fail(name))
    assert (told["a"], told["b"], told["event"], told["time"]) == ("nan", "inf", "Letters.", "1970-01-01T00:00:00.000Z")


def test_what_breaks_while_an_answer_is_on_its_way_is_told_without_its_words(lines: Lines) -> None:
    def parts() -> Iterator[bytes]:
        yield b"begun"
        raise ValueError(CANARY)

    answer = watched(lambda request: StreamingHttpResponse(parts()))(RequestFactory().get("/"))
    with pytest.raises(BrokenOff) as broken:
        list(answer)
    assert (broken.value.args, broken.value.__suppress_context__) == ((), True)
    [line] = as_json(lines())
    assert line["event"].startswith("An answer broke off. [ValueError at test_watching.py:")
    assert line["request"] == answer.headers["X-Request-Id"]
    assert CANARY not in "".join(lines())


# What is slow


def test_a_slow_page_and_a_slow_question_are_told_by_their_view_and_their_shape(
    ada: User, ada_client: Client, lines: Lines, settings: Any
) -> None:
    settings.SLOW_QUESTION = settings.SLOW_PAGE = 0.0
    token = tokens.new_link(ada, "weekly", FRIDAY, monday=FRIDAY.date())[0]
    for answer in (
        ada_client.post("/entries/search/", {"q": CANARY}),
        ada_client.post("/entries/", {"kind": "win", "body": CANARY, "themes": CANARY}),
        ada_client.get(f"/w/{token}/?next={ada.email}"),
        ada_client.get(f"/entries/?month=2026-11&kind={CANARY}"),
    ):
        assert answer.status_code < 500
    said = as_json(lines())
    pages = [line for line in said if line["event"] == "Slow page."]
    assert [line["view"] for line in pages][:3] == ["journal:entries.search", "journal:entries", "reminders:answer"]
    questions = [line for line in said if line["event"] == "Slow question."]
    assert len(questions) == sum(line["questions"] for line in pages) > 20
    assert {line["view"] for line in questions} == {line["view"] for line in pages}
    assert {line["request"] for line in questions} == {line["request"] for line in pages}
    assert [word for word in (CANARY, ada.email, token, str(ada.pk), ada.pk.hex) if word in "".join(lines())] == []


def test_a_question_outside_of_a_request_is_told_too(db: None, lines: Lines, settings: Any) -> None:
    settings.SLOW_QUESTION = 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s", [CANARY])
    [line] = as_json(lines())
    assert (line["question"], "view" in line) == ("SELECT %s", False)


def test_how_long_a_change_of_tables_takes_is_not_told(db: None, lines: Lines, settings: Any) -> None:
    settings.SLOW_QUESTION = 0.0
    call_command("migrate", verbosity=0)
    assert lines() == []
    assert User.objects.count() == 0
    assert len(as_json(lines())) == 1


def test_nothing_is_slow_by_itself(ada_client: Client, lines: Lines) -> None:
    ada_client.get("/today/")
    assert lines() == []


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        (
            'SELECT "a"."b", "a"."c" FROM "a" WHERE "a"."b" = %s LIMIT 21',
            'SELECT … FROM "a" WHERE "a"."b" = %s LIMIT ?',
        ),
        ('INSERT INTO "a" ("b") VALUES (%s, %s), (%s, %s)', 'INSERT INTO "a" ("b") VALUES (…), (…)'),
        ("UPDATE a SET b = 'it''s heliotrope' WHERE c IN (1, 2)", "UPDATE a SET b = … WHERE c IN (…)"),
        (r"UPDATE a SET b = E'it\'s heliotrope'", "UPDATE …"),
        ("UPDATE a SET b = $$heliotrope$$", "UPDATE …"),
        ("SELECT 1 -- heliotrope", "SELECT …"),
        ("SELECT 1 /* heliotrope */", "SELECT …"),
        ("UPDATE a SET b = 'heliotrope", "UPDATE …"),
    ],
)
def test_a_question_has_a_shape_and_no_values(sql: str, told: str) -> None:
    assert shape(sql) == told


def test_a_long_question_ends(db: None) -> None:
    assert len(shape('SELECT "a" FROM "b" WHERE ' + " OR ".join(['"c" = %s'] * 500))) == watching.LONGEST + 1


# Counted by all processes together


def counted(view: str) -> tally.Counted:
    return dict(tally.views()).get(view, tally.Counted([0] * 4, [0] * 12, 0, 0, 0))


def test_what_several_processes_count_is_added_and_none_of_it_falls_when_one_ends() -> None:
    before, alive = counted("static"), tally.processes()
    for _ in range(tally.BLOCKS + 3):
        in_a_process_of_its_own(lambda: tally.answered("static", 304, 0.02, 2, 0.01))
    tally.answered("static", 200, 0.3, 0, 0)
    after = counted("static")
    times = tally.BLOCKS + 3
    rise = [now - was for was, now in zip(before.classes, after.classes, strict=True)]
    assert rise == [1, times, 0, 0]
    assert (after.buckets[2] - before.buckets[2], after.buckets[6] - before.buckets[6]) == (times, 1)
    assert after.questions - before.questions == 2 * times
    assert after.seconds - before.seconds == pytest.approx(0.02 * times + 0.3)
    assert tally.processes() == max(alive, 1)


def test_a_number_that_another_users_process_has_by_now_is_free() -> None:
    """Else a process that takes a dead one's place could answer nothing."""
    pid = os.fork()
    if not pid:
        found = 1
        try:
            if not os.getuid():
                os.setuid(65534)
            found = int(tally._lives(1))
        finally:
            os._exit(found)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def test_a_fork_that_answers_nothing_is_none_of_the_web_s() -> None:
    before, alive = tally.lines(), tally.processes()

    def clock() -> None:
        tally.apart()
        tally.line("ERROR")
        os._exit(tally.lines()["error"])

    pid = os.fork()
    if not pid:
        clock()
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 1
    assert (tally.lines(), tally.processes()) == (before, alive)


def in_a_process_of_its_own(count: Callable[[], None]) -> None:
    pid = os.fork()
    if not pid:
        count()
        os._exit(0)
    os.waitpid(pid, 0)


def test_a_view_that_nobody_knows_is_one_of_the_others_and_a_lines_grade_counts(lines: Lines) -> None:
    before, told = counted("other").classes[3], tally.lines()
    tally.answered("nobody:knows", 503, 100.0, 0, 0)
    for level in ("INFO", "WARNING", "ERROR"):
        logs.Counted().filter(record("x", levelname=level))
    assert counted("other").classes[3] == before + 1
    now = tally.lines()
    assert [now[name] - told[name] for name in ("warning", "error", "critical")] == [1, 1, 0]


def test_bounds_belong_to_the_bucket_below() -> None:
    before = counted("nowhere").buckets
    for seconds in (0.0, 0.005, 0.0051, 10.0, 10.1):
        tally.answered("nowhere", 200, seconds, 0, 0)
    assert [now - was for was, now in zip(before, counted("nowhere").buckets, strict=True)] == [2, 1, *[0] * 8, 1, 1]
