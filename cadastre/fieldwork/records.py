"""The tables of a package, the register's or a return's, as one record for each predio and building.

Rows that belong to a record (crops, floors, photographs …) become a list among its values, so that all three
are told and compared in the same words.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cadastre.fieldwork.field_layer import IDENTITY, Column, FieldLayer, Shape
from cadastre.fieldwork.field_values import canonical, canonical_row
from cadastre.imports.plain_values import as_text
from gis_project.core.canonical import sha256_hex

GEOMETRY = "geom"
Tables = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """``values`` are canonical, what is not answered is left out; ``geom`` is WKB in hexadecimal or nothing."""

    layer: str
    uuid: str
    values: Mapping[str, Any]
    geom: str | None = None


@dataclass(frozen=True, slots=True)
class Stray:
    """A row that belongs to no record, as it came."""

    layer: str
    uuid: str
    values: Mapping[str, Any]

    def fingerprint(self) -> str:
        """The same row has the same one, however often it comes."""
        return sha256_hex([self.layer, self.uuid, dict(self.values)])


def records_of(
    layers: Sequence[FieldLayer], tables: Tables
) -> tuple[dict[tuple[str, str], Record], list[Stray]]:
    """The records by layer and identity, and the rows whose owner is not there."""
    found: dict[tuple[str, str], Record] = {}
    rows: dict[tuple[str, str], dict[str, list[dict[str, Any]]]] = defaultdict(dict)
    strays: list[Stray] = []
    holders = [layer for layer in layers if layer.is_work and not layer.rows_of]
    known = {layer.name: dict(_identified(tables.get(layer.name, ()))) for layer in holders}
    for layer in layers:
        if not layer.rows_of:
            continue
        for uuid, row in _identified(tables.get(layer.name, ())):
            owner = row.get(layer.owner)
            place = _owner_of(layer, owner, known)
            told = canonical_row(_told_columns(layer), row)
            if place is None:
                strays.append(Stray(layer.name, uuid, told | {layer.owner: as_text(owner)}))
            elif told:
                rows[place].setdefault(layer.rows_of, []).append(told)
    for layer in holders:
        for uuid, row in known[layer.name].items():
            values = {
                column.name: canonical(column, row.get(column.name))
                for column in layer.columns
                if not column.is_identity
            }
            values |= rows.get((layer.name, uuid), {})
            geom = row.get(GEOMETRY) if layer.shape is not Shape.NONE else None
            found[layer.name, uuid] = Record(
                layer=layer.name,
                uuid=uuid,
                values={name: value for name, value in values.items() if value is not None},
                geom=_hex(geom),
            )
    return found, strays


def _identified(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each row with its identity; of rows that bear the same one, copies, only the first keeps it."""
    seen: set[str] = set()
    for row in sorted(rows, key=lambda row: _number(row.get("fid"))):
        uuid = str(row.get(IDENTITY) or "")[:60]
        if not uuid or uuid in seen:
            uuid = f"{uuid}#{row.get('fid')}"
        seen.add(uuid)
        yield uuid, row


def _number(fid: Any) -> int:
    return int(fid) if str(fid).lstrip("-").isdigit() else 0


def _owner_of(
    layer: FieldLayer, owner: Any, known: Mapping[str, Mapping[str, Any]]
) -> tuple[str, str] | None:
    """Rows of a predio may be a condominium unit's too: both are predios."""
    names = [layer.parent] if layer.parent == "buildings" else ["parcels", "condominium_units"]
    return next(((name, str(owner)) for name in names if str(owner) in known[name]), None)


def _told_columns(layer: FieldLayer) -> dict[str, Column]:
    return {
        column.name: column
        for column in layer.columns
        if not column.is_identity and not column.is_file and column.name != layer.owner
    }


def _hex(geom: Any) -> str | None:
    if not geom:
        return None
    return geom if isinstance(geom, str) else bytes(geom).hex()
