"""A predio's data that came back from the field: proposed, in conflict, known or refused, column by column."""

from collections.abc import Iterable
from typing import Any

from cadastre.ficha.variables import PredioKind
from cadastre.fieldwork.compare import Change, Method
from cadastre.fieldwork.field_layer import PARCELS, UNITS
from cadastre.fieldwork.records import Record, Stray
from cadastre.fieldwork.verdicts import ColumnVerdict, Verdict, told_inputs, verdicts
from cadastre.models import FieldDelta
from cadastre.operations.field.arrival import Arrival, Outcome

GONE = "El predio ya no está en el catastro: fue dado de baja por un acto posterior."


def data_deltas(work: Arrival, changes: Iterable[Change]) -> list[FieldDelta]:
    """One change for each predio whose data differ, with its proposal where the register still allows it."""
    found = []
    for change in changes:
        if change.layer not in (PARCELS, UNITS):
            continue
        if change.method is Method.DELETE:
            found.append(_deleted(work, change))
        elif change.method is Method.PATCH and change.columns:
            found.append(_patched(work, change))
        elif change.method is Method.CREATE and change.layer == UNITS:
            found.append(
                _rejected(
                    work,
                    change,
                    "not_in_the_field",
                    "Una unidad en propiedad horizontal no se crea en el campo.",
                )
            )
    return found


def stray_deltas(work: Arrival, strays: Iterable[Stray]) -> list[FieldDelta]:
    """Rows that belong to no predio or building: kept, with the reason."""
    return [
        work.delta(
            layer=stray.layer,
            uuid=stray.uuid,
            fingerprint=stray.fingerprint(),
            method=Method.CREATE.value,
            subject=FieldDelta.Subject.ROW,
            columns=[kept_column(name, value) for name, value in stray.values.items()],
            outcome=Outcome.REJECTED,
            code="stray_row",
            message="La fila no es de ningún predio ni edificación del paquete: anótela donde corresponde.",
        )
        for stray in strays
    ]


def kept_column(name: str, brought: Any) -> dict[str, Any]:
    """A value as it came, with nothing to compare it with."""
    return {
        "name": name,
        "label": name,
        "held": None,
        "brought": brought,
        "now": None,
        "verdict": "kept",
    }


def _patched(work: Arrival, change: Change) -> FieldDelta:
    now = work.now.get((change.layer, change.uuid))
    if now is None:
        delta = _delta(work, change, _gone(change))
        delta.outcome, delta.code, delta.message = Outcome.CONFLICT, "predio_gone", GONE
        return delta
    layer = work.layers[change.layer]
    judged = verdicts(change, now=now, layer=layer, kind=_kind(change, now))
    delta = _delta(work, change, judged)
    taken = {one.name: one.brought for one in judged if one.verdict is Verdict.TAKEN}
    if any(one.verdict is Verdict.CONFLICT for one in judged):
        delta.outcome = Outcome.CONFLICT
        delta.code = "register_moved_on"
        delta.message = "El catastro cambió después de entregar el paquete: decida qué vale."
    elif taken:
        work.propose("correct_attributes", {"unit": change.uuid, **told_inputs(taken)}, [delta])
    elif all(one.verdict is Verdict.KNOWN for one in judged):
        delta.outcome = Outcome.KNOWN
    else:
        delta.outcome, delta.code = Outcome.REJECTED, "columns_refused"
        delta.message = " ".join(dict.fromkeys(one.message for one in judged if one.message))
    return delta


def _kind(change: Change, now: Record) -> PredioKind:
    if change.layer == UNITS:
        return PredioKind.CONDOMINIUM
    _, brought = change.columns.get("kind", (None, now.values.get("kind")))
    return PredioKind.RURAL if brought == "RURAL" else PredioKind.URBAN


def _delta(work: Arrival, change: Change, judged: Iterable[ColumnVerdict]) -> FieldDelta:
    return work.delta(
        layer=change.layer,
        uuid=change.uuid,
        fingerprint=change.fingerprint(),
        unit=change.uuid,
        method=change.method.value,
        subject=FieldDelta.Subject.DATA,
        columns=[one.plain() for one in judged],
    )


def _gone(change: Change) -> list[ColumnVerdict]:
    return [
        ColumnVerdict(
            name=name, label=name, held=held, brought=brought, now=None, verdict=Verdict.CONFLICT
        )
        for name, (held, brought) in change.columns.items()
    ]


def _deleted(work: Arrival, change: Change) -> FieldDelta:
    return _rejected(
        work,
        change,
        "not_in_the_field",
        "Un predio no se borra en el campo: si ya no existe, prepare su baja o su integración.",
    )


def _rejected(work: Arrival, change: Change, code: str, message: str) -> FieldDelta:
    delta = _delta(work, change, ())
    delta.columns = [kept_column(name, pair[1]) for name, pair in change.columns.items() if pair[1]]
    delta.outcome, delta.code, delta.message = Outcome.REJECTED, code, message
    return delta
