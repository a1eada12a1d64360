"""Datos sociodemográficos: who lives on a predio, asked anew on a day; kept apart, for those who may see it."""

from collections.abc import Mapping
from typing import Any

from cadastre.ficha.check import completeness, flaws
from cadastre.ficha.variables import Subject
from cadastre.models import HouseholdRecord, ParcelVersion, PropertyUnit
from cadastre.operations.correct_attributes import NothingToCorrect, check_answers, predio_kind
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.ground import NoGround
from cadastre.operations.deed.offspring import in_force
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.deed.perform import performing
from cadastre.operations.deed.rows import end_rows, open_rows
from cadastre.queries.household_record import CAPABILITY
from gis_project.territory.clock import today_in
from gis_project.territory.policy import check_can

VERB = "update_households"


def update_households(*, unit: PropertyUnit, answers: Mapping[str, Any], filing: Filing) -> Outcome:
    """The outcome: these answers from the act's day on, in place of all former ones; none takes them back.

    Neither outcome nor audit repeats an answer. Raises what ``performing`` does, NotAllowed without
    ``view_households``, FichaFlawed, NothingToCorrect, NoGround.
    """
    town = unit.municipality
    check_can(filing.by, CAPABILITY, municipality=town, on=today_in(town))
    with performing(VERB, municipality=town, units=[unit], filing=filing) as work:
        (predio,) = work.units
        versions = in_force(ParcelVersion, parcel_id=predio.parcel_id) if predio.parcel_id else []
        if not versions:
            raise NoGround("El predio no tiene terreno en el catastro: incorpórelo primero.")
        kind = predio_kind(predio, versions[0].kind)
        check_answers(flaws(answers, kind=kind, subject=Subject.HOUSEHOLD))
        known = {code: answer for code, answer in answers.items() if answer is not None}
        former = in_force(HouseholdRecord, unit=predio)
        if (former[0].answers if former else {}) == known:
            raise NothingToCorrect("El catastro ya lo dice así: indique qué debe decir.")
        end_rows(work.deed, former)
        if known:
            open_rows([HouseholdRecord(unit=predio, answers=known, **work.deed.opened())])
        share = completeness(known, kind=kind, subject=Subject.HOUSEHOLD)
        work.facts["completeness"] = str(share)
    return work.done
