"""A person says that a sale does not tell the market's price, and why; or that it does after all."""

from django.db import transaction

from cadastre.models import Sale, SaleDecision
from cadastre.ratio_studies.sale import Exclusion
from gis_project.core.errors import InvalidInput
from gis_project.territory.clock import today_in
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can, person

_MOST_NOTE = 300


class SaleReasonUnknown(InvalidInput):
    """The reason is none of the list: choose one, or none to count the sale in."""

    code = "sale_reason_unknown"


def decide_sale(sale: Sale, *, reason: str, note: str, by: Actor) -> SaleDecision:
    """The decision, kept beside the former ones. Raises NotAllowed, SaleReasonUnknown."""
    town = sale.municipality
    check_can(by, "edit_valuation", municipality=town, on=today_in(town))
    if reason and reason not in list(Exclusion):
        raise SaleReasonUnknown("Escoja un motivo de la lista, o ninguno para que la venta cuente.")
    with transaction.atomic():
        decision = SaleDecision.objects.create(
            sale=sale, reason=reason, note=note.strip()[:_MOST_NOTE], made_by=person(by)
        )
        record_audit_event(
            municipality=town,
            actor=by,
            action="decide_sale",
            object_type="cadastre.Sale",
            object_id=sale.pk,
            body={"reason": reason},
        )
    return decision
