"""W9: the peak minute of a million schedules, planned and claimed; and a minute in which nothing is due."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

import psycopg

from bench.places import Place
from bench.rounds import Figure, in_turn, interleaved, progress, tell, tell_figure, timed

# A million people on one SQLite file are nobody's; a tenth of them show whether it grows.
PEOPLE, DUE, BATCH, ROUNDS = {"postgresql": 1_000_000, "sqlite": 100_000}, 40_000, 500, 3
PLAIN_ROWS = f"""
CREATE TABLE bench_schedule (id bigint PRIMARY KEY, owner uuid, zone smallint, next_at timestamptz, active boolean);
INSERT INTO bench_schedule SELECT n, gen_random_uuid(), n % 24, '2026-11-22 18:00Z', true
    FROM generate_series(1, {PEOPLE["postgresql"]}) n;
UPDATE bench_schedule SET next_at = next_at + (1 + id % 167) * interval '1 hour' WHERE id > {DUE};
CREATE INDEX bench_schedule_next ON bench_schedule (next_at) WHERE active;
CREATE TABLE bench_ledger (owner uuid, kind text, slot date, state text, UNIQUE (owner, kind, slot))
"""
CLAIM_SOME = f"""
WITH due AS (SELECT id FROM bench_schedule WHERE active AND next_at <= %s ORDER BY next_at LIMIT {BATCH}
             FOR UPDATE SKIP LOCKED),
     gone AS (UPDATE bench_schedule s SET next_at = s.next_at + interval '7 days' FROM due WHERE s.id = due.id
              RETURNING s.owner, s.next_at)
INSERT INTO bench_ledger SELECT owner, 'weekly', (next_at - interval '7 days')::date, 'claimed' FROM gone
    ON CONFLICT DO NOTHING
"""
AT, BEFORE = "2026-11-22 18:00Z", "2026-11-21 18:00Z"


def peak(place: Place) -> None:
    with place.inside() as ask:
        progress(f"W9: {PEOPLE[place.engine]} people in {place.engine}")
        ask("crowd.gather", PEOPLE[place.engine], DUE)
        if place.engine == "postgresql":
            with plain_loop(place) as plain:
                _beside_the_floor(place, ask, plain)
        else:
            _alone(place, ask)
    _memory(place)


def _beside_the_floor(place: Place, ask: Callable[..., Any], plain: "Plain") -> None:
    steps: dict[str, list[float]] = {"plan": [], "claim": []}
    found = in_turn({"ours": lambda: _rate(ask, steps), "floor": plain.rate}, ROUNDS)
    detail = _steps(steps) | ask("crowd.bytes_a_row")
    tell_figure(f"W9-plan-and-claim-{place.engine}", found["ours"], found["floor"], "rows/s", **detail)
    idle = _idle(ask)
    floor = interleaved({"floor": lambda: plain.claim(BEFORE)})["floor"]
    tell_figure(f"W9-idle-tick-{place.engine}", idle, floor)


def _alone(place: Place, ask: Callable[..., Any]) -> None:
    steps: dict[str, list[float]] = {"plan": [], "claim": []}
    found = in_turn({"ours": lambda: _rate(ask, steps)}, ROUNDS)
    tell_figure(f"W9-plan-and-claim-{place.engine}", found["ours"], None, "rows/s", **_steps(steps))
    tell_figure(f"W9-idle-tick-{place.engine}", _idle(ask), None)


def _rate(ask: Callable[..., Any], steps: dict[str, list[float]]) -> float:
    """Rows a second through both steps; what each took is put into `steps`."""
    ask("crowd.rewind")
    taken: dict[str, float] = ask("crowd.plan_and_claim", DUE)
    for name, seconds in taken.items():
        steps[name].append(DUE / seconds)
    return DUE / sum(taken.values())


def _steps(steps: dict[str, list[float]]) -> dict[str, float]:
    return {f"{name}_alone": round(median(rates[1:])) for name, rates in steps.items()}


def _idle(ask: Callable[..., Any]) -> Figure:
    ask("crowd.idle_ticks", 20)
    rounds = [sorted(ask("crowd.idle_ticks", 21))[10] for _ in range(7)]
    return Figure(sorted(rounds)[3], min(rounds), max(rounds))


def _memory(place: Place) -> None:
    """A fresh process plans and claims a tenth of all, another one all: what they need must not follow."""
    few, many = (_grown(place, hours) for hours in (10, 200))
    detail = {"due": many["due"], "of_fewer": few["grown"], "fewer_due": few["due"]}
    tell(f"W9-memory-{place.engine}", many["grown"], "MB", None, detail)


def _grown(place: Place, hours: int) -> dict[str, float]:
    with place.inside() as ask:
        ask("crowd.rewind")
        found: dict[str, float] = ask("crowd.grown", hours)
        progress(f"W9 memory: {found}")
        return found


@contextmanager
def plain_loop(place: Place) -> Iterator["Plain"]:
    """On the same server, in tables of its own."""
    with psycopg.connect(place.environment["DATABASE_URL"], autocommit=True) as connection:
        for statement in PLAIN_ROWS.split(";"):
            connection.execute(statement)
        yield Plain(connection)


class Plain:
    """The least that a database can do for it: a schedule goes on, and a row stands in a unique ledger."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection

    def rate(self) -> float:
        self._rewind()
        seconds = timed(self._all) / 1000
        kept = self.connection.execute("SELECT count(*) FROM bench_ledger").fetchone()
        if kept != (DUE,):
            raise RuntimeError(f"The ledger has {kept}.")
        return DUE / seconds

    def claim(self, now: str) -> int:
        with self.connection.transaction():
            return self.connection.execute(CLAIM_SOME, [now]).rowcount

    def _all(self) -> None:
        while self.claim(AT):
            pass

    def _rewind(self) -> None:
        self.connection.execute("TRUNCATE bench_ledger")
        self.connection.execute(f"UPDATE bench_schedule SET next_at = %s WHERE id <= {DUE}", [AT])
        self.connection.execute("VACUUM ANALYZE bench_schedule")
        self.connection.execute("CHECKPOINT")
