"""`make drill`: a backup under write load, another machine, and what must and must not open there; a table at the end.

Both databases, by the commands that an operator uses. The short form of it is a test (tests/commands/test_drill.py).
"""

import base64
import json
import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg

from scripts import services
from scripts.children import end_on_signals
from tests.running import ROOT, Running

ENGINES = ("sqlite", "postgresql")
ADA, GONE = "ada@example.com", "gone@example.com"
PASSWORD = "a long enough secret"
CANARY = "heliotrope tamarisk 7f3a91"
Make = Callable[[], Running]
INSIDE = "from tests.faults import drilled; drilled.{}"


@dataclass
class Drill:
    """Three machines with one ring: where people write, a fresh one, and one that knows nothing of who left."""

    engine: str
    folder: Path
    make: Make
    entries: int
    # What was looked at, whether it held, and what was found.
    checks: list[tuple[str, bool, str]] = field(default_factory=list)

    def run(self) -> list[tuple[str, bool, str]]:
        self.here, self.there = self.make(), self.make()
        self.here.manage("keys", "add")
        self._fill()
        self.here.manage("backup", str(self.folder / "before"))
        gone = self._inside(self.here, f"leave({GONE!r})")
        self._back_up_under_load()
        self._bring_back()
        self._open_everything()
        self._who_left(gone)
        self._texts_alone()
        self._newcomers()
        return self.checks

    def _check(self, name: str, holds: bool, found: object) -> None:
        self.checks.append((name, bool(holds), str(found)))

    def _inside(self, place: Running, call: str) -> Any:
        """What a function of tests.faults.drilled returns there."""
        said = place.manage("shell", "-v", "0", "-c", INSIDE.format(call))
        return json.loads(said.splitlines()[-1])

    def _fill(self) -> None:
        self.here.manage("prepare")
        self._inside(self.here, f"fill({[ADA, GONE]!r}, {PASSWORD!r}, {self.entries}, {CANARY!r})")

    def _back_up_under_load(self) -> None:
        """The load begins before the backup and ends after it."""
        loads = [threading.Thread(target=self._inside, args=(self.here, f"keep_on({ADA!r}, {at!r})")) for at in "ab"]
        for load in loads:
            load.start()
        while not all((self.here.home / f"drill-{at}").exists() for at in "ab"):
            time.sleep(0.02)
        self.here.manage("backup", str(self.folder / "day"))
        after = self._inside(self.here, "stop('a', 'b')")
        for load in loads:
            load.join()
        self.tables = json.loads((self.folder / "day/texts/manifest.json").read_text())["tables"]
        rows = self.tables["journal_entry"]["rows"]
        self._check("a backup while people write", 0 < rows < after, f"{rows:,} entries, {after:,} at the end")

    def _bring_back(self) -> None:
        said = self.there.manage("restore", str(self.folder / "day"))
        self._check("a fresh machine takes it", "each as the manifest says" in said, said.splitlines()[0])
        self.there.manage("backup", str(self.folder / "again"))
        again = json.loads((self.folder / "again/texts/manifest.json").read_text())["tables"]
        same = [name for name in self.tables if again[name] == self.tables[name]]
        self._check("row for row as it was", again == self.tables, f"{len(same)} of {len(self.tables)} tables")

        said = told(self.there, "restore", str(self.folder / "day"))
        refused = "There are people in this database" in said
        self._check("where people are, nothing is brought", refused, said.strip()[-60:])

    def _open_everything(self) -> None:
        said = told(self.there, "keys", "verify", "--all")
        whole = "Opened: 1 person" in said and "Damaged" not in said
        self._check("every text opens", whole, said.splitlines()[-1])
        opened = self._inside(self.there, f"signs_in({ADA!r}, {PASSWORD!r}, {CANARY!r})")
        self._check("its owner signs in and reads", opened == [302, True], opened)

    def _who_left(self, gone: str) -> None:
        """With the ledger they are taken out; without it, seven days later, there is no key in any backup of keys."""
        third = self.make()
        keys = self.folder / "day/keys"
        said = told(third, "restore", str(self.folder / "before"), "--keys", str(keys))
        found = [line for line in said.splitlines() if "had left since" in line]
        self._check("who left is taken out again", found[:1] and found[0].startswith("1 of"), found)
        fourth = self.make()
        fourth.home.mkdir(parents=True, exist_ok=True)
        # Another place's ledger: the one of this machine is held to know more.
        (fourth.home / "deleted").write_text(f"onward-deleted-1 {secrets.token_hex(32)}\n")
        told(fourth, "restore", str(self.folder / "before"), "--keys", str(keys))
        rows, refused = self._inside(fourth, f"rows_of({gone!r})")
        held = rows > 0 and refused == rows
        self._check("without the ledger their rows refuse to open", held, f"{refused} of {rows} refused")

    def _texts_alone(self) -> None:
        raw = b"".join(path.read_bytes() for path in (self.folder / "day/texts").iterdir()) + self._dumped()
        wrapped = [json.loads(line)[3] for line in (self.folder / "day/keys/data_keys.jsonl").read_text().splitlines()]
        ring = json.loads(Path(self.here.environment["ONWARD_KEYS_FILE"]).read_text())["keys"].values()
        secret = [CANARY, *wrapped, *ring]
        found = [one for one in secret if any(form in raw for form in _forms(one))]
        self._check("texts alone hold no word and no key", not found and len(wrapped) == 1, f"{len(found)} found")

    def _dumped(self) -> bytes:
        """PostgreSQL's archive is packed: looked at as pg_restore prints it."""
        file = self.folder / "day/texts/onward.dump"
        if not file.exists():
            return b""
        command = [str(services.postgres_binaries() / "pg_restore"), "-f", "-", str(file)]
        return subprocess.run(command, check=True, capture_output=True).stdout

    def _newcomers(self) -> None:
        met = self._inside(self.there, "newcomers(20)")
        self._check("who signs up afterwards meets no older row", met == 0, f"{met} rows")


