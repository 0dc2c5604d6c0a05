"""PostgreSQL’s roles on a real server: each can do what it is for, and nothing else."""

import os
import secrets
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from config import roles
from scripts import services
from tests.commands.conftest import refused
from tests.running import Running
from tests.walks.crawl import walk
from tests.walks.http import Visitor
from tests.walks.test_noscript import leave_out

pytestmark = pytest.mark.services
FIRST = "Rested, and it helped."


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[services.Server]:
    """Of this test alone: roles belong to a whole server, and nobody else’s is given any."""
    monkeypatch.setenv("PATH", f"{services.postgres_binaries()}:{os.environ['PATH']}")
    with services.postgres() as made:
        yield made


@pytest.fixture
def as_role(running: Callable[..., Running], server: services.Server, tmp_path: Path) -> Callable[[str], Running]:
    shared = {"ONWARD_KEYS_FILE": str(tmp_path / "ring.json"), "SECRET_KEY": secrets.token_urlsafe(64)}
    shared |= {"ONWARD_LEDGER_FILE": str(tmp_path / "deleted")}
    return lambda role, url=server.url: running(DATABASE_URL=url_of(url, role), **shared)


def url_of(url: str, role: str) -> str:
    return url.replace("onward:onward@", f"{role}:onward@")


def may(url: str, role: str, statement: str) -> bool:
    with psycopg.connect(url_of(url, role)) as connection:
        try:
            connection.execute(statement)
        except psycopg.errors.InsufficientPrivilege:
            return False
        finally:
            connection.rollback()
    return True


def sign_up(onward: Running) -> None:
    ada = Visitor(onward.url)
    [form] = [form for form in next(walk(ada, ["/"], leave_out))[2].forms if form.action == "/account/signup/"]
    person = {"email": "ada@example.com", "password1": "a long enough secret", "time_zone": "Europe/Lisbon"}
    assert ada.post(form.action, form.filled(FIRST) | person).status_code == 302
    assert FIRST.encode() in ada.get("/entries/").content


@pytest.mark.parametrize("first", ["roles", "tables"])
def test_each_role_does_what_it_is_for(first: str, as_role: Callable[..., Running], server: services.Server) -> None:
    owner, migrator = as_role("onward"), as_role(roles.MIGRATE)
    owner.manage("keys", "add")
    if first == "tables":
        owner.manage("prepare")
    assert "None has a password yet" in owner.manage("roles", "--make")
    owner.manage("roles", "--make")  # once more: the same stands
    migrator.manage("prepare")
    app = as_role(roles.APP).start()
    sign_up(app)
    app.manage("tick")
    assert app.stop() == 0
    rights(server.url)


def rights(url: str) -> None:
    tables = ("CREATE TABLE x (id int)", "ALTER TABLE journal_entry ADD x int", "DROP TABLE journal_helping")
    rows = (
        "UPDATE journal_entry SET version = 2",
        "DELETE FROM journal_entry",
        "INSERT INTO cache VALUES ('a', 'b', now())",
    )
    whole = ("TRUNCATE journal_entry", "CREATE ROLE x", "ALTER TABLE accounts_datakey DISABLE ROW LEVEL SECURITY")
    whole += ("CREATE SCHEMA x", "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    read = "SELECT body FROM journal_entry"
    assert [may(url, roles.APP, one) for one in (*tables, *whole)] == [False] * 8
    assert [may(url, roles.APP, one) for one in (*rows, read)] == [True] * 4
    assert [may(url, roles.BACKUP, one) for one in (*tables, *whole, *rows)] == [False] * 11
    assert [may(url, roles.MIGRATE, one) for one in tables] == [True] * 3
    with psycopg.connect(url_of(url, roles.BACKUP)) as connection:
        [keys] = connection.execute("SELECT count(*) FROM accounts_datakey").fetchone()
        [entries] = connection.execute("SELECT count(*) FROM journal_entry").fetchone()
        assert (keys, entries) == (0, 1)
    with psycopg.connect(url_of(url, roles.APP)) as connection:
        assert connection.execute("SELECT count(*) FROM accounts_datakey").fetchone() == (1,)


def test_a_backup_is_written_by_who_sees_no_key(
    as_role: Callable[..., Running], server: services.Server, tmp_path: Path
) -> None:
    owner = as_role("onward")
    owner.manage("keys", "add")
    owner.manage("prepare")
    owner.manage("seed_demo", "--email", "ada@example.com", "--password", "a long enough secret", "--entries", "3")
    owner.manage("roles", "--make")
    writer, app = as_role(roles.BACKUP), as_role(roles.APP)
    assert "sees no key" in refused(writer, "backup", str(tmp_path / "both"))
    assert not (tmp_path / "both").exists()
    writer.manage("backup", str(tmp_path / "one"), "--part", "texts")
    app.manage("backup", str(tmp_path / "other"), "--part", "keys")
    parts = [sorted(path.name for path in (tmp_path / name).iterdir()) for name in ("one", "other")]
    assert parts == [["texts"], ["keys"]]
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE fresh")
    comes_back(as_role, f"{server.url.rsplit('/', 1)[0]}/fresh", tmp_path)


def comes_back(as_role: Callable[..., Running], fresh: str, parts: Path) -> None:
    """By who may change tables; afterwards each role is let do there what it is let do here."""
    as_role("onward", fresh).manage("roles", "--make")
    as_role(roles.MIGRATE, fresh).manage("restore", str(parts / "one"), "--keys", str(parts / "other/keys"))
    app = as_role(roles.APP, fresh)
    assert "Opened: 1 person, 1 data key" in app.manage("keys", "verify", "--all")
    assert may(fresh, roles.APP, "UPDATE journal_entry SET version = 2")
    assert not may(fresh, roles.APP, "DROP TABLE journal_helping")
    with psycopg.connect(url_of(fresh, roles.BACKUP)) as connection:
        assert connection.execute("SELECT count(*) FROM accounts_datakey").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM accounts_user").fetchone() == (1,)


def test_what_is_printed_is_what_is_done(as_role: Callable[..., Running], server: services.Server) -> None:
    said = as_role("onward").manage("roles")
    done = subprocess.run(
        ["psql", "-q", "-v", "ON_ERROR_STOP=1", server.url], input=said, text=True, capture_output=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert said == roles.statements("onward", there=False)


def test_sqlite_has_none(running: Callable[..., Running]) -> None:
    assert "Roles are PostgreSQL’s" in refused(running(), "roles")
