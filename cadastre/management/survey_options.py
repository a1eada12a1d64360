"""How ground was measured, as commands ask for it."""

from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import date
from typing import Any

from cadastre.acts.act_inputs import read_inputs
from cadastre.acts.ground_inputs import SurveyInputs
from cadastre.models import SpatialSource


def add_survey_options(parser: ArgumentParser) -> None:
    """``--method``, ``--accuracy`` and ``--surveyed-on``."""
    methods = [method.value for method in SpatialSource.Method]
    parser.add_argument("--method", choices=methods, help="cómo se midieron los linderos")
    parser.add_argument("--accuracy", help="exactitud en metros")
    parser.add_argument("--surveyed-on", type=date.fromisoformat, help="AAAA-MM-DD")


def survey_of(options: Mapping[str, Any]) -> SurveyInputs | None:
    """What was told; None without a method. InputsRefused."""
    if not options["method"]:
        return None
    told = {
        "method": options["method"],
        "accuracy_m": options["accuracy"],
        "surveyed_on": options["surveyed_on"],
    }
    survey: SurveyInputs = read_inputs(SurveyInputs, told)
    return survey
