"""What the signatures in a PDF are worth: whole, by whom, trusted by which bodies, when."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from gis_project.core.errors import InvalidInput
from gis_project.territory.signing.certificate_person import cedulas_of


class UnreadablePdf(InvalidInput):
    """The file is no PDF that can be read, or is encrypted: send the one that the signing program saved."""

    code = "unreadable_pdf"


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """One signature. `is_intact`: nothing under it changed; `is_last`: nothing came after it but signatures.

    `is_trusted`: a chain leads to one of the trusted bodies and every certificate was valid then.
    """

    field: str
    is_intact: bool
    is_trusted: bool
    signed_at: datetime | None
    certificate_subject: str
    certificate_sha256: str
    cedulas: frozenset[str]


def signatures_in(content: bytes, *, roots: Sequence[bytes]) -> tuple[SignatureReport, ...]:
    """The signatures of a PDF in the order they were made. `roots` are trusted certificates, PEM or DER.

    Nothing is fetched: revocation counts only where lists lie beside the roots or in the file.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        reader = PdfFileReader(io.BytesIO(content))
        if reader.encrypted:
            raise UnreadablePdf("El archivo está cifrado: envíe el PDF tal como lo guardó FirmaEC.")
        embedded = list(reader.embedded_regular_signatures)
    except (PdfError, ValueError, KeyError, TypeError, AttributeError):
        raise UnreadablePdf(
            "El archivo no se puede leer como PDF: envíe el que guardó el programa de firma."
        ) from None
    return tuple(_report(one, roots) for one in embedded)


def trusted_roots() -> tuple[bytes, ...]:
    """The certificates in LINDERO_SIGNATURE_ROOTS: files .pem, .crt or .cer."""
    if not settings.SIGNATURE_ROOTS:
        return ()
    files = sorted(Path(settings.SIGNATURE_ROOTS).iterdir())
    return tuple(f.read_bytes() for f in files if f.suffix.lower() in {".pem", ".crt", ".cer"})


def _revocation_lists() -> list[bytes]:
    if not settings.SIGNATURE_ROOTS:
        return []
    return [f.read_bytes() for f in sorted(Path(settings.SIGNATURE_ROOTS).glob("*.crl"))]


def _report(embedded: Any, roots: Sequence[bytes]) -> SignatureReport:
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko_certvalidator import ValidationContext

    moment = embedded.self_reported_timestamp
    certificate = embedded.signer_cert
    context = ValidationContext(
        trust_roots=_certificates(roots),
        allow_fetching=False,
        crls=_revocation_lists(),
        revocation_mode="soft-fail",
        moment=moment,
        best_signature_time=moment,
        other_certs=[],
    )
    try:
        status = validate_pdf_signature(embedded, signer_validation_context=context)
        is_intact = status.intact and status.valid and _covers_all(status)
        is_trusted = bool(status.trusted)
    except (PdfError, SignatureValidationError, ValueError):
        is_intact = is_trusted = False
    return SignatureReport(
        field=str(embedded.field_name),
        is_intact=is_intact,
        is_trusted=is_trusted,
        signed_at=moment,
        certificate_subject=certificate.subject.human_friendly[:500],
        certificate_sha256=certificate.sha256.hex(),
        cedulas=cedulas_of(certificate),
    )


def _covers_all(status: Any) -> bool:
    """The whole file, or its revision with only further signatures on top."""
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import SignatureCoverageLevel

    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True
    return (
        status.coverage == SignatureCoverageLevel.ENTIRE_REVISION
        and status.modification_level is not None
        and status.modification_level <= ModificationLevel.FORM_FILLING
    )


def _certificates(roots: Sequence[bytes]) -> list[Any]:
    from asn1crypto import pem, x509

    found = []
    for content in roots:
        if pem.detect(content):
            found += [
                x509.Certificate.load(der) for _, _, der in pem.unarmor(content, multiple=True)
            ]
        else:
            found.append(x509.Certificate.load(content))
    return found
