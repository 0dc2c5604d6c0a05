"""The product's settings with a second of patience where it has twenty: what a tarpit costs, in less time."""

from config.settings import *  # noqa: F403

EMAIL_TIMEOUT = 1
