"""Titles in the reader's language."""

from django.utils.translation import get_language

from layers.catalogue import Field, PublishedLayer


def title_of(named: PublishedLayer | Field) -> str:
    return named.title_en if _is_english() else named.title_es


def abstract_of(layer: PublishedLayer) -> str:
    return layer.abstract_en if _is_english() else layer.abstract_es


def _is_english() -> bool:
    return (get_language() or "es").startswith("en")
