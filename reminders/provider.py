"""What a mail provider tells us of letters that it carried: django-anymail's tracking signal (reminders.doors)."""

from typing import Any

from django.utils import timezone

from reminders import bounces

MOST = 20_000


def heard(sender: Any, event: Any, **kwargs: Any) -> None:
    """Some providers name a letter by an id of their own; what they pass on holds our Message-ID, too."""
    named = f"{event.message_id} {event.esp_event}"[:MOST]
    said = event.mta_response or event.description or ""
    told = {"why": event.reject_reason or "", "said": str(said), "to": event.recipient or ""}
    bounces.event(named, event.event_type, timezone.now(), **told)
