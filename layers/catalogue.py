"""What is published: one declaration a layer, its fields listed and never excluded.

A layer's view is `published.<name>` (what is valid today) and, where the layer has a history,
`published.<name>_history` (all days). Both hold `id` (uuid, permanent), `version`, `municipality` (slug),
`valid_from`, `valid_to`, `updated` and `geom` (EPSG:32717) besides the fields named here.
"""

from dataclasses import dataclass

from gis_project.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class Field:
    """A column anyone may read: name as in the view, JSON type, titles."""

    name: str
    type: str  # string | integer | number
    title_es: str
    title_en: str


@dataclass(frozen=True, slots=True)
class PublishedLayer:
    name: str
    geometry_type: str  # as PostGIS spells it
    title_es: str
    title_en: str
    abstract_es: str
    abstract_en: str
    fields: tuple[Field, ...]
    has_history: bool = True
    min_zoom: int = 0  # below it a tile would hold more than anybody can see

    @property
    def view(self) -> str:
        return f"published.{self.name}"

    @property
    def history_view(self) -> str:
        return f"published.{self.name}_history" if self.has_history else self.view

    @property
    def field_names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)


class UnknownLayer(NotFound):
    """No layer of that name is published; the list of layers is in /ogc/collections."""

    code = "unknown_layer"


_PARISH = Field("parish", "string", "Parroquia", "Parish")
_CODE = Field("code", "string", "Código", "Code")
_NAME = Field("name", "string", "Nombre", "Name")

# Drawn in this order from below to above.
LAYERS: tuple[PublishedLayer, ...] = (
    PublishedLayer(
        "parishes",
        "MultiPolygon",
        "Parroquias",
        "Parishes",
        "Parroquias urbanas y rurales del cantón con su código DPA.",
        "Urban and rural parishes of the canton with their DPA code.",
        (_CODE, _NAME, Field("kind", "string", "Clase", "Kind")),
        has_history=False,
    ),
    PublishedLayer(
        "land_value_zones",
        "MultiPolygon",
        "Zonas de valor del suelo",
        "Land value zones",
        "Plano de valor del suelo de la ordenanza vigente: USD por m² o por hectárea.",
        "Land value plan of the ordinance in force: USD per m² or per hectare.",
        (
            _CODE,
            _NAME,
            Field("kind", "string", "Clase", "Kind"),
            Field("unit_value", "number", "Valor unitario", "Unit value"),
            Field("unit", "string", "Unidad", "Unit"),
        ),
    ),
    PublishedLayer(
        "urban_limits",
        "MultiPolygon",
        "Límites urbanos",
        "Urban limits",
        "Límites urbanos fijados por ordenanza.",
        "Urban limits fixed by ordinance.",
        (_CODE, _NAME),
    ),
    PublishedLayer(
        "neighbourhoods",
        "MultiPolygon",
        "Barrios",
        "Neighbourhoods",
        "Barrios y sectores reconocidos.",
        "Recognised neighbourhoods.",
        (_NAME, _PARISH),
    ),
    PublishedLayer(
        "blocks",
        "MultiPolygon",
        "Manzanas",
        "Blocks",
        "Manzanas urbanas y polígonos rurales del catastro.",
        "Urban blocks and rural polygons of the cadastre.",
        (
            _CODE,
            Field("zone", "string", "Zona", "Zone"),
            Field("sector", "string", "Sector", "Sector"),
            _PARISH,
        ),
        min_zoom=12,
    ),
    PublishedLayer(
        "parcels",
        "MultiPolygon",
        "Predios",
        "Parcels",
        "Terrenos del catastro con su clave, uso y áreas. Sin titulares, avalúos ni deudas.",
        "Parcels of the cadastre with key, use and areas. Neither holders, values nor debts.",
        (
            Field("key", "string", "Clave catastral", "Cadastral key"),
            Field("parish_code", "string", "Código de parroquia", "Parish code"),
            _PARISH,
            Field("block", "string", "Manzana o polígono", "Block"),
            Field("kind", "string", "Clase de suelo", "Kind of ground"),
            Field("land_use", "string", "Uso del suelo", "Land use"),
            Field("legal_area_m2", "number", "Área legal (m²)", "Legal area (m²)"),
            Field("ellipsoidal_area_m2", "number", "Área elipsoidal (m²)", "Ellipsoidal area (m²)"),
            Field("status", "string", "Estado en el catastro", "Status in the cadastre"),
        ),
        min_zoom=12,
    ),
    PublishedLayer(
        "buildings",
        "MultiPolygon",
        "Edificaciones",
        "Buildings",
        "Planta de las edificaciones con pisos, uso y estructura.",
        "Footprints of buildings with floors, use and structure.",
        (
            Field("floors", "integer", "Pisos", "Floors"),
            Field("use", "string", "Uso", "Use"),
            Field("structure", "string", "Estructura", "Structure"),
        ),
        min_zoom=14,
    ),
    PublishedLayer(
        "roads",
        "MultiLineString",
        "Vías",
        "Roads",
        "Ejes de calles y caminos.",
        "Centre lines of streets and roads.",
        (
            _NAME,
            Field("width_m", "number", "Ancho (m)", "Width (m)"),
            Field("surface", "string", "Capa de rodadura", "Surface"),
        ),
        min_zoom=11,
    ),
)

_BY_NAME = {layer.name: layer for layer in LAYERS}


def layer_named(name: str) -> PublishedLayer:
    """The published layer of that name; UnknownLayer otherwise."""
    try:
        return _BY_NAME[name]
    except KeyError:
        raise UnknownLayer(
            f"No se publica ninguna capa «{name[:60]}». Consulte /ogc/collections."
        ) from None
