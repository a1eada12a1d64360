"""Each paper, letter by letter: what pdftotext reads of it is in tests/golden/papers."""

import subprocess
from decimal import Decimal

import pytest
from shapely import LineString, Polygon, box

from cadastre.papers.appraisal import appraisal
from cadastre.papers.boundaries import BoundaryRun, azimuth, boundaries, boundary_text
from cadastre.papers.certificate import PropertyText
from cadastre.papers.holdings import holdings
from cadastre.papers.no_debt import no_debt
from cadastre.papers.plan import GroundDoesNotFit, plan
from cadastre.papers.planning_report import ZoneText, planning_report
from cadastre.papers.render import UnprintableText
from tests.cadastre.papers.heads import head

PREDIO = PropertyText(
    key="170350010100701400000000",
    number="1101",
    other_keys=("50-01-01-007-014",),
    parish="Machachi",
    block="50-01-01-007",
    address="Calle 10 de Agosto 226",
    ground="urbano",
    aliquot="",
    legal_area="400,00 m²",
    titled_area="372,60 m²",
    holders=(("Tipán Narváez Alonso", "1710034065", "dominio", "1/2"),),
)
RUNS = [
    BoundaryRun(side="norte", neighbour="Calle 10 de Agosto", length_m=20, azimuth_deg=90, start=1, end=2),
    BoundaryRun(side="este", neighbour="predio de clave 15", length_m=12.5, azimuth_deg=180, start=2, end=3),
    BoundaryRun(side="este", neighbour="predio de clave 16", length_m=7.5, azimuth_deg=180, start=3, end=4),
    BoundaryRun(side="sur", neighbour="predio de clave 12", length_m=20, azimuth_deg=270, start=4, end=5),
    BoundaryRun(side="oeste", neighbour="predio de clave 13", length_m=20, azimuth_deg=0, start=5, end=1),
]  # fmt: skip
LOT = Polygon(
    [(770_020, 9_943_000), (770_020, 9_943_020), (770_000, 9_943_020), (770_000, 9_943_000)]
)
CORNERS = [
    (1, 770_000.0, 9_943_020.0),
    (2, 770_020.0, 9_943_020.0),
    (3, 770_020.0, 9_943_007.5),
    (4, 770_020.0, 9_943_000.0),
    (5, 770_000.0, 9_943_000.0),
]


def the_plan(**changes) -> bytes:
    fields = {
        "predio": PREDIO,
        "geom": LOT,
        "corners": CORNERS,
        "runs": RUNS,
        "around": [("15", box(770_020, 9_943_007.5, 770_040, 9_943_020))],
        "roads": [("Calle 10 de Agosto", LineString([(769_900, 9_943_026), (770_100, 9_943_026)]))],
        "crs": "WGS 84 / UTM zona 17 Sur",
        "srid": 32717,
        "ellipsoidal_area": "399,60 m²",
    }
    return plan(head(signers=("Director", "Planificación")), **fields | changes)


ZONE = ZoneText(
    code="PIT-07",
    use="Residencial",
    classification="urbano consolidado",
    share="100 %",
    minimum_lot="200,00 m²",
    minimum_front="10 m",
    max_floors="3",
    ground_cover="60 %",
    total_cover="",
    setbacks="frontal 3 m",
)
PARTS = (("Valor del suelo", Decimal("62454.48")), ("Valor de la edificación", Decimal("2813.10")))
PAPERS = {
    "appraisal": lambda: appraisal(
        head(), predio=PREDIO, year=2026, parts=PARTS, total=Decimal("65267.58")
    ),
    "no_debt": lambda: no_debt(head(), predio=PREDIO),
    "holdings_none": lambda: holdings(head(), name="Rosa Quishpe", document="1710034065", rows=[]),
    "holdings_some": lambda: holdings(
        head(),
        name="Rosa Quishpe",
        document="1710034065",
        rows=[("170350010100701400000000", "Calle Bolívar", "dominio", "400,00 m²")] * 2,
    ),
    "planning_report": lambda: planning_report(
        head(),
        predio=PREDIO,
        soil="urbano",
        front="20 m",
        zones=[ZONE],
        risks="no registrado",
        ravine="no consta cerca",
    ),
    "boundaries": lambda: boundaries(
        head(), predio=PREDIO, runs=RUNS, crs="WGS 84 / UTM zona 17 Sur", perimeter_m=80
    ),
    "plan": the_plan,
}


def text_of(pdf: bytes) -> str:
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()


@pytest.mark.parametrize("name", sorted(PAPERS))
def test_each_paper_reads_as_accepted(name, golden):
    golden(f"papers/{name}.txt", text_of(PAPERS[name]()))


@pytest.mark.parametrize("name", sorted(PAPERS))
def test_the_same_data_give_the_same_bytes_and_a_pdf_for_archives(name):
    first = PAPERS[name]()
    assert first == PAPERS[name]()
    assert b"<pdfaid:part>2</pdfaid:part>" in first
    assert b"<pdfaid:conformance>U</pdfaid:conformance>" in first


def test_boundaries_as_a_notary_writes_them():
    assert boundary_text(RUNS) == (
        "Por el norte, con Calle 10 de Agosto, en 20,00 m; por el este, con predio de clave 15, en "
        "12,50 m y con predio de clave 16, en 7,50 m; por el sur, con predio de clave 12, en 20,00 "
        "m; por el oeste, con predio de clave 13, en 20,00 m."
    )
    assert [azimuth(a) for a in (0, 45.5, 359.999)] == ["000°00′", "045°30′", "000°00′"]


NASTY = [
    '#let x = 1; #panic("x") [b] *c* $x^2$ _d_ <e> @f `g` \\u{41}',
    "<script>alert(1)</script> &amp; <!-- x -->",
    "// no es comentario /* tampoco */",
    "= título - punto + uno",
    "\"comillas\" 'simples' -- --- ... ~",
    "{{ 7*7 }} ${7*7} %s %(x)s \\n",
    "=cmd|' /C calc'!A0",
    "Ñandú Ünï Kichwa ñukanchik Åsa",
    "שלום",
    "😀 Zoé",
    "#" * 200,
]


@pytest.mark.parametrize("name", NASTY)
def test_a_name_is_only_ever_text(name):
    pdf = holdings(head(), name=name, document="1710034065", rows=[])
    told = text_of(pdf)
    assert squeezed(name) in squeezed(told)


def squeezed(text: str) -> str:
    """Without blanks, line breaks and the marks of direction that pdftotext adds."""
    return "".join(
        s for s in text if not s.isspace() and s not in "\u200b\u202a\u202b\u202c\u200e\u200f"
    )


@pytest.mark.parametrize("name", ["a\x00b", "a\nb", "\u202eabc", "漢字", "a\x07"])
def test_what_cannot_be_printed_is_refused_in_words(name):
    with pytest.raises(UnprintableText):
        holdings(head(), name=name, document="1710034065", rows=[])


def test_a_plan_takes_the_larger_sheet_before_a_small_scale():
    field = box(770_000, 9_940_000, 770_400, 9_940_300)
    corners = [(n, x, y) for n, (x, y) in enumerate(field.exterior.coords[:-1], start=1)]
    told = text_of(the_plan(geom=field, corners=corners))
    assert "1:2 000" in told
    with pytest.raises(GroundDoesNotFit):
        the_plan(geom=box(0, 0, 90_000, 90_000), corners=[(1, 0.0, 0.0)])
