"""Where mails go while no mail server is set: finished messages, one RFC 5322 file each."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class Outbox(BaseEmailBackend):
    """Each file appears whole: it is written elsewhere and then renamed."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.ONWARD_HOME) / "outbox"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            # Django's message, not the standard library's, is what knows `linesep`.
            _put(folder, message.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]
        return len(email_messages)


def _put(folder: Path, mail: bytes) -> None:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    unfinished = folder.parent / f".outbox-{secrets.token_hex(8)}"
    unfinished.touch(mode=0o600)
    unfinished.write_bytes(mail)
    unfinished.rename(folder / f"{stamp}-{secrets.token_hex(4)}.eml")
