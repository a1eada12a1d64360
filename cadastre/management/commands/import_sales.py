"""import_sales FILE --municipality M: sales for ratio studies; --commit keeps them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from cadastre.management.commands.ratio_study import sheet
from cadastre.management.import_options import BY, actor_of, refusals, source_file, town_of
from cadastre.operations.import_sales import import_sales
from cadastre.ratio_studies.sales_table import SalesColumns, check_columns


class Command(BaseCommand):
    help = "Carga ventas para los estudios de razones. Sin --commit, ensaya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="CSV, CSV comprimido (.gz) o XLSX con una venta por fila")
        parser.add_argument("--municipality", required=True, help="nombre en la web o código DPA")
        parser.add_argument("--key", default="clave", help="columna de la clave o número de predio")
        parser.add_argument("--price", default="precio", help="columna del precio")
        parser.add_argument("--date", default="fecha", help="columna de la fecha de la venta")
        parser.add_argument("--stratum", default="", help="columna por la que se agrupa")
        parser.add_argument("--excluded", default="", help="columna con el motivo de exclusión")
        parser.add_argument("--decimal", choices=[",", "."], default=".", help="signo decimal")
        parser.add_argument("--by", help=BY)
        parser.add_argument("--commit", action="store_true", help="guarda; sin esto es un ensayo")

    def handle(self, *_: Any, **options: Any) -> None:
        columns = SalesColumns(
            price=options["price"],
            sold_on=options["date"],
            stratum=options["stratum"],
            name=options["key"],
            excluded=options["excluded"],
        )
        with refusals():
            path = Path(options["file"])
            town = town_of(options["municipality"])
            by = actor_of(options["by"], is_committed=options["commit"])
            header, rows = sheet(path)
            check_columns(columns, header)
            report = import_sales(
                rows=rows,
                columns=columns,
                decimal_sign=options["decimal"],
                source=source_file(path),
                municipality=town,
                by=by,
                commit=options["commit"],
            )
        self.stdout.write(
            f"{report.read} filas: {report.new} ventas nuevas, {report.repeated} ya estaban, "
            f"{len(report.rejected)} no se pueden leer."
        )
        if report.without_predio:
            self.stdout.write(
                f"  {report.without_predio} sin predio en el catastro: se guardan y no cuentan."
            )
        for one in report.rejected[:20]:
            self.stdout.write(f"  fila {one.position}: {one.reason}")
        if not options["commit"]:
            self.stdout.write("Ensayo: no se escribió nada. Repita con --commit.")
