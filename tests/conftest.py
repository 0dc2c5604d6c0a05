"""The cast: ada writes; bea is somebody else and sees nothing."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction
from django.test import Client, TransactionTestCase
from hypothesis import settings as hypothesis

from accounts import ring as key_ring
from accounts.models import User
from tests import make

# How long an example takes says something about the machine, not about what is tested.
hypothesis.register_profile("onward", deadline=None)
hypothesis.load_profile("onward")


# What migrations put there, and no test changes.
LASTING = {"django_content_type", "auth_permission"}


def emptied(case: TransactionTestCase) -> None:
    """What Django does after a test that commits, but only to tables that hold something: to truncate all of them takes
    PostgreSQL a quarter of a second, and then those that last would have to be filled again.
    """
    for name in case._databases_names(include_mirrors=False):  # type: ignore[attr-defined]
        # A page that was closed may still send what was typed: its row can come between the asking and the taking.
        for _ in range(20):
            with suppress(DatabaseError):
                _empty(name)
                break
        else:
            _empty(name)


def _empty(name: str) -> None:
    with transaction.atomic(name), connections[name].cursor() as cursor:
        tables = {*connections[name].introspection.django_table_names(only_existing=True)} - LASTING
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})" for table in tables))
        # No order is needed: that a row is there which another one names is asked at the end.
        for (table,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {table}")


TransactionTestCase._fixture_teardown = emptied  # type: ignore[attr-defined]


@pytest.fixture(scope="session", autouse=True)
def ring() -> Iterator[None]:
    from django.conf import settings

    if not settings.ONWARD_KEYS_FILE.exists():
        key_ring.write(settings.ONWARD_KEYS_FILE, "test-a", {"test-a": b"\x07" * 32})
    yield


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """For walks: rows made by a fixture of the module stand for all its tests, and what one does to them is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def ada(db: None) -> User:
    return make.ada()


@pytest.fixture
def bea(db: None) -> User:
    return User.objects.create_user("bea@example.com", "another long secret", time_zone="Asia/Tokyo")


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def ada_client(ada: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(ada)


@pytest.fixture
def bea_client(bea: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(bea)
