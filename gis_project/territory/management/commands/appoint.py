"""appoint: gives a person a role, making the account if there is none; the console's first step.

A new account comes with a paper code, which the person uses at /account/recover/.
"""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import (
    BaseCommand,
    CommandError,
    CommandParser,
    DjangoHelpFormatter,
)
from django.db import transaction
from django.utils import timezone

from gis_project.core.errors import DomainError
from gis_project.territory.clock import today_in
from gis_project.territory.models import Role
from gis_project.territory.operations.create_user import create_user
from gis_project.territory.operations.grant_role import UnknownRole, grant_role
from gis_project.territory.operations.issue_recovery_code import issue_recovery_code
from gis_project.territory.policy import CONSOLE
from gis_project.territory.queries.named_municipality import named_municipality
from gis_project.territory.roles import shipped_roles
from gis_project.territory.sign_in import accounts_of


class RoleListFormatter(DjangoHelpFormatter, RawDescriptionHelpFormatter):
    """Leaves one role a line."""


class Command(BaseCommand):
    help = "Nombra a una persona para un rol en un municipio (ensayo, salvo con --commit)."

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> CommandParser:
        roles = "\n".join(f"  {role.code:28}{role.name}" for role in shipped_roles())
        options |= {"formatter_class": RoleListFormatter, "epilog": f"roles:\n{roles}"}
        return super().create_parser(prog_name, subcommand, **options)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--municipality", required=True, help="nombre corto, código DPA o nombre"
        )
        parser.add_argument("--role", required=True, help="código del rol (lista, al final)")
        parser.add_argument("--cedula", required=True, help="cédula, de diez dígitos")
        parser.add_argument("--name", default="", help="nombre completo, si la cuenta es nueva")
        parser.add_argument("--commit", action="store_true", help="escribe; sin esto es un ensayo")

    def handle(self, **options: Any) -> None:
        try:
            with transaction.atomic():
                code = self._appoint(options)
                transaction.set_rollback(not options["commit"])
        except UnknownRole as refusal:
            known = ", ".join(Role.objects.order_by("code").values_list("code", flat=True))
            raise CommandError(f"{refusal.message} Hay: {known}.") from refusal
        except DomainError as refusal:
            raise CommandError(refusal.message) from refusal
        if not options["commit"]:
            self.stdout.write("Ensayo: no se escribió. Repita con --commit.")
            return
        self.stdout.write(f"Nombramiento registrado: {options['role']}.")
        if code:
            self.stdout.write(f"Código para /account/recover/ (24 horas, una vez): {code}")

    def _appoint(self, options: dict[str, Any]) -> str:
        place = named_municipality(options["municipality"], console=True)
        today = today_in(place)
        accounts = accounts_of(options["cedula"])
        user = accounts[0] if accounts else None
        code = ""
        if user is None:
            if not options["name"].strip():
                raise CommandError(
                    "No hay una cuenta con esa cédula: dé también el nombre completo, con --name."
                )
            user = create_user(
                full_name=options["name"],
                cedula=options["cedula"],
                municipality=place,
                by=CONSOLE,
                on=today,
            )
            issued = issue_recovery_code(
                user=user, municipality=place, by=CONSOLE, on=today, now=timezone.now()
            )
            code = issued.code
        grant_role(user=user, role=options["role"], municipality=place, by=CONSOLE, on=today)
        return code
