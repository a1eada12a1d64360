"""What a render process is asked for: frozen records that travel as JSON and are checked again on arrival.

A job names layers and styles of the catalogue, never SQL: what arrives on the socket cannot read anything else.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

SLUG = re.compile(r"[A-Za-z0-9_-]{1,50}")  # what Django calls a slug
_COLOR = re.compile(r"#[0-9a-f]{6}")
MEDIA_TYPES = {"png": "image/png", "png8": "image/png", "jpeg": "image/jpeg", "webp": "image/webp"}
SECONDS_A_JOB = 10.0  # afterwards the process that draws it is ended
MAX_SIDE_PX = 4096
Bounds = tuple[float, float, float, float]


class BadJob(Exception):
    """A job that no door of ours would send."""


@dataclass(frozen=True, slots=True)
class LayerJob:
    """One layer in one style; of one municipality or of all; as it is today or was valid `on` a day."""

    name: str
    style: str
    municipality: str | None = None
    on: date | None = None

    def __post_init__(self) -> None:
        _require(self.municipality is None or bool(SLUG.fullmatch(self.municipality)))


@dataclass(frozen=True, slots=True)
class Canvas:
    """The picture itself. `background` is `#rrggbb`; when transparent it only shows where alpha cannot (JPEG)."""

    width: int
    height: int
    format: str = "png"
    is_transparent: bool = False
    background: str = "#ffffff"

    def __post_init__(self) -> None:
        _require(0 < self.width <= MAX_SIDE_PX and 0 < self.height <= MAX_SIDE_PX)
        _require(self.format in MEDIA_TYPES and bool(_COLOR.fullmatch(self.background)))


@dataclass(frozen=True, slots=True)
class MapJob:
    """A map. `bounds` are min x, min y, max x, max y in `srid`, x being easting or longitude."""

    layers: tuple[LayerJob, ...]
    srid: int
    bounds: Bounds
    canvas: Canvas
    scale_factor: float = 1.0  # of all sizes in pixels: 2.0 for a screen or print of double density


@dataclass(frozen=True, slots=True)
class LegendJob:
    """The explained symbols of one layer, as large as they need; `scale` leaves out what is not drawn there."""

    layer: str
    style: str
    language: str
    canvas: Canvas
    scale: float | None = None


@dataclass(frozen=True, slots=True)
class MessageJob:
    """A picture that says `text`, or nothing."""

    text: str
    canvas: Canvas


Job = MapJob | LegendJob | MessageJob
_KINDS: dict[str, type] = {"map": MapJob, "legend": LegendJob, "message": MessageJob}


def to_json(job: Job) -> bytes:
    kind = next(name for name, record in _KINDS.items() if isinstance(job, record))
    return json.dumps({"kind": kind, **asdict(job)}, default=date.isoformat).encode()


def from_json(data: bytes) -> Job:
    """The job that was sent; BadJob when it is not one."""
    try:
        values: dict[str, Any] = json.loads(data)
        kind = _KINDS[values.pop("kind")]
        values["canvas"] = Canvas(**values["canvas"])
        if kind is MapJob:
            values["layers"] = tuple(_layer(layer) for layer in values["layers"])
            min_x, min_y, max_x, max_y = map(float, values["bounds"])
            values["bounds"] = (min_x, min_y, max_x, max_y)
        job: Job = kind(**values)
    except (ValueError, KeyError, TypeError) as error:
        raise BadJob(str(error)) from error
    return job


def _layer(values: dict[str, Any]) -> LayerJob:
    on = values.pop("on", None)
    return LayerJob(**values, on=date.fromisoformat(on) if on else None)


def layer_jobs(names: Iterable[str], **same: Any) -> tuple[LayerJob, ...]:
    """Jobs for several layers in their default styles."""
    return tuple(LayerJob(name, "default", **same) for name in names)


def _require(holds: bool) -> None:
    if not holds:
        raise BadJob("value out of range")
