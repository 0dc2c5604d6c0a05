"""Settings of an Onward that has one address whose view breaks, with the words in what it says."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.config.urls_that_break"
