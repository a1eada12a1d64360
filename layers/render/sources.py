"""Where a layer's geometries come from: the `published` views, read as `lindero_public`."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from layers.catalogue import PublishedLayer, layer_named
from layers.render.jobs import LayerJob
from layers.render.mapnik_library import mapnik
from layers.styles.model import Style

STORAGE_SRID = 32717
# Ecuador with Galápagos in EPSG:32717, generously: beyond it nothing is asked of the database.
EXTENT = "-1200000,9200000,2000000,10500000"


@dataclass(frozen=True, slots=True)
class Database:
    """The public lane's address in libpq's words."""

    host: str
    port: str
    dbname: str
    user: str
    password: str

    @classmethod
    def from_url(cls, url: str) -> "Database":
        """Reads `postgresql://user:password@host:port/name?host=/socket/folder&port=5432`."""
        parts = urlsplit(url)
        query = dict(parse_qsl(parts.query))
        return cls(
            host=query.get("host", parts.hostname or ""),
            port=query.get("port", str(parts.port or 5432)),
            dbname=unquote(parts.path.lstrip("/")),
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
        )


def subquery(job: LayerJob, style: Style) -> str:
    """The SELECT, as a table, that holds just what the style reads.

    The slug and the day were checked for their form in the job: letters, digits, hyphens.
    """
    layer = layer_named(job.name)
    columns = ", ".join(["geom", *sorted(style.field_names)])
    conditions = list(_conditions(layer, job))
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    view = layer.history_view if job.on else layer.view
    return f"(SELECT {columns} FROM {view}{where}) AS layer"  # noqa: S608


def _conditions(layer: PublishedLayer, job: LayerJob) -> list[str]:
    conditions = []
    if job.municipality:
        conditions.append(f"municipality = '{job.municipality}'")
    if job.on and layer.has_history:
        day = job.on.isoformat()
        conditions.append(f"valid_from <= '{day}' AND (valid_to IS NULL OR valid_to > '{day}')")
    return conditions


def datasource(job: LayerJob, style: Style, database: Database) -> "mapnik.Datasource":
    """Mapnik's reader. All share one connection: a render process does one thing at a time."""
    return mapnik.Datasource(
        type="postgis",
        host=database.host,
        port=database.port,
        dbname=database.dbname,
        user=database.user,
        password=database.password,
        connect_timeout=3,
        initial_size=1,
        max_size=1,
        table=subquery(job, style),
        geometry_field="geom",
        srid=STORAGE_SRID,
        extent=EXTENT,
        simplify_geometries=True,  # by a twentieth of a pixel: points on straight lines stay at home
    )
