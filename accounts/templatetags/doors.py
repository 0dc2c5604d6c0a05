"""What other pages show of the doors."""

from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("accounts/only_yours.html", takes_context=True)
def only_yours(context: template.Context) -> dict[str, Any]:
    """Asked once, after a sign-in on a device that has not been answered for."""
    session = context["request"].session
    return {"asks": session.get("asks_device", False), "csrf_token": context.get("csrf_token")}
