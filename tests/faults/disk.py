"""A full disk: what cannot be kept is refused in words of ours, with what was typed in a form that keeps it as soon as
there is room; pages go on, nothing is damaged, and nothing has to be done by hand.

The disk is a small file system in memory with the whole database on it: mounting one takes the rights of root.
"""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts import services
from scripts.children import Child
from tests.faults.crowds import WIDE
from tests.faults.figures import Figures
from tests.faults.person import EMAIL, SECRET, Person, forms_of, shows
from tests.faults.place import HANGS, Place, wait_for
from tests.faults.writing import NOTHING
from tests.walks.crawl import Form, text_of

MEBIBYTES = {"sqlite": 24, "postgresql": 160}
LITTLE_LOG = {"max_wal_size": "32MB", "min_wal_size": "32MB"}
READ = ("/today/", "/entries/", "/look-back/")
PRINTED = ("Traceback", "OperationalError", "DiskFull", "disk is full", "No space left")


def full(place: Place, times: int) -> Figures:
    """So many times the rest of the disk is taken and given back. `missing`: answers without the words in them, pages
    that did not open, lines that are not there once, whatever the database finds wrong.
    """
    kept, found = list[str](), Counter[str]()
    place.inside("writer", email=EMAIL, password=SECRET)
    with small(place) as (there, disk, server), there.web(**WIDE) as port:
        ada = Person(f"http://127.0.0.1:{port}").sign_in()
        for number in range(times):
            refused = list[tuple[Form, str]]()
            with no_room(disk):
                for text in lines(number):
                    found.update(said(ada, text, refused))
                found["unread"] += sum(ada.visitor.get(path).status_code != 200 for path in READ)
            found["never"] += not refused
            found["again"] += stands_again(server)
            for form, text in refused:
                wait_for(lambda form=form, text=text: ada.send(form, body=text).status_code == 303)
            kept += lines(number)
        bodies = Counter(bodies_in(there))
        found["damaged"] = damaged(there, disk)
    found["odd"] = sum((bodies - Counter(kept)).values()) + sum((Counter(kept) - bodies).values())
    note = f"{found['refused']} lines refused, {found['kept']} still fitted, {found['lost']} without their words"
    note += f", {found['unread']} pages not opened, {found['odd']} lines too few or many, {found['damaged']} damaged"
    note += f", the database started again {found['again']} times" if server else ""
    missing = sum(found[what] for what in ("lost", "unread", "never", "damaged", "odd"))
    return Figures("a full disk", place.engine, times, **NOTHING | {"missing": missing, "double_records": 0}, note=note)


def lines(number: int) -> list[str]:
    """Some may still find room in what the database holds already."""
    return [f"Full {number} {length} {'word ' * length}".strip() for length in (1, 20_000, 5_000, 1, 40_000)]


def said(ada: Person, text: str, refused: list[tuple[Form, str]]) -> list[str]:
    """kept; or refused, on a page that has the words in a form and nothing of the error; or lost. unread: Today did not
    open.
    """
    form = next((form for form in ada.forms("/today/") if form.has("body")), None)
    if not form:
        return ["unread"]
    answer = ada.send(form, body=text)
    if answer.status_code == 303:
        return ["kept"]
    again = [form for form in forms_of("/entries/", answer) if form.has("body") and form.has("id")]
    if not again or not shows(answer, text) or any(word in text_of(answer) for word in PRINTED):
        return ["lost"]
    refused.append((again[0], text))
    return ["refused"]


# The disk


@contextmanager
def small(place: Place) -> Iterator[tuple[Place, Path, Child | None]]:
    """The same place with its database on a disk of its own, and the server of that database."""
    with ExitStack() as stack:
        disk = stack.enter_context(mounted(MEBIBYTES[place.engine]))
        if not place.postgres:
            shutil.copy(place.home / "onward.sqlite3", disk)
            at = {"ONWARD_HOME": str(disk), "STATIC_ROOT": str(place.home / "static")}
            yield replace(place, environment=place.environment | at), disk, None
            return
        server = stack.enter_context(services.postgres(durable=True, at=disk, **LITTLE_LOG))
        binaries = services.postgres_binaries()
        dumped = subprocess.run([str(binaries / "pg_dump"), place.postgres.url], stdout=subprocess.PIPE, check=True)
        psql = [str(binaries / "psql"), "-q", server.url]
        subprocess.run(psql, input=dumped.stdout, stdout=subprocess.DEVNULL, check=True)
        yield replace(place, environment=place.environment | {"DATABASE_URL": server.url}), disk, server.child


def may_mount() -> bool:
    """A container often may not, as root neither."""
    try:
        with mounted(1):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


@contextmanager
def mounted(mebibytes: int) -> Iterator[Path]:
    with TemporaryDirectory(prefix="onward-disk-") as folder:
        command = ["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m,mode=0755", "tmpfs", folder]
        subprocess.run(command, check=True, timeout=HANGS)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True, timeout=HANGS)


@contextmanager
def no_room(disk: Path) -> Iterator[None]:
    """Somebody else's file takes all that is left."""
    ballast = disk / "ballast"
    with open(ballast, "wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            with suppress(OSError):
                while True:
                    file.write(bytes(size))
    try:
        yield
    finally:
        ballast.unlink()


def stands_again(server: Child | None) -> bool:
    """PostgreSQL gives up where it cannot write its log: then it is started again, as whatever watches over it does."""
    if not (server and server.dead):
        return False
    server.clear()
    server.start()
    return True


def bodies_in(there: Place) -> list[str]:
    """Every line there is, opened, by a process of its own."""
    call = "from tests.faults import disk; disk.print_bodies()"
    words = (sys.executable, "manage.py", "shell", "-v0", "-c", call)
    asked = there.child("look", *words, pipes={"stdout": subprocess.PIPE, "text": True})
    out, _ = asked.process.communicate(timeout=HANGS)
    return list(json.loads(out.splitlines()[-1]))


def print_bodies() -> None:
    from journal.models import Entry

    sys.stdout.write(json.dumps([entry.body for entry in Entry.objects.all()]) + "\n")


def damaged(there: Place, disk: Path) -> int:
    """What the database itself finds wrong with its files."""
    if not there.postgres:
        with closing(sqlite3.connect(disk / "onward.sqlite3")) as connection:
            return sum(line != ("ok",) for line in connection.execute("PRAGMA integrity_check"))
    check = [str(services.postgres_binaries() / "pg_amcheck"), "--install-missing", "--heapallindexed"]
    done = subprocess.run([*check, there.environment["DATABASE_URL"]], stdout=subprocess.PIPE, text=True)
    return len(done.stdout.splitlines()) or int(done.returncode != 0)
