"""What a backup is refused for, and where it goes. That it comes back whole is the drill's (test_drill.py)."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.conftest import refused
from tests.running import ROOT, Running

pytestmark = pytest.mark.services


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
