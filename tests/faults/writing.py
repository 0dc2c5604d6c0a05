"""Somebody writes, many times at once: nothing is doubled.

What has to happen inside a place (tests.faults.inside) stands here as well.
"""

import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

from tests.faults.figures import Figures
from tests.faults.place import Place

NOTHING = dict.fromkeys(("letters", "double_letters", "unasked", "stale", "lost", "may_lose"), 0)
SECRET = "a long enough secret"


def at_once(place: Place, posts: int) -> Figures:
    """One form, sent so many times at the same moment: one row."""
    told = place.inside("posts_at_once", posts=posts)
    note = ", ".join(f"{status}: {count}" for status, count in told["answers"].items())
    counts = {"double_records": told["rows"] - 1, "missing": posts - told["answers"].get("303", 0)}
    return Figures("one form, posts at once", place.engine, posts, note=note, **NOTHING | counts)


# Inside


def _signed_in() -> Any:
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from accounts.models import User

    call_command("collectstatic", "--noinput", "-v0", stdout=sys.stderr)
    settings.ALLOWED_HOSTS = ["testserver"]
    User.objects.filter(email="writes@example.com").delete()
    user = User.objects.create_user("writes@example.com", SECRET, time_zone="Europe/Lisbon")
    client = Client()
    client.force_login(user)
    client.get("/today/")
    return user, client


def posts_at_once(posts: int) -> dict[str, Any]:
    from django.db import connections
    from django.test import Client

    from journal.models import Entry

    user, signed_in = _signed_in()
    words, begin = {"id": str(uuid4()), "kind": "win", "body": "Rang her."}, Barrier(posts)

    def post(_number: int) -> int:
        client = Client()
        client.cookies = signed_in.cookies
        try:
            begin.wait()
            return int(client.post("/entries/", words).status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(posts) as pool:
        answers = Counter(map(str, pool.map(post, range(posts))))
    return {"rows": Entry.objects.of(user).count(), "answers": answers}


INSIDE = {"posts_at_once": posts_at_once}
