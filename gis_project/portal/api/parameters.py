"""The parts of an address that several operations of the API read, each with its meaning and an example."""

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja.params.functions import Path, Query
from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})")


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


def _instant(text: Any) -> datetime:
    if not isinstance(text, str) or not _INSTANT.fullmatch(text):
        raise PydanticCustomError("instant", "AAAA-MM-DDThh:mm:ssZ")
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise PydanticCustomError("instant", "AAAA-MM-DDThh:mm:ssZ") from error


# An instant says where its clock stands; without that it would be another one in Quito than in Galápagos.
Instant = Annotated[
    datetime,
    BeforeValidator(_instant),
    WithJsonSchema({"type": "string", "format": "date-time"}),
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
KnownAt = Annotated[
    Instant | None,
    Query(
        description="Lo que el catastro sabía en ese instante, no lo que sabe ahora: fecha y hora con su huso. "
        "Solo para funcionarios del municipio.",
        example="2026-03-02T17:00:00Z",
    ),
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
