"""What a fault did: one row of figures, reckoned from what the database says and what the mail servers took."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from tests.reminders.mailserver import MailServer

AT_ONCE, STALE = timedelta(hours=1), timedelta(hours=24)
MORNING, EVENING = 8, 21
MAY_HAVE_LEFT = ("handed", "unsure")


class Figures(NamedTuple):
    """`unasked`: letters to people who are to get none. `stale`: too late, or late and at a wrong hour. `missing`:
    letters that neither came nor are accounted for.
    """

    name: str
    engine: str
    tried: int
    letters: int
    double_records: int
    double_letters: int
    unasked: int
    stale: int
    lost: int
    may_lose: int
    missing: int
    note: str = ""
    # A measurement and its bar, where there is one: a matter of the soak, never of a test.
    ms: float = 0
    at_most_ms: float = 0

    @property
    def holds(self) -> bool:
        wrong = self.double_records or self.double_letters or self.unasked or self.stale or self.missing
        return not wrong and self.lost <= self.may_lose


def reckoned(
    name: str,
    engine: str,
    tried: int,
    wanted: Iterable[str],
    found: dict[str, Any],
    servers: Iterable[MailServer],
    *,
    may_lose: int = 0,
    excused: int = 0,
    note: str = "",
) -> Figures:
    """`wanted`: who has to get a letter, less so many as are `excused` (refused by their own mail server)."""
    rows, wanted = found["rows"], set(wanted)
    mails = [(mail["To"], mail["Message-ID"]) for server in servers for mail in server.mails]
    seen = {message_id for _, message_id in mails}
    lost = [row for row in rows if row["state"] in MAY_HAVE_LEFT and row["message_id"] not in seen]
    answered_for = {to for to, _ in mails} | {row["owner__email"] for row in lost}
    return Figures(
        name,
        engine,
        tried,
        letters=len(mails),
        double_records=found["twice"],
        double_letters=_doubles(mails, rows),
        unasked=sum(to not in wanted for to, _ in mails),
        stale=sum(_is_stale(row) for row in rows if row["message_id"] in seen),
        lost=len(lost),
        may_lose=may_lose,
        missing=abs(len(wanted - answered_for) - excused),
        note=note,
    )


def _doubles(mails: list[tuple[str, str]], rows: list[dict[str, Any]]) -> int:
    """By Message-ID, and by person and slot; a letter whose row is gone is of one slot with any other such."""
    slots = {row["message_id"]: row["slot"] for row in rows}
    by_slot = Counter((to, slots.get(message_id, "gone")) for to, message_id in mails)
    by_id = Counter(message_id for _, message_id in mails)
    return max(sum(count - 1 for count in counter.values()) for counter in (by_slot, by_id)) if mails else 0


def _is_stale(row: dict[str, Any]) -> bool:
    handed, due = datetime.fromisoformat(row["handed_at"]), datetime.fromisoformat(row["due_at"])
    hour = handed.astimezone(ZoneInfo(row["owner__time_zone"])).hour
    return handed - due > STALE or (handed - due > AT_ONCE and not MORNING <= hour < EVENING)
