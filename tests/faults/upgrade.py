"""An upgrade while people write: the code of the last tagged issue goes on beside tables of ours.

It stands as on one of several machines: started before the tables changed, and once more afterwards. People sign up
there, write, read, change and take along, and its passes send their letters; then ours opens all that they wrote.
"""

import io
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.places import MANAGE
from bench.places import wait_for as answers
from scripts import services
from scripts.children import Child
from tests.faults.figures import Figures
from tests.faults.keeping import Environment, done, elsewhere
from tests.faults.person import SECRET, Person, shows
from tests.faults.place import Place, ended
from tests.house.released import COMMIT, TAG
from tests.running import ROOT

PEOPLE = ("ada", "bea", "cleo")


class Older:
    """The older code in a folder of its own, on the database of `at`."""

    def __init__(self, place: Place, at: Environment, code: Path) -> None:
        self.place, self.at, self.code = place, at, code

    @contextmanager
    def web(self) -> Iterator[str]:
        port = services.free_port()
        child = self._child("older web", *MANAGE, "web", PORT=str(port), DJANGO_SETTINGS_MODULE="bench.settings")
        try:
            answers(f"http://127.0.0.1:{port}/", child)
            yield f"http://127.0.0.1:{port}"
        finally:
            child.end()

    def manage(self, *words: str) -> None:
        if code := ended(self._child(words[0], sys.executable, "manage.py", *words)):
            raise RuntimeError(f"{TAG}: {' '.join(words)} ended with {code}\n{self.place.words()[-2000:]}")

    def _child(self, name: str, *words: str, **environment: str) -> Child:
        return self.place.child(name, *words, pipes={"cwd": self.code}, **self.at | environment)


def beside(place: Place) -> Figures:
    """`tried`: what the older code was asked to do after the tables had changed. `missing`: what it, or ours, did not
    do or show."""
    with code_of_tag() as code, elsewhere(place) as at:
        older = Older(place, at, code)
        older.manage("prepare")
        with older.web() as url:
            kept = {"before": write(sign_up(url, "ada"), "Before the tables changed.")}
            done(place, at, "migrate", "-v0")
            went = at_work(url, "ada", "bea", kept)
        with older.web() as url:
            went += at_work(url, "bea", "cleo", {})
        older.manage("tick")
        older.manage("tick", "--now", sunday(datetime.now(UTC)).isoformat())
        done(place, at, "prepare")
        went += [len(list((Path(at["ONWARD_HOME"]) / "outbox").glob("*.eml"))) == len(PEOPLE), *opened(place, at)]
    note = f"{TAG} beside {today()}"
    return Figures("upgrade", place.engine, len(went), 0, 0, 0, 0, 0, 0, 0, went.count(False), note)


@contextmanager
def code_of_tag() -> Iterator[Path]:
    """As git has it. A clone without tags or history has to fetch them first."""
    packed = subprocess.run(["git", "archive", "--format=tar", COMMIT], cwd=ROOT, capture_output=True)
    if packed.returncode:
        raise RuntimeError(f"git does not have {TAG} ({COMMIT}) here: `git fetch --unshallow` brings it.")
    with TemporaryDirectory(prefix="onward-older-") as folder:
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as files:
            files.extractall(folder, filter="data")
        yield Path(folder)


def at_work(url: str, known: str, fresh: str, kept: dict[str, str]) -> list[bool]:
    """What each of two people does, one of whom has been here before."""
    again, new = Person(url).sign_in(f"{known}@example.com"), sign_up(url, fresh)
    went = [shows(again.visitor.get(address), "Before the tables changed.") for address in kept.values()]
    for person, name in ((again, known), (new, fresh)):
        line = f"{name} writes with the older code."
        address = write(person, line)
        change(person, address, f"{line} Changed.")
        went.append(shows(person.visitor.get(address), f"{line} Changed."))
        went.append(shows(person.visitor.get("/entries/"), f"{line} Changed."))
        went.append(shows(person.visitor.get("/export/"), "JSON"))
        went.append(agree(person))
    return went


def opened(place: Place, at: Environment) -> Iterator[bool]:
    """By the code of today, on its own pages."""
    with place.web(DJANGO_SETTINGS_MODULE="bench.settings", **at) as port:
        for name in PEOPLE:
            person = Person(f"http://127.0.0.1:{port}").sign_in(f"{name}@example.com")
            yield shows(person.visitor.get("/entries/"), f"{name} writes with the older code. Changed.")
            yield shows(person.visitor.get(write(person, "And with today’s.")), "And with today’s.")


def sign_up(url: str, name: str) -> Person:
    person = Person(url)
    form = person.form("/account/signup/", lambda form: form.has("password1"))
    words = {"email": f"{name}@example.com", "password1": SECRET, "time_zone": "UTC"}
    answer = person.send(form, **words)
    assert answer.status_code == 302, answer.status_code
    return person


def write(person: Person, line: str) -> str:
    """The address of the entry."""
    form = person.form("/today/", lambda form: form.has("body"))
    assert person.send(form, body=line).status_code == 303
    return f"/entries/{next(field.value for field in form.fields if field.name == 'id')}/"


def change(person: Person, address: str, line: str) -> None:
    form = person.form(address, lambda form: form.has("version") and form.has("body"))
    assert person.send(form, body=line).status_code == 303


def agree(person: Person) -> bool:
    form = person.form("/settings/reminders/", lambda form: form.has("weekly"))
    words = {"weekly": "on", "weekday": "6", "local_time": "18:00", "time_zone": "UTC"}
    return person.send(form, **words).status_code == 303


def sunday(now: datetime) -> datetime:
    """The next one, a minute after six."""
    return (now + timedelta(days=6 - now.weekday() or 7)).replace(hour=18, minute=1)


def today() -> str:
    said = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True)
    return said.stdout.strip() or "the code of today"
