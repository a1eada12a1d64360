"""A remission campaign: one person enters it from its ordinance, another approves it; from then on it counts."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from cadastre.models import RemissionCampaign
from cadastre.operations.collection.cash_sessions import AnotherPersonDecides
from cadastre.taxation.remission import Remission, check_remission
from gis_project.core.errors import Conflict
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can, person


def enter_campaign(told: Remission, *, municipality: Municipality, by: Actor) -> RemissionCampaign:
    """The campaign, which counts once approved. Raises InvalidRemission, Conflict for a name that is taken."""
    check_can(by, "supervise_collection", municipality=municipality, on=today_in(municipality))
    check_remission(told)
    if RemissionCampaign.objects.filter(municipality=municipality, name=told.name).exists():
        raise Conflict(f"Ya hay una campaña «{told.name}»: dele otro nombre.")
    with transaction.atomic():
        campaign = RemissionCampaign.objects.create(
            municipality=municipality,
            name=told.name,
            citation=told.citation,
            parts=[str(part) for part in told.parts],
            through_year=told.through_year,
            windows=[
                {
                    "first": window.first.isoformat(),
                    "last": window.last.isoformat(),
                    "percent": str(window.percent),
                }
                for window in told.windows
            ],
            entered_by=person(by),
        )
        _audit(campaign, "enter_remission_campaign", by)
    return campaign


def approve_campaign(campaign: RemissionCampaign, *, by: Actor) -> RemissionCampaign:
    """The same campaign, in force. Raises AnotherPersonDecides for who entered it."""
    place = campaign.municipality
    check_can(by, "approve_tax_roll", municipality=place, on=today_in(place))
    who = person(by)
    if who is None or campaign.entered_by_id == who.pk:
        raise AnotherPersonDecides("La campaña la aprueba otra persona que quien la registró.")
    if campaign.approved_at is not None:
        raise Conflict("La campaña ya está aprobada.")
    with transaction.atomic():
        campaign.approved_by, campaign.approved_at = who, timezone.now()
        campaign.save(update_fields=["approved_by", "approved_at"])
        _audit(campaign, "approve_remission_campaign", by)
    return campaign


def _audit(campaign: RemissionCampaign, action: str, by: Actor) -> None:
    windows: Sequence[dict[str, str]] = campaign.windows
    record_audit_event(
        municipality=campaign.municipality,
        actor=by,
        action=action,
        object_type="remission_campaign",
        object_id=campaign.pk,
        body={"name": campaign.name, "citation": campaign.citation, "windows": list(windows)},
    )
