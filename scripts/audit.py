"""Asks whether anything is known against a version that the locks name: `make audit`.

The one command that needs somebody else's service, so nothing else waits for it (docs/decisions/0031). Where none
answers, nothing is said about the packages. Exit code 0: each was asked about, and nothing is known; 1: something is
known; 2: nobody could be asked about all or some.

Needs the standard library alone: pip-audit lives in an environment of its own, beside none of our packages.
"""

import hashlib
import json
import re
import subprocess
import sys
import tempfile
from typing import Any

from scripts import bootstrap

FOLDER = bootstrap.VENV / "audit"
TOOL = "requirements-audit.lock"
SHIPPED, LOCK = "requirements.lock", "requirements-dev.lock"  # the second holds every pin of the first
CLEAN, KNOWN, UNASKED = 0, 1, 2
SERVICES = ("pypi", "osv")  # the second is asked where the first leaves somebody out
# A lock that is whole needs nobody to work out what else it would bring.
ASK = "-m pip_audit --disable-pip --require-hashes --format json --progress-spinner off --timeout 15".split()


def main() -> int:
    prepare()
    wanted, shipped = pins(LOCK), pins(SHIPPED)
    answers: list[dict[str, Any]] = []
    for service in SERVICES:
        if wanted - {row["name"] for row in answers}:
            answers += answered(ask(service))
    code, said = verdict(wanted, shipped, answers)
    print(said)
    return code


def prepare() -> None:
    """Made once for each wording of its lock, and gone with .venv."""
    mark, stamp = hashlib.sha256((bootstrap.ROOT / TOOL).read_bytes()).hexdigest(), FOLDER / "installed"
    if not (stamp.exists() and stamp.read_text() == mark):
        print("Installing pip-audit into .venv/audit (once) …", file=sys.stderr, flush=True)
        bootstrap.make(FOLDER)
        bootstrap.install(TOOL, FOLDER)
        stamp.write_text(mark)


def pins(lock: str) -> set[str]:
    """Names of what is installed on every machine; pip-audit leaves out what is for another system."""
    return set(re.findall(r"^([\w.-]+)==\S+ \\$", (bootstrap.ROOT / lock).read_text(), flags=re.M))


def ask(service: str) -> str:
    """What pip-audit prints; empty where it gave up."""
    with tempfile.TemporaryDirectory(prefix="onward-") as fresh:
        command = [str(FOLDER / "bin" / "python"), *ASK, "-s", service, "--cache-dir", fresh, "-r", LOCK]
        return subprocess.run(command, cwd=bootstrap.ROOT, capture_output=True, text=True).stdout


def answered(printed: str) -> list[dict[str, Any]]:
    """The packages that were asked about. One that the service left out has a `skip_reason` in place of `vulns`, and
    pip-audit's own closing sentence, “No known vulnerabilities found”, is the same then, and so is its exit code."""
    rows = json.loads(printed)["dependencies"] if printed.strip() else []
    return [row for row in rows if "vulns" in row]


def verdict(wanted: set[str], shipped: set[str], answers: list[dict[str, Any]]) -> tuple[int, str]:
    names = {row["name"] for row in answers}
    known = sorted({line for row in answers for line in told(row, shipped)})
    silent = sorted(wanted - names)
    if not names:
        return UNASKED, f"Nobody could be asked. Nothing is said about the {len(wanted)} packages of {LOCK}."
    said = known or [f"Nothing is known against the {len(names)} packages that were asked about."]
    if silent:
        said.append(f"Nobody could be asked about {', '.join(silent)}: nothing is said about them.")
    return KNOWN if known else UNASKED if silent else CLEAN, "\n".join(said)


def told(row: dict[str, Any], shipped: set[str]) -> list[str]:
    where = "shipped" if row["name"] in shipped else "for tests alone"
    return [
        f"{row['name']} {row['version']} ({where}): {found['id']}, mended in "
        f"{', '.join(found['fix_versions']) or 'no version yet'}."
        for found in row["vulns"]
    ]


if __name__ == "__main__":
    sys.exit(main())
