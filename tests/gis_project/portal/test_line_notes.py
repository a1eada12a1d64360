"""A bill's notes are told in the reader's language; what the law is called stays as it is."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from cadastre.valuation.land_method import PriceLevel
from cadastre.valuation.land_price import PRICE_LEVELS_ES
from gis_project.portal.line_notes import note_in_words

ENGLISH = {
    "zona U1; área catastral": "zone U1; surveyed area",
    "zona U1; área catastral: difiere del título más del 5.5 %": (
        "zone U1; surveyed area: differs from the deed by more than 5.5 %"
    ),
    "zona R2; alícuota 0.125 de 640.5 m² (área según título)": (
        "zone R2; share of 0.125 in 640.5 m² (area in the deed)"
    ),
    "BRICK; alícuota 0.125 de 80 m² comunales": "Brick; share of 0.125 in 80 m² held in common",
    "12 de 50 años; residual 10 %": "12 of 50 years; residual value 10 %",
    "tarifa según el valor acumulado del titular (COOTAD, Art. 505)": (
        "rate by the holder's accumulated value (COOTAD, Art. 505)"
    ),
    "exento: todos sus titulares son comunas (tierra comunitaria)": (
        "exempt: all holders are communes (community land)"
    ),
    "exento: su avalúo 1.234,56 no pasa de 11.750,00": (
        "exempt: its value of 1,234.56 does not exceed 11,750.00"
    ),
    "pago el 15/01/2026": "paid on 15/01/2026",
    "acta 12 de 1998, folio 3": "acta 12 de 1998, folio 3",
}
RULES = [settings.ROOT / "cadastre" / name for name in ("taxation", "valuation")]


@pytest.mark.parametrize("note", ENGLISH)
def test_in_english(note):
    with translation.override("en"):
        assert note_in_words(note) == ENGLISH[note]


@pytest.mark.parametrize("note", ENGLISH)
def test_in_spanish_as_it_was_issued(note):
    with translation.override("es"):
        assert note_in_words(note).replace("Ladrillo", "BRICK") == note


def test_every_sentence_that_the_rules_write_has_its_english():
    """Each f-string or constant that the rules use for a note, with figures in its places."""
    told = [text for folder in RULES for path in folder.glob("*.py") for text in _notes(path)]
    assert len(told) >= 9
    with translation.override("en"):
        assert [note for note in told if note_in_words(note) == note] == []


def test_each_kind_of_price_has_its_english():
    with translation.override("en"):
        told = {level: note_in_words(f"{word} 7") for level, word in PRICE_LEVELS_ES.items()}
    assert told == {
        PriceLevel.UNIT: "exception of property 7",
        PriceLevel.AXIS: "street axis 7",
        PriceLevel.BLOCK: "block 7",
        PriceLevel.ZONE: "zone 7",
        PriceLevel.SECTOR: "sector 7",
    }


def _notes(path: Path) -> list[str]:
    source = path.read_text(encoding="utf-8")
    written = re.findall(
        r'f?"(?:{note}; )?((?:exento|alícuota|área|zona |pago|tarifa según|{age})[^"]*)"', source
    )
    return [re.sub(r"{[^}]*}", _figure, text) for text in written]


def _figure(place: re.Match[str]) -> str:
    return {"{note}": "área catastral", "{holders.holders_es}": "entidades públicas"}.get(
        place[0], "12"
    )
