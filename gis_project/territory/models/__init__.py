"""Records of territory; import them from here."""

from gis_project.territory.models.access_record import AccessRecord
from gis_project.territory.models.audit import AuditEvent
from gis_project.territory.models.job import Job
from gis_project.territory.models.membership import Membership, Role
from gis_project.territory.models.municipal_holiday import MunicipalHoliday
from gis_project.territory.models.municipality import Municipality
from gis_project.territory.models.ordinance import Ordinance
from gis_project.territory.models.organisation import Organisation
from gis_project.territory.models.paper import (
    Paper,
    PaperFee,
    PaperKind,
    PaperSignature,
    PaperSigningRule,
    PaperVoiding,
)
from gis_project.territory.models.parish import Parish
from gis_project.territory.models.rate_bucket import RateBucket
from gis_project.territory.models.recovery_code import RecoveryCode
from gis_project.territory.models.stored_file import StoredFile
from gis_project.territory.models.user import User

__all__ = [
    "AccessRecord",
    "AuditEvent",
    "Job",
    "Membership",
    "MunicipalHoliday",
    "Municipality",
    "Ordinance",
    "Organisation",
    "Paper",
    "PaperFee",
    "PaperKind",
    "PaperSignature",
    "PaperSigningRule",
    "PaperVoiding",
    "Parish",
    "RateBucket",
    "RecoveryCode",
    "Role",
    "StoredFile",
    "User",
]
