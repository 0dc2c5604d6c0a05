"""W1 the Journal, W2 its last page, W3 a capture, W6 Look back: whole answers over one open connection, beside their
floors."""

import re
import sqlite3
from contextlib import ExitStack
from uuid import uuid4

import psycopg

from bench.client import Client
from bench.places import PASSWORD, Place
from bench.rounds import Case, interleaved, tell_figure

ENTRIES = 10_000
PLAIN_ROWS = """
import sys
from uuid import UUID
from datetime import date, timedelta
from django.db import connection
from accounts.models import User
owner = User.objects.get(email=sys.argv[1]).pk
own = owner.hex if connection.vendor == "sqlite" else str(owner)
kind = "integer primary key" if connection.vendor == "sqlite" else "bigserial primary key"
uuid = "char(32)" if connection.vendor == "sqlite" else "uuid"
text = "We walked to the harbour and back and talked about nothing at all, and it was good to be tired. " * 6
with connection.cursor() as c:
    c.execute("DROP TABLE IF EXISTS bench_line"); c.execute("DROP TABLE IF EXISTS bench_label")
    c.execute(f"CREATE TABLE bench_label (id {kind}, name varchar(60))")
    c.execute(f"CREATE TABLE bench_line (id {kind}, owner {uuid}, day date, body text, label_id bigint)")
    c.executemany("INSERT INTO bench_label (name) VALUES (%s)", [(f"label {i}",) for i in range(30)])
    rows = [(own, date(2020, 1, 1) + timedelta(days=i // 5), f"{i} {text}", i % 30 + 1) for i in range(10_000)]
    c.executemany("INSERT INTO bench_line (owner, day, body, label_id) VALUES (%s, %s, %s, %s)", rows)
    c.execute("CREATE INDEX bench_order ON bench_line (owner, day DESC, id DESC)")
    c.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM (ANALYZE)")
"""


def journal(place: Place) -> None:
    """W1, with the same server against itself as a control, and F4 in the detail."""
    email = place.person(ENTRIES)
    place.python(PLAIN_ROWS, email)
    with ExitStack() as stack:
        ours, again = (signed_in(place, stack, email) for _ in range(2))
        floor = Client(stack.enter_context(place.server("bench.floor.settings")))
        floor.cookies = ours.cookies
        found = interleaved(
            {
                "ours": lambda: ours.get("/entries/", 'class="entry'),
                "control": lambda: again.get("/entries/", 'class="entry'),
                "F3": lambda: floor.get("/looped/", 'class="entry'),
                "F4": lambda: floor.get("/joined/", "<article>"),
            }
        )
        ours.get("/entries/")
        more = {"F4": round(found["F4"].middle, 3), "bytes_on_the_wire": ours.wire}
        tell_figure(f"W1-journal-{ENTRIES}-{place.engine}", found["ours"], found["F3"], **more)
        tell_figure(f"W1-same-against-itself-{place.engine}", found["control"], found["ours"])


def last_page(place: Place) -> None:
    """W2: the keyset page at the very end; its floor is the first page."""
    with ExitStack() as stack:
        ours = signed_in(place, stack, place.person(ENTRIES))
        first = ours.get("/entries/")
        last = end_of_journal(place, place.person(ENTRIES))
        if "?after=" not in first:
            raise RuntimeError("The first page leads to no other.")
        found = interleaved({"first": lambda: ours.get("/entries/"), "last": lambda: ours.get(last, 'class="entry')})
        tell_figure(f"W2-last-page-{ENTRIES}-{place.engine}", found["last"], found["first"])


def end_of_journal(place: Place, email: str) -> str:
    """The address of the page with the last thirty entries."""
    source = """
import sys
from accounts.models import User
from journal import timeline
from journal.models import Entry
entries = Entry.objects.of(User.objects.get(email=sys.argv[1])).newest_first()
print(timeline.Place.of(entries[entries.count() - 31]))
"""
    return f"/entries/?after={place.python(source, email).strip()}"


def capture(place: Place) -> None:
    """W3: keep a line with three themes, by htmx; the floor is four rows in one durable transaction."""
    with ExitStack() as stack:
        ours = Client(stack.enter_context(place.server()))
        token = ours.sign_in(place.person(ENTRIES), PASSWORD)
        found = interleaved({"ours": keep(ours, token), "floor": four_rows(place, stack)})
        tell_figure(f"W3-capture-{ENTRIES}-{place.engine}", found["ours"], found["floor"])


def keep(ours: Client, token: str) -> Case:
    """A line with three themes that are there already, by htmx."""
    themes = ", ".join(re.findall(r"<option value=\"([^\"]+)\"", ours.get("/today/"))[:3]) or "rest, order, quiet"

    def kept() -> None:
        words = {"id": str(uuid4()), "kind": "win", "body": f"Asked early. {uuid4()}", "themes": themes}
        words["csrfmiddlewaretoken"] = token
        ours.post("/entries/", words, "Asked early.", **{"HX-Request": "true"})

    return kept


def four_rows(place: Place, stack: ExitStack) -> Case:
    """One text and three links, inserted and committed by the driver."""
    mark = "%s" if place.engine == "postgresql" else "?"
    if place.engine == "postgresql":
        connection = stack.enter_context(psycopg.connect(place.environment["DATABASE_URL"]))
    else:
        connection = sqlite3.connect(place.home / "onward.sqlite3", timeout=20)  # type: ignore[assignment]
        stack.callback(connection.close)
        connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS bench_kept (id varchar(36) PRIMARY KEY, body text)")
    connection.execute("CREATE TABLE IF NOT EXISTS bench_link (kept varchar(36), label integer)")
    connection.commit()

    def insert() -> None:
        row = str(uuid4())
        connection.execute(f"INSERT INTO bench_kept VALUES ({mark}, {mark})", (row, "Asked early."))
        for label in (1, 2, 3):
            connection.execute(f"INSERT INTO bench_link VALUES ({mark}, {mark})", (row, label))
        connection.commit()

    return insert


def look_back(place: Place) -> None:
    """W6: almanac, patterns and five measures of two years; the floor is F3, a list of thirty."""
    email = place.person(ENTRIES)
    place.python(PLAIN_ROWS, email)
    with ExitStack() as stack:
        ours = signed_in(place, stack, email)
        floor = Client(stack.enter_context(place.server("bench.floor.settings")))
        floor.cookies = ours.cookies
        cases: dict[str, Case] = {
            "ours": lambda: ours.get("/look-back/", 'class="spark'),
            "F3": lambda: floor.get("/looped/", 'class="entry'),
        }
        found = interleaved(cases)
        tell_figure(f"W6-look-back-{ENTRIES}-{place.engine}", found["ours"], found["F3"])


def signed_in(place: Place, stack: ExitStack, email: str) -> Client:
    """Somebody at a server of their own."""
    client = Client(stack.enter_context(place.server()))
    client.sign_in(email, PASSWORD)
    return client
