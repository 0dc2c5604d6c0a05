"""A notebook of before, brought along from a text file: looked through, approved and kept, as anybody would do it."""

from datetime import datetime, timedelta

from accounts.days import local_date
from accounts.models import User
from journal.demo.cards import words
from journal.importing import work
from journal.models import Import

FILE = "grey notebook.txt"
# A slip of the pen; the report says why that page was left.
SLIP = 36_525


def write(owner: User, now: datetime) -> None:
    today = local_date(owner, now)
    pages = [(today - timedelta(days=page["back"]), page["text"]) for page in words("notebook")["pages"]]
    pages.append((pages[-1][0] + timedelta(days=SLIP), pages[-1][1]))
    file = "".join(f"{day}\n{text}\n\n" for day, text in pages)
    incoming = Import.take_in(owner, now, source="text", name=FILE, pieces=[file.encode()])
    work.at_once(incoming, now)
    incoming.approve(now, {})
    work.at_once(incoming, now)
