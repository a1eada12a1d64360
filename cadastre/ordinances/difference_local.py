"""What changes of exemptions, charges, fees and general rules between two ordinances."""

from collections.abc import Iterator
from decimal import Decimal

from cadastre.ordinances.change import Change, Part, Told
from cadastre.ordinances.difference_tables import rows_changed
from cadastre.ordinances.words import percent, plain
from cadastre.valuation.local_taxes import (
    Accumulation,
    ChargeBasis,
    LocalExemption,
    ServiceCharge,
)
from cadastre.valuation.ordinance import OrdinanceFacts, SbuYear, TaxedArea
from gis_project.core.money import format_usd

_AREAS = {
    TaxedArea.LEGAL: "la del catastro",
    TaxedArea.TITLED: "la del título",
    TaxedArea.LOWER_OF_BOTH: "la menor de las dos",
}
_SALARIES = {SbuYear.SAME: "el del mismo año", SbuYear.PREVIOUS: "el del año anterior"}
_OWNERS = {
    Accumulation.GROUP: "por el conjunto de titulares",
    Accumulation.SHARES: "por las cuotas de cada titular",
}
_SURCHARGES = {
    "UNBUILT_LAND": "el recargo a solares no edificados (COOTAD 507)",
    "PROMOTION_ZONE": "el recargo en zonas de promoción inmediata (COOTAD 508)",
}
_BASES = {
    ChargeBasis.FLAT: "dólares por predio",
    ChargeBasis.PER_MILLE: "por mil del avalúo",
    ChargeBasis.PER_UNIT: "dólares por unidad",
    ChargeBasis.PERCENT_OF_TAX: "% del impuesto",
}


def parameter_changes(before: OrdinanceFacts, after: OrdinanceFacts) -> Iterator[Change]:
    """The general rules: area that is taxed, migrated values, fee, basic salary, who accumulates, surcharges."""
    for where, old, new in (
        ("El área que se grava", _AREAS[before.taxed_area], _AREAS[after.taxed_area]),
        (
            "La tolerancia del área",
            _optional(before.area_tolerance_pct),
            _optional(after.area_tolerance_pct),
        ),
        (
            "El avalúo migrado",
            _yes(before.use_migrated_values, "manda donde lo hay"),
            _yes(after.use_migrated_values, "manda donde lo hay"),
        ),
        ("El salario básico que mide", _SALARIES[before.sbu_year], _SALARIES[after.sbu_year]),
        (
            "El calendario del Art. 512",
            _yes(before.rural_follows_art_512, "vale también para lo rural"),
            _yes(after.rural_follows_art_512, "vale también para lo rural"),
        ),
        (
            "La acumulación",
            _OWNERS[before.local.accumulation],
            _OWNERS[after.local.accumulation],
        ),
    ):
        yield from _worded(Part.PARAMETERS, where, old, new)
    fees = [{"la tasa": one.emission_fee} for one in (before, after)]
    yield from rows_changed(Part.PARAMETERS, "Servicio administrativo", *fees, unit=" USD")
    for code, name in _SURCHARGES.items():
        is_old, is_new = code in before.local.applied_taxes, code in after.local.applied_taxes
        if is_old is not is_new:
            text = f"{'Se aplica' if is_new else 'Deja de aplicarse'} {name}."
            yield Change(Part.PARAMETERS, name, is_old, is_new, text)


def local_changes(before: OrdinanceFacts, after: OrdinanceFacts) -> Iterator[Change]:
    """Exemptions and charges that come, go or change."""
    exemptions = [
        {one.label_es: _exemption(one) for one in ordinance.local.exemptions}
        for ordinance in (before, after)
    ]
    charges = [
        {one.label_es: _charge(one) for one in ordinance.local.service_charges}
        for ordinance in (before, after)
    ]
    for name, (old, new) in (("Exención", exemptions), ("Tasa", charges)):
        for label in dict.fromkeys([*old, *new]):
            yield from _worded(Part.LOCAL, f"{name} «{label}»", old.get(label), new.get(label))
    percents = [
        {"el porcentaje": one.local.mortgage_percent}
        if one.local.mortgage_percent is not None
        else {}
        for one in (before, after)
    ]
    yield from rows_changed(Part.LOCAL, "Deducción por hipoteca", *percents, unit=" %")
    yield from _worded(
        Part.LOCAL,
        "La prueba de personas adultas mayores",
        before.local.elderly_test or "la de la ley",
        after.local.elderly_test or "la de la ley",
    )


def _worded(part: Part, where: str, old: Told, new: Told) -> Iterator[Change]:
    if old == new:
        return
    if old is None:
        text = f"{where}: nueva, {new}."
    elif new is None:
        text = f"{where}: desaparece ({old})."
    else:
        text = f"{where}: pasa de «{old}» a «{new}»."
    yield Change(part, where, old, new, text)


def _optional(number: Decimal | None) -> str:
    return "sin tope" if number is None else f"{plain(number)} %"


def _yes(is_so: bool, told: str) -> str:
    return told if is_so else f"no {told}"


def _exemption(one: LocalExemption) -> str:
    steps = "; ".join(
        f"{percent(share)} {f'por {years} años' if years is not None else 'sin plazo'}"
        for years, share in one.steps
    )
    below = f", hasta {format_usd(one.value_below)} dólares" if one.value_below is not None else ""
    return f"{steps}{below}{'' if one.needs_grant else ', sin pedirla'}"


def _charge(one: ServiceCharge) -> str:
    told = f"{plain(one.amount)} {_BASES[one.basis]}"
    limits = (("mínimo", one.lowest), ("máximo", one.highest))
    return told + "".join(f", {name} {plain(limit)}" for name, limit in limits if limit is not None)
