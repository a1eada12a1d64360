"""One line of the audit trail, written in the transaction of the deed it tells of."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import connection

from gis_project.core.canonical import canonical_json
from gis_project.territory.models import AuditEvent, Municipality
from gis_project.territory.policy import Actor, person
from gis_project.territory.stored_rows import insert_rows


class AuditOutsideTransaction(RuntimeError):
    """An audit event was to be written without a transaction that also holds its deed."""


def record_audit_event(
    *,
    municipality: Municipality | None,
    actor: Actor,
    action: str,
    object_type: str,
    object_id: object,
    body: Mapping[str, Any],
) -> AuditEvent:
    """The saved event. `body` becomes canonical JSON: put personal data in only as
    `personal_hash(...)`, and decimals, dates and ids as they are (floats are refused)."""
    if not connection.in_atomic_block:
        raise AuditOutsideTransaction(action)
    told = canonical_json(body)
    event = AuditEvent(
        municipality=municipality,
        actor=person(actor),
        action=action,
        object_type=object_type,
        object_id=str(object_id),
        body=told.decode(),
        body_hash=hashlib.sha256(told).hexdigest(),
    )
    return insert_rows([event])[0]
