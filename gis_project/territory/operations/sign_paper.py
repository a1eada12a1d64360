"""A paper is signed by the official whom its rule names, in one of three ways; two signatures wait for both."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from gis_project.core.errors import Conflict, InvalidInput, NotAllowed
from gis_project.core.periods import civil_date
from gis_project.territory.clock import today_in
from gis_project.territory.file_store import read_file, store_file
from gis_project.territory.models import Membership, Paper, PaperSignature, User
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.paper_number import number_of
from gis_project.territory.policy import Actor, check_can, person
from gis_project.territory.queries.paper_rules import signing_rule_of
from gis_project.territory.signing import trial_key
from gis_project.territory.signing.same_content import same_content
from gis_project.territory.signing.sign_pdf import Signed, sign_pdf, sign_pdf_with_p12
from gis_project.territory.signing.verify_pdf import (
    SignatureReport,
    signatures_in,
    trusted_roots,
)

_CLOCKS_DIFFER = timedelta(minutes=10)
_LOCK_SPACE = 8


class NothingToSign(Conflict):
    """The paper is void, or your role's signature is not among those it still needs."""

    code = "nothing_to_sign"


class TrialKeyRefused(NotAllowed):
    """The trial key signs papers of sample municipalities only: sign with your own certificate."""

    code = "trial_key_refused"


class BatchKeyRefused(NotAllowed):
    """No ordinance lets the institution's key sign this paper, or none is set up: the official signs."""

    code = "batch_key_refused"


class UnsignedPdf(InvalidInput):
    """The file brings no new signature: sign it in FirmaEC first, then send what it saved."""

    code = "unsigned_pdf"


class PaperContentDiffers(InvalidInput):
    """The file shows something else than what was issued: download the paper again and sign that."""

    code = "paper_content_differs"


class SignatureBroken(InvalidInput):
    """The file changed after it was signed: sign the paper again."""

    code = "signature_broken"


class CertificateNotTrusted(InvalidInput):
    """No trusted body stands behind the certificate, or it was not valid then."""

    code = "certificate_not_trusted"


class CertificateOfAnother(InvalidInput):
    """The certificate does not bear your cédula: sign with your own."""

    code = "certificate_of_another"


class SignerNotAppointed(NotAllowed):
    """On the day of the signature you did not hold the role that signs this paper."""

    code = "signer_not_appointed"


class SigningTimeOff(InvalidInput):
    """The signature says a time before the paper was issued, or in the future: set the computer's clock."""

    code = "signing_time_off"


def missing_roles(paper: Paper) -> list[str]:
    """The roles whose signature is still to come, in the order of the rule."""
    done = set(paper.signatures.values_list("role", flat=True))
    return [role for role in paper.roles if role not in done]


def latest_file(paper: Paper) -> bytes:
    """The paper with all signatures so far; without any, its body."""
    last = paper.signatures.order_by("-pk").first()
    return read_file(last.file_id if last else paper.body_id)


def sign_with_trial_key(paper: Paper, *, by: User) -> PaperSignature:
    """Signs as the official with a certificate that says FIRMA DE PRUEBA."""
    if not paper.municipality.is_sample:
        raise TrialKeyRefused("La firma de prueba solo sirve en municipios de muestra.")
    with transaction.atomic():
        role = _role_to_sign(paper, by)
        certificate, key = trial_key.key_for(name=by.full_name, cedula=by.cedula or "")
        signed = sign_pdf(
            latest_file(paper), certificate=certificate, key=key, field=role, reason=_reason(paper)
        )
        return _keep(paper, role, by, PaperSignature.Method.TEST_KEY, signed, timezone.now())


def sign_with_batch_key(paper: Paper, *, by: Actor) -> PaperSignature:
    """Signs with the institution's sealed key in the place of each role; the last signature comes back."""
    town = paper.municipality
    rule = signing_rule_of(municipality=town, kind=paper.kind, on=paper.issued_on)
    if not rule.allows_batch_key or not settings.BATCH_KEY:
        raise BatchKeyRefused(
            "Ninguna ordenanza permite firmar este documento con la llave institucional, o no está "
            "configurada: lo firma el funcionario."
        )
    check_can(by, "sign_papers", municipality=town, on=today_in(town))
    with transaction.atomic():
        _lock(paper)
        waiting = missing_roles(paper)
        if not waiting or hasattr(paper, "voiding"):
            raise NothingToSign("Este documento no espera ninguna firma.")
        for role in waiting:
            signed = sign_pdf_with_p12(
                latest_file(paper),
                p12=Path(settings.BATCH_KEY).read_bytes(),
                passphrase=settings.BATCH_KEY_PASSPHRASE.encode(),
                field=role,
                reason=_reason(paper),
            )
            method = PaperSignature.Method.BATCH_KEY
            signature = _keep(paper, role, by, method, signed, timezone.now())
    return signature


