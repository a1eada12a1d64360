"""Acts that correct one of the things on a predio: which of them, and the form of each."""

from collections.abc import Callable, Mapping
from typing import Any

from gis_project.portal.act_on import ActOn
from gis_project.portal.building_forms import buildings_on
from gis_project.portal.correct_building_form import CorrectBuildingForm
from gis_project.portal.work_forms import CorrectWorkForm, works_on

# `?by=` names one of those that the function tells, by its permanent id.
ONE_OF: Mapping[str, tuple[Callable[[ActOn], dict[str, str]], type[Any]]] = {
    "correct_building": (buildings_on, CorrectBuildingForm),
    "correct_complementary_work": (works_on, CorrectWorkForm),
}
