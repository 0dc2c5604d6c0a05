"""Brings a missing Debian package, or says in one line what to install."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

POLICY = Path("/usr/sbin/policy-rc.d")


def bring(*packages: str) -> None:
    """Installs as root with apt-get and starts no service; ends the program with one line where it may not."""
    if not shutil.which("apt-get"):
        sys.exit(f"Onward needs {', '.join(packages)} for this (Debian's names): please install what is missing.")
    if os.geteuid() != 0:
        sys.exit(f"Onward needs more for this: apt-get install {' '.join(packages)}")
    print(f"Installing {', '.join(packages)} …", file=sys.stderr, flush=True)
    with _services_stay_off():
        _apt("update")
        _apt("install", "--yes", "--no-install-recommends", *packages)


def _apt(*words: str) -> None:
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "--quiet=2", "--option", "Dpkg::Use-Pty=0", *words]
    if subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, stdout=sys.stderr).returncode:
        sys.exit(f"{' '.join(command)} did not work; its own words are above.")


@contextmanager
def _services_stay_off() -> Iterator[None]:
    """A package that brings a server wants to start it; Debian asks this file first, and 101 is no."""
    ours = not POLICY.exists()
    if ours:
        POLICY.write_text("#!/bin/sh\nexit 101\n")
        POLICY.chmod(0o755)
    try:
        yield
    finally:
        if ours:
            POLICY.unlink(missing_ok=True)
