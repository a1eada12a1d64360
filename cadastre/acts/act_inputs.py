"""What each act is told, as JSON: the one reading for web, API, import and proposals.

Geometry comes as WKT in the EPSG code named by ``srid`` (32717 unless told); predios by id or any key;
parties by id. Unknown members are refused, so that a typing error never passes for a wish.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

import numpy as np
import shapely
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError
from shapely.geometry.base import BaseGeometry

from cadastre.geometry.polygon_checks import MAX_VERTICES
from gis_project.core.errors import InvalidInput

MAX_WKT = 400_000


class InputsRefused(InvalidInput):
    """A member of the act's data is missing, unknown or of the wrong form: see its place in ``details``."""

    code = "inputs_refused"


def _share(told: Any) -> Fraction | None:
    if told is None:
        return None
    try:
        share = Fraction(told) if isinstance(told, str) else None
    except (ValueError, ZeroDivisionError):
        share = None
    if share is None or not 0 < share <= 1 or share.denominator > 10**9:
        raise PydanticCustomError("share", "una cuota se escribe como 1/3, mayor que 0 y hasta 1")
    return share


def _geometry(told: Any) -> BaseGeometry:
    if not isinstance(told, str) or len(told) > MAX_WKT:
        raise PydanticCustomError("wkt", "la geometría se escribe en WKT")
    try:
        found: BaseGeometry = shapely.from_wkt(told)
    except shapely.errors.GEOSException as error:
        raise PydanticCustomError("wkt", "la geometría no se puede leer: WKT") from error
    vertices = shapely.get_coordinates(found)
    if len(vertices) > MAX_VERTICES or not np.isfinite(vertices).all():
        raise PydanticCustomError("wkt", "la geometría tiene demasiados vértices o no es finita")
    return found


# The codes of cadastre.models.Right.Kind.
Tenure = Literal[
    "OWNERSHIP",
    "POSSESSION",
    "RIGHTS_AND_ACTIONS",
    "HEIRS",
    "COMMUNAL",
    "PUBLIC",
    "PENDING_AWARD",
    "USUFRUCT",
]
Share = Annotated[Fraction | None, BeforeValidator(_share)]
Geometry = Annotated[Any, BeforeValidator(_geometry)]
Bearing = Annotated[Decimal, Field(ge=0, lt=360)]


class Inputs(BaseModel):
    """The common part: which predio, and in which CRS the geometry comes."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, frozen=True)
    # Shown in docs/reference/acts.md; each act gives its own.
    EXAMPLE: ClassVar[dict[str, Any]] = {}

    unit: str = Field(max_length=100)
    srid: int = 32717


class LinesCut(BaseModel):
    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, frozen=True)
    by: Literal["lines"]
    lines: list[Geometry] = Field(min_length=1, max_length=200)


class AreaCut(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    by: Literal["area"]
    area_m2: Decimal = Field(gt=0)
    bearing_deg: Bearing
    side: Literal["left", "right"]


class RatioCut(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    by: Literal["ratio"]
    ratio: list[Annotated[int, Field(gt=0, le=10**6)]] = Field(min_length=2, max_length=200)
    bearing_deg: Bearing
    side: Literal["left", "right"] = "left"


class StripsCut(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    by: Literal["strips"]
    count: int = Field(ge=2, le=200)
    bearing_deg: Bearing
    side: Literal["left", "right"] = "left"
    equal: Literal["area", "width"] = "area"


class PartitionCut(BaseModel):
    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, frozen=True)
    by: Literal["partition"]
    pieces: list[Geometry] = Field(min_length=2, max_length=200)


class SplitInputs(Inputs):
    EXAMPLE: ClassVar[dict[str, Any]] = {
        "unit": "1204",
        "cut": {"by": "area", "area_m2": "200.00", "bearing_deg": "45", "side": "left"},
    }

    cut: LinesCut | AreaCut | RatioCut | StripsCut | PartitionCut = Field(discriminator="by")
    keys: list[Annotated[str, Field(max_length=60)]] = []


class GiverInputs(BaseModel):
    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, frozen=True)
    party: UUID
    share: Share = None


class TakerInputs(BaseModel):
    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, frozen=True)
    party: UUID
    share: Share
    kind: Tenure = "OWNERSHIP"


class TransferInputs(Inputs):
    EXAMPLE: ClassVar[dict[str, Any]] = {
        "unit": "1204",
        "cause": "SALE",
        "takers": [{"party": "0d9b4a3e-4c58-4f5b-9a0e-6f2f2b3c1d10", "share": "1"}],
    }

    cause: str
    kind: Tenure = "OWNERSHIP"
    givers: list[GiverInputs] = []
    takers: list[TakerInputs] = Field(min_length=1, max_length=500)


def read_inputs(model: type[BaseModel], told: dict[str, Any]) -> Any:
    """``told`` as the model; InputsRefused names the places and never repeats what was sent."""
    try:
        return model.model_validate(told)
    except ValidationError as error:
        places = [
            {"where": [str(part) for part in one["loc"]], "why": one["type"]}
            for one in error.errors(include_input=False, include_url=False)
        ]
        first = ".".join(places[0]["where"])
        raise InputsRefused(
            f"Los datos del acto no tienen la forma que se espera: revise «{first}».",
            details={"places": places[:20]},
        ) from error
