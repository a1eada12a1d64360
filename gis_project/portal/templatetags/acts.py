"""Template words of acts and proposals."""

from django import template

from gis_project.portal.act_words import (
    BURDEN_WORDS,
    DOCUMENT_WORDS,
    LEDGER_WORDS,
    STATE_TAGS,
    STATE_WORDS,
)
from gis_project.portal.data_words import datum_said

register = template.Library()


@register.filter
def state_word(state: str) -> str:
    """The state of a proposal in the reader's language."""
    return str(STATE_WORDS[state])


@register.filter
def state_tag(state: str) -> str:
    """The class that colours a state's tag; empty for the plain one."""
    return STATE_TAGS.get(state, "")


@register.filter
def ledger_word(kind: str) -> str:
    """The kind of a line of the area ledger."""
    return str(LEDGER_WORDS[kind])


@register.filter
def document_word(kind: str) -> str:
    """The kind of a document; one that counters do not bring keeps its code."""
    return str(DOCUMENT_WORDS.get(kind, kind))


@register.filter
def burden_word(kind: str) -> str:
    """The kind of an encumbrance."""
    return str(BURDEN_WORDS.get(kind, kind))


@register.filter
def datum(what: str, value: object) -> str:
    """A stored datum as people say it: ``"work.kind"|datum:work.kind``."""
    return datum_said(what, value)
