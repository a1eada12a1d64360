"""Seals an ordinance: from then on the database refuses any change of its content; the first emission locks it."""

from django.utils import timezone

from cadastre.queries.ordinance_content import stored_content_hash
from gis_project.territory.models import Ordinance


def seal_ordinance(ordinance: Ordinance) -> str:
    """The hash of its content, written once; one that is sealed already keeps its own."""
    if not ordinance.content_hash:
        ordinance.content_hash = stored_content_hash(ordinance)
        ordinance.save(update_fields=["content_hash"])
    return ordinance.content_hash


def lock_ordinance(ordinance: Ordinance) -> None:
    """Titles are emitted by it: it can no longer be withdrawn. The first emission's time stays."""
    if ordinance.locked_at is None:
        seal_ordinance(ordinance)
        ordinance.locked_at = timezone.now()
        ordinance.save(update_fields=["locked_at"])
