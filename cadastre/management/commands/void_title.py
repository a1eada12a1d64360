"""void_title NUMBER: one person asks to void a title, another grants or refuses it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from cadastre.management.import_options import BY, actor_of, refusals, town_of
from cadastre.models import TaxTitle
from cadastre.operations.void_title import VoidingNotThere, ask_voiding, decide_voiding
from cadastre.queries.numbered_title import TitleNotFound
from gis_project.territory.models import Municipality
from gis_project.territory.policy import Actor


class Command(BaseCommand):
    help = "Pide la baja de un título, o decide la que otra persona pidió."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", help="número del título")
        parser.add_argument("--municipality", required=True, help="nombre corto o código DPA")
        parser.add_argument("--reason", default="", help="motivo, para pedirla")
        parser.add_argument("--resolution", default="", help="resolución que la ordena")
        decided = parser.add_mutually_exclusive_group()
        decided.add_argument("--grant", action="store_true", help="concede la baja pedida")
        decided.add_argument("--refuse", action="store_true", help="niega la baja pedida")
        parser.add_argument("--by", help=BY)
        parser.add_argument("--commit", action="store_true", help="escribe; sin esto es un ensayo")

    def handle(self, **options: Any) -> None:
        with refusals(), transaction.atomic():
            town = town_of(options["municipality"])
            by = actor_of(options["by"], is_committed=options["commit"])
            title = _title(town, options["number"])
            told = _decided(title, by, options) or _asked(title, by, options)
            transaction.set_rollback(not options["commit"])
        self.stdout.write(told)
        if not options["commit"]:
            self.stdout.write("Ensayo: no se escribió nada. Repita con --commit.")


def _title(town: Municipality, number: str) -> TaxTitle:
    found = TaxTitle.objects.filter(municipality=town, number=number).first()
    if found is None:
        raise TitleNotFound("No hay un título con ese número en este municipio.")
    return found


def _asked(title: TaxTitle, by: Actor, options: dict[str, Any]) -> str:
    ask_voiding(title, reason=options["reason"], resolution=options["resolution"], by=by)
    return (
        f"Pedida la baja del título {title.number}; la decide otra persona con --grant o --refuse."
    )


def _decided(title: TaxTitle, by: Actor, options: dict[str, Any]) -> str:
    if not (options["grant"] or options["refuse"]):
        return ""
    asked = title.voidings.filter(decided_at__isnull=True).first()
    if asked is None:
        raise VoidingNotThere(f"Nadie ha pedido la baja del título {title.number}.")
    decide_voiding(asked, is_granted=options["grant"], by=by)
    return f"Baja del título {title.number}: {'concedida' if options['grant'] else 'negada'}."
