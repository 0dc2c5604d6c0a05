from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from config import roles


class Command(BaseCommand):
    help = "PostgreSQL’s roles for pages, migrations and backups: prints what makes them; --make does it."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--make", action="store_true", help="as whoever DATABASE_URL names, who may make roles")

    def handle(self, *args: Any, make: bool, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Roles are PostgreSQL’s; SQLite has a file, and whoever may read it reads all of it.")
        there = "django_migrations" in connection.introspection.table_names()
        said = roles.statements(connection.settings_dict["NAME"], there)
        if not make:
            self.stdout.write(said, ending="")
            return
        with connection.cursor() as cursor:
            cursor.execute(said)
        self.stdout.write(f"{roles.APP}, {roles.MIGRATE} and {roles.BACKUP} are made. None has a password yet:")
        self.stdout.write("give each one with \\password in psql.")
        if not there:
            self.stdout.write(f"No table is here yet: migrate as {roles.MIGRATE}.")
