"""What stands in an act's way besides the act itself: documents, debts, burdens. A dry run tells, an act refuses."""

from collections.abc import Sequence
from datetime import date

from cadastre.acts.act_law import ActLaw
from cadastre.acts.required_sources import check_sources, missing_sources
from cadastre.models import PropertyUnit, Restriction
from cadastre.operations.deed.filing import Evidence, Filing
from cadastre.operations.deed.no_debt_shown import doubts_of_no_debt
from cadastre.operations.deed.outcome import Obstacle
from cadastre.queries.open_debts import open_debts
from cadastre.queries.unit_states import UnitState
from gis_project.core.errors import Conflict
from gis_project.core.money import ZERO, format_usd


class DebtsOpen(Conflict):
    """Titles of the predio are owed: bring the certificate of not owing, or pay them first."""

    code = "debts_open"


class BurdenForbids(Conflict):
    """A burden inscribed on the predio forbids the act: have it lifted first, or bring the judge's order."""

    code = "burden_forbids"


def obstacles_of_sources(law: ActLaw, filing: Filing, evidence: Evidence) -> list[Obstacle]:
    """The documents that the law asks for and nobody brought; SourcesMissing unless it is a dry run."""
    if not filing.dry_run:
        check_sources(law, evidence.brought)
        return []
    missing = missing_sources(law, evidence.brought)
    return [Obstacle("sources_missing", f"Falta {requirement.why}.") for requirement in missing]


def obstacles_of_debts(
    law: ActLaw, filing: Filing, evidence: Evidence, units: Sequence[PropertyUnit], today: date
) -> list[Obstacle]:
    """Open titles stop it unless a certificate of not owing says that they are settled; DebtsOpen."""
    if not law.is_stopped_by_debt(evidence.kinds):
        return []
    found = []
    for unit in units:
        debts = open_debts(unit, today)
        if not debts:
            continue
        doubts = doubts_of_no_debt(unit, debts, filing, today)
        if doubts is not None:
            total = sum((debt.amount for debt in debts), ZERO)
            found.append(
                Obstacle(
                    "debts_open",
                    f"El predio {unit.number or ''} debe {len(debts)} título(s) por {format_usd(total)} USD: "
                    f"cóbrelos, o traiga el certificado de no adeudar de este año. {doubts}".replace(
                        "  ", " "
                    ).strip(),
                )
            )
    if found and not filing.dry_run:
        raise DebtsOpen(" ".join(obstacle.message for obstacle in found))
    return found


def obstacles_of_burdens(
    law: ActLaw, filing: Filing, evidence: Evidence, states: Sequence[UnitState]
) -> list[Obstacle]:
    """Burdens that forbid the act, such as a seizure forbids a sale; BurdenForbids."""
    forbidding = law.burdens_that_stop(evidence.kinds)
    found = [
        Obstacle(
            "burden_forbids",
            f"Sobre el predio {state.number or state.key or ''} pesa «{Restriction.Kind(kind).label}»: "
            "presente la cancelación inscrita o la orden del juez.".replace("  ", " "),
        )
        for state in states
        for _, kind, _ in state.encumbrances
        if kind in forbidding
    ]
    if found and not filing.dry_run:
        raise BurdenForbids(" ".join(obstacle.message for obstacle in found))
    return found
