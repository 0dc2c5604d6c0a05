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
    """`at_mail`, `at_rcpt`, `at_begin` (the DATA command), `at_data` (the end of the data): replies to be given once
    each, in order. "drop" hangs up, "hang" says nothing more; at the end of the data "keep and drop" and "keep
    and hang" do so with a letter that was taken. Then everything is taken.
    """

    def __init__(self, pipelines: bool = False) -> None:
        self.pipelines = pipelines
        self.port = services.free_port()
        self.mails: list[EmailMessage] = []
        self.senders: list[str] = []
        self.recipients: list[list[str]] = []
        self.connections = 0
        self.at_mail: list[str] = []
        self.at_rcpt: list[str] = []
        self.at_begin: list[str] = []
        self.at_data: list[str] = []
        # Accepts the connection and never says a word.
        self.silent = False
        # Seconds that a letter takes, half of them before it is kept.
        self.pause = 0.0
        # Called with each letter before it is answered.
        self.meanwhile: Any = lambda mail: None

    async def handle_EHLO(
        self, server: SMTP, session: Any, envelope: Any, hostname: str, lines: list[str]
    ) -> list[str]:  # noqa: N802
        self.connections += 1
        session.host_name = hostname
        return ["250-PIPELINING", *lines] if self.pipelines else lines

    async def handle_MAIL(self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802
        answer = await next_answer(self.at_mail, server)
        if answer.startswith("250"):
            envelope.mail_from = address
        return answer

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802
        answer = await next_answer(self.at_rcpt, server)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = await next_answer(self.at_data, server)
        if answer.startswith(("250", "keep")):
            await asyncio.sleep(self.pause / 2)
            await self._keep(envelope)
            await asyncio.sleep(self.pause / 2)
        if answer.startswith("keep"):
            return await next_answer([answer.removeprefix("keep and ")], server)
        return answer

    async def _keep(self, envelope: Any) -> None:
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        await asyncio.get_running_loop().run_in_executor(None, self.meanwhile, mail)
        self.mails.append(mail)
        self.senders.append(envelope.mail_from)
        self.recipients.append(list(envelope.rcpt_tos))


async def next_answer(script: list[str], server: SMTP) -> str:
    answer = script.pop(0) if script else "250 ok"
    if answer == "drop":
        server.transport.close()
    if answer == "hang":
        await asyncio.Event().wait()
    return answer


class Talk(SMTP):
    """Lets the server answer the DATA command itself, too."""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        script = self.event_handler.at_begin
        if not script:
            await super().smtp_DATA(arg)
        elif (answer := await next_answer(script, self)) != "drop":
            await self.push(answer)


class Door(Controller):
    def factory(self) -> Any:
        return asyncio.Protocol() if self.handler.silent else Talk(self.handler, **self.SMTP_kwargs)


@contextmanager
def serving(pipelines: bool = False) -> Iterator[MailServer]:
    server = MailServer(pipelines)
    controller = Door(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
