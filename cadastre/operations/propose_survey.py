"""A survey enters as proposals, never into the register: each polygon becomes the act that its ground asks for.

several polygons on one known predio      split_parcel, by partition
one polygon with a known key              rectify_area; map_parcel where the predio has no map yet
one polygon on ground that nobody has     register_parcel
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import shapely
from django.db import transaction

from cadastre.acts.ground_inputs import SurveyInputs
from cadastre.imports.parcel_records import Reason
from cadastre.imports.raw_layer import RawLayer
from cadastre.imports.survey_plan import SurveyedLot, UnfitPolygon, read_plan
from cadastre.models import PropertyUnit, Proposal
from cadastre.operations.deed.door import stored, unit_named
from cadastre.operations.import_act import SourceFile
from cadastre.operations.prepare_proposal import prepare_proposal
from cadastre.queries.ground_under import ground_under
from cadastre.queries.has_map import has_map
from cadastre.queries.principal_key import principal_key
from gis_project.core.crs import STORAGE_SRID
from gis_project.core.errors import DomainError, NotFound
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.policy import Actor, check_can
from gis_project.territory.scope import within

INSIDE = 0.98  # of a polygon's area on one predio: the rest is how well two surveys agree
FREE = 0.02
_OPEN = (
    Proposal.State.DRAFT,
    Proposal.State.SUBMITTED,
    Proposal.State.RETURNED,
    Proposal.State.APPROVED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """One act that the plan asks for; ``proposal`` is None when it was proposed before."""

    positions: tuple[int, ...]
    key: str
    verb: str
    proposal: UUID | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyReport:
    """Every polygon of the file stands in one of the two lists."""

    municipality: str
    file_name: str
    is_committed: bool
    srid: int
    drafted: tuple[Drafted, ...]
    unfit: tuple[UnfitPolygon, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Act:
    lots: tuple[SurveyedLot, ...]
    key: str
    verb: str
    told: dict[str, Any]


def propose_survey(
    *,
    layer: RawLayer,
    source: SourceFile,
    municipality: Municipality,
    by: Actor,
    commit: bool,
    srid: int | None = None,
    key_field: str | None = None,
    new_ground: str | None = None,
    survey: SurveyInputs | None = None,
) -> SurveyReport:
    """The report; without ``commit`` no proposal stays. The same plan again proposes nothing twice.

    ``srid`` is the plan's CRS where the file does not say it (else EPSG:32717); ``new_ground`` the class
    (URBAN, RURAL) of ground that is not in the register; ``survey`` how the ground was measured, without which no
    area is rectified and no predio mapped. Raises InvalidMap, NotAllowed, CrsNotAccepted.
    """
    check_can(by, "edit_parcels", municipality=municipality, on=today_in(municipality))
    plan_srid = layer.srid or srid or STORAGE_SRID
    lots, unfit = read_plan(layer, key_field=key_field)
    drafted: list[Drafted] = []
    with within(municipality), transaction.atomic():
        acts, more = _acts(lots, municipality, plan_srid, new_ground, _measured(survey, source))
        unfit += more
        for act in acts:
            try:
                drafted.append(_propose(act, municipality, by, source))
            except DomainError as refusal:
                unfit.append(
                    UnfitPolygon(
                        _positions(act.lots), act.key, Reason(refusal.code, refusal.message)
                    )
                )
        if not commit:
            transaction.set_rollback(True)
    return SurveyReport(
        municipality=municipality.name,
        file_name=source.name,
        is_committed=commit,
        srid=plan_srid,
        drafted=tuple(drafted),
        unfit=tuple(sorted(unfit, key=lambda one: one.positions)),
        notices=tuple(layer.notices),
    )


def _propose(act: _Act, town: Municipality, by: Actor, source: SourceFile) -> Drafted:
    same = Proposal.objects.filter(
        municipality=town, verb=act.verb, inputs=act.told, state__in=_OPEN
    ).exists()
    if same:
        return Drafted(
            positions=_positions(act.lots),
            key=act.key,
            verb=act.verb,
            proposal=None,
            notes=("Ya estaba propuesto.",),
        )
    with transaction.atomic():
        made = prepare_proposal(
            act.verb,
            act.told,
            municipality=town,
            by=by,
            reason=f"Levantamiento {source.name}, SHA-256 {source.sha256[:16]}",
        )
    told = [obstacle["message"] for obstacle in made.preview["obstacles"]]
    return Drafted(
        positions=_positions(act.lots),
        key=act.key,
        verb=act.verb,
        proposal=made.pk,
        notes=(*made.preview["notes"], *told),
    )


def _acts(
    lots: list[SurveyedLot],
    town: Municipality,
    srid: int,
    new_ground: str | None,
    measured: dict[str, Any],
) -> tuple[list[_Act], list[UnfitPolygon]]:
    of_unit: dict[PropertyUnit, list[SurveyedLot]] = defaultdict(list)
    named: dict[PropertyUnit, bool] = {}
    acts, unfit = [], []
    shapes = [stored(lot.shape, srid) for lot in lots]
    below = ground_under(shapes, municipality=town, on=today_in(town))
    for lot, under in zip(lots, below, strict=True):
        unit = _known(lot.key, town)
        if unit is not None:
            of_unit[unit].append(lot)
            named[unit] = True
        elif under and under[0][1] >= INSIDE:
            of_unit[under[0][0]].append(lot)
        elif sum(share for _, share in under) > FREE:
            unfit.append(_told(lot, "on_several", _on_several(under)))
        elif new_ground is None:
            unfit.append(
                _told(
                    lot,
                    "no_kind",
                    "El terreno no está en el catastro: diga --new-ground URBAN o RURAL.",
                )
            )
        else:
            told = {"shape": _wkt(lot), "kind": new_ground, "srid": srid} | measured
            if lot.key:
                told["key"] = lot.key
            acts.append(_Act((lot,), lot.key, "register_parcel", told))
    for unit, pieces in of_unit.items():
        key = _key(unit)
        if len(pieces) > 1:
            cut = {"by": "partition", "pieces": [_wkt(lot) for lot in pieces]}
            told = {"unit": str(unit.pk), "srid": srid, "cut": cut}
            acts.append(_Act(tuple(pieces), key, "split_parcel", told))
        elif unit in named:
            verb, member = (
                ("rectify_area", "surveyed") if has_map(unit) else ("map_parcel", "shape")
            )
            told = {"unit": str(unit.pk), "srid": srid, member: _wkt(pieces[0])} | measured
            acts.append(_Act(tuple(pieces), key, verb, told))
        else:
            message = f"El polígono cae dentro del predio {key} y no lleva su clave: póngala, o dibuje todos sus lotes."
            unfit.append(_told(pieces[0], "inside_without_key", message))
    return acts, unfit


def _measured(survey: SurveyInputs | None, source: SourceFile) -> dict[str, Any]:
    """What an act on the ground is told of its survey: the plan itself is its file."""
    if survey is None:
        return {}
    told = survey.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    return {"survey": told | {"file_sha256": source.sha256}}


def _known(key: str, town: Municipality) -> PropertyUnit | None:
    if not key:
        return None
    try:
        return unit_named(town, key)
    except NotFound:
        return None


def _on_several(under: list[tuple[PropertyUnit, float]]) -> str:
    told = ", ".join(f"{_key(unit)} ({share:.0%})" for unit, share in under[:5])
    return f"El polígono está en parte sobre predios del catastro: {told}. Corrija el plano, o ponga la clave."


def _key(unit: PropertyUnit) -> str:
    today = today_in(unit.municipality)
    return principal_key(unit, on=today) or f"número {unit.number}"


def _told(lot: SurveyedLot, code: str, message: str) -> UnfitPolygon:
    return UnfitPolygon((lot.position,), lot.key, Reason(code, message))


def _positions(lots: Iterable[SurveyedLot]) -> tuple[int, ...]:
    return tuple(lot.position for lot in lots)


def _wkt(lot: SurveyedLot) -> str:
    return str(shapely.to_wkt(lot.shape, rounding_precision=6))
