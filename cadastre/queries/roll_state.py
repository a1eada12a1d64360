"""Where an emission and its titles stand: which steps were taken, which titles count, which predios have one."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from cadastre.models import RollStep, TaxRoll, TaxTitle, TitleVoiding
from gis_project.territory.models import Municipality

GENERATED = "GENERATED"
STATE_NAMES: dict[str, str] = {
    GENERATED: "generada, por aprobar",
    RollStep.Step.APPROVED: "aprobada, por recibir",
    RollStep.Step.RECEIVED: "recibida por Tesorería",
}


def roll_state(roll: TaxRoll) -> str:
    """GENERATED, APPROVED or RECEIVED; one made before emissions were approved counts as received."""
    if not roll.needs_approval:
        return RollStep.Step.RECEIVED.value
    taken = set(roll.steps.values_list("step", flat=True))
    for step in (RollStep.Step.RECEIVED, RollStep.Step.APPROVED):
        if step in taken:
            return step.value
    return GENERATED


def titles_that_count() -> QuerySet[TaxTitle]:
    """Titles that are owed: of emissions that Tesorería received, and not voided."""
    received = RollStep.objects.filter(roll=OuterRef("roll"), step=RollStep.Step.RECEIVED)
    return live_titles().filter(Q(roll__needs_approval=False) | Exists(received))


def live_titles() -> QuerySet[TaxTitle]:
    """Titles that were not voided, whether their emission counts already or not."""
    voided = TitleVoiding.objects.filter(title=OuterRef("pk"), is_granted=True)
    return TaxTitle.objects.filter(~Exists(voided))


def titled_units(municipality: Municipality, year: int) -> frozenset[UUID]:
    """The predios with a live title of that year, of either kind."""
    found = live_titles().filter(municipality=municipality, roll__year=year)
    return frozenset(found.values_list("unit_id", flat=True))
