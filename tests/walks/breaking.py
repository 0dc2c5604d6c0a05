"""Settings of an Onward that has one address whose view breaks, with the words in what it says."""

from config.settings import *  # noqa: F403

# The walk writes more in a minute than a person does in a week.
LIMITS: dict[str, tuple[int, int]] = {}
ROOT_URLCONF = "tests.config.urls_that_break"
