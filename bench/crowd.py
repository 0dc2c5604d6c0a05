"""Many people who agreed to a weekly letter, and what is measured among them. Runs inside Django (bench/inside.py).

The rows are copies of one that Onward made, put in by the database itself.
"""

import multiprocessing
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, models

from accounts.models import User
from reminders import delivery
from reminders.models import Delivery, Schedule, WriteLink

DUE = datetime(2026, 11, 22, 18, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ZONES = """
    Africa/Lagos America/Adak America/Anchorage America/Argentina/Buenos_Aires America/Bogota America/Caracas
    America/Chicago America/Denver America/Los_Angeles America/New_York America/Noronha America/Sao_Paulo
    America/St_Johns Asia/Calcutta Asia/Dhaka Asia/Dubai Asia/Karachi Asia/Kathmandu Asia/Shanghai Asia/Tokyo
    Australia/Lord_Howe Australia/Sydney Europe/Berlin Europe/Istanbul Europe/Lisbon Pacific/Auckland Pacific/Chatham
    Pacific/Kiritimati
""".split()
SERIES = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)"
# Whoever is due now comes first; the others have one of the other rules.
RULE_OF = f"CASE WHEN i <= %s THEN i %% {len(ZONES)} ELSE {len(ZONES)} + i %% %s END"


def gather(people: int, due: int) -> None:
    """So many people over the zones, with a rule for each zone at `DUE` and for each at every other hour of a week."""
    with _patient() as cursor:
        others = _rules(cursor)
        cursor.execute(f"CREATE TABLE bench_person (i integer, id {_uuid_type()}, rule integer)")
        people_sql = f"{SERIES} INSERT INTO bench_person SELECT i, {_uuid()}, {RULE_OF} FROM n"
        cursor.execute(people_sql, [people, due, others])
        first = User.objects.create_user("somebody@example.com", "for measurements only", time_zone="UTC")
        pattern = Schedule.weekly(first)
        pattern.change(DUE - 30 * DAY, active=True)
        _copies(cursor, first, id="p.id", email="'p' || p.i || '@example.com'", time_zone="r.zone")
        _copies(cursor, pattern, **_schedule_of())
        pattern.delete()
        first.delete()
    settle()


def _rules(cursor: Any) -> int:
    """How many there are besides the ones that are due."""
    cursor.execute(
        "CREATE TABLE bench_rule (rule integer, zone varchar(64), weekday integer, wall time, next_at "
        f"{Schedule._meta.get_field('next_at').db_type(connection)})"
    )
    rules = [(DUE, zone) for zone in ZONES] + [(DUE + n * HOUR, zone) for n in range(1, 168) for zone in ZONES]
    rows = [(number, *_rule(at, zone)) for number, (at, zone) in enumerate(rules)]
    cursor.executemany("INSERT INTO bench_rule VALUES (%s, %s, %s, %s, %s)", rows)
    return len(rules) - len(ZONES)


def _rule(at: datetime, zone: str) -> tuple[str, int, Any, Any]:
    wall, adapt = at.astimezone(ZoneInfo(zone)), connection.ops
    return zone, wall.weekday(), adapt.adapt_timefield_value(wall.time()), adapt.adapt_datetimefield_value(at)


def _schedule_of() -> dict[str, str]:
    secret = "substr(md5(random()::text), 1, 22)" if _on_postgresql() else "lower(hex(randomblob(11)))"
    rule = {"weekday": "r.weekday", "local_time": "r.wall", "next_at": "r.next_at"}
    return {"id": _uuid(), "owner_id": "p.id", "stop_token": secret} | rule


def _copies(cursor: Any, pattern: models.Model, **fresh: str) -> None:
    """One for each person: the columns of `pattern`, but for the `fresh` ones."""
    table, columns = pattern._meta.db_table, [field.column for field in pattern._meta.concrete_fields]
    values = ", ".join(fresh.get(column, f"t.{column}") for column in columns)
    found = f"bench_person p JOIN bench_rule r ON r.rule = p.rule CROSS JOIN {table} t WHERE t.id = %s"
    key = pattern._meta.pk.get_db_prep_value(pattern.pk, connection)
    cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {found}", [key])


