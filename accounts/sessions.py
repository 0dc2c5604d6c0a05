"""Where a visit is held: in Django's table, signed and read as Django does. Each request asks for its own, and so by a
question that is written already."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.prepared import Text, prepared


class SessionStore(db.SessionStore):
    """Keeps the name of Django's: what it holds is signed with it."""

    def _get_session_from_db(self) -> Session | None:
        for session in _going_on(Text(self.session_key or ""), timezone.now()):
            return session  # type: ignore[no-any-return]
        self._session_key = None
        return None


@prepared
def _going_on(key: Text, now: Any) -> Any:
    return Session.objects.filter(session_key=key, expire_date__gt=now)
