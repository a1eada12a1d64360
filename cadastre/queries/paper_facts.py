"""The public facts of a paper, as they are today: told when it is issued, and asked again by /verify.

No name and no cédula is ever among them. Values are texts, whole numbers or booleans, so that a fact
of yesterday and one of today can be compared.
"""

from datetime import date
from typing import Any
from uuid import UUID

from cadastre.models import ParcelVersion, PartyIdentity, PropertyUnit, Right
from cadastre.queries.appraised_value import appraised_value
from cadastre.queries.open_debts import open_debts
from cadastre.queries.parties_of_person import parties_of_person, same_person
from cadastre.queries.planning_facts import planning_facts
from cadastre.queries.properties import property_facts
from gis_project.core.money import to_cents
from gis_project.territory.models import Municipality, Paper, PaperKind
from gis_project.territory.personal_hash import personal_hash

# Tenures that papers count as having property.
HELD = (
    Right.Kind.OWNERSHIP,
    Right.Kind.POSSESSION,
    Right.Kind.RIGHTS_AND_ACTIONS,
    Right.Kind.HEIRS,
    Right.Kind.COMMUNAL,
    Right.Kind.PENDING_AWARD,
    Right.Kind.USUFRUCT,
)


def unit_facts(unit: PropertyUnit, kind: str, *, on: date) -> dict[str, Any]:
    """The facts that a paper of `kind` on this predio states, by stable names."""
    told = property_facts(unit, on=on)
    facts: dict[str, Any] = {
        "key": told.key or "",
        "state": told.state,
        "legal_area_m2": _two_decimals(told.legal_area_m2),
    }
    if kind == PaperKind.APPRAISAL:
        value = appraised_value(unit, on=on)
        facts |= {"value": str(value.total), "value_year": value.year} if value else {}
    elif kind == PaperKind.NO_DEBT:
        facts["owes_nothing"] = not open_debts(unit, on)
    elif kind in (PaperKind.BOUNDARIES, PaperKind.PLAN):
        facts["boundary"] = _boundary(unit, on)
    elif kind == PaperKind.PLANNING_REPORT and told.geom is not None:
        plan = planning_facts(told.geom, municipality=unit.municipality, on=on)
        facts |= {
            "land_use": ", ".join(zone.code or zone.use for zone in plan.zones),
            "minimum_lot_m2": ", ".join(_two_decimals(zone.minimum_lot_m2) for zone in plan.zones),
            "risks": ", ".join(f"{hazard} {level}" for hazard, level in plan.risks),
            "ravine_edge": plan.has_ravine_edge,
        }
    return facts


def holdings_facts(*, units: int) -> dict[str, Any]:
    """The fact of a certificate of having or not having property: how many predios, never which."""
    return {"predios": units}


def units_of_person(cedula: str, *, municipality: Municipality, on: date) -> list[PropertyUnit]:
    """The predios in which the person with this document, or a group they are in, holds a right on a civil date."""
    return list(
        PropertyUnit.objects.filter(
            municipality=municipality,
            rights__in=Right.objects.known()
            .valid_on(on)
            .filter(
                kind__in=HELD,
                party_id__in=parties_of_person(cedula, municipality=municipality, on=on),
            ),
        )
        .exclude(state=PropertyUnit.State.RETIRED)
        .distinct()
        .order_by("number", "pk")
    )


def facts_today(paper: Paper, *, on: date) -> dict[str, Any]:
    """The same facts as the paper's, asked of the register today."""
    if paper.subject_type == Paper.Subject.UNIT:
        unit = PropertyUnit.objects.select_related("municipality").get(
            pk=paper.subject_id, municipality=paper.municipality
        )
        return unit_facts(unit, paper.kind, on=on)
    cedula = _document_of(paper)
    units = units_of_person(cedula, municipality=paper.municipality, on=on) if cedula else []
    return holdings_facts(units=len(units))


def _document_of(paper: Paper) -> str | None:
    """The document behind the paper's subject; None while no such person stands in the register."""
    identities = PartyIdentity.objects.filter(municipality=paper.municipality).exclude(id_number="")
    if paper.subject_type == Paper.Subject.PARTY:
        return (
            identities.filter(party_id=UUID(paper.subject_id))
            .values_list("id_number", flat=True)
            .first()
        )
    numbers = identities.values_list("id_number", flat=True).iterator(chunk_size=5000)
    return next(
        (
            alike
            for number in numbers
            for alike in same_person(number)
            if personal_hash(alike) == paper.subject_id
        ),
        None,
    )


def _boundary(unit: PropertyUnit, on: date) -> str:
    version = (
        ParcelVersion.objects.known()
        .valid_on(on)
        .filter(parcel_id=unit.parcel_id)
        .only("geom_hash")
        .first()
    )
    return version.geom_hash[:16] if version else ""


def _two_decimals(number: Any) -> str:
    return "" if number is None else str(to_cents(number))
