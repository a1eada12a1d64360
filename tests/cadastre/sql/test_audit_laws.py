"""Each law of the audit finds the break that it is there for."""

from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, transaction
from shapely import LineString

from cadastre.models import AreaLedgerLine, Lineage, ParcelVersion, PartyMember
from cadastre.models.versioned import Versioned
from cadastre.operations.retire_parcel import retire_parcel
from cadastre.operations.split_parcel import ByLines, split_parcel
from gis_project.territory.queries.integrity_laws import integrity_laws
from tests import filings, register
from tests.cadastre.operations.ground_scenes import key
from tests.shapes import at, rectangle, square

pytestmark = pytest.mark.django_db
AUDIT = Path(__file__).parents[3] / "cadastre" / "sql" / "audit"


@pytest.fixture
def scene():
    """A lot split in two, and another that left."""
    town = register.town()
    act = register.operation(town)
    lot = register.predio(act, square(0, 0), key(1))
    gone = register.predio(act, square(100, 0), key(2))
    cut = ByLines((LineString([at(10, -5), at(10, 25)]),))
    split = split_parcel(unit=lot, cut=cut, filing=filings.complete(town, "split_parcel"))
    left = retire_parcel(unit=gone, filing=filings.complete(town, "retire_parcel"))
    register.settle()
    return town, split, left


@contextmanager
def undone():
    """What breaks a law here is gone before the deferred triggers see it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def broken(name: str) -> int:
    (law,) = [law for law in integrity_laws() if law.name == name]
    with connection.cursor() as cursor:
        cursor.execute(law.sql)
        return len(cursor.fetchall())


def test_sound_acts_break_no_law(scene):
    names = [law.name for law in integrity_laws() if law.app == "cadastre" and not law.is_tolerated]
    assert {name: broken(name) for name in names} == dict.fromkeys(names, 0)


def test_a_ledger_with_a_rest_is_found(scene):
    _, split, _ = scene
    with undone():
        AreaLedgerLine.objects.create(operation_id=split.operation_id, kind="ROUNDING", area_m2=1)
        assert broken("l4_ledger_sums_to_zero") == 1


def test_a_parcel_that_vanished_is_found(scene):
    town, *_ = scene
    act = register.operation(town)
    register.place_parcel(act, square(300, 0), valid=(date(2020, 1, 1), date(2021, 1, 1)))
    assert broken("l4_closed_ground_is_accounted_for") == 1


@pytest.mark.parametrize(
    ("width_m", "opened_m2", "count"),
    [(20, 400, 0), (19.99, Decimal("399.8"), 1), (20, 399, 1)],
    ids=["sound", "other ground", "ledger of other areas"],
)
def test_children_cover_their_parents_and_the_ledger_says_so(scene, width_m, opened_m2, count):
    town, *_ = scene
    earlier = register.operation(town)
    act = register.operation(town, verb="split_parcel")
    with undone():
        parent = register.place_parcel(earlier, square(300, 0))
        ParcelVersion.objects.filter(pk=parent.pk).update(
            recorded=(earlier.recorded_at, act.recorded_at), closed_by=act
        )
        child = register.place_parcel(act, rectangle(300, 0, width_m, 20))
        Lineage.objects.create(parent=parent.parcel, child=child.parcel, operation=act)
        assert (
            broken("l4_lineage_keeps_the_ground") == 0
        )  # no ledger: lineage that an import brought
        for parcel, kind, area in (
            (parent.parcel, "CLOSED", -400),
            (child.parcel, "OPENED", opened_m2),
        ):
            AreaLedgerLine.objects.create(operation=act, parcel=parcel, kind=kind, area_m2=area)
        assert broken("l4_lineage_keeps_the_ground") == count


def test_a_group_that_is_not_whole_is_found(scene):
    town, *_ = scene
    act = register.operation(town)
    unit = register.predio(act, square(500, 0), key(9))
    group = register.holder(act, unit, "Comuna", share=Fraction(1)).party
    member = register.holder(act, unit, "Rosa", share=None, kind="USUFRUCT").party
    with undone():
        PartyMember.objects.create(
            group=group,
            member=member,
            share_numerator=1,
            share_denominator=2,
            municipality=town,
            valid=register.EVER_SINCE,
            recorded=(act.recorded_at, None),
            opened_by=act,
        )
        assert broken("l5_members_are_whole") == 1


def test_every_versioned_table_is_asked_who_closed_it():
    text = (AUDIT / "l5_closings_name_their_operation.sql").read_text()
    tables = [m._meta.db_table for m in apps.get_models() if issubclass(m, Versioned)]
    assert [table for table in tables if f"FROM {table} " not in text] == []
