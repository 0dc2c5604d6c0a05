"""Which database this process tests on, decided before Django reads its settings.

`make test` runs two processes side by side, named for their database; a bare pytest runs everything on SQLite, or on
the database that DATABASE_URL names. Nothing of the developer's own Onward is read or written.
"""

import os
import tempfile

import pytest

pytest_plugins = ["tests.running"]
HOME = tempfile.TemporaryDirectory(prefix="onward-tests-")
PROCESS = os.environ.get("PYTEST_XDIST_WORKER", "")
# What says nothing about a database runs once: real processes and what asks for no database beside SQLite, the browser
# beside PostgreSQL.
ELSEWHERE = {"sqlite": "browser", "postgresql": "services"}
DATABASE = {"db", "transactional_db", "django_db_setup", "django_db_blocker"}
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
    other = ELSEWHERE.get(PROCESS)
    away = [item for item in items if other and item.get_closest_marker(other) and not _both(item)]
    if PROCESS == "postgresql":
        away += [item for item in items if _both(item) or not _asks_a_database(item)]
    config.hook.pytest_deselected(items=away)
    gone = set(away)
    items[:] = [item for item in items if item not in gone]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(ids: list[str]) -> None:
    COLLECTED.extend(ids)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Tests that one database alone has are tests: xdist counts those of the process that reports last."""
    if exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and COLLECTED:
        session.exitstatus = pytest.ExitCode.OK


def _both(item: pytest.Item) -> bool:
    return all(item.get_closest_marker(name) for name in ("browser", "services"))


def _asks_a_database(item: pytest.Item) -> bool:
    return bool(DATABASE & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db"))
