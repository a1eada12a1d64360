"""The titles of a predio with what the books say is unpaid of each, and what settles them on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from cadastre.models import ArrearsTitle, TaxTitle
from cadastre.queries.numbered_title import TitleNotFound
from cadastre.queries.published_rates import InterestRateMissing, RatesAndRemissions
from cadastre.taxation.debt_due import Debt, DebtDue, debt_due
from cadastre.taxation.debt_parts import DebtPart
from cadastre.valuation.facts import UnitKind
from gis_project.core.errors import DomainError
from gis_project.core.law import LawNotInForce
from gis_project.core.money import ZERO
from gis_project.territory.models import Municipality
from gis_project.territory.scope import check_within

_SQL = (Path(__file__).parent / "sql" / "debts.sql").read_text(encoding="utf-8")
_PARTS = (
    DebtPart.TAX,
    DebtPart.FIRE_LEVY,
    DebtPart.OTHERS,
    DebtPart.SURCHARGE,
    DebtPart.INTEREST,
    DebtPart.FINE,
)


@dataclass(frozen=True, slots=True)
class OwedTitle:
    """One title as the books have it; ``unit_id`` is None for a former system's whose predio was not found."""

    id: UUID
    unit_id: UUID | None
    key: str
    property_number: str
    issued_at: datetime
    debt: Debt

    @property
    def unpaid(self) -> Decimal:
        """What the books say, without the surcharge and interest that the day would add."""
        return sum(self.debt.unpaid.values(), ZERO)


@dataclass(frozen=True, slots=True)
class TitleDue:
    """A title and what settles it on the day; without ``due``, ``why_not`` says what is missing."""

    title: OwedTitle
    due: DebtDue | None
    why_not: str = ""


def debts_of(municipality: Municipality, *, units: Iterable[UUID]) -> tuple[OwedTitle, ...]:
    """All titles of the predios, oldest first, paid ones too."""
    return _read(municipality, units=list(units), refs=[])


def debts_by_id(municipality: Municipality, ids: Iterable[UUID]) -> tuple[OwedTitle, ...]:
    """The titles of those ids, oldest first."""
    return _read(municipality, units=[], refs=list(ids))


def debts_numbered(municipality: Municipality, numbers: Sequence[str]) -> tuple[OwedTitle, ...]:
    """The titles of those numbers, ours and the former system's; raises TitleNotFound for one that is neither."""
    ours = TaxTitle.objects.filter(municipality=municipality, number__in=numbers)
    former = ArrearsTitle.objects.filter(municipality=municipality, number__in=numbers)
    known = [*ours.values_list("id", "number"), *former.values_list("id", "number")]
    missing = set(numbers) - {number for _, number in known}
    if missing:
        raise TitleNotFound(
            f"No hay un título con el número {min(missing)} en este municipio: cópielo del título.",
        )
    return debts_by_id(municipality, [ref for ref, _ in known])


def title_due(title: OwedTitle, *, on: date, law: RatesAndRemissions) -> DebtDue:
    """What settles the title on the day. Raises NotYetPayable, InterestRateMissing (also where a year has no law)."""
    try:
        return debt_due(title.debt, on=on, rate_of=law.rate_of, campaigns=law.campaigns)
    except LawNotInForce as missing:
        raise InterestRateMissing(
            f"El título {title.debt.number} es de {title.debt.year} y no hay norma cargada de entonces: lo liquida "
            "Tesorería con criterio de Sindicatura.",
            details=missing.details,
        ) from missing


def titles_due(
    titles: Iterable[OwedTitle], *, on: date, law: RatesAndRemissions
) -> tuple[TitleDue, ...]:
    """The titles that owe something, with what settles each or why that cannot be told."""
    found = []
    for title in titles:
        if title.unpaid > 0:
            try:
                found.append(TitleDue(title, title_due(title, on=on, law=law)))
            except DomainError as refusal:
                found.append(TitleDue(title, None, refusal.message))
    return tuple(found)


def _read(municipality: Municipality, **asked: list[UUID]) -> tuple[OwedTitle, ...]:
    check_within(municipality.pk)  # seeing no titles must not read as owing nothing
    with connection.cursor() as cursor:
        cursor.execute(_SQL, asked)
        return tuple(_title(row) for row in cursor.fetchall())


def _title(row: tuple[Any, ...]) -> OwedTitle:
    ref, is_taken_over, number, year, kind, unit, key, property_number, issued_at = row[:9]
    worked_through, follows_512, issued_tax, *unpaid = row[9:]
    debt = Debt(
        ref=str(ref),
        number=number,
        year=year,
        kind=UnitKind(kind),
        unpaid=dict(zip(_PARTS, unpaid, strict=True)),
        issued_tax=issued_tax,
        rural_follows_art_512=follows_512,
        worked_through=worked_through,
        is_taken_over=is_taken_over,
    )
    return OwedTitle(ref, unit, key, property_number, issued_at, debt)