def rewind() -> None:
    """Back to the minute before `DUE`: nothing planned, nothing sent."""
    with _patient() as cursor:
        for model in (Delivery, WriteLink):
            table = model._meta.db_table
            cursor.execute(f"TRUNCATE {table} CASCADE" if _on_postgresql() else f"DELETE FROM {table}")
        due = connection.ops.adapt_datetimefield_value(DUE)
        mine = f"SELECT id FROM bench_person WHERE rule < {len(ZONES)}"
        cursor.execute(
            f"UPDATE {Schedule._meta.db_table} SET next_at = %s, unanswered = 0 WHERE owner_id IN ({mine})", [due]
        )
    settle()


def settle() -> None:
    """What PostgreSQL does by itself in a quiet minute."""
    if _on_postgresql():
        with _patient() as cursor:
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("CHECKPOINT")


@contextmanager
def _patient() -> Iterator[Any]:
    """A cursor without the limit that Onward sets for a statement."""
    with connection.cursor() as cursor:
        if _on_postgresql():
            cursor.execute("SET statement_timeout = 0")
        yield cursor
        if _on_postgresql():
            cursor.execute("RESET statement_timeout")


def _on_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _uuid() -> str:
    return "gen_random_uuid()" if _on_postgresql() else "lower(hex(randomblob(16)))"


def _uuid_type() -> str:
    return "uuid" if _on_postgresql() else "char(32)"


# What is measured: each answers in seconds, or milliseconds where it says so


def plan_and_claim(due: int) -> dict[str, float]:
    begun = time.perf_counter()
    planned = delivery.plan(DUE)
    middle = time.perf_counter()
    claimed = _claim_all(DUE)
    if (planned, claimed) != (due, due):
        raise RuntimeError(f"{planned} planned, {claimed} claimed, {due} due.")
    return {"plan": middle - begun, "claim": time.perf_counter() - middle}


def _claim_all(now: datetime) -> int:
    return sum(len(ids) for ids in iter(lambda: delivery.take(now)[0], []))


def idle_ticks(times: int) -> list[float]:
    """Milliseconds of passes over the letters a day before the first is due."""
    return [_milliseconds_of(lambda: delivery.tick(DUE - DAY)) for _ in range(times)]


def _milliseconds_of(case: Any) -> float:
    begun = time.perf_counter()
    case()
    return (time.perf_counter() - begun) * 1000


def grown(hours: int) -> dict[str, float]:
    """How much more memory it takes at its highest to plan and claim all that is due so many hours later, in MB."""
    Path("/proc/self/clear_refs").write_text("5")
    before, now = _held("VmRSS"), DUE + hours * HOUR
    planned = delivery.plan(now)
    claimed = _claim_all(now)
    return {"due": planned, "claimed": claimed, "grown": round((_held("VmHWM") - before) / 1024, 1)}


def _held(name: str) -> int:
    return int(re.findall(rf"{name}:\s+(\d+)", Path("/proc/self/status").read_text())[0])


def bytes_a_row() -> dict[str, float]:
    """With their indexes, on PostgreSQL."""
    with connection.cursor() as cursor:
        found = {}
        for model in (Schedule, Delivery):
            table = model._meta.db_table
            cursor.execute(f"SELECT pg_total_relation_size('{table}'), (SELECT count(*) FROM {table})")
            size, rows = cursor.fetchone()
            found[model.__name__.lower()] = round(size / max(rows, 1))
    return found


def plan() -> int:
    return delivery.plan(DUE)


def deliver() -> dict[str, float]:
    """With the processor time that this process took, which a busy machine stretches less."""
    begun, used = time.perf_counter(), time.process_time()
    _deliver_all()
    return {"seconds": time.perf_counter() - begun, "cpu": time.process_time() - used}


def _deliver_all() -> None:
    clock = delivery.going_on_from(DUE)
    while delivery.deliver(clock):
        pass


def deliver_by(processes: int) -> float:
    """So many workers with a connection each, from the moment that all of them are ready to the last one's end."""
    context = multiprocessing.get_context("fork")
    ready = context.Barrier(processes + 1)
    workers = [context.Process(target=_work, args=(ready,)) for _ in range(processes)]
    for worker in workers:
        worker.start()
    ready.wait(60)
    begun = time.perf_counter()
    for worker in workers:
        worker.join()
    return time.perf_counter() - begun


def _work(ready: Any) -> None:
    Delivery.objects.filter(pk=None).exists()
    connection.ensure_connection()
    ready.wait(60)
    _deliver_all()


def peak_of_this_process() -> float:
    """MB."""
    return _held("VmHWM") / 1024
