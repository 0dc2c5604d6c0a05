"""What a letter says. Dates and addresses come in; a person's words and name have no way here."""

import logging
import re
import secrets
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import uuid4

from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.mail import Skeleton, compose
from accounts.models import User
from reminders import kinds, replies, tokens
from reminders.letters.daily import Daily
from reminders.letters.others import Farewell, Month, Step, Year, month_before, year_before
from reminders.letters.place import Closes, ClosesSoon, Stays
from reminders.letters.weekly import Weekly, asked_monday, week_days
from reminders.models import Discretion, ReplyAddress, Schedule, WriteLink
from reminders.models.delivery import ids_in
from reminders.models.delivery import message_id as new_message_id
from reminders.models.schedule import stop_token

__all__ = ["Daily", "Press", "Weekly", "asked_monday", "month_before", "of_slot", "subject", "week_days"]
__all__ += ["written", "year_before"]

log = logging.getLogger(__name__)
TOKEN = re.compile(r"[\w-]{22}", re.ASCII)

LETTERS: dict[str, Any] = {
    kinds.WEEKLY: Weekly,
    kinds.MONTH: Month,
    kinds.YEAR: Year,
    kinds.STEP: Step,
    kinds.DAILY: Daily,
}
TO_EVERYBODY: dict[str, Any] = {kinds.CLOSING: Closes, kinds.SOON: ClosesSoon, kinds.STAYING: Stays}


class Written(NamedTuple):
    """A finished letter; its link and its own address, which have to be kept before it goes. Some have none."""

    message: EmailMultiAlternatives
    link: WriteLink | None
    address: ReplyAddress | None


def written(
    schedule: Schedule, slot: date, now: datetime, message_id: str, *, farewell: bool = False, discreet: bool = False
) -> Written:
    """The letter of one slot."""
    letter = of_slot(schedule.owner, schedule.kind, slot, now, farewell=farewell)
    token, link = _link(schedule, letter, now)
    back = _back(schedule, letter, now)
    told = _told(token, schedule.stop_token, message_id, back)
    message = _comes_back(_composed(schedule.owner, letter, told, discreet), message_id)
    return Written(message, link, back and back.row)


class Press:
    """Letters that say the same to many are composed once, and what differs is filled in."""

    MOST = 100

    def __init__(self) -> None:
        self._skeletons: dict[Any, Skeleton | None] = {}

    def written(
        self, schedule: Schedule, slot: date, now: datetime, message_id: str, farewell: bool, discreet: bool
    ) -> Written:
        """As the function of this name does."""
        user = schedule.owner
        letter = of_slot(user, schedule.kind, slot, now, farewell=farewell)
        usual = Skeleton.takes(user.email) and TOKEN.fullmatch(schedule.stop_token)
        back = _back(schedule, letter, now)
        skeleton = self._skeleton(letter, user.language, discreet, bool(back)) if usual else None
        if skeleton is None:
            return written(schedule, slot, now, message_id, farewell=farewell, discreet=discreet)
        token, link = _link(schedule, letter, now)
        told = _told(token, schedule.stop_token, message_id, back)
        return Written(_comes_back(skeleton.filled(user.email, **told), message_id), link, back and back.row)

    def _skeleton(self, letter: Any, language: str, discreet: bool, answerable: bool) -> Skeleton | None:
        """All that a letter says stands in its class and its fields. None where it cannot be used."""
        same = (type(letter), letter, language, discreet, answerable)
        if same not in self._skeletons:
            if len(self._skeletons) >= self.MOST:
                self._skeletons.clear()
            self._skeletons[same] = _marked(letter, language, discreet, answerable)
        return self._skeletons[same]


def _marked(letter: Any, language: str, discreet: bool, answerable: bool) -> Skeleton | None:
    nobody = User(email=f"{secrets.token_hex(12)}@example.com", language=language)
    marks = {"write": secrets.token_urlsafe(24), "stop": stop_token(), "message_id": new_message_id(uuid4())}
    marks |= {"reply": replies.new_token()} if answerable else {}
    message = _composed(nobody, letter, marks, discreet)
    try:
        return Skeleton(message, marks)
    except ValueError:
        log.warning("A letter has to be composed for each of its readers.")
        return None


def _link(schedule: Schedule, letter: Any, now: datetime) -> tuple[str, WriteLink | None]:
    return tokens.new_link(schedule.owner, schedule.kind, now, **letter.asks) if letter.asks else ("", None)


def _back(schedule: Schedule, letter: Any, now: datetime) -> replies.Door | None:
    """Where this letter can be answered by replying: one that asks about a week."""
    return (
        replies.address_for(schedule.owner, schedule.kind, letter.monday, now) if isinstance(letter, Weekly) else None
    )


def _told(write: str, stop: str, message_id: str, back: replies.Door | None) -> dict[str, str]:
    return {"write": write, "stop": stop, "message_id": message_id, "reply": back.token if back else ""}


def _composed(user: User, letter: Any, told: dict[str, str], discreet: bool) -> EmailMultiAlternatives:
    """`told`: the tokens `write` (none where the letter asks for nothing), `stop`, `reply`, and the `message_id`."""
    stop, write = tokens.stop_address(told["stop"]), tokens.write_address(told["write"]) if letter.asks else ""
    reply = told.get("reply", "")
    with translation.override(user.language):
        words = {"letter": letter, "write": write, "stop": stop, "subject": subject(letter, discreet)}
        words["reply_above"] = replies.marker() if reply else ""
        extra = headers(stop if letter.can_be_stopped else "", told["message_id"]) | replies.headers(reply)
        return compose(user, f"reminders/mail/{letter.template}", words, extra)


def of_slot(user: User, kind: str, slot: date, now: datetime, *, farewell: bool = False) -> Any:
    """What is said in it. `now`: when it goes."""
    return (Farewell if farewell else (LETTERS | TO_EVERYBODY)[kind]).on(user, slot, now)


def subject(letter: Any, discreet: bool) -> str:
    return _("A letter for you") if discreet else str(letter.subject)


def discreet(owners: Any) -> set[Any]:
    """Of these people, those whose letters say nothing in their subject."""
    return set(Discretion.objects.filter(owner__in=owners).values_list("owner_id", flat=True))


def _comes_back(message: EmailMultiAlternatives, message_id: str) -> EmailMultiAlternatives:
    """Whom it is from does not change; the envelope alone names where it comes back to."""
    for back in [tokens.return_address(id, message.to[0]) for id in ids_in(message_id)]:
        if back:
            message.extra_headers["From"], message.from_email = message.from_email, back
    return message


def headers(stop: str, message_id: str) -> dict[str, str]:
    """RFC 8058: one address, and a post to it stops the letters at once. None for what comes once and to everybody."""
    if not stop:
        return {"Message-ID": message_id}
    one_click = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return one_click | {"Message-ID": message_id}
