"""Settings of an Onward whose sealing is off: what the secrecy walk has to notice."""

from config.settings import INSTALLED_APPS
from tests.walks.breaking import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.walks.unsealed_app.Unsealed"]
