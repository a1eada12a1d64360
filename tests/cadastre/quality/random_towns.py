"""Small towns at random, with what goes wrong in drawings: for checks of all rules on the map at once.

Measures keep away from every tolerance, so that no answer hangs on the last bit of a coordinate.
"""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.gis.geos import GEOSGeometry
from hypothesis import assume
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon
from shapely.affinity import translate

from cadastre.models import Block, Neighbourhood, Parcel, PropertyUnit, RavineEdge, RiskArea
from tests import register
from tests.cadastre.quality.sound_town import SoundTown, drawn_off_grid, lines
from tests.shapes import bow_tie, multi, rectangle, square
from tests.strategies import on_paper

Ends = tuple[tuple[float, float], ...]
Ground = Polygon | MultiPolygon

WIDE_M, DEEP_M = 20, 15


@dataclass(frozen=True)
class RandomTown:
    """What is drawn: grounds and blocks with their code, buildings with the number of their ground (None: of none).

    `has_strays`: a predio without ground, a ground between the millimetres and a neighbourhood that crosses itself.
    """

    limit: Polygon
    grounds: list[tuple[str, Ground]] = field(default_factory=list)
    blocks: list[tuple[str, Polygon]] = field(default_factory=list)
    buildings: list[tuple[int | None, Polygon]] = field(default_factory=list)
    roads: list[tuple[int | None, Ends]] = field(default_factory=list)
    ravine_edges: list[Ends] = field(default_factory=list)
    risk_areas: list[tuple[str, Polygon]] = field(default_factory=list)
    has_strays: bool = False


_side = st.sampled_from([0.7, 1.3, 3.1, 8.3])
_wall = st.sampled_from([1.3, 3.1, 8.3])
_nudge = st.sampled_from([(0.5, 0), (0, -0.13), (0.007, 0), (-0.3, 0.3), (0, 0.9)])
_block = st.sampled_from(["M1", "M1", "M1", "M2", ""])
_along = st.integers(-2, 13).map(lambda n: n * 5)
_off = st.sampled_from([0, 0, 0, 0.5, -1.2])
_millimetres = st.integers(-3000, 3000)


@st.composite
def random_towns(draw: st.DrawFn) -> RandomTown:
    """Up to six lots side by side, each sound or with a flaw, and whatever else is drawn upon them."""
    columns, rows = draw(st.integers(1, 3)), draw(st.integers(1, 2))
    wide = columns * WIDE_M
    limit = draw(st.sampled_from([rectangle(-200, -200, 600, 600), rectangle(-9, -9, 40.3, 90)]))
    town = RandomTown(limit, has_strays=draw(st.booleans()))
    node = {
        (c, r): on_paper(
            c * WIDE_M * 1000 + draw(_millimetres), r * DEEP_M * 1000 + draw(_millimetres)
        )
        for c in range(columns + 1)
        for r in range(rows + 1)
    }
    for c in range(columns):
        for r in range(rows):
            lot = Polygon([node[c, r], node[c + 1, r], node[c + 1, r + 1], node[c, r + 1]])
            town.grounds.extend((draw(_block), shape) for shape in draw(_FLAWS)(draw, lot))
    for code in draw(st.lists(st.sampled_from(["M1", "M2"]), max_size=2, unique=True)):
        left, right = draw(st.sampled_from([(0, wide), (-4.4, wide + 4.4), (13.3, wide)]))
        town.blocks.append((code, rectangle(left, 0, right - left, rows * DEEP_M)))
    for _ in range(draw(st.integers(0, 3))):
        owner = draw(st.sampled_from([None, *range(len(town.grounds))]))
        x, y = draw(st.integers(-5000, wide * 1000)), draw(st.integers(-5000, 30_000))
        town.buildings.append((owner, rectangle(x / 1000, y / 1000, draw(_wall), draw(_wall))))
    widths = st.sampled_from([None, 3, 8])
    town.roads.extend((draw(widths), draw(_ways())) for _ in range(draw(st.integers(0, 3))))
    town.ravine_edges.extend(draw(_ways()) for _ in range(draw(st.integers(0, 1))))
    for level in draw(st.sampled_from([(), ("HIGH",), ("LOW", "HIGH")])):
        town.risk_areas.append((level, square(draw(_along) + 0.3, draw(_along) + 0.4, 12)))
    assume(all(shape.area > 1 and register.geos(shape).valid for _, shape in town.grounds))
    return town


@st.composite
def _ways(draw: st.DrawFn) -> Ends:
    """Two to four points on a coarse grid, so that lines run along each other, cross, and fall short."""
    corners = draw(
        st.lists(st.tuples(_along, _along, _off), min_size=2, max_size=4, unique_by=lambda p: p[:2])
    )
    return tuple((x + off, float(y)) for x, y, off in corners)


