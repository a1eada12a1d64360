"""reissue_demo_passwords: new passwords for the demonstration accounts, shown once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cadastre.operations.sample_accounts import reissue_demo_passwords


class Command(BaseCommand):
    help = "Da contraseñas nuevas a las cuentas de demostración (a ninguna otra) y las muestra una vez."

    def handle(self, **options: Any) -> None:
        accounts = reissue_demo_passwords()
        if not accounts:
            raise CommandError("No hay cuentas de demostración: las hace load_samples.")
        self.stdout.write("Cuentas de demostración (cédula, contraseña; no se muestran otra vez):")
        for account in accounts:
            mfa = " · pide segundo factor" if account.role.requires_mfa else ""
            self.stdout.write(f"  {account.cedula}  {account.password}  {account.role.name}{mfa}")
