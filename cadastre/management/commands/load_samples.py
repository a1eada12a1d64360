"""Loads sample municipalities, a demonstration account per role, and the year's sample tax roll."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cadastre.keys.plain_text import plain
from cadastre.operations.emit_tax_roll import emit_tax_roll
from cadastre.operations.load_samples import is_loaded, load_sample_town
from cadastre.operations.sample_accounts import DemoAccount, ensure_demo_accounts
from cadastre.operations.sample_desk import ensure_sample_desk
from cadastre.operations.sample_papers import ensure_sample_paper_rules
from cadastre.valuation.facts import UnitKind
from fixtures.samples.generate import generate_town
from fixtures.samples.towns import TOWNS
from gis_project.core.errors import DomainError
from gis_project.core.money import format_usd
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.policy import CONSOLE
from gis_project.territory.scope import within


class Command(BaseCommand):
    help = "Carga municipios de muestra (datos inventados). Repetirlo no cambia nada."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--municipalities", default="mejia,celica,ona", help="nombres o códigos DPA, con comas"
        )
        parser.add_argument(
            "--no-accounts", action="store_true", help="sin cuentas de demostración"
        )
        parser.add_argument("--no-roll", action="store_true", help="sin emisión de muestra")

    def handle(self, **options: Any) -> None:
        slugs = [_slug(text) for text in options["municipalities"].split(",") if text.strip()]
        try:
            towns = [self._load(slug) for slug in slugs]
            for town in towns:
                ensure_sample_paper_rules(town)
                with within(town):
                    ensure_sample_desk(town)
            if not options["no_roll"]:
                for town in towns:
                    with within(town):
                        self._emit(town)
            if towns and not options["no_accounts"]:
                self._tell(ensure_demo_accounts(municipalities=towns, on=today_in(towns[0])))
        except DomainError as refusal:
            raise CommandError(refusal.message) from refusal

    def _load(self, slug: str) -> Municipality:
        spec = TOWNS[slug]
        if is_loaded(spec.dpa_code):
            return Municipality.objects.get(dpa_code=spec.dpa_code)
        start = time.monotonic()
        loaded = load_sample_town(town=generate_town(spec), by=CONSOLE)
        self.stdout.write(
            f"{spec.name} (datos de muestra, inventados): {loaded.parcels} terrenos, "
            f"{loaded.units} predios, {loaded.overlaps} traslapes observados, "
            f"{time.monotonic() - start:.1f} s"
        )
        return loaded.municipality

    def _emit(self, municipality: Municipality) -> None:
        year = today_in(municipality).year
        for kind in UnitKind:
            result = emit_tax_roll(municipality=municipality, year=year, kind=kind, by=CONSOLE)
            if result.is_new:
                word = "urbana" if kind is UnitKind.URBAN else "rural"
                self.stdout.write(
                    f"{municipality.name}, emisión {word} {year} (muestra): "
                    f"{result.roll.titles_count} títulos, {format_usd(result.roll.total)} USD, "
                    f"{result.roll.exceptions_count} por revisar"
                )

    def _tell(self, accounts: list[DemoAccount]) -> None:
        fresh = [account for account in accounts if account.password]
        if fresh:
            self.stdout.write(
                "Cuentas de demostración (cédula, contraseña; no se muestran otra vez):"
            )
        for account in fresh:
            mfa = " · pide segundo factor" if account.role.requires_mfa else ""
            self.stdout.write(f"  {account.cedula}  {account.password}  {account.role.name}{mfa}")


def _slug(text: str) -> str:
    """The sample that the text names by slug, code or name, with or without accents."""
    wanted = plain(text)
    for slug, spec in TOWNS.items():
        if wanted in {plain(slug), spec.dpa_code, plain(spec.name), *map(plain, spec.aliases)}:
            return slug
    raise CommandError(f"No hay una muestra «{text}»: use {', '.join(TOWNS)}.")
