"""The second engine: what stands on a page thirty times is compiled (docs/decisions/0016). It has the same signs,
addresses, dates and words as the first, its file names end in .jinja, and a name that nobody gave is an error."""

from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.template import engines
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from jinja2 import Environment

from config import ui_tags

NOBODY = UUID(int=0)


def environment(**options: Any) -> Environment:
    made = Environment(trim_blocks=True, lstrip_blocks=True, **options)
    made.globals |= {"_": gettext, "address": address, "art": ui_tags.art, "branch": ui_tags.branch}
    made.filters["date"] = dated
    return made


def macro(template: str, name: str) -> Any:
    """A part of a page, to be called with what it shows."""
    return _module(template)[name]


def address(name: str, id: object = "") -> str:
    """As `url`, without an id or with one: the rest of it is asked for once, and not for each of thirty."""
    before, after = _around(name, bool(id))
    return f"{before}{id}{after}"


def dated(day: date, style: str) -> str:
    """As the first engine's `date`: a moment by the person's clock."""
    return date_format(localtime(day) if isinstance(day, datetime) else day, style)


@cache
def _module(template: str) -> dict[str, Any]:
    # Macros alone: nothing in a module is said before it is called, so that none of it is of one language or person.
    engine: Any = engines["jinja2"]
    return dict(vars(engine.env.get_template(template).module))


@cache
def _around(name: str, of_one: bool) -> tuple[str, str]:
    before, _nobody, after = reverse(name, args=[NOBODY] if of_one else []).partition(str(NOBODY))
    return before, after
