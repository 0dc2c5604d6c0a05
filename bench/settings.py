"""The product's settings, with limits that are counted as always and never reached: one person asks for all of it."""

from config.settings import *  # noqa: F403
from config.settings import LIMITS as OURS

LIMITS = {what: (10**9, seconds) for what, (_, seconds) in OURS.items()}
