"""Mail that no person wrote to us just now (RFC 3834). It is left alone, and nothing that comes in is ever answered."""

from email.utils import parseaddr

from django.conf import settings

from reminders.mime import Mail

PRECEDENCE = ("bulk", "junk", "list", "auto_reply", "auto-reply")
MARKS = ("X-Auto-Response-Suppress", "X-Autoreply", "X-Autorespond", "X-Auto-Reply", "List-Id")
MACHINES = ("mailer-daemon", "postmaster", "no-reply", "noreply", "no_reply", "do-not-reply", "donotreply", "bounce")


def is_automatic(mail: Mail, return_path: str | None) -> bool:
    """`return_path`: the sender of the envelope, where whoever handed the mail in knows it; "" is nobody."""
    submitted = mail.one("Auto-Submitted").partition(";")[0].strip().lower()
    paths = mail.all("Return-Path") if return_path is None else [return_path]
    return (
        any(path.strip() in ("", "<>") for path in paths)
        or submitted not in ("", "no")
        or mail.one("Precedence").lower() in PRECEDENCE
        or mail.headers.get_content_type() == "multipart/report"
        or any(mail.all(name) for name in MARKS)
        or _is_a_machine(mail.sender)
    )


def _is_a_machine(sender: str) -> bool:
    local, _, domain = sender.rpartition("@")
    ours = sender == parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower() or domain == settings.INBOUND_DOMAIN.lower()
    return ours or local.partition("+")[0].startswith(MACHINES)