def _sound(_draw: st.DrawFn, lot: Polygon) -> list[Ground]:
    return [lot]


def _nothing(_draw: st.DrawFn, _lot: Polygon) -> list[Ground]:
    return []


def _shifted(draw: st.DrawFn, lot: Polygon) -> list[Ground]:
    return [translate(lot, *draw(_nudge))]


def _twins(_draw: st.DrawFn, lot: Polygon) -> list[Ground]:
    return [lot, lot]


def _with_a_corner_of_its_own(draw: st.DrawFn, lot: Polygon) -> list[Ground]:
    first, second, *others = list(lot.exterior.coords)[:-1]
    between = ((first[0] + second[0]) / 2, (first[1] + second[1]) / 2)
    aside = draw(st.sampled_from([0, 0.004, 0.05]))
    return [Polygon([first, (between[0], between[1] + aside), second, *others])]


def _with_a_short_edge(_draw: st.DrawFn, lot: Polygon) -> list[Ground]:
    first, *others = list(lot.exterior.coords)[:-1]
    return [Polygon([first, (first[0] + 0.005, first[1]), *others])]


def _with_a_spike(draw: st.DrawFn, lot: Polygon) -> list[Ground]:
    first, second, *others = list(lot.exterior.coords)[:-1]
    tip = (first[0] + draw(st.sampled_from([3, 30])), first[1] - 40)
    return [Polygon([first, tip, (first[0] + 0.2, first[1]), second, *others])]


def _narrow(draw: st.DrawFn, lot: Polygon) -> list[Ground]:
    x, y = lot.exterior.coords[0]
    width = draw(st.sampled_from([0.3, 0.7]))
    return [Polygon([(x, y), (x + 15, y), (x + 15, y + width), (x, y + width)])]


def _hollow(draw: st.DrawFn, lot: Polygon) -> list[Ground]:
    """With a hole; sometimes another ground fills it, or half of it."""
    side = draw(_side)
    middle = lot.centroid
    x, y = middle.x - side / 2, middle.y - side / 2
    hole = Polygon([(x, y), (x + side, y), (x + side, y + side), (x, y + side)])
    half = Polygon([(x, y), (x + side / 2, y), (x + side / 2, y + side), (x, y + side)])
    within = draw(st.sampled_from([[], [hole], [half]]))
    return [Polygon(lot.exterior.coords, [hole.exterior.coords]), *within]


def _in_two_parts(draw: st.DrawFn, lot: Polygon) -> list[Ground]:
    far = draw(st.sampled_from([-30, -90]))
    return [MultiPolygon([lot, square(far, far, draw(_side))])]


_FLAWS = st.sampled_from(
    [
        *[_sound] * 6,
        _nothing,
        _shifted,
        _shifted,
        _twins,
        _with_a_corner_of_its_own,
        _with_a_short_edge,
        _with_a_spike,
        _narrow,
        _hollow,
        _hollow,
        _in_two_parts,
    ]
)


def place(town: RandomTown) -> SoundTown:
    """The town in the register, as it is drawn; the laws that look at the end of the transaction are not asked."""
    municipality = register.town(geom=register.geos(town.limit))
    scene = SoundTown(municipality, register.operation(municipality), register.parish(municipality))
    since = scene.since
    parcels = [_ground(scene, code, shape) for code, shape in town.grounds]
    for code, shape in town.blocks:
        Block.objects.create(code=code, geom=register.geos(shape), **since)
    for owner, shape in town.buildings:
        parcel = (
            Parcel.objects.create(municipality=municipality) if owner is None else parcels[owner]
        )
        unit = PropertyUnit(parcel=parcel)
        scene.house(unit, shape)
    for width, ends in town.roads:
        scene.road(*ends, width_m=width)
    for ends in town.ravine_edges:
        RavineEdge.objects.create(geom=lines(*ends), **since)
    for level, shape in town.risk_areas:
        RiskArea.objects.create(hazard="x", level=level, geom=register.geos(shape), **since)
    if town.has_strays:
        _strays(scene)
    return scene


def _strays(scene: SoundTown) -> None:
    PropertyUnit.objects.create(municipality=scene.town, opened_by=scene.act)
    drawn_off_grid(scene)
    lace = GEOSGeometry(memoryview(multi(bow_tie(0, 300)).wkb), srid=32717)
    Neighbourhood.objects.create(name="El Lazo", geom=lace, **scene.since)


def _ground(scene: SoundTown, code: str, shape: Ground) -> Parcel:
    parcel: Any = register.place_parcel(scene.act, shape, block_code=code).parcel
    PropertyUnit.objects.create(municipality=scene.town, parcel=parcel, opened_by=scene.act)
    return parcel
