"""Damaged and harmful files, one after the other in a process of their own; two thousand of them in `make soak`."""

import json
import os
import subprocess
import sys

import pytest

from journal.importing.sources import SOURCES
from tests.journal.importing.files import Uploaded, found
from tests.journal.importing.hostile import RSS
from tests.journal.importing.samples import READERS, SAMPLES, sample
from tests.running import ROOT


@pytest.mark.parametrize("source", SAMPLES)
def test_every_source_reads_a_whole_file_to_its_end(source: str) -> None:
    assert [type(one).__name__ for one in found(READERS[source], Uploaded(sample(source)))] != []


def test_every_source_but_our_own_copy_is_among_the_samples() -> None:
    assert {*SAMPLES, "onward"} == set(SOURCES)


def test_sixty_hostile_files_end_as_they_may_in_time_and_in_size() -> None:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    words = [sys.executable, "-m", "tests.journal.importing.hostile", "60", "7"]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, check=True, timeout=120)
    told = json.loads(done.stdout)
    assert (told["tried"], told["wrong"], told["rss"] < RSS) == (60, [], True), told
