"""What stops a predio at a moment of its life: the critical findings of the quality rules, found on the spot.

The one gate of approvals, papers and emissions. A stored run may be older than the last act; the few rules
that stop a moment look at one predio in milliseconds and at a town in seconds, so nothing stale decides.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from cadastre.models import PropertyUnit
from cadastre.quality.rule import Moment
from cadastre.queries.quality_findings import Found, find_that_stops, of_units, whole_town
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


def stopped_in_town(
    municipality: Municipality, *, moment: Moment, on: date
) -> dict[UUID, tuple[Found, ...]]:
    """Every predio of the municipality that does not pass the moment on a civil date, with its findings.

    What is found on ground stops all predios that stand on it, and both of two that share it.
    """
    found = list(find_that_stops(whole_town(municipality, on=on), moment))
    standing: dict[UUID, list[UUID]] = defaultdict(list)
    rows = PropertyUnit.objects.filter(
        municipality=municipality,
        parcel_id__in={ground for one in found for ground in _grounds(one)},
    ).exclude(state=PropertyUnit.State.RETIRED)
    for parcel, unit in rows.values_list("parcel_id", "pk"):
        standing[parcel].append(unit)
    stopped: dict[UUID, list[Found]] = defaultdict(list)
    for one in found:
        units = [one.unit_id] if one.unit_id else []
        for unit in units or [unit for ground in _grounds(one) for unit in standing[ground]]:
            stopped[unit].append(one)
    return {unit: tuple(ones) for unit, ones in stopped.items()}


def _grounds(found: Found) -> list[UUID]:
    grounds = [found.parcel_id, found.other_id if found.rule.is_mutual else None]
    return [ground for ground in grounds if ground is not None]


def told_shortly(found: Sequence[Found], *, at_most: int) -> str:
    """The messages of the findings, each once, as many as there is room for in `at_most` characters."""
    messages = list(dict.fromkeys(one.message for one in found))
    text = messages[0]
    for number, message in enumerate(messages[1:], start=1):
        rest = f" Y {len(messages) - number} más."
        if len(text) + len(message) + 1 + len(rest) > at_most:
            return text[: at_most - len(rest)] + rest
        text = f"{text} {message}"
    return text[:at_most]


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
