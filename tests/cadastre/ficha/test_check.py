"""Answers of a ficha: what is refused at the counter, and what is only missing."""

from decimal import Decimal

import pytest

from cadastre.ficha.check import completeness, flaws, missing
from cadastre.ficha.variables import PredioKind, Subject, variables_of

URBAN, RURAL, CONDOMINIUM = PredioKind.URBAN, PredioKind.RURAL, PredioKind.CONDOMINIUM


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ({}, URBAN),
        ({"topography": "FLAT", "front_1_m": "12.50", "risks": ["FLOOD", "RAVINE"]}, URBAN),
        ({"front_1_m": 12.5, "front_2_m": 12, "depth_1_m": Decimal("30.10")}, URBAN),
        ({"is_inside_urban_limit": False, "surveyed_on": "2026-03-02", "topography": None}, URBAN),
        ({"crops": [{"crop": "papa", "area_ha": "1.2500"}], "irrigation": "SEASONAL"}, RURAL),
        ({"risks": []}, RURAL),
        ({"storm_sewer": True, "has_condominium_manager": True}, CONDOMINIUM),
        ({"slope_pct": "0"}, RURAL),
        ({"slope_pct": "400"}, RURAL),
        ({"slope_pct": "1.50"}, RURAL),  # 1.5 written longer
    ],
)
def test_sound_answers(answers, kind):
    assert flaws(answers, kind=kind) == ()


@pytest.mark.parametrize(
    ("answers", "kind", "place", "word"),
    [
        ({"topografia": "FLAT"}, URBAN, "topografia", "no tiene la variable"),
        ({"topography": "PLANO"}, URBAN, "topography", "«PLANO» no está en la lista; use FLAT"),
        ({"topography": ["FLAT"]}, URBAN, "topography", "no está en la lista"),
        ({"risks": "FLOOD"}, URBAN, "risks", "lista de códigos"),
        ({"risks": ["FLOOD", "FLOOD"]}, URBAN, "risks", "una vez"),
        ({"risks": [["FLOOD"]]}, URBAN, "risks", "no está en la lista"),
        ({"front_1_m": "0"}, URBAN, "front_1_m", "va de 0.01 a 20000 m"),
        ({"front_1_m": "12,5"}, URBAN, "front_1_m", "punto decimal"),
        ({"front_1_m": True}, URBAN, "front_1_m", "es un número"),
        ({"front_1_m": "NaN"}, URBAN, "front_1_m", "es un número"),
        ({"front_1_m": float("inf")}, URBAN, "front_1_m", "es un número"),
        ({"front_1_m": "1.005"}, URBAN, "front_1_m", "2 decimales"),
        ({"water_meters": "1.5"}, URBAN, "water_meters", "0 decimales"),
        ({"storm_sewer": "sí"}, URBAN, "storm_sewer", "sí o no"),
        ({"surveyed_on": "02/03/2026"}, URBAN, "surveyed_on", "2026-03-02"),
        ({"surveyed_on": 20260302}, URBAN, "surveyed_on", "2026-03-02"),
        ({"lot_name": " "}, URBAN, "lot_name", "déjelo vacío"),
        ({"lot_name": "x" * 31}, URBAN, "lot_name", "30 letras"),
        ({"lot_name": "a\x00"}, URBAN, "lot_name", "texto"),
        ({"irrigation": "NONE"}, URBAN, "irrigation", "no se pregunta en un predio urbano"),
        ({"topography": "FLAT"}, CONDOMINIUM, "topography", "propiedad horizontal"),
        ({"crops": {"crop": "papa"}}, RURAL, "crops", "lista de filas"),
        ({"crops": [{"crop": "papa"}]}, RURAL, "crops[1].area_ha", "falta «Superficie»"),
        ({"crops": [{"planta": 1}]}, RURAL, "crops[1].planta", "no tiene esa columna"),
        (
            {"livestock": [{"kind": "CATTLE", "heads": 3}, {"kind": "VACA", "heads": 1}]},
            RURAL,
            "livestock[2].kind",
            "«VACA»",
        ),
        ({"crops": [{}] * 501}, RURAL, "crops", "500 filas"),
    ],
)
def test_flaws_name_their_place(answers, kind, place, word):
    found = {flaw.variable: flaw.message for flaw in flaws(answers, kind=kind)}
    assert word in found[place]


def test_what_is_missing_only_counts():
    required = [v for v in variables_of(Subject.PREDIO).values() if v.is_required]
    of_rural = [v for v in required if RURAL in v.applies]
    assert missing({}, kind=RURAL) == tuple(of_rural)
    assert completeness({}, kind=RURAL) == 0
    answers = {"topography": "FLAT", "access": "PATH", "site_name": ""}
    assert len(missing(answers, kind=RURAL)) == len(of_rural) - 2
    assert completeness(answers, kind=RURAL) == (Decimal(2) / len(of_rural)).quantize(
        Decimal("0.0001")
    )
    assert flaws({"topography": "FLAT"}, kind=RURAL) == ()


def test_buildings_works_and_households_have_variables_of_their_own():
    assert flaws({"roof": "SLAB", "bathrooms": 2}, kind=URBAN, subject=Subject.BUILDING) == ()
    (flaw,) = flaws({"roof": "SLAB"}, kind=URBAN)
    assert flaw.variable == "roof"
    (flaw,) = flaws({"inhabitants": -1}, kind=URBAN, subject=Subject.HOUSEHOLD)
    assert "0 a 10000" in flaw.message
    assert completeness({"kind": "POOL"}, kind=URBAN, subject=Subject.WORK) == 1
