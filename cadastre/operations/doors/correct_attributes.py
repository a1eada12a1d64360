"""From JSON to ``correct_attributes``."""

from typing import Any

from cadastre.acts.inputs.correct_attributes import CorrectAttributesInputs
from cadastre.operations.correct_attributes import correct_attributes
from cadastre.operations.deed.door import Door, unit_named
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.ground_doors import parish_coded
from gis_project.territory.models import Municipality


def _run(town: Municipality, told: CorrectAttributesInputs, filing: Filing) -> Outcome:
    land: dict[str, Any] = told.attributes.model_dump(exclude_none=True) if told.attributes else {}
    if "parish" in land:
        land["parish"] = parish_coded(town, land["parish"])
    return correct_attributes(
        unit=unit_named(town, told.unit),
        filing=filing,
        was_always_so=told.was_always_so,
        attributes=land,
        answers=told.answers,
    )


DOOR = Door(CorrectAttributesInputs, _run)
