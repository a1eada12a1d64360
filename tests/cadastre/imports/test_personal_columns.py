"""Names and documents of people stay out of the parcels' attributes; places stay in."""

import pytest

from cadastre.imports.personal_columns import looks_personal


@pytest.mark.parametrize(
    "column",
    ["PROPIETARI", "nombre", "NOM_PROP", "CI", "ced_ruc", "Cédula", "telefono_1", "CORREO", "dueño",
     "APELLIDOS", "poses_nom", "RUC", "razon_social"],
)  # fmt: skip
def test_personal(column: str) -> None:
    assert looks_personal(column)


@pytest.mark.parametrize(
    "column",
    ["CLAVE", "area_ha", "nombre_barrio", "NOMBRE_PREDIO", "ciudad", "superficie", "identificador",
     "calle", "NOM_PARROQ", "uso"],
)  # fmt: skip
def test_not_personal(column: str) -> None:
    assert not looks_personal(column)
