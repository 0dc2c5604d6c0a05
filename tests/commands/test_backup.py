"""A backup under write load, onto another machine, with who left staying gone; on both databases, by the commands."""

import base64
import json
import os
import secrets
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from scripts import services
from tests.running import ROOT, Running

pytestmark = pytest.mark.services
KEEP = """
from accounts.models import User; from django.utils import timezone; from journal.models import Entry
ada = User.objects.get(email='ada@example.com')
for no in range(400): Entry.keep(ada, timezone.now(), kind='win', body=f'Line {no}.')
"""
LEAVE = """
from accounts import leaving; from accounts.models import User; from django.utils import timezone
leaving.erase(User.objects.get(email='gone@example.com').pk, timezone.now())
"""
COUNT = "from accounts.models import User; print(sorted(User.objects.values_list('email', flat=True)))"


@dataclass
class Places:
    here: Running
    there: Running


@pytest.fixture(params=["sqlite", "postgresql"])
def places(
    request: pytest.FixtureRequest, running: Callable[..., Running], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Places]:
    """Two machines with one ring. What the first one keeps is told by the commands alone."""
    monkeypatch.setenv("PATH", f"{services.postgres_binaries()}:{os.environ['PATH']}")
    ring = {"ONWARD_KEYS_FILE": str(tmp_path / "ring.json")}
    if request.param == "sqlite":
        made = [running(**ring) for _ in range(2)]
        made[0].manage("keys", "add")
        yield Places(*made)
        return
    server = request.getfixturevalue("postgres_server")
    names = [f"onward_test_{secrets.token_hex(4)}" for _ in range(2)]
    with psycopg.connect(server, autocommit=True) as connection:
        for name in names:
            connection.execute(f'CREATE DATABASE "{name}"')
        urls = [urlunsplit(urlsplit(server)._replace(path=f"/{name}")) for name in names]
        key = {"SECRET_KEY": secrets.token_urlsafe(64)}
        made = [running(DATABASE_URL=url, **ring, **key) for url in urls]
        made[0].manage("keys", "add")
        yield Places(*made)
        for name in names:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def fill(place: Running) -> None:
    place.manage("prepare")
    for email in ("ada@example.com", "gone@example.com"):
        place.manage("seed_demo", "--email", email, "--password", "a long enough secret", "--entries", "60")


def refused(place: Running, *words: str) -> str:
    with pytest.raises(subprocess.CalledProcessError) as error:
        place.manage(*words)
    said: str = error.value.stderr
    assert "Traceback" not in said
    return said


def people(place: Running) -> str:
    return place.manage("shell", "-v", "0", "-c", COUNT).strip()


def test_it_is_of_one_moment_and_comes_back_equal(places: Places, tmp_path: Path) -> None:
    here, there, folder = places.here, places.there, tmp_path / "backup"
    fill(here)
    writing = threading.Thread(target=here.manage, args=("shell", "-v", "0", "-c", KEEP))
    writing.start()
    here.manage("backup", str(folder))
    writing.join()
    said = there.manage("restore", str(folder))
    assert "each as the manifest says" in said
    assert "2 people" in there.manage("keys", "verify", "--all")
    assert people(there) == "['ada@example.com', 'gone@example.com']"
    # The same commands on the same tables again: what came back is, row for row, what was kept.
    there.manage("backup", str(tmp_path / "again"))
    kept, again = (json.loads((one / "texts/manifest.json").read_text()) for one in (folder, tmp_path / "again"))
    assert again["tables"] == kept["tables"]
    assert kept["tables"]["journal_entry"]["rows"] >= 120
    assert "There are people in this database" in refused(there, "restore", str(folder))


def test_who_left_since_stays_gone(places: Places, tmp_path: Path) -> None:
    here, there, folder = places.here, places.there, tmp_path / "backup"
    fill(here)
    here.manage("backup", str(folder))
    here.manage("shell", "-v", "0", "-c", LEAVE)
    there.home.mkdir(parents=True, exist_ok=True)
    shutil.copy(here.home / "deleted", there.home / "deleted")
    assert "1 of them had left since" in there.manage("restore", str(folder))
    assert people(there) == "['ada@example.com']"
    assert "1 person" in there.manage("keys", "verify", "--all")


def test_texts_alone_open_for_nobody(places: Places, tmp_path: Path) -> None:
    here, folder = places.here, tmp_path / "backup"
    fill(here)
    here.manage("backup", str(folder))
    held = json.loads((folder / "texts/manifest.json").read_text())
    assert held["tables"]["accounts_datakey"]["rows"] == 0
    wrapped = [json.loads(line)[3] for line in (folder / "keys/data_keys.jsonl").read_text().splitlines()]
    raw = b"".join(path.read_bytes() for path in (folder / "texts").iterdir())

    assert len(wrapped) == 2
    assert all(base64.b64decode(one) not in raw and one.encode() not in raw for one in wrapped)
    ring = json.loads(Path(here.environment["ONWARD_KEYS_FILE"]).read_text())["keys"]
    kept = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert all(key.encode() not in kept and base64.b64decode(key) not in kept for key in ring.values())


@pytest.mark.parametrize("what", ["cut", "other", "ring", "newer", "none"])
def test_what_is_not_whole_or_not_ours_is_refused_and_touches_nothing(
    what: str, running: Callable[..., Running], tmp_path: Path
) -> None:
    ring = {"ONWARD_KEYS_FILE": str(tmp_path / "ring.json")}
    here, there, folder = running(**ring), running(**ring), tmp_path / "backup"
    here.manage("keys", "add")
    here.manage("prepare")
    here.manage("seed_demo", "--email", "ada@example.com", "--password", "a long enough secret", "--entries", "3")
    here.manage("backup", str(folder))
    said = spoilt(what, folder, tmp_path)
    assert said in refused(there, "restore", str(folder))
    assert not (there.home / "onward.sqlite3").exists() and not list(there.home.glob("*.sqlite3"))


def spoilt(what: str, folder: Path, tmp_path: Path) -> str:
    """What is said of it."""
    texts = folder / "texts/manifest.json"
    head = json.loads(texts.read_text())
    if what == "cut":
        [file] = [path for path in (folder / "texts").iterdir() if path.name != "manifest.json"]
        file.write_bytes(file.read_bytes()[:-1])
        return "not as it was when the backup was made"
    if what == "other":
        texts.write_text(json.dumps(head | {"engine": "postgresql"}))
        return "This is a backup of postgresql"
    if what == "newer":
        texts.write_text(json.dumps(head | {"migrations": [*head["migrations"], "journal.9999_later"]}))
        return "A newer Onward made this backup"
    if what == "none":
        texts.unlink()
        return "is no backup"
    (tmp_path / "ring.json").write_text(json.dumps({"primary": "z", "keys": {"z": "A" * 43 + "="}}))
    return "Nothing was touched"


def test_each_backup_has_a_folder_of_its_own(running: Callable[..., Running], tmp_path: Path) -> None:
    here = running()
    here.manage("prepare")
    (tmp_path / "backup").mkdir()
    here.manage("backup", str(tmp_path / "backup"))
    assert (tmp_path / "backup").stat().st_mode & 0o077 == 0
    assert "is not empty" in refused(here, "backup", str(tmp_path / "backup"))
    (tmp_path / "next.unfinished/texts").mkdir(parents=True)
    here.manage("backup", str(tmp_path / "next"))
    assert sorted(path.name for path in tmp_path.iterdir() if "next" in path.name) == ["next"]
    assert ROOT not in tmp_path.parents
