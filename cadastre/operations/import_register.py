"""Takes the alphanumeric cadastre in: owners, tenure, ficha and values of the old system.

One transaction, one operation. A predio is known by its key, else by its number; one that has no map
yet enters observed. What is there already and differs waits for `--update`; values never change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import connection, transaction

from cadastre.imports.ground_facts import Limits, kind_by_parish
from cadastre.imports.parcel_decisions import Register
from cadastre.imports.raw_layer import RawLayer
from cadastre.imports.register_decisions import UnitDecision, decided_units
from cadastre.imports.register_map import RegisterMap
from cadastre.imports.register_report import RegisterReport
from cadastre.imports.register_rows import Value, read_register
from cadastre.keys.normal_form import bare_form
from cadastre.keys.provisional_key import ProvisionalKey
from cadastre.operations.import_act import (
    Counts,
    ImportAct,
    SourceFile,
    close_act,
    lock_municipality,
    open_act,
    run_sql,
)
from cadastre.operations.import_condominiums import attach_to_matrices, untax_matrices
from cadastre.operations.import_old_keys import replace_principal_keys
from cadastre.operations.import_parcel_rows import write_observations
from cadastre.operations.import_register_report import reasons_of, register_report_of
from cadastre.operations.import_register_rows import (
    Parties,
    WrittenUnit,
    scheme_of,
    write_keys,
    write_new_units,
    write_parties,
    write_rights,
    write_values,
)
from cadastre.queries.import_holders import held_now, known_parties, migrated_values
from cadastre.queries.import_known_units import known_units, last_provisional_number
from cadastre.queries.import_limits import limits_of
from gis_project.core.progress import UNSEEN, Progress
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.policy import Actor, check_can

VERB = "import_register"
_JUDGED_CODES = ["no_holder", "shares_do_not_sum", "holder_document", "repeated_number"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterImport:
    """What the technician asked for besides the file itself."""

    map: RegisterMap
    update: bool = False
    valid_from: date | None = None
    year: int | None = None


def import_register(
    *,
    layer: RawLayer,
    source: SourceFile,
    wanted: RegisterImport,
    municipality: Municipality,
    by: Actor,
    commit: bool,
    phase: Progress = UNSEEN,
) -> RegisterReport:
    """The report of the import; without ``commit`` nothing stays written. Raises InvalidMap, NotAllowed."""
    today = today_in(municipality)
    check_can(by, "import_data", municipality=municipality, on=today)
    phase("interpretar filas", len(layer.records))
    read = read_register(layer, wanted.map, default_year=wanted.year or today.year, progress=phase)
    with transaction.atomic():
        phase("comparar con el registro")
        recorded_at = lock_municipality(municipality)
        register = Register(known_units(municipality))
        decisions, refused = decided_units(read.units, register)
        parties = Parties(known_parties(municipality))
        there = migrated_values(municipality)
        limits = limits_of(municipality, on=today)
        rows = _rows(
            decisions, register, parties, there, municipality, limits, update=wanted.update
        )
        chosen = [row for row in rows if row.writes]
        act: ImportAct | None = None
        if chosen:
            phase("escribir")
            act = open_act(
                VERB,
                municipality=municipality,
                actor=by,
                source=source,
                valid_from=wanted.valid_from or today,
                today=today,
                recorded_at=recorded_at,
            )
            _carry_out(chosen, parties, act)
        phase("informar")
        report = register_report_of(
            told=wanted.map,
            with_update=wanted.update,
            layer=layer,
            source=source,
            municipality=municipality,
            by=by,
            commit=commit,
            read=read,
            refused=refused,
            rows=rows,
            register=register,
            parties=parties,
            there=there,
            act=act,
        )
        if act is not None:
            close_act(
                act,
                source=source,
                subject="register",
                by=by,
                counts=Counts(
                    read=report.read,
                    admitted=report.admitted,
                    observed=report.observed,
                    rejected=report.rejected,
                    unchanged=report.unchanged,
                ),
                told={
                    "units_written": report.written,
                    "value_before": report.value_before,
                    "value_after": report.value_after,
                    "office": report.office,
                },
            )
        if not commit:
            transaction.set_rollback(True)
    return report


def _rows(
    decisions: list[UnitDecision],
    register: Register,
    parties: Parties,
    there: dict[tuple[UUID, int], Value],
    municipality: Municipality,
    limits: Limits,
    *,
    update: bool,
) -> list[WrittenUnit]:
    held = held_now(municipality)
    number = last_provisional_number(municipality)
    parishes = {limit.dpa_code: limit for limit in limits.parishes}
    own = {d.record.key.normalised: uuid4() for d in decisions if d.known is None and _is_lot(d)}
    rows = []
    for decision in decisions:
        record, known = decision.record, decision.known
        text, normalised, scheme = record.key_text, record.key.normalised, scheme_of(record)
        if known is None and not normalised:
            number += 1
            text = str(ProvisionalKey(municipality.dpa_code, number))
            normalised, scheme = bare_form(text), "PROVISIONAL"
        unit_id = known.unit_id if known else uuid4()
        parcel_id, is_on_matrix = _ground(decision, register, own)
        rights = frozenset(
            (
                parties.party_of(one.holder),
                one.kind,
                one.share.numerator if one.share is not None else None,
                one.share.denominator if one.share is not None else None,
            )
            for one in record.held
        )
        now = held.get(unit_id, frozenset())
        national = record.key.national
        parish = parishes.get(national.parish_code) if national is not None else None
        is_told = known is not None or is_on_matrix or "kind" in record.ficha
        rows.append(
            WrittenUnit(
                decision=decision,
                unit_id=unit_id,
                parcel_id=parcel_id,
                is_on_matrix=is_on_matrix,
                key_text=text,
                key_normalised=normalised,
                key_scheme=scheme,
                rights=rights,
                writes_rights=bool(rights) and rights != now and (update or not now),
                differs=bool(decision.ficha_changes or (now and rights and rights != now)),
                ficha=decision.ficha | (decision.ficha_changes if update else {}),
                values={y: v for y, v in record.values.items() if (unit_id, y) not in there},
                guessed_kind=None if is_told else kind_by_parish(record.key, parish),
            )
        )
    return rows


def _is_lot(decision: UnitDecision) -> bool:
    national = decision.record.key.national
    return national is not None and not national.is_condominium


def _ground(
    decision: UnitDecision, register: Register, own: Mapping[str, UUID]
) -> tuple[UUID | None, bool]:
    """The parcel of a unit, and whether it is that of its condominium's matrix.

    ``own``: the grounds that this sheet brings itself, by key.
    """
    record, known = decision.record, decision.known
    if known is not None and known.parcel_id is not None:
        return known.parcel_id, known.aliquot is not None
    national = record.key.national
    if national is None or not national.is_condominium:
        return (own.get(record.key.normalised) or uuid4() if known is None else None), False
    matrix = register.by_key.get(national.matrix.digits)
    ground = matrix.parcel_id if matrix and matrix.version_id is not None else None
    ground = ground or own.get(national.matrix.digits)
    has_aliquot = bool(record.ficha.get("aliquot") or (known and known.aliquot))
    return (ground, True) if ground and has_aliquot else (None, False)


def _carry_out(rows: list[WrittenUnit], parties: Parties, act: ImportAct) -> None:
    of_act = {"operation": act.operation.pk, "now": act.recorded_at}
    new = [row for row in rows if row.is_new]
    there = [row for row in rows if not row.is_new]
    parish_ids = dict(act.municipality.parishes.values_list("dpa_code", "pk"))
    needed = {party for row in rows for party, *_ in row.rights if row.writes_rights}
    write_parties({p: holder for p, holder in parties.new.items() if p in needed}, act)
    write_new_units(new, act, parish_ids)
    rekeyed = [row for row in there if row.decision.brings_key]
    key_since = replace_principal_keys([row.unit_id for row in rekeyed], act)
    write_keys([*new, *rekeyed], act, key_since)
    numbered = [row for row in there if row.decision.writes_number]
    run_sql(
        "import_unit_changes",
        units=[row.unit_id for row in numbered],
        parcels=[None] * len(numbered),
        numbers=[row.record.number for row in numbered],
    )
    held = [row for row in rows if row.writes_rights]
    closed = run_sql("import_close_rights", **of_act, units=[row.unit_id for row in held])
    run_sql(
        "import_keep_past_rights",
        **of_act,
        rights=[right for (right,) in closed],
        until=act.valid_from,
    )
    write_rights(held, act)
    write_values(rows, act)
    _write_ficha([row for row in there if row.ficha], act)
    judged = [row for row in rows if row.is_new or row.writes_rights]
    run_sql(
        "import_resolve_unit_observations",
        operation=act.operation.pk,
        units=[row.unit_id for row in judged],
        codes=_JUDGED_CODES,
    )
    run_sql(
        "import_resolve_unit_observations",
        operation=act.operation.pk,
        units=[row.unit_id for row in there if "kind" in row.ficha],
        codes=["no_kind"],
    )
    write_observations(
        ((None, row.unit_id, reason) for row in judged for reason in reasons_of(row)),
        act,
    )
    aliquots = {
        row.unit_id: aliquot for row in rows if (aliquot := row.record.ficha.get("aliquot"))
    }
    grounds = attach_to_matrices(act, aliquots)
    grounds |= {row.parcel_id for row in rows if row.parcel_id}
    run_sql("import_unit_states", parcels=list(grounds))
    untax_matrices(act)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _write_ficha(rows: list[WrittenUnit], act: ImportAct) -> None:
    if not rows:
        return
    versions = [row.decision.known.version_id for row in rows if row.decision.known]
    of_act = {"operation": act.operation.pk, "now": act.recorded_at}
    run_sql("import_close_versions", **of_act, versions=versions)
    run_sql(
        "import_ficha",
        **of_act,
        versions=versions,
        kinds=[row.ficha.get("kind") for row in rows],
        addresses=[row.ficha.get("address") for row in rows],
        land_uses=[row.ficha.get("land_use") for row in rows],
        areas=[row.ficha.get("titled_area") for row in rows],
    )
    # The ground is the same: one check of the whole set instead of one for each.
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cadastre_settle_overlaps(%s)", [act.operation.pk])
