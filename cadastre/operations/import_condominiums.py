"""Units of condominiums find their matrix, whichever of the two came first and with which import."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from cadastre.keys.cadastral_key import CadastralKey
from cadastre.operations.import_act import ImportAct, run_sql


def attach_to_matrices(act: ImportAct, told: Mapping[UUID, Decimal]) -> set[UUID]:
    """Put every waiting unit of the municipality on its matrix's ground; returns the grounds that got units.

    ``told``: aliquots (0 < a ≤ 1) that the file gives of units that are there without one.
    """
    waiting = run_sql("import_waiting_units", municipality=act.municipality.pk)
    keyed = [(unit, CadastralKey.parse(key), aliquot) for unit, key, aliquot in waiting]
    units = [one for one in keyed if one[1].is_condominium]
    attached = run_sql(
        "import_attach_units",
        municipality=act.municipality.pk,
        operation=act.operation.pk,
        units=[unit for unit, _, _ in units],
        matrices=[key.matrix.digits for _, key, _ in units],
        aliquots=[told.get(unit) if known is None else known for unit, _, known in units],
    )
    return {parcel for (parcel,) in attached}


def untax_matrices(act: ImportAct) -> None:
    """No matrix of the municipality that has units is taxed itself."""
    run_sql("import_untax_matrices", municipality=act.municipality.pk)
