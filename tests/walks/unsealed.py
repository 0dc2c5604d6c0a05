"""Settings of an Onward whose sealing is off: what the secrecy walk has to notice."""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.walks.unsealed_app.Unsealed"]
