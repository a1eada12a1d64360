"""From the rows of an old system and what was written of them to the report that a technician reads."""

from collections import Counter
from decimal import Decimal
from uuid import UUID

from cadastre.imports.parcel_decisions import NO_ALIQUOT, WITHOUT_MATRIX, KnownParcel, Register
from cadastre.imports.parcel_records import Reason
from cadastre.imports.raw_layer import RawLayer
from cadastre.imports.register_decisions import RefusedUnit
from cadastre.imports.register_map import RegisterMap
from cadastre.imports.register_report import RegisterReport
from cadastre.imports.register_rows import RegisterFile, RejectedRow, Value
from cadastre.operations.import_act import ImportAct, SourceFile, run_sql
from cadastre.operations.import_register_rows import Parties, WrittenUnit
from cadastre.queries.import_open_observations import open_observations
from gis_project.core.money import to_cents
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.policy import Actor, offices, person

_NO_KIND = Reason(
    "no_kind",
    "Nada dice si el suelo es urbano o rural y se anotó rural: complete la clase en la hoja, o cargue el "
    "mapa y los límites urbanos.",
)
_WITHOUT_MAP = Reason(
    "without_map", "El predio tiene ficha pero no mapa: cargue o dibuje su geometría."
)


def reasons_of(row: WrittenUnit) -> list[Reason]:
    """What is to be mended in the predio: what the sheet lacks, and the map if there is none."""
    reasons = list(row.record.observations)
    if row.is_new and not row.is_on_matrix:
        national = row.record.key.national
        is_unit = national is not None and national.is_condominium
        reasons.append(WITHOUT_MATRIX if is_unit else _WITHOUT_MAP)
        if is_unit and not row.record.ficha.get("aliquot"):
            reasons.append(NO_ALIQUOT)
    if row.lacks_kind:
        reasons.append(_NO_KIND)
    return reasons


def register_report_of(
    *,
    layer: RawLayer,
    source: SourceFile,
    told: RegisterMap,
    with_update: bool,
    municipality: Municipality,
    by: Actor,
    commit: bool,
    read: RegisterFile,
    refused: list[RefusedUnit],
    rows: list[WrittenUnit],
    register: Register,
    parties: Parties,
    there: dict[tuple[UUID, int], Value],
    act: ImportAct | None,
) -> RegisterReport:
    """The report of all rows; what is not written keeps the standing that the register gives it."""
    user, today = person(by), today_in(municipality)
    raws = {raw.position: raw for raw in layer.records}
    rejections = [
        *read.rejected,
        *(
            RejectedRow(position, unit.reason, raws[position].attributes)
            for unit in refused
            for position in unit.record.positions
        ),
    ]
    observed = sum(len(row.record.positions) for row in rows if _is_observed(row))
    met = {row.decision.known.unit_id for row in rows if row.decision.known}
    mapless = [row for row in rows if not row.is_on_matrix and not _has_map(row.decision.known)]
    warnings = Counter(read.warnings)
    if parties.other_names:
        warnings["titulares con el mismo documento y otro nombre: se conserva el registrado"] = (
            parties.other_names
        )
    if guessed := sum(row.guessed_kind is not None and row.parcel_id is not None for row in rows):
        warnings["predios con la clase de suelo de su parroquia: la hoja no la trae"] = guessed
    reasons = Counter(rejection.reason.code for rejection in rejections)
    observations = [
        (row.record.positions, row.key_text, reason)
        for row in rows
        if row.writes
        for reason in reasons_of(row)
    ]
    reasons.update(reason.code for _, _, reason in observations)
    as_they_were = [row.decision.known for row in rows if row.decision.known and not row.writes]
    keys = {unit.unit_id: unit.principal_key for unit in as_they_were}
    keys |= {unit.parcel_id: unit.principal_key for unit in as_they_were if unit.parcel_id}
    return RegisterReport(
        municipality=municipality.name,
        made_by=user.full_name if user else "la consola",
        office=", ".join(offices(user, "import_data", municipality=municipality, on=today))
        if user
        else "",
        made_on=today.isoformat(),
        file_name=source.name,
        file_sha256=source.sha256,
        map_title=told.title,
        columns=read.columns,
        encoding=layer.encoding,
        samples=layer.samples,
        is_committed=commit,
        with_update=with_update,
        read=read.rows_read,
        admitted=read.rows_read - observed - len(rejections),
        observed=observed,
        rejected=len(rejections),
        unchanged=sum(len(row.record.positions) for row in rows if not row.writes),
        units=len(rows),
        new_units=sum(row.is_new for row in rows),
        changed_units=sum(row.differs for row in rows),
        with_map=len(rows) - len(mapless),
        without_map=len(mapless),
        map_without_unit=[
            unit.principal_key
            for unit in register.all
            if _has_map(unit) and unit.unit_id not in met
        ],
        units_without_map=[row.key_text or row.record.number for row in mapless],
        parties_new=len(parties.new),
        written=sum(row.writes for row in rows),
        value_before=sum(
            (v.total for row in rows for v in row.record.values.values()), Decimal("0.00")
        ),
        value_after=_value_sum(rows),
        value_conflicts=[
            (row.key_text, year, value.total, there[row.unit_id, year].total)
            for row in rows
            for year, value in row.record.values.items()
            if there.get((row.unit_id, year), value) != value
        ],
        reasons=reasons,
        warnings=warnings,
        rejections=rejections,
        operation=str(act.operation.pk) if act else "",
        valid_from=act.valid_from.isoformat() if act else "",
        observations=observations,
        still_open=open_observations(municipality, keys) if keys else [],
    )


def _is_observed(row: WrittenUnit) -> bool:
    return bool(reasons_of(row)) or bool(row.decision.known and row.decision.known.is_observed)


def _has_map(unit: KnownParcel | None) -> bool:
    return unit is not None and unit.version_id is not None and unit.has_map


def _value_sum(rows: list[WrittenUnit]) -> Decimal:
    wanted = [(row.unit_id, year) for row in rows for year in row.record.values]
    ((total,),) = run_sql(
        "import_value_sum", units=[unit for unit, _ in wanted], years=[year for _, year in wanted]
    )
    return to_cents(Decimal(total))
