"""Any mixture of records ends admitted, observed or rejected, and meets the register again as itself."""

from datetime import date
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st
from shapely import to_wkb

from cadastre.imports.parcel_decisions import KnownParcel, Register, Status, decided, missing
from cadastre.imports.parcel_map import ParcelColumns
from cadastre.imports.parcel_records import JudgingRules, ParcelRecord, judged
from cadastre.imports.raw_layer import RawLayer, RawRecord
from tests.shapes import bow_tie, square

RULES = JudgingRules(
    srid=32717, legal_srid=32717, dpa_code="1703", columns=ParcelColumns(key="clave", id="id")
)
SHAPES = [
    None,
    to_wkb(bow_tie()),
    *(to_wkb(square(x * 25)) for x in range(3)),
    to_wkb(square(side_m=0.5)),
]
KEYS = ["", None, "1703500102030045", "17-03-50-01-02-030-045", "vieja 1", "1.7E+15", "P-1703-4"]


@st.composite
def layers(draw: st.DrawFn) -> RawLayer:
    records = []
    for position in range(1, draw(st.integers(0, 12)) + 1):
        shape = draw(st.sampled_from(SHAPES))
        attributes = {
            "clave": draw(st.sampled_from(KEYS)),
            "id": draw(st.sampled_from(["", "7", "8"])),
        }
        flaw = None if shape else ("no_geometry", "No hay.")
        records.append(RawRecord(position, attributes, shape=shape, flaw=flaw))
    return RawLayer(format="GPKG", layer="x", srid=32717, fields=["clave", "id"], records=records)


def as_known(record: ParcelRecord, number: int) -> KnownParcel:
    key = record.key.normalised if record.has_key else f"P1703{number + 100}"
    return KnownParcel(
        unit_id=uuid4(),
        parcel_id=uuid4(),
        version_id=number,
        external_id=record.external_id,
        number=None,
        is_observed=bool(record.observations),
        geom_hash=record.geom_hash,
        attributes=record.attributes,
        told={},
        valid_from=date(2026, 1, 1),
        keys=frozenset([key]),
        principal_key=key,
        has_provisional_key=not record.has_key,
        has_map=record.geom is not None,
    )


@given(layers())
def test_no_record_is_lost(layer: RawLayer) -> None:
    records, _ = judged(layer, RULES)
    decisions = decided(records, Register([]), with_id_field=True)
    assert len(decisions) == len(layer.records)
    rejected = [d for d in decisions if d.status is Status.REJECTED]
    observed = [d for d in decisions if d.is_observed]
    admitted = [d for d in decisions if d.status is not Status.REJECTED and not d.is_observed]
    assert len(layer.records) == len(admitted) + len(observed) + len(rejected)
    assert all(d.record.rejection for d in rejected)
    assert all(d.record.geom is not None for d in admitted)


@given(layers())
def test_no_key_is_used_twice(layer: RawLayer) -> None:
    records, _ = judged(layer, RULES)
    decisions = decided(records, Register([]), with_id_field=True)
    kept = [d.record for d in decisions if d.status is not Status.REJECTED]
    keys = [record.key.normalised for record in kept if record.has_key]
    ids = [record.external_id for record in kept if record.external_id]
    assert len(set(keys)) == len(keys)
    assert len(set(ids)) == len(ids)


@given(layers())
def test_the_same_file_again_changes_nothing(layer: RawLayer) -> None:
    records, _ = judged(layer, RULES)
    first = decided(records, Register([]), with_id_field=True)
    entered = [d.record for d in first if d.status is not Status.REJECTED]
    register = Register([as_known(record, n) for n, record in enumerate(entered, 1)])
    again = decided(records, register, with_id_field=True)
    assert {d.status for d in again} <= {Status.UNCHANGED, Status.REJECTED}
    assert [d.status is Status.REJECTED for d in again] == [
        d.status is Status.REJECTED for d in first
    ]
    assert missing(again, register) == []
