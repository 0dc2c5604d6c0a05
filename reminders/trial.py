"""One letter to whoever runs this place, and what the mail server said of it."""

import smtplib

from django.conf import settings

from accounts import operating
from config.doctor import Finding, look, well
from reminders import refusals


def send(address: str) -> Finding:
    """By the way that all letters take, in the sentence of a reader of log lines."""
    if not settings.EMAIL_URL:
        operating.send("trial", address)
        return look(f"EMAIL_URL is not set: the letter lies in {settings.ONWARD_HOME / 'outbox'}, and went nowhere.")
    try:
        operating.send("trial", address)
    except smtplib.SMTPRecipientsRefused as error:
        [(code, words)] = error.recipients.values()
        return look(f"The server took no letter for this address: {_said(code, words)}.")
    except smtplib.SMTPAuthenticationError as error:
        return look(
            f"The server does not know us: name or password of EMAIL_URL ({_code(error.smtp_code, error.smtp_error)})."
        )
    except smtplib.SMTPSenderRefused as error:
        return look(f"It may not send for DEFAULT_FROM_EMAIL: {_said(error.smtp_code, error.smtp_error)}.")
    except smtplib.SMTPResponseException as error:
        return look(f"The server refused it: {_said(error.smtp_code, error.smtp_error)}.")
    except OSError as error:
        return look(
            f"The server at {settings.EMAIL_HOST}:{settings.EMAIL_PORT} cannot be reached: {type(error).__name__}."
        )
    return well("The server took it. Look where it arrived, in the spam folder too, and at its Authentication-Results.")


def _said(code: int, words: bytes | str) -> str:
    """Its own words, as far as they can be shown on one line."""
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in _text(words)).split())
    later = " Greylisting sounds so; try again in ten minutes." if 400 <= code < 500 else ""
    return f"{code} {text[:300]}{later}"


def _code(code: int, words: bytes | str) -> str:
    return refusals.code_in(_text(words)) or str(code)


def _text(words: bytes | str) -> str:
    return words if isinstance(words, str) else words.decode("utf-8", "replace")
