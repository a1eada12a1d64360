"""Whether a predio may have a paper: what is observed or retired gets none until it is mended."""

from datetime import date

from cadastre.models import PropertyUnit
from cadastre.quality.rule import Moment
from cadastre.queries.open_debts import open_debts
from cadastre.queries.properties import PropertyFacts, property_facts
from cadastre.queries.quality_gate import check_quality_gate
from gis_project.core.errors import Conflict
from gis_project.core.money import format_usd
from gis_project.territory.models import PaperKind

NEED_MAP = (PaperKind.PLAN, PaperKind.BOUNDARIES, PaperKind.PLANNING_REPORT)


class UnitObserved(Conflict):
    """The predio is observed: mend what its observations say, then issue the paper."""

    code = "unit_observed"


class UnitRetired(Conflict):
    """The predio is retired: papers are issued for the predios that came out of it."""

    code = "unit_retired"


class UnitWithoutMap(Conflict):
    """The predio has no polygon: register its survey before plans and boundaries are issued."""

    code = "unit_without_map"


class UnitOwes(Conflict):
    """The predio owes tax titles: they are paid before a no-debt certificate."""

    code = "unit_owes"


def check_fit_for_paper(unit: PropertyUnit, kind: str, *, on: date) -> PropertyFacts:
    """The predio's facts, if it may have a paper of this kind on the day; otherwise the refusal says why.

    The one gate of papers; QualityStops lists the findings of quality rules that forbid a certificate.
    """
    facts = property_facts(unit, on=on)
    if PropertyUnit.State.RETIRED in (unit.state, facts.state):
        raise UnitRetired("El predio está dado de baja: no se emiten documentos sobre él.")
    if facts.is_observed:
        why = " ".join(facts.observations) or "Resuelva la observación."
        raise UnitObserved(
            f"El predio está observado y no recibe certificados ni planos. {why}",
            details={"observations": len(facts.observations)},
        )
    check_quality_gate(unit.municipality, [unit.pk], moment=Moment.CERTIFICATE, on=on)
    if kind in NEED_MAP and facts.geom is None:
        raise UnitWithoutMap("El predio no tiene polígono: registre su levantamiento primero.")
    if kind == PaperKind.NO_DEBT and (owed := open_debts(unit, on)):
        total = sum(debt.amount for debt in owed)
        raise UnitOwes(
            f"El predio adeuda {len(owed)} {'título' if len(owed) == 1 else 'títulos'} por "
            f"{format_usd(total, symbol=True)}: se certifica cuando estén pagados.",  # type: ignore[arg-type]  # the sum of a non-empty tuple
            details={"titles": len(owed)},
        )
    return facts
