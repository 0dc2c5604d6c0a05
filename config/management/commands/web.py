from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from config import web


class Command(BaseCommand):
    help = "Serves the pages at HOST and PORT until it is ended."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--prepare", action="store_true", help="do first what `manage.py prepare` does")

    def handle(self, *args: Any, prepare: bool, **options: Any) -> None:
        if prepare:
            call_command("prepare")
        web.serve()
