"""Draws maps with Mapnik from the published views."""

from functools import lru_cache
from xml.sax.saxutils import quoteattr

from django.conf import settings

from layers.render.encoding import encode
from layers.render.hatches import hatch_images
from layers.render.jobs import LayerJob, MapJob
from layers.render.mapnik_library import mapnik, own_environment
from layers.render.sources import STORAGE_SRID, Database, datasource
from layers.styles.mapnik_xml import label_style_names, mapnik_styles, shape_style_names
from layers.styles.model import Style
from layers.styles.reading import style_named

PIXEL_M = 0.00028  # the standard's pixel
METRES_A_DEGREE = 111_319.490_793_273_57  # on the equator, as WMS 1.3.0 counts scales
LABEL_BUFFER_PX = 72  # a label whose anchor lies outside still reaches into the picture
LINE_BUFFER_PX = 6


def draw_map(job: MapJob) -> bytes:
    """The picture of a map. Raises RuntimeError, with SQL in it, when the database fails."""
    with own_environment():
        drawn = _prepared_map(job.layers)
        drawn.srs = f"epsg:{job.srid}"
        drawn.resize(job.canvas.width, job.canvas.height)
        drawn.zoom_to_box(mapnik.Box2d(*job.bounds))
        scale = scale_denominator(job)
        drawn.buffer_size = round(_buffer_px(job, scale) * job.scale_factor)
        image = mapnik.Image(job.canvas.width, job.canvas.height)
        if not job.canvas.is_transparent:
            image.fill(mapnik.Color(job.canvas.background))
        mapnik.render_with_vars(drawn, image, {"scale": scale / job.scale_factor}, job.scale_factor)
    return encode(image, job.canvas)


def scale_denominator(job: MapJob) -> float:
    """1 : this, by the picture's width and the standard pixel."""
    unit = METRES_A_DEGREE if job.srid == 4326 else 1.0
    return (job.bounds[2] - job.bounds[0]) / job.canvas.width * unit / PIXEL_M


def _buffer_px(job: MapJob, scale: float) -> int:
    styles = (style_named(layer.name, layer.style) for layer in job.layers)
    has_labels = any(style.has_labels_at(scale * job.scale_factor) for style in styles)
    return LABEL_BUFFER_PX if has_labels else LINE_BUFFER_PX


@lru_cache(maxsize=64)
def _prepared_map(layers: tuple[LayerJob, ...]) -> "mapnik.Map":
    """A map without place and size. Making one asks the database for column types, so they are kept."""
    database = Database.from_url(settings.DATABASE_PUBLIC_URL)
    prepared = empty_map([style_named(layer.name, layer.style) for layer in layers])
    # Labels of all layers come last: a building must not cover the key of its parcel.
    for names_of in (shape_style_names, label_style_names):
        for job in layers:
            style = style_named(job.name, job.style)
            if names := names_of(style):
                layer = mapnik.Layer(f"{len(prepared.layers)}", f"epsg:{STORAGE_SRID}")
                layer.datasource = datasource(job, style, database)
                layer.cache_features = len(names) > 1  # one query for all passes
                for name in names:
                    layer.styles.append(name)
                prepared.layers.append(layer)
    return prepared


def empty_map(styles: list[Style]) -> "mapnik.Map":
    """A map that knows the styles and has no layers."""
    body = "".join(
        mapnik_styles(style, hatch_images=hatch_images(style)) for style in dict.fromkeys(styles)
    )
    made = mapnik.Map(1, 1)
    mapnik.load_map_from_string(made, f"<Map srs={quoteattr(f'epsg:{STORAGE_SRID}')}>{body}</Map>")
    # A WMS client says box and size; where their shapes differ the picture is stretched, never moved.
    made.aspect_fix_mode = mapnik.aspect_fix_mode.RESPECT
    return made


def forget_maps() -> None:
    """Prepared maps hold connections: after a failure they are made anew."""
    _prepared_map.cache_clear()
