"""A clock that stands still, and real threads."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.db import connection, connections

from tests import make

Job = Callable[[], Any]


@pytest.fixture
def noon() -> Iterator[None]:
    """Friday 20 November 2026, 12:00 UTC, which is noon in Lisbon as well."""
    with time_machine.travel(make.NOON, tick=False):
        yield


@pytest.fixture
def at_once(transactional_db: None, tmp_path: Path) -> Callable[..., list[Any]]:
    """at_once(job, …) → what each gave, all begun together on threads with connections of their own."""

    def run(*jobs: Job) -> list[Any]:
        start = Barrier(len(jobs))

        def begin(job: Job) -> Any:
            try:
                start.wait()
                return job()
            finally:
                connections.close_all()

        with on_a_file(tmp_path / "threads.sqlite3"), ThreadPoolExecutor(len(jobs)) as pool:
            return list(pool.map(begin, jobs))

    return run


@contextmanager
def on_a_file(path: Path) -> Iterator[None]:
    """The SQLite of tests lies in memory, where threads meet locks that no file has; they get a copy on disk."""
    if connection.vendor != "sqlite" or not connection.is_in_memory_db():
        yield
        return
    memory = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(path)) as file:
        connection.connection.backup(file)
    connection.settings_dict["NAME"] = str(path)
    try:
        yield
    finally:
        connection.settings_dict["NAME"] = memory
