"""What other pages say of replies that nobody could prove."""

from typing import Any

from django import template
from django.conf import settings

from accounts.models import User
from journal.models import Unproven

register = template.Library()


@register.inclusion_tag("journal/unproven/notice.html")
def was_this_you(user: User) -> dict[str, Any]:
    """One line, only while something waits. Where no mail comes in, nothing ever does."""
    waits = bool(settings.INBOUND_DOMAIN) and Unproven.objects.of(user).waiting().exists()
    return {"waits": waits}
