"""Django's own, but a change of the tables and the record that it was made are one.

Django writes the record after the transaction wherever statements were put off to its end (django/db/migrations/
executor.py, apply_migration). Who is killed between the two leaves tables that the next start would try to make again.
"""

from typing import Any

from django.core.management.commands import migrate
from django.db.migrations.executor import MigrationExecutor

from config.watching import unhurried


class Whole(MigrationExecutor):
    def apply_migration(self, state: Any, migration: Any, fake: bool = False, fake_initial: bool = False) -> Any:
        if fake or fake_initial or not migration.atomic:
            return super().apply_migration(state, migration, fake, fake_initial)
        record: Any = self.record_migration  # its stub names other arguments
        said: Any = self.progress_callback or (lambda *words: None)
        said("apply_start", migration, fake)
        with self.connection.schema_editor(atomic=True) as editor:
            state = migration.apply(state, editor)
            while editor.deferred_sql:
                editor.execute(editor.deferred_sql.pop(0))
            record(migration)
        said("apply_success", migration, fake)
        return state


# Django's command takes it from here, and has no other way to be given one.
CORE: Any = migrate


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        kept, CORE.MigrationExecutor = CORE.MigrationExecutor, Whole
        try:
            with unhurried():
                super().handle(*args, **options)
        finally:
            CORE.MigrationExecutor = kept
