"""One person's rows and key out of a backup, into a database in use; on both databases, by the command."""

import json
from pathlib import Path

import pytest

from tests.commands.conftest import Places

pytestmark = pytest.mark.services
REFUSED = {
    "stands": "Their account stands",
    "nobody": "There is nobody with this address",
    "keyless": "Their key is not in this backup",
    "version": "of different versions",
    "ring": "Put the ring of this backup in place first",
    "left": "They closed their journal for good",
}


def test_who_was_lost_comes_back_whole_and_nobody_else_changes(places: Places, tmp_path: Path) -> None:
    places.here.manage("prepare")
    words = f"from pathlib import Path; from tests.commands.one_person import main; main(Path({str(tmp_path)!r}))"
    told = json.loads(places.here.manage("shell", "-v", "0", "-c", words).splitlines()[-1])
    assert {name: said for name, said in told["said"].items() if said.find(REFUSED.get(name, "")) < 0} == {}
    assert "rows of one person are back, with their key" in told["said"]["back"]
    assert (told["untouched"], told["equal"], told["anew"]) == (True, True, True)
    # It looks at something: rows in most tables, and some that name the person only through another row.
    _, rows, tables, through = told["ada"]
    assert rows > 80 and tables > 35 and through >= 1
