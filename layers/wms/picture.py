"""WIDTH, HEIGHT, FORMAT, TRANSPARENT, BGCOLOR and density: the canvas that is asked for."""

import re

from layers.render.jobs import Canvas
from layers.wms.faults import INVALID_FORMAT, INVALID_PARAMETER, Fault
from layers.wms.parameters import Parameters, finite_number

FORMATS = {
    "image/png": "png",
    "image/png; mode=8bit": "png8",
    "image/jpeg": "jpeg",
    "image/webp": "webp",
}
_ALSO = {"image/png8": "png8", "image/png;mode=8bit": "png8", "image/jpg": "jpeg"}
MAX_SIDE_PX = 4096
MAX_AREA_PX = 4_200_000
_BACKGROUND = re.compile(r"(?:0x|#)?([0-9a-f]{6})", re.IGNORECASE)
_SCREEN_DPI = 96.0
_DPI_RANGE = (50.0, 600.0)
_DENSITY_NAMES = ("DPI", "MAP_RESOLUTION")  # QGIS says the same in several dialects


def read_canvas(parameters: Parameters) -> Canvas:
    """The canvas; Fault when a side is 0 or too long, or the format is none of ours."""
    width, height = parameters.integer("WIDTH"), parameters.integer("HEIGHT")
    if not (0 < width <= MAX_SIDE_PX and 0 < height <= MAX_SIDE_PX):
        raise Fault(f"WIDTH y HEIGHT van de 1 a {MAX_SIDE_PX} píxeles.", INVALID_PARAMETER)
    if width * height > MAX_AREA_PX:
        raise Fault(
            f"La imagen pasa de {MAX_AREA_PX} píxeles: pídala por partes.", INVALID_PARAMETER
        )
    picture_format = read_format(parameters.required("FORMAT"))
    return Canvas(
        width=width,
        height=height,
        format=picture_format,
        is_transparent=parameters.flag("TRANSPARENT") and picture_format != "jpeg",
        background=read_background(parameters),
    )


def read_format(text: str) -> str:
    name = text.lower()
    found = FORMATS.get(name) or _ALSO.get(name)
    if found is None:
        raise Fault(f"No se dibuja en {text[:40]}: use {', '.join(FORMATS)}.", INVALID_FORMAT)
    return found


def read_background(parameters: Parameters) -> str:
    """`#rrggbb` out of the standard's `0xRRGGBB`; white when nothing is said."""
    text = parameters.text("BGCOLOR") or "0xFFFFFF"
    match = _BACKGROUND.fullmatch(text)
    if match is None:
        raise Fault("BGCOLOR se escribe 0xRRGGBB.", INVALID_PARAMETER)
    return f"#{match[1].lower()}"


def read_scale_factor(parameters: Parameters) -> float:
    """How much larger than on a screen symbols are drawn: 1.0, or more for a print of higher density."""
    options = dict(
        option.partition(":")[::2] for option in parameters.text("FORMAT_OPTIONS").split(";")
    )
    given = [parameters.text(name) for name in _DENSITY_NAMES] + [options.get("dpi", "")]
    text = next((value for value in given if value), "")
    if not text:
        return 1.0
    dpi = finite_number(text, name="DPI")
    if not _DPI_RANGE[0] <= dpi <= _DPI_RANGE[1]:
        raise Fault("DPI va de 50 a 600.", INVALID_PARAMETER)
    return max(round(dpi / _SCREEN_DPI, 2), 1.0)
