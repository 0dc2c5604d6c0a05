"""What other pages show of the doors."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()


@register.inclusion_tag("accounts/only_yours.html", takes_context=True)
def only_yours(context: template.Context) -> dict[str, Any]:
    """Asked once, after a sign-in on a device that has not been answered for."""
    session = context["request"].session
    return {"asks": session.get("asks_device", False), "csrf_token": context.get("csrf_token")}


@register.filter
def for_script(asked: Any) -> str:
    """What a page's script reads out of an attribute: no script, not even one of data, stands in a page of ours."""
    return json.dumps(asked, cls=DjangoJSONEncoder)