def _forms(one: str) -> list[bytes]:
    """Words as they are; keys in base64, raw and in hex."""
    plain = b"" if " " in one else base64.b64decode(one)
    return [form for form in (one.encode(), plain, plain.hex().encode()) if form]


def told(place: Running, *words: str) -> str:
    """What it says, also where it refuses."""
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(command, cwd=ROOT, env=place.environment, capture_output=True, text=True)
    return done.stdout + done.stderr


def drill(engine: str, make: Make, folder: Path, entries: int) -> list[tuple[str, bool, str]]:
    return Drill(engine, folder, make, entries).run()


# By hand


@contextmanager
def machines(engine: str, folder: Path) -> Iterator[Make]:
    ring = {"ONWARD_KEYS_FILE": str(folder / "ring.json"), "STATIC_ROOT": str(folder / "static")}
    with ExitStack() as stack:
        os.environ["PATH"] = f"{services.postgres_binaries()}{os.pathsep}{os.environ['PATH']}"
        server = stack.enter_context(services.postgres(durable=True)).url if engine == "postgresql" else ""
        key = {"SECRET_KEY": secrets.token_urlsafe(64)} if server else {}

        def make() -> Running:
            name = f"onward_{secrets.token_hex(4)}"
            more = {"DATABASE_URL": _database(server, name)} if server else {}
            return Running(folder / name, **ring, **key, **more)

        yield make


def _database(server: str, name: str) -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{server.rpartition('/')[0]}/{name}"


def main(words: list[str]) -> int:
    end_on_signals()
    broken = 0
    for engine in words or ENGINES:
        with TemporaryDirectory(prefix="onward-drill-") as home, machines(engine, Path(home)) as make:
            for name, holds, found in drill(engine, make, Path(home), entries=2000):
                broken += not holds
                print(f"{engine:<11} {'ok    ' if holds else 'BROKEN'} {name:<46} {found}", flush=True)
    print("The drill passed." if not broken else f"Broken: {broken}.", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
