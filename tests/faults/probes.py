"""What is looked for and not met: a person's words outside of the journal, and texts that break it. No letter has to do
with either.
"""

import json
import subprocess
import sys
from typing import Any

from tests.faults.figures import Figures
from tests.faults.place import Place
from tests.running import ROOT


def secrecy(at: Place) -> Figures:
    """`tried`: sentences, each of a field or door of its own. `lost`: places in which one was readable."""
    told = _told(at, "secrecy", at.engine, "tests.walks.breaking")
    note = f"{told['places']} places looked at; {'; '.join(sorted(set(told['hits']))[:3])}".strip("; ")
    return Figures("secrecy", at.engine, told["sentences"], 0, 0, 0, 0, 0, len(told["hits"]), 0, 0, note)


def unsealed(at: Place) -> Figures:
    """The control: with sealing off they are found. `missing`: one where they are not."""
    told = _told(at, "secrecy", at.engine, "tests.walks.unsealed")
    note = f"found in {len(told['hits'])} of {told['places']} places, as it has to be"
    return Figures("unsealed", at.engine, told["sentences"], 0, 0, 0, 0, 0, 0, 0, int(not told["hits"]), note)


def hostile(at: Place, *, texts: int) -> Figures:
    """`tried`: texts that each line was sent. `lost`: those that were not kept as sent, or broke something."""
    told = _told(at, "texts", str(texts))
    note = f"{told['lines']} lines of {told['forms']} forms, {told['tried']} texts; {'; '.join(told['wrong'][:3])}"
    lost = len(told["wrong"])
    return Figures(
        "hostile", at.engine, told["each"], 0, 0, 0, 0, 0, lost, 0, 0, note.strip("; "), told["megabyte"], 500
    )


def odd(at: Place) -> Figures:
    """Hidden fields, days, numbers, ids, addresses, headers and bodies. `lost`: questions answered by an error."""
    told = _told(at, "others")
    lost = len(told["wrong"])
    return Figures("odd", at.engine, told["tried"], 0, 0, 0, 0, 0, lost, 0, 0, "; ".join(told["wrong"][:3]))


def _told(at: Place, *what: str) -> Any:
    """In a process of its own, which knows Django."""
    words = [sys.executable, "-m", "tests.walks.probing", *what]
    environment = at.environment | {"DJANGO_SETTINGS_MODULE": "tests.settings", "ONWARD_TEST_HOME": str(at.home)}
    done = subprocess.run(words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=at.log, check=True)
    return json.loads(done.stdout.splitlines()[-1])
