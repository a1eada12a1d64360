"""A town's parcels come in: none is lost, nothing twice, and the laws hold afterwards."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import shapely

from cadastre.imports.heaps import HeapOfParcels
from cadastre.models import (
    ImportBatch,
    KeyAlias,
    Observation,
    Operation,
    Parcel,
    ParcelVersion,
    PropertyUnit,
    ToleratedOverlap,
)
from gis_project.core.areas import reprojected
from gis_project.core.crs import CrsNeedsConsent, CrsNotAccepted
from gis_project.core.errors import NotAllowed
from gis_project.territory.clock import today_in
from gis_project.territory.models import AuditEvent, Municipality, User
from tests.cadastre.operations.imports import take_in
from tests.register import parish, town
from tests.shapes import bow_tie, multi, square, strip

KEYS = ["1703500102030001", "1703500102030002", "1703500102030003"]


@pytest.fixture
def mejia(db: None) -> Municipality:
    municipality = town()
    parish(municipality)
    return municipality


def counts(report) -> tuple[int, int, int, int]:
    assert report.read == report.admitted + report.observed + report.rejected
    return report.read, report.admitted, report.observed, report.rejected


def current() -> list[ParcelVersion]:
    return list(ParcelVersion.objects.known().filter(valid__upper_inf=True).order_by("pk"))


def test_three_neighbours_enter_with_keys_areas_and_one_act(
    mejia: Municipality, tmp_path: Path
) -> None:
    """┌──┬──┬──┐"""
    report = take_in(mejia, tmp_path, strip(3), clave=KEYS)
    assert counts(report) == (3, 3, 0, 0)
    versions = current()
    assert [v.legal_area_m2 for v in versions] == [Decimal("400.0000")] * 3
    assert {v.block_code for v in versions} == {"50-01-02-030"}
    assert {v.parish.dpa_code for v in versions if v.parish} == {"170350"}
    assert {u.state for u in PropertyUnit.objects.all()} == {"ACTIVE"}
    assert set(KeyAlias.objects.values_list("scheme", "is_principal")) == {("NATIONAL", True)}
    act = Operation.objects.get()
    assert (act.verb, act.source and act.source.kind) == ("import_parcels", "MIGRATION")
    batch = ImportBatch.objects.get()
    assert (batch.read, batch.admitted, batch.operation_id) == (3, 3, act.pk)
    assert AuditEvent.objects.get().object_id == str(batch.pk)


def test_a_dry_run_tells_the_same_and_writes_nothing(mejia: Municipality, tmp_path: Path) -> None:
    shapes = [square(), square(10)]
    rehearsal = take_in(mejia, tmp_path, shapes, commit=False, clave=KEYS[:2])
    assert [Model.objects.count() for Model in (Parcel, Operation, ImportBatch, AuditEvent)] == [
        0
    ] * 4
    real = take_in(mejia, tmp_path, shapes, clave=KEYS[:2])
    assert counts(rehearsal) == counts(real)
    assert rehearsal.reasons == real.reasons


def test_the_same_file_again_writes_nothing_at_all(mejia: Municipality, tmp_path: Path) -> None:
    shapes = [square(), square(10), bow_tie(60), None, square(100), square(100)]
    keys = [*KEYS, "lote sin mapa", "", ""]
    first = take_in(mejia, tmp_path, shapes, clave=keys)
    models = (
        Parcel,
        ParcelVersion,
        PropertyUnit,
        KeyAlias,
        Observation,
        Operation,
        ImportBatch,
        AuditEvent,
    )
    before = [Model.objects.count() for Model in models]
    again = take_in(mejia, tmp_path, shapes, clave=keys, update=True)
    assert [Model.objects.count() for Model in models] == before
    assert again.statuses == {"UNCHANGED": 6}
    assert counts(again) == counts(first)


def test_a_predio_without_key_is_observed_under_a_provisional_key(
    mejia: Municipality, tmp_path: Path
) -> None:
    report = take_in(mejia, tmp_path, strip(2))
    assert counts(report) == (2, 0, 2, 0)
    assert list(KeyAlias.objects.order_by("pk").values_list("text", "scheme")) == [
        ("P-1703-1", "PROVISIONAL"),
        ("P-1703-2", "PROVISIONAL"),
    ]
    assert all(version.is_observed for version in current())
    take_in(mejia, tmp_path, [square(200)])
    assert KeyAlias.objects.filter(text="P-1703-3").exists()


def test_overlapping_predios_both_enter_observed_with_the_pair(
    mejia: Municipality, tmp_path: Path
) -> None:
    """
    ┌──┬─┬──┐   the middle strip of 10 × 20 m is common
    └──┴─┴──┘
    """
    report = take_in(mejia, tmp_path, [square(), square(10), square(100)], clave=KEYS)
    assert counts(report) == (3, 1, 2, 0)
    (pair,) = report.overlaps
    assert {pair.key, pair.other_key} == set(KEYS[:2])
    assert pair.area_m2 == 200
    assert pair.geom is not None
    assert pair.geom.area == pytest.approx(200)
    assert ToleratedOverlap.objects.get().area_m2 == 200
    assert [version.is_observed for version in current()] == [True, True, False]
    states = PropertyUnit.objects.order_by("keys__text").values_list("state", flat=True)
    assert list(states) == ["OBSERVED", "OBSERVED", "ACTIVE"]


def test_a_neighbour_that_was_there_becomes_observed_too(
    mejia: Municipality, tmp_path: Path
) -> None:
    take_in(mejia, tmp_path, [square()], clave=KEYS[:1])
    report = take_in(mejia, tmp_path, [square(10)], clave=KEYS[1:2])
    assert counts(report) == (1, 0, 1, 0)
    assert report.missing == KEYS[:1]
    assert [version.is_observed for version in current()] == [True, True]
    assert ParcelVersion.objects.count() == 3  # the neighbour's first version stays as it was known


def test_invalid_geometry_is_never_repaired(mejia: Municipality, tmp_path: Path) -> None:
    report = take_in(mejia, tmp_path, [bow_tie()], clave=KEYS[:1])
    assert counts(report) == (1, 0, 1, 0)
    (version,) = current()
    assert (version.geom, version.is_observed) == (None, True)
    (finding,) = report.observations
    assert (finding.code, finding.x, finding.y) == ("invalid_geometry", 774_010, 9_943_010)
    assert bytes.fromhex(finding.raw_hex) == shapely.to_wkb(bow_tie())
    assert finding.geom is not None


def test_the_second_use_of_a_key_goes_to_the_work_list(mejia: Municipality, tmp_path: Path) -> None:
    keys = [KEYS[0], "17.03.50.01.02.030.001", KEYS[1]]
    report = take_in(mejia, tmp_path, strip(3), clave=keys)
    assert counts(report) == (3, 2, 0, 1)
    (rejection,) = report.rejections
    assert (rejection.position, rejection.code) == (2, "repeated_key")


def test_a_key_of_another_form_is_kept_as_an_alias(mejia: Municipality, tmp_path: Path) -> None:
    report = take_in(mejia, tmp_path, strip(2), clave=["Mz. 4 lote 12", "17035001020300123"])
    assert counts(report) == (2, 2, 0, 0)
    found = dict(KeyAlias.objects.values_list("text", "normalised"))
    assert found["Mz. 4 lote 12"] == "MZ4LOTE12"
    assert set(KeyAlias.objects.values_list("scheme", flat=True)) == {"LEGACY"}


def test_what_changed_waits_for_update(mejia: Municipality, tmp_path: Path) -> None:
    fields = {"key": "clave", "address": "calle"}
    take_in(mejia, tmp_path, strip(3), clave=KEYS, calle=["A"] * 3, fields=fields)
    moved = [square(), multi(square(20), square(80)), square(200)]
    new = {"clave": [KEYS[0], KEYS[1], "1703500102030009"], "calle": ["B", "A", "A"]}
    report = take_in(mejia, tmp_path, moved, **new, fields=fields)
    assert report.statuses == {"CHANGED_ATTRIBUTES": 1, "CHANGED_GEOMETRY": 1, "NEW": 1}
    assert (report.written, report.missing) == (1, [KEYS[2]])
    assert ParcelVersion.objects.count() == 4
    report = take_in(mejia, tmp_path, moved, **new, fields=fields, update=True)
    assert report.written == 2
    assert [change[1:] for change in report.changes] == [
        (KEYS[0], "address, attributes"),
        (KEYS[1], "geometry, attributes")
        if len(report.changes[1][2]) > 8
        else (KEYS[1], "geometry"),
    ]
    assert PropertyUnit.objects.count() == 4  # the missing one stays


def test_a_change_leaves_what_was_in_force_before_it(mejia: Municipality, tmp_path: Path) -> None:
    """valid:  [2026-01-01 ── old ── 2026-06-01) [2026-06-01 ── new ──"""
    take_in(mejia, tmp_path, [square()], clave=KEYS[:1], valid_from=date(2026, 1, 1))
    later = {"update": True, "valid_from": date(2026, 6, 1)}
    take_in(mejia, tmp_path, [square(side_m=30)], clave=KEYS[:1], **later)
    areas = {
        day: ParcelVersion.objects.known().valid_on(day).get().legal_area_m2
        for day in (date(2026, 5, 31), date(2026, 6, 1))
    }
    assert list(areas.values()) == [400, 900]
    assert ParcelVersion.objects.count() == 3


def test_a_correction_replaces_it_from_the_beginning(mejia: Municipality, tmp_path: Path) -> None:
    take_in(mejia, tmp_path, [square()], clave=KEYS[:1], valid_from=date(2026, 1, 1))
    later = {"update": True, "is_correction": True, "valid_from": date(2026, 6, 1)}
    take_in(mejia, tmp_path, [square(side_m=30)], clave=KEYS[:1], **later)
    (version,) = ParcelVersion.objects.known()
    assert (version.legal_area_m2, version.valid.lower) == (900, date(2026, 1, 1))


def test_a_correction_moves_the_beginning_of_what_is_otherwise_unchanged(
    mejia: Municipality, tmp_path: Path
) -> None:
    take_in(mejia, tmp_path, strip(2), clave=KEYS[:2], valid_from=date(2026, 6, 1))
    take_in(mejia, tmp_path, [square(side_m=9)], clave=KEYS[:1], update=True)
    earlier = {"update": True, "is_correction": True, "valid_from": date(2020, 1, 1)}
    shapes = [square(side_m=9), strip(2)[1]]
    report = take_in(mejia, tmp_path, shapes, clave=KEYS[:2], **earlier)
    # The first has a past, which says since when it is there: its beginning stays.
    assert report.statuses == {"UNCHANGED": 1, "CHANGED_ATTRIBUTES": 1}
    known = ParcelVersion.objects.known()
    assert len(known) == 3
    assert min(version.valid.lower for version in known) == date(2020, 1, 1)
    assert known.valid_on(date(2020, 1, 1)).get().geom_hash == known.latest("pk").geom_hash
    begins = {key.text: key.valid.lower for key in KeyAlias.objects.known()}
    assert begins == {KEYS[0]: date(2026, 6, 1), KEYS[1]: date(2020, 1, 1)}
    assert KeyAlias.objects.filter(text=KEYS[1]).count() == 2
    again = take_in(mejia, tmp_path, shapes, clave=KEYS[:2], **earlier)
    assert again.statuses == {"UNCHANGED": 2}


def test_mending_an_overlap_frees_both(mejia: Municipality, tmp_path: Path) -> None:
    take_in(mejia, tmp_path, [square(), square(10)], clave=KEYS[:2])
    report = take_in(mejia, tmp_path, [square(), square(20)], clave=KEYS[:2], update=True)
    assert counts(report) == (
        2,
        1,
        1,
        0,
    )  # the untouched one counts as it stood when it was compared
    assert not ToleratedOverlap.objects.filter(resolved_by__isnull=True).exists()
    assert not Observation.objects.filter(resolved_by__isnull=True).exists()
    assert [version.is_observed for version in current()] == [False, False]
    assert set(PropertyUnit.objects.values_list("state", flat=True)) == {"ACTIVE"}


def test_an_overlap_that_grows_is_measured_anew(mejia: Municipality, tmp_path: Path) -> None:
    take_in(mejia, tmp_path, [square(), square(10)], clave=KEYS[:2])
    take_in(mejia, tmp_path, [square(), square(5)], clave=KEYS[:2], update=True)
    assert ToleratedOverlap.objects.get(resolved_by__isnull=True).area_m2 == 300
    assert [version.is_observed for version in current()] == [True, True]


def test_a_key_that_comes_later_replaces_the_provisional_one(
    mejia: Municipality, tmp_path: Path
) -> None:
    take_in(mejia, tmp_path, strip(2), nada=["x", "x"])
    report = take_in(mejia, tmp_path, strip(2), clave=KEYS[:2], update=True)
    assert report.statuses == {"CHANGED_ATTRIBUTES": 2}
    now = KeyAlias.objects.known().order_by("text")
    assert list(now.values_list("text", "is_principal")) == [
        (KEYS[0], True),
        (KEYS[1], True),
        ("P-1703-1", False),
        ("P-1703-2", False),
    ]
    assert set(PropertyUnit.objects.values_list("state", flat=True)) == {"ACTIVE"}


@pytest.mark.parametrize("is_correction", [False, True])
def test_a_replaced_key_stays_the_principal_one_of_the_past(
    mejia: Municipality, tmp_path: Path, is_correction: bool
) -> None:
    """keys:  [2026-03-01 ── P-1703-1 ── 2027-01-10) [2027-01-10 ── national ──"""
    take_in(mejia, tmp_path, [square()], nada=["x"], valid_from=date(2026, 3, 1))
    later = {"update": True, "valid_from": date(2027, 1, 10), "is_correction": is_correction}
    take_in(mejia, tmp_path, [square()], clave=KEYS[:1], **later)
    known = KeyAlias.objects.known()
    principal = {
        day: known.valid_on(day).get(is_principal=True).text
        for day in (date(2026, 3, 1), date(2026, 12, 31), date(2027, 1, 10))
    }
    before = KEYS[0] if is_correction else "P-1703-1"
    assert list(principal.values()) == [before, before, KEYS[0]]
    old = known.valid_on(date(2027, 1, 10)).get(text="P-1703-1")
    assert not old.is_principal


def test_the_origins_identifier_identifies(mejia: Municipality, tmp_path: Path) -> None:
    fields = {"id": "oid"}
    take_in(mejia, tmp_path, strip(2), oid=[7, 8], fields=fields)
    swapped = strip(2)[::-1]
    report = take_in(mejia, tmp_path, swapped, oid=[7, 8], fields=fields)
    assert report.statuses == {"CHANGED_GEOMETRY": 2}
    assert list(Parcel.objects.order_by("external_id").values_list("external_id", flat=True)) == [
        "7",
        "8",
    ]


def test_a_unit_of_a_condominium_needs_no_polygon(mejia: Municipality, tmp_path: Path) -> None:
    matrix = "170350010203000100000000"
    unit = "170350010203000100101001"
    fields = {"key": "clave"}
    report = take_in(mejia, tmp_path, [square(), None], clave=[matrix, unit], fields=fields)
    assert counts(report) == (2, 1, 1, 0)
    assert [finding.code for finding in report.observations] == ["no_aliquot"]
    again = take_in(mejia, tmp_path, [square(), None], clave=[matrix, unit], fields=fields)
    assert again.written == 0


def test_personal_columns_do_not_enter_with_the_ground(mejia: Municipality, tmp_path: Path) -> None:
    report = take_in(mejia, tmp_path, [square()], clave=KEYS[:1], propietario=["Inés Canario"])
    (version,) = current()
    assert "Inés" not in str(version.attributes)
    assert any("propietario" in notice for notice in report.notices)


@pytest.mark.parametrize(
    ("shapes", "told"),
    [
        ([square()] * 1_001, "se repite 1001 veces"),
        ([square(number / 1_000) for number in range(300)], "se enciman demasiado"),
    ],
)
def test_a_heap_of_polygons_is_refused_before_it_costs(
    mejia: Municipality, tmp_path: Path, shapes: list[shapely.Polygon], told: str
) -> None:
    with pytest.raises(HeapOfParcels, match=told):
        take_in(mejia, tmp_path, shapes)
    assert not Operation.objects.exists()


def test_outside_the_canton_is_only_a_warning(mejia: Municipality, tmp_path: Path) -> None:
    from cadastre.models.geometry_edge import to_geos

    mejia.geom = to_geos(square(-500, -500, 100))
    mejia.save()
    report = take_in(mejia, tmp_path, [square()], clave=KEYS[:1])
    assert counts(report) == (1, 1, 0, 0)
    assert any("fuera del límite del cantón" in notice for notice in report.notices)


def test_swapped_axes_are_observed_without_map(mejia: Municipality, tmp_path: Path) -> None:
    swapped = shapely.transform(square(), lambda xy: xy[:, ::-1])
    report = take_in(mejia, tmp_path, [swapped], clave=KEYS[:1])
    assert [finding.code for finding in report.observations] == ["out_of_bounds"]


def test_areas_are_those_of_the_legal_crs(db: None, tmp_path: Path) -> None:
    orellana = town("orellana", "2201", legal_srid=32718)
    (lot,) = reprojected(
        [shapely.box(290_000, 9_950_000, 290_100, 9_950_100)], from_srid=32718, to_srid=32717
    )
    report = take_in(orellana, tmp_path, [lot], kind="RURAL")
    assert report.legal_area_m2 == pytest.approx(Decimal(10_000), abs=Decimal("0.2"))
    assert current()[0].geom.area == pytest.approx(10_040, abs=15)


def test_psad56_needs_consent_and_tells_its_accuracy(mejia: Municipality, tmp_path: Path) -> None:
    with pytest.raises(CrsNeedsConsent, match="5 m"):
        take_in(mejia, tmp_path, [square()], crs="EPSG:24877")
    report = take_in(mejia, tmp_path, [square()], crs="EPSG:24877", psad56=True)
    assert report.accuracy_m == 5
    with pytest.raises(CrsNotAccepted, match="32717"):
        take_in(mejia, tmp_path, [square()], crs="EPSG:3116")


def test_a_person_without_the_capability_is_refused(mejia: Municipality, tmp_path: Path) -> None:
    stranger = User.objects.create_user(full_name="Bruno Jaramillo", email="bruno@ejemplo.test")
    with pytest.raises(NotAllowed):
        take_in(mejia, tmp_path, [square()], by=stranger)


def test_what_operations_create_may_still_not_overlap(mejia: Municipality, tmp_path: Path) -> None:
    """The settled import leaves no door open in the same session."""
    from django.db import IntegrityError

    from tests.register import operation, place_parcel

    take_in(mejia, tmp_path, [square()], clave=KEYS[:1])
    act = operation(mejia, valid_from=today_in(mejia) + timedelta(days=1))
    with pytest.raises(IntegrityError):  # the import has left the law immediate
        place_parcel(act, square(5), is_observed=False)
