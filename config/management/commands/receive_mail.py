import asyncio
import signal
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import import_string


class Command(BaseCommand):
    help = "Takes in replies to letters over LMTP, from the mail server that receives for INBOUND_DOMAIN."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=2525)

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        if not settings.INBOUND_DOMAIN:
            raise CommandError("INBOUND_DOMAIN is not set: it names the domain that replies come back to.")
        try:
            import_string("accounts.keys.refuse_without_ring")()
            asyncio.run(self._serve(host, port))
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"Nobody can be heard at {host}:{port}: {error.strerror}.") from None

    async def _serve(self, host: str, port: int) -> None:
        ended, loop = asyncio.Event(), asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, ended.set)
        listen = import_string("reminders.lmtp.listen")
        await listen(host, port, ended, lambda at: self._tell(f"Onward takes mail at {host}:{at}"))

    def _tell(self, words: str) -> None:
        """At once: into a file or a pipe they would come with the next lines, and there may be none for long."""
        self.stdout.write(words)
        self.stdout.flush()
