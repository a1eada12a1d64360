"""The answer about a lineage. Exact areas as text, in m² of EPSG:32717; nobody's name is in it."""

from datetime import date, datetime

from ninja import Field, Schema


class NodeOut(Schema):
    parcel: str = Field(description="identificador permanente del terreno")
    unit: str | None = Field(description="identificador permanente del predio")
    key: str | None = Field(description="la última clave que llevó hasta esa fecha")
    keys: list[str] = Field(description="todas las que llevó, en orden")
    area_m2: str | None = Field(
        description="exacta, sobre la cuadrícula de 1 mm", examples=["400.0000000"]
    )
    valid_from: date | None
    valid_to: date | None = Field(description="el primer día en que ya no estuvo vigente")
    state: str = Field(description="ACTIVE, OBSERVED o RETIRED, en esa fecha")
    ended_by: str | None = Field(description="el acto que lo dio de baja")
    generation: int = Field(description="−1 de donde vino, 1 lo que salió de él, y así")
    goes_on: bool = Field(description="tiene más filiación que la que cabe en esta respuesta")
    page: str | None


class EdgeOut(Schema):
    parent: str
    child: str
    act: str


class DocumentOut(Schema):
    kind: str = Field(examples=["INSCRIPTION"])
    title: str = Field(examples=["inscripción en el registro de la propiedad"])
    number: str
    issued_on: date | None


class LedgerLineOut(Schema):
    parcel: str | None
    key: str | None
    kind: str = Field(examples=["CLOSED"])
    title: str = Field(examples=["terreno que se cierra"])
    area_m2: str = Field(examples=["-400.0000000"])


class ActOut(Schema):
    id: str
    verb: str = Field(examples=["split_parcel"])
    title: str = Field(examples=["Fraccionamiento o subdivisión"])
    valid_from: date
    recorded_at: datetime
    documents: list[DocumentOut]
    ledger: list[LedgerLineOut]
    ledger_sum_m2: str = Field(description="siempre cero", examples=["0.0000000"])


class LineageOut(Schema):
    municipality: str
    on: date
    known: datetime | None
    subject: str = Field(description="el terreno por el que se preguntó")
    key: str | None
    is_whole: bool = Field(
        description="falso si la filiación sigue más allá de los límites; vea «goes_on»"
    )
    generations_at_most: int
    nodes_at_most: int
    nodes: list[NodeOut]
    edges: list[EdgeOut]
    acts: list[ActOut]


LINEAGE_EXAMPLE = {
    "municipality": "mejia",
    "on": "2026-11-22",
    "known": None,
    "subject": "5b1c64f2-6d67-4a6b-9c0d-2f7c1f3c8a10",
    "key": "170350010100100100000000",
    "is_whole": True,
    "generations_at_most": 12,
    "nodes_at_most": 80,
    "nodes": [
        {
            "parcel": "5b1c64f2-6d67-4a6b-9c0d-2f7c1f3c8a10",
            "unit": "0e0a4a52-91a5-4f6e-8f50-3f6de1b0c8d1",
            "key": "170350010100100100000000",
            "keys": ["170350010100100100000000"],
            "area_m2": "400.0000000",
            "valid_from": "2020-01-01",
            "valid_to": None,
            "state": "ACTIVE",
            "ended_by": None,
            "generation": 0,
            "goes_on": False,
            "page": "https://catastro.ejemplo.gob.ec/mejia/p/170350010100100100000000/history",
        }
    ],
    "edges": [],
    "acts": [],
}
