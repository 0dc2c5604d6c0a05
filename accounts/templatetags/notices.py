from datetime import date
from typing import Any

from django import template

from accounts import notices
from accounts.models import User

register = template.Library()


@register.inclusion_tag("accounts/notice.html", takes_context=True)
def notice_to_everybody(context: Any, user: User, today: date) -> dict[str, Any]:
    return {"notice": notices.stands(user, today), "csrf_token": context.get("csrf_token")}
