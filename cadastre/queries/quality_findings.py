"""What quality rules find now, rule by rule, on chosen predios or on a whole municipality; nothing is written."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from cadastre.ficha.variables import PredioKind, Subject, variables_of
from cadastre.models import KeyAlias, PropertyUnit
from cadastre.quality.rule import Moment, QualityRule, Severity, quality_rules
from gis_project.territory.models import Municipality


@dataclass(frozen=True, slots=True)
class Scope:
    """Which predios a rule looks at: all of the municipality when `units` is None. `parcels` are their ground."""

    municipality_id: int
    day: date
    units: tuple[UUID, ...] | None = None
    parcels: tuple[UUID, ...] | None = None

    def arguments(self, rule: QualityRule) -> dict[str, Any]:
        """What the rule's statement is executed with."""
        return {
            "town": self.municipality_id,
            "day": self.day,
            "units": None if self.units is None else list(self.units),
            "parcels": None if self.parcels is None else list(self.parcels),
            "required": _required_variables(),
            **rule.arguments,
        }


@dataclass(frozen=True, slots=True)
class Found:
    """One finding; `geom` is left in the database."""

    rule: QualityRule
    unit_id: UUID | None
    parcel_id: UUID | None
    other_id: UUID | None
    detail: Mapping[str, Any]

    @property
    def message(self) -> str:
        """What is wrong and what to do, with the figures of this finding."""
        return self.rule.told(self.detail)


def whole_town(municipality: Municipality, *, on: date) -> Scope:
    """All predios of the municipality on a civil date."""
    return Scope(municipality.pk, on)


def of_units(municipality: Municipality, units: Sequence[UUID], *, on: date) -> Scope:
    """These predios and their ground; those of another municipality are not seen."""
    rows = PropertyUnit.objects.filter(municipality=municipality, pk__in=units)
    parcels = rows.exclude(parcel=None).values_list("parcel_id", flat=True).distinct()
    return Scope(
        municipality.pk,
        on,
        tuple(rows.order_by("pk").values_list("pk", flat=True)),
        tuple(parcels.order_by("parcel_id")),
    )


def of_keys(municipality: Municipality, first: str, last: str, *, on: date) -> Scope:
    """The predios whose principal key lies from ``first`` to ``last``, or begins as ``last`` does."""
    units = (
        KeyAlias.objects.known()
        .valid_on(on)
        .filter(municipality=municipality, is_principal=True, normalised__gte=first)
        .filter(Q(normalised__lte=last) | Q(normalised__startswith=last))
        .values_list("unit_id", flat=True)
    )
    return of_units(municipality, list(units), on=on)


def find_by_rule(rule: QualityRule, scope: Scope) -> list[Found]:
    """What one rule finds in the scope."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT unit_id, parcel_id, other_id, detail FROM ({rule.statement}) AS f",  # noqa: S608 -- rules are files of ours
            scope.arguments(rule),
        )
        return [
            Found(rule, unit, parcel, other, json.loads(detail))
            for unit, parcel, other, detail in cursor.fetchall()
        ]


def find_that_stops(scope: Scope, moment: Moment) -> Iterator[Found]:
    """The findings of the rules that stop this moment on the scope's day, rule after rule."""
    for rule in quality_rules().values():
        if rule.severity[moment] is Severity.CRITICAL and rule.is_active(scope.day):
            yield from find_by_rule(rule, scope)


def _required_variables() -> str:
    return json.dumps(
        {
            kind.value: [
                variable.code
                for variable in variables_of(Subject.PREDIO).values()
                if variable.is_required and kind in variable.applies
            ]
            for kind in PredioKind
        }
    )
