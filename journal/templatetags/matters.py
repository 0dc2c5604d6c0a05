"""What matters to somebody, for pages where something may be for it."""

from django import template

from accounts.models import User
from journal.models import Matter

register = template.Library()


@register.simple_tag
def words_of(user: User) -> list[Matter]:
    return list(Matter.objects.of(user))
