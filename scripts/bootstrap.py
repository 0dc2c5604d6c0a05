"""Makes .venv out of the locked requirements, once, and goes on in it: `python3 -m scripts.bootstrap MODULE …`.

Needs the standard library alone, and an interpreter too old for Onward still has to read it.
A first start that was interrupted leaves no stamp, and the next one begins again.
"""

import fcntl
import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed"
LOCKS = ("requirements.lock", "requirements-dev.lock")


def main(words: list[str]) -> None:
    if sys.version_info < (3, 11):
        sys.exit(
            "Onward needs Python 3.11 or newer; this is {}.{}. Try: make run PYTHON=python3.11".format(
                *sys.version_info
            )
        )
    dev = words[:1] == ["--dev"]
    os.chdir(ROOT)
    try:
        ensure(LOCKS[dev])
    except KeyboardInterrupt:
        sys.exit("\nStopped while installing; the next start goes on.")
    os.execv(PYTHON, [str(PYTHON), "-m", *words[dev:]])


def ensure(lock: str) -> None:
    """`.venv` holds what the lock names, or the program ends with one line."""
    with open(ROOT / lock) as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # two first starts at once: one installs, the other waits
        wanted = _mark(lock)
        standing = STAMP.read_text().split() if STAMP.exists() else []
        if wanted in standing:
            return
        print("Installing what Onward needs into .venv (once, about half a minute) …", file=sys.stderr, flush=True)
        # What stands is kept only if it is whole and of today's locks: otherwise old packages would stay behind.
        if not standing or not set(standing) <= {_mark(name) for name in LOCKS}:
            standing = []
            make(VENV)
        STAMP.unlink(missing_ok=True)
        install(lock, VENV)
        # The dev lock holds every pin of the other, so it answers for both.
        done = LOCKS if lock == LOCKS[1] else [*LOCKS[:1]]
        fresh = STAMP.with_suffix(".new")
        fresh.write_text("\n".join(sorted({*standing, *map(_mark, done)})) + "\n")
        fresh.replace(STAMP)


def _mark(lock: str) -> str:
    interpreter = ".".join(map(str, sys.version_info[:2])).encode()
    return hashlib.sha256(interpreter + (ROOT / lock).read_bytes()).hexdigest()


def make(folder: Path) -> None:
    """Debian has `venv` without `ensurepip`: the environment is made without pip, and the system's pip fills it."""
    if not _there("venv"):
        _bring("python3-venv")
    if not _there("pip") and not _there("ensurepip"):
        _bring("python3-pip")
    own_pip = [] if not _there("pip") else ["--without-pip"]
    if subprocess.run([sys.executable, "-m", "venv", "--clear", *own_pip, str(folder)]).returncode:
        sys.exit("The virtual environment .venv could not be made; the words above say why.")


def install(lock: str, folder: Path) -> None:
    python = str(folder / "bin" / "python")
    pip = [sys.executable, "-m", "pip", "--python", python] if _there("pip") else [python, "-m", "pip"]
    quiet = ["-qq", "--no-input", "--disable-pip-version-check", "--no-warn-script-location"]
    # The lock is whole, so nothing is left to look up. Otherwise a package that asks for `coverage[toml]` sends pip
    # after the newest release, and the lock stops installing on the day that somebody else publishes one.
    strict = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--requirement", lock]
    if subprocess.run([*pip, "install", *quiet, *strict]).returncode:
        sys.exit("The packages could not be installed; the words above say why. The next start goes on.")


def _there(module: str) -> bool:
    """Asks the system's interpreter afresh: apt may have brought the module a moment ago."""
    importlib.invalidate_caches()
    return importlib.util.find_spec(module) is not None


def _bring(package: str) -> None:
    from scripts import debian  # not needed, nor read, on any other start

    debian.bring(package)


if __name__ == "__main__":
    main(sys.argv[1:])
