from django import template

from journal.prompts import offline

register = template.Library()
register.simple_tag(offline.waiting, name="things_waiting")
register.simple_tag(offline.sent, name="things_sent")
