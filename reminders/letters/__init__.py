"""What a letter says. Dates and addresses come in; a person's words and name have no way here."""

from datetime import date, datetime
from typing import Any, NamedTuple

from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.mail import compose
from accounts.models import User
from reminders import kinds, tokens
from reminders.letters.daily import Daily
from reminders.letters.others import Farewell, Month, Step, Year, month_before, year_before
from reminders.letters.weekly import Weekly, asked_monday, week_days
from reminders.models import Discretion, Schedule, WriteLink

__all__ = ["Daily", "Weekly", "asked_monday", "month_before", "of_slot", "subject", "week_days"]
__all__ += ["written", "year_before"]

LETTERS: dict[str, Any] = {
    kinds.WEEKLY: Weekly,
    kinds.MONTH: Month,
    kinds.YEAR: Year,
    kinds.STEP: Step,
    kinds.DAILY: Daily,
}


class Written(NamedTuple):
    """A finished letter, and its link, which has to be kept before the letter goes. Some have none."""

    message: EmailMultiAlternatives
    link: WriteLink | None


def written(
    schedule: Schedule, slot: date, now: datetime, message_id: str, *, farewell: bool = False, discreet: bool = False
) -> Written:
    """The letter of one slot."""
    user = schedule.owner
    letter = of_slot(user, schedule.kind, slot, now, farewell=farewell)
    token, link = tokens.new_link(user, schedule.kind, now, **letter.asks) if letter.asks else ("", None)
    stop = tokens.stop_address(schedule.stop_token)
    words = {"letter": letter, "write": tokens.write_address(token) if link else "", "stop": stop}
    with translation.override(user.language):
        words["subject"] = subject(letter, discreet)
        message = compose(user, f"reminders/mail/{letter.template}", words, headers(stop, message_id))
    return Written(message, link)


def of_slot(user: User, kind: str, slot: date, now: datetime, *, farewell: bool = False) -> Any:
    """What is said in it. `now`: when it goes."""
    return (Farewell if farewell else LETTERS[kind]).on(user, slot, now)


def subject(letter: Any, discreet: bool) -> str:
    return _("A letter for you") if discreet else str(letter.subject)


def discreet(owners: Any) -> set[Any]:
    """Of these people, those whose letters say nothing in their subject."""
    return set(Discretion.objects.filter(owner__in=owners).values_list("owner_id", flat=True))


def headers(stop: str, message_id: str) -> dict[str, str]:
    """RFC 8058: one address, and a post to it stops the letters at once."""
    one_click = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return one_click | {"Message-ID": message_id}
