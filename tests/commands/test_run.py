"""`make run`, as the real processes that it starts."""

import json
import os
import signal
import socket
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest

from scripts.secrets_for_compose import fresh_ring
from tests.commands.processes import alive, eventually
from tests.running import Running, descendants

pytestmark = pytest.mark.services


def test_a_first_start_makes_what_it_needs_and_a_second_keeps_it(running: Callable[..., Running]) -> None:
    onward = running(bare=True, STATIC_ROOT="").start()
    assert (said(onward), health(onward)) == ([f"Onward is at {onward.url}"], (200, "ok"))
    assert onward.stop() == 0
    made = {name: (onward.home / name).read_bytes() for name in ("secret", "keys.json")}
    assert {oct((onward.home / name).stat().st_mode & 0o777) for name in made} == {"0o600"}
    assert (onward.home / "outbox").is_dir()
    assert oct(onward.home.stat().st_mode & 0o777) == "0o700"
    collected = (onward.home / "static" / ".collected").stat().st_mtime_ns

    onward.start()
    assert health(onward) == (200, "ok")
    assert {name: (onward.home / name).read_bytes() for name in made} == made
    assert (onward.home / "static" / ".collected").stat().st_mtime_ns == collected
    assert not (onward.home / "before-migration.sqlite3").exists()


def whole_family(onward: Running) -> dict[int, str]:
    """A fork bears its parent's name for its first moments."""
    eventually(lambda: sorted(descendants(onward).values()) == ["reminder clock", "web", "web", "web"])
    return descendants(onward)


def test_ctrl_c_ends_all_of_it_without_a_word(running: Callable[..., Running]) -> None:
    onward = running().start()
    family = whole_family(onward)
    assert onward.stop() == 0
    assert [pid for pid in family if alive(pid)] == []
    assert said(onward) == [f"Onward is at {onward.url}"]


def test_a_killed_parent_leaves_nothing_running(running: Callable[..., Running]) -> None:
    onward = running().start()
    family = whole_family(onward)
    assert onward.child
    os.kill(onward.child.process.pid, signal.SIGKILL)
    eventually(lambda: not any(map(alive, family)))


def test_a_clock_that_dies_is_started_again(running: Callable[..., Running]) -> None:
    onward = running().start()
    [clock] = [pid for pid, name in whole_family(onward).items() if name == "reminder clock"]
    os.kill(clock, signal.SIGKILL)
    eventually(lambda: "The reminder clock ended by itself and is started again.\n" in onward.words())
    eventually(lambda: "reminder clock" in descendants(onward).values())
    assert health(onward) == (200, "ok")


def test_a_killed_web_process_is_replaced(running: Callable[..., Running]) -> None:
    onward = running().start()
    family = whole_family(onward)
    [parent] = [pid for pid in family if any(parent_of(other) == pid for other in family)]
    first, second = [pid for pid in family if parent_of(pid) == parent]
    os.kill(first, signal.SIGKILL)
    eventually(lambda: len([pid for pid in descendants(onward) if parent_of(pid) == parent]) == 2)
    assert alive(second)
    assert health(onward) == (200, "ok")


def test_a_second_start_at_the_same_port_says_so(running: Callable[..., Running]) -> None:
    onward = running().start()
    other = running(bare=True, PORT=str(onward.port))
    assert refusal(other) == (
        1,
        f"Onward cannot listen at 127.0.0.1, port {onward.port}: Address already in use. PORT=… takes another one.\n",
    )
    assert not (other.home / "onward.sqlite3").exists()
    assert health(onward) == (200, "ok")


def test_an_odd_setting_refuses_in_one_line(running: Callable[..., Running]) -> None:
    assert refusal(running(ONWARD_SIGNUP="sometimes")) == (
        1,
        "Onward cannot start: ONWARD_SIGNUP is 'sometimes'; it takes open, invite, closed.\n",
    )


def test_a_database_that_does_not_answer_is_named_without_its_password(running: Callable[..., Running]) -> None:
    with socket.socket() as door:  # bound and never listening: nobody else can answer there
        door.bind(("127.0.0.1", 0))
        url = f"postgresql://onward:not-to-be-told@127.0.0.1:{door.getsockname()[1]}/onward"
        code, words = refusal(running(DATABASE_URL=url, SECRET_KEY="x" * 50))
    assert (code, words.count("\n"), "not-to-be-told" in words) == (1, 1, False)
    assert words.startswith("Onward cannot start, the database does not answer: ")


def test_beside_a_database_server_nothing_is_made_by_itself(running: Callable[..., Running], database_url: str) -> None:
    onward = running(DATABASE_URL=database_url)
    assert refusal(onward) == (
        1,
        "Onward cannot start: SECRET_KEY takes at least 50 characters; with DATABASE_URL it has to be given.\n",
    )
    onward = running(DATABASE_URL=database_url, SECRET_KEY="x" * 50)
    assert refusal(onward) == (
        1,
        f"Onward cannot start: There is no key ring at {onward.home}/keys.json: make one with manage.py keys add.\n",
    )


def test_another_ring_refuses_in_one_line_that_names_the_key(running: Callable[..., Running]) -> None:
    onward = running().start()
    sign_up(onward)
    onward.stop()
    ring = onward.home / "keys.json"
    [name] = json.loads(ring.read_text())["keys"]
    kept = ring.read_bytes()
    for text, words in (
        (fresh_ring("other"), f"The key ring lacks {name}. The texts here need it; put the right key ring in place."),
        (
            fresh_ring(name),
            f"The key ring holds another key as {name}. The texts here need it; put the right key ring in place.",
        ),
        (None, f"There is no key ring at {ring}; the texts here need the key {name}."),
    ):
        ring.unlink()
        if text:
            ring.write_text(text)
        onward.log.unlink()
        assert refusal(onward) == (1, f"Onward cannot start: {words}\n")
    ring.write_bytes(kept)
    onward.start()
    assert health(onward) == (200, "ok")


def test_postgresql_and_redis_bring_worker_and_beat(
    running: Callable[..., Running], production: dict[str, str]
) -> None:
    onward = running(**production).start()
    eventually(lambda: Counter(descendants(onward).values()) == {"web": 3, "worker": 3, "beat": 1})
    family = descendants(onward)
    assert health(onward) == (200, "ok")
    assert onward.stop() == 0
    assert [pid for pid in family if alive(pid)] == []
    assert said(onward) == [f"Onward is at {onward.url}", "worker: Warm shutdown (MainProcess)"]


def said(onward: Running) -> list[str]:
    """But for the line of a first pass about its zone files: the clock may come to it before a test has ended it."""
    return [line for line in onward.words().splitlines() if line and "part=reminders.zone_data" not in line]


def refusal(onward: Running) -> tuple[int, str]:
    """Exit code and words of a start that does not come to be."""
    with pytest.raises(RuntimeError):
        onward.start()
    return onward.stop(), onward.words()


def sign_up(onward: Running) -> None:
    """Whoever has signed up has a data key, and that one needs the ring."""
    make = "from accounts.models import User; User.objects.create_user('ada@example.com', 'a long enough secret')"
    onward.manage("shell", "--no-imports", "-c", make)


def health(onward: Running) -> tuple[int, str]:
    with urlopen(f"{onward.url}/healthz", timeout=10) as answer:
        return answer.status, answer.read().decode()


def parent_of(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except FileNotFoundError:
        return 0
