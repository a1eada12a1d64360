"""The answer about one predio. What the reader may not see is left out, not empty."""

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema


class PlaceOut(Schema):
    slug: str = Field(examples=["mejia"])
    dpa_code: str = Field(examples=["1703"])
    name: str = Field(examples=["Mejía"])


class BuildingOut(Schema):
    floors: int | None = None
    structure: str | None = Field(None, examples=["CONCRETE"])
    use: str | None = None
    built_in: int | None = Field(None, description="año de construcción")


class ZoneOut(Schema):
    code: str = Field(examples=["U-03"])
    value: str = Field(description="valor del suelo según la ordenanza", examples=["35.0000"])
    unit: str = Field(description="USD/m2 o USD/ha", examples=["USD/m2"])


class ValueOut(Schema):
    year: int = Field(description="año de la emisión que lo fijó", examples=[2026])
    assessed_value: str = Field(description="avalúo en USD", examples=["79200.00"])


class HolderOut(Schema):
    full_name: str
    id_kind: str | None = None
    id_number: str | None = Field(None, description="completo o con sus últimas cifras")
    tenure: str | None = None
    share: str | None = Field(None, description="fracción exacta; vacío si no está determinada")


class FollowerOut(Schema):
    key: str
    page: str


class EndedOut(Schema):
    on: date = Field(description="el primer día en que ya no estuvo vigente")
    act: str = Field(examples=["split_parcel"])
    title: str = Field(examples=["Fraccionamiento o subdivisión"])
    became: list[FollowerOut] = Field(description="los predios vigentes sobre su terreno")


class ParcelOut(Schema):
    municipality: PlaceOut
    on: date = Field(description="la fecha a la que corresponden los datos")
    known: datetime | None = Field(None, description="el instante de «known», si se preguntó")
    key: str | None = Field(description="clave catastral de esa fecha")
    other_keys: list[str] = Field(description="claves anteriores y equivalentes")
    number: str | None = Field(None, description="número de predio", examples=["20401"])
    kind: str = Field(description="WHOLE o CONDOMINIUM (unidad en propiedad horizontal)")
    state: str = Field(description="ACTIVE, OBSERVED o RETIRED")
    aliquot: str | None = Field(description="alícuota de la unidad en propiedad horizontal")
    ground: str | None = Field(description="URBAN o RURAL")
    parish: str | None = None
    block: str | None = None
    land_use: str | None = None
    address: str | None = None
    legal_crs: str = Field(description="el CRS del área legal", examples=["EPSG:32717"])
    legal_area_m2: str | None = Field(None, examples=["720.0000"])
    ellipsoidal_area_m2: str | None = None
    titled_area_m2: str | None = Field(None, description="según escritura")
    is_observed: bool
    observations: list[str] | None = None
    zone: ZoneOut | None = None
    buildings: list[BuildingOut]
    valid_from: date | None
    recorded_at: datetime | None = Field(description="cuándo lo supo el catastro")
    ended: EndedOut | None = Field(None, description="solo de un predio dado de baja")
    value: ValueOut | None = None
    holders: list[HolderOut] | None = None
    page: str = Field(description="la página del predio")
    feature: str | None = Field(None, description="el mismo terreno en OGC API Features")
    crs: str = Field(description="el de geometry", examples=["EPSG:4326"])
    geometry: dict[str, Any] | None = Field(
        None, description="MultiPolygon de GeoJSON; en 4326, longitud antes que latitud"
    )


PARCEL_EXAMPLE = {
    "municipality": {"slug": "mejia", "dpa_code": "1703", "name": "Mejía"},
    "on": "2026-11-22",
    "key": "170350010200300100000000",
    "other_keys": ["0102003001"],
    "number": "20401",
    "kind": "WHOLE",
    "state": "ACTIVE",
    "aliquot": None,
    "ground": "URBAN",
    "parish": "Machachi",
    "block": "003",
    "land_use": "RESIDENTIAL",
    "address": "Av. Amazonas N3-40 y Cristóbal Colón",
    "legal_crs": "EPSG:32717",
    "legal_area_m2": "720.0000",
    "ellipsoidal_area_m2": "719.2400",
    "is_observed": False,
    "zone": {"code": "U-03", "value": "35.0000", "unit": "USD/m2"},
    "buildings": [{"floors": 2, "structure": "CONCRETE", "use": "HOUSING", "built_in": 2014}],
    "valid_from": "2020-01-01",
    "recorded_at": "2026-11-22T12:00:00Z",
    "value": {"year": 2026, "assessed_value": "79200.00"},
    "page": "https://catastro.ejemplo.gob.ec/mejia/p/170350010200300100000000",
    "crs": "EPSG:4326",
    "geometry": {
        "type": "MultiPolygon",
        "coordinates": [
            [
                [
                    [-78.5670001, -0.5108001],
                    [-78.5667846, -0.5108001],
                    [-78.5667846, -0.5105288],
                    [-78.5670001, -0.5105288],
                    [-78.5670001, -0.5108001],
                ]
            ]
        ],
    },
}
