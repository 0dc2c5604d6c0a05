"""The virtual environment: made once, out of the lock alone, and mended where a start was interrupted."""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.running import ROOT

pytestmark = pytest.mark.services
# The interpreter that a first start has: the one that our own environment was made from.
SYSTEM = f"{sys.base_prefix}/bin/python{sys.version_info[0]}.{sys.version_info[1]}"
WHEEL = "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A checkout of nothing but the scripts, with a lock of one small package."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    lock(tmp_path, "requirements.lock", wheel(tmp_path / "wheels", "first"))
    lock(tmp_path, "requirements-dev.lock", wheel(tmp_path / "wheels", "first"), wheel(tmp_path / "wheels", "second"))
    return tmp_path


def test_a_second_start_installs_nothing(place: Path) -> None:
    assert said(start(place, "first")) == (
        0,
        "first\n",
        "Installing what Onward needs into .venv (once, about half a minute) …\n",
    )
    shutil.rmtree(place / "wheels")
    assert said(start(place, "first")) == (0, "first\n", "")


def test_an_interrupted_first_start_is_mended_by_the_next(place: Path) -> None:
    whole = (place / "requirements.lock").read_text()
    lock(place, "requirements.lock", ("third", "0" * 64))
    assert start(place, "first").returncode == 1
    (place / ".venv" / "half").write_text("left behind")
    (place / "requirements.lock").write_text(whole)
    assert said(start(place, "first"))[:2] == (0, "first\n")
    assert not (place / ".venv" / "half").exists()


def test_the_tests_add_to_what_a_run_has_installed(place: Path) -> None:
    start(place, "first")
    (place / ".venv" / "kept").touch()
    assert said(start(place, "--dev", "second"))[:2] == (0, "second\n")
    shutil.rmtree(place / "wheels")
    assert said(start(place, "first")) == (0, "first\n", "")
    assert (place / ".venv" / "kept").exists()


def test_another_lock_leaves_nothing_of_the_one_before(place: Path) -> None:
    start(place, "first")
    lock(place, "requirements.lock", wheel(place / "wheels", "third"))
    assert start(place, "third").returncode == 0
    assert start(place, "first").returncode == 1


def test_a_package_that_is_not_the_locked_one_is_refused(place: Path) -> None:
    wheel(place / "wheels", "first", says="something else")
    refused = start(place, "first")
    assert (refused.returncode, "first" in refused.stdout) == (1, False)
    assert refused.stderr.endswith(
        "The packages could not be installed; the words above say why. The next start goes on.\n"
    )
    assert not (place / ".venv" / "installed").exists()


def test_a_release_after_the_lock_changes_nothing(place: Path) -> None:
    asks = wheel(place / "wheels", "asks", asks="needed[extra]>=1.0")
    lock(place, "requirements.lock", asks, wheel(place / "wheels", "needed"))
    wheel(place / "wheels", "needed", release="2.0")
    assert said(start(place, "needed"))[:2] == (0, "needed\n")


def test_the_locks_hold_all_that_their_packages_ask_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [Requirement(line) for line in project["dependencies"] + project["optional-dependencies"]["dev"]]
    seen: set[str] = set()
    while asked:
        asks = asked.pop()
        assert asks.specifier.contains(version(asks.name)), asks
        if str(asks) not in seen:
            asked += needs(asks)
        seen.add(str(asks))
    assert len(seen) > 60


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    pins = [line for line in text.splitlines() if line and not line.startswith(" ")]
    assert [word for word in ("http", "file:", "index-url", "find-links", "git+") if word in text] == []
    assert [pin for pin in pins if "==" not in pin or not pin.endswith("\\")] == []


def test_every_pin_of_a_run_is_a_pin_of_the_tests() -> None:
    assert pins_of("requirements.lock") - pins_of("requirements-dev.lock") == set()


def needs(asks: Requirement) -> list[Requirement]:
    """What the installed package asks for on this machine, with the extras that are wanted of it."""
    listed = [Requirement(line) for line in requires(asks.name) or []]
    wanted = [{"extra": extra} for extra in ("", *asks.extras)]
    return [each for each in listed if not each.marker or any(map(each.marker.evaluate, wanted))]


def pins_of(name: str) -> set[str]:
    return {line for line in (ROOT / name).read_text().splitlines() if line and not line.startswith(" ")}


def start(place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    only_here = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(place / "wheels"), "PIP_CONFIG_FILE": os.devnull}
    command = [SYSTEM, "-m", "scripts.bootstrap", *words]
    return subprocess.run(command, cwd=place, env=os.environ | only_here, capture_output=True, text=True)


def said(done: subprocess.CompletedProcess[str]) -> tuple[int, str, str]:
    return done.returncode, done.stdout, done.stderr


def lock(place: Path, name: str, *packages: tuple[str, str]) -> None:
    (place / name).write_text("".join(f"{package}==1.0 \\\n    --hash=sha256:{mark}\n" for package, mark in packages))


def wheel(folder: Path, name: str, says: str = "", release: str = "1.0", asks: str = "") -> tuple[str, str]:
    """A package of one module that prints its name; name and SHA-256 of its file."""
    folder.mkdir(exist_ok=True)
    about, needed = f"{name}-{release}.dist-info", f"Requires-Dist: {asks}\n" if asks else ""
    files = {
        f"{name}.py": f"print({says or name!r})\n",
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {release}\n{needed}",
        f"{about}/WHEEL": WHEEL,
    }
    path = folder / f"{name}-{release}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as made:
        for inside, text in files.items():
            made.writestr(zipfile.ZipInfo(inside), text)
        rows = [f"{inside},sha256={_urlsafe(text)},{len(text)}" for inside, text in files.items()]
        record = f"{about}/RECORD"
        made.writestr(zipfile.ZipInfo(record), "\n".join([*rows, f"{record},,"]) + "\n")
    return name, hashlib.sha256(path.read_bytes()).hexdigest()


def _urlsafe(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
