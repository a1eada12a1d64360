"""Keys for trying things out: a certification body of our own making under LINDERO_VAR.

Every certificate says FIRMA DE PRUEBA and is trusted for the papers of sample municipalities only.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

LABEL = "FIRMA DE PRUEBA"
_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)
_TEN_YEARS = timedelta(days=3650)


def root_certificate() -> bytes:
    """The test body's own certificate, PEM; made at the first call."""
    with _folder() as folder:
        _make_root(folder)
        return (folder / "root.pem").read_bytes()


def key_for(*, name: str, cedula: str) -> tuple[bytes, bytes]:
    """A fresh certificate and private key (PEM both) for an official, issued by the test body."""
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    with _folder() as folder:
        _make_root(folder)
        root = x509.load_pem_x509_certificate((folder / "root.pem").read_bytes())
        root_key: Any = serialization.load_pem_private_key(
            (folder / "root.key").read_bytes(), password=None
        )
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, f"{LABEL} {name}"[:64]),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, cedula),
        ]
    )
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        _builder(subject, root.subject, key.public_key())
        .add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), False
        )
        .sign(root_key, _sha256())
    )
    return certificate.public_bytes(serialization.Encoding.PEM), _pem(key)


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(settings.VAR) / "test-signature"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(folder / ".lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder
    finally:
        os.close(lock)


def _make_root(folder: Path) -> None:
    if (folder / "root.pem").exists():
        return
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{LABEL}, sin valor legal")])
    certificate = (
        _builder(name, name, key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
        .sign(key, _sha256())
    )
    handle = os.open(folder / "root.key", os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(_pem(key))
    (folder / "root.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


def _builder(subject: Any, issuer: Any, public_key: Any) -> Any:
    from cryptography import x509

    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + _TEN_YEARS)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def _usage(**granted: bool) -> Any:
    from cryptography import x509

    return x509.KeyUsage(**{name: granted.get(name, False) for name in _USAGES})


def _sha256() -> Any:
    from cryptography.hazmat.primitives import hashes

    return hashes.SHA256()


def _pem(key: Any) -> bytes:
    from cryptography.hazmat.primitives import serialization

    return bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
