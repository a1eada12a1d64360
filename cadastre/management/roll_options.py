"""What the commands about one emission share: which one, and who takes the step."""

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from cadastre.management.import_options import BY, actor_of, town_of
from cadastre.models import RollStep, TaxRoll
from cadastre.operations.export_tax_roll import NotEmitted
from gis_project.core.money import format_usd


def add_roll_options(parser: ArgumentParser) -> None:
    """--municipality, --year, --kind, --supplement-number, --note, --by, --commit."""
    parser.add_argument("--municipality", required=True, help="nombre corto o código DPA")
    parser.add_argument("--year", required=True, type=int)
    parser.add_argument("--kind", choices=["urban", "rural"], help="por omisión, las dos")
    parser.add_argument("--supplement-number", type=int, default=0, help="0: la emisión del año")
    parser.add_argument("--note", default="", help="observación")
    parser.add_argument("--by", help=BY)
    parser.add_argument("--commit", action="store_true", help="escribe; sin esto es un ensayo")


def rolls_of(options: Mapping[str, Any]) -> list[TaxRoll]:
    """The emissions asked for, urban first; NotEmitted."""
    town = town_of(options["municipality"])
    found = TaxRoll.objects.filter(
        municipality=town, year=options["year"], supplement=options["supplement_number"]
    )
    if options["kind"]:
        found = found.filter(kind=options["kind"].upper())
    rolls = list(found.select_related("municipality").order_by("-kind"))
    if not rolls:
        raise NotEmitted(f"{town.name} no tiene esa emisión de {options['year']}.")
    return rolls


def take_step(step: Callable[..., RollStep], options: Mapping[str, Any]) -> list[str]:
    """Take the step on all emissions asked for, together; what happened, in Spanish."""
    by = actor_of(options["by"], is_committed=options["commit"])
    told = []
    with transaction.atomic():
        for roll in rolls_of(options):
            taken = step(roll, by=by, note=options["note"])
            told.append(
                f"Emisión {roll.get_kind_display()} {roll.year}: {taken.get_step_display()}. "
                f"{roll.titles_count} títulos, {format_usd(roll.total)} USD."
            )
        transaction.set_rollback(not options["commit"])
    if not options["commit"]:
        told.append("Ensayo: no se escribió nada. Repita con --commit.")
    return told
