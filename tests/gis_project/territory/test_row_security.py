"""The second wall: a statement that forgets its municipality sees and writes nothing of another one."""

from fractions import Fraction
from importlib import import_module
from importlib.util import find_spec

import psycopg
import pytest
from django.apps import apps
from django.contrib.gis.db.models.fields import BaseSpatialField
from django.db import IntegrityError, ProgrammingError, connection, models, transaction

from cadastre.models import (
    AdministrativeSource,
    Operation,
    Party,
    PartyIdentity,
    PropertyUnit,
    Right,
    RollException,
    TaxRoll,
    TaxTitle,
    TitleLine,
)
from cadastre.operations.copy_rows import copy_rows
from gis_project.territory.grants import walled_tables
from gis_project.territory.models import AccessRecord
from gis_project.territory.queries.integrity_laws import audit
from gis_project.territory.scope import outside, within
from tests import databases, register, walled_town

PERSONAL = {
    "full_name",
    "search_name",
    "id_number",
    "cedula",
    "ruc",
    "phone",
    "email",
    "birth_date",
    "postal_address",
    "subject_hash",
}
REFUSAL = "row-level security"
# Every row of the ground names the act and the document behind it, which alone tells nobody's name.
BEHIND_EVERYTHING = {Operation, AdministrativeSource}


@pytest.fixture
def towns(db):
    return (
        walled_town.build("mejia", "1703", east=770_000),
        walled_town.build("celica", "1104", east=620_000),
    )


def open_tables() -> dict[str, str]:
    found: dict[str, str] = {}
    for app in apps.get_app_configs():
        if find_spec(f"{app.name}.row_security"):
            found |= import_module(f"{app.name}.row_security").OPEN
    return found


def is_personal_rights_or_money(model: type[models.Model]) -> bool:
    """People by their names' columns or by reference, money by the house's form of amounts, and their children."""
    for field in model._meta.concrete_fields:
        if field.name in PERSONAL:
            return True
        if (
            isinstance(field, models.ForeignKey)
            and field.related_model not in BEHIND_EVERYTHING
            and (
                field.related_model is Party
                or field.related_model._meta.db_table in walled_tables()
            )
        ):
            return True
        if isinstance(field, models.DecimalField) and (
            field.decimal_places == 2 and "m2" not in field.name and field.max_digits >= 14
        ):
            return True
    return False


def house_models() -> list[type[models.Model]]:
    return [
        model
        for app in apps.get_app_configs()
        if find_spec(f"{app.name}.append_only")
        for model in app.get_models()
        if model._meta.managed
    ]


def test_every_table_of_people_rights_and_money_is_declared():
    """Missing here: a line in the app's row_security.py, and a row in tests/walled_town.py."""
    wanted = {m._meta.db_table for m in house_models() if is_personal_rights_or_money(m)}
    assert wanted - walled_tables().keys() - open_tables().keys() == set()


def test_no_declared_table_has_a_geometry():
    tables = {model._meta.db_table: model for model in house_models()}
    with_geometry = {
        table
        for table in walled_tables()
        if any(isinstance(f, BaseSpatialField) for f in tables[table]._meta.concrete_fields)
    }
    assert with_geometry == set()
    assert all(reason.strip() for reason in open_tables().values())


