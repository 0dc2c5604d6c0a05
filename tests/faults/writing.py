"""Somebody writes, twice at once or in two tabs: nothing is doubled, and no character is lost.

What has to happen inside a place (tests.faults.inside) stands here as well.
"""

import random
import re
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from threading import Barrier
from typing import Any
from uuid import uuid4

from tests.faults.figures import Figures
from tests.faults.place import Place

NOTHING = dict.fromkeys(("letters", "double_letters", "unasked", "stale", "lost", "may_lose"), 0)
SECRET = "a long enough secret"
VERSION = re.compile(r'name="version"[^>]*? value="(\d+)"')


def at_once(place: Place, posts: int) -> Figures:
    """One form, sent so many times at the same moment: one row."""
    told = place.inside("posts_at_once", posts=posts)
    note = ", ".join(f"{status}: {count}" for status, count in told["answers"].items())
    counts = {"double_records": told["rows"] - 1, "missing": posts - told["answers"].get("303", 0)}
    return Figures("one form, posts at once", place.engine, posts, note=note, **NOTHING | counts)


def two_tabs(place: Place, orders: int) -> Figures:
    """Two tabs change one entry, in so many orders: each text stands, or lies sealed beside what stands."""
    told = place.inside("orders_of_two_tabs", orders=orders)
    note = f"{told['conflicts']} conflicts of {told['changes']} changes"
    counts = {"missing": told["missing"], "double_records": told["strange"]}
    return Figures("two tabs, any order", place.engine, orders, note=note, **NOTHING | counts)


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


def orders_of_two_tabs(orders: int) -> dict[str, int]:
    from django.utils import timezone

    from journal.models import Entry

    user, client = _signed_in()
    chance, told = random.Random(orders), Counter[str]()
    for _order in range(orders):
        entry = Entry.keep(user, timezone.now(), kind="note", body="Before.")
        told += _one_order(client, f"/entries/{entry.pk}/", chance, written := {"Before."})
        stands = Entry.objects.get(pk=entry.pk)
        there = {stands.body, *(one.words["body"] for one in stands.revisions.all())}
        told["missing"] += len(written - there)
        told["strange"] += len(there - written)
        entry.delete()
    return {name: told[name] for name in ("missing", "strange", "conflicts", "changes")}


def _one_order(client: Any, address: str, chance: random.Random, written: set[str]) -> Counter[str]:
    """Up to eight changes of either tab, some of which look first; `written` gets what each of them wrote."""
    seen, told = {"a": "1", "b": "1"}, Counter[str]()
    for _step in range(chance.randint(1, 8)):
        who, text = chance.choice("ab"), "".join(chance.choices("xyz é🌿", k=chance.randint(1, 12))).strip() or "x"
        if chance.random() < 0.5:
            [seen[who], *_more] = VERSION.findall(client.get(address).content.decode())
        answer = client.post(address, {"version": seen[who], "body": text})
        shown = answer.status_code == 303 or text in unescape(answer.content.decode())
        told.update(changes=1, conflicts=answer.status_code == 409, missing=not shown)
        written.add(text)
    return told


INSIDE = {"posts_at_once": posts_at_once, "orders_of_two_tabs": orders_of_two_tabs}
