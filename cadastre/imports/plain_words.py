"""Words as they are compared: capitals, no accents, single spaces; ñ counts as n."""

import unicodedata


def plain_words(text: str) -> str:
    """``José  Ñacato`` as ``JOSE NACATO``."""
    decomposed = unicodedata.normalize("NFKD", text.upper())
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(bare.split())
