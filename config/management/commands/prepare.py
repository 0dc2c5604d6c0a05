import sys
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand
from django.db import OperationalError
from django.utils import timezone

from config import preparation


class Command(BaseCommand):
    help = "Brings folder, tables, key ring and static files to where this version needs them."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            preparation.prepare(timezone.now())
        except ImproperlyConfigured as error:
            sys.exit(f"Onward cannot start: {error}")
        except OSError as error:
            sys.exit(f"Onward cannot start: {error.filename}: {error.strerror}.")
        except OperationalError as error:
            sys.exit(f"Onward cannot start, the database does not answer: {str(error).splitlines()[0]}")
