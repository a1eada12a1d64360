"""A parcel's outline as a small drawing with numbered corner marks, and its sides as a table.

Pure: rings of (easting, northing) in metres go in, strings ready for SVG and numbers come out. The drawing is for
the eye, the table says the same in words; both number the corners alike, from the north-west corner, clockwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, degrees, hypot

Point = tuple[float, float]

WIDTH, HEIGHT, MARGIN = 100.0, 70.0, 8.0
LABELLED_AT_MOST = 40
LABEL_OFFSET = 4.2


@dataclass(frozen=True, slots=True)
class Mark:
    """A corner: its number, where it is drawn and, on small parcels, where its number stands."""

    number: int
    x: str
    y: str
    label_x: str
    label_y: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """Path and marks in a 100 × 70 box with north up; `metres_across` is what the box's width spans."""

    path: str
    marks: tuple[Mark, ...]
    is_labelled: bool
    metres_across: float


@dataclass(frozen=True, slots=True)
class Side:
    """From corner to corner: length in metres and azimuth in degrees from grid north, of the plane given."""

    start: int
    end: int
    easting: float
    northing: float
    length_m: float
    azimuth_deg: float


def sketch_of(rings: Sequence[Sequence[Point]]) -> Sketch:
    """The drawing of one parcel's rings (closed or open); its first ring is the one that is numbered first."""
    numbered = [clockwise_from_north_west(ring) for ring in rings]
    xs = [x for ring in numbered for x, _ in ring]
    ys = [y for ring in numbered for _, y in ring]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    scale = min(
        (WIDTH - 2 * MARGIN) / max(width, 0.001), (HEIGHT - 2 * MARGIN) / max(height, 0.001)
    )
    left, top = (WIDTH - width * scale) / 2, (HEIGHT - height * scale) / 2

    def place(point: Point) -> Point:
        return left + (point[0] - min(xs)) * scale, top + (max(ys) - point[1]) * scale

    placed = [[place(point) for point in ring] for ring in numbered]
    path = " ".join("M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in ring) + "Z" for ring in placed)
    count = sum(len(ring) for ring in placed)
    return Sketch(path, tuple(_marks(placed)), count <= LABELLED_AT_MOST, WIDTH / scale)


def sides_of(rings: Sequence[Sequence[Point]]) -> list[Side]:
    """The sides of all rings in the numbering of ``sketch_of``."""
    sides, first = [], 1
    for ring in map(clockwise_from_north_west, rings):
        for index, (x, y) in enumerate(ring):
            following = (index + 1) % len(ring)
            dx, dy = ring[following][0] - x, ring[following][1] - y
            azimuth = degrees(atan2(dx, dy)) % 360
            sides.append(Side(first + index, first + following, x, y, hypot(dx, dy), azimuth))
        first += len(ring)
    return sides


def clockwise_from_north_west(ring: Sequence[Point]) -> list[Point]:
    """The ring's corners without the closing repeat, clockwise, starting at its north-west corner."""
    corners = [(point[0], point[1]) for point in ring]
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    following = [*corners[1:], corners[0]]
    doubled_area = sum(x * v - u * y for (x, y), (u, v) in zip(corners, following, strict=True))
    if doubled_area > 0:
        corners.reverse()
    start = min(range(len(corners)), key=lambda index: corners[index][0] - corners[index][1])
    return corners[start:] + corners[:start]


def _marks(placed: list[list[Point]]) -> list[Mark]:
    marks: list[Mark] = []
    for ring in placed:
        for index, (x, y) in enumerate(ring):
            out_x, out_y = _outward(ring[index - 1], (x, y), ring[(index + 1) % len(ring)])
            label = x + LABEL_OFFSET * out_x, y + LABEL_OFFSET * out_y
            texts = [f"{value:.2f}" for value in (x, y, *label)]
            marks.append(Mark(len(marks) + 1, *texts))
    return marks


def _outward(before: Point, corner: Point, after: Point) -> Point:
    """The unit vector away from the ground at a corner: the sum of both sides' outer normals.

    Rings run clockwise and the drawing's y points down, so a side (dx, dy) has (dy, -dx) outside.
    """
    normals = []
    for (x, y), (u, v) in ((before, corner), (corner, after)):
        length = hypot(u - x, v - y) or 1.0
        normals.append(((v - y) / length, (x - u) / length))
    x, y = normals[0][0] + normals[1][0], normals[0][1] + normals[1][1]
    length = hypot(x, y)
    return (x / length, y / length) if length > 1e-6 else normals[0]
