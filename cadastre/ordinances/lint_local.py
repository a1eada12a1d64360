"""A council's own exemptions and charges: the leap at which an exemption is lost, limits of a fixed charge."""

from collections.abc import Iterator
from decimal import Decimal

from cadastre.ordinances.finding import Finding
from cadastre.ordinances.words import percent, plain
from cadastre.valuation.facts import UnitKind
from cadastre.valuation.local_taxes import ChargeBasis, LocalExemption, ServiceCharge
from cadastre.valuation.ordinance import OrdinanceFacts
from gis_project.core.money import format_usd, to_cents

_SCALE = Decimal(100_000)  # per mille of a percentage


def lint_local(ordinance: OrdinanceFacts) -> Iterator[Finding]:
    """The findings on exemptions that end at a value and on charges whose limits do nothing."""
    for exemption in ordinance.local.exemptions:
        if exemption.value_below is not None:
            yield from _lost_at(exemption, exemption.value_below, ordinance)
    for charge in ordinance.local.service_charges:
        yield from _fixed(charge)


def _lost_at(
    exemption: LocalExemption, value: Decimal, ordinance: OrdinanceFacts
) -> Iterator[Finding]:
    tables = {UnitKind.URBAN: ordinance.urban_rates, UnitKind.RURAL: ordinance.rural_rates}
    freed = max(share for _, share in exemption.steps)
    rate = max(tables[kind].lowest for kind in exemption.kinds)
    jump = to_cents(value * rate * freed / _SCALE)
    if jump:
        yield Finding(
            "EXEMPTION_CLIFF",
            f"Exención «{exemption.label_es}»",
            f"Por debajo de {format_usd(value)} dólares se libera {percent(freed)} y desde allí nada: "
            f"un centavo más de avalúo cuesta {format_usd(jump)} dólares o más al año. Una rebaja que "
            "disminuye por pasos no tiene ese salto.",
            exemption.citation,
        )


def _fixed(charge: ServiceCharge) -> Iterator[Finding]:
    if charge.basis is not ChargeBasis.FLAT:
        return
    for name, limit in (("mínimo", charge.lowest), ("máximo", charge.highest)):
        if limit is not None:
            yield Finding(
                "CLAMP_NEVER_REACHED",
                f"Tasa «{charge.label_es}»",
                f"Es fija, de {format_usd(charge.amount)} dólares: el {name} de {plain(limit)} no hace "
                "nada. Quítelo, o cobre por una medida.",
                charge.citation,
            )
