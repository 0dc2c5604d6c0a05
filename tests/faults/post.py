"""What a mail server does to letters, and what people do while one is on its way."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.faults.figures import Figures, reckoned
from tests.faults.place import Place, ended
from tests.reminders.mailserver import serving

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ZONE = "Europe/Lisbon"
# A Sunday evening in Lisbon: six hours later it is night.
DUE = datetime(2026, 11, 22, 18, tzinfo=UTC)
# One letter each. What was put off comes later, what was refused never, what may have been taken is not sent again.
ODD = {
    "at_mail": ["421 not now", "451 not now", "550 never", "drop"],
    "at_rcpt": ["421 not now", "450 not now", "550 nobody here by that name", "drop"],
    "at_begin": ["451 not now", "554 never", "drop"],
    "at_data": ["421 not now", "451 not now", "554 never", "drop", "keep and drop"],
}
REFUSED = sum(answer.startswith("5") for answers in ODD.values() for answer in answers)
# The end of the data is where nobody knows: a drop there loses the letter. smtplib says the same of the DATA command.
LOST = sum(answer == "drop" for place in ("at_begin", "at_data") for answer in ODD[place])


def odd_answers(place: Place, people: int) -> Figures:
    """Every answer that a mail server can give, at every step, and its hanging up."""
    names = place.inside("crowd", people=people, due=DUE, zone=ZONE)
    with serving() as mail:
        for step, answers in ODD.items():
            getattr(mail, step).extend(answers)
        ended(place.tick(DUE, mail))
        found = place.inside("finish", mail, now=DUE + MINUTE)
    tried = sum(map(len, ODD.values()))
    return reckoned("4xx, 5xx, drops", place.engine, tried, names, found, [mail], may_lose=LOST, excused=REFUSED)


def refusing(place: Place, people: int) -> Figures:
    """Nobody listens at its port."""
    names = place.inside("crowd", people=people, due=DUE, zone=ZONE)
    with closed_port() as port, serving() as mail:
        ended(place.tick(DUE, port))
        found = place.inside("finish", mail, now=DUE + MINUTE)
    return reckoned("connection refused", place.engine, 1, names, found, [mail])


@contextmanager
def closed_port() -> Iterator[int]:
    """One that is ours and refuses every connection."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        yield door.getsockname()[1]


def tarpit(place: Place, people: int, **environment: str) -> Figures:
    """It accepts the connection and never answers; then it takes a letter and does not say so. A worker goes free."""
    names = place.inside("crowd", people=people, due=DUE, zone=ZONE)
    with serving() as mail:
        mail.silent = True
        begun = time.monotonic()
        ended(place.tick(DUE, mail, **environment))
        freed = time.monotonic() - begun
        mail.silent = False
        mail.at_data.append("keep and hang")
        ended(place.tick(DUE + 2 * MINUTE, mail, **environment))
        found = place.inside("finish", mail, now=DUE + 4 * MINUTE)
    note = f"a worker is free after {freed:.1f} s"
    return reckoned("tarpit", place.engine, 2, names, found, [mail], note=note)


def six_hours(place: Place, people: int) -> Figures:
    """No mail server from the hour that letters are due until midnight: each comes once, in the morning."""
    names = place.inside("crowd", people=people, due=DUE, zone=ZONE)
    instants = [DUE + minutes * MINUTE for minutes in range(0, 360, 10)]
    with closed_port() as port, serving() as mail:
        place.inside("passes", port, instants=instants)
        found = place.inside("finish", mail, now=DUE + 6 * HOUR)
    return reckoned("mail server down 6 h", place.engine, len(instants), names, found, [mail])


def second_thoughts(place: Place, people: int) -> Figures:
    """While the first letter is being given, the others stop, leave for good or move: nothing more is sent."""
    names = place.inside("crowd", people=people, due=DUE, zone=ZONE)
    first: list[str] = []

    def meanwhile(letter: Any) -> None:
        if not first:
            first.append(letter["To"])
            others = [name for name in names if name not in first]
            place.inside("change_minds", now=DUE, stop=others[::3], leave=others[1::3], move=others[2::3])

    with serving() as mail:
        mail.meanwhile = meanwhile
        ended(place.tick(DUE, mail))
        place.inside("passes", mail, instants=[DUE + later * MINUTE for later in (3, 10, 60, 600)])
        found = place.inside("rows")
    return reckoned("stop, leave, move", place.engine, people - 1, first, found, [mail], may_lose=1)
