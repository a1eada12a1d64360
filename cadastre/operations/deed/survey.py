"""The surveys that an act rests on: named in its filing, bound to its operation."""

from cadastre.models import SpatialSource
from cadastre.operations.deed.outcome import Obstacle
from cadastre.operations.deed.perform import Work
from gis_project.core.errors import InvalidInput, NotFound


class SurveyMissing(InvalidInput):
    """The act rests on a measurement: say how, when and by whom the ground was measured."""

    code = "survey_missing"


def bind_surveys(work: Work, *, is_needed: bool = False) -> None:
    """Keep the filing's surveys and say which operation rests on them; one that served an act keeps that.

    SurveyMissing when one is needed and none was brought (an obstacle in a dry run); NotFound for a survey
    of another municipality.
    """
    surveys = work.deed.filing.spatial_sources
    if any(survey.municipality_id != work.deed.municipality.pk for survey in surveys):
        raise NotFound("No hay tal levantamiento en este municipio.")
    if is_needed and not surveys:
        missing = SurveyMissing(
            "Falta el levantamiento: registre con qué método, cuándo y por quién se midió el terreno."
        )
        if not work.deed.filing.dry_run:
            raise missing
        work.obstacles.append(Obstacle(missing.code, missing.message))
    known = SpatialSource.objects.filter(pk__in=[survey.pk for survey in surveys])
    kept = set(known.values_list("pk", flat=True))
    for survey in surveys:
        if survey.pk not in kept:
            survey.operation = work.deed.operation
            survey.save(force_insert=True)
    known.filter(operation__isnull=True).update(operation=work.deed.operation)