def take_signed_file(paper: Paper, *, by: User, content: bytes) -> PaperSignature:
    """Takes the PDF that the official signed elsewhere (FirmaEC), after the seven checks that
    docs/explanation/signatures.md lists, each with its own refusal."""
    with transaction.atomic():
        role = _role_to_sign(paper, by)
        before = latest_file(paper)
        roots = [*trusted_roots(), *_trial_roots(paper)]
        known = {one.field for one in signatures_in(before, roots=roots)}
        reports = signatures_in(content, roots=roots)
        fresh = [one for one in reports if one.field not in known]
        if len(fresh) != 1 or len(reports) != len(known) + 1:
            raise UnsignedPdf(
                "El archivo no trae una firma nueva: fírmelo en FirmaEC y envíe el que se guardó."
            )
        if not same_content(before, content):
            raise PaperContentDiffers(
                "El archivo no muestra lo mismo que el documento emitido: descárguelo otra vez y "
                "firme ese."
            )
        signed_at = _check_signature(fresh[0], paper, by)
        if not all(one.is_intact for one in reports):
            raise _broken()
        _check_appointed(paper, by, role, signed_at)
        signed = Signed(content, fresh[0].certificate_subject, fresh[0].certificate_sha256)
        return _keep(paper, role, by, PaperSignature.Method.UPLOAD, signed, signed_at)


def _check_signature(report: SignatureReport, paper: Paper, by: User) -> datetime:
    if not report.is_intact:
        raise _broken()
    if not report.is_trusted:
        raise CertificateNotTrusted(
            "El certificado no viene de una entidad de certificación de confianza, o no estaba "
            "vigente. Use el suyo; la lista se configura en el servidor."
        )
    if not by.cedula or by.cedula not in report.cedulas:
        raise CertificateOfAnother("El certificado no lleva su cédula: firme con el suyo.")
    earliest, latest = paper.issued_at - _CLOCKS_DIFFER, timezone.now() + _CLOCKS_DIFFER
    if report.signed_at is None or not earliest <= report.signed_at <= latest:
        raise SigningTimeOff(
            "La hora de la firma es anterior a la emisión o está en el futuro: ponga en hora el "
            "equipo y firme otra vez."
        )
    return report.signed_at


def _broken() -> SignatureBroken:
    return SignatureBroken("El archivo cambió después de firmarse: firme otra vez el documento.")


def _check_appointed(paper: Paper, by: User, role: str, signed_at: datetime) -> None:
    day = civil_date(signed_at, time_zone=paper.municipality.time_zone)
    if role not in _roles_held(paper, by, day):
        raise SignerNotAppointed(
            "El día de la firma no tenía el nombramiento que este documento pide."
        )


def _role_to_sign(paper: Paper, by: User) -> str:
    """The first missing role that the official holds today; takes the paper's lock."""
    town = paper.municipality
    today = today_in(town)
    check_can(by, "sign_papers", municipality=town, on=today)
    _lock(paper)
    if hasattr(paper, "voiding"):
        raise NothingToSign("El documento está anulado: no se firma.")
    held = _roles_held(paper, by, today)
    for role in missing_roles(paper):
        if role in held:
            return role
    raise NothingToSign("Este documento no espera la firma de su cargo.")


def _roles_held(paper: Paper, by: User, day: object) -> set[str]:
    mine = Membership.objects.on(day).filter(user=by, municipality=paper.municipality)
    return set(mine.values_list("role__code", flat=True))


def _trial_roots(paper: Paper) -> list[bytes]:
    return [trial_key.root_certificate()] if paper.municipality.is_sample else []


def _reason(paper: Paper) -> str:
    return number_of(paper)


def _lock(paper: Paper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK_SPACE, paper.code])


def _keep(
    paper: Paper, role: str, by: Actor, method: str, signed: Signed, signed_at: datetime
) -> PaperSignature:
    signature = PaperSignature.objects.create(
        paper=paper,
        role=role,
        signer=person(by),
        method=method,
        signed_at=signed_at,
        certificate_subject=signed.certificate_subject[:500],
        certificate_sha256=signed.certificate_sha256,
        file=store_file(signed.content, media_type="application/pdf"),
    )
    record_audit_event(
        municipality=paper.municipality,
        actor=by,
        action="sign_paper",
        object_type="paper",
        object_id=paper.pk,
        body={
            "code": paper.code,
            "role": role,
            "method": str(method),
            "certificate_sha256": signed.certificate_sha256,
            "file_sha256": signature.file_id,
        },
    )
    return signature
