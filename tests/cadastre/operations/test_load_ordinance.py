"""An ordinance enters whole or not at all, once, and makes room for itself only when asked."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from cadastre.imports.raw_layer import RawLayer, RawRecord
from cadastre.imports.value_zones import ZoneColumns
from cadastre.models import BuildingCost, BuildingVersion, LandValueZone, Operation
from cadastre.operations.approve_ordinance import (
    NoSuchDraft,
    NotTheDraft,
    approve_ordinance,
    draft_of,
)
from cadastre.operations.decide_proposal import SamePerson
from cadastre.operations.emit_tax_roll import emit_tax_roll
from cadastre.operations.import_act import SourceFile
from cadastre.operations.import_parcels import CrsContradicts, CrsMissing
from cadastre.operations.judge_ordinance import OrdinanceIncomplete, ZonesAsked
from cadastre.operations.load_ordinance import OrdinanceDiffers, ZonesOverlap, load_ordinance
from cadastre.operations.replace_ordinance import OrdinanceInTheWay
from cadastre.queries.ordinances import NoOrdinance, ordinance_in_force
from cadastre.taxation.accumulation import RateOutsideLaw
from cadastre.valuation.facts import UnitKind
from cadastre.valuation.ordinance import InvalidOrdinance
from gis_project.core.crs import CrsNotAccepted
from gis_project.core.errors import NotAllowed
from gis_project.territory.models import AuditEvent, Membership, Ordinance, Role
from gis_project.territory.policy import CONSOLE
from tests import people, register, staff
from tests.cadastre.imports.ordinance_text import ordinance
from tests.cadastre.operations.value_map import R1, Z1, Z2
from tests.shapes import rectangle

pytestmark = pytest.mark.django_db
SHA = "0" * 64
MIGRATED = ("use_migrated_values = false", "use_migrated_values = true")
DEARER = ('amount = "2.00"', 'amount = "3.00"')


def since(day: str) -> tuple[str, str]:
    return ("valid_from = 2026-01-01", f"valid_from = {day}")


def drawn(*zones, srid=32717, crs=None):
    records = [
        RawRecord(n, {"codigo": code, "valor": value, "clase": kind}, shape=shape.wkb)
        for n, (code, value, kind, shape) in enumerate(zones or (Z1, Z2, R1), 1)
    ]
    fields = ["codigo", "valor", "clase"]
    layer = RawLayer(format="GPKG", layer="zonas", srid=srid, fields=fields, records=records)
    columns = ZoneColumns(code="codigo", value="valor", kind="clase")
    source = SourceFile("zonas.gpkg", SHA)
    return ZonesAsked(layer=layer, source=source, columns=columns, srid=crs)


def load(
    town, *changes, number="001-2025", zones="drawn", commit=True, by=CONSOLE, replaces=None, **more
):
    """Drafted and approved at the console in one act, unless ``more`` says otherwise."""
    return load_ordinance(
        file=ordinance(*changes, number=number),
        source=SourceFile("ordenanza.toml", SHA),
        zones=drawn() if zones == "drawn" else zones,
        municipality=town,
        by=by,
        commit=commit,
        replaces_from=replaces,
        **({"approved_by": CONSOLE} | more),
    )


@pytest.fixture
def town():
    return register.town()


@pytest.fixture
def lots(town):
    """One lot in Z1, one outside every zone, one on the line between Z1 and Z2; all of Rosa's."""
    act = register.operation(town)
    units = [
        register.predio(act, rectangle(x, 0, 20, 20), f"17035001020300{n:02}00000000")
        for n, x in enumerate((0, 300, 70), start=1)
    ]
    for unit in units:
        register.holder(act, unit, "Rosa Quishpe", "", share=Fraction(1))
    return units


def test_a_dry_run_writes_nothing_and_tells_the_same_hash(town):
    tried = load(town, commit=False)
    assert not Ordinance.objects.exists()
    assert not Operation.objects.exists()
    assert not AuditEvent.objects.exists()
    assert load(town).content_hash == tried.content_hash


