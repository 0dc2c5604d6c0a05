"""Somebody writes, twice at once or in two tabs, before a real server: nothing is doubled, and no character is lost.

What has to happen inside a place (tests.faults.inside) stands here as well.
"""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from tests.faults.figures import Figures
from tests.faults.person import EMAIL, SECRET, Person, forms_of, serving, shows
from tests.faults.place import Place
from tests.walks.crawl import Form

NOTHING = dict.fromkeys(("letters", "double_letters", "unasked", "stale", "lost", "may_lose"), 0)
PAIRS = 4  # of tabs at one time


def at_once(place: Place, posts: int) -> Figures:
    """One form, sent over so many sockets at the same moment: one row."""
    place.inside("writer", email=EMAIL, password=SECRET)
    begin = Barrier(posts)
    with serving(place) as url:
        ada = Person(url).sign_in()
        form = ada.form("/today/", lambda form: form.has("body"))

        def post(person: Person) -> str:
            begin.wait()
            return str(person.send(form, body="Rang her.").status_code)

        with ThreadPoolExecutor(posts) as pool:
            answers = Counter(pool.map(post, [ada.again() for _ in range(posts)]))
    note = ", ".join(f"{status}: {count}" for status, count in answers.items())
    counts = {"double_records": abs(place.inside("kept") - 1), "missing": posts - answers["303"]}
    return Figures("one form, posts at once", place.engine, posts, note=note, **NOTHING | counts)


def two_tabs(place: Place, orders: int) -> Figures:
    """Two tabs change one entry, in so many orders: each text stands, or lies sealed beside what stands."""
    place.inside("writer", email=EMAIL, password=SECRET)
    chances = [random.Random(f"{orders} {number}") for number in range(orders)]
    with serving(place) as url, ThreadPoolExecutor(PAIRS) as pool:
        ada = Person(url).sign_in()
        pages = [f"/entries/{id}/" for id in place.inside("befores", entries=orders)]
        found = list(pool.map(lambda page, chance: one_order(ada.again(), page, chance), pages, chances))
    told, there = sum((counted for counted, _ in found), Counter[str]()), place.inside("texts")
    for page, (_, written) in zip(pages, found, strict=True):
        stands = set(there[page.split("/")[2]])
        told.update(missing=len(written - stands), strange=len(stands - written))
    note = f"{told['conflicts']} conflicts of {told['changes']} changes"
    counts = {"missing": told["missing"], "double_records": told["strange"]}
    return Figures("two tabs, any order", place.engine, orders, note=note, **NOTHING | counts)


def one_order(ada: Person, page: str, chance: random.Random) -> tuple[Counter[str], set[str]]:
    """Up to eight changes of either tab, some of which look first, or go on from the page of both texts; and all that
    was written.
    """

    def changes(form: Form) -> bool:
        return form.action == page and form.has("version") and form.has("body")

    tabs, told, written = {who: ada.form(page, changes) for who in "ab"}, Counter[str](), {"Before."}
    for _step in range(chance.randint(1, 8)):
        who, text = chance.choice("ab"), "".join(chance.choices("xyz é🌿", k=chance.randint(1, 12))).strip() or "x"
        if chance.random() < 0.5:
            tabs[who] = ada.form(page, changes)
        answer = ada.send(tabs[who], body=text)
        conflict = answer.status_code == 409
        if conflict and chance.random() < 0.5:
            tabs[who] = next(form for form in forms_of(page, answer) if changes(form))
        told.update(changes=1, conflicts=conflict, missing=not (answer.status_code == 303 or shows(answer, text)))
        written.add(text)
    return told, written


# Inside


def befores(entries: int) -> list[str]:
    from django.utils import timezone

    from accounts.models import User
    from journal.models import Entry

    ada = User.objects.get(email=EMAIL)
    return [str(Entry.keep(ada, timezone.now(), kind="note", body="Before.").pk) for _ in range(entries)]


def texts() -> dict[str, list[str]]:
    """Of each entry what it says, and what lies beside it."""
    from journal.models import Entry

    entries = Entry.objects.all()
    return {str(one.pk): [one.body, *(other.words["body"] for other in one.revisions.all())] for one in entries}


INSIDE: dict[str, Any] = {"befores": befores, "texts": texts}
