"""Numbers, dates and amounts in Spanish words, as papers write them."""

from datetime import date
from decimal import Decimal

from gis_project.core.money import to_cents

_UP_TO_29 = (
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
)
_TENS = ("treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa")
_HUNDREDS = (
    "ciento",
    "doscientos",
    "trescientos",
    "cuatrocientos",
    "quinientos",
    "seiscientos",
    "setecientos",
    "ochocientos",
    "novecientos",
)
MONTHS = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)


def number_in_words(number: int) -> str:
    """``number`` (0 to 999,999,999,999) in words: 21 is «veintiuno»."""
    if not 0 <= number < 10**12:
        raise ValueError("Only 0 to 999,999,999,999 are written in words")
    millions, rest = divmod(number, 1_000_000)
    parts = []
    if millions:
        parts.append("un millón" if millions == 1 else f"{_shortened(millions)} millones")
    if rest or not millions:
        parts.append(_below_million(rest))
    return " ".join(parts)


def date_in_words(day: date) -> str:
    """«veintidós de noviembre de dos mil veintiséis»; the first is «uno»."""
    return f"{number_in_words(day.day)} de {MONTHS[day.month - 1]} de {number_in_words(day.year)}"


def short_date(day: date) -> str:
    """«22 de noviembre de 2026»."""
    return f"{day.day} de {MONTHS[day.month - 1]} de {day.year}"


def usd_in_words(amount: Decimal) -> str:
    """«doce mil trescientos dólares de los Estados Unidos de América con 45/100»."""
    cents = to_cents(amount)
    whole = int(cents)
    link = "de " if whole and whole % 1_000_000 == 0 else ""
    unit = "dólar" if whole == 1 else "dólares"
    hundredths = int((cents - whole) * 100)
    return (
        f"{_shortened(whole)} {link}{unit} de los Estados Unidos de América con {hundredths:02}/100"
    )


def _shortened(number: int) -> str:
    """Before a noun: «veintiún mil», «un millón»."""
    text = number_in_words(number)
    if text.endswith("veintiuno"):
        return f"{text[:-3]}ún"
    return text[:-1] if text.endswith("uno") else text


def _below_million(number: int) -> str:
    thousands, rest = divmod(number, 1000)
    parts = []
    if thousands:
        parts.append("mil" if thousands == 1 else f"{_shortened(thousands)} mil")
    if rest or not thousands:
        parts.append(_below_thousand(rest))
    return " ".join(parts)


def _below_thousand(number: int) -> str:
    if number == 100:
        return "cien"
    hundreds, rest = divmod(number, 100)
    parts = [_HUNDREDS[hundreds - 1]] if hundreds else []
    if rest or not hundreds:
        parts.append(_below_hundred(rest))
    return " ".join(parts)


def _below_hundred(number: int) -> str:
    if number < 30:
        return _UP_TO_29[number]
    tens, unit = divmod(number, 10)
    return _TENS[tens - 3] + (f" y {_UP_TO_29[unit]}" if unit else "")
