"""What was written on a device without a network, as it arrives: opened here, and kept like anything written."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from accounts import device_keys, limits
from accounts.days import local_date
from accounts.device_keys import Unreadable
from accounts.models import DeviceKey, User
from config.typed import says_something
from journal.forms.entry import EntryForm
from journal.models import Entry
from journal.models.draft import Draft, Mark

# What is kept of a form that would not hold as a whole any more (its milestone is gone, its day was misread).
PLAIN = ("kind", "body")
# The composer of Today, by the name that journal.forms_of_pages gives it.
FORM = f"capture.{PLAIN[1]}"


@transaction.atomic
def keep(key: DeviceKey, carried: bytes, id: UUID, now: datetime) -> Entry | Draft | None:
    """The same id and words once, however often they arrive. Words that cannot be an entry are a draft, for their
    writer to see. None where no word is in it. Raises Unreadable, journal.models.draft.Full.
    """
    fields, written_at = _read(device_keys.opened(key, carried, id), now)
    today = local_date(key.owner, now)
    day = {"id": str(id), "local_date": local_date(key.owner, written_at).isoformat()}
    for tried in (day | fields, day | {name: fields.get(name, "") for name in PLAIN}):
        form = EntryForm(_posted(tried), owner=key.owner, today=today)
        if form.is_valid():
            try:
                return _settled(form.keep(now), fields)
            except limits.Full:
                break
    return _not_kept(key.owner, id, fields, now)


def _not_kept(owner: User, id: UUID, fields: dict[str, Any], now: datetime) -> Draft | None:
    said = [(name, value) for name, value in fields.items() if name != "draft"]
    if not says_something(said):
        return None
    mark = Mark.read(fields.get("draft", "")) or Mark(id, 0, FORM, reverse("journal:entries"), reverse("journal:today"))
    return Draft.keep(owner, mark, said, now)


def _settled(entry: Entry, fields: dict[str, Any]) -> Entry:
    """The draft of the same form goes, if one was made before the network went."""
    if mark := Mark.read(fields.get("draft", "")):
        Draft.settle(entry.owner, mark.id, [(name, value) for name, value in fields.items() if name != "draft"])
    return entry


def _read(words: bytes, now: datetime) -> tuple[dict[str, Any], datetime]:
    """The form’s fields (an emptied day is none), and when they were written: a clock ahead of ours is not believed."""
    try:
        said = json.loads(words)
        fields = {str(name): value for name, value in said["fields"].items() if isinstance(value, str) and value}
        at = parse_datetime(said["at"])
    except (ValueError, LookupError, TypeError, AttributeError):
        raise Unreadable from None
    return fields, min(at, now) if at and at.tzinfo else now


def _posted(fields: dict[str, str]) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(fields)
    return data
