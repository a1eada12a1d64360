"""The cédula that a certificate names, wherever its certification body writes it."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from stdnum.ec import ci

_FILE = Path(__file__).parent / "certificate_person.toml"
_TEN_DIGITS = re.compile(r"(?<!\d)\d{10}")


def cedulas_of(certificate: Any) -> frozenset[str]:
    """The valid cédulas found in an asn1crypto certificate: known extensions and serialNumber.

    A RUC of a person counts by its first ten digits. Empty when the certificate names none.
    """
    texts = [
        bytes(extension["extn_value"].native).decode("utf-8", "ignore")
        for extension in certificate["tbs_certificate"]["extensions"]
        if extension["extn_id"].dotted in _extensions()
    ]
    serial = certificate.subject.native.get("serial_number", "")
    texts += serial if isinstance(serial, list) else [serial]
    found = {digits for text in texts for digits in _TEN_DIGITS.findall(text)}
    return frozenset(digits for digits in found if ci.is_valid(digits))


@cache
def _extensions() -> frozenset[str]:
    with _FILE.open("rb") as file:
        return frozenset(entry["oid"] for entry in tomllib.load(file)["extension"])
