"""What other pages show of letters. A page names these tags; no app has to know this one."""

from typing import Any

from django import template
from django.utils import timezone

from accounts.days import is_zone, zones
from reminders import bounces, replies, today

register = template.Library()


@register.inclusion_tag("reminders/offer/offer.html", takes_context=True)
def letter_offer(context: dict[str, Any]) -> dict[str, Any]:
    """Asked after the first kept line, and once more after "another time"; what was answered is said once."""
    request = context["request"]
    return today.offer(request.user, request.GET.get("letters", ""))


@register.inclusion_tag("reminders/offer/zone.html", takes_context=True)
def zone_question(context: dict[str, Any]) -> dict[str, Any]:
    """One line while nobody knows by which clock this person lives; then a place to ask about another zone."""
    zone = context["request"].user.time_zone
    home = zone if is_zone(zone) else ""
    return {"asks": not home, "home": home, "zones": () if home else zones()}


@register.inclusion_tag("reminders/offer/card.html", takes_context=True)
def letter_card(context: dict[str, Any]) -> dict[str, Any]:
    """Stands in for a letter that was due and is not answered."""
    return {"week": today.letter_waiting(context["request"].user, timezone.now())}


@register.inclusion_tag("reminders/letters/came_back.html", takes_context=True)
def letters_came_back(context: dict[str, Any]) -> dict[str, Any]:
    """Said while letters rest because three could not be left."""
    return {"rest": bounces.told(context["request"].user, timezone.now())}


@register.inclusion_tag("reminders/offer/silence.html", takes_context=True)
def letter_silence(context: dict[str, Any]) -> dict[str, Any]:
    """One line while the mailbox takes no letters, or wants none."""
    return {"why": today.mailbox_trouble(context["request"].user)}


@register.inclusion_tag("reminders/letters/more_came.html", takes_context=True)
def more_replies_came(context: dict[str, Any]) -> dict[str, Any]:
    """Said for fourteen days after more replies came than are taken in."""
    return {"at": replies.more_came(context["request"].user, timezone.now())}
