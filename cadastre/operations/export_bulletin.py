"""Writes the boletín de emisión of a year as CSV with a manifest, and beside it the list of what is left to do."""

import csv
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from cadastre.models import RollDoubt, RollException, TaxRoll
from cadastre.operations.export_tax_roll import ExportDiffers, NotEmitted
from cadastre.queries.principal_key import principal_keys
from cadastre.queries.roll_bulletin import roll_bulletin
from cadastre.queries.roll_novelties import NOVELTY_NAMES, roll_novelties
from cadastre.taxation.concepts import COLLECTED_FOR, CONCEPT_NAMES, DOUBT_NAMES, MISSING_NAMES
from gis_project.core.canonical import canonical_json
from gis_project.core.money import ZERO
from gis_project.core.sheets import safe_cell
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.operations.log_access import log_access
from gis_project.territory.policy import Actor, can, check_can

BULLETIN = (
    *("clase", "complementaria", "cuenta", "rubro", "nombre", "de_quien"),
    *("parroquia", "nombre_parroquia", "tarifa_por_mil", "titulos", "base", "monto"),
)
# Of whose income or patrimony nothing is known says that he is elderly.
_OF_PREDIOS = frozenset({"SERVICES", "AMOUNT"})
_PERSON, _PERSON_ES = "PERSON", "falta un dato personal de un titular"
WORK = ("clase", "complementaria", "lista", "clave", "codigo", "que_pasa", "detalle")


@dataclass(frozen=True, slots=True)
class ExportedBulletin:
    """The files, the total in dollars, and how many rows each list has."""

    bulletin: Path
    work: Path
    manifest: Path
    total: Decimal
    rows: int
    work_rows: int


def export_bulletin(
    *, municipality: Municipality, year: int, folder: Path, by: Actor
) -> ExportedBulletin:
    """`boletin_…`, `pendientes_…` and their manifest in ``folder``, readable by their owner only.

    The same rolls give the same boletín. The list holds predios without title, doubts and novedades; what a
    doubt is about a person only for who may see personal data.
    Raises NotEmitted, ExportDiffers, NotAllowed.
    """
    check_can(by, "export_tax_roll", municipality=municipality, on=today_in(municipality))
    rolls = list(
        TaxRoll.objects.filter(municipality=municipality, year=year)
        .select_related("operation")
        .order_by("-kind", "supplement")
    )
    if not rolls:
        raise NotEmitted(f"{municipality.name} no tiene emisión de {year}: ejecute emit_tax_roll.")
    rows = roll_bulletin(municipality=municipality, year=year)
    total = sum((row.amount for row in rows), ZERO)
    expected = sum((roll.total for roll in rolls), ZERO)
    if total != expected:
        raise ExportDiffers(
            f"El boletín suma {total} y las emisiones, {expected}: avise a soporte."
        )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stem = f"{municipality.slug}_{year}"
    paths = [folder / f"boletin_{stem}.csv", folder / f"pendientes_{stem}.csv"]
    sees = can(by, "view_personal_data", municipality=municipality, on=today_in(municipality))
    work = [row for roll in rolls for row in _work(roll, sees_persons=sees)]
    _write(paths[0], BULLETIN, ((*row[:4], *_named(row.concept), *row[4:]) for row in rows))
    _write(paths[1], WORK, work)
    manifest = folder / f"boletin_{stem}.json"
    _fresh(manifest).write_bytes(
        canonical_json(
            {
                "municipality": municipality.slug,
                "year": year,
                "total": total,
                "files": {path.name: _sha256(path) for path in paths},
                "rolls": [[roll.kind, roll.supplement, roll.total] for roll in rolls],
            }
        )
    )
    log_access(
        municipality=municipality,
        actor=by,
        action="export_bulletin",
        query=stem,
        purpose=f"Boletín de emisión {year}",
        found=len(work),
    )
    return ExportedBulletin(paths[0], paths[1], manifest, total, len(rows), len(work))


def _named(concept: str) -> tuple[str, str]:
    return CONCEPT_NAMES.get(concept, concept), COLLECTED_FOR.get(concept, "")


def _work(roll: TaxRoll, *, sees_persons: bool) -> Iterable[tuple[Any, ...]]:
    head = (roll.kind, roll.supplement)
    exceptions = list(RollException.objects.filter(roll=roll).order_by("pk"))
    found = RollDoubt.objects.filter(roll=roll).values_list("unit_id", "code")
    doubts = sorted(
        {(unit, code if sees_persons or code in _OF_PREDIOS else _PERSON) for unit, code in found},
        key=lambda row: (str(row[0]), row[1]),
    )
    keys = principal_keys([row.unit_id for row in exceptions] + [unit for unit, _ in doubts])
    for row in exceptions:
        why = MISSING_NAMES.get(row.code, row.code)
        yield (*head, "sin título", keys.get(row.unit_id, ""), row.code, why, row.reason)
    for unit, code in doubts:
        yield (*head, "duda", keys.get(unit, ""), code, DOUBT_NAMES.get(code, _PERSON_ES), "")
    for told in roll_novelties(roll):
        what = NOVELTY_NAMES[told.what]
        detail = f"{told.verb}, {told.recorded_at:%d/%m/%Y}; título {told.title or 'ninguno'}"
        yield (*head, "novedad", told.key, told.what, what, detail)


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with _fresh(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow([safe_cell(v) if isinstance(v, str) else v for v in row])


def _fresh(path: Path) -> Path:
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    return path


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
