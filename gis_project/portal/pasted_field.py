"""A pasted table as a form's field reads it."""

from collections.abc import Callable
from typing import Any

from django import forms

from gis_project.core.errors import InvalidInput


def read_pasted(text: str, read: Callable[[str], Any]) -> Any:
    """What the reader makes of a pasted table, its refusal as the field's error."""
    try:
        return read(text)
    except InvalidInput as refusal:
        raise forms.ValidationError(refusal.message) from refusal
