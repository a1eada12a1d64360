"""The form in which any key is compared: capital ASCII letters and digits, nothing else.

People write keys with points, dashes, spaces, bars or nothing; spreadsheets add ``.0``. Both the
stored alias and the question pass through here, so they meet.
"""

import re
import unicodedata

_SPREADSHEET_NUMBER = re.compile(r"(\d{5,})\.0+")
_LEADING_QUOTE = "'’"
_NOT_KEY = re.compile(r"[^A-Z0-9]+")
_SEPARATORS = re.compile(r"[\s.\-–—_/\\|:;,·]+")


def bare_form(text: str) -> str:
    """``text`` without accents, punctuation and spaces, in capitals; may be empty."""
    bare = _trimmed(text)
    decomposed = unicodedata.normalize("NFKD", bare).upper()
    return _NOT_KEY.sub("", decomposed)


def digits_of(text: str) -> str | None:
    """The digits of a key that has nothing but digits and separators; else ``None``."""
    compact = _SEPARATORS.sub("", unicodedata.normalize("NFKC", _trimmed(text)))
    return compact if compact.isascii() and compact.isdigit() else None


def _trimmed(text: str) -> str:
    bare = text.strip().lstrip(_LEADING_QUOTE).strip()
    number = _SPREADSHEET_NUMBER.fullmatch(bare)
    return number[1] if number else bare
