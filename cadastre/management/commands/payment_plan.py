"""`payment_plan NUMBERS --down D --months N`: enters a plan; `--approve R` by another; alone, how each stands."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cadastre.management.import_options import BY, actor_of, refusals, town_of
from cadastre.models import PaymentPlan
from cadastre.operations.collection.payment_plans import approve_plan, enter_plan, plan_states
from cadastre.queries.debts import debts_numbered
from gis_project.core.money import format_usd, parse_decimal, to_cents
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.policy import Actor
from gis_project.territory.scope import within


class Command(BaseCommand):
    help = "Convenios de pago: registra, aprueba, o dice cómo va cada uno. Sin --commit, ensaya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("titles", nargs="*", help="números de títulos")
        parser.add_argument("--municipality", required=True, help="nombre en la web o código DPA")
        parser.add_argument("--down", help="primera cuota, USD, con coma")
        parser.add_argument("--months", type=int)
        parser.add_argument("--resolution", default="", help="resolución o número del convenio")
        parser.add_argument("--approve", help="aprueba el de esa resolución")
        parser.add_argument("--by", help=BY)
        parser.add_argument("--commit", action="store_true", help="guarda; sin esto es un ensayo")

    def handle(self, *_: Any, **options: Any) -> None:
        with refusals():
            town = town_of(options["municipality"])
            by = actor_of(options["by"], is_committed=options["commit"])
            with within(town), transaction.atomic():
                if options["approve"]:
                    plan = PaymentPlan.objects.filter(
                        municipality=town, resolution=options["approve"]
                    ).first()
                    if plan is None:
                        raise CommandError("No hay un convenio con esa resolución.")
                    approve_plan(plan, by=by)
                    self.stdout.write(f"Convenio {plan.resolution}: aprobado.")
                elif options["titles"]:
                    self._enter(town, by, options)
                else:
                    self._tell(town)
                transaction.set_rollback(not options["commit"])
        if not options["commit"]:
            self.stdout.write("No se guardó nada.")

    def _enter(self, town: Municipality, by: Actor, options: dict[str, Any]) -> None:
        if not options["down"] or not options["months"]:
            raise CommandError("Diga la primera cuota y los meses: --down 20,00 --months 12.")
        plan = enter_plan(
            [one.id for one in debts_numbered(town, options["titles"])],
            municipality=town,
            down=to_cents(parse_decimal(options["down"], decimal_sign=",")),
            months=options["months"],
            resolution=options["resolution"],
            by=by,
        )
        self.stdout.write(
            f"Convenio {plan.resolution} por {format_usd(plan.owed)} USD; falta que otra persona lo apruebe."
        )
        for one in plan.instalments:
            self.stdout.write(f"  {one['number']:>3}  {one['due_on']}  {one['amount']:>12}")

    def _tell(self, town: Municipality) -> None:
        for state in plan_states(town, on=today_in(town)):
            told = f"atrasado {format_usd(state.late)}" if state.late else "al día"
            self.stdout.write(
                f"{state.plan.resolution}: {format_usd(state.plan.owed)} USD, pagado {format_usd(state.paid)}, {told}"
            )
