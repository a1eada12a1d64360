"""Numbers without gaps under many hands at one counter."""

import pytest

from cadastre.models import Procedure
from cadastre.operations.receive_procedure import (
    Applicant,
    ProcedureIncomplete,
    receive_procedure,
)
from gis_project.territory.policy import CONSOLE
from tests import register
from tests.shapes import square
from tests.threads import in_threads

THREADS, EACH = 8, 5


@pytest.mark.usefixtures("fresh_database")
def test_numbers_have_no_gaps_and_codes_no_doubles():
    town = register.town()
    lot = register.predio(
        register.operation(town), square(), "170350010100100100000000", number="7"
    )

    def receive(place: int) -> None:
        for turn in range(EACH):
            name = "" if (place + turn) % 4 == 0 else "Persona"
            try:
                receive_procedure(
                    "claim",
                    municipality=town,
                    by=CONSOLE,
                    applicant=Applicant(full_name=name),
                    units=[lot],
                )
            except ProcedureIncomplete:
                assert name == ""

    assert in_threads(receive, THREADS) == [None] * THREADS
    found = list(Procedure.objects.order_by("serial").values_list("serial", "code"))
    assert [serial for serial, _ in found] == list(range(1, len(found) + 1))
    assert len({code for _, code in found}) == len(found) == THREADS * EACH * 3 // 4
