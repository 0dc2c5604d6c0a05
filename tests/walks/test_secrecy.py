"""A sentence written through every form is found nowhere outside: not in the database, its journal, the broker, a log,
a mail. With sealing off the same search finds it."""

import base64
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from redis import Redis

from scripts import services
from tests.running import Running
from tests.walks.crawl import text_of, walk
from tests.walks.http import Visitor
from tests.walks.test_noscript import START, leave_out

pytestmark = pytest.mark.services
CANARY = "heliotrope tamarisk 7f3a91"
LATER = "2026-12-31T23:59:00Z"


def forms_of(word: str) -> list[bytes]:
    """How a text looks raw, in base64 at each offset, in hex, in an address and in UTF-16."""
    raw = word.encode()
    offsets = [base64.b64encode(b"\0" * skip + raw + b"\0" * 3)[4 if skip else 0 : -8] for skip in range(3)]
    return [raw, *offsets, raw.hex().encode(), quote(word).encode(), word.encode("utf-16-le"), word.encode("utf-16-be")]


def found_in(data: bytes) -> bool:
    return any(form in data for form in forms_of(CANARY))


def files_with_words(folder: Path) -> list[str]:
    """Every file that Onward wrote, but the static files it was shipped with."""
    kept = [path for path in folder.rglob("*") if path.is_file() and "static" not in path.parts]
    assert len(kept) > 1
    return [path.name for path in kept if found_in(path.read_bytes())]


def write_everywhere(onward: Running) -> int:
    """Signs up with a first line, then sends every form there is; how many posts carried the words."""
    ada = Visitor(onward.url)
    [form] = [form for form in next(walk(ada, ["/"], leave_out))[2].forms if form.action == "/account/signup/"]
    person = {"email": "ada@example.com", "password1": "a long enough secret", "time_zone": "Europe/Lisbon"}
    assert ada.post(form.action, form.filled(CANARY) | person).status_code == 302
    sent = 0
    for _ in range(2):
        # The second round writes into what the first one made: edits, conflicts, lessons, steps.
        for _, _, page in list(walk(ada, START, leave_out)):
            for one in page.forms:
                private = any(field.kind == "password" for field in one.fields) or "account" in one.action
                if private or one.method == "get":
                    continue
                for path, data in one.posts(CANARY):
                    answer = ada.post(path, data)
                    assert answer.status_code < 500, path
                    sent += CANARY in data.values()
                if "draft" in (typed := one.filled(CANARY)):
                    assert ada.post("/drafts/", typed).status_code in (200, 204, 429)
    assert CANARY in text_of(ada.get("/entries/"))
    ada.post("/entries/", {"kind": "win", "body": CANARY})  # without its token: the page that keeps the words
    ada.get(f"/entries/?kind={quote('nothing')}")
    return sent


def test_nothing_is_readable_in_the_embedded_default(running: Callable[..., Running]) -> None:
    onward = running().start()
    assert write_everywhere(onward) > 15
    onward.manage("tick", "--now", LATER)
    assert files_with_words(onward.home) == []
    onward.stop()
    assert files_with_words(onward.home) == []
    assert not found_in(onward.log.read_bytes())
    assert b"@example.com" not in onward.log.read_bytes()


def test_with_sealing_off_the_search_finds_it(running: Callable[..., Running]) -> None:
    onward = running(DJANGO_SETTINGS_MODULE="tests.walks.unsealed").start()
    assert write_everywhere(onward) > 15
    onward.stop()
    assert "onward.sqlite3" in files_with_words(onward.home)


def dumped(url: str) -> bytes:
    binary = services.postgres_binaries() / "pg_dump"
    done = subprocess.run([binary, "--dbname", url], capture_output=True, check=True, env=os.environ)
    return done.stdout


def test_nothing_is_readable_in_production(running: Callable[..., Running]) -> None:
    with services.postgres() as postgres, services.redis() as redis:
        ring = {"ONWARD_KEYS_FILE": str(postgres.folder.parent / f"{postgres.folder.name}-ring.json")}
        secret = {"SECRET_KEY": "only for this test, and long enough for the settings to take it"}
        onward = running(DATABASE_URL=postgres.url, REDIS_URL=redis.url, **secret, **ring)
        onward.home.mkdir()
        onward.manage("keys", "add")
        onward.start()
        assert write_everywhere(onward) > 15
        with Redis.from_url(redis.url) as client:
            for key in client.scan_iter():
                assert not found_in(client.dump(key) or b""), key
        onward.stop()
        dump = dumped(postgres.url)
        assert b"ada@example.com" in dump
        assert not found_in(dump)
        assert files_with_words(postgres.folder) == []
        assert files_with_words(redis.folder) == []
        assert files_with_words(onward.home.parent) == []
        Path(ring["ONWARD_KEYS_FILE"]).unlink()
