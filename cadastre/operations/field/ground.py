"""Changes of ground that came back from the field, each as the act that it asks for."""

from collections.abc import Iterable
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from cadastre.fieldwork.compare import Change, Method, shape_of
from cadastre.fieldwork.field_layer import PARCELS, POINTS
from cadastre.fieldwork.ground_acts import GroundAct, ground_acts, polygons
from cadastre.models import FieldDelta
from cadastre.operations.field.arrival import Arrival, Outcome
from cadastre.operations.field.data import GONE, kept_column

_MOVED = "Otro acto cambió este terreno después de entregar el paquete: decida qué vale."


def ground_deltas(work: Arrival, changes: Iterable[Change]) -> list[FieldDelta]:
    """One change for each predio redrawn or drawn, with the proposal of the act it belongs to."""
    found: dict[str, Change] = {}
    refused: list[FieldDelta] = []
    redrawn: dict[str, BaseGeometry] = {}
    drawn: dict[str, BaseGeometry] = {}
    for change in changes:
        if change.layer != PARCELS or change.method is Method.DELETE or change.geom is None:
            continue
        shape = polygons(shape_of(change.geom[1]))
        if shape is None:
            refused.append(_unsound(work, change))
            continue
        found[change.uuid] = change
        (redrawn if change.method is Method.PATCH else drawn)[change.uuid] = shape
    held = {
        uuid: shape
        for (layer, uuid), record in work.held.items()
        if layer == PARCELS and (shape := shape_of(record.geom)) is not None
    }
    for act in ground_acts(held=held, redrawn=redrawn, drawn=drawn):
        refused += _act_deltas(work, act, found)
    return refused


def point_deltas(work: Arrival, changes: Iterable[Change]) -> list[FieldDelta]:
    """Points measured in the field are kept with the return, as evidence; those of the register do not move here."""
    found = []
    for change in changes:
        if change.layer != POINTS:
            continue
        is_new = change.method is Method.CREATE
        shape = shape_of(change.geom[1]) if change.geom else None
        delta = work.delta(
            layer=change.layer,
            uuid=change.uuid,
            fingerprint=change.fingerprint(),
            method=change.method.value,
            subject=FieldDelta.Subject.POINT,
            columns=[kept_column(name, pair[1]) for name, pair in change.columns.items()],
            ground={"brought": _wkt(shape)},
            outcome=Outcome.KEPT if is_new else Outcome.REJECTED,
        )
        if not is_new:
            delta.code = "not_in_the_field"
            delta.message = "Un vértice del catastro no se mueve aquí: mueva el lindero del predio."
        found.append(delta)
    return found


def needs_survey(changes: Iterable[Change]) -> bool:
    """Whether anything of ground was drawn, which needs to say how it was measured."""
    return any(
        change.layer == PARCELS and change.geom is not None and change.method is not Method.DELETE
        for change in changes
    )


def _act_deltas(work: Arrival, act: GroundAct, found: dict[str, Change]) -> list[FieldDelta]:
    told = _told(work, act, found)
    moved = [unit for unit in act.units if work.now_hashes.get(unit) != work.held_hashes[unit]]
    deltas = [_delta(work, uuid, act, found, told) for uuid in act.uuids if uuid in found]
    if act.problem:
        _close(deltas, Outcome.REJECTED, "ground_unfit", act.problem)
    elif moved:
        gone = any(unit not in work.now_hashes for unit in moved)
        if gone:
            for delta in deltas:
                delta.ground = {**delta.ground, "verb": ""}
        _close(deltas, Outcome.CONFLICT, "ground_moved_on", GONE if gone else _MOVED)
    elif act.verb == "register_parcel" and not told["kind"]:
        _close(deltas, Outcome.REJECTED, "no_kind", "Diga si el predio nuevo es urbano o rural.")
    else:
        work.propose(act.verb, told, deltas)
    return deltas


def _told(work: Arrival, act: GroundAct, found: dict[str, Change]) -> dict[str, Any]:
    """The act's members as every door takes them, in the package's CRS."""
    common: dict[str, Any] = {"srid": work.package.srid}
    if work.arrival.survey:
        common["survey"] = work.arrival.survey
    shapes = [_wkt(shape) for shape in act.shapes]
    match act.verb:
        case "rectify_area":
            return common | {"unit": act.units[0], "surveyed": shapes[0]}
        case "adjust_boundary":
            change = {"by": "lines", "lines": shapes}
            return common | {"unit": act.units[0], "others": [act.units[1]], "change": change}
        case "split_parcel":
            cut = {"by": "partition", "pieces": shapes}
            common.pop("survey", None)
            return common | {"unit": act.units[0], "cut": cut}
        case "register_parcel":
            columns = found[act.uuids[0]].columns
            values = {
                name: columns.get(name, (None, None))[1] or "" for name in ("kind", "address")
            }
            return common | {"shape": shapes[0]} | values
    return {}


def _delta(
    work: Arrival, uuid: str, act: GroundAct, found: dict[str, Change], told: dict[str, Any]
) -> FieldDelta:
    change = found[uuid]
    before, after = change.geom or (None, None)
    now = work.now.get((PARCELS, uuid))
    is_new = change.method is Method.CREATE
    return work.delta(
        layer=PARCELS,
        uuid=uuid,
        fingerprint=change.fingerprint(),
        unit=uuid if not is_new else next(iter(act.units), None),
        method=change.method.value,
        subject=FieldDelta.Subject.GROUND,
        columns=[kept_column(n, pair[1]) for n, pair in change.columns.items()] if is_new else [],
        ground={
            "held": _wkt(shape_of(before)),
            "brought": _wkt(shape_of(after)),
            "now": _wkt(shape_of(now.geom)) if now else None,
            "verb": act.verb,
            "told": told,
        },
    )


def _unsound(work: Arrival, change: Change) -> FieldDelta:
    delta = work.delta(
        layer=PARCELS,
        uuid=change.uuid,
        fingerprint=change.fingerprint(),
        unit=change.uuid,
        method=change.method.value,
        subject=FieldDelta.Subject.GROUND,
        ground={"raw": (change.geom or (None, None))[1]},
    )
    message = "El polígono falta, está dañado o se cruza consigo mismo: dibújelo de nuevo."
    _close([delta], Outcome.REJECTED, "ground_unsound", message)
    return delta


def _close(deltas: Iterable[FieldDelta], outcome: Outcome, code: str, message: str) -> None:
    for delta in deltas:
        delta.outcome, delta.code, delta.message = outcome, code, message


def _wkt(shape: Any) -> str | None:
    return str(shapely.to_wkt(shape, rounding_precision=6)) if shape is not None else None
