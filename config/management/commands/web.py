from typing import Any

from django.core.management.base import BaseCommand

from config import web


class Command(BaseCommand):
    help = "Serves the pages at HOST and PORT until it is ended."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        web.serve()
