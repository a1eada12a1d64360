"""The notes of a bill's lines in the reader's language. They are stored in Spanish, as they were issued.

The rules write a note from few fixed sentences; each stands here with its places. What is no such
sentence (an old note, a source's own words) is told as it is written.
"""

import re

from django.utils.translation import get_language, gettext, gettext_noop

from gis_project.portal.vocabulary import CODE_WORDS

_PLACE = re.compile(r"%\((\w+)\)s")
_PART = "; "
_SENTENCES = (
    gettext_noop("excepción del predio %(code)s"),
    gettext_noop("eje vial %(code)s"),
    gettext_noop("manzana %(code)s"),
    gettext_noop("zona %(code)s"),
    gettext_noop("sector %(code)s"),
    gettext_noop("área catastral"),
    gettext_noop("área según título"),
    gettext_noop("área catastral: difiere del título más del %(percent)s %%"),
    gettext_noop("alícuota %(share)s de %(area)s m² comunales"),
    gettext_noop("alícuota %(share)s de %(area)s m² (%(note)s)"),
    gettext_noop("%(age)s de %(life)s años"),
    gettext_noop("residual %(percent)s %%"),
    gettext_noop("tarifa según el valor acumulado del titular (COOTAD, Art. %(article)s)"),
    gettext_noop("exento: todos sus titulares son %(note)s"),
    gettext_noop("entidades públicas"),
    gettext_noop("comunas (tierra comunitaria)"),
    gettext_noop("exento: su avalúo %(usd_value)s no pasa de %(usd_limit)s"),
    gettext_noop("exento: %(note)s"),
    gettext_noop("dominio de %(years)s años"),
    gettext_noop("no hay utilidad"),
    gettext_noop("pago el %(day)s"),
)
_FIGURES = str.maketrans({",": ".", ".": ","})


def _pattern(sentence: str) -> re.Pattern[str]:
    """The sentence with a named group in each place; several places cannot run into each other."""
    pieces = _PLACE.split(sentence)
    text = [re.escape(piece.replace("%%", "%")) for piece in pieces[::2]]
    places = [f"(?P<{name}>{'.+' if name == 'note' else r'[^ ;]+'})" for name in pieces[1::2]]
    whole = "".join(part for pair in zip(text, [*places, ""], strict=True) for part in pair)
    return re.compile(whole)


_PATTERNS = tuple((_pattern(sentence), sentence) for sentence in _SENTENCES)


def note_in_words(note: str) -> str:
    """The note for the page's language, codes of buildings as words."""
    return _PART.join(_told(part) for part in note.split(_PART))


def _told(part: str) -> str:
    if part in CODE_WORDS:
        return str(CODE_WORDS[part])
    if get_language() == "es":
        return part
    for pattern, sentence in _PATTERNS:
        if found := pattern.fullmatch(part):
            places = {name: _in_place(name, text) for name, text in found.groupdict().items()}
            return gettext(sentence) % places
    return part


def _in_place(name: str, text: str) -> str:
    if name == "note":
        return _told(text)
    return text.translate(_FIGURES) if name.startswith("usd_") else text
