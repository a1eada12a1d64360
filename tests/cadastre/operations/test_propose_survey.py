"""A surveyor's plan becomes proposals; the register stays as it is.

   0    10   20        40
20 ┌────┬────┐    ┌────┐
   │ a  │ b  │    │ new│     lot 7 is the square 0..20, cut into a and b at x = 10
 0 └────┴────┘    └────┘     ground nobody has begins at x = 30
"""

import ezdxf
import pytest
from django.core.management import CommandError, call_command

from cadastre.imports.reading import read_file
from cadastre.models import ParcelVersion, Proposal
from tests import people, register, staff
from tests.cadastre.operations.ground_scenes import tolerance_ordinance, without_map
from tests.shapes import at, rectangle, square

KEY = "170350010100100100000000"
A, B = rectangle(0, 0, 10, 20), rectangle(10, 0, 10, 20)


@pytest.fixture
def town(db):
    built = register.town()
    act = register.operation(built)
    lot = register.predio(act, square(), KEY, number="7", titled_area_m2=400)
    register.holder(act, lot, "Tomás", people.TOMAS.cedula, share=1)
    tolerance_ordinance(built)
    staff.appoint(people.ROSA, "cadastre_technician", built)
    return built


def points(path, *lots):
    """Rows `lote;clave;punto;x;y` of each (lot, key, polygon)."""
    rows = ["lote;clave;punto;x;y"]
    for lot, key, shape in lots:
        for number, (x, y) in enumerate(shape.exterior.coords[:-1], 1):
            rows.append(f"{lot};{key};{number};{x:.3f};{y:.3f}")
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def plan(path, *lots):
    """A DXF whose closed polylines hold their key as text."""
    drawing = ezdxf.new()
    space = drawing.modelspace()
    for key, shape in lots:
        space.add_lwpolyline(list(shape.exterior.coords)[:-1], close=True)
        spot = shape.centroid
        space.add_text(key, height=0.5).set_placement((spot.x, spot.y))
    drawing.saveas(path)
    return path


def propose(path, folder, *options):
    call_command(
        "propose_survey", path, "--municipality", "mejia", "--by", people.ROSA.cedula,
        "--report", folder, *options,
    )  # fmt: skip


def told(folder):
    return (folder / "informe.txt").read_text(encoding="utf-8")


def test_polygons_that_cover_a_predio_are_a_split(town, tmp_path):
    sheet = points(tmp_path / "p.csv", ("a", KEY, A), ("b", KEY, B))
    before = ParcelVersion.objects.count()
    propose(sheet, tmp_path / "r", "--lot-field", "lote", "--commit")
    proposal = Proposal.objects.get()
    assert (proposal.verb, proposal.state) == ("split_parcel", "SUBMITTED")
    areas = sorted(s["legal_area_m2"] for s in proposal.preview["after"] if s["legal_area_m2"])
    assert [round(float(area)) for area in areas] == [200, 200]
    assert ParcelVersion.objects.count() == before
    assert "calza: Fraccionamiento o subdivisión 1, 2" in told(tmp_path / "r")


def test_a_drawing_with_the_key_inside(town, tmp_path):
    drawing = plan(tmp_path / "plano.dxf", (KEY, A), ("Sr. Caiza", B))
    propose(drawing, tmp_path / "r", "--commit")
    assert Proposal.objects.get().verb == "split_parcel"


def test_one_polygon_with_a_known_key_is_a_rectification(town, tmp_path):
    sheet = points(tmp_path / "p.csv", ("a", "7", rectangle(0, 0, 20, 20.1)))
    propose(sheet, tmp_path / "r", "--commit")
    proposal = Proposal.objects.get()
    assert proposal.verb == "rectify_area"
    assert proposal.place.ground.area == pytest.approx(402)


def test_one_polygon_with_the_key_of_a_predio_without_map_is_its_first_ground(town, tmp_path):
    key = "170350010100100300000000"
    without_map(register.operation(town), key, titled=100)
    drawing = plan(tmp_path / "plano.dxf", (key, rectangle(60, 0, 10, 10)))
    propose(drawing, tmp_path / "r", "--method", "TAPE", "--accuracy", "0.1", "--commit")
    proposal = Proposal.objects.get()
    assert (proposal.verb, proposal.inputs["survey"]["method"]) == ("map_parcel", "TAPE")
    assert [one["code"] for one in proposal.preview["obstacles"]] == ["sources_missing"]


