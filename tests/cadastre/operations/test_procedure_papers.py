"""A certificate's procedure knows the paper that it ends in: nobody hands over what was not issued and signed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cadastre.operations.procedure_papers import PaperMissing, PaperNotSigned
from cadastre.operations.take_procedure_step import take_procedure_step
from cadastre.operations.tick_requirement import tick_requirement
from gis_project.territory.models import PaperSignature, PaperVoiding
from tests.cadastre.operations.counter_town import Counter
from tests.papers import paper_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def counter(settings, tmp_path) -> Counter:
    settings.MEDIA_ROOT = tmp_path / "files"
    return Counter()


def signed(paper, role: str) -> None:
    PaperSignature.objects.create(
        paper=paper, role=role, method="TEST_KEY", signed_at=timezone.now(), file=paper.body
    )


def test_what_is_handed_over_was_issued_and_signed_by_everybody(counter):
    clerk, chief = counter.staff["clerk"], counter.staff["chief"]
    paper_on(counter.lot, "AAAA-BBBB-01", serial=8, issued_at=timezone.now() - timedelta(hours=1))
    asked = counter.receive("certificate")
    for requirement in ("identity", "payment"):
        tick_requirement(asked, requirement, by=clerk, note="visto")
    with pytest.raises(PaperMissing, match="avalúos"):
        take_procedure_step(asked, "issue", by=clerk)
    void = paper_on(counter.lot, "AAAA-BBBB-02", serial=9)
    PaperVoiding.objects.create(paper=void, reason="otro predio")
    paper = paper_on(counter.lot, "AAAA-BBBB-03", serial=10, roles=["cadastre_chief", "treasurer"])
    asked = take_procedure_step(asked, "issue", by=clerk)
    assert asked.events.latest("pk").note == f"CAV-{paper.year}-000010"
    signed(paper, "cadastre_chief")
    with pytest.raises(PaperNotSigned, match="000010: Tesorer"):
        take_procedure_step(asked, "sign", by=chief)
    signed(paper, "treasurer")
    assert take_procedure_step(asked, "sign", by=chief).state == "for_delivery"
