"""Long work of the cadastre; each takes the job's id and tells how far it is."""

from decimal import Decimal

from procrastinate.contrib.django import app

from cadastre.models import QualityRun
from cadastre.operations import ask_for_simulation as simulation
from cadastre.operations import check_quality as quality
from cadastre.operations import issue_papers as papers
from gis_project.core.errors import DomainError
from gis_project.core.progress import UNSEEN
from gis_project.territory import jobs
from gis_project.territory.operations.issue_paper import Payment
from gis_project.territory.policy import CONSOLE


@app.task(name=papers.TASK)
def issue_papers(
    *,
    job_id: str,
    kind: str,
    units: list[str],
    receipt: str,
    amount: str,
    receipt_total: str = "",
) -> None:
    """Issues a paper of `kind` on each predio; taken up again, it goes on after the last one."""
    job = jobs.start(job_id)
    if job.municipality is None:
        raise LookupError("Papers are issued in a municipality")
    try:
        with jobs.reporting(job_id) as advance:
            issued = papers.issue_papers(
                units,
                municipality=job.municipality,
                kind=kind,
                by=job.requested_by or CONSOLE,
                payment=Payment(
                    receipt=receipt,
                    amount=Decimal(amount),
                    total=Decimal(receipt_total) if receipt_total else None,
                ),
                since=job.created_at.replace(microsecond=0),
                advance=advance,
            )
    except DomainError as refusal:
        jobs.fail(job_id, refusal.message)
        return
    jobs.finish(
        job_id,
        {"issued": issued.issued, "already": issued.already, "refused": issued.refused},
    )


@app.task(name=quality.TASK)
def check_quality(*, job_id: str, run: int) -> None:
    """Applies the rules of a quality run that have no result yet; taken up again, it goes on where it was."""
    jobs.start(job_id)
    asked = QualityRun.objects.select_related("municipality").get(pk=run)
    try:
        with jobs.reporting(job_id) as advance:
            quality.carry_on(asked, hands=2, advance=advance)
    except DomainError as refusal:
        jobs.fail(job_id, refusal.message)
        return
    jobs.finish(job_id, {"run": run, "state": asked.state, "findings": asked.findings.count()})


@app.task(name=simulation.TASK)
def simulate_ordinance(*, job_id: str, ordinance: str, against: str, year: int) -> None:
    """Bills a whole canton by an ordinance and by another; the comparison is the job's result."""
    job = jobs.start(job_id)
    if job.municipality is None:
        raise LookupError("An ordinance is simulated in a municipality")
    try:
        result = simulation.carry_out_simulation(
            job.municipality,
            ordinance=ordinance,
            against=against,
            year=year,
            by=job.requested_by or CONSOLE,
            phase=UNSEEN,
        )
    except DomainError as refusal:
        jobs.fail(job_id, refusal.message)
        return
    jobs.finish(job_id, result)
