"""An emission is killed while it writes: no title remains, and the next one is whole."""

import pytest

from cadastre.models import CadastreClosing, Operation, TaxRoll, TaxTitle, TitleLine
from gis_project.territory.models import AuditEvent
from tests import databases
from tests.cadastre.operations.small_town import build_town
from tests.journeys.killed import kill_while_it_waits_for
from tests.people import ROSA
from tests.staff import appoint

COMMAND = (
    "emit_tax_roll",
    "--municipality",
    "mejia",
    "--year",
    "2026",
    "--commit",
    "--by",
    ROSA.cedula,
)


@pytest.mark.parametrize(
    "table", ["cadastre_taxroll", "cadastre_titleline", "territory_auditevent"]
)
def test_a_killed_emission_leaves_nothing_and_the_next_is_whole(fresh_database, table):
    town = build_town()
    appoint(ROSA, "revenue_officer", town)
    CadastreClosing.objects.create(municipality=town, year=2025)
    before = Operation.objects.count()
    databases.release()
    kill_while_it_waits_for(table, fresh_database, *COMMAND)
    for model in (TaxRoll, TaxTitle, TitleLine):
        assert not model.objects.exists()
    assert Operation.objects.count() == before

    databases.run_manage(fresh_database, *COMMAND)
    assert TaxTitle.objects.count() == 3
    assert sorted(TaxRoll.objects.values_list("kind", "titles_count")) == [
        ("RURAL", 0),
        ("URBAN", 3),
    ]
    assert AuditEvent.objects.filter(action="emit_tax_roll").count() == 2
