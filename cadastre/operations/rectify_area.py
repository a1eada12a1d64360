"""Regularización de excedentes y diferencias (COOTAD 481.1): the ground as surveyed, against what the title says.

The ordinance's table says how much measured and titled area may differ. Inside it the map follows the survey
and the title stays; beyond it the title is rectified too, by inscribed resolution.
"""

from decimal import Decimal
from typing import Any

from cadastre.acts.area_tolerance import verdict
from cadastre.geometry.grid_rings import Area
from cadastre.geometry.overlap import check_overlaps
from cadastre.geometry.replace import check_usable, replace_parcel
from cadastre.models import AreaLedgerLine, ParcelVersion, PropertyUnit
from cadastre.operations.deed.beyond_tolerance import ask_for_further_documents
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.ground import Ground, replace_ground, take_ground, write_ledger
from cadastre.operations.deed.mend import end_overlaps, settle_states
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.deed.perform import Work, performing
from cadastre.operations.deed.rows import replace_rows
from cadastre.operations.deed.survey import bind_surveys
from cadastre.operations.deed.title_seen import check_title_seen
from cadastre.operations.split_parcel import check_plain
from cadastre.queries.area_tolerance import area_tolerance_in_force
from gis_project.core.areas import legal_area
from gis_project.core.errors import InvalidInput
from gis_project.core.units import format_m2, measured_area_m2

VERB = "rectify_area"


class NothingToRectify(InvalidInput):
    """Neither a surveyed polygon nor a titled area was given: give one of them."""

    code = "nothing_to_rectify"


class TitledAreaMissing(InvalidInput):
    """The register does not know what area the title states: copy it from the deed."""

    code = "titled_area_missing"


def rectify_area(
    *,
    unit: PropertyUnit,
    filing: Filing,
    surveyed: Area | None = None,
    titled_area_m2: Decimal | None = None,
) -> Outcome:
    """The outcome; ``facts["verdict"]`` explains it line by line.

    ``surveyed`` is the polygon that the person chose, on the millimetre grid of EPSG:32717 (see
    ``propose_replacement``); ``titled_area_m2`` what the title says, where the register has none or a wrong one.
    Areas are compared in the municipality's legal CRS. Raises what ``performing`` does, NoAreaTolerance,
    SurveyMissing, TitledAreaMissing, TitledAreaKnown, OverlapsNeighbour, GeometryRefused.
    """
    if surveyed is None and titled_area_m2 is None:
        raise NothingToRectify("Dé el polígono levantado, el área del título, o los dos.")
    if titled_area_m2 is not None and titled_area_m2 <= 0:
        raise TitledAreaMissing("El área del título debe ser mayor que 0: cópiela de la escritura.")
    if surveyed is not None:
        check_usable(surveyed)
    with performing(VERB, municipality=unit.municipality, units=[unit], filing=filing) as work:
        (predio,) = work.units
        check_plain(predio)
        bind_surveys(work, is_needed=True)
        ground = take_ground(
            work.deed, [predio.parcel_id], reach=[surveyed] if surveyed is not None else ()
        )
        (version,) = ground.own.values()
        if surveyed is None:
            changes = _judged(work, version, version.legal_area_m2, titled_area_m2)
            replace_rows(work.deed, [(version, changes)])
        else:
            _redraw(work, ground, version, surveyed, titled_area_m2)
    return work.done


def _redraw(
    work: Work, ground: Ground, version: ParcelVersion, surveyed: Area, titled: Decimal | None
) -> None:
    deed, parcel = work.deed, version.parcel_id
    old, neighbours = ground.shapes[parcel], ground.neighbours()
    drawn = replace_parcel(old, surveyed, key=parcel, neighbours=neighbours)
    check_overlaps(drawn.parcel, {**neighbours, **drawn.neighbours}, before=old)
    area = legal_area(drawn.parcel, legal_srid=deed.municipality.legal_srid)
    changes = _judged(work, version, measured_area_m2(area), titled)
    shapes = {parcel: drawn.parcel, **drawn.neighbours}
    mended = end_overlaps(deed, ground, shapes)
    replace_ground(deed, ground, shapes, mended=mended, **changes)
    settle_states([*shapes, *mended])
    write_ledger(deed, drawn.ledger, rest=AreaLedgerLine.Kind.MEASURED)


def _judged(
    work: Work, version: ParcelVersion, measured: Decimal | None, told: Decimal | None
) -> dict[str, Any]:
    """What the version says of its title after the verdict, whose documents are asked for here."""
    if told is not None:
        check_title_seen(work, version, told)
    titled = told if told is not None else version.titled_area_m2
    if titled is None or titled <= 0 or measured is None:
        raise TitledAreaMissing(
            "El catastro no sabe qué área dice el título de este predio: cópiela de la escritura."
        )
    found = verdict(
        measured_m2=measured,
        titled_m2=titled,
        kind=version.kind,
        tolerance=area_tolerance_in_force(work.deed.municipality, on=work.deed.valid_from),
    )
    work.facts["verdict"] = found.plain()
    if not found.is_beyond:
        return {"titled_area_m2": titled}
    ask_for_further_documents(work, because=found.lines[-1].label_es)
    work.notes.append(
        f"El área del título pasa de {format_m2(titled)} a {format_m2(measured)}, por la resolución."
    )
    return {"titled_area_m2": measured}
