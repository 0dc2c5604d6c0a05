"""The gate's statement is composed once for many: with its holes filled it is the one composed for this letter."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models.sql import UpdateQuery

from accounts.models import User
from reminders import delivery, gate, planning
from reminders.kinds import KINDS
from reminders.models import Delivery, Schedule, WriteLink
from reminders.models.delivery import State
from tests.reminders.conftest import DAY, DUE, HOUR, MINUTE, agree

SLOT, TODAY = date(2026, 11, 22), date(2026, 11, 23)


def letter(kind: str) -> Delivery:
    """Another one at each call."""
    owner = User(time_zone="Pacific/Apia", day_starts_at=4)
    return Delivery(kind=kind, slot=SLOT, owner=owner, token=uuid4(), lease=DUE + HOUR, due_at=DUE)


def spelled(sql: str, params: Iterable[Any]) -> str:
    """With every value in its place."""
    return sql % tuple(f"'{param}'" for param in params)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_the_statement_of_this_letter(kind: str, db: None) -> None:
    for one, now in ((letter(kind), DUE), (letter(kind), DUE + timedelta(microseconds=7))):
        once = gate._gate(kind, SLOT, TODAY, one.owner.time_zone, one.owner.day_starts_at)
        query: Any = gate._holds(one, TODAY, now).query.chain(UpdateQuery)
        query.add_update_values(gate._left(one, TODAY, now))
        sql, params = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        assert spelled(once.sql, once.filled(gate._holes(one, now))) == spelled(sql, params)


def test_the_next_letter_asks_for_itself(ada: User, bea: User) -> None:
    """One that was written and one that was not, by the same statement in the same pass."""
    for user in (ada, bea):
        Schedule.objects.move(user, "Europe/Lisbon", DUE - DAY)
        agree(user)
    delivery.plan(DUE)
    first, second = delivery.claim(DUE)
    Schedule.objects.filter(owner=second.owner).update(active=False)
    assert [gate.passes(one, DUE) for one in (first, second)] == [True, False]
    assert set(Delivery.objects.values_list("owner", "state")) == {
        (first.owner_id, State.HANDED),
        (second.owner_id, State.CLAIMED),
    }


def test_who_was_not_come_to_is_planned_by_the_next_pass(
    agreed: Schedule, bea: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    Schedule.objects.move(bea, "Europe/Lisbon", DUE - DAY)
    agree(bea)
    monkeypatch.setattr(planning, "BATCH", 1)
    goes_on = iter([True, False])
    assert delivery.plan(DUE, lambda: next(goes_on)) == 1
    assert delivery.plan(DUE) == 1
    assert Delivery.objects.count() == 2


# Whether a pass has anything to do


def test_an_index_with_a_condition_answers_it(db: None) -> None:
    """Which SQLite takes only where the state stands in the statement itself."""
    asked = delivery._waiting()
    assert [f"= '{state}'" in asked.sql for state in ("planned", "claimed", "handed")] == [True] * 3
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {asked.sql}", asked.filled(delivery._moments(DUE)))
            told = " ".join(str(row) for row in cursor.fetchall())
        names = ("schedule_next", "delivery_planned", "delivery_claimed", "delivery_handed")
        assert [name in told for name in names] == [True] * 4


def test_most_minutes_ask_one_question(agreed: Schedule, django_assert_num_queries: Any) -> None:
    delivery.tick(DUE - MINUTE)
    # PostgreSQL is told to plan it anew, for this transaction alone.
    with django_assert_num_queries({"sqlite": 1, "postgresql": 4}[connection.vendor]):
        delivery.tick(DUE - MINUTE)


@pytest.mark.django_db(transaction=True)
def test_what_is_asked_of_everybody_is_planned_for_its_moment(agreed: Schedule) -> None:
    """By a plan for any moment PostgreSQL would read all rows of everybody; it chooses one from the sixth asking on."""
    before = plans_for_any("reminders_%")
    for _ in range(20):
        Schedule.objects.filter(owner_id=agreed.owner_id).exists()
    asked_of_one = plans_for_any("reminders_%")
    assert (asked_of_one > before) == (connection.vendor == "postgresql")
    for minute in range(20):
        assert not delivery.anything_waits(DUE - DAY + minute * MINUTE)
    assert plans_for_any("reminders_%") == asked_of_one


def plans_for_any(table: str) -> int:
    """How often this connection went by a plan for any moment, asking something of such a table."""
    if connection.vendor == "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(generic_plans), 0) FROM pg_prepared_statements WHERE statement LIKE %s", [f"%{table}%"]
        )
        return int(cursor.fetchone()[0])


def test_each_thing_that_waits_is_seen(agreed: Schedule) -> None:
    assert not delivery.anything_waits(DUE - MINUTE)
    assert delivery.anything_waits(DUE)
    delivery.plan(DUE)
    assert delivery.anything_waits(DUE)
    assert not delivery.anything_waits(DUE - MINUTE)
    [one] = delivery.claim(DUE)
    assert not delivery.anything_waits(DUE)
    assert delivery.anything_waits(DUE + 3 * MINUTE)
    assert gate.passes(one, DUE)
    assert not delivery.anything_waits(DUE + 9 * MINUTE)
    assert delivery.anything_waits(DUE + 11 * MINUTE)
    Delivery.objects.update(state=State.SENT)
    assert not delivery.anything_waits(DUE + 11 * MINUTE)


def test_a_link_that_is_to_be_forgotten_waits(ada: User) -> None:
    WriteLink.objects.create(digest="a", owner=ada, kind="weekly", monday=SLOT, expires_at=DUE)
    assert not delivery.anything_waits(DUE + 30 * DAY)
    assert delivery.anything_waits(DUE + 31 * DAY)
