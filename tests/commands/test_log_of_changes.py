"""docs/operating.md, WAL archiving, word for word: what was in the log comes back, on another folder."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from scripts import services
from scripts.children import Child
from tests.faults.place import HANGS, wait_for
from tests.running import ROOT

pytestmark = pytest.mark.services
PAGE = (ROOT / "docs" / "operating.md").read_text()


@pytest.fixture
def archive() -> Iterator[Path]:
    """A folder that PostgreSQL's user may write to and come to."""
    folder = Path(tempfile.mkdtemp(prefix="onward-"))
    for part in ("wal", "base"):
        (folder / part).mkdir()
        services._owner_for_postgres(folder / part)
    services._owner_for_postgres(folder)
    yield folder
    shutil.rmtree(folder)


def said(pattern: str, archive: Path) -> str:
    """What the page says, with this archive in the place of /archive."""
    found = re.search(pattern, PAGE)
    assert found, pattern
    return found[1].replace("/archive/", f"{archive}/")


def settings(archive: Path) -> dict[str, str]:
    lines = said(r"```\n(wal_level = [^`]*)```", archive).splitlines()
    return {name: value.strip("'") for name, value in (line.split(" = ", 1) for line in lines)}


def test_what_was_archived_comes_back_from_the_base_and_the_log(archive: Path) -> None:
    with services.postgres(durable=True, **settings(archive)) as server:
        written(server, "Before the base.", "CREATE TABLE line (body text)")
        based(server, archive)
        written(server, "After the base.")
        archived(server)
        written(server, "After the last of the log.")
        server.child.process.send_signal(signal.SIGQUIT)
        server.child.process.wait(HANGS)
    with back(archive) as url, psycopg.connect(url, autocommit=True) as connection:
        wait_for(lambda: connection.execute("SELECT NOT pg_is_in_recovery()").fetchone() == (True,))
        connection.execute("CREATE TABLE afterwards ()")
        rows = connection.execute("SELECT body FROM line ORDER BY body").fetchall()
    assert rows == [("After the base.",), ("Before the base.",)]


def written(server: services.Server, line: str, *first: str) -> None:
    with psycopg.connect(server.url) as connection:
        for statement in first:
            connection.execute(statement.encode())
        connection.execute("INSERT INTO line VALUES (%s)", [line])


def based(server: services.Server, archive: Path) -> None:
    command = said(r"Once a day a base backup: `([^`]*)`", archive)
    door = psycopg.conninfo.conninfo_to_dict(server.url)
    path = {"PATH": f"{services.postgres_binaries()}:{os.environ['PATH']}"}
    reached = {"PGHOST": str(door["host"]), "PGPORT": str(door["port"]), "PGUSER": str(door["user"])}
    owner = services._owner_for_postgres(archive / "base")
    subprocess.run(["sh", "-c", command], check=True, env=path | reached, timeout=HANGS, **owner)


def archived(server: services.Server) -> None:
    """What archive_timeout does after five minutes."""
    with closing(psycopg.connect(server.url, autocommit=True)) as connection:

        def one(question: str) -> Any:
            row = connection.execute(question.encode()).fetchone()
            return row and row[0]

        last = one("SELECT pg_walfile_name(pg_switch_wal())")
        wait_for(lambda: (one("SELECT last_archived_wal FROM pg_stat_archiver") or "") >= last)


@contextmanager
def back(archive: Path) -> Iterator[str]:
    data, port = archive / "data", services.free_port()
    data.mkdir(mode=0o700)
    owner = services._owner_for_postgres(data)
    (base,) = (archive / "base").glob("*/base.tar.gz")
    subprocess.run(["tar", "-xzf", str(base), "-C", str(data)], check=True, **owner)
    subprocess.run(["touch", str(data / "recovery.signal")], check=True, **owner)
    fetched = said(r"set `restore_command = '([^']*)'`", archive)
    words = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "restore_command": fetched}
    command = [str(services.postgres_binaries() / "postgres"), "-D", str(data), "-p", str(port)]
    command += [f"-c{name}={value}" for name, value in words.items()]
    with open(archive / "log", "wb") as log:
        child = Child("PostgreSQL", *command, ends_on=signal.SIGINT, stdout=log, stderr=log, **owner)
        try:
            url = f"postgresql://onward@127.0.0.1:{port}/onward"
            wait_for(lambda: child.dead or services._pg_answers(services.postgres_binaries(), port))
            assert not child.dead, (archive / "log").read_text()
            yield url
        finally:
            child.end()
