"""The things that a reply names, out of the mail that it came in."""

from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings

from accounts.fields import TextField
from reminders import things, trimming
from reminders.mime import Mail


def things_in(mail: Mail) -> list[str]:
    """One to ten texts; none where nothing was written.

    Plain text comes first. A program may have broken its lines: where the HTML says the same words, it knows the lines
    as they were typed.
    """
    ours = _ours()
    plain, html = (trimming.reply(_clean(text), ours) for text in (mail.plain, mail.html))
    return things.named(html if not plain or plain.split() == html.split() else plain)


def _clean(text: str) -> str:
    """As every form of ours takes it: nothing invisible, no half characters."""
    return TextField().to_python(text)


def _ours() -> list[str]:
    """What names us in a letter that comes back, in lower case."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    known = (name, address, f"@{settings.INBOUND_DOMAIN}", urlsplit(settings.ONWARD_URL).hostname or "")
    return [one.lower() for one in known if len(one) > 1]
