"""A mail server that speaks the protocol and does with a letter what a test asks for."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from scripts import services


class MailServer:
    """`at_rcpt`, `at_data`: replies to be given once each, in order; "drop" hangs up. Then everything is taken."""

    def __init__(self, pipelines: bool = False) -> None:
        self.pipelines = pipelines
        self.port = services.free_port()
        self.mails: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.connections = 0
        self.at_rcpt: list[str] = []
        self.at_data: list[str] = []
        # Called with each letter before it is answered.
        self.meanwhile: Any = lambda mail: None

    async def handle_EHLO(
        self, server: SMTP, session: Any, envelope: Any, hostname: str, lines: list[str]
    ) -> list[str]:  # noqa: N802
        self.connections += 1
        session.host_name = hostname
        return ["250-PIPELINING", *lines] if self.pipelines else lines

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802
        answer = self.at_rcpt.pop(0) if self.at_rcpt else "250 ok"
        if answer == "drop":
            server.transport.close()
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = self.at_data.pop(0) if self.at_data else "250 kept"
        if answer == "drop":
            server.transport.close()
        if answer.startswith("250"):
            mail = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            await asyncio.get_running_loop().run_in_executor(None, self.meanwhile, mail)
            self.mails.append(mail)
            self.recipients.append(list(envelope.rcpt_tos))
        return answer


@contextmanager
def serving(pipelines: bool = False) -> Iterator[MailServer]:
    server = MailServer(pipelines)
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
