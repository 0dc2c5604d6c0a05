"""Which database this process tests on, decided before Django reads its settings.

`make test` runs two processes side by side, named for their database; a bare pytest runs everything on SQLite, or on
the database that DATABASE_URL names. Nothing of the developer's own Onward is read or written.
"""

import os
import tempfile
import zlib

import pytest

pytest_plugins = ["tests.running"]
HOME = tempfile.TemporaryDirectory(prefix="onward-tests-")
PROCESS = os.environ.get("PYTEST_XDIST_WORKER", "")
# What says nothing about a database runs once: real processes beside SQLite, what asks for no database beside
# PostgreSQL, the browser beside either, file by file: a quarter beside SQLite, so that both end at about the same time.
# (pytest-django's blocker stands beside every test: who has nothing but that asks for no database.)
DATABASE = {"db", "transactional_db", "django_db_setup"}
COLLECTED: list[str] = []
OURS = (
    "SECRET_KEY",
    "REDIS_URL",
    "EMAIL_URL",
    "DEFAULT_FROM_EMAIL",
    "INBOUND_AUTHSERV",
    "INBOUND_DOMAIN",
    "INBOUND_SECRET",
    "METRICS_TOKEN",
    "LOG_FORMAT",
    "HOST",
    "PORT",
    "DEBUG",
)

for name in list(os.environ):
    if name.removesuffix("_FILE") in OURS or name.startswith("ONWARD_") and not name.startswith("ONWARD_TEST_"):
        del os.environ[name]
os.environ["ONWARD_TEST_HOME"] = HOME.name
if PROCESS == "postgresql":
    os.environ["DATABASE_URL"] = os.environ["ONWARD_TEST_POSTGRES_URL"]
if "DATABASE_URL" in os.environ:
    os.environ["SECRET_KEY"] = "only for tests, and long enough for the check of settings"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if PROCESS:
        config.hook.pytest_deselected(items=[item for item in items if not _runs_here(item)])
        items[:] = [item for item in items if _runs_here(item)]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(ids: list[str]) -> None:
    COLLECTED.extend(ids)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Tests that one database alone has are tests: xdist counts those of the process that reports last."""
    if exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and COLLECTED:
        session.exitstatus = pytest.ExitCode.OK


def _runs_here(item: pytest.Item) -> bool:
    if item.get_closest_marker("services"):
        return PROCESS == "sqlite"
    if not _asks_a_database(item):
        return PROCESS == "postgresql"
    if item.get_closest_marker("browser"):
        quarter = zlib.crc32(item.path.name.encode()) % 4 == 0
        return ("sqlite" if quarter else "postgresql") == PROCESS
    return True


def _asks_a_database(item: pytest.Item) -> bool:
    return bool(DATABASE & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db"))
