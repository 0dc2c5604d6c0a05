"""A test that commits leaves nothing to the next one."""

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection
from django.test import TransactionTestCase

from accounts.models import User
from tests import make
from tests.conftest import LASTING, emptied


def test_rows_of_every_noun_are_gone_and_what_migrations_put_there_stands(transactional_db: None, ada: User) -> None:
    make.one_of_each(ada, "heliotrope")
    lasting = ContentType.objects.count()
    emptied(TransactionTestCase())
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.db_table not in LASTING]
    assert {model.__name__: model._base_manager.count() for model in models if model._base_manager.exists()} == {}
    assert (ContentType.objects.count(), lasting > 20) == (lasting, True)


def test_what_comes_in_the_midst_of_it_is_taken_with_the_next_try(transactional_db: None, ada: User) -> None:
    """As the database says where a row of somebody's came after their rows were looked for."""
    late: list[str] = []

    def comes(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("DELETE") and not late:
            late.append(sql)
            make.entry(ada, "Sent as the page was closed.")
            raise IntegrityError
        return execute(sql, params, many, context)

    with connection.execute_wrapper(comes):
        emptied(TransactionTestCase())
    assert (len(late), User.objects.count()) == (1, 0)
