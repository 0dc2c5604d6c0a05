"""Where the mail server of this place hands in what comes back (LMTP, RFC 2033).

Whatever is left alone is answered like what is taken: a refusal would make the mail server write to the sender, who may
be forged. Only where it would help to come again (no database, no key) it is told so, with 451.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import Envelope, Session
from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from config.logs import numbered
from reminders.inbound import receive

TAKEN = "250 2.0.0 Thank you"
LATER = "451 4.3.0 Not just now"
# What is accepted; pictures behind the words are taken and thrown away (mime.LARGEST).
LARGEST = 32 * 1024 * 1024
LONGEST_LINE = 2 * 1024 * 1024
AT_ONCE = 4
PATIENCE = 20  # seconds, at the end, for a mail that is on its way
log = logging.getLogger(__name__)
# It would print what it is given.
logging.getLogger("mail.log").setLevel(logging.ERROR)


class Line(LMTP):
    """One connection of the mail server."""

    line_length_limit = LONGEST_LINE
    event_handler: "Reception"

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        with self.event_handler.at_work():
            await super().smtp_DATA(arg)


class Reception:
    def __init__(self, threads: ThreadPoolExecutor) -> None:
        self._threads = threads
        self._at_work = 0
        self.idle = asyncio.Event()
        self.idle.set()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """From the mail's first byte until its answer is sent."""
        self._at_work += 1
        self.idle.clear()
        try:
            yield
        finally:
            self._at_work -= 1
            if not self._at_work:
                self.idle.set()

    async def handle_DATA(self, server: LMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """One answer for each recipient, in their order."""
        loop, content = asyncio.get_running_loop(), envelope.original_content or b""
        tried = [
            await loop.run_in_executor(self._threads, _taken, content, recipient, envelope.mail_from)
            for recipient in envelope.rcpt_tos
        ]
        return "\r\n".join(TAKEN if taken else LATER for taken in tried)


def _taken(content: bytes, recipient: str, sender: str | None) -> bool:
    """In a thread, which has a connection to the database of its own."""
    close_old_connections()
    with numbered("mail"):
        try:
            receive(content, [recipient], timezone.now(), sender or "")
        except Exception as error:
            log.warning("A mail could not be taken in just now: %s.", type(error).__name__)
            return False
        finally:
            close_old_connections()
    return True


async def listen(host: str, port: int, ended: asyncio.Event, began: Callable[[int], object]) -> None:
    """Until `ended`: then nobody new is answered, and what is being handed in comes to its end.

    `began` is told the port once it can be reached.
    """
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        handler = Reception(threads)
        server = await loop.create_server(lambda: _line(handler, loop), host, port)
        async with server:
            began(server.sockets[0].getsockname()[1])
            await ended.wait()
            server.close()
            with suppress(TimeoutError):
                await asyncio.wait_for(handler.idle.wait(), PATIENCE)


def _line(handler: Reception, loop: asyncio.AbstractEventLoop) -> LMTP:
    """Its own name is given: asked for, it would be looked up in the net at each connection, while all others wait."""
    name = settings.INBOUND_DOMAIN
    return Line(handler, data_size_limit=LARGEST, enable_SMTPUTF8=True, hostname=name, ident="Onward", loop=loop)
