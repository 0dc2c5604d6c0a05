"""What has to happen on a machine of the drill, in a process that knows its settings; each prints one line of JSON."""

import json
import sys
import time
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts import keys, leaving
from accounts.models import User
from journal.models import Entry

A_MINUTE = 60


def said(answer: Any) -> None:
    sys.stdout.write(f"{json.dumps(answer)}\n")


def fill(emails: list[str], password: str, entries: int, body: str) -> None:
    """So many entries for each, and `body` for the first."""
    for email in emails:
        call_command("seed_demo", email=email, password=password, entries=entries, stdout=StringIO())
    said(str(_keep(User.objects.get(email=emails[0]), body).pk))


def leave(email: str) -> None:
    """For good; their id."""
    owner = User.objects.get(email=email).pk
    leaving.erase(owner, timezone.now())
    said(str(owner))


def keep_on(email: str, name: str) -> None:
    """Writes until it is told to stop."""
    user, begun, written = User.objects.get(email=email), time.monotonic(), 0
    while not _mark(f"{name}.stop").exists() and time.monotonic() < begun + A_MINUTE:
        _keep(user, f"Line {written}.")
        written += 1
        _mark(name).touch()
    said(written)


def stop(*names: str) -> None:
    """When something more was written after the backup; how many entries there are."""
    before, deadline = Entry.objects.count(), time.monotonic() + A_MINUTE
    while Entry.objects.count() == before and time.monotonic() < deadline:
        time.sleep(0.01)
    for name in names:
        _mark(f"{name}.stop").touch()
    said(Entry.objects.count())


def signs_in(email: str, password: str, words: str) -> None:
    client = Client(headers={"Host": "127.0.0.1"})
    answer = client.post("/account/login/", {"login": email, "password": password})
    found = client.post("/entries/search/", {"q": words}).content.decode()
    said([answer.status_code, words.split()[-1] in found])


def rows_of(owner: str) -> None:
    """How many entries, and how many of them refuse to open."""
    rows, refused = list(Entry.objects.filter(owner_id=UUID(owner))), 0
    for row in rows:
        try:
            _ = row.body
        except keys.Locked:
            refused += 1
    said([len(rows), refused])


def newcomers(people: int) -> None:
    """Rows that somebody who signs up now finds under their name: none but what they write."""
    met, before = 0, set(User.objects.values_list("pk", flat=True))
    for number in range(people):
        user = User.objects.create_user(f"new{number}@example.com", "a long enough secret")
        met += (user.pk in before) + Entry.objects.of(user).count()
        _keep(user, "Began.", themes=["new"])
        met += Entry.objects.of(user).count() - 1
    said(met)


def _keep(user: User, body: str, **words: Any) -> Entry:
    return Entry.keep(user, timezone.now(), kind="win", body=body, **words)


def _mark(name: str) -> Path:
    return Path(settings.ONWARD_HOME) / f"drill-{name}"
