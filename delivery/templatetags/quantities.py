"""Quantities in templates."""

from django import template

from delivery import quantities

register = template.Library()


@register.filter
def plain(number) -> str:
    """2, 2.5; empty for None."""
    return quantities.plain(number)
