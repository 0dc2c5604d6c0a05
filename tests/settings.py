"""The product's settings with a throw-away home, plain static files and a fast hasher."""

import os
import tempfile
from pathlib import Path

_home = os.environ.get("ONWARD_TEST_HOME") or tempfile.mkdtemp(prefix="onward-test-")
os.environ["ONWARD_HOME"] = _home

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, INSTALLED_APPS, LOGGING, MIDDLEWARE, STORAGES  # noqa: E402, F401

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ONWARD_KEYS_FILE = Path(_home) / "keys.json"
MAKES_RING = True
# Examples by the hundred are one person’s; a test of a limit sets it.
LIMITS: dict[str, tuple[int, int]] = {}
# A machine that many tests share is slow now and then; a test of slow lines sets them.
SLOW_QUESTION = SLOW_PAGE = float("inf")
# In a file, as the product's own: in memory the server's threads and the test would share one connection, and two
# requests one transaction.
if not os.environ.get("DATABASE_URL"):
    DATABASES["default"]["TEST"] = {"NAME": Path(_home) / "test.sqlite3"}
