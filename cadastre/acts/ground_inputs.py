"""What the acts on the ground are told, as JSON (see ``act_inputs``)."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from cadastre.acts.act_inputs import Geometry, Inputs, TakerInputs

Name = Annotated[str, Field(max_length=100)]
Key = Annotated[str, Field(max_length=60)]
Place = tuple[
    Annotated[float, Field(allow_inf_nan=False)], Annotated[float, Field(allow_inf_nan=False)]
]


class SurveyInputs(BaseModel):
    """How the ground was measured; it is kept with the act."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    method: Literal[
        "GNSS_RTK",
        "GNSS_STATIC",
        "TOTAL_STATION",
        "PHOTOGRAMMETRY",
        "TAPE",
        "DIGITISED",
        "COMPUTED",
    ]
    surveyor: str = Field("", max_length=200)
    licence: str = Field("", max_length=60)
    surveyed_on: date | None = None
    accuracy_m: Decimal | None = Field(None, gt=0, max_digits=8, decimal_places=3)
    description: str = Field("", max_length=300)
    file_sha256: str = Field("", pattern="^([0-9a-f]{64})?$")


class GroundInputs(Inputs):
    """Any act on the ground may name the survey that it rests on."""

    survey: SurveyInputs | None = None


class MergeInputs(GroundInputs):
    EXAMPLE: ClassVar[dict[str, Any]] = {"unit": "1204", "others": ["1205"]}

    others: list[Name] = Field(min_length=1, max_length=100)
    key: Key = ""
    allow_parts: bool = False


class LinesChange(BaseModel):
    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, frozen=True)
    by: Literal["lines"]
    lines: list[Geometry] = Field(min_length=1, max_length=200)


class MoveInputs(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    do: Literal["move"]
    at: Place
    to: Place


class InsertInputs(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    do: Literal["insert"]
    at: Place


class DeleteInputs(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    do: Literal["delete"]
    at: Place


class VerticesChange(BaseModel):
    """Places are grid points of EPSG:32717, as the workbench shows them: ``srid`` must be that."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    by: Literal["vertices"]
    intents: list[
        Annotated[MoveInputs | InsertInputs | DeleteInputs, Field(discriminator="do")]
    ] = Field(min_length=1, max_length=500)


class AdjustInputs(GroundInputs):
    EXAMPLE: ClassVar[dict[str, Any]] = {
        "unit": "1204",
        "others": ["1205"],
        "change": {"by": "lines", "lines": ["LINESTRING (774020 9942995, 774022 9943025)"]},
    }

    others: list[Name] = Field(min_length=1, max_length=20)
    change: LinesChange | VerticesChange = Field(discriminator="by")


class RectifyInputs(GroundInputs):
    EXAMPLE: ClassVar[dict[str, Any]] = {
        "unit": "1204",
        "titled_area_m2": "405.00",
        "survey": {"method": "GNSS_RTK", "surveyed_on": "2026-02-10", "accuracy_m": "0.020"},
    }

    surveyed: Geometry = None
    titled_area_m2: Decimal | None = Field(None, gt=0, max_digits=16, decimal_places=4)


class MapInputs(GroundInputs):
    """``shape`` is the predio's ground; ``titled_area_m2`` only where the register has none or a wrong one."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "unit": "1204",
        "shape": "POLYGON ((774000 9943000, 774020 9943000, 774020 9943020, 774000 9943020, "
        "774000 9943000))",
        "survey": {"method": "GNSS_RTK", "surveyed_on": "2026-02-10", "accuracy_m": "0.020"},
    }

    shape: Geometry
    titled_area_m2: Decimal | None = Field(None, gt=0, max_digits=16, decimal_places=4)


class RetireInputs(Inputs):
    EXAMPLE: ClassVar[dict[str, Any]] = {"unit": "1204"}


class RegisterInputs(GroundInputs):
    """``unit`` stays empty: the predio is not there yet."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "shape": "POLYGON ((774000 9943000, 774020 9943000, 774020 9943020, 774000 9943020, "
        "774000 9943000))",
        "kind": "URBAN",
        "parish": "170350",
        "block_of": "17-03-50-01-02-030-045",
    }

    unit: Literal[""] = ""
    shape: Geometry
    kind: Literal["URBAN", "RURAL"]
    holders: list[TakerInputs] = Field([], max_length=500)
    key: Key = ""
    block_of: Key = ""
    parish: str = Field("", max_length=6)
    block_code: str = Field("", max_length=30)
    address: str = Field("", max_length=300)
    land_use: str = Field("", max_length=60)
    titled_area_m2: Decimal | None = Field(None, gt=0, max_digits=16, decimal_places=4)
