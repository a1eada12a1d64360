"""A day of rest declared by many hands at once, while procedures come in."""

import pytest

from cadastre.models import Procedure
from cadastre.operations.declare_holiday import AlreadyDayOfRest, declare_holiday
from cadastre.operations.receive_procedure import Applicant, receive_procedure
from cadastre.procedures.procedure_type import procedure_type
from gis_project.core.business_days import add_business_days
from gis_project.territory.clock import today_in
from gis_project.territory.models import MunicipalHoliday
from gis_project.territory.policy import CONSOLE
from tests import register
from tests.shapes import square
from tests.threads import in_threads

THREADS = 8


@pytest.mark.usefixtures("fresh_database")
def test_it_is_declared_once_and_every_term_counts_it_once():
    town = register.town()
    lot = register.predio(
        register.operation(town), square(), "170350010100100100000000", number="7"
    )
    today = today_in(town)
    day = add_business_days(today, 3)

    def work(place: int) -> object:
        if place % 2:
            who = Applicant(full_name="Persona")
            return receive_procedure(
                "claim", municipality=town, by=CONSOLE, applicant=who, units=[lot]
            )
        return declare_holiday(
            day, municipality=town, name="Cantonización", source="Ordenanza 1", by=CONSOLE
        )

    outcomes = in_threads(work, THREADS)
    refused = [type(one) for one in outcomes if isinstance(one, Exception)]
    assert refused == [AlreadyDayOfRest] * (THREADS // 2 - 1)
    assert MunicipalHoliday.objects.count() == 1
    promised = add_business_days(today, procedure_type("claim").days, also={day})
    assert set(Procedure.objects.values_list("promised_on", flat=True)) == {promised}
