"""How many things wait on a device, or were sent from it: in words up to nine."""

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.text import capfirst
from django.utils.translation import ngettext

# How many are told in words; the script puts the figure of more into the last sentence.
MANY = 10


def waiting() -> str:
    return _told(
        [ngettext("%(count)s thing waits to be sent.", "%(count)s things wait to be sent.", n) for n in COUNTS]
    )


def sent() -> str:
    return _told([ngettext("%(count)s thing was sent.", "%(count)s things were sent.", n) for n in COUNTS])


COUNTS = range(1, MANY + 1)


def _told(sentences: list[str]) -> str:
    numbers = [*map(apnumber, COUNTS[:-1]), "#"]
    told = [capfirst(one % {"count": number}) for one, number in zip(sentences, numbers, strict=True)]
    return "|".join(told)
