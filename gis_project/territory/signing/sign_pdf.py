"""Putting a PAdES signature into a PDF: the file grows by a revision, what was there keeps its bytes."""

import io
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Signed:
    """The signed file, and whose certificate signed it."""

    content: bytes
    certificate_subject: str
    certificate_sha256: str


def sign_pdf(content: bytes, *, certificate: bytes, key: bytes, field: str, reason: str) -> Signed:
    """`content` signed with a PEM certificate and unencrypted PEM key."""
    from asn1crypto import keys, pem, x509
    from cryptography.hazmat.primitives import serialization
    from pyhanko.sign import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    private = serialization.load_pem_private_key(key, password=None).private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    signer = SimpleSigner(
        signing_cert=x509.Certificate.load(pem.unarmor(certificate)[2]),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
    )
    return _sign(content, signer, field=field, reason=reason)


def sign_pdf_with_p12(
    content: bytes, *, p12: bytes, passphrase: bytes, field: str, reason: str
) -> Signed:
    """`content` signed with the key inside a PKCS #12 file. Raises ValueError when it does not open."""
    from pyhanko.sign import SimpleSigner

    signer = SimpleSigner.load_pkcs12_data(p12, other_certs=[], passphrase=passphrase)
    return _sign(content, signer, field=field, reason=reason)


def _sign(content: bytes, signer: Any, *, field: str, reason: str) -> Signed:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, signers
    from pyhanko.sign.fields import SigSeedSubFilter

    metadata = PdfSignatureMetadata(
        field_name=field, reason=reason, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    signed = signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(content)), metadata, signer=signer
    )
    certificate = signer.signing_cert
    return Signed(signed.getvalue(), certificate.subject.human_friendly, certificate.sha256.hex())
