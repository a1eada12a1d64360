"""What stops a predio at a moment of its life: the critical findings of the quality rules, found on the spot.

A stored run may be older than the last act; the few rules that stop a moment look at one predio in
milliseconds, so nothing stale decides.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from cadastre.quality.rule import Moment
from cadastre.queries.quality_findings import Found, find_that_stops, of_units
from gis_project.core.errors import Conflict
from gis_project.territory.models import Municipality


class QualityStops(Conflict):
    """Quality rules find something that this moment does not pass: mend what each finding says."""

    code = "quality_stops"


def what_stops(
    municipality: Municipality, units: Sequence[UUID], *, moment: Moment, on: date
) -> tuple[Found, ...]:
    """The findings that stop these predios at the moment on a civil date; empty when they may pass."""
    return tuple(find_that_stops(of_units(municipality, units, on=on), moment))


def check_quality_gate(
    municipality: Municipality, units: Sequence[UUID], *, moment: Moment, on: date
) -> None:
    """Raise QualityStops, with the list of findings, unless these predios pass the moment."""
    found = what_stops(municipality, units, moment=moment, on=on)
    if not found:
        return
    messages = list(dict.fromkeys(one.message for one in found))
    raise QualityStops(
        f"La revisión de calidad impide este paso ({moment.label_es}): " + " ".join(messages[:5]),
        details={
            "moment": moment.value,
            "findings": [
                {
                    "rule": one.rule.code,
                    "title": one.rule.title,
                    "message": one.message,
                    "unit": str(one.unit_id) if one.unit_id else None,
                    "parcel": str(one.parcel_id) if one.parcel_id else None,
                    "other": str(one.other_id) if one.other_id else None,
                }
                for one in found
            ],
        },
    )
