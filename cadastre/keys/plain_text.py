"""Text as searches compare it: upper case, without accents. The database's cadastre_plain does the same."""

import unicodedata


def plain(text: str) -> str:
    """``text`` in upper case without accents; ñ becomes N, as unaccent makes it; runs of blanks become one."""
    decomposed = unicodedata.normalize("NFD", text)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(bare.upper().split())
