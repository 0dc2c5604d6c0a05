"""The only builder of mails."""

import re
from email.utils import formatdate
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from accounts.models import User

# RFC 3834: a machine wrote this; no machine answers it.
ALWAYS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
# What stands in a header as it is: no quoting, no folding, no other alphabet.
PLAIN = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*"
)
LONGEST = 64

# RFC 5322, 2.1.1
LONGEST_LINE = 998


class Mail(EmailMultiAlternatives):
    """No header is folded: a long address would leave its first line empty, which some take for an empty header."""

    def message(self, **how: Any) -> Any:
        message: Any = super().message(**how)
        message.policy = message.policy.clone(max_line_length=LONGEST_LINE)
        return message


def compose(
    user: User, name: str, context: dict[str, Any], headers: dict[str, str] | None = None
) -> EmailMultiAlternatives:
    """A finished mail to `user` from the templates `name`.subject.txt, .txt and .html, in their language.

    `context` may hold addresses, dates and counts; a person's words have no way in here. The text templates turn
    autoescape off themselves.
    """
    context = context | {"site": settings.ONWARD_URL}
    subject = " ".join(render_to_string(f"{name}.subject.txt", context).split())
    text = render_to_string(f"{name}.txt", context).strip() + "\n"
    message = Mail(subject, text, settings.DEFAULT_FROM_EMAIL, [user.email], headers=ALWAYS | (headers or {}))
    message.attach_alternative(render_to_string(f"{name}.html", context), "text/html")
    return message


class Filled(Mail):
    """A mail made from a skeleton. `wire` is what `message().as_bytes()` would be, built before."""

    wire: bytes


class Skeleton:
    """A mail that was composed once for many people.

    What differs between them stands in it as a mark: a word that is nowhere else, as long as what takes its place,
    so that every line breaks where it would have. Raises ValueError where a mark did not survive being encoded.
    """

    def __init__(self, message: EmailMultiAlternatives, marks: dict[str, str]) -> None:
        """`marks` by their names; the date and `to` come by themselves."""
        message.extra_headers["Date"] = formatdate(0)
        self.message, [(html, _)] = message, message.alternatives
        self.marks = marks | {"to": message.to[0], "date": formatdate(0)}
        self.names = {mark: name for name, mark in self.marks.items()}
        self.at = re.compile("|".join(map(re.escape, self.names)))
        wire = message.message().as_bytes(linesep="\r\n").decode("utf-8")  # type: ignore[call-arg]
        texts = [message.body, html, *message.to, *message.extra_headers.values()]
        if sorted(self.at.findall(wire)) != sorted(mark for text in texts for mark in self.at.findall(str(text))):
            raise ValueError("A mark did not survive.")
        self.wire, self.body, self.html = (self._parts(str(text)) for text in (wire, message.body, html))
        self.headers = {name: self._parts(value) for name, value in message.extra_headers.items()}

    @staticmethod
    def takes(address: str) -> bool:
        """Whether it stands in a mail as it is; any other is for `compose`."""
        return len(address) <= LONGEST and bool(PLAIN.fullmatch(address))

    def filled(self, to: str, **words: str) -> Filled:
        given = words | {"to": to, "date": formatdate()}
        headers = {name: _joined(parts, given) for name, parts in self.headers.items()}
        mail = Filled(self.message.subject, _joined(self.body, given), self.message.from_email, [to], headers=headers)
        mail.attach_alternative(_joined(self.html, given), "text/html")
        mail.wire = _joined(self.wire, given).encode()
        return mail

    def _parts(self, text: str) -> list[str]:
        """In turn: words that stand, and the name of what comes between."""
        marks = [self.names[mark] for mark in self.at.findall(text)]
        return [part for pair in zip(self.at.split(text), [*marks, ""], strict=True) for part in pair][:-1]


def _joined(parts: list[str], words: dict[str, str]) -> str:
    whole = parts.copy()
    whole[1::2] = [words[name] for name in parts[1::2]]
    return "".join(whole)
