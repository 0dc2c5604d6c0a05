"""manage.py letters test ADDRESS: sends one letter and says what came of it, and what the name servers say of us."""

import sys
from collections.abc import Iterator
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from config import doctor
from reminders import sender_domain, trial

SILENT = (
    "No name server answered within three seconds, so SPF, DKIM and DMARC are unknown. Run this where names can be "
    "looked up, or give one with --nameserver 192.0.2.53."
)


class Command(BaseCommand):
    help = "Letters: `test ADDRESS` sends one and looks up what the name servers say of the sending domain."

    def add_arguments(self, parser: CommandParser) -> None:
        test = parser.add_subparsers(dest="verb", required=True).add_parser("test", help="one letter to this address")
        test.add_argument("address")
        test.add_argument("--selector", default="", help="the s= of the DKIM-Signature of a letter that arrived")
        test.add_argument("--nameserver", default="", help="an address, or address#port, instead of this machine’s own")

    def handle(self, *args: Any, address: str, selector: str, nameserver: str, **options: Any) -> None:
        try:
            validate_email(address)
        except ValidationError:
            raise CommandError(f"{address} is no address that a mail could go to.") from None
        found = [("letter", trial.send(address)), *_domain(selector, nameserver)]
        for part, finding in found:
            self.stdout.write(doctor.line(part, finding))
        if any(finding.verdict == doctor.LOOK for _, finding in found):
            sys.exit(1)


def _domain(selector: str, nameserver: str) -> Iterator[tuple[str, doctor.Finding]]:
    server, _, port = nameserver.partition("#")
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2].lower()
    if "." not in domain:
        yield "names", doctor.note(f"DEFAULT_FROM_EMAIL is at {domain}, which has no name outside of this machine.")
        return
    try:
        names = sender_domain.Names(server, int(port or 53))
        yield from sender_domain.told(names, domain, selector, settings.INBOUND_DOMAIN.lower())
    except sender_domain.Silent:
        yield "names", doctor.note(SILENT)
    except ValueError:
        raise CommandError("--nameserver takes an address such as 192.0.2.53, or 192.0.2.53#5353.") from None
