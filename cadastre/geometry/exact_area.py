"""The measure of the area ledger: exact on the millimetre grid, so that sums can be compared with ``==``.

The plane is that of the storage CRS (EPSG:32717). Legal and ellipsoidal areas, which are rounded, are
computed elsewhere from the same vertices.
"""

from decimal import Decimal

from cadastre.geometry.grid_rings import Area, Parts, parts_of, twice_ring_area

_TWICE_MM2_PER_M2 = Decimal(2_000_000)


def twice_area_mm2(geom: Area) -> int:
    """Twice the area of a polygon on the grid, in mm², exact; holes are taken off."""
    return twice_area_of(parts_of(geom))


def area_m2(geom: Area) -> Decimal:
    """The exact area in m²; seven decimals always suffice."""
    return as_m2(twice_area_mm2(geom))


def as_m2(twice_mm2: int) -> Decimal:
    """Twice mm² (an area or a change of one) as exact m² with seven decimals."""
    return (Decimal(twice_mm2) / _TWICE_MM2_PER_M2).quantize(Decimal("0.0000001"))


def twice_area_of(parts: Parts) -> int:
    """The same for rings of whole millimetres."""
    return sum(
        abs(twice_ring_area(ring)) * (1 if number == 0 else -1)
        for part in parts
        for number, ring in enumerate(part)
    )
