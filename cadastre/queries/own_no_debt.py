"""The certificate of not owing that this municipality itself issued, by what stands on the paper."""

import re
from collections.abc import Iterable
from uuid import UUID

from cadastre.models import AdministrativeSource, PropertyUnit
from gis_project.core.verification_code import InvalidVerificationCode, read_code
from gis_project.territory.models import Paper, PaperKind
from gis_project.territory.paper_number import PREFIX

_NUMBER = re.compile(rf"{PREFIX[PaperKind.NO_DEBT]}[- ]?(\d{{4}})[- ]?0*(\d{{1,8}})", re.IGNORECASE)


def looks_like_ours(number: str) -> bool:
    """Whether it is written as the numbers and the verification codes of this register are."""
    if _NUMBER.fullmatch(number.strip()):
        return True
    try:
        read_code(number)
    except InvalidVerificationCode:
        return False
    return True


def own_certificates(
    documents: Iterable[AdministrativeSource], units: Iterable[PropertyUnit]
) -> set[UUID]:
    """Those of the documents that are certificates of ours on one of the predios: nobody need confirm them."""
    there = list(units)
    return {
        one.pk
        for one in documents
        if one.kind == AdministrativeSource.Kind.NO_DEBT_CERTIFICATE
        and any(own_no_debt(unit, one.number) is not None for unit in there)
    }


def own_no_debt(unit: PropertyUnit, number: str) -> Paper | None:
    """The paper on this predio with that number (``CNA-2026-000123``) or verification code, not void; else None."""
    papers = Paper.objects.filter(
        municipality_id=unit.municipality_id,
        kind=PaperKind.NO_DEBT,
        subject_type=Paper.Subject.UNIT,
        subject_id=str(unit.pk),
        voiding__isnull=True,
    )
    printed = _NUMBER.fullmatch(number.strip())
    if printed is not None:
        return papers.filter(year=int(printed[1]), serial=int(printed[2])).first()
    try:
        return papers.filter(code=read_code(number)).first()
    except InvalidVerificationCode:
        return None
