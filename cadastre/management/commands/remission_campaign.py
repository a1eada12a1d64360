"""`remission_campaign FILE --municipality M`: enters a campaign from its TOML; `NAME --approve` by another person."""

import tomllib
from argparse import ArgumentParser
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cadastre.management.import_options import BY, actor_of, refusals, town_of
from cadastre.models import RemissionCampaign
from cadastre.operations.collection.remission_campaigns import approve_campaign, enter_campaign
from cadastre.taxation.debt_parts import DebtPart
from cadastre.taxation.remission import Remission, RemissionWindow


class Command(BaseCommand):
    help = "Registra una campaña de remisión; otra persona la aprueba. Sin --commit, ensaya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "campaign",
            help="TOML con name, citation, parts, through_year y [[window]] first, last, percent; o un nombre",
        )
        parser.add_argument("--municipality", required=True, help="nombre en la web o código DPA")
        parser.add_argument("--approve", action="store_true", help="aprueba la de ese nombre")
        parser.add_argument("--by", help=BY)
        parser.add_argument("--commit", action="store_true", help="guarda; sin esto es un ensayo")

    def handle(self, *_: Any, **options: Any) -> None:
        with refusals(), transaction.atomic():
            town = town_of(options["municipality"])
            by = actor_of(options["by"], is_committed=options["commit"])
            if options["approve"]:
                campaign = RemissionCampaign.objects.filter(
                    municipality=town, name=options["campaign"]
                ).first()
                if campaign is None:
                    raise CommandError("No hay una campaña con ese nombre.")
                approve_campaign(campaign, by=by)
            else:
                campaign = enter_campaign(
                    _read(Path(options["campaign"])), municipality=town, by=by
                )
            transaction.set_rollback(not options["commit"])
        state = (
            "aprobada" if options["approve"] else "registrada; falta que otra persona la apruebe"
        )
        told = "" if options["commit"] else " Ensayo: no se guardó nada."
        self.stdout.write(f"Campaña «{campaign.name}»: {state}.{told}")


def _read(path: Path) -> Remission:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        return Remission(
            name=str(told["name"]),
            citation=str(told["citation"]),
            parts=tuple(DebtPart(part) for part in told["parts"]),
            through_year=int(told["through_year"]),
            windows=tuple(
                RemissionWindow(
                    _day(window["first"]), _day(window["last"]), Decimal(str(window["percent"]))
                )
                for window in told["window"]
            ),
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as wrong:
        raise CommandError(f"La campaña no está completa: {wrong}.") from wrong


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
