"""A certificate, report or plan on a predio is issued: fit, paid, composed from the register of the day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cadastre.models import PropertyUnit
from cadastre.operations.check_fit_for_paper import check_fit_for_paper
from cadastre.papers.appraisal import appraisal
from cadastre.papers.boundaries import BoundaryRun, boundaries
from cadastre.papers.certificate import PropertyText
from cadastre.papers.no_debt import no_debt
from cadastre.papers.plan import plan
from cadastre.papers.planning_report import NOT_REGISTERED, ZoneText, planning_report
from cadastre.queries.appraised_value import appraised_value
from cadastre.queries.holders import holders_of
from cadastre.queries.outline import Outline, outline_of
from cadastre.queries.paper_facts import unit_facts
from cadastre.queries.planning_facts import ZoneFacts, planning_facts
from cadastre.queries.properties import PropertyFacts
from cadastre.queries.property_text import area_text, property_text
from gis_project.core.errors import Conflict, InvalidInput
from gis_project.core.money import format_decimal
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality, Paper, PaperKind
from gis_project.territory.operations.issue_paper import (
    PaperHead,
    PaperSubject,
    Payment,
    capability_for,
    issue_paper,
)
from gis_project.territory.operations.log_access import log_access
from gis_project.territory.policy import Actor, check_can

ON_A_UNIT = (
    PaperKind.APPRAISAL,
    PaperKind.NO_DEBT,
    PaperKind.PLANNING_REPORT,
    PaperKind.BOUNDARIES,
    PaperKind.PLAN,
)
# Those that print the predio's holders.
_NAMES_HOLDERS = (PaperKind.APPRAISAL, PaperKind.NO_DEBT)
_NAMES_NEIGHBOURS = (PaperKind.BOUNDARIES, PaperKind.PLAN)
CRS_NAMES = {
    32717: "WGS 84 / UTM zona 17 Sur",
    32718: "WGS 84 / UTM zona 18 Sur",
    31992: "SIRGAS 95 / UTM zona 17 Sur",
    31993: "SIRGAS 95 / UTM zona 18 Sur",
    31977: "SIRGAS 2000 / UTM zona 17 Sur",
    31978: "SIRGAS 2000 / UTM zona 18 Sur",
}
_HOW_RISK = {"LOW": "bajo", "MEDIUM": "medio", "HIGH": "alto"}


class NotOnAUnit(InvalidInput):
    """This kind of paper is not issued on a predio: choose one of the listed kinds."""

    code = "not_on_a_unit"


class UnitNotValued(Conflict):
    """The predio has no value yet: emit its roll or load its migrated value first."""

    code = "unit_not_valued"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """All that the composers need of one predio on one day."""

    unit: PropertyUnit
    town: Municipality
    on: date
    facts: PropertyFacts
    text: PropertyText
    outline: Outline | None


def issue_certificate(
    unit: PropertyUnit,
    *,
    kind: str,
    by: Actor,
    payment: Payment,
    is_official_copy: bool = False,
    sheet: str | None = None,
) -> Paper:
    """The issued paper, unsigned. `is_official_copy` prints the neighbours' holders on plans and boundaries.

    Raises NotAllowed, what `check_fit_for_paper` refuses, PaperRuleMissing, PaperNotPaid, UnitNotValued.
    """
    if kind not in ON_A_UNIT:
        raise NotOnAUnit("Ese documento no se emite sobre un predio.", details={"kind": kind})
    town = unit.municipality
    on = today_in(town)
    check_can(by, capability_for(kind), municipality=town, on=on)
    names_neighbours = is_official_copy and kind in _NAMES_NEIGHBOURS
    if names_neighbours:
        check_can(by, "view_register", municipality=town, on=on)
    facts = check_fit_for_paper(unit, kind, on=on)
    ground = _ground(unit, kind, facts, on=on, with_names=names_neighbours)
    compose = _composer(ground, kind, sheet)
    paper = issue_paper(
        municipality=town,
        kind=kind,
        by=by,
        subject=PaperSubject(
            subject_type=Paper.Subject.UNIT,
            subject_id=str(unit.pk),
            facts=unit_facts(unit, kind, on=on),
        ),
        payment=payment,
        compose=compose,
        office=_office(town, kind),
        is_official_copy=names_neighbours,
    )
    if names_neighbours or kind in _NAMES_HOLDERS:
        log_access(
            municipality=town,
            actor=by,
            action="issue_paper",
            query=str(unit.pk),
            found=len(ground.text.holders),
            purpose=f"documento {paper.code}",
        )
    return paper


def _ground(
    unit: PropertyUnit, kind: str, facts: PropertyFacts, *, on: date, with_names: bool
) -> _Ground:
    town = unit.municipality
    holders = holders_of(unit, on=on) if kind in _NAMES_HOLDERS else ()
    needs_outline = kind in _NAMES_NEIGHBOURS or kind == PaperKind.PLANNING_REPORT
    return _Ground(
        unit=unit,
        town=town,
        on=on,
        facts=facts,
        text=property_text(facts, holders),
        outline=outline_of(unit, municipality=town, on=on, with_names=with_names)
        if needs_outline
        else None,
    )


def _composer(ground: _Ground, kind: str, sheet: str | None) -> Callable[[PaperHead], bytes]:
    if kind == PaperKind.APPRAISAL:
        return _appraisal(ground)
    if kind == PaperKind.NO_DEBT:
        return lambda head: no_debt(head, predio=ground.text)
    if kind == PaperKind.PLANNING_REPORT:
        return _planning_report(ground)
    return _boundaries(ground) if kind == PaperKind.BOUNDARIES else _plan(ground, sheet)


def _appraisal(ground: _Ground) -> Callable[[PaperHead], bytes]:
    value = appraised_value(ground.unit, on=ground.on)
    if value is None:
        raise UnitNotValued(
            "El predio no tiene avalúo todavía: genere su emisión o cargue el avalúo migrado."
        )
    return lambda head: appraisal(
        head, predio=ground.text, year=value.year, parts=value.parts, total=value.total
    )


def _planning_report(ground: _Ground) -> Callable[[PaperHead], bytes]:
    told = planning_facts(ground.facts.geom, municipality=ground.town, on=ground.on)
    soil = NOT_REGISTERED if told.is_urban is None else "urbano" if told.is_urban else "rural"
    stretches = ground.outline.stretches if ground.outline else ()
    front = sum(stretch.length_m for stretch in stretches if stretch.is_road)
    ravine = "dentro del predio o a menos de 15 m" if told.has_ravine_edge else "no consta cerca"
    risks = ", ".join(f"{hazard}, nivel {_HOW_RISK[level]}" for hazard, level in told.risks)
    return lambda head: planning_report(
        head,
        predio=ground.text,
        soil=soil,
        front=_number(front, "m") if front else NOT_REGISTERED,
        zones=[_zone_text(zone) for zone in told.zones],
        risks=(risks or "ninguno registrado en el predio") if told.knows_risks else NOT_REGISTERED,
        ravine=ravine if told.knows_ravines else NOT_REGISTERED,
    )


def _boundaries(ground: _Ground) -> Callable[[PaperHead], bytes]:
    outline = _outline(ground)
    return lambda head: boundaries(
        head,
        predio=ground.text,
        runs=_runs(outline),
        crs=CRS_NAMES[ground.town.legal_srid],
        perimeter_m=outline.perimeter_m,
    )


def _plan(ground: _Ground, sheet: str | None) -> Callable[[PaperHead], bytes]:
    outline = _outline(ground)
    return lambda head: plan(
        head,
        predio=ground.text,
        geom=outline.geom,
        corners=[(one.number, one.easting, one.northing) for one in outline.corners],
        runs=_runs(outline),
        around=outline.around,
        roads=outline.roads,
        crs=CRS_NAMES[ground.town.legal_srid],
        srid=ground.town.legal_srid,
        ellipsoidal_area=area_text(ground.facts.ellipsoidal_area_m2),
        sheet=sheet,
    )


def _outline(ground: _Ground) -> Outline:
    if ground.outline is None:
        raise LookupError("check_fit_for_paper lets no predio without a map come here")
    return ground.outline


def _runs(outline: Outline) -> list[BoundaryRun]:
    return [
        BoundaryRun(
            side=one.side,
            neighbour=one.neighbour,
            length_m=one.length_m,
            azimuth_deg=one.azimuth_deg,
            start=one.start,
            end=one.end,
        )
        for one in outline.stretches
    ]


def _zone_text(zone: ZoneFacts) -> ZoneText:
    return ZoneText(
        code=zone.code,
        use=zone.use,
        classification=zone.classification,
        share=_number(zone.share_pct, "%"),
        minimum_lot=area_text(zone.minimum_lot_m2),
        minimum_front=_number(zone.minimum_front_m, "m"),
        max_floors=str(zone.max_floors) if zone.max_floors is not None else "",
        ground_cover=_number(zone.ground_cover_pct, "%"),
        total_cover=_number(zone.total_cover_pct, "%"),
        setbacks=zone.setbacks,
    )


def _number(value: Decimal | float | None, unit: str) -> str:
    if value is None:
        return ""
    exact = value if isinstance(value, Decimal) else Decimal(repr(round(value, 2)))
    return f"{format_decimal(exact)} {unit}"


def _office(town: Municipality, kind: str) -> str:
    if kind == PaperKind.PLANNING_REPORT:
        return "Dirección de Planificación"
    return "Tesorería Municipal" if kind == PaperKind.NO_DEBT else town.cadastre_office
