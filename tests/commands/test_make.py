"""The commands that people and machines type."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.running import ROOT

pytestmark = pytest.mark.services


@pytest.mark.parametrize(("checked", "tested", "code"), [(0, 0, 0), (1, 0, 1), (0, 1, 1), (2, 2, 1)])
def test_ci_runs_both_and_ends_with_the_tests(tmp_path: Path, checked: int, tested: int, code: int) -> None:
    (tmp_path / ".ci").mkdir()
    (tmp_path / ".ci" / "run").symlink_to(ROOT / ".ci" / "run")
    make = tmp_path / "bin" / "make"
    make.parent.mkdir()
    make.write_text(f"#!/bin/sh\necho $1\n[ $1 = check ] && exit {checked}\nexit {tested}\n")
    make.chmod(0o755)
    path = f"{make.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run([tmp_path / ".ci" / "run"], env={"PATH": path}, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (code, "check\ntest\n")


def test_help_has_one_line_for_each_target() -> None:
    said = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.M)
    assert [line.split("\t")[0] for line in said.stdout.splitlines()] == targets
