"""What /verify tells of a paper: its facts and whether each still holds today, its signatures, its hash.

Never a name and never a cédula: signatures are told by role, facts by the predio.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cadastre.models import PartyErasure
from cadastre.queries.paper_facts import facts_today
from gis_project.core.errors import NotFound
from gis_project.core.verification_code import read_code, shown_code
from gis_project.territory.clock import today_in
from gis_project.territory.file_store import StoredFileDamaged, StoredFileMissing
from gis_project.territory.models import Municipality, Paper, PaperKind, Role
from gis_project.territory.operations.sign_paper import latest_file, missing_roles
from gis_project.territory.paper_number import number_of
from gis_project.territory.queries.named_municipality import named_municipality
from gis_project.territory.scope import across_municipalities
from gis_project.territory.signing import trial_key
from gis_project.territory.signing.verify_pdf import (
    SignatureReport,
    UnreadablePdf,
    signatures_in,
    trusted_roots,
)


class PaperNotFound(NotFound):
    """No paper bears this code here: compare it with the paper, sign by sign."""

    code = "paper_not_found"


@dataclass(frozen=True, slots=True)
class Fact:
    """A stated fact by its stable name, today's answer, and whether they agree."""

    name: str
    stated: Any
    today: Any
    holds: bool


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature by role; `is_good`: whole, unchanged since, and from a trusted body."""

    role: str
    role_name: str
    method: str
    signed_at: datetime
    is_good: bool


@dataclass(frozen=True, slots=True)
class PaperAnswer:
    """State is one of VALID, VOID, EXPIRED, UNSIGNED, DAMAGED; `sha256` is of the file as last signed."""

    municipality: Municipality
    kind: str
    number: str
    code: str
    issued_on: date
    valid_until: date
    office: str
    state: str
    facts: tuple[Fact, ...]
    signatures: tuple[Signature, ...]
    waits_for: tuple[str, ...]
    sha256: str
    body_sha256: str

    @property
    def all_hold(self) -> bool:
        return all(fact.holds for fact in self.facts)

    @property
    def kind_name(self) -> str:
        return str(PaperKind(self.kind).label)


def find_paper(code: str) -> Paper:
    """The paper with this code, its municipality entered. InvalidVerificationCode, PaperNotFound."""
    wanted = Paper.objects.filter(code=read_code(code))
    with across_municipalities("the code on a paper does not tell its municipality"):
        town = wanted.values_list("municipality__slug", flat=True).first()
    if town is None:
        raise PaperNotFound(
            "Ningún documento de esta instalación lleva ese código: compárelo letra por letra."
        )
    named_municipality(town)
    return wanted.select_related("municipality").get()


def paper_answer(paper: Paper) -> PaperAnswer:
    """The answer as of today in the paper's municipality."""
    on = today_in(paper.municipality)
    names = dict(Role.objects.filter(code__in=paper.roles).values_list("code", "name"))
    rows = list(paper.signatures.all())
    reports = _reports(paper)
    signatures = tuple(
        Signature(
            role=row.role,
            role_name=names.get(row.role, row.role),
            method=row.method,
            signed_at=row.signed_at,
            is_good=_is_good(reports, row.certificate_sha256, number),
        )
        for number, row in enumerate(rows)
    )
    waits_for = missing_roles(paper)
    last = rows[-1].file_id if rows else paper.body_id
    return PaperAnswer(
        municipality=paper.municipality,
        kind=paper.kind,
        number=number_of(paper),
        code=shown_code(paper.code),
        issued_on=paper.issued_on,
        valid_until=paper.valid_until,
        office=paper.office,
        state=_state(paper, signatures, waits_for, has_file=reports is not None, on=on),
        facts=_facts(paper, on),
        signatures=signatures,
        waits_for=tuple(names.get(role, role) for role in waits_for),
        sha256=last,
        body_sha256=paper.body_id,
    )


def file_belongs_to(paper: Paper, sha256: str) -> bool:
    """Whether a file with this hash is the paper, unsigned or with one of its signatures."""
    return sha256 == paper.body_id or paper.signatures.filter(file_id=sha256).exists()


def _reports(paper: Paper) -> tuple[SignatureReport, ...] | None:
    """What the stored file's signatures are worth; None when the file is lost or damaged."""
    roots = list(trusted_roots())
    if paper.municipality.is_sample:
        roots.append(trial_key.root_certificate())
    try:
        return signatures_in(latest_file(paper), roots=roots)
    except (StoredFileDamaged, StoredFileMissing, UnreadablePdf):
        return None


def _is_good(
    reports: tuple[SignatureReport, ...] | None, certificate_sha256: str, number: int
) -> bool:
    if reports is None or number >= len(reports):
        return False
    report = reports[number]
    is_same = report.certificate_sha256 == certificate_sha256
    return is_same and report.is_intact and report.is_trusted


def _facts(paper: Paper, on: date) -> tuple[Fact, ...]:
    today = facts_today(paper, on=on)
    return tuple(
        Fact(name, stated, today.get(name), holds=today.get(name) == stated)
        for name, stated in paper.facts.items()
    )


def _state(
    paper: Paper,
    signatures: tuple[Signature, ...],
    waits_for: list[str],
    *,
    has_file: bool,
    on: date,
) -> str:
    if hasattr(paper, "voiding"):
        return "VOID"
    if PartyErasure.objects.filter(files__contains=[paper.body_id]).exists():
        return "EXPIRED"  # its bytes were erased with a person's data, which only happens to an expired paper
    if not has_file or not all(one.is_good for one in signatures):
        return "DAMAGED"
    if waits_for:
        return "UNSIGNED"
    return "EXPIRED" if on > paper.valid_until else "VALID"