def test_one_act_writes_ordinance_zones_costs_and_its_trail(town):
    report = load(town)
    saved = ordinance_in_force(municipality=town, year=2026)
    assert saved == report.ordinance
    assert (saved.is_sample, saved.state) == (False, "APPROVED")
    zones = LandValueZone.objects.known().filter(ordinance=saved).order_by("code")
    assert [(z.code, z.kind, z.value) for z in zones] == [
        ("R1", "RURAL", 8000),
        ("Z1", "URBAN", 100),
        ("Z2", "URBAN", 60),
    ]
    assert zones[0].valid == DateRange(date(2026, 1, 1), None)
    assert BuildingCost.objects.filter(ordinance=saved).count() == 2
    act = Operation.objects.get()
    assert (act.verb, act.source.number, act.valid_from) == (
        "load_ordinance",
        "001-2025",
        date(2026, 1, 1),
    )
    assert report.content_hash in AuditEvent.objects.get(action="load_ordinance").body


def test_the_same_file_again_changes_nothing(town):
    first, second = load(town), load(town, zones=drawn(R1, Z2, Z1))
    assert (first.is_new, second.is_new) == (True, False)
    assert second.ordinance == first.ordinance
    assert Operation.objects.count() == 1


def test_predios_without_value_are_counted_by_reason(town, lots):
    report = load(town)
    assert report.coverage.valued == 2
    assert report.coverage.unvalued == {"ZONE": ["170350010203000200000000"]}
    [between] = [told for told in report.notices if "línea entre dos valores" in told]
    assert "170350010203000300000000" in between


def test_structures_without_cost_are_named(town, lots):
    BuildingVersion.objects.create(
        municipality=town,
        parcel_id=lots[0].parcel_id,
        floor_area_m2=Decimal(50),
        structure="STEEL",
        built_in=2010,
        valid=register.EVER_SINCE,
        recorded=DateTimeTZRange(datetime.now(UTC), None),
        opened_by=lots[0].opened_by,
    )
    report = load(town)
    assert report.coverage.unvalued["BUILDING_COST"] == ["170350010203000100000000"]
    assert "Estructuras del catastro sin fila [[building_cost]]: STEEL." in report.notices


def test_zones_of_equal_value_may_overlap_and_are_told(town):
    other = ("Z9", 100.0, "urbana", rectangle(60, 0, 40, 20))
    [notice] = load(town, zones=drawn(Z1, other)).notices
    assert "Z1 y Z9: 400,00 m²" in notice


def test_urban_and_rural_zones_may_share_ground(town):
    rural = ("R9", 9000.0, "rural", rectangle(0, 0, 200, 100))
    assert load(town, zones=drawn(Z1, rural)).notices == []


def test_a_sliver_thinner_than_a_centimetre_is_no_overlap(town):
    sliver = ("Z9", 60.0, "urbana", rectangle(79.995, 0, 40, 20))
    assert load(town, zones=drawn(Z1, sliver)).is_new


def test_migrated_values_need_no_zones(town):
    assert load(town, MIGRATED, zones=None).is_new


VALUE_ROW = ("# [[land_value]]", '[[land_value]]\ncode="Z1"\nkind="URBAN"\nvalue="100"\n#')


@pytest.mark.parametrize(
    ("changes", "zones", "error", "told"),
    [
        ((), drawn(Z1, ("Z9", 50.0, "urbana", rectangle(60, 0, 40, 20))), ZonesOverlap,
         r"1 pares .*\n  Z1 y Z9: 400,00 m², en X="),
        ((), drawn(srid=None), CrsMissing, "--crs 32717"),
        ((), drawn(crs=32718), CrsContradicts, "EPSG:32717 y usted EPSG:32718"),
        ((), drawn(srid=3857), CrsNotAccepted, "3857"),
        ((), None, OrdinanceIncomplete, r"use_migrated_values: es false y no hay zonas"),
        ((MIGRATED, VALUE_ROW), None, OrdinanceIncomplete, "land_value, fila 1: .* sin plano"),
        ((since("2026-01-02"), ("# valid_until = 2027", "valid_until = 2026")), drawn(),
         OrdinanceIncomplete, "línea .*, valid_until: .* ningún 1 de enero"),
        ((('"1.40"', '"5.01"'),), drawn(), RateOutsideLaw,
         r"línea \d+, parameters, urban_rates: .*5.01 ‰\) sale de la banda"),
        ((('"0.75"', '"3.1"'),), drawn(), RateOutsideLaw, r"rural_rates: .*0.25 a 3 ‰"),
        ((('"0.75"', '"0.2"'),), drawn(), RateOutsideLaw, r"rural_rates"),
        ((('"1.40"', '"0.10"'),), drawn(), InvalidOrdinance, "urban_rates: .* no puede bajar"),
        ((('from = "50000", ', 'from = "200000",'),), drawn(), InvalidOrdinance,
         "urban_rates: .* orden creciente"),
    ],
)  # fmt: skip
def test_what_an_emission_would_refuse_is_refused_now(town, changes, zones, error, told):
    with pytest.raises(error, match=told):
        load(town, *changes, zones=zones)
    assert not Ordinance.objects.exists()
    assert not LandValueZone.objects.exists()


