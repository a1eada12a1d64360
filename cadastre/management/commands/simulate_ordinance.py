"""simulate_ordinance: who pays more, who less and what the town gets by a draft; writes nothing of the register."""

import json
from argparse import ArgumentParser
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from cadastre.management.import_options import actor_of, refusals, town_of
from cadastre.management.progress_bar import ProgressBar
from cadastre.operations.seek_ordinance_goal import seek_ordinance_goal
from cadastre.operations.simulate_ordinance import (
    SimulatedRoll,
    changes_geojson,
    simulate_ordinance,
)
from cadastre.ordinances.goal import Goal, Lever
from cadastre.ordinances.impact import Group
from cadastre.ordinances.tax_years import first_tax_year
from cadastre.queries.ordinance_list import ordinance_before, ordinance_named
from cadastre.taxation.concepts import MISSING_NAMES
from cadastre.valuation.facts import UnitKind
from gis_project.core.money import format_usd
from gis_project.core.progress import Progress
from gis_project.territory.models import Municipality, Ordinance

_HANDS = 2


class Command(BaseCommand):
    help = "Simula una ordenanza en todo el cantón: quién paga más o menos y cuánto se recauda. No toca el registro."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ordinance", help="número o identificador de la que se simula")
        parser.add_argument("--municipality", required=True, help="nombre en la web o código DPA")
        parser.add_argument(
            "--against", help="la ordenanza con la que se compara; por defecto, la que regía antes"
        )
        parser.add_argument(
            "--year", type=int, help="año de la emisión; por defecto, el primero que rige"
        )
        parser.add_argument("--map", type=Path, help="GeoJSON de los cambios, un punto por predio")
        parser.add_argument("--json", type=Path, help="el resultado en JSON")
        parser.add_argument(
            "--goal", type=Decimal, help="dólares de impuesto predial que se quieren recaudar"
        )
        parser.add_argument(
            "--lever", choices=["rate", "cap"], default="rate", help="qué se mueve para llegar"
        )
        parser.add_argument("--kind", choices=["urban", "rural"], default="urban")
        parser.add_argument("--by", help="cédula, teléfono o correo; sin él, la consola")

    def handle(self, *_: Any, **options: Any) -> None:
        with refusals(), ProgressBar(self.stderr) as phase:
            town = town_of(options["municipality"])
            ordinance = ordinance_named(town, options["ordinance"])
            year = options["year"] or first_tax_year(ordinance.valid.lower)
            if options["goal"] is not None:
                goal = self._seek(ordinance, year, options, phase)
                lines = goal_lines(goal, Lever(options["lever"].upper()))
            else:
                lines = self._simulate(town, ordinance, year, options, phase)
        for line in lines:
            self.stdout.write(line)

    def _seek(
        self, ordinance: Ordinance, year: int, options: dict[str, Any], phase: Progress
    ) -> Goal:
        return seek_ordinance_goal(
            ordinance=ordinance,
            year=year,
            kind=UnitKind(options["kind"].upper()),
            lever=Lever(options["lever"].upper()),
            target=options["goal"],
            by=actor_of(options["by"]),
            phase=phase,
        )

    def _simulate(
        self,
        town: Municipality,
        ordinance: Ordinance,
        year: int,
        options: dict[str, Any],
        phase: Progress,
    ) -> list[str]:
        told = options["against"]
        against = ordinance_named(town, told) if told else ordinance_before(ordinance)
        found = simulate_ordinance(
            ordinance=ordinance,
            against=against,
            year=year,
            by=actor_of(options["by"]),
            hands=_HANDS,
            phase=phase,
        )
        if options["map"]:
            phase("escribir el mapa")
            options["map"].write_text(changes_geojson(found), encoding="utf-8")
        if options["json"]:
            told_json = json.dumps(found.as_dict(), ensure_ascii=False, indent=2)
            options["json"].write_text(told_json, encoding="utf-8")
        return simulation_lines(found)


def simulation_lines(found: SimulatedRoll) -> list[str]:
    """The simulation in Spanish, line by line."""
    impact = found.impact
    against = found.before.number if found.before is not None else "ninguna"
    lines = [
        f"Ordenanza {found.after.number} contra {against}, emisión {found.year}",
        f"  predios con título: {impact.billed_before} antes, {impact.billed_after} después",
        f"  se recauda: {format_usd(impact.revenue_before)} antes, {format_usd(impact.revenue_after)} después",
        f"  de eso, impuesto predial: {format_usd(impact.property_tax_before)} antes, "
        f"{format_usd(impact.property_tax_after)} después",
        f"  en los topes de los factores: {impact.at_caps} predios",
    ]
    lines += [f"  en el tope de {name}: {count}" for name, count in impact.caps.items()]
    if impact.appear:
        lines.append(f"  reciben título y antes no: {impact.appear}")
    lines += [
        f"  pierden su título ({MISSING_NAMES.get(reason, reason)}): {count}"
        for reason, count in impact.vanish.items()
    ]
    if found.before is not None:
        lines += ["", *_table("Decil de avalúo", impact.deciles), *_table("Clase", impact.by_kind)]
        lines += _table("Parroquia", impact.by_parish) + _table("Uso", impact.by_use)
        lines.append("Mayores alzas")
        lines += [
            f"  {key:<30} {format_usd(before):>14} {format_usd(after):>14}"
            for key, before, after in impact.highest_rises
        ]
    seconds = ", ".join(f"{name} {spent:.1f} s" for name, spent in found.seconds.items())
    return [*lines, f"Nada del registro ni de los títulos cambió ({seconds})."]


def goal_lines(goal: Goal, lever: Lever) -> list[str]:
    """What was found, in Spanish."""
    what = "multiplicar la tabla de tarifas por" if lever is Lever.RATE else "factor total máximo"
    return [
        f"Meta: {format_usd(goal.target)} dólares de impuesto predial.",
        f"  {what} {goal.value}: {format_usd(goal.revenue)} dólares"
        + ("." if goal.is_reached else "; más allá no se llega con esa palanca dentro de la ley."),
        f"  Se liquidó todo el cantón {goal.assessed} veces; nada quedó escrito.",
    ]


def _table(title: str, groups: tuple[Group, ...]) -> list[str]:
    lines = [
        f"{title:<24} {'predios':>8} {'suben':>8} {'bajan':>8} {'antes':>15} {'después':>15} {'%':>7}"
    ]
    for one in groups:
        step = "" if one.change_pct is None else f"{one.change_pct}"
        lines.append(
            f"  {one.name or '(sin dato)':<22} {one.units:>8} {one.pay_more:>8} {one.pay_less:>8} "
            f"{format_usd(one.before):>15} {format_usd(one.after):>15} {step:>7}"
        )
    return [*lines, ""]