@pytest.mark.parametrize(
    ("table", "column", "index"),
    [
        ("cadastre_proposalground", "ground", "cadastre_proposalground_ground"),
        ("cadastre_parcelversion", "geom", "parcel_version_geom"),
    ],
)
@pytest.mark.django_db
def test_a_box_query_keeps_its_index_beside_the_wall(table, column, index):
    """Behind a policy the box would be compared row by row: what has a geometry stands apart from it."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            f"EXPLAIN SELECT 1 FROM {table} WHERE {column} && ST_MakeEnvelope(0, 0, 9, 9, 32717)"
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert index in plan
    assert "&&" in plan.split("Index Cond:")[1].splitlines()[0]


@pytest.mark.django_db
def test_exactly_the_declared_tables_have_the_policies():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, array_agg(p.polname::text ORDER BY p.polname), c.relforcerowsecurity"
            " FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid"
            " WHERE c.relrowsecurity GROUP BY c.oid"
        )
        found = {table: (policies, forced) for table, policies, forced in cursor.fetchall()}
    assert found == {
        table: (["auditor_reads_all", "own_municipality"], False) for table in walled_tables()
    }


def test_without_a_scope_nothing_is_seen(towns):
    with within(towns[0]):
        one = walled_town.counts()
    assert {table for table, count in one.items() if count == 0} == set()
    with within(*towns):
        assert walled_town.counts() == {table: 2 * count for table, count in one.items()}
    with outside():
        assert set(walled_town.counts().values()) == {0}


def test_one_town_never_shows_the_other(towns):
    mejia, celica = towns
    with within(celica):
        for model in (Party, PartyIdentity, Right, TaxRoll, TaxTitle, AccessRecord):
            assert {row.municipality_id for row in model.objects.all()} == {celica.pk}
        assert {line.title.municipality_id for line in TitleLine.objects.all()} == {celica.pk}
        assert {row.roll.municipality_id for row in RollException.objects.all()} == {celica.pk}
        assert not PartyIdentity.objects.filter(municipality=mejia).exists()


@pytest.mark.parametrize("scope", ["none", "other"])
def test_writing_into_another_town_is_refused(towns, scope):
    mejia, celica = towns
    unit = PropertyUnit.objects.get(municipality=mejia)
    title = TaxTitle.objects.get(municipality=mejia)
    act = register.operation(mejia)
    writes = [
        lambda: Party.objects.create(municipality=mejia, kind="NATURAL"),
        lambda: register.holder(act, unit, "OTRA", share=None, kind="USUFRUCT"),
        lambda: TitleLine.objects.create(title=title, position=2, concept="x", base=1, amount=1),
        lambda: copy_rows("cadastre_party", "id, municipality_id, kind", [(act.pk, mejia.pk, "X")]),
    ]
    with outside() if scope == "none" else within(celica):
        for write in writes:
            with pytest.raises(ProgrammingError, match=REFUSAL), transaction.atomic():
                write()


def test_another_towns_rows_are_not_changed_and_rows_do_not_move(towns):
    mejia, celica = towns
    with within(celica):
        assert PartyIdentity.objects.update(phone="1") == 1
        with pytest.raises(ProgrammingError, match=REFUSAL), transaction.atomic():
            PartyIdentity.objects.update(municipality=mejia)
    assert PartyIdentity.objects.get(municipality=mejia).phone == ""


def test_copied_rows_arrive_in_their_own_town(towns):
    with within(towns[0]):
        rows = ((f"00000000-0000-4000-8000-{n:012d}", towns[0].pk, "NATURAL") for n in range(5))
        before = Party.objects.count()
        copy_rows("cadastre_party", "id, municipality_id, kind", rows)
        assert Party.objects.count() == before + 5


def test_a_law_sees_all_shares_in_whatever_scope_its_transaction_ends(towns):
    """Shares that nobody sees would not sum to anything: the law's function runs as the owner."""
    mejia, _ = towns
    act, unit = register.operation(mejia), PropertyUnit.objects.get(municipality=mejia)

    def half_more() -> None:
        register.holder(act, unit, "MEDIO", share=Fraction(1, 2))
        with outside():
            register.settle()

    with pytest.raises(IntegrityError, match="shares of unit"), transaction.atomic():
        half_more()


def test_the_audit_goes_across(towns):
    for title in TaxTitle.objects.all():
        TitleLine.objects.create(title=title, position=2, concept="x", base=1, amount=1)
    with outside():
        found = {finding.law.name: finding.count for finding in audit()}
        assert set(walled_town.counts().values()) == {0}
    assert found["l6_titles_add_up"] == 2


def test_auditor_reads_all_and_public_nothing(sample_database):
    """As the roles themselves sign in; the owner is not bound, so views and look-ups are his."""
    auditor_url = databases.url_for("DATABASE_AUDITOR_URL", sample_database)
    public_url = databases.url_for("DATABASE_PUBLIC_URL", sample_database)
    with psycopg.connect(auditor_url) as auditor, psycopg.connect(public_url) as public:
        for table in walled_tables():
            if table != "territory_accessrecord":
                auditor.execute(f"SELECT count(*) FROM {table}")
        for table in walled_tables():
            with pytest.raises(psycopg.errors.InsufficientPrivilege), public.transaction():
                public.execute(f"SELECT count(*) FROM {table}")
