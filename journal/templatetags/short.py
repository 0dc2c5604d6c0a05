"""Texts that stand shortened among others."""

from django import template

from journal import marks

register = template.Library()
register.filter(marks.shortened)
