"""The record of a look into somebody's personal data."""

from gis_project.core.errors import InvalidInput
from gis_project.territory.models import AccessRecord, Municipality
from gis_project.territory.personal_hash import personal_hash
from gis_project.territory.policy import Actor, person


class PurposeMissing(InvalidInput):
    """Looking people up needs a purpose: name the procedure, or write why."""

    code = "purpose_missing"


def log_access(
    *,
    municipality: Municipality,
    actor: Actor,
    action: str,
    query: str,
    found: int,
    purpose: str = "",
    procedure: str = "",
    subject: str = "",
) -> AccessRecord:
    """The saved record. `query` is what was typed and `subject` the cédula of the one person
    found, if one; both are stored only as keyed hashes. A procedure stands for its purpose."""
    if not purpose.strip() and not procedure.strip():
        raise PurposeMissing("Indique el trámite o el motivo de la búsqueda de personas.")
    return AccessRecord.objects.create(
        municipality=municipality,
        actor=person(actor),
        action=action,
        purpose=purpose.strip(),
        procedure=procedure.strip(),
        query_hash=personal_hash(query),
        subject_hash=personal_hash(subject) if subject else "",
        found=found,
    )