def test_the_template_can_be_tried_but_not_written(town):
    tried = load(town, number="PLANTILLA-000", commit=False)
    assert "el de la plantilla" in tried.notices[0]
    with pytest.raises(OrdinanceIncomplete, match="línea 10, number: sigue siendo"):
        load(town, number="PLANTILLA-000")


class TestAnotherOrdinanceRules:
    @pytest.fixture
    def old(self, town):
        return load(town, since("2024-01-01"), number="000-2023").ordinance

    def test_it_is_named_with_the_way_to_end_it(self, town, old):
        told = (
            r"la ordenanza 000-2023 .*desde 2024-01-01 sin fecha final.*--replaces-from 2026-01-01"
        )
        with pytest.raises(OrdinanceInTheWay, match=told):
            load(town)

    def test_it_ends_where_the_new_one_begins_and_its_zones_with_it(self, town, old):
        report = load(town, replaces=date(2026, 1, 1))
        assert report.replaced == ["La ordenanza 000-2023 deja de regir el 2026-01-01."]
        assert ordinance_in_force(municipality=town, year=2025) == old
        assert ordinance_in_force(municipality=town, year=2026) == report.ordinance
        zones = LandValueZone.objects.filter(ordinance=old)
        assert {z.valid.upper for z in zones.known()} == {date(2026, 1, 1)}
        assert zones.count() == 6
        assert zones.known().count() == zones.values("feature_id").distinct().count() == 3
        past = zones.filter(recorded__upper_inf=False)
        assert {z.closed_by.source.number for z in past} == {"001-2025"}

    def test_a_second_load_after_that_changes_nothing_on_either_side(self, town, old):
        load(town, replaces=date(2026, 1, 1))
        assert not load(town).is_new
        assert not load(town, since("2024-01-01"), number="000-2023").is_new

    def test_a_dry_run_leaves_it_in_force(self, town, old):
        load(town, replaces=date(2026, 1, 1), commit=False)
        old.refresh_from_db()
        assert old.valid.upper is None

    def test_no_day_stays_without_ordinance(self, town, old):
        with pytest.raises(OrdinanceInTheWay, match="primer día de la nueva, 2026-01-01"):
            load(town, replaces=date(2025, 1, 1))

    def test_what_was_emitted_with_it_keeps_its_ordinance(self, town, old, lots):
        emit_tax_roll(municipality=town, year=2026, kind=UnitKind.URBAN, by=CONSOLE)
        with pytest.raises(OrdinanceInTheWay, match="ya se emitió el año 2026"):
            load(town, replaces=date(2026, 1, 1))
        assert load(town, since("2027-01-01"), replaces=date(2027, 1, 1)).is_new

    def test_a_later_one_is_not_swept_away(self, town, old):
        with pytest.raises(OrdinanceInTheWay, match="empieza después: ponga valid_until"):
            load(town, since("2023-01-01"), replaces=date(2023, 1, 1))

    def test_the_number_cannot_say_two_things(self, town, old):
        with pytest.raises(OrdinanceDiffers, match="--replaces-from 2024-01-01"):
            load(town, since("2024-01-01"), DEARER, number="000-2023")
        with pytest.raises(OrdinanceInTheWay, match="mismo número y otro contenido"):
            load(town, DEARER, number="000-2023", replaces=date(2026, 1, 1))

    def test_a_load_by_mistake_is_withdrawn_while_nothing_was_emitted(self, town, old):
        right = load(
            town, since("2024-01-01"), DEARER, number="000-2023", replaces=date(2024, 1, 1)
        )
        assert "queda retirada" in right.replaced[0]
        assert ordinance_in_force(municipality=town, year=2024) == right.ordinance
        old.refresh_from_db()
        assert old.state == "WITHDRAWN"
        assert not LandValueZone.objects.known().filter(ordinance=old).exists()

    def test_there_must_be_something_to_replace(self, town):
        with pytest.raises(OrdinanceInTheWay, match="quite --replaces-from"):
            load(town, replaces=date(2026, 1, 1))

    def test_another_towns_ordinance_is_not_in_the_way(self, town, old):
        assert load(register.town("celica", "1104")).is_new


