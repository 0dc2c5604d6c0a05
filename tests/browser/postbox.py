"""A mail server that speaks the protocol and keeps what it is given."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from scripts import services


class Postbox:
    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.port = services.free_port()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 kept"

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def with_subject(self, pattern: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if re.search(pattern, mail["Subject"], re.I)]

    def waited_for(self, pattern: str, seconds: float = 30) -> EmailMessage:
        """The first mail whose subject matches; `seconds` only guards against hanging."""
        deadline = time.monotonic() + seconds
        while not self.with_subject(pattern):
            assert time.monotonic() < deadline, f"No mail came with {pattern!r} in its subject."
            time.sleep(0.1)
        return self.with_subject(pattern)[0]


def plain(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part
    return str(part.get_content())


@contextmanager
def postbox() -> Iterator[Postbox]:
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
