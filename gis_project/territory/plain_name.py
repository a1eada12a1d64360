"""How two spellings of a place's name are compared."""

from unicodedata import combining, normalize


def plain_name(text: str) -> str:
    """`text` in lower case, without accents, with single spaces: «Oña » and «ONA» are one."""
    letters = (c for c in normalize("NFD", text.casefold()) if not combining(c))
    return " ".join("".join(letters).split())
