"""A test that commits leaves nothing to the next one."""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
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
