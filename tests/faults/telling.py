"""How long a door takes to answer for an address that has a journal, and for one that has none.

`python -m tests.faults.telling 200` prints, in JSON, how often each was tried and how far apart the medians lie.
"""

import json
import subprocess
import sys
import time
from statistics import median
from typing import Any

from tests.faults.figures import Figures
from tests.faults.place import Place
from tests.running import ROOT

DOORS: dict[str, dict[str, str]] = {
    "/account/login/": {"login": "{}", "password": "not this one"},
    "/account/login/code/": {"email": "{}"},
    "/account/password/reset/": {"email": "{}"},
}
KNOWN, UNKNOWN = "ada@example.com", "eve@example.com"
APART = 0.05


def doors(at: Place, *, tries: int) -> Figures:
    """`missing`: doors whose medians lie further apart than one in twenty. Sign-up has a pace of its own."""
    words = [sys.executable, "-m", "tests.faults.telling", str(tries)]
    environment = at.environment | {"DJANGO_SETTINGS_MODULE": "tests.settings", "ONWARD_TEST_HOME": str(at.home)}
    done = subprocess.run(words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    told: dict[str, float] = json.loads(done.stdout)
    note = ", ".join(f"{path} {apart:.1%}" for path, apart in told.items())
    wrong = sum(apart > APART for apart in told.values())
    return Figures("telling", at.engine, tries, 0, 0, 0, 0, 0, 0, 0, wrong, note)


def main(tries: int) -> None:
    import django
    from django.db import connection
    from django.test.utils import override_settings, setup_test_environment

    django.setup()
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    from config.settings import PASSWORD_HASHERS

    with override_settings(
        PASSWORD_HASHERS=PASSWORD_HASHERS, ACCOUNT_RATE_LIMITS=False, EMAIL_URL="smtp://mail.example:25"
    ):
        from django.conf import settings

        from accounts import ring
        from tests import make

        if not settings.ONWARD_KEYS_FILE.exists():
            ring.write(settings.ONWARD_KEYS_FILE, "test-a", {"test-a": b"\x07" * 32})
        make.ada()
        sys.stdout.write(json.dumps({path: apart(path, words, tries) for path, words in DOORS.items()}))


def apart(path: str, words: dict[str, str], tries: int) -> float:
    """In turn, so that what the machine does besides falls on both."""
    took: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
    for number in range(tries + 5):
        for email in (KNOWN, UNKNOWN) if number % 2 else (UNKNOWN, KNOWN):
            seconds = once(path, {name: value.format(email) for name, value in words.items()})
            if number >= 5:
                took[email].append(seconds)
    known, unknown = median(took[KNOWN]), median(took[UNKNOWN])
    return abs(known - unknown) / min(known, unknown)


def once(path: str, words: dict[str, Any]) -> float:
    from django.core import mail
    from django.test import Client

    client, begun = Client(), time.perf_counter()
    client.post(path, words)
    took = time.perf_counter() - begun
    mail.outbox.clear()
    return took


if __name__ == "__main__":
    main(int(sys.argv[1]))
