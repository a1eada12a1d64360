"""Who takes a step, for the manual's table."""

from django import template

register = template.Library()


@register.filter
def of_capability(roles: dict[str, str], capability: str) -> str:
    """The names of the roles that hold the capability."""
    return roles[capability]
