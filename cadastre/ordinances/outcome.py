"""What one ordinance makes of one predio, in a few numbers: light enough to come from another process."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from cadastre.taxation.assess_taxpayer import UnitAssessment
from cadastre.valuation.facts import AppraisedUnit, UnitKind
from cadastre.valuation.ordinance import OrdinanceFacts
from gis_project.core.quantity import Operation, Quantity

_CLAMPS = frozenset({Operation.CLAMP, Operation.MINIMUM, Operation.MAXIMUM})
_CLAMPED = "_CLAMPED"


class Outcome(NamedTuple):
    """Value, property tax and whole bill in dollars; ``caps`` are the limits of factors that held it."""

    value: Decimal
    property_tax: Decimal
    total: Decimal
    caps: tuple[str, ...] = ()


class SimulatedUnit(NamedTuple):
    """A predio before and after; None where that ordinance makes no bill, ``reason`` why not afterwards."""

    key: str
    kind: UnitKind | None
    parish: str
    use: str
    zone: str
    before: Outcome | None
    after: Outcome | None
    reason: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The predio as JSON values, amounts as texts; without the members that it does not have."""
        told: dict[str, Any] = {"key": self.key, "parish": self.parish, "zone": self.zone}
        if self.kind is not None:
            told["kind"] = str(self.kind)
        for name, outcome in (("before", self.before), ("after", self.after)):
            if outcome is not None:
                told[f"value_{name}"] = str(outcome.value)
                told[f"total_{name}"] = str(outcome.total)
        if self.before is not None and self.after is not None:
            told["change"] = str(self.after.total - self.before.total)
        if self.reason:
            told["reason"] = self.reason
        return told


def outcome_of(held: AppraisedUnit, assessment: UnitAssessment, *, has_limits: bool) -> Outcome:
    """The outcome of a bill; limits are looked for only where the ordinance has any (``has_limits``)."""
    caps: tuple[str, ...] = ()
    if has_limits:
        caps = tuple(
            dict.fromkeys(
                cap
                for line in held.appraisal.lines
                if line.rate_from is not None
                for cap in caps_reached(line.rate_from)
            )
        )
    return Outcome(held.appraisal.total, assessment.property_tax, assessment.total, caps)


def caps_reached(quantity: Quantity) -> Iterator[str]:
    """The concepts of the limits in the tree that changed the number they were put on."""
    is_limit = quantity.operation in _CLAMPS and quantity.concept.endswith(_CLAMPED)
    if is_limit and quantity.value != quantity.parts[0].value:
        yield quantity.concept.removesuffix(_CLAMPED)
    for part in quantity.parts:
        yield from caps_reached(part)


def has_limits(ordinance: OrdinanceFacts) -> bool:
    """Whether any factor, or the total of one kind of land, has a lowest or highest value."""
    methods = ordinance.methods
    lands = [one for one in (methods.urban_land, methods.rural_land) if one is not None]
    factors = [*methods.building_factors, *(one for land in lands for one in land.factors)]
    limits = [limit for one in lands for limit in (one.lowest, one.highest)]
    limits += [limit for one in factors for limit in (one.lowest, one.highest)]
    return any(limit is not None for limit in limits)
