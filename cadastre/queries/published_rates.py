"""The interest rates and remissions in force in a municipality: national files, and what two people entered there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cadastre.models import InterestRate, RemissionCampaign
from cadastre.taxation.debt_due import RateOf
from cadastre.taxation.debt_parts import DebtPart
from cadastre.taxation.interest import MonthlyRate, monthly_rate
from cadastre.taxation.remission import Remission, RemissionWindow
from gis_project.core.errors import Conflict
from gis_project.core.law import LawNotInForce
from gis_project.territory.models import Municipality


class InterestRateMissing(Conflict):
    """The interest rate of a month of delay is missing: the treasury enters the SRI's and another confirms it."""

    code = "interest_rate_missing"


@dataclass(frozen=True, slots=True)
class RatesAndRemissions:
    """What an amount due needs besides the title."""

    rate_of: RateOf
    campaigns: Sequence[Remission] = ()


def rates_and_remissions(municipality: Municipality) -> RatesAndRemissions:
    """Those of the municipality; the rates of the national file come first."""
    return RatesAndRemissions(published_rates(municipality), campaigns_in(municipality))


def campaigns_in(municipality: Municipality) -> list[Remission]:
    """The approved remission campaigns, whatever their dates."""
    approved = RemissionCampaign.objects.filter(
        municipality=municipality, approved_at__isnull=False
    )
    return [
        Remission(
            name=row.name,
            citation=row.citation,
            parts=tuple(DebtPart(part) for part in row.parts),
            through_year=row.through_year,
            windows=tuple(
                RemissionWindow(
                    date.fromisoformat(window["first"]),
                    date.fromisoformat(window["last"]),
                    Decimal(window["percent"]),
                )
                for window in row.windows
            ),
        )
        for row in approved
    ]


def published_rates(municipality: Municipality) -> RateOf:
    """Month → rate; it raises InterestRateMissing for a month that neither source has."""
    entered = list(
        InterestRate.objects.filter(municipality=municipality, confirmed_at__isnull=False)
    )

    def rate_of(month: date) -> MonthlyRate:
        try:
            return monthly_rate(month)
        except LawNotInForce as missing:
            for row in entered:
                if 0 <= _months_between(row.first_month, month) < row.months:
                    return MonthlyRate(month, row.percent, row.source)
            raise InterestRateMissing(
                f"Falta la tasa de interés por mora de {month:%m/%Y}: Tesorería registra la que publicó el SRI "
                "(load_interest_rates) y otra persona la confirma.",
                details={"month": month.isoformat()},
            ) from missing

    return rate_of


def _months_between(first: date, other: date) -> int:
    return (other.year - first.year) * 12 + other.month - first.month
