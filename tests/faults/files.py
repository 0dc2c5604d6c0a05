"""Files that are damaged or meant to harm, handed to the readers of other journals. No letter has to do with it."""

import json
import subprocess
import sys

from tests.faults.figures import Figures
from tests.faults.place import Place
from tests.journal.importing.hostile import RSS, SECONDS
from tests.running import ROOT


def hostile(at: Place, *, files: int) -> Figures:
    """`missing`: those that ended as none may, or took too long; one more where all took too much memory."""
    words = [sys.executable, "-m", "tests.journal.importing.hostile", str(files)]
    environment = at.environment | {"DJANGO_SETTINGS_MODULE": "tests.settings", "ONWARD_TEST_HOME": str(at.home)}
    done = subprocess.run(words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    told = json.loads(done.stdout)
    wrong = len(told["wrong"]) + (told["rss"] >= RSS)
    note = "; ".join([f"{told['rss']} MB", *told["wrong"][:3]])
    slowest, most = told["slowest"] * 1000, SECONDS * 1000
    return Figures("files", at.engine, told["tried"], 0, 0, 0, 0, 0, 0, 0, wrong, note, slowest, most)
