"""Takes in sales with which appraisals are compared: each once, tied to its predio where the key is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db import transaction

from cadastre.keys.any_key import classify
from cadastre.models import ImportBatch, KeyAlias, PropertyUnit, Sale
from cadastre.operations.import_act import SourceFile
from cadastre.ratio_studies.sale import Sale as ToldSale
from cadastre.ratio_studies.sales_table import RejectedSale, SalesColumns, read_sales
from gis_project.core.canonical import sha256_hex
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can
from gis_project.territory.scope import within


@dataclass(frozen=True, slots=True)
class SalesReport:
    """Rows read; new sales, those that were there, those without predio; rows that could not be read."""

    read: int
    new: int
    repeated: int
    without_predio: int
    rejected: tuple[RejectedSale, ...]


def import_sales(
    *,
    rows: Sequence[Mapping[str, Any]],
    columns: SalesColumns,
    decimal_sign: Literal[",", "."],
    source: SourceFile,
    municipality: Municipality,
    by: Actor,
    commit: bool,
) -> SalesReport:
    """The report; without ``commit`` nothing stays written. ``columns.name`` holds key or número de predio.

    The same sale (key, day, price) enters once, from whatever file. Raises NotAllowed.
    """
    check_can(by, "edit_valuation", municipality=municipality, on=today_in(municipality))
    sales, rejected = read_sales(rows, columns, decimal_sign=decimal_sign)
    prints = {_fingerprint(sale): (number, sale) for number, sale in enumerate(sales, start=1)}
    with within(municipality), transaction.atomic():
        there = set(
            Sale.objects.filter(municipality=municipality, fingerprint__in=prints).values_list(
                "fingerprint", flat=True
            )
        )
        fresh = {digest: told for digest, told in prints.items() if digest not in there}
        units = _units([sale.name for _, sale in fresh.values()], municipality)
        batch = ImportBatch.objects.create(
            municipality=municipality,
            subject="sales",
            file_name=source.name,
            file_sha256=source.sha256,
            read=len(rows),
            admitted=len(sales),
            observed=0,
            rejected=len(rejected),
            unchanged=len(sales) - len(fresh),
        )
        Sale.objects.bulk_create(
            (
                Sale(
                    municipality=municipality,
                    batch=batch,
                    row_number=number,
                    fingerprint=digest,
                    unit=units.get(sale.name),
                    key_text=sale.name[:60],
                    sold_on=sale.sold_on,
                    price=sale.price,
                    stratum=sale.stratum[:60],
                    excluded=sale.told or "",
                )
                for digest, (number, sale) in fresh.items()
            ),
            batch_size=2_000,
        )
        record_audit_event(
            municipality=municipality,
            actor=by,
            action="import_sales",
            object_type="cadastre.ImportBatch",
            object_id=batch.pk,
            body={"file_sha256": source.sha256, "read": len(rows), "new": len(fresh)},
        )
        if not commit:
            transaction.set_rollback(True)
    return SalesReport(
        read=len(rows),
        new=len(fresh),
        repeated=len(sales) - len(fresh),
        without_predio=sum(sale.name not in units for _, sale in fresh.values()),
        rejected=tuple(rejected),
    )


def _fingerprint(sale: ToldSale) -> str:
    return sha256_hex([classify(sale.name).normalised or sale.name, sale.sold_on, sale.price])


def _units(names: Sequence[str], municipality: Municipality) -> dict[str, PropertyUnit]:
    """The predio of each key (any punctuation, old ones too) or number that the register knows."""
    keys = {name: classify(name).normalised for name in names}
    aliases = (
        KeyAlias.objects.known()
        .filter(municipality=municipality, normalised__in={key for key in keys.values() if key})
        .order_by("is_principal", "valid")
        .select_related("unit")
    )
    by_key = {alias.normalised: alias.unit for alias in aliases}
    numbered = PropertyUnit.objects.filter(municipality=municipality, number__in=set(names))
    by_number = {unit.number: unit for unit in numbered}
    found = {name: by_key.get(key) or by_number.get(name) for name, key in keys.items() if name}
    return {name: unit for name, unit in found.items() if unit is not None}
