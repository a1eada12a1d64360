"""A registry of persons on this machine: real HTTP(S), answering whatever a test has put there."""

import datetime
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PERSON = (
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><return>'
    "<instituciones><nombre>Registro Civil</nombre><datosPrincipales>{rows}</datosPrincipales>"
    "</instituciones></return></s:Body></s:Envelope>"
)


def person(**fields: str) -> bytes:
    """An answer of the registry of persons with those fields."""
    rows = "".join(
        f"<registros><campo>{name}</campo><codigo>1</codigo><valor>{value}</valor></registros>"
        for name, value in fields.items()
    )
    return PERSON.format(rows=rows).encode()


@dataclass
class Registry:
    """What it answers next and what it was asked. `drip_s` is the wait between bytes of the answer."""

    body: bytes = b""
    status: int = 200
    drip_s: float = 0
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""
    ca_file: str = ""


@contextmanager
def registry(*, tls: Path | None = None) -> Iterator[Registry]:
    """The server on a free port of 127.0.0.1; with a folder in `tls`, over TLS with a certificate made there."""
    told = Registry()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            told.asked.append((self.command, self.path, dict(self.headers), body))
            self.send_response(told.status)
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(told.body)))
            self.end_headers()
            try:
                for start in range(0, len(told.body), 1 if told.drip_s else 65536):
                    self.wfile.write(told.body[start : start + (1 if told.drip_s else 65536)])
                    self.wfile.flush()
                    time.sleep(told.drip_s)
            except OSError:  # the client hung up, which is what some tests are about
                self.close_connection = True

        do_GET = do_POST = _answer

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls is not None:
        told.ca_file = str(_certificate(tls))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(told.ca_file)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    told.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}/"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "registry.pem"
    path.write_bytes(secret + made.public_bytes(pem))
    return path
