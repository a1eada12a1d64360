"""A refusal has a code, a Spanish message and facts, and survives a trip between processes."""

import pickle

import pytest

from gis_project.core.errors import (
    BadRequest,
    Conflict,
    DomainError,
    InvalidInput,
    NotAllowed,
    NotFound,
)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (BadRequest, "bad_request"),
        (NotAllowed, "not_allowed"),
        (NotFound, "not_found"),
        (Conflict, "conflict"),
        (InvalidInput, "invalid_input"),
    ],
)
def test_each_base_has_its_code(kind: type[DomainError], code: str) -> None:
    refusal = kind("Haga otra cosa.", details={"key": "1703"})

    assert (refusal.code, str(refusal), refusal.details) == (
        code,
        "Haga otra cosa.",
        {"key": "1703"},
    )


def test_a_refusal_comes_whole_out_of_a_worker_process() -> None:
    there = Conflict("Vuelva a cargar la página.", details={"version": 3})

    back = pickle.loads(pickle.dumps(there))

    assert (type(back), back.message, back.details) == (Conflict, there.message, there.details)
