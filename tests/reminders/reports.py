"""Mails that come back, in the shapes that mail servers give them."""

from email.message import EmailMessage

CANARY = "heliotrope-canary"
COPY = f"From: Onward <letters@onward.example>\nSubject: {CANARY}\n\n{CANARY}\n"


def report(
    *recipients: dict[str, str], says: str = "It could not be left.", extra: dict[str, str] | None = None
) -> bytes:
    """RFC 3464: words for a person, fields for a machine, and the letter itself."""
    blocks = "\n".join(_fields(fields) for fields in ({"Reporting-MTA": "dns; mx.far.example"}, *recipients))
    parts = [
        f"Content-Type: text/plain; charset=utf-8\n\n{says}\n",
        f"Content-Type: message/delivery-status\n\n{blocks}",
        f"Content-Type: message/rfc822\n\n{COPY}",
    ]
    head = {
        "From": "MAILER-DAEMON@mx.far.example",
        "Auto-Submitted": "auto-replied",
        "Content-Type": 'multipart/report; report-type=delivery-status; boundary="=b"',
        **(extra or {}),
    }
    body = "".join(f"--=b\n{part}\n" for part in parts)
    return f"{_fields(head)}\n{body}--=b--\n".encode()


def _fields(fields: dict[str, str]) -> str:
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def postfix(status: str, reply: str, action: str = "failed") -> bytes:
    fields = {
        "Final-Recipient": "rfc822; ada@example.com",
        "Original-Recipient": "rfc822;ada@example.com",
        "Action": action,
        "Status": status,
        "Remote-MTA": "dns; mx.example.com",
        "Diagnostic-Code": f"smtp; {reply}",
    }
    return report(fields, says="I'm sorry to have to inform you.")


def exchange(status: str, reply: str) -> bytes:
    """Its fields are followed by a name for people, and may come without any in the order of others."""
    fields = {
        "Final-Recipient": "rfc822;ada@example.com",
        "Action": "failed",
        "Status": status,
        "Diagnostic-Code": f"smtp;{reply}",
        "X-Display-Name": "Ada",
    }
    return report(fields, extra={"X-MS-Exchange-Message-Is-Ndr": ""})


def gmail(status: str, reply: str) -> bytes:
    """Folded replies, with the code on every line."""
    fields = {
        "Final-Recipient": "rfc822; ada@example.com",
        "Action": "failed",
        "Status": status,
        "Remote-MTA": "dns; mx.example.com. (192.0.2.7, the server for the domain example.com.)",
        "Diagnostic-Code": f"smtp; {reply}",
        "Last-Attempt-Date": "Sun, 22 Nov 2026 10:00:00 -0800 (PST)",
    }
    return report(fields, extra={"X-Failed-Recipients": "ada@example.com"})


def exim(reply: str) -> bytes:
    """Its status never says more than 5.0.0."""
    fields = {
        "Action": "failed",
        "Final-Recipient": "rfc822;ada@example.com",
        "Status": "5.0.0",
        "Remote-MTA": "dns; mx.example.com",
        "Diagnostic-Code": f"smtp; {reply}",
    }
    return report(fields, extra={"X-Failed-Recipients": "ada@example.com"})


def plain(text: str, **head: str) -> bytes:
    message = EmailMessage()
    message["From"] = "Mail Delivery System <MAILER-DAEMON@mx.far.example>"
    for name, value in head.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def old_exim(reply: str) -> bytes:
    text = f"A message that you sent could not be delivered.\n\n  ada@example.com\n    host mx.example.com: {reply}\n"
    return plain(
        f"{text}\n------ This is a copy of the message ------\n\n{COPY}", X_Failed_Recipients="ada@example.com"
    )


def qmail(reply: str) -> bytes:
    text = f"Hi. This is the qmail-send program at mx.far.example.\n\n<ada@example.com>:\n{reply}\n"
    return plain(f"{text}\n--- Below this line is a copy of the message.\n\n{COPY}")


def complaint(sender: str = "", kind: str = "abuse", *, path: str = "", whole: bool = True) -> bytes:
    """RFC 5965: `sender` in the report's own field, `path` as the reader's server noted it on the letter or on its head
    alone."""
    fields = {"Feedback-Type": kind, "User-Agent": "Far/1.0", "Version": "1"}
    fields |= {"Original-Mail-From": f"<{sender}>"} if sender else {}
    head = f"Return-Path: <{path}>\n{COPY}" if path else COPY
    parts = [
        "Content-Type: text/plain\n\nThis is an abuse report for a mail.\n",
        f"Content-Type: message/feedback-report\n\n{_fields(fields)}",
        f"Content-Type: {'message/rfc822' if whole else 'text/rfc822-headers'}\n\n{head}",
    ]
    about = {
        "From": "feedback@far.example",
        "Subject": "FW: Three things",
        "Content-Type": 'multipart/report; report-type=feedback-report; boundary="=b"',
    }
    body = "".join(f"--=b\n{part}\n" for part in parts)
    return f"{_fields(about)}\n{body}--=b--\n".encode()
