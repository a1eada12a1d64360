"""The parts of an address that several operations of the API read, each with its meaning and an example."""

import re
from datetime import date
from typing import Annotated, Any, Literal

from ninja.params.functions import Path, Query
from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _iso_date(text: Any) -> date:
    if not isinstance(text, str) or not _ISO_DATE.fullmatch(text):
        raise PydanticCustomError("iso_date", "AAAA-MM-DD")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise PydanticCustomError("iso_date", "AAAA-MM-DD") from error


# Written AAAA-MM-DD and nothing else; pydantic alone would take 1700000000 for a day too.
CivilDate = Annotated[
    date, BeforeValidator(_iso_date), WithJsonSchema({"type": "string", "format": "date"})
]

MunicipalityName = Annotated[
    str,
    Path(
        max_length=60,
        description="El municipio: su nombre en la dirección web o su código DPA de cuatro dígitos.",
        example="mejia",
    ),
]
PredioKey = Annotated[
    str,
    Path(
        max_length=100,
        description="Clave catastral con cualquier puntuación, clave anterior o número de predio.",
        example="17-03-50-01-02-003-001",
    ),
]
TitleNumber = Annotated[
    str, Path(max_length=60, description="Número del título.", example="2026-U-000001")
]
TitleKey = Annotated[
    str | None,
    Query(
        max_length=100,
        description="Clave catastral que lleva el título; hace falta si no tiene cargo en el municipio.",
        example="17-03-50-01-02-003-001",
    ),
]
OnDay = Annotated[
    CivilDate | None,
    Query(description="AAAA-MM-DD; sin ella, hoy en el municipio.", example="2026-11-22"),
]
GeometryCrs = Annotated[
    Literal["4326", "32717"],
    Query(description="El de la geometría: 4326 (longitud, latitud) o 32717 (metros)."),
]
QuotedKey = Annotated[
    str | None, Query(max_length=100, description="Clave catastral, con cualquier puntuación.")
]
QuotedTitle = Annotated[
    str | None, Query(max_length=60, description="Número de un título del predio.")
]
QuotedNumber = Annotated[str | None, Query(max_length=60, description="Número de predio.")]