def test_who_may_not_draft_or_approve_is_refused(town):
    rosa = staff.appoint(people.ROSA, "cadastre_technician", town)
    with pytest.raises(NotAllowed, match="preparar los parámetros de una ordenanza"):
        load(town, by=rosa)
    with pytest.raises(NotAllowed, match="aprobar los parámetros de una ordenanza"):
        load(town, approved_by=rosa)


class TestTwoPersons:
    @pytest.fixture
    def alma(self, town):
        return staff.appoint(people.ALMA, "revenue_officer", town)

    @pytest.fixture
    def clara(self, town):
        return staff.appoint(people.CLARA, "finance_director", town)

    def test_a_draft_rules_once_another_person_approves_its_hash(self, town, alma, clara):
        report = load(town, by=alma, approved_by=None)
        with pytest.raises(NoOrdinance):
            ordinance_in_force(municipality=town, year=2026)
        assert not load(town, by=alma, approved_by=None).is_new
        with pytest.raises(NotAllowed):
            approve_ordinance(report.ordinance, by=alma)
        with pytest.raises(NoSuchDraft):
            draft_of(municipality=town, number="001-2025", content_hash="0" * 12)
        draft = draft_of(
            municipality=town, number="001-2025", content_hash=report.content_hash[:12]
        )
        approve_ordinance(draft, by=clara, approval="Sesión del 2 de diciembre")
        ruling = ordinance_in_force(municipality=town, year=2026)
        assert (ruling.drafted_by, ruling.approved_by) == (alma, clara)
        assert (ruling.content_hash, ruling.biennium) == (report.content_hash, 2026)
        assert AuditEvent.objects.get(action="approve_ordinance").actor == clara
        with pytest.raises(NotTheDraft):
            approve_ordinance(draft, by=clara)

    def test_nobody_approves_what_he_drafted(self, town, clara):
        chief = Role.objects.get(code="cadastre_chief")
        Membership.objects.create(
            user=clara, role=chief, municipality=town, valid=(staff.SINCE, None)
        )
        with pytest.raises(SamePerson):
            load(town, by=clara, approved_by=clara)

    def test_a_draft_loaded_again_with_changes_replaces_the_former(self, town, alma):
        first = load(town, by=alma, approved_by=None).ordinance
        second = load(town, DEARER, by=alma, approved_by=None).ordinance
        first.refresh_from_db()
        assert (first.state, second.state) == ("WITHDRAWN", "DRAFT")
        assert LandValueZone.objects.known().count() == 3

    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE territory_ordinance SET parameters = '{}'",
            "UPDATE territory_ordinance SET title = 'otro'",
            "UPDATE territory_ordinance SET content_hash = ''",
            "UPDATE territory_ordinance SET approved_at = now()",
            "UPDATE territory_ordinance SET state = 'DRAFT'",
            "INSERT INTO cadastre_buildingcost (ordinance_id, structure, cost_per_m2, useful_life_years,"
            " residual_pct) SELECT id, 'STEEL', 1, 1, 0 FROM territory_ordinance",
            "INSERT INTO cadastre_landprice (ordinance_id, kind, level, code, value, typical, reason)"
            " SELECT id, 'URBAN', 'BLOCK', '1', 1, '{}', '' FROM territory_ordinance",
        ],
    )
    def test_the_database_keeps_what_was_approved(self, town, change):
        load(town)
        with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(change)


def test_the_first_bill_follows_from_it(town, lots):
    load(town)
    roll = emit_tax_roll(municipality=town, year=2026, kind=UnitKind.URBAN, by=CONSOLE).roll
    bill = roll.titles.get(unit=lots[0])
    # 400 m² × 100 = 40,000; the third lot lies on the line of Z1 and Z2 and takes Z1: another 40,000
    # of another Rosa. 40,000 × 0.60 ‰ = 24.00; fire 40,000 × 0.15 ‰ = 6.00; fee 2.00
    assert bill.total == Decimal("32.00")
