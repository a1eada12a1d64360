"""recover_account: a paper code from the console, for whoever has no administrator left to ask.

The sole administrator who lost the phone cannot make the paper for himself in the web; whoever sits at the machine
can. Taking off the second factor still asks the person for the password, at /account/recover/second-factor/.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from gis_project.core.errors import DomainError
from gis_project.territory.clock import today_in
from gis_project.territory.operations.issue_recovery_code import Opens, issue_recovery_code
from gis_project.territory.policy import CONSOLE
from gis_project.territory.queries.named_municipality import named_municipality
from gis_project.territory.sign_in import accounts_of

_PAGES = {
    Opens.PASSWORD: "/account/recover/",
    Opens.SECOND_FACTOR: "/account/recover/second-factor/",
}


class Command(BaseCommand):
    help = "Da en la consola un código de recuperación de una cuenta (ensayo, salvo con --commit)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--municipality", required=True, help="nombre corto, código DPA o nombre"
        )
        parser.add_argument("--cedula", required=True, help="cédula, teléfono o correo")
        parser.add_argument(
            "--second-factor",
            action="store_true",
            help="quita el segundo factor; sin esto, el código cambia la contraseña",
        )
        parser.add_argument("--commit", action="store_true", help="escribe; sin esto es un ensayo")

    def handle(self, **options: Any) -> None:
        opens = Opens.SECOND_FACTOR if options["second_factor"] else Opens.PASSWORD
        try:
            with transaction.atomic():
                place = named_municipality(options["municipality"], console=True)
                accounts = accounts_of(options["cedula"])
                if not accounts:
                    raise CommandError("No hay una cuenta con ese identificador.")
                issued = issue_recovery_code(
                    user=accounts[0],
                    municipality=place,
                    by=CONSOLE,
                    on=today_in(place),
                    now=timezone.now(),
                    opens=opens,
                )
                transaction.set_rollback(not options["commit"])
        except DomainError as refusal:
            raise CommandError(refusal.message) from refusal
        if not options["commit"]:
            self.stdout.write("Ensayo: no se escribió. Repita con --commit.")
            return
        self.stdout.write(f"Código para {_PAGES[opens]} (24 horas, una vez): {issued.code}")
