"""An ordinance in TOML is read exactly or refused at its line."""

import re
from datetime import date
from decimal import Decimal

import pytest

from cadastre.imports import ordinance_file as reader
from cadastre.imports.ordinance_file import CostRow, InvalidOrdinanceFile, LandValueRow
from cadastre.valuation.facts import UnitKind
from cadastre.valuation.ordinance import SbuYear, TaxedArea, ordinance_facts
from cadastre.valuation.rate_table import RateMode
from tests.cadastre.imports.ordinance_text import TEMPLATE, ordinance, ordinance_text

RURAL = '    { from = "0", rate_per_mille = "0.75" },'
VALUE = '\n[[land_value]]\ncode = "Z1"\nkind = "URBAN"\nvalue = "120.5"\n'
END = "# [[land_value]]"


def test_the_template_reads_into_the_facts_that_valuation_works_on():
    file = ordinance()
    assert (file.number, file.valid_from, file.ends_before) == ("001-2025", date(2026, 1, 1), None)
    assert file.building_costs[0] == CostRow("CONCRETE", Decimal("320.00"), 60, Decimal("10"))
    facts = ordinance_facts(
        municipality="mejia",
        year=2026,
        number=file.number,
        parameters=file.parameters,
        land_values={},
        building_costs={},
    )
    assert facts.urban_rates.rates_per_mille == (Decimal("0.6"), Decimal("0.9"), Decimal("1.4"))
    assert facts.area_tolerance_pct is None


def test_the_template_explains_every_member_that_the_reader_knows():
    text = TEMPLATE.read_text(encoding="utf-8")
    for name in (*reader._TOP, *reader._ROWS, *reader._PARAMETERS, *reader._OPTIONAL):
        assert re.search(rf"^(# )?\[*(parameters\.)?{name}( =|\])", text, re.MULTILINE), name


def test_the_words_are_those_of_the_rules():
    assert set(reader.KINDS) == set(UnitKind)
    assert set(reader.TAXED_AREAS) == set(TaxedArea)
    assert set(reader.RATE_MODES) == set(RateMode)
    assert set(reader.SBU_YEARS) == set(SbuYear)


def test_the_last_day_is_one_on_which_it_rules():
    file = ordinance(("# valid_until = 2027-12-31", "valid_until = 2027-12-31"))
    assert file.ends_before == date(2028, 1, 1)


def test_land_values_are_rows():
    file = ordinance((END, VALUE + END))
    assert file.land_values == (LandValueRow("Z1", "URBAN", Decimal("120.5")),)


@pytest.mark.parametrize(
    ("old", "new", "at", "told"),
    [
        ('taxed_area = "LEGAL"', 'taxed_area = "REAL"', "taxed_area =", "LEGAL, TITLED"),
        ('sbu_year = "SAME"\n', "", "[parameters]", "parameters, sbu_year: falta"),
        ('amount = "2.00"', "amount = 2.00", "amount =", 'entre comillas: "2.00"'),
        ('amount = "2.00"', 'amount = "2,00"', "amount =", "punto decimal"),
        ('amount = "2.00"', 'amount = "2.005"', "amount =", "hasta 2 decimales"),
        ('amount = "2.00"', 'amount = "-2.00"', "amount =", "no es un número"),
        ('gazette = ""', 'gaceta = ""', "gaceta", "no es un miembro conocido"),
        (RURAL, "", "bands = [", "al menos una fila"),
        (RURAL, '    { from = "0" },', "bands = [", "fila 1, rate_per_mille: falta"),
        ("valid_from = 2026-01-01", 'valid_from = "2026-01-01"', "valid_from", "sin comillas"),
        ("# valid_until = 2027-12-31", "valid_until = 2025-12-31", "valid_until", "anterior"),
        (
            "use_migrated_values = false",
            'use_migrated_values = "no"',
            "use_migrated",
            "true o false",
        ),
        ('structure = "ADOBE"', 'structure = "CONCRETE"', 'e = "CONCRETE"#2', "fila 2, structure"),
        (
            "useful_life_years = 60",
            "useful_life_years = 0",
            "useful_life_years = 0",
            "años enteros",
        ),
        ('residual_pct = "8"', 'residual_pct = "108"', '"108"', "de 0 a 100"),
        ('cost_per_m2 = "110.00"', 'cost_per_m2 = "0"', '2 = "0"', "mayor que 0"),
        (END, VALUE + VALUE, 'code = "Z1"#2', "land_value, fila 2, code: «Z1» ya está"),
        ("[parameters]\n", "[parameter]\n", "[parameter]", "no es un miembro conocido"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(old, new, at, told):
    text = ordinance_text((old, new))
    part, _, second = at.partition("#")
    lines = [n for n, line in enumerate(text.splitlines(), 1) if part in line]
    line = next(
        n for n in lines[1 if second else 0 :] if not text.splitlines()[n - 1].startswith("#")
    )
    with pytest.raises(InvalidOrdinanceFile) as refused:
        reader.ordinance_file(text, name="ordenanza.toml")
    assert told in refused.value.message
    if "bands" not in at:  # rows inside a list have the line at which the list begins
        assert f"línea {line}," in refused.value.message
    else:
        assert "parameters, rural_rates, bands" in refused.value.message


def test_broken_toml_is_refused_with_the_line_of_the_parser():
    with pytest.raises(InvalidOrdinanceFile, match=r"TOML válido .*line 2"):
        reader.ordinance_file('number = "1"\ntitle = sin comillas\n', name="o.toml")
