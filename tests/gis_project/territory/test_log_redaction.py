"""What libraries and tracebacks would spill does not reach the log."""

import json
import logging

import pytest

from gis_project.territory.log_format import json_formatter
from gis_project.territory.log_redaction import redact_text
from tests.people import ROSA

KEY = "170350010203004000000000"


@pytest.mark.parametrize(
    "spilled",
    [
        ROSA.cedula,
        ROSA.cedula + "001",
        ROSA.phone,
        "0990034001",
        ROSA.email,
        "Authorization: Bearer abcdef123456",
        "token=abcdef123456",
        "'password': 'abcdef123456'",
        "/mejia/search?q=abcdef123456",
        "DETAIL:  Failing row contains (7, abcdef123456, Quito).",
        "DETAIL:  Key (full_name)=(abcdef123456) already exists.",
    ],
)
def test_taken_out(spilled):
    clean = redact_text(f"before {spilled}\nafter")
    assert spilled not in clean
    assert "abcdef123456" not in clean
    assert "before" in clean
    assert "after" in clean


@pytest.mark.parametrize(
    "kept", [KEY, "1703", "2026-11-22", "predio 1234567890123456", "P-1703-12"]
)
def test_kept(kept):
    assert kept in redact_text(f"x {kept} y")


def test_a_line_is_one_json_object_with_extras_and_traceback():
    try:
        raise ValueError(f"cédula {ROSA.cedula} of {ROSA.email}")
    except ValueError as error:
        record = logging.LogRecord(
            "lindero", logging.ERROR, "x.py", 1, "it failed", (), (type(error), error, None)
        )
    record.owner_cedula = ROSA.cedula
    line = json_formatter().format(record)
    told = json.loads(line)
    assert told["event"] == "it failed"
    assert told["level"] == "error"
    assert ROSA.cedula not in line
    assert ROSA.email not in line
