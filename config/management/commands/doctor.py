import sys
from typing import Any

from django.core.management.base import BaseCommand

from config import doctor


class Command(BaseCommand):
    help = "Looks at this installation and says in plain words what is well and where to look. Exit code 1: look."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        found = []
        for part, finding in doctor.examine():
            found.append(finding.verdict)
            self.stdout.write(doctor.line(part, finding))
        open_points = found.count(doctor.LOOK)
        if open_points:
            self.stdout.write(f"\n{open_points} to look at.")
            sys.exit(1)
        self.stdout.write("\nAll well.")
