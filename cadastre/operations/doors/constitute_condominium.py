"""From JSON to ``constitute_condominium``."""

from cadastre.acts.inputs.constitute_condominium import ConstituteCondominiumInputs, UnitInputs
from cadastre.operations.constitute_condominium import NewUnit, constitute_condominium
from cadastre.operations.deed.door import Door, party_named, unit_named
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.transfer_rights import Taker
from gis_project.territory.models import Municipality


def _run(town: Municipality, told: ConstituteCondominiumInputs, filing: Filing) -> Outcome:
    return constitute_condominium(
        unit=unit_named(town, told.unit),
        units=[_row(town, row) for row in told.units],
        filing=filing,
    )


def _row(town: Municipality, row: UnitInputs) -> NewUnit:
    return NewUnit(
        aliquot=row.aliquot,
        tower=row.tower,
        floor=row.floor,
        unit=row.unit,
        key=row.key,
        private_m2=row.private_m2,
        building=row.building,
        use=row.use,
        holders=[
            Taker(party=party_named(town, holder.party), share=holder.share, kind=holder.kind)
            for holder in row.holders
        ],
    )


DOOR = Door(ConstituteCondominiumInputs, _run)
