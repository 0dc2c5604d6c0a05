"""The only builder of mails."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from accounts.models import User

# RFC 3834: a machine wrote this; no machine answers it.
ALWAYS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}

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