def test_ground_that_nobody_has_is_registered(town, tmp_path):
    drawing = plan(tmp_path / "plano.dxf", ("170350010100100200000000", rectangle(30, 0, 10, 20)))
    propose(drawing, tmp_path / "r")
    assert "URBAN o RURAL" in told(tmp_path / "r")
    propose(drawing, tmp_path / "s", "--new-ground", "URBAN", "--commit")
    assert Proposal.objects.get().verb == "register_parcel"


def test_gaps_and_overlaps_are_told_with_their_place(town, tmp_path):
    gap = points(tmp_path / "g.csv", ("a", KEY, A), ("b", KEY, rectangle(11, 0, 9, 20)))
    propose(gap, tmp_path / "g", "--lot-field", "lote", "--commit")
    assert "1 huecos (20,00 m²)" in told(tmp_path / "g")
    over = points(tmp_path / "o.csv", ("a", KEY, A), ("b", KEY, rectangle(9, 0, 11, 20)))
    propose(over, tmp_path / "o", "--lot-field", "lote", "--commit")
    assert "1 sobreposiciones (20,00 m²)" in told(tmp_path / "o")
    assert not Proposal.objects.exists()


def test_what_does_not_fit_is_told_and_the_rest_is_proposed(town, tmp_path):
    """One polygon half on lot 7, one inside it without its key, one on free ground."""
    half = points(
        tmp_path / "p.csv",
        ("1", "x", rectangle(10, 0, 20, 20)),
        ("2", "170350010100100200000000", rectangle(40, 0, 5, 5)),
        ("3", "z", rectangle(0, 0, 5, 5)),
    )
    propose(half, tmp_path / "r", "--lot-field", "lote", "--new-ground", "RURAL")
    text = told(tmp_path / "r")
    assert f"{KEY} (50%)" in text
    assert "no lleva su clave" in text
    assert "2 que no calzan" in text
    assert not Proposal.objects.exists()


def test_the_same_plan_twice_proposes_once(town, tmp_path):
    sheet = points(tmp_path / "p.csv", ("a", KEY, A), ("b", KEY, B))
    propose(sheet, tmp_path / "r", "--lot-field", "lote", "--commit")
    propose(sheet, tmp_path / "s", "--lot-field", "lote", "--commit")
    assert Proposal.objects.count() == 1
    assert "Ya estaba propuesto." in told(tmp_path / "s")


def test_two_keys_in_one_polygon(town, tmp_path):
    drawing = ezdxf.new()
    space = drawing.modelspace()
    space.add_lwpolyline(list(A.exterior.coords)[:-1], close=True)
    space.add_text(KEY, height=0.5).set_placement(at(2, 2))
    space.add_text("170350010100100200000000", height=0.5).set_placement(at(2, 9))
    drawing.saveas(tmp_path / "dos.dxf")
    propose(tmp_path / "dos.dxf", tmp_path / "r")
    assert "dos claves" in told(tmp_path / "r")


def test_a_text_belongs_to_the_smallest_polygon_around_it(tmp_path):
    """An outline of 20 x 20 m drawn around lot a, which holds the text."""
    drawing = plan(tmp_path / "c.dxf", (KEY, A))
    outline = ezdxf.readfile(drawing)
    outline.modelspace().add_lwpolyline(list(square().exterior.coords)[:-1], close=True)
    outline.saveas(drawing)
    layer = read_file(drawing, table={"labels": True})
    assert [record.attributes["texto"] for record in layer.records] == [KEY, ""]
    assert "texto" not in read_file(drawing).fields  # names in a plan are asked for, never taken


def test_who_may(town, tmp_path):
    sheet = points(tmp_path / "p.csv", ("a", KEY, A), ("b", KEY, B))
    with pytest.raises(CommandError, match="--by"):
        call_command("propose_survey", sheet, "--municipality", "mejia", "--commit")
    staff.appoint(people.VERA, "auditor", town)
    with pytest.raises(CommandError, match="nombramiento"):
        call_command("propose_survey", sheet, "--municipality", "mejia", "--by", people.VERA.cedula)
    with pytest.raises(CommandError, match="columna"):
        propose(sheet, tmp_path / "r", "--key-field", "nada")
