"""/api/<m>/ordinances: what is wrong with an ordinance, what it changes, and who would pay more by it."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from ninja.security import django_auth
from pydantic import ConfigDict

from cadastre.api.desk import Desk, desk_of
from cadastre.operations.ask_for_simulation import ask_for_simulation, simulations_of
from cadastre.operations.simulate_ordinance import MAY_SIMULATE
from cadastre.ordinances.tax_years import first_tax_year
from cadastre.queries.ordinance_changes import ordinance_changes
from cadastre.queries.ordinance_findings import ordinance_findings
from cadastre.queries.ordinance_list import ordinance_named, ordinances_of
from gis_project.territory.models import Job, Ordinance

router = Router(tags=["ordenanzas"], auth=django_auth)
Year = Annotated[int | None, Query(ge=2000, le=2200, description="Año de la emisión.")]
_SIMULATIONS_SHOWN = 50


class OrdinanceOut(Schema):
    id: UUID
    number: str
    title: str
    state: str
    valid_from: str
    valid_until: str | None


class FindingOut(Schema):
    code: str
    severity: str
    title: str
    where: str
    message: str
    article: str
    count: int
    keys: list[str]


class FindingsOut(Schema):
    ordinance: str
    year: int
    is_complete: bool
    counts: dict[str, int]
    findings: list[FindingOut]


class ChangeOut(Schema):
    part: str
    where: str
    before: str | int | bool | None
    after: str | int | bool | None
    percent: str | None
    text: str


class DifferenceOut(Schema):
    before: str
    after: str
    is_equal: bool
    summary: list[str]
    changes: list[ChangeOut]


class SimulationIn(Schema):
    """`against` es el identificador o número de la otra ordenanza; sin él, la que regía antes."""

    model_config = ConfigDict(extra="forbid")

    year: int | None = None
    against: str = ""


class SimulationOut(Schema):
    id: UUID
    state: str
    year: int
    message: str
    result: dict[str, Any] | None


@router.get(
    "/{municipality}/ordinances",
    response=list[OrdinanceOut],
    operation_id="ordinances",
    summary="Las ordenanzas de avalúos y tarifas, la más nueva primero",
)
def ordinances(request: HttpRequest, municipality: str) -> list[dict[str, Any]]:
    desk = desk_of(request, municipality, *MAY_SIMULATE)
    return [
        {
            "id": one.pk,
            "number": one.number,
            "title": one.title,
            "state": one.state,
            "valid_from": one.valid.lower.isoformat(),
            "valid_until": one.valid.upper.isoformat() if one.valid.upper else None,
        }
        for one in ordinances_of(desk.municipality)
    ]


@router.get(
    "/{municipality}/ordinances/{ordinance}/findings",
    response=FindingsOut,
    operation_id="ordinance_findings",
    summary="Qué hay que corregir en una ordenanza",
)
def findings(
    request: HttpRequest,
    municipality: str,
    ordinance: UUID,
    year: Year = None,
    tables_only: bool = False,
) -> dict[str, Any]:
    """Con `tables_only=true`, solo las tablas: no cuenta predios y responde al instante."""
    _desk, found = _named(request, municipality, ordinance)
    asked = year or first_tax_year(found.valid.lower)
    report = ordinance_findings(found, year=asked, with_register=not tables_only)
    return {"ordinance": found.number, "year": asked} | report.as_dict()


@router.get(
    "/{municipality}/ordinances/{ordinance}/difference",
    response=DifferenceOut,
    operation_id="ordinance_difference",
    summary="Qué cambia respecto de otra ordenanza, o de la que regía antes",
)
def difference(
    request: HttpRequest, municipality: str, ordinance: UUID, against: str = ""
) -> dict[str, Any]:
    desk, found = _named(request, municipality, ordinance)
    before = ordinance_named(desk.municipality, against) if against else None
    return ordinance_changes(found, before).as_dict()


@router.get(
    "/{municipality}/ordinances/{ordinance}/simulations",
    response=list[SimulationOut],
    operation_id="simulations",
    summary="Las simulaciones de una ordenanza, la más nueva primero",
)
def simulations(request: HttpRequest, municipality: str, ordinance: UUID) -> list[dict[str, Any]]:
    _desk, found = _named(request, municipality, ordinance)
    return [_told(job) for job in simulations_of(found)[:_SIMULATIONS_SHOWN]]


@router.post(
    "/{municipality}/ordinances/{ordinance}/simulations",
    response={202: SimulationOut},
    operation_id="simulate_ordinance",
    summary="Simular una ordenanza en todo el cantón",
)
def simulate(
    request: HttpRequest, municipality: str, ordinance: UUID, asked: SimulationIn
) -> Status[dict[str, Any]]:
    """Queda en cola y no toca el catastro ni los títulos: vuelva a pedir la lista hasta que termine."""
    desk, found = _named(request, municipality, ordinance)
    job = ask_for_simulation(
        found,
        against=ordinance_named(desk.municipality, asked.against) if asked.against else None,
        year=asked.year or first_tax_year(found.valid.lower),
        by=desk.who,
    )
    return Status(202, _told(job))


def _named(request: HttpRequest, municipality: str, ordinance: UUID) -> tuple[Desk, Ordinance]:
    desk = desk_of(request, municipality, *MAY_SIMULATE)
    return desk, ordinance_named(desk.municipality, str(ordinance))


def _told(job: Job) -> dict[str, Any]:
    return {
        "id": job.pk,
        "state": job.state,
        "year": job.arguments["year"],
        "message": job.message,
        "result": job.result,
    }
