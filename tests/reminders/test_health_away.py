"""What /healthz says while the database is really away, to a machine and to a browser with a session."""

import secrets
from collections.abc import Callable
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from scripts import services
from scripts.secrets_for_compose import fresh_ring
from tests.running import Running
from tests.walks.crawl import walk
from tests.walks.http import Answer, Visitor
from tests.walks.test_noscript import leave_out

pytestmark = pytest.mark.services
TOKEN = "only for tests, and long enough"


def signed_in(onward: Running) -> Visitor:
    ada = Visitor(onward.url)
    [form] = [form for form in next(walk(ada, ["/"], leave_out))[2].forms if form.action == "/account/signup/"]
    person = {"email": "ada@example.com", "password1": "a long enough secret", "time_zone": "Europe/Lisbon"}
    assert ada.post(form.action, form.filled("Rested.") | person).status_code == 302
    assert ada.get("/today/").status_code == 200
    return ada


def told(answer: Answer) -> tuple[int, bytes]:
    return answer.status_code, answer.content


def test_the_file_of_sqlite_is_gone_and_comes_back(running: Callable[..., Running]) -> None:
    onward = running(METRICS_TOKEN=TOKEN).start()
    ada, stranger = signed_in(onward), Visitor(onward.url)
    assert told(ada.get("/healthz")) == (200, b"ok")
    database, aside = onward.home / "onward.sqlite3", onward.home / "aside"
    database.rename(aside)
    database.mkdir()  # nothing that could be opened, or made anew
    assert ada.get("/today/").status_code == 500
    for visitor in (ada, stranger):
        assert told(visitor.get("/healthz")) == (503, b"database")
        assert visitor.get("/metrics").status_code == 401
    away = figures(onward)
    assert (away["onward_database_up"], away.keys() & {"onward_people", "onward_tables_waiting"}) == (0, set())
    assert away['onward_requests_total{view="journal:today",status="5xx"}'] == 1
    database.rmdir()
    aside.rename(database)
    assert told(ada.get("/healthz")) == (200, b"ok")
    # Whichever of the two web processes answers has counted for both.
    asked = [figures(onward)['onward_requests_total{view="reminders:metrics",status="2xx"}'] for _ in range(12)]
    assert asked == [float(number) for number in range(1, 13)]
    back = figures(onward)
    assert (back["onward_database_up"], back["onward_people"], back["onward_tables_waiting"]) == (1, 1, 0)
    assert back["onward_web_processes"] in (1, 2)


def figures(onward: Running) -> dict[str, float]:
    request = Request(f"{onward.url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    with urlopen(request, timeout=30) as answer:
        lines = answer.read().decode().splitlines()
    return {name: float(figure) for name, _, figure in (line.rpartition(" ") for line in lines if line[0] != "#")}


def test_an_empty_file_is_no_database(running: Callable[..., Running]) -> None:
    onward = running().start()
    (onward.home / "onward.sqlite3").rename(onward.home / "aside")
    assert told(Visitor(onward.url).get("/healthz")) == (503, b"database")


def test_postgresql_is_killed(running: Callable[..., Running], tmp_path: Path) -> None:
    with services.postgres() as server:
        ring = tmp_path / "ring.json"
        ring.write_text(fresh_ring("test"))
        secret = {"SECRET_KEY": secrets.token_urlsafe(64), "ONWARD_KEYS_FILE": str(ring)}
        onward = running(DATABASE_URL=server.url, **secret).start()
        ada = signed_in(onward)
        assert told(ada.get("/healthz")) == (200, b"ok")
        server.child.process.kill()
        server.child.process.wait(20)
        for visitor in (ada, Visitor(onward.url)):
            assert told(visitor.get("/healthz")) == (503, b"database")
        onward.stop()
